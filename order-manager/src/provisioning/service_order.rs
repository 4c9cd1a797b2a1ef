//! Service orders: what one provisioning system is asked to do.

use std::fmt;
use std::str::FromStr;

use crate::catalogue::Family;
use crate::id::{MalformedId, OrderId, OrderItemId};

/// Which service order. TMF641 calls it the external id: it is ours, and the system keeps it with its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceOrderId {
    /// Of which order.
    pub order: OrderId,
    /// For which of its items.
    pub item: OrderItemId,
    /// At which place.
    pub part: Part,
}

/// The place of an item that a service order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The order's place.
    Here,
    /// The place that a service leaves when it moves.
    Left,
}

impl Part {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Left => "left",
        }
    }
}

impl fmt::Display for ServiceOrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.order, self.item, self.part.as_str())
    }
}

impl FromStr for ServiceOrderId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(MalformedId);
        let (order, item) = (next()?.parse()?, next()?.parse()?);
        let part = match next()? {
            "here" => Part::Here,
            "left" => Part::Left,
            _ => return Err(MalformedId),
        };
        if parts.next().is_some() { Err(MalformedId) } else { Ok(Self { order, item, part }) }
    }
}

/// What is to be done about a service (TMF641 v4.1, order item action).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceAction {
    /// It is brought in.
    Add,
    /// It becomes another, rests, or goes on.
    Modify,
    /// It ends.
    Delete,
}

impl ServiceAction {
    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Modify => "modify",
            Self::Delete => "delete",
        }
    }
}

/// A service order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceOrder {
    /// Which.
    pub id: ServiceOrderId,
    /// The family of its service, by which systems are told apart.
    pub family: Family,
    /// What is to be done.
    pub action: ServiceAction,
    /// What has to be done before it.
    pub after: Vec<ServiceOrderId>,
}

/// How far a service order is (TMF641 v4.1, service order states).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceOrderState {
    /// Received.
    Acknowledged,
    /// Received, and can't be carried out.
    Rejected,
    /// Waiting for the customer.
    Pending,
    /// Stopped.
    Held,
    /// Under way.
    InProgress,
    /// Cancelled.
    Cancelled,
    /// Done.
    Completed,
    /// Could not be done.
    Failed,
    /// Done in part, and the rest could not be.
    Partial,
    /// Whether it can still be cancelled is being looked at.
    AssessingCancellation,
    /// It is being cancelled.
    PendingCancellation,
}

impl ServiceOrderState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Acknowledged,
        Self::Rejected,
        Self::Pending,
        Self::Held,
        Self::InProgress,
        Self::Cancelled,
        Self::Completed,
        Self::Failed,
        Self::Partial,
        Self::AssessingCancellation,
        Self::PendingCancellation,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Rejected => "rejected",
            Self::Pending => "pending",
            Self::Held => "held",
            Self::InProgress => "inProgress",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Partial => "partial",
            Self::AssessingCancellation => "assessingCancellation",
            Self::PendingCancellation => "pendingCancellation",
        }
    }

    /// The state of this name on the wire.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.wire_name() == name)
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Rejected | Self::Cancelled | Self::Completed | Self::Failed | Self::Partial)
    }

    /// Whether a service order that was in this state can be in the other one later, whatever came between: what was between may be
    /// on its way still. Nothing comes after an end, nothing goes back to being received, and only what is not begun is rejected.
    #[must_use]
    pub const fn may_become(self, later: Self) -> bool {
        match (self, later) {
            (from, _) if from.is_final() => false,
            (_, Self::Acknowledged) => false,
            (Self::Acknowledged, _) => true,
            (_, Self::Rejected) => false,
            (Self::PendingCancellation, to) => matches!(to, Self::Cancelled | Self::PendingCancellation),
            _ => true,
        }
    }
}
