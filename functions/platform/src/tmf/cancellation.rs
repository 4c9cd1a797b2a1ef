//! Cancellations that partners asked for, as resources of TMF622 v4.

use order_manager::order::{Cancelled, OrderState, ProductOrder};
use serde_json::{Value, json};

use super::ORDERING;
use super::order::{href_of, time};
use crate::store::CancelRequest;

/// How far a cancellation is (TMF622 v4, `TaskStateType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Received, and being looked at.
    Acknowledged,
    /// Granted, and being carried out.
    InProgress,
    /// The order is cancelled.
    Done,
    /// It came too late.
    TerminatedWithError,
}

impl State {
    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::InProgress => "inProgress",
            Self::Done => "done",
            Self::TerminatedWithError => "terminatedWithError",
        }
    }
}

/// How far the last cancellation of an order is that was asked for.
#[must_use]
pub const fn state_of(order: OrderState) -> State {
    match order {
        OrderState::AssessingCancellation => State::Acknowledged,
        OrderState::PendingCancellation => State::InProgress,
        OrderState::Cancelled => State::Done,
        _ => State::TerminatedWithError,
    }
}

/// A cancellation, as a resource, among all that were asked for of its order. One that was followed by another had been refused.
#[must_use]
pub fn cancellation(asked: &CancelRequest, all: &[CancelRequest], order: &ProductOrder, origin: &str) -> Value {
    let is_last = all.iter().all(|other| other.number <= asked.number);
    let state = if is_last { state_of(order.state()) } else { State::TerminatedWithError };
    let mut task = asked_for(asked, state, origin);
    if let (ProductOrder::Cancelled(Cancelled { at, .. }), State::Done) = (order, state) {
        task["effectiveCancellationDate"] = time(*at);
    }
    task
}

/// A cancellation that is in a state.
pub(super) fn asked_for(asked: &CancelRequest, state: State, origin: &str) -> Value {
    let id = format!("{}-{}", asked.order, asked.number);
    let mut task = json!({
        "href": format!("{origin}{ORDERING}/cancelProductOrder/{id}"),
        "id": id,
        "productOrder": {
            "id": asked.order.to_string(),
            "href": href_of(&asked.order.to_string(), origin),
            "@referredType": "ProductOrder",
        },
        "state": state.wire_name(),
        "@type": "CancelProductOrder",
    });
    if let Some(reason) = &asked.reason {
        task["cancellationReason"] = json!(reason);
    }
    if let Some(wanted) = asked.wanted {
        task["requestedCancellationDate"] = time(wanted);
    }
    task
}
