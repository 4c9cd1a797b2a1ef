//! The few calls of the DynamoDB Streams API that reading one takes. The SDK's client for them is larger than all else here, and
//! the stand-ins on this machine check no signature.

use std::net::SocketAddr;

use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpStream, lookup_host};

use crate::template::REGION;

/// A connection to the store, made when it is first needed and made again when it is lost.
#[derive(Debug)]
pub(super) struct Api {
    host: String,
    open: Option<http1::SendRequest<Full<Bytes>>>,
}

impl Api {
    pub(super) fn new(endpoint: &str) -> Self {
        Self { host: endpoint.trim_start_matches("http://").trim_end_matches('/').to_owned(), open: None }
    }

    /// What an action answers.
    pub(super) async fn call(&mut self, action: &str, argument: &Value) -> Result<Value, String> {
        let answered = self.attempt(action, argument).await;
        if answered.is_err() {
            self.open = None;
        }
        answered
    }

    async fn attempt(&mut self, action: &str, argument: &Value) -> Result<Value, String> {
        let credential = format!("Credential=test/20260101/{REGION}/dynamodb/aws4_request");
        let request = Request::post("/")
            .header("host", &self.host)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", format!("DynamoDBStreams_20120810.{action}"))
            .header("x-amz-date", "20260101T000000Z")
            .header("authorization", format!("AWS4-HMAC-SHA256 {credential}, SignedHeaders=host;x-amz-date, Signature=0"))
            .body(Full::new(Bytes::from(argument.to_string())))
            .map_err(|error| error.to_string())?;
        let answer = self.connected().await?.send_request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
        if !status.is_success() {
            return Err(format!("{action} was answered with {status}: {}", String::from_utf8_lossy(&body)));
        }
        serde_json::from_slice(&body).map_err(|error| error.to_string())
    }

    async fn connected(&mut self) -> Result<&mut http1::SendRequest<Full<Bytes>>, String> {
        if self.open.as_ref().is_none_or(http1::SendRequest::is_closed) {
            let address: SocketAddr = lookup_host(self.host.clone())
                .await
                .ok()
                .and_then(|mut found| found.next())
                .ok_or_else(|| format!("streams are read over plain HTTP, and {} is no host and port", self.host))?;
            let stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
            // Without it a small answer on a kept connection waits 40 ms for an acknowledgement.
            stream.set_nodelay(true).map_err(|error| error.to_string())?;
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
            tokio::spawn(async move {
                // That it was lost is seen by whoever uses it next.
                let _ = connection.await;
            });
            self.open = Some(sender);
        }
        let open = self.open.as_mut().ok_or("no connection")?;
        open.ready().await.map_err(|error| error.to_string())?;
        Ok(open)
    }
}
