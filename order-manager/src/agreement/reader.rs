//! What somebody is to an agreement, and which version of it they see.

use jiff::Timestamp;

use super::{Agreement, Stage};
use crate::access::{Actor, Duty};

/// What somebody is to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Who negotiates it.
    Owner,
    /// Another negotiator, who acts for the customer just now.
    Colleague,
    /// Who approves.
    Approver,
    /// The customer.
    Customer,
}

impl Reader {
    /// What somebody is to an agreement; nothing where it is not there for them.
    #[must_use]
    pub fn of(actor: &Actor, agreement: &Agreement, now: Timestamp) -> Option<Self> {
        let theirs = || actor.customers(now).contains(&agreement.customer.id);
        match actor {
            Actor::Customer { .. } => (theirs() && agreement.shown_to_customer().is_some()).then_some(Self::Customer),
            Actor::Staff(staff) if staff.does(Duty::Negotiate) && staff.person == agreement.owner.person => Some(Self::Owner),
            Actor::Staff(staff) if staff.does(Duty::Approve) => Some(Self::Approver),
            Actor::Staff(staff) if staff.does(Duty::Negotiate) && theirs() => Some(Self::Colleague),
            Actor::Staff(_) => None,
        }
    }
}

impl Agreement {
    /// The version that a customer sees: the newest once it was sent, until then the last one that both signed.
    #[must_use]
    pub fn shown_to_customer(&self) -> Option<&Stage> {
        let newest = Some(&self.newest).filter(|stage| stage.offer().is_some());
        newest.or(self.last_signed.as_deref())
    }
}
