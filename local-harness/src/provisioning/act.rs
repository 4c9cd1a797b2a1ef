//! What a tester has the system do: by JSON or by a form, in the same words.

use jiff::{SignedDuration, ToSpan};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    ProvisioningSystem, ServiceOrder, State,
    events::Event,
    stages::{Stage, next_due, stages},
};

/// What to do, and about which service order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Command {
    #[serde(rename = "do")]
    act: String,
    /// Its id here or at the site, or the product order's: then the first of its service orders that is not done.
    #[serde(default)]
    order: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    days: Option<i64>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    amount: String,
}

/// Everything there is to do, with what it does.
pub(crate) const ACTS: [(&str, &str); 17] = [
    ("advance", "Tell the next stage"),
    ("finish", "Tell all stages to the end"),
    ("reorder", "Tell the next two stages the wrong way round"),
    ("duplicate", "Tell the last thing once more"),
    ("delay", "Settle a later day (days, text)"),
    ("jeopardy", "Say that the day is in danger (kind)"),
    ("clear", "Say that the danger has passed (kind)"),
    ("ask", "Ask the customer something (text, and field where an answer is wrong)"),
    ("charge", "Ask whether to build something (amount, text)"),
    ("hold", "Stop (text)"),
    ("resume", "Go on"),
    ("fail", "Give up (text)"),
    ("reject", "Refuse to carry it out (text)"),
    ("refuse-cancellation", "Go on although cancelling was asked for"),
    ("refuse", "Turn the next service order away, or the next change of one"),
    ("down", "Answer nothing, or answer again: say up"),
    ("automatic", "Go by the clock, or by hand: say by-hand"),
];

const STATE: &str = "serviceOrderStateChangeEvent";
const DAY: &str = "serviceOrderAttributeValueChangeEvent";
const MILESTONE: &str = "serviceOrderMilestoneStateChangeEvent";
const JEOPARDY: &str = "serviceOrderJeopardyAlertEvent";
const QUESTION: &str = "serviceOrderInformationRequiredEvent";

impl Command {
    pub(super) fn advance(order: &str) -> Self {
        Self { act: "advance".to_owned(), order: order.to_owned(), ..Self::default() }
    }

    pub(super) fn finish(order: &str) -> Self {
        Self { act: "finish".to_owned(), ..Self::advance(order) }
    }
}

impl ProvisioningSystem {
    /// Does it.
    ///
    /// # Errors
    /// Why it can't be done, in words.
    pub(crate) async fn act(&self, command: Command) -> Result<(), String> {
        if command.act == "duplicate" {
            let id = {
                let state = self.state();
                state.orders[state.find(&command.order)?].external_id.clone()
            };
            let last = self.last_event(&id).ok_or("nothing was told of it yet")?;
            self.send(vec![last]).await;
            return Ok(());
        }
        let events = self.state().act(&command, self.0.clock.now())?;
        self.send(events).await;
        Ok(())
    }
}

impl State {
    fn find(&self, order: &str) -> Result<usize, String> {
        let is_it = |one: &ServiceOrder| one.id == order || one.external_id == order;
        let is_of = |one: &ServiceOrder| one.external_id.starts_with(&format!("{order}.")) && !one.stages.is_empty();
        let found = self.orders.iter().position(is_it).or_else(|| self.orders.iter().position(is_of));
        found.ok_or_else(|| format!("`{order}` is no service order that was taken and is not done"))
    }

    fn act(&mut self, command: &Command, now: jiff::Timestamp) -> Result<Vec<Event>, String> {
        match command.act.as_str() {
            "automatic" => self.automatic = true,
            "by-hand" => self.automatic = false,
            "down" => self.down = true,
            "up" => self.down = false,
            "refuse" => self.refuses_next = true,
            _ => {
                let at = self.find(&command.order)?;
                let mut order = self.orders[at].clone();
                let events = self.about(&mut order, command, now)?;
                self.orders[at] = order;
                return Ok(events);
            }
        }
        Ok(vec![])
    }

