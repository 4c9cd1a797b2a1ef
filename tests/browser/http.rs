//! `WebDriver`'s part of HTTP, on the HTTP that is here already: one connection for each command.

use std::sync::Arc;

use async_trait::async_trait;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Bytes};
use hyper_util::rt::TokioIo;
use thirtyfour::{
    error::{WebDriverError, WebDriverResult},
    session::http::{Body, HttpClient},
};
use tokio::{net::TcpStream, time::timeout};

use crate::chromium::A_WHILE;

/// Speaks to the driver.
pub(crate) struct Http;

#[async_trait]
impl HttpClient for Http {
    async fn send(&self, request: Request<Body<'_>>) -> WebDriverResult<Response<Bytes>> {
        let (parts, body) = request.into_parts();
        let body = match body {
            Body::Empty => Bytes::new(),
            Body::Json(value) => Bytes::from(value.to_string()),
        };
        match timeout(A_WHILE, exchange(Request::from_parts(parts, Full::new(body)))).await {
            Ok(answer) => answer.map_err(|error| WebDriverError::RequestFailed(error.to_string())),
            Err(_) => Err(WebDriverError::Timeout("the driver does not answer".to_owned())),
        }
    }

    async fn new(&self) -> Arc<dyn HttpClient> {
        Arc::new(Self)
    }
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

async fn exchange(mut request: Request<Full<Bytes>>) -> Result<Response<Bytes>, Failed> {
    let driver = request.uri().authority().ok_or("the driver has no address")?.to_string();
    let path = request.uri().path().parse()?;
    *request.uri_mut() = path;
    request.headers_mut().insert("host", driver.parse()?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(TcpStream::connect(driver).await?)).await?;
    tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
}
