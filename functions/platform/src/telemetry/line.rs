//! A line of a function's log.
//!
//! Source of the metrics' form: Amazon CloudWatch User Guide, "Specification: Embedded metric format". A metric is paid for by each
//! value of its dimensions: which field was filled in wrong is therefore a property of the line, that queries count by.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Notes;

/// Whose numbers they are, in CloudWatch.
const NAMESPACE: &str = "OrderManager";

/// What a line is about.
pub(super) enum About<'a> {
    /// A request of a browser's or a program's.
    Request {
        /// The route, with its parameters' names and not their values.
        route: &'a str,
        /// What Lambda calls it.
        request_id: &'a str,
        /// What was answered.
        status: u16,
    },
    /// What a stream or a schedule brings.
    Event {
        /// Whether it was taken.
        handled: bool,
    },
}

/// A line, with all that it says.
pub(super) struct Line<'a> {
    pub(super) function: &'static str,
    pub(super) environment: &'a str,
    pub(super) now: Timestamp,
    /// Whether it is the first since the function started.
    pub(super) first: bool,
    pub(super) took: Duration,
    pub(super) about: About<'a>,
    pub(super) notes: &'a Notes,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = self.properties();
        let metrics = self.metrics();
        if !metrics.is_empty() {
            line.insert("Environment".to_owned(), self.environment.into());
            let directives: Vec<_> = metrics.iter().map(Metric::directive).collect();
            line.insert("_aws".to_owned(), json!({"Timestamp": self.now.as_millisecond(), "CloudWatchMetrics": directives}));
            for Metric { name, value, step, .. } in metrics {
                line.insert(name.to_owned(), value.into());
                if let Some(step) = step {
                    line.insert("Step".to_owned(), step.into());
                }
            }
        }
        Value::Object(line).fmt(f)
    }
}

/// A number for CloudWatch.
struct Metric {
    name: &'static str,
    unit: &'static str,
    value: u64,
    /// The stage of the way that it is counted for, if it is by stage.
    step: Option<&'static str>,
}

impl Metric {
    fn directive(&self) -> Value {
        let dimensions: &[&str] = if self.step.is_some() { &["Environment", "Step"] } else { &["Environment"] };
        json!({"Namespace": NAMESPACE, "Dimensions": [dimensions], "Metrics": [{"Name": self.name, "Unit": self.unit}]})
    }
}

impl Line<'_> {
    fn properties(&self) -> Map<String, Value> {
        let mut line = Map::new();
        let mut say = |name: &str, value: Value| line.insert(name.to_owned(), value);
        say("level", "INFO".into());
        say("function", self.function.into());
        match &self.about {
            About::Request { route, request_id, status } => {
                say("route", (*route).into());
                say("requestId", (*request_id).into());
                say("status", (*status).into());
            }
            About::Event { handled } => {
                say("handled", (*handled).into());
                say("changes", self.notes.changes.into());
                say("failedChanges", self.notes.failed_changes.into());
            }
        }
        say("durationMs", (u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX) as f64 / 1000.0).into());
        say("coldStart", self.first.into());
        say("dynamodbCalls", self.notes.dynamodb_calls.into());
        if let Some(order) = self.notes.order {
            say("order", order.to_string().into());
        }
        if !self.notes.wrong_fields.is_empty() {
            say("fields", self.notes.wrong_fields.iter().map(|field| &**field).collect());
        }
        line
    }

    fn metrics(&self) -> Vec<Metric> {
        let notes = self.notes;
        let count = |name, value: usize| Metric { name, unit: "Count", value: value.try_into().unwrap_or(u64::MAX), step: None };
        let mut metrics = Vec::new();
        if let Some(stage) = notes.reached {
            metrics.push(Metric { step: Some(stage.as_str()), ..count("Reached", 1) });
        }
        let counts = [
            ("OrdersPlaced", notes.placed as usize),
            ("SignInFailures", notes.failed_sign_ins as usize),
            ("ValidationErrors", notes.wrong_fields.len()),
        ];
        metrics.extend(counts.into_iter().filter(|(_, value)| *value > 0).map(|(name, value)| count(name, value)));
        if let Some(made) = notes.oldest_change {
            let late = u64::try_from(self.now.duration_since(made).as_millis()).unwrap_or_default();
            metrics.push(Metric { name: "Lag", unit: "Milliseconds", value: late, step: None });
        }
        metrics
    }
}
