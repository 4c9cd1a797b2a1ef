//! The provisioning system: calls of it, the signature by which it and we know each other, and keeping what it says.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use jiff::{SignedDuration, Timestamp};
use order_manager::catalogue::Family;
use order_manager::hex;
use order_manager::provisioning::{InventoryChange, NotTaken, Report, in_place, take};
use serde_json::Value;
use sha2::Sha256;

use crate::App;
use crate::config::{Config, ProvisioningSettings};
use crate::http_client::connector_to_anybody;
use crate::page_error::PageError;
use crate::store::{StoreError, Wanted};

/// The header with a message's signature: `t=<seconds since 1970>,v1=<HMAC-SHA-256 of "<t>.<body>", in hexadecimal>`.
pub const SIGNATURE: &str = "x-signature";

/// How old a signed message may be, and how far ahead its sender's clock: what was overheard is good for no longer.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long to wait before each further attempt, give or take half of it: those who wait together don't come back together.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(450)];
/// The most bytes of an answer.
const LARGEST_ANSWER: usize = 1 << 20;
/// How often a report is tried on an order that somebody else saves meanwhile.
const ATTEMPTS: usize = 5;

/// A system that carries orders out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// The one for every family that has none of its own.
    Common,
    /// The one of a family alone.
    Of(Family),
}

/// The way to the provisioning systems. Nothing is connected until the first call.
#[derive(Clone, Debug)]
pub struct ProvisioningSystem {
    config: Arc<Config>,
    connector: Arc<OnceLock<Connector>>,
}

/// Why the system has not taken something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReached {
    /// There is none, it does not answer, or it fails: it may take it another time. The text is for the log.
    Unanswered(String),
    /// It refuses, with this status.
    Refused(u16),
}

impl ProvisioningSystem {
    /// By a function's configuration.
    #[must_use]
    pub fn new(config: Arc<Config>) -> Self {
        Self { config, connector: Arc::default() }
    }

    /// The system that carries out what is ordered of a family.
    #[must_use]
    pub fn system_for(&self, family: Family) -> System {
        let has_its_own = self.settings().is_some_and(|settings| settings.by_family.contains_key(&family));
        if has_its_own { System::Of(family) } else { System::Common }
    }

    /// Whether there is such a system. What is placed without one waits.
    #[must_use]
    pub fn has(&self, system: System) -> bool {
        self.address(system).is_some()
    }

    fn settings(&self) -> Option<&ProvisioningSettings> {
        self.config.provisioning.as_ref().filter(|settings| !settings.keys.is_empty())
    }

    /// Where a system is, and what we and it sign with.
    fn address(&self, system: System) -> Option<(&str, &str)> {
        let settings = self.settings()?;
        let address = match system {
            System::Common => Some(&settings.address).filter(|address| !address.is_empty()),
            System::Of(family) => settings.by_family.get(&family),
        };
        Some((address?, settings.keys.first()?))
    }

    /// Sends a document to one of a system's addresses (TMF641 v4.1), up to three times; it has to come to the same when the system
    /// gets it twice, which `key` tells it.
    ///
    /// # Errors
    /// [`NotReached`].
    pub async fn send(
        &self,
        system: System,
        method: Method,
        path: &str,
        key: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Value, NotReached> {
        let Some((address, signing)) = self.address(system) else {
            return Err(NotReached::Unanswered(format!("no such provisioning system is configured: {system:?}")));
        };
        let (address, signature) = (format!("{address}{path}"), signature(signing, now.as_second(), body.as_bytes()));
        let mut pauses = PAUSES.iter();
        loop {
            let attempt = tokio::time::timeout(PATIENCE, self.attempt(&method, &address, key, body, &signature));
            let why = match attempt.await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(NotReached::Refused(status))) => return Err(NotReached::Refused(status)),
                Ok(Err(NotReached::Unanswered(why))) => why,
                Err(_) => "no answer in time".to_owned(),
            };
            match pauses.next() {
                Some(pause) => tokio::time::sleep(jittered(*pause)).await,
                None => return Err(NotReached::Unanswered(why)),
            }
        }
    }

    async fn attempt(&self, method: &Method, address: &str, key: &str, body: &str, signature: &str) -> Result<Value, NotReached> {
        let failed = |error: &dyn std::fmt::Debug| NotReached::Unanswered(format!("{error:?}"));
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method(method.as_str()).map_err(|error| failed(&error))?;
        request.set_uri(address).map_err(|error| failed(&error))?;
        let headers = request.headers_mut();
        headers.insert("content-type", "application/json");
        headers.insert("accept", "application/json");
        headers.insert("idempotency-key", key.to_owned());
        headers.insert(SIGNATURE, signature.to_owned());
        let connector = self.connector.get_or_init(connector_to_anybody);
        let answer = connector.call(request).await.map_err(|error| failed(&error))?;
        let status = answer.status().as_u16();
        let bytes = ByteStream::new(answer.into_body()).collect().await.map_err(|error| failed(&error))?.into_bytes();
        match status {
            200..300 if bytes.len() <= LARGEST_ANSWER => Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null)),
            // Busy, or too early: another time.
            408 | 425 | 429 | 500.. => Err(NotReached::Unanswered(format!("it answers {status}"))),
            _ => Err(NotReached::Refused(status)),
        }
    }
}

