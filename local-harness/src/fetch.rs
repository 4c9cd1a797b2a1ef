//! Asks another server on this machine: what the user pool and the corporate identity provider say to each other.

use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::error::said;

const LARGEST_ANSWER: usize = 1 << 20;

/// The document at an address.
///
/// # Errors
/// When nobody answers there, or with something else.
pub(crate) async fn get_json(url: &str) -> Result<Value, String> {
    send(Method::GET, url, String::new()).await
}

/// What a form is answered with.
///
/// # Errors
/// When nobody answers there, or with something else.
pub(crate) async fn post_form(url: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
    send(Method::POST, url, serde_html_form::to_string(fields).map_err(said)?).await
}

async fn send(method: Method, url: &str, body: String) -> Result<Value, String> {
    let headers = [(header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
    let (status, body) = exchange(method, url, &headers, body).await?;
    if !status.is_success() {
        return Err(format!("{url} answered {status}: {}", String::from_utf8_lossy(&body)));
    }
    serde_json::from_slice(&body).map_err(said)
}

/// What an address answers, whatever that is.
///
/// # Errors
/// When nobody answers there.
pub(crate) async fn exchange(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Result<(StatusCode, Bytes), String> {
    let uri: Uri = url.parse().map_err(said)?;
    let authority = match (uri.scheme_str(), uri.authority()) {
        (Some("http"), Some(authority)) => authority.as_str().to_owned(),
        _ => return Err(format!("{url} is not an address on this machine")),
    };
    let stream = TcpStream::connect(&authority).await.map_err(said)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(said)?;
    tokio::spawn(connection);
    let request = Request::builder()
        .method(method)
        .uri(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, authority);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let request = request.body(Full::new(Bytes::from(body))).map_err(said)?;
    let answer = sender.send_request(request).await.map_err(said)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), LARGEST_ANSWER).collect().await.map_err(|error| error.to_string())?.to_bytes();
    Ok((status, body))
}
