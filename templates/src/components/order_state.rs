//! Where an order or a family of services stands, in words.

use maud::Markup;
use order_manager::catalogue::Family;
use order_manager::order::OrderState;

use super::tag::{Tone, tag};
use crate::messages::Words;

/// Where an order stands, as the customer would say it.
#[must_use]
pub fn order_state(words: &Words, state: OrderState) -> Markup {
    match state {
        OrderState::Draft => tag(Tone::Neutral, &words.text("order-state-draft")),
        OrderState::AwaitingApproval => tag(Tone::Active, &words.text("order-state-awaiting-approval")),
        OrderState::Quoted => tag(Tone::Attention, &words.text("order-state-quoted")),
        OrderState::AwaitingCustomer => tag(Tone::Attention, &words.text("order-state-awaiting-customer")),
        OrderState::Acknowledged => tag(Tone::Active, &words.text("order-state-acknowledged")),
        OrderState::Rejected => tag(Tone::Bad, &words.text("order-state-rejected")),
        OrderState::InProgress => tag(Tone::Active, &words.text("order-state-in-progress")),
        OrderState::Held => tag(Tone::Attention, &words.text("order-state-held")),
        OrderState::Pending => tag(Tone::Attention, &words.text("order-state-pending")),
        OrderState::Partial => tag(Tone::Attention, &words.text("order-state-partial")),
        OrderState::Completed => tag(Tone::Good, &words.text("order-state-completed")),
        OrderState::Failed => tag(Tone::Bad, &words.text("order-state-failed")),
        OrderState::AssessingCancellation => tag(Tone::Active, &words.text("order-state-assessing-cancellation")),
        OrderState::PendingCancellation => tag(Tone::Active, &words.text("order-state-pending-cancellation")),
        OrderState::Cancelled => tag(Tone::Neutral, &words.text("order-state-cancelled")),
    }
}

/// A family's name.
#[must_use]
pub fn family_name(words: &Words, family: Family) -> String {
    match family {
        Family::DataIp => words.text("family-data-ip"),
        Family::Access => words.text("family-access"),
        Family::Voice => words.text("family-voice"),
        Family::LongDistance => words.text("family-long-distance"),
        Family::Local => words.text("family-local"),
    }
    .into_owned()
}

/// What a family is, in a sentence.
#[must_use]
pub fn family_about(words: &Words, family: Family) -> String {
    match family {
        Family::DataIp => words.text("family-data-ip-about"),
        Family::Access => words.text("family-access-about"),
        Family::Voice => words.text("family-voice-about"),
        Family::LongDistance => words.text("family-long-distance-about"),
        Family::Local => words.text("family-local-about"),
    }
    .into_owned()
}