    fn about(&mut self, order: &mut ServiceOrder, command: &Command, now: jiff::Timestamp) -> Result<Vec<Event>, String> {
        let text = if command.text.is_empty() { "The provisioning system says so." } else { &command.text };
        let kind = if command.kind.is_empty() { "other" } else { &command.kind };
        let id = format!("ask-{}", now.as_millisecond());
        let mut said: Vec<(&'static str, Value)> = vec![];
        match command.act.as_str() {
            "advance" => return Ok(self.next(order, now).into_iter().collect()),
            "finish" => return Ok(std::iter::from_fn(|| self.next(order, now)).collect()),
            "reorder" => {
                let both: Vec<_> = [self.next(order, now), self.next(order, now)].into_iter().flatten().collect();
                return Ok(both.into_iter().rev().collect());
            }
            "delay" => {
                let day = order.day.or_else(|| super::stages::day_asked_for(&order.content)).ok_or("it asks for no day")?;
                let later = day.saturating_add(command.days.unwrap_or(3).days());
                order.day = Some(later);
                said.push((DAY, json!({ "expectedCompletionDate": format!("{later}T15:00:00Z"), "note": [{ "text": text }] })));
            }
            "jeopardy" => said.push((JEOPARDY, json!({ "jeopardyAlert": [{ "name": kind, "jeopardyType": "Critical" }] }))),
            "clear" => said.push((JEOPARDY, json!({ "jeopardyAlert": [{ "name": kind, "jeopardyType": "Normal" }] }))),
            "ask" => {
                said.push((STATE, json!({ "state": "pending" })));
                let mut asked = json!({ "note": [{ "id": id, "text": text }] });
                if !command.field.is_empty() {
                    asked["fieldPath"] = json!(format!("serviceOrderItem.service.serviceCharacteristic.{}", command.field));
                }
                said.push((QUESTION, asked));
            }
            "charge" => {
                let amount: serde_json::Number = command.amount.parse().map_err(|_| "say an amount such as 1250.00")?;
                let answer_by = now.saturating_add(SignedDuration::from_hours(14 * 24)).unwrap_or(now).to_string();
                let charge = json!({
                    "id": id, "amount": { "unit": "USD", "value": amount }, "reason": text, "answerBy": answer_by[..10],
                });
                said.push((STATE, json!({ "state": "pending" })));
                said.push((QUESTION, json!({ "constructionCharge": charge })));
            }
            "hold" => said.push((STATE, json!({ "state": "held", "errorMessage": { "message": text } }))),
            "resume" | "refuse-cancellation" => {
                if order.stages.first() == Some(&Stage::State("pendingCancellation")) {
                    order.stages = stages(&order.content).split_off(1);
                }
                said.push((STATE, json!({ "state": "inProgress" })));
            }
            "fail" => said.push((STATE, json!({ "state": "failed", "errorMessage": { "message": text } }))),
            "reject" => said.push((STATE, json!({ "state": "rejected", "errorMessage": { "message": text } }))),
            other => return Err(format!("`{other}` is nothing that the provisioning system can do")),
        }
        Ok(said.into_iter().map(|(listener, told)| self.tell(order, listener, &told, now)).collect())
    }

    /// The next stage of a service order.
    fn next(&mut self, order: &mut ServiceOrder, now: jiff::Timestamp) -> Option<Event> {
        if order.stages.is_empty() {
            return None;
        }
        let (listener, told) = match order.stages.remove(0) {
            Stage::State(state) => (STATE, json!({ "state": state })),
            Stage::Milestone(id) => (MILESTONE, json!({ "milestone": [{ "id": id, "status": "completed" }] })),
            Stage::Day => {
                let day = *order.day.get_or_insert(super::stages::day_asked_for(&order.content).unwrap_or_default());
                (DAY, json!({ "expectedCompletionDate": format!("{day}T15:00:00Z") }))
            }
        };
        Some(self.tell(order, listener, &told, now))
    }

    /// An event, and what follows from it for the service order.
    pub(super) fn tell(&mut self, order: &mut ServiceOrder, listener: &'static str, told: &Value, now: jiff::Timestamp) -> Event {
        if let Some(state) = told["state"].as_str() {
            state.clone_into(&mut order.state);
            if matches!(state, "completed" | "failed" | "rejected" | "cancelled") {
                order.stages.clear();
            }
        }
        order.refresh(now);
        self.event(listener, order, told, now)
    }
}

impl ServiceOrder {
    /// Brings what is shown up to what is still to come.
    pub(super) fn refresh(&mut self, now: jiff::Timestamp) {
        let to_come = self.stages.iter().filter_map(|stage| match stage {
            Stage::Milestone(id) => Some(id.clone()),
            Stage::State(_) | Stage::Day => None,
        });
        self.to_come = to_come.collect();
        let day = self.day.or_else(|| super::stages::day_asked_for(&self.content));
        self.next_due = next_due(self.stages.len(), stages(&self.content).len(), day, now);
    }
}
