//! What came in: read once, at the edge, and believed nothing of.

use std::fmt;
use std::str::FromStr;

use http::{Method, header};
use lambda_http::{Body, Request, RequestExt};
use multer::bytes::Bytes;
use order_manager::entered::Entered;
use templates::components::form::{KEPT, TOKEN, VERSION};
use templates::path::Path;

use crate::config::Config;
use crate::page_error::PageError;
use crate::store::SessionId;
use crate::viewer::Viewer;
use crate::{App, session};

/// The most a form may have, in bytes.
const LARGEST_FORM: usize = 64 * 1024;
/// The most a form with files may have, in bytes: what a function is handed, in base64 and within its event, stops at 6 MiB.
const LARGEST_UPLOAD: usize = 4_500_000;
/// The media type of a form of nothing but fields.
const URLENCODED: &str = "application/x-www-form-urlencoded";
/// The most fields a form may have.
const MOST_FIELDS: usize = 1_000;

/// What a route's forms may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Fields.
    Fields,
    /// Fields and files.
    Files,
    /// Nothing: the address alone says what is wanted, so that it may be sent from anywhere.
    Address,
}

/// Where a form was sent from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The page it stands on.
    #[default]
    Page,
    /// The page on which a form is confirmed that was kept.
    Kept,
}

/// A file that came with a form.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// The field it was chosen in.
    pub field: String,
    /// Its name, as the browser says.
    pub name: String,
    /// The file.
    pub bytes: Bytes,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("field", &self.field).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A request, its form and cookies read.
#[derive(Debug)]
pub struct Incoming {
    request: Request,
    /// What the form holds, our own hidden fields taken out. Empty for a GET.
    pub entered: Entered,
    /// The files that came with it.
    pub uploads: Vec<Upload>,
    /// The form's token.
    pub token: String,
    /// The version the form was shown with.
    pub version: String,
    /// Where the form was sent from.
    pub(crate) origin: Origin,
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
    pub async fn read(app: &App, request: Request, taking: Taking) -> Result<Self, PageError> {
        let (mut entered, mut uploads) = (Entered::default(), vec![]);
        let (mut token, mut version, mut origin) = (String::new(), String::new(), Origin::Page);
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, Body::Empty);
        if request.method() != Method::GET && request.method() != Method::HEAD && taking != Taking::Address {
            if !from_our_own_pages(app, &request) {
                return Err(PageError::Forbidden);
            }
            let form = form_of(&request, body, taking).await?;
            uploads = form.uploads;
            for (name, text) in form.fields {
                match name.as_str() {
                    TOKEN => token = text,
                    VERSION => version = text,
                    KEPT => origin = Origin::Kept,
                    _ => entered.add(name, text),
                }
            }
        }
        let session = session::cookie(&request, session::SESSION_COOKIE);
        let visitor = session::cookie(&request, session::VISITOR_COOKIE);
        Ok(Self { request, entered, uploads, token, version, origin, session, visitor })
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

    /// A header, when it is there and readable.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether it is a request of this method.
    pub(crate) fn is_of(&self, method: &Method) -> bool {
        self.request.method() == method
    }

