//! Publishes what happens to orders on the event bus (Amazon EventBridge), for whoever has rules there.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::config::Config;
use crate::mint;
use crate::signed::{Call, Service, Unanswered};
use crate::tmf::Happening;

/// What events say they are from.
pub const SOURCE: &str = "order-manager";

/// How long a call may take, its second attempt included.
const PATIENCE: Duration = Duration::from_secs(5);

/// Publishes events. Nothing is connected until the first.
#[derive(Clone, Debug)]
pub struct Events(Arc<Service>);

/// Why something was not published; the text is for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPublished(String);

impl std::fmt::Display for NotPublished {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not published: {}", self.0)
    }
}

impl std::error::Error for NotPublished {}

impl From<Unanswered> for NotPublished {
    fn from(Unanswered(reason): Unanswered) -> Self {
        Self(reason)
    }
}

impl Events {
    /// By a function's configuration.
    #[must_use]
    pub fn new(config: Arc<Config>) -> Self {
        Self(Arc::new(Service::new(config, "events")))
    }

    /// Publishes what one change means: at most ten events. When the bus's answer is lost they may be there twice, under the same
    /// ids, for these follow from `change`.
    ///
    /// # Errors
    /// [`NotPublished`]; then nobody knows which of them are.
    pub async fn publish(&self, happenings: &[Happening], change: &str, now: Timestamp) -> Result<(), NotPublished> {
        if happenings.is_empty() {
            return Ok(());
        }
        let config = self.0.config();
        let bus = config.event_bus.as_deref().ok_or_else(|| NotPublished("this function is told of no event bus".to_owned()))?;
        let entry = |happening: &Happening| {
            let kind = happening.kind.wire_name();
            let id: Uuid = mint::of_content("event", format!("{change}#{kind}").as_bytes());
            json!({
                "EventBusName": bus,
                "Source": SOURCE,
                "DetailType": kind,
                "Detail": happening.document(id, now).to_string(),
            })
        };
        let body = json!({ "Entries": happenings.iter().map(entry).collect::<Vec<_>>() });
        let end_point = match &config.events_endpoint {
            Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
            None => format!("https://events.{}.amazonaws.com", config.region),
        };
        let call = Call {
            method: Method::POST,
            address: format!("{end_point}/"),
            headers: vec![("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSEvents.PutEvents")],
            body: body.to_string().into(),
        };
        let answered = self.0.call(&call, PATIENCE, now).await?;
        let failed = serde_json::from_slice::<Value>(&answered.body).ok().and_then(|said| said["FailedEntryCount"].as_u64());
        match (answered.status, failed) {
            (200, Some(0)) => Ok(()),
            (200, Some(count)) => Err(NotPublished(format!("the bus left {count} out"))),
            (status, _) => Err(NotPublished(format!("EventBridge answers {status}"))),
        }
    }
}
