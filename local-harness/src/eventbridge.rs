//! A small Amazon EventBridge: takes the one call that the site makes of it, to requests that are signed as the real one demands,
//! keeps every event where a tester reads it, and starts the functions that the template's rules name.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::{Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet, time::sleep};

use crate::{
    HarnessClock, StartError,
    functions::{CREDENTIALS, MountedMachine},
    gateway::reply,
    server::{Reply, Server},
    signature::Signer,
    streams::{DeadLetter, DeadLetters, Invoked, invoke},
    template::{REGION, RuleSpec},
};

/// The most a call may have, in bytes: ten events of 256 KB.
const LARGEST: usize = 10 << 18;

/// How long Lambda waits before it tries an event again, which is a minute there, and twice as long the second time.
const PAUSE: Duration = Duration::from_millis(200);

/// All events that were published since the start, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Events(Arc<Mutex<Vec<Event>>>);

/// An event, as rules see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The bus it was put on.
    pub bus: String,
    /// The event, as EventBridge hands it on.
    pub event: Value,
}

impl Events {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Event> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, event: Event) -> usize {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(event);
        all.len()
    }
}

/// The running stand-in.
pub(crate) struct EventBridge {
    server: Server,
    bus: Arc<Bus>,
}

/// What calls go to.
struct Bus {
    rules: Vec<RuleSpec>,
    events: Events,
    letters: DeadLetters,
    clock: HarnessClock,
    /// The functions that rules start; known once they are mounted, which needs this one's address.
    machines: Mutex<BTreeMap<String, MountedMachine>>,
    under_way: Mutex<JoinSet<()>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    event_bus_name: String,
    source: String,
    detail_type: String,
    detail: String,
}

impl EventBridge {
    /// Starts it. Its rules start nothing before [`EventBridge::mount`].
    pub(crate) async fn start(
        rules: Vec<RuleSpec>,
        events: &Events,
        letters: &DeadLetters,
        clock: &HarnessClock,
    ) -> Result<Self, StartError> {
        let failed = |error: std::io::Error| StartError::Ses(format!("the embedded EventBridge cannot start: {error}"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let (events, letters, clock) = (events.clone(), letters.clone(), clock.clone());
        let (machines, under_way) = (Mutex::default(), Mutex::default());
        let bus = Arc::new(Bus { rules, events, letters, clock, machines, under_way });
        let taking = bus.clone();
        let server = Server::start(listener, move |request, _| answer(taking.clone(), request)).map_err(failed)?;
        Ok(Self { server, bus })
    }

    /// The functions that its rules start.
    pub(crate) fn mount(&self, machines: &BTreeMap<String, MountedMachine>) {
        self.bus.machines.lock().unwrap_or_else(PoisonError::into_inner).clone_from(machines);
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Stops, after what it has started.
    pub(crate) async fn stop(self) {
        self.server.stop().await;
        let mut under_way = std::mem::take(&mut *self.bus.under_way.lock().unwrap_or_else(PoisonError::into_inner));
        while under_way.join_next().await.is_some() {}
    }
}

async fn answer(bus: Arc<Bus>, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return refusal(StatusCode::BAD_REQUEST, "ValidationException", "The content cannot be read.");
    };
    let body = body.to_bytes();
    let signer = Signer { service: "events", access_key: CREDENTIALS.0, secret_key: CREDENTIALS.1 };
    if let Err((code, words)) = signer.check(&parts.method, &parts.uri, &parts.headers, &body) {
        return refusal(StatusCode::FORBIDDEN, code, words);
    }
    if parts.headers.get("x-amz-target").is_none_or(|target| target != "AWSEvents.PutEvents") {
        return refusal(
            StatusCode::BAD_REQUEST,
            "UnknownOperationException",
            "The local harness's EventBridge knows PutEvents only.",
        );
    }
    let Ok(PutEvents { entries }) = serde_json::from_slice(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "ValidationException", "The request is not as PutEvents takes it.");
    };
    if entries.is_empty() || entries.len() > 10 {
        return refusal(StatusCode::BAD_REQUEST, "ValidationException", "PutEvents takes one event to ten.");
    }
    let taken: Vec<_> = entries.iter().map(|entry| bus.take(entry)).collect();
    let failed = taken.iter().filter(|one| one.get("ErrorCode").is_some()).count();
    reply::json(StatusCode::OK, &json!({ "FailedEntryCount": failed, "Entries": taken }))
}

impl Bus {
    /// Keeps an event and starts what its rules say.
    fn take(self: &Arc<Self>, entry: &Entry) -> Value {
        let Ok(detail) = serde_json::from_str::<Value>(&entry.detail) else {
            return json!({ "ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed." });
        };
        let id = detail["eventId"].as_str().unwrap_or_default().to_owned();
        let event = json!({
            "version": "0",
            "id": id,
            "detail-type": entry.detail_type,
            "source": entry.source,
            "account": "000000000000",
            "time": self.clock.now().to_string(),
            "region": REGION,
            "resources": [],
            "detail": detail,
        });
        let number = self.events.add(Event { bus: entry.event_bus_name.clone(), event: event.clone() });
        let machines = self.machines.lock().unwrap_or_else(PoisonError::into_inner);
        for rule in self.rules.iter().filter(|rule| rule.bus == entry.event_bus_name && rule.pattern.fits(&event)) {
            let Some(machine) = machines.get(&rule.function).cloned() else { continue };
            let (bus, rule, event) = (self.clone(), rule.clone(), event.clone());
            let started = async move { bus.deliver(&rule, machine, event).await };
            self.under_way.lock().unwrap_or_else(PoisonError::into_inner).spawn(started);
        }
        json!({ "EventId": format!("local-{number}") })
    }

    /// Hands an event to a function until it takes it, as often as it may be tried.
    async fn deliver(&self, rule: &RuleSpec, machine: MountedMachine, event: Value) {
        for attempt in 0..=rule.retries {
            sleep(PAUSE * attempt).await;
            if let Invoked::Answered(_) = invoke(machine.clone(), event.clone()).await {
                return;
            }
        }
        self.letters.add(DeadLetter {
            queue: rule.dead_letters.clone(),
            function: rule.function.clone(),
            at: self.clock.now(),
            message: json!({ "requestContext": { "condition": "RetriesExhausted" } }),
            records: vec![event],
        });
    }
}

fn refusal(status: StatusCode, code: &'static str, words: &str) -> Reply {
    let mut reply = reply::json(status, &json!({ "__type": code, "message": words }));
    reply.headers_mut().insert("x-amzn-errortype", http::HeaderValue::from_static(code));
    reply
}