    /// Whether it is a form of nothing but fields.
    pub(crate) fn is_plain_form(&self) -> bool {
        self.header(header::CONTENT_TYPE.as_str()).is_some_and(|media| essence(media) == URLENCODED)
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

    /// The cookie of what is under way between two pages.
    #[must_use]
    pub fn flow(&self) -> Option<SessionId> {
        session::cookie(&self.request, session::FLOW_COOKIE)
    }

    /// Where it comes from.
    #[must_use]
    pub fn viewer(&self, config: &Config) -> Viewer {
        Viewer::of(&self.request, config)
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

/// What a form holds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Form {
    fields: Vec<(String, String)>,
    uploads: Vec<Upload>,
}

async fn form_of(request: &Request, body: Body, taking: Taking) -> Result<Form, PageError> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let with_files = taking == Taking::Files && essence(media).eq_ignore_ascii_case("multipart/form-data");
    let body = match body {
        Body::Empty => Bytes::new(),
        Body::Text(text) => Bytes::from(text),
        Body::Binary(bytes) => Bytes::from(bytes),
        _ => return Err(PageError::NotAForm),
    };
    if body.len() > if with_files { LARGEST_UPLOAD } else { LARGEST_FORM } {
        return Err(PageError::TooLarge);
    }
    if with_files {
        return multipart(media, body).await;
    }
    if essence(media) != URLENCODED {
        return Err(PageError::NotAForm);
    }
    let fields: Vec<_> = serde_html_form::from_bytes(&body).map_err(|_| PageError::Malformed)?;
    if fields.len() > MOST_FIELDS {
        return Err(PageError::TooLarge);
    }
    Ok(Form { fields, uploads: vec![] })
}

/// A media type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// A form with files (RFC 7578). Its fields are held to what they may have in any form.
async fn multipart(media: &str, body: Bytes) -> Result<Form, PageError> {
    let boundary = multer::parse_boundary(media).map_err(|_| PageError::Malformed)?;
    let whole = futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
    let mut parts = multer::Multipart::new(whole, boundary);
    let (mut form, mut typed) = (Form::default(), 0);
    while let Some(part) = parts.next_field().await.map_err(|_| PageError::Malformed)? {
        let field = part.name().ok_or(PageError::Malformed)?.to_owned();
        // Browsers write a quotation mark in a file's name so (HTML Standard, "multipart/form-data").
        let file = part.file_name().map(|name| name.replace("%22", "\""));
        let bytes = part.bytes().await.map_err(|_| PageError::Malformed)?;
        match file {
            // Nothing was chosen.
            Some(name) if name.is_empty() && bytes.is_empty() => form.fields.push((field, String::new())),
            Some(name) => form.uploads.push(Upload { field, name, bytes }),
            None => {
                typed += field.len() + bytes.len();
                let text = std::str::from_utf8(&bytes).map_err(|_| PageError::Malformed)?;
                form.fields.push((field, text.to_owned()));
            }
        }
        if typed > LARGEST_FORM || form.fields.len() + form.uploads.len() > MOST_FIELDS {
            return Err(PageError::TooLarge);
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_FILES: &str = "multipart/form-data; boundary=----edge";

    async fn read(media: &str, body: impl Into<Vec<u8>>, taking: Taking) -> Result<Form, String> {
        let mut request = Request::default();
        request.headers_mut().insert(header::CONTENT_TYPE, media.parse().expect("a media type"));
        form_of(&request, Body::Binary(body.into()), taking).await.map_err(|error| format!("{error:?}"))
    }

    /// A form as browsers write it: the part's own header, then what it holds.
    fn written(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = vec![];
        for (header, content) in parts {
            body.extend(format!("------edge\r\nContent-Disposition: form-data; {header}\r\n\r\n").into_bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"------edge--\r\n");
        body
    }

    #[tokio::test]
    async fn fields_and_files_are_told_apart() {
        let body = written(&[
            ("name=\"who\"", "Zoë\r\nand Ann".as_bytes()),
            ("name=\"who\"", b""),
            ("name=\"letter\"; filename=\"the %22letter%22.pdf\"\r\nContent-Type: application/pdf", b"%PDF-\r\n--\xff"),
            ("name=\"other\"; filename=\"\"\r\nContent-Type: application/octet-stream", b""),
            ("name=\"third\"; filename=\"empty.pdf\"", b""),
        ]);
        let form = read(WITH_FILES, body, Taking::Files).await.expect("a form");
        let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(form.fields, [field("who", "Zoë\r\nand Ann"), field("who", ""), field("other", "")]);
        let upload = |field: &str, name: &str, bytes: &'static [u8]| Upload {
            field: field.to_owned(),
            name: name.to_owned(),
            bytes: Bytes::from_static(bytes),
        };
        assert_eq!(form.uploads, [upload("letter", "the \"letter\".pdf", b"%PDF-\r\n--\xff"), upload("third", "empty.pdf", b"")]);
        assert!(!format!("{form:?}").contains("PDF"), "what it holds is in no log");
    }

    #[tokio::test]
    async fn each_kind_of_form_has_its_limits() {
        let refused = |error: &str| Err::<Form, _>(error.to_owned());
        let large = vec![b'a'; LARGEST_FORM];
        let file = |size| written(&[("name=\"letter\"; filename=\"a.pdf\"", &vec![b'%'; size])]);
        let full = LARGEST_UPLOAD - file(0).len();
        assert!(read(WITH_FILES, file(full), Taking::Files).await.is_ok());
        assert_eq!(read(WITH_FILES, file(full + 1), Taking::Files).await, refused("TooLarge"));
        assert_eq!(read(WITH_FILES, file(10), Taking::Fields).await, refused("NotAForm"), "where no file is asked for");
        assert_eq!(read(WITH_FILES, written(&[("name=\"a\"", &large)]), Taking::Files).await, refused("TooLarge"));
        assert_eq!(read(URLENCODED, [b"a=", &large[..]].concat(), Taking::Files).await, refused("TooLarge"));
        assert!(read(URLENCODED, "a=b", Taking::Files).await.is_ok());
        let many = "a&".repeat(MOST_FIELDS + 1);
        assert_eq!(read(URLENCODED, many, Taking::Fields).await, refused("TooLarge"));
        let many: Vec<_> = (0..=MOST_FIELDS).map(|_| ("name=\"a\"", &b""[..])).collect();
        assert_eq!(read(WITH_FILES, written(&many), Taking::Files).await, refused("TooLarge"));
        assert_eq!(read("application/json", "{}", Taking::Files).await, refused("NotAForm"));
    }

    #[tokio::test]
    async fn what_is_no_form_is_malformed_wherever_it_breaks_off() {
        let whole = written(&[("name=\"a\"", b"b"), ("name=\"letter\"; filename=\"a.pdf\"", b"%PDF-1.7 content")]);
        for end in 0..whole.len() - "--\r\n".len() {
            let cut = read(WITH_FILES, &whole[..end], Taking::Files).await;
            assert_eq!(cut, Err("Malformed".to_owned()), "{:?}", String::from_utf8_lossy(&whole[..end]));
        }
        for (media, body) in [
            ("multipart/form-data", whole.clone()),
            ("multipart/form-data; boundary=other", whole),
            (WITH_FILES, written(&[("filename=\"no field.pdf\"", b"x")])),
            (WITH_FILES, written(&[("name=\"a\"", b"\xff")])),
        ] {
            assert_eq!(read(media, body, Taking::Files).await, Err("Malformed".to_owned()), "{media}");
        }
    }
}
