//! Calls of AWS services for which no client is linked: each signed (Signature Version 4), bounded in time and tried twice.

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

use crate::config::Config;
use crate::http_client::connector;

/// The way to one service.
#[derive(Debug)]
pub struct Service {
    config: Arc<Config>,
    /// Its name in signatures.
    name: &'static str,
    connector: OnceLock<Connector>,
}

/// A call.
pub struct Call<'a> {
    /// How.
    pub method: Method,
    /// Where to, in full.
    pub address: String,
    /// What goes with it beside the signature.
    pub headers: Vec<(&'static str, &'a str)>,
    /// What is sent.
    pub body: Bytes,
}

/// What a service answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The status (HTTP).
    pub status: u16,
    /// What came with it.
    pub body: Bytes,
}

/// Why there is no answer: for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered(pub String);

impl Service {
    /// The way to a service, by its name in signatures. Nothing is connected until the first call.
    #[must_use]
    pub const fn new(config: Arc<Config>, name: &'static str) -> Self {
        Self { config, name, connector: OnceLock::new() }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// What the service answers within `patience`, a second attempt included. A service that fails or is not reached is asked
    /// twice: what is called for must come to the same when it is carried out twice, or nearly so.
    ///
    /// # Errors
    /// [`Unanswered`]; then nobody knows whether it was carried out.
    pub async fn call(&self, call: &Call<'_>, patience: Duration, now: Timestamp) -> Result<Answered, Unanswered> {
        let request = self.signed(call, now)?;
        match tokio::time::timeout(patience, self.twice(&request)).await {
            Ok(answered) => answered,
            Err(_) => Err(Unanswered("no answer in time".to_owned())),
        }
    }

    async fn twice(&self, request: &HttpRequest) -> Result<Answered, Unanswered> {
        match self.attempt(request).await {
            Ok(answered) if answered.status < 500 => Ok(answered),
            _ => self.attempt(request).await,
        }
    }

    async fn attempt(&self, request: &HttpRequest) -> Result<Answered, Unanswered> {
        let request = request.try_clone().ok_or_else(|| failed(&"a body that cannot be sent again"))?;
        let connector = self.connector.get_or_init(connector);
        let answer = connector.call(request).await.map_err(|error| failed(&format!("{error:?}")))?;
        let status = answer.status().as_u16();
        let body = ByteStream::new(answer.into_body()).collect().await.map_err(|error| failed(&error))?.into_bytes();
        Ok(Answered { status, body })
    }

    fn signed(&self, call: &Call<'_>, now: Timestamp) -> Result<HttpRequest, Unanswered> {
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let identity = Identity::from(self.config.credentials.clone());
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.config.region)
            .name(self.name)
            .time(SystemTime::from(now))
            .settings(settings)
            .build()
            .map_err(|error| failed(&error))?
            .into();
        let headers = call.headers.iter().copied();
        let signable =
            SignableRequest::new(call.method.as_str(), &*call.address, headers.clone(), SignableBody::Bytes(&call.body));
        let signature = signable.and_then(|signable| sign(signable, &parameters)).map_err(|error| failed(&error))?;

        let mut request = HttpRequest::new(SdkBody::from(call.body.clone()));
        request.set_method(call.method.as_str()).map_err(|error| failed(&error))?;
        request.set_uri(&*call.address).map_err(|error| failed(&error))?;
        for (name, value) in headers {
            request.headers_mut().insert(name, value.to_owned());
        }
        for (name, value) in signature.into_parts().0.headers() {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(request)
    }
}

fn failed(reason: &impl ToString) -> Unanswered {
    Unanswered(reason.to_string())
}
