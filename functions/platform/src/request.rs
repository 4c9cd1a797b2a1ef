//! What came in: read once, at the edge, and believed nothing of.

use std::str::FromStr;

use http::{Method, header};
use lambda_http::{Body, Request, RequestExt};
use order_manager::entered::Entered;
use templates::components::form::{TOKEN, VERSION};
use templates::path::Path;

use crate::page_error::PageError;
use crate::store::SessionId;
use crate::{App, session};

/// The most a form may have, in bytes.
const LARGEST_FORM: usize = 64 * 1024;

/// A request, its form and cookies read.
#[derive(Debug)]
pub struct Incoming {
    request: Request,
    /// What the form holds, our own hidden fields taken out. Empty for a GET.
    pub entered: Entered,
    /// The form's token.
    pub token: String,
    /// The version the form was shown with.
    pub version: String,
    /// The cookie of a person signed in.
    pub session: Option<SessionId>,
    /// The cookie of a visitor.
    pub visitor: Option<SessionId>,
}

impl Incoming {
    /// Reads a request.
    ///
    /// # Errors
    /// When a form comes from another site, is too large, or is no form.
    pub fn read(app: &App, request: Request) -> Result<Self, PageError> {
        let mut entered = Entered::default();
        let (mut token, mut version) = (String::new(), String::new());
        if request.method() != Method::GET && request.method() != Method::HEAD {
            if !from_our_own_pages(app, &request) {
                return Err(PageError::Forbidden);
            }
            for (name, text) in form_of(&request)? {
                match name.as_str() {
                    TOKEN => token = text,
                    VERSION => version = text,
                    _ => entered.add(name, text),
                }
            }
        }
        let session = session::cookie(&request, session::SESSION_COOKIE);
        let visitor = session::cookie(&request, session::VISITOR_COOKIE);
        Ok(Self { request, entered, token, version, session, visitor })
    }

    /// A parameter of the path, as a type that reads itself.
    ///
    /// # Errors
    /// [`PageError::NotFound`] when it is malformed: what has no possible name is not there.
    pub fn parameter<T: FromStr>(&self, name: &str) -> Result<T, PageError> {
        let parameters = self.request.path_parameters_ref();
        let text = parameters.and_then(|parameters| parameters.first(name)).ok_or(PageError::NotFound)?;
        text.parse().map_err(|_| PageError::NotFound)
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.request.query_string_parameters_ref().and_then(|query| query.first(name)).map(str::to_owned)
    }

    /// The page that was asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        self.request.raw_http_path()
    }

    /// The page to come back to after signing in: this one when it was asked for, the order or customer when something was sent to it.
    #[must_use]
    pub fn return_to(&self) -> Option<Path> {
        Path::own(self.path())
    }

    /// Whether the browser takes gzip.
    #[must_use]
    pub fn takes_gzip(&self) -> bool {
        let accepted = self.request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        accepted.is_some_and(|accepted| accepted.split(',').any(|coding| coding.trim().split(';').next() == Some("gzip")))
    }
}

/// Whether a form was sent from a page of ours. Browsers say so themselves (Fetch Metadata); older ones name the origin.
fn from_our_own_pages(app: &App, request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => app.config.site_origin.as_deref() == Some(origin),
        (None, None) => false,
    }
}

fn form_of(request: &Request) -> Result<Vec<(String, String)>, PageError> {
    let body: &[u8] = match request.body() {
        Body::Empty => &[],
        Body::Text(text) => text.as_bytes(),
        Body::Binary(bytes) => bytes,
        _ => return Err(PageError::NotAForm),
    };
    if body.len() > LARGEST_FORM {
        return Err(PageError::TooLarge);
    }
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
        return Err(PageError::NotAForm);
    }
    serde_html_form::from_bytes(body).map_err(|_| PageError::Malformed)
}
