//! The few calls of S3's REST API that keeping files takes.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use multer::bytes::Bytes;

use super::FilesError;
use crate::config::Config;
use crate::signed::{Answered, Call, Service, Unanswered};

/// How long a call may take, its second attempt included. A form that brings a file makes two.
const PATIENCE: Duration = Duration::from_secs(3);

/// The bucket.
#[derive(Debug)]
pub(super) struct Bucket(Service);

impl Bucket {
    pub(super) const fn new(config: Arc<Config>) -> Self {
        Self(Service::new(config, "s3"))
    }

    /// What it is called.
    pub(super) fn name(&self) -> Result<&str, FilesError> {
        let given = self.0.config().files_bucket.as_deref();
        given.ok_or_else(|| FilesError::Unavailable("this function is not given the files".to_owned()))
    }

    /// What S3 answers. All of these calls come to the same when they are carried out twice.
    pub(super) async fn call(
        &self,
        method: Method,
        key: &str,
        headers: &[(&'static str, &str)],
        body: Bytes,
        now: Timestamp,
    ) -> Result<Bytes, FilesError> {
        let (name, config) = (self.name()?, self.0.config());
        let address = match &config.s3_endpoint {
            Some(endpoint) => format!("{}/{name}/{key}", endpoint.trim_end_matches('/')),
            None => format!("https://{name}.s3.{}.amazonaws.com/{key}", config.region),
        };
        // What is stored is encrypted, whatever the bucket's own setting becomes.
        let encrypted = (method == Method::PUT).then_some(("x-amz-server-side-encryption", "AES256"));
        let headers = headers.iter().copied().chain(encrypted).collect();
        answer(self.0.call(&Call { method, address, headers, body }, PATIENCE, now).await?)
    }
}

/// What an answer comes to. S3 does not say whether something is there to a role that may not list what there is, and ours may
/// not: to it, what is missing is forbidden.
fn answer(Answered { status, body }: Answered) -> Result<Bytes, FilesError> {
    if (200..300).contains(&status) {
        return Ok(body);
    }
    match code(&body) {
        Some("NoSuchKey" | "AccessDenied") => Err(FilesError::Missing),
        code => Err(FilesError::Unavailable(format!("{status} {}", code.unwrap_or_default()))),
    }
}

/// The code of an error's document, if it is one.
pub(super) fn code(document: &[u8]) -> Option<&str> {
    let document = std::str::from_utf8(document).ok()?;
    let (_, error) = document.split_once("<Error>")?;
    let (_, code) = error.split_once("<Code>")?;
    code.split_once("</Code>").map(|(code, _)| code)
}

impl From<Unanswered> for FilesError {
    fn from(Unanswered(reason): Unanswered) -> Self {
        Self::Unavailable(reason)
    }
}
