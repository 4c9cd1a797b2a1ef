//! What is to be sent to the provisioning systems next: the difference between what an order wants and what they were told.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Report, ServiceOrder, ServiceOrderId, ServiceOrderState, standing};
use crate::order::{Content, Decision, Placed, ProductOrder, QuestionId};

/// What a system was told of a service order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The day asked for; none while it has not taken the service order.
    pub day: Option<Date>,
    /// Whom to call, and how to get in.
    pub contact: Option<Box<str>>,
    /// The answers it has, by the time at which the customer gave them, where they are others than those it was sent with.
    pub amended: Option<Timestamp>,
    /// The question whose answer it has.
    pub answered: Option<QuestionId>,
    /// The charge whose decision it has.
    pub decided: Option<QuestionId>,
    /// The cancellation it was asked for, by the time at which the customer did.
    pub cancelling: Option<Timestamp>,
    /// What was about to be said otherwise than it stands here, and may have been: it is said again, whatever it is now.
    pub doubted: BTreeSet<Doubted>,
}

/// Something that a system is told by its value, so that going back to what it was before looks as if nothing had been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubted {
    /// The day asked for.
    Day,
    /// Whom to call, and how to get in.
    Contact,
}

/// Something to be done about a service order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Have a system take it.
    Send,
    /// Say that another day is wanted.
    Day(Date),
    /// Say whom to call now, and how to get in.
    Contact(Box<str>),
    /// Say what the item's answers are now, and since when.
    Amend(Timestamp),
    /// Pass an answer on.
    Answer(QuestionId, Box<str>),
    /// Pass on what was decided about a charge.
    Decision(QuestionId, Decision),
    /// Ask for its cancellation.
    Cancel,
    /// No system has it, and none is to get it any more: the customer has cancelled.
    Withdraw,
    /// No system has it, and none can carry it out: what it depends on did not come to be.
    GiveUp,
}

/// Whom a system is told to call, and how to get in, in a line.
#[must_use]
pub fn contact(order: &Placed) -> Box<str> {
    let contact = &order.installation.contact;
    let notes = order.installation.access_notes.iter().map(|notes| format!(". {notes}"));
    let notes: String = notes.collect();
    format!("{}, {}{notes}", contact.name, contact.phone).into()
}

/// What is due for a service order; nothing while it waits for others, and nothing when all is said.
#[must_use]
pub fn due(order: &ProductOrder, service_order: &ServiceOrder, heard: &Heard, reports: &[Report]) -> Vec<Due> {
    let Content::Placed(placed) = order.content() else { return vec![] };
    let Some(item) = placed.items.iter().find(|item| item.id == service_order.id.item) else { return vec![] };
    let state = |id: &ServiceOrderId| standing(id, reports).state();
    if order.state().is_final() || state(&service_order.id).is_final() {
        return vec![];
    }
    let asked = match order {
        ProductOrder::AssessingCancellation(asked) => Some(asked.since),
        // It was granted because every system that has something has answered.
        ProductOrder::PendingCancellation(_) => heard.cancelling.or(Some(placed.placed)),
        _ => None,
    };
    let Some(told) = heard.day else {
        let lost = |id: &ServiceOrderId| state(id).is_final() && state(id) != ServiceOrderState::Completed;
        let is_ready = || service_order.after.iter().all(|id| state(id) == ServiceOrderState::Completed);
        return match () {
            () if asked.is_some() => vec![Due::Withdraw],
            () if service_order.after.iter().any(lost) => vec![Due::GiveUp],
            () if is_ready() => vec![Due::Send],
            () => vec![],
        };
    };
    if asked.is_some() {
        return if heard.cancelling == asked { vec![] } else { vec![Due::Cancel] };
    }
    let mut all = vec![];
    if told != item.requested || heard.doubted.contains(&Doubted::Day) {
        all.push(Due::Day(item.requested));
    }
    let contact = contact(placed);
    if heard.contact.as_ref().is_some_and(|told| *told != contact) || heard.doubted.contains(&Doubted::Contact) {
        all.push(Due::Contact(contact));
    }
    if let Some(amended) = item.on_the_way.amended.filter(|amended| heard.amended != Some(*amended)) {
        all.push(Due::Amend(amended));
    }
    if let Some(question) = &item.on_the_way.question
        && let Some(answer) = &question.answer
        && heard.answered.as_ref() != Some(&question.id)
    {
        all.push(Due::Answer(question.id.clone(), answer.text.clone()));
    }
    if let Some(charge) = &item.on_the_way.charge
        && let Some((decision, _)) = charge.decision
        && heard.decided.as_ref() != Some(&charge.id)
    {
        all.push(Due::Decision(charge.id.clone(), decision));
    }
    all
}
