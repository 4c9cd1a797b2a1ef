//! Who calls, and the answers: documents, and errors in TM Forum's form.

use http::{HeaderValue, StatusCode, header};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt, Response};
use order_manager::id::PartnerId;
use platform::identity::bearer;
use platform::respond::{self, Keeping};
use platform::store::StoreError;
use platform::{App, PageError};
use serde_json::{Value, json};
use templates::api::Fault;
use templates::messages::Words;

/// The media type of every answer but one.
const JSON: &str = "application/json; charset=utf-8";

/// Why a request is not carried out.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// The caller can put it right.
    Fault(Fault),
    /// We can't answer, just now or at all; what for is for the log.
    Ours(PageError),
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        Self::Ours(error)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Fault::Changed.into(),
            other => Self::Ours(other.into()),
        }
    }
}

/// A caller whose token holds.
pub(crate) struct Caller {
    /// Whose system it is.
    pub(crate) partner: PartnerId,
    /// The request, its body taken out.
    pub(crate) request: Request,
    /// Its body.
    pub(crate) body: Vec<u8>,
    /// Scheme and host of the site.
    pub(crate) origin: String,
}

impl Caller {
    /// A parameter of the path.
    pub(crate) fn parameter(&self, name: &str) -> Result<String, ApiError> {
        let parameters = self.request.path_parameters_ref();
        parameters.and_then(|parameters| parameters.first(name)).map(str::to_owned).ok_or(Fault::NotFound.into())
    }
}

/// Answers a request whose token is good for `scope`; what goes wrong becomes an error in TM Forum's form.
pub(crate) async fn respond<F>(app: &App, request: Request, scope: &'static str, handle: F) -> Response<Body>
where
    F: AsyncFnOnce(Caller) -> Result<Response<Body>, ApiError>,
{
    let answer = async {
        let caller = called(app, request, scope).await?;
        handle(caller).await
    };
    answer.await.unwrap_or_else(|error| problem(&error))
}

async fn called(app: &App, request: Request, scope: &'static str) -> Result<Caller, ApiError> {
    let token = bearer(request.headers()).ok_or(Fault::NoToken)?;
    let token = app.identity.partner(token, app.clock.now()).await?.map_err(|_| Fault::BadToken)?;
    if !token.allows(scope) {
        return Err(Fault::NoScope(scope).into());
    }
    let (parts, body) = request.into_parts();
    let body = match body {
        Body::Text(text) => text.into_bytes(),
        Body::Binary(bytes) => bytes,
        _ => vec![],
    };
    let origin = app.config.site_origin.clone().unwrap_or_default();
    Ok(Caller { partner: token.partner, request: Request::from_parts(parts, Body::Empty), body, origin })
}

/// A document, perhaps of another status than 200.
pub(crate) fn json(status: StatusCode, document: &Value) -> Response<Body> {
    respond::answer(status, JSON, Keeping::Personal, Body::Text(document.to_string()))
}

/// A new resource: it says itself where it is.
pub(crate) fn created(resource: &Value) -> Response<Body> {
    let mut answer = json(StatusCode::CREATED, resource);
    if let Some(Ok(location)) = resource["href"].as_str().map(HeaderValue::from_str) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}

/// Nothing more to say.
pub(crate) fn nothing() -> Response<Body> {
    respond::answer(StatusCode::NO_CONTENT, JSON, Keeping::Personal, Body::Empty)
}

/// Part of a list, with how many there are here and in all.
pub(crate) fn part(resources: Vec<Value>, total: usize) -> Response<Body> {
    let count = resources.len();
    let mut answer = json(StatusCode::OK, &Value::Array(resources));
    answer.headers_mut().insert("x-result-count", HeaderValue::from(count));
    answer.headers_mut().insert("x-total-count", HeaderValue::from(total));
    answer
}

/// The document that describes all of it.
pub(crate) fn document(text: &'static str) -> Response<Body> {
    respond::answer(StatusCode::OK, "application/yaml; charset=utf-8", Keeping::Public, Body::Text(text.to_owned()))
}

/// Nothing is there, or nothing that takes the method; whether one may know is all the same.
pub(crate) fn elsewhere(request: &Request) -> Response<Body> {
    let path = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.path.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let like = |key: &str| key.split_once(' ').is_some_and(|(_, pattern)| matches(pattern, &path));
    let is_there = super::ROUTES.iter().any(|route| !route.key.ends_with("{proxy+}") && like(route.key));
    problem(&if is_there { Fault::NoMethod } else { Fault::NotFound }.into())
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.trim_end_matches('/').split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted == found || wanted.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// An error (TMF630, REST API Design Guidelines, `Error`).
fn problem(error: &ApiError) -> Response<Body> {
    let (status, fault) = match error {
        ApiError::Fault(fault) => (status_of(fault), fault.clone()),
        ApiError::Ours(error) => {
            let reference = respond::reference();
            tracing::warn!(%reference, ?error, "not carried out");
            let status = error.kind().map_or(StatusCode::INTERNAL_SERVER_ERROR, |(status, _)| status);
            match status {
                StatusCode::CONFLICT => (StatusCode::CONFLICT, Fault::Changed),
                StatusCode::PAYLOAD_TOO_LARGE => (StatusCode::PAYLOAD_TOO_LARGE, Fault::TooLarge(super::reading::MOST_KB)),
                StatusCode::INTERNAL_SERVER_ERROR => (StatusCode::INTERNAL_SERVER_ERROR, Fault::Unavailable),
                _ => (StatusCode::SERVICE_UNAVAILABLE, Fault::Unavailable),
            }
        }
    };
    let said = json!({
        "code": fault.code(),
        "reason": fault.reason(Words::english()),
        "status": status.as_str(),
        "@type": "Error",
    });
    let mut answer = json(status, &said);
    if status == StatusCode::UNAUTHORIZED {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    answer
}

const fn status_of(fault: &Fault) -> StatusCode {
    match fault {
        Fault::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Fault::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Fault::NoToken | Fault::BadToken => StatusCode::UNAUTHORIZED,
        Fault::NoScope(_) => StatusCode::FORBIDDEN,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::NoMethod => StatusCode::METHOD_NOT_ALLOWED,
        Fault::AlreadyOrdered
        | Fault::NotCancellable(_)
        | Fault::NotChangeable(..)
        | Fault::GoneTooFar(_)
        | Fault::AgreedOtherwise(_)
        | Fault::NoAppointment(_)
        | Fault::NotDeletable(_)
        | Fault::Changed
        | Fault::ManyListeners(_) => StatusCode::CONFLICT,
        Fault::Closed(_) | Fault::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}