/// A pause, half as long up to half as long again.
fn jittered(pause: Duration) -> Duration {
    let mut random = [128_u8];
    // Without random numbers they only come back more together.
    let _ = getrandom::fill(&mut random);
    pause / 2 + pause * u32::from(random[0]) / 256
}

/// The signature of a message at a time.
#[must_use]
pub fn signature(key: &str, seconds: i64, body: &[u8]) -> String {
    format!("t={seconds},v1={}", hex::of(mac(key, seconds, body).finalize().into_bytes()))
}

/// Whether a message is signed with the key, and lately.
#[must_use]
pub fn is_signed(key: &str, header: &str, body: &[u8], now: Timestamp) -> bool {
    let mut parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    let mut part = |name| parts.find(|(candidate, _)| *candidate == name).map(|(_, value)| value);
    let (Some(seconds), Some(given)) = (part("t").and_then(|seconds| seconds.parse::<i64>().ok()), part("v1")) else {
        return false;
    };
    let Ok(signed) = Timestamp::from_second(seconds) else { return false };
    let Some(given) = unhex(given) else { return false };
    now.duration_since(signed).abs() <= FRESH && mac(key, seconds, body).verify_slice(&given).is_ok()
}

fn mac(key: &str, seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).unwrap_or_else(|_| unreachable!("any length will do"));
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<_>> = text.bytes().map(|byte| char::from(byte).to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

/// Why a report was not kept.
#[derive(Debug)]
pub enum NotKept {
    /// It says nothing that can be: see there.
    NotTaken(NotTaken),
    /// The store failed.
    Store(StoreError),
    /// There is no catalogue to read the order by.
    Catalogue(PageError),
}

impl From<StoreError> for NotKept {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Keeps what was said of a service order: the report, the order that it makes, and what follows for the customer's services in
/// place, together or not at all. A report that is known changes nothing.
///
/// # Errors
/// [`NotKept`]: nothing has changed.
pub async fn keep(app: &App, report: &Report) -> Result<(), NotKept> {
    for _ in 0..ATTEMPTS {
        let Some(known) = app.store.provisioning(report.of.order).await? else {
            return Err(NotKept::NotTaken(NotTaken::Unknown));
        };
        let after = match take(&known.order.value, &known.reports, report) {
            Ok(after) => after,
            Err(NotTaken::Known) => return Ok(()),
            Err(why) => return Err(NotKept::NotTaken(why)),
        };
        let now = app.clock.now();
        let head = app.store.load(&Wanted::default()).await?.catalogue_head;
        let catalogue = app.catalogues.current(&app.store, &head, now).await.map_err(NotKept::Catalogue)?;
        let mut changes = vec![];
        for change in in_place(&known.order.value, &after, &catalogue, report.at) {
            if let InventoryChange::Rest { rate_centre, number, .. } = &change
                && !app.store.is_our_number(rate_centre, *number).await?
            {
                continue;
            }
            changes.push(change);
        }
        match app.store.keep_report(&known.order, &after, report, &changes, now).await {
            Err(StoreError::Conflict) => {}
            done => return done.map_err(NotKept::Store),
        }
    }
    Err(NotKept::Store(StoreError::Conflict))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_believed_with_its_own_signature_and_for_five_minutes_only() {
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        let signed = |seconds| signature("the key", seconds, b"{}");
        let at = now.as_second();
        for (header, body, expected) in [
            (signed(at), &b"{}"[..], true),
            (signed(at - 299), b"{}", true),
            (signed(at + 299), b"{}", true),
            (signed(at - 301), b"{}", false),
            (signed(at + 301), b"{}", false),
            (signed(at), b"{ }", false),
            (signature("another key", at, b"{}"), b"{}", false),
            (signed(at).replace("t=1", "t=2"), b"{}", false),
            (signed(at).to_uppercase(), b"{}", false),
            (format!("t={at},v1="), b"{}", false),
            (format!("t={at},v1=abc"), b"{}", false),
            (format!("t={at},v1=\u{e9}0"), b"{}", false),
            (format!("t={},v1=00", i64::MAX), b"{}", false),
            (String::new(), b"{}", false),
        ] {
            assert_eq!(is_signed("the key", &header, body, now), expected, "{header}");
        }
    }

    #[test]
    fn a_pause_is_about_as_long_as_it_says() {
        let pause = Duration::from_millis(100);
        for _ in 0..100 {
            assert!((pause / 2..=pause + pause / 2).contains(&jittered(pause)));
        }
    }
}
