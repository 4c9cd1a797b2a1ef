//! Answers: pages with the headers every page has, redirects, and the pages of errors.

mod gzip;

use http::{HeaderValue, StatusCode, header};
use lambda_http::{Body, Response};
use order_manager::value::FileReference;
use templates::Markup;
use templates::pages::problem::{self, Problem};
use templates::path::Path;

use crate::asker::anybody;
use crate::identity::staff::HostedAddress;
use crate::page_error::PageError;

/// Nothing but our own stylesheet, pictures and forms; no script at all.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                                       frame-ancestors 'none'; base-uri 'none'";

/// Headers of every answer.
const HEADERS: [(header::HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Whether a page may be kept by the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is somebody's own.
    Personal,
    /// The same for everybody, for a few minutes.
    Public,
    /// Its address changes with its content.
    Immutable,
}

/// A document or file.
#[must_use]
pub fn answer(status: StatusCode, media_type: &'static str, keeping: Keeping, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let cache = match keeping {
        Keeping::Personal => "no-store",
        Keeping::Public => "public, max-age=300",
        Keeping::Immutable => "public, max-age=31536000, immutable",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// A page.
#[must_use]
pub fn page(status: StatusCode, markup: Markup) -> Response<Body> {
    answer(status, "text/html; charset=utf-8", Keeping::Personal, Body::Text(markup.into_string()))
}

/// A file to keep: no browser opens it as a page of ours, whatever is in it.
#[must_use]
pub fn attachment(file: &FileReference, content: Vec<u8>) -> Response<Body> {
    let mut response = answer(StatusCode::OK, "application/octet-stream", Keeping::Personal, Body::Binary(content));
    let named = named(&file.name);
    for (name, value) in [(header::CONTENT_TYPE, &*file.media), (header::CONTENT_DISPOSITION, &*named)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A table to keep, in CSV. The mark at its beginning tells spreadsheet programs that it is UTF-8.
#[must_use]
pub fn table(name: &str, rows: &str) -> Response<Body> {
    let mut response =
        answer(StatusCode::OK, "text/csv; charset=utf-8", Keeping::Personal, Body::Text(format!("\u{feff}{rows}")));
    if let Ok(value) = HeaderValue::from_str(&named(name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A document to keep.
#[must_use]
pub fn pdf(name: &str, content: Vec<u8>) -> Response<Body> {
    let mut response = answer(StatusCode::OK, "application/pdf", Keeping::Personal, Body::Binary(content));
    if let Ok(value) = HeaderValue::from_str(&named(name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The header that has a file kept, under this name.
fn named(name: &str) -> String {
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain(name), encoded(name))
}

/// A file's name for software that knows ASCII only.
fn plain(name: &str) -> String {
    name.chars().map(|c| if (c.is_ascii_graphic() || c == ' ') && !"\"\\%".contains(c) { c } else { '_' }).collect()
}

/// A file's name as RFC 8187 writes it.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// To another page, by GET.
#[must_use]
pub fn see_other(path: &Path) -> Response<Body> {
    let mut response = answer(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Keeping::Personal, Body::Empty);
    if let Ok(location) = HeaderValue::from_str(path.as_str()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// To a page of the identity provider's, by GET.
#[must_use]
pub fn away(address: &HostedAddress) -> Response<Body> {
    let mut response = answer(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Keeping::Personal, Body::Empty);
    if let Ok(location) = HeaderValue::from_str(address.as_str()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Adds a cookie to an answer.
#[must_use]
pub fn with_cookie(mut response: Response<Body>, cookie: &str) -> Response<Body> {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The answer to a request that could not be carried out.
#[must_use]
pub fn problem(error: &PageError) -> Response<Body> {
    let context = anybody("");
    match error {
        PageError::NotFound => page(StatusCode::NOT_FOUND, templates::pages::not_found::render(&context)),
        PageError::SeeOther(path) => see_other(path),
        PageError::SignIn { return_to, ended } => {
            let path = return_to.as_ref().map_or(Path::SIGN_IN, |path| Path::SIGN_IN.with("next", path.as_str()));
            see_other(&if *ended { path.with("ended", "yes") } else { path })
        }
        other => {
            let reference = reference();
            tracing::warn!(%reference, error = ?other, "not carried out");
            let (status, kind) = other.kind().unwrap_or((StatusCode::INTERNAL_SERVER_ERROR, problem::Kind::Broken));
            page(status, problem::render(&context, &Problem { kind, reference: &reference, retry: None }))
        }
    }
}

/// What a person quotes and the log is searched by.
#[must_use]
pub fn reference() -> String {
    let mut bytes = [0_u8; 4];
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Compresses a document for a browser that takes it.
#[must_use]
pub fn compressed(response: Response<Body>, takes_gzip: bool) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let body = match body {
        Body::Text(text) if takes_gzip && text.len() > 1_000 && !parts.headers.contains_key(header::CONTENT_ENCODING) => {
            match gzip::compress(&text) {
                Some(bytes) => {
                    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
                    Body::Binary(bytes)
                }
                None => Body::Text(text),
            }
        }
        body => body,
    };
    Response::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_given_back_to_keep_under_a_name_that_breaks_no_header() {
        let file = FileReference {
            key: "orders/1/2/3".into(),
            name: "Zoë \"&\" 100%\r\n.pdf".into(),
            media: "application/pdf".into(),
            bytes: 3,
        };
        let response = attachment(&file, b"abc".to_vec());
        let header = |name: &str| response.headers()[name].to_str().expect("text");
        let named = "attachment; filename=\"Zo_ _&_ 100___.pdf\"; filename*=UTF-8''Zo%C3%AB%20%22%26%22%20100%25%0D%0A.pdf";
        assert_eq!(header("content-disposition"), named);
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff", "no-store"));
    }
}
