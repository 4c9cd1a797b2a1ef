//! What a list of orders shows, as it is stored: beside the order itself for the index, and in the customer's partition.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use order_manager::id::{CustomerId, OfferingId, OrderId, PersonId};
use order_manager::order::{Content, OrderState, ProductOrder};
use order_manager::work::Waiting;
use serde::{Deserialize, Serialize};

use super::as_text::{AsText, sortable};
use crate::store::{OrderSummary, QueueEntry};

/// What changes seldom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct SummaryRecord {
    items: Vec<OfferingId>,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    placed: Option<Timestamp>,
}

/// A row that points to an order; an order's own row reads as one too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct PointerRecord {
    state: AsText<StateName>,
    #[serde(serialize_with = "sortable")]
    changed: Timestamp,
    summary: SummaryRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
}

/// What the lists of work show of an order beside its summary, and are made by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct WorkRecord {
    customer: AsText<CustomerId>,
    name: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<AsText<PersonId>>,
}

/// An order's row, as the index of work has it.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::store) struct QueueRecord {
    work: WorkRecord,
    state: AsText<StateName>,
    changed: Timestamp,
    summary: SummaryRecord,
}

/// An order's state by its name on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct StateName(pub(in crate::store) OrderState);

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.wire_name())
    }
}

impl FromStr for StateName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        OrderState::ALL.into_iter().find(|state| state.wire_name() == text).map(Self).ok_or(())
    }
}

impl SummaryRecord {
    /// The summary of an order.
    pub(in crate::store) fn of(order: &ProductOrder) -> Self {
        match order.content() {
            Content::Draft(draft) => Self {
                items: draft.items.iter().map(|item| item.offering.clone()).collect(),
                place: draft.place.address.to_string(),
                placed: None,
            },
            Content::Placed(placed) => Self {
                items: placed.items.iter().map(|item| item.offering.clone()).collect(),
                place: placed.place.address.to_string(),
                placed: Some(placed.placed),
            },
        }
    }
}

impl WorkRecord {
    /// Of an order that something may still happen to.
    pub(in crate::store) fn of(order: &ProductOrder) -> Option<Self> {
        let name = match order.content() {
            Content::Draft(draft) => draft.ordered_for.name.clone(),
            Content::Placed(placed) => placed.ordered_for.name.clone(),
        };
        Waiting::of(order).map(|waiting| Self { customer: AsText(order.customer()), name, by: waiting.by.map(AsText) })
    }
}

impl QueueRecord {
    /// What it says of the order.
    pub(in crate::store) fn entry_of(self, id: OrderId) -> QueueEntry {
        let WorkRecord { customer, name, by } = self.work;
        let pointer = PointerRecord { state: self.state, changed: self.changed, summary: self.summary, expires_at: None };
        let order = pointer.summary_of(id);
        let waiting = Waiting { state: order.state, by: by.map(|by| by.0), placed: order.placed };
        QueueEntry { order, customer: customer.0, name, waiting }
    }
}

impl PointerRecord {
    /// A pointer to an order that was changed at a time, to be cleaned up at another.
    pub(in crate::store) fn to(order: &ProductOrder, changed: Timestamp, expires: Option<Timestamp>) -> Self {
        Self {
            state: AsText(StateName(order.state())),
            changed,
            summary: SummaryRecord::of(order),
            expires_at: expires.map(Timestamp::as_second),
        }
    }

    /// What it says of the order.
    pub(in crate::store) fn summary_of(self, id: OrderId) -> OrderSummary {
        let SummaryRecord { items, place, placed } = self.summary;
        OrderSummary { id, state: self.state.0.0, items, place, changed: self.changed, placed }
    }
}
