//! Events: TMF641's, signed or with a token as the site asks for it, sent over HTTP as the real systems would.

use http::{Method, header};
use jiff::Timestamp;
use platform::provisioning::{SIGNATURE, signature};
use serde_json::{Value, json};

use super::{KEY, ProvisioningSystem, SentEvent, ServiceOrder, State, TokenDesk};
use crate::fetch;

/// Where the site listens.
const LISTENER: &str = "/tmf-api/serviceOrdering/v4/listener";

/// An event, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Event {
    listener: &'static str,
    content: Value,
}

impl State {
    /// An event about a service order. No two are of the same moment, so that what is told in the wrong order can be put right.
    pub(super) fn event(&mut self, listener: &'static str, order: &ServiceOrder, told: &Value, now: jiff::Timestamp) -> Event {
        let after = self.last_moment.map(|last| last.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(last));
        let at = after.map_or(now, |after| after.max(now));
        self.last_moment = Some(at);
        let mut resource = json!({ "id": order.id, "externalId": order.external_id, "@type": "ServiceOrder" });
        let mut content = json!({ "eventId": format!("harness-{}", at.as_nanosecond()), "eventTime": at, "eventType": listener });
        for (name, value) in told.as_object().into_iter().flatten() {
            if name == "fieldPath" {
                content[name] = value.clone();
            } else {
                resource[name] = value.clone();
            }
        }
        content["event"] = json!({ "serviceOrder": resource });
        Event { listener, content }
    }
}

impl ProvisioningSystem {
    /// Sends events one after the other, and remembers what the site said.
    pub(super) async fn send(&self, events: Vec<Event>) {
        let _one_at_a_time = self.0.sending.lock().await;
        for Event { listener, content } in events {
            let body = content.to_string();
            let at = self.0.clock.now();
            let address = format!("{}{LISTENER}/{listener}", self.0.site);
            let answer = match self.proof(at, &body).await {
                Ok((name, value)) => {
                    let headers = [(header::CONTENT_TYPE.as_str(), "application/json"), (name, value.as_str())];
                    fetch::exchange(Method::POST, &address, &headers, body).await
                }
                Err(reason) => Err(reason),
            };
            if let Err(reason) = &answer {
                tracing::warn!(%reason, "the site can't be told what comes of a service order");
            }
            let status = answer.ok().map(|(status, _)| status.as_u16());
            self.state().events.push(SentEvent { listener: listener.to_owned(), at, event: content, status });
        }
    }

    /// The header by which the site knows that an event is this system's.
    async fn proof(&self, at: Timestamp, body: &str) -> Result<(&'static str, String), String> {
        let Some(TokenDesk { client, address }) = self.0.tokens.get() else {
            return Ok((SIGNATURE, signature(KEY, at.as_second(), body.as_bytes())));
        };
        let secret = client.secret.as_deref().unwrap_or_default();
        let form = [("grant_type", "client_credentials"), ("client_id", &client.id), ("client_secret", secret)];
        let answer = fetch::post_form(address, &form).await?;
        let token = answer["access_token"].as_str().ok_or("the user pool gave no token")?;
        Ok((header::AUTHORIZATION.as_str(), format!("Bearer {token}")))
    }

    /// The last event about a service order, once more.
    pub(super) fn last_event(&self, external_id: &str) -> Option<Event> {
        let state = self.state();
        let is_about = |sent: &&SentEvent| sent.event["event"]["serviceOrder"]["externalId"] == external_id;
        let last = state.events.iter().rfind(is_about)?;
        let listener = [
            "serviceOrderStateChangeEvent",
            "serviceOrderAttributeValueChangeEvent",
            "serviceOrderMilestoneStateChangeEvent",
            "serviceOrderJeopardyAlertEvent",
            "serviceOrderInformationRequiredEvent",
        ];
        let listener = listener.into_iter().find(|listener| *listener == last.listener)?;
        Some(Event { listener, content: last.event.clone() })
    }
}
