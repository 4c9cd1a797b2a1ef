//! The system's own interface: TMF641 v4.1, as far as the site asks anything of it. What is not signed is not taken.

use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use platform::provisioning::{SIGNATURE, is_signed};
use serde_json::{Value, json};

use super::{KEY, ProvisioningSystem, ServiceOrder, State, events::Event, stages};
use crate::{gateway::reply::json, server::Reply};

/// Where the interface begins.
pub(super) const ROOT: &str = "/tmf-api/serviceOrdering/v4";

/// The most bytes of a service order.
const LARGEST: usize = 1 << 20;

const STATE: &str = "serviceOrderStateChangeEvent";
const DAY: &str = "serviceOrderAttributeValueChangeEvent";

pub(super) async fn answer(system: ProvisioningSystem, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST).collect().await else { return problem(StatusCode::BAD_REQUEST, "too large") };
    let body = body.to_bytes();
    if system.state().down {
        return problem(StatusCode::SERVICE_UNAVAILABLE, "the tester has taken the system down");
    }
    let now = system.0.clock.now();
    let header = parts.headers.get(SIGNATURE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    if !is_signed(KEY, header, &body, now) {
        return problem(StatusCode::UNAUTHORIZED, "not signed, or not lately");
    }
    let Ok(content) = serde_json::from_slice::<Value>(&body) else { return problem(StatusCode::BAD_REQUEST, "no JSON") };
    let path = parts.uri.path().strip_prefix(ROOT).unwrap_or_default();
    let (reply, events) = match (&parts.method, path.split('/').collect::<Vec<_>>().as_slice()) {
        (&Method::POST, ["", "serviceOrder"]) => (system.state().taken(content, now), vec![]),
        (&Method::POST, ["", "cancelServiceOrder"]) => system.state().cancelling(&content, now),
        (&Method::PATCH, ["", "serviceOrder", id]) => system.state().changed(id, content, now),
        _ => (problem(StatusCode::NOT_FOUND, "there is no such resource"), vec![]),
    };
    // The site hears of it when it has its answer, as from a system that works at its own pace.
    tokio::spawn(async move { system.send(events).await });
    reply
}

impl State {
    /// Takes a service order; one that comes again is the one that is there, and another content under its id is refused.
    fn taken(&mut self, content: Value, now: jiff::Timestamp) -> Reply {
        let Some(external_id) = content["externalId"].as_str().map(str::to_owned) else {
            return problem(StatusCode::BAD_REQUEST, "externalId is missing");
        };
        if let Some(there) = self.orders.iter().find(|order| order.external_id == external_id) {
            return if there.sent == content {
                json(StatusCode::CREATED, &there.resource())
            } else {
                problem(StatusCode::CONFLICT, "another service order has this externalId")
            };
        }
        if std::mem::take(&mut self.refuses_next) {
            return problem(StatusCode::BAD_REQUEST, "the tester has it turned away");
        }
        let mut order = ServiceOrder {
            id: format!("so-{}", self.orders.len() + 1),
            external_id,
            state: "acknowledged".to_owned(),
            to_come: vec![],
            day: None,
            taken: now,
            stages: stages::stages(&content),
            sent: content.clone(),
            content,
            changes: vec![],
            next_due: now,
        };
        order.refresh(now);
        let reply = json(StatusCode::CREATED, &order.resource());
        self.orders.push(order);
        reply
    }

    /// Takes a change. An answer has the service order go on, and a refusal to build ends it.
    fn changed(&mut self, id: &str, change: Value, now: jiff::Timestamp) -> (Reply, Vec<Event>) {
        let Some(at) = self.orders.iter().position(|order| order.id == id) else {
            return (problem(StatusCode::NOT_FOUND, "there is no such service order"), vec![]);
        };
        if std::mem::take(&mut self.refuses_next) {
            return (problem(StatusCode::CONFLICT, "the tester has it turned away"), vec![]);
        }
        let mut order = self.orders[at].clone();
        let mut events = vec![];
        if let Some(day) = change["requestedCompletionDate"].as_str() {
            order.content["requestedCompletionDate"] = json!(day);
            if order.day.is_some() {
                order.day = stages::day_asked_for(&order.content);
                events.push(self.tell(&mut order, DAY, &json!({ "expectedCompletionDate": day }), now));
            }
        }
        if change["serviceOrderItem"].is_array() {
            order.content["serviceOrderItem"] = change["serviceOrderItem"].clone();
        }
        // Whom to call is no answer.
        if let Some(said) = change["note"][0]["text"].as_str()
            && change["note"][0]["id"] != "contact"
            && order.state == "pending"
        {
            let state = if said == "refused" { "cancelled" } else { "inProgress" };
            events.push(self.tell(&mut order, STATE, &json!({ "state": state }), now));
        }
        order.changes.push(change);
        let reply = json(StatusCode::OK, &order.resource());
        self.orders[at] = order;
        (reply, events)
    }

    /// Takes a request to cancel, and looks into it: the rest comes by the clock, or as the tester says.
    fn cancelling(&mut self, asked: &Value, now: jiff::Timestamp) -> (Reply, Vec<Event>) {
        let id = asked["serviceOrder"]["id"].as_str().unwrap_or_default();
        let Some(at) = self.orders.iter().position(|order| order.id == id) else {
            return (problem(StatusCode::NOT_FOUND, "there is no such service order"), vec![]);
        };
        let mut order = self.orders[at].clone();
        if order.stages.is_empty() {
            return (problem(StatusCode::CONFLICT, "it has ended"), vec![]);
        }
        order.stages = stages::cancelling();
        let event = self.tell(&mut order, STATE, &json!({ "state": "assessingCancellation" }), now);
        self.orders[at] = order;
        let task = json!({ "id": format!("cancel-{id}"), "state": "acknowledged", "serviceOrder": asked["serviceOrder"] });
        (json(StatusCode::CREATED, &task), vec![event])
    }
}

impl ServiceOrder {
    fn resource(&self) -> Value {
        let mut resource = self.content.clone();
        resource["id"] = json!(self.id);
        resource["href"] = json!(format!("{ROOT}/serviceOrder/{}", self.id));
        resource["state"] = json!(self.state);
        resource
    }
}

fn problem(status: StatusCode, reason: &str) -> Reply {
    json(status, &json!({ "code": status.as_u16().to_string(), "reason": reason, "@type": "Error" }))
}
