//! The few calls of S3's REST API that keeping files takes, each signed (Signature Version 4) and tried twice.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use http::Method;
use jiff::Timestamp;
use multer::bytes::Bytes;

use super::FilesError;
use crate::config::Config;
use crate::http_client::connector;

/// How long a call may take, its second attempt included. A form that brings a file makes two.
const PATIENCE: Duration = Duration::from_secs(3);

/// The bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    config: Arc<Config>,
    connector: OnceLock<Connector>,
}

impl Bucket {
    pub(super) const fn new(config: Arc<Config>) -> Self {
        Self { config, connector: OnceLock::new() }
    }

    /// What it is called.
    pub(super) fn name(&self) -> Result<&str, FilesError> {
        self.config.files_bucket.as_deref().ok_or_else(|| failed("this function is not given the files"))
    }

    /// What S3 answers.
    pub(super) async fn call(
        &self,
        method: Method,
        key: &str,
        headers: &[(&'static str, &str)],
        body: Bytes,
        now: Timestamp,
    ) -> Result<Bytes, FilesError> {
        let request = self.signed(&method, key, headers, &body, now)?;
        match tokio::time::timeout(PATIENCE, self.answered(&request)).await {
            Ok(answered) => answered,
            Err(_) => Err(failed("no answer in time")),
        }
    }

    async fn answered(&self, request: &HttpRequest) -> Result<Bytes, FilesError> {
        match self.attempt(request).await {
            Ok((status, body)) if status < 500 => answer(status, body),
            // All of these calls come to the same when they are carried out twice.
            _ => self.attempt(request).await.and_then(|(status, body)| answer(status, body)),
        }
    }

    async fn attempt(&self, request: &HttpRequest) -> Result<(u16, Bytes), FilesError> {
        let request = request.try_clone().ok_or_else(|| failed("a body that cannot be sent again"))?;
        let connector = self.connector.get_or_init(connector);
        let answer = connector.call(request).await.map_err(|error| failed(&format!("{error:?}")))?;
        let status = answer.status().as_u16();
        let body = ByteStream::new(answer.into_body()).collect().await.map_err(|error| failed(&error.to_string()))?;
        Ok((status, body.into_bytes()))
    }

    fn signed(
        &self,
        method: &Method,
        key: &str,
        headers: &[(&'static str, &str)],
        body: &Bytes,
        now: Timestamp,
    ) -> Result<HttpRequest, FilesError> {
        let (name, region) = (self.name()?, &*self.config.region);
        let address = match &self.config.s3_endpoint {
            Some(endpoint) => format!("{}/{name}/{key}", endpoint.trim_end_matches('/')),
            None => format!("https://{name}.s3.{region}.amazonaws.com/{key}"),
        };
        // What is stored is encrypted, whatever the bucket's own setting becomes.
        let encrypted = (*method == Method::PUT).then_some(("x-amz-server-side-encryption", "AES256"));
        let headers: Vec<_> = headers.iter().copied().chain(encrypted).collect();

        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let identity = Identity::from(self.config.credentials.clone());
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name("s3")
            .time(SystemTime::from(now))
            .settings(settings)
            .build()
            .map_err(|error| failed(&error.to_string()))?
            .into();
        let signable = SignableRequest::new(method.as_str(), &*address, headers.iter().copied(), SignableBody::Bytes(body));
        let signature = signable.and_then(|signable| sign(signable, &parameters)).map_err(|error| failed(&error.to_string()))?;

        let mut request = HttpRequest::new(SdkBody::from(body.clone()));
        request.set_method(method.as_str()).map_err(|error| failed(&error.to_string()))?;
        request.set_uri(&*address).map_err(|error| failed(&error.to_string()))?;
        for (name, value) in headers {
            request.headers_mut().insert(name, value.to_owned());
        }
        for (name, value) in signature.into_parts().0.headers() {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(request)
    }
}

/// What an answer comes to. S3 does not say whether something is there to a role that may not list what there is, and ours may
/// not: to it, what is missing is forbidden.
fn answer(status: u16, body: Bytes) -> Result<Bytes, FilesError> {
    if (200..300).contains(&status) {
        return Ok(body);
    }
    match code(&body) {
        Some("NoSuchKey" | "AccessDenied") => Err(FilesError::Missing),
        code => Err(failed(&format!("{status} {}", code.unwrap_or_default()))),
    }
}

/// The code of an error's document, if it is one.
pub(super) fn code(document: &[u8]) -> Option<&str> {
    let document = std::str::from_utf8(document).ok()?;
    let (_, error) = document.split_once("<Error>")?;
    let (_, code) = error.split_once("<Code>")?;
    code.split_once("</Code>").map(|(code, _)| code)
}

fn failed(reason: &str) -> FilesError {
    FilesError::Unavailable(reason.to_owned())
}
