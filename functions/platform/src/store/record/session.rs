//! Sessions and visitors as they are stored.

use jiff::Timestamp;
use order_manager::access::Actor;
use order_manager::address::GeographicAddress;
use order_manager::id::{CustomerId, PersonId};
use serde::{Deserialize, Serialize};

use super::access::StaffRecord;
use super::as_text::AsText;
use super::each;
use crate::store::{Session, Visitor};

/// A session, and when its row may be cleaned up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct SessionRecord {
    person: AsText<PersonId>,
    name: String,
    #[serde(default)]
    customers: Vec<AsText<CustomerId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    staff: Option<StaffRecord>,
    began: Timestamp,
    last_used: Timestamp,
    checked: Timestamp,
    expires_at: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct VisitorRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<GeographicAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_to: Option<String>,
    expires: Timestamp,
    expires_at: i64,
}

impl SessionRecord {
    pub(in crate::store) fn of(session: &Session, expires: Timestamp) -> Self {
        let (customers, staff) = match &session.actor {
            Actor::Customer { customers, .. } => (each(customers.clone()), None),
            Actor::Staff(staff) => (vec![], Some(staff.into())),
        };
        Self {
            person: AsText(session.actor.person()),
            name: session.name.clone(),
            customers,
            staff,
            began: session.began,
            last_used: session.last_used,
            checked: session.checked,
            expires_at: expires.as_second(),
        }
    }
}

impl From<SessionRecord> for Session {
    fn from(SessionRecord { person, name, customers, staff, began, last_used, checked, .. }: SessionRecord) -> Self {
        let customers = customers.into_iter().map(|customer| customer.0).collect();
        let actor = match staff {
            None => Actor::Customer { person: person.0, customers },
            Some(staff) => Actor::Staff(staff.of(person.0)),
        };
        Self { actor, name, began, last_used, checked }
    }
}

impl From<Visitor> for VisitorRecord {
    fn from(Visitor { address, return_to, expires }: Visitor) -> Self {
        Self { address, return_to, expires, expires_at: expires.as_second() }
    }
}

impl From<VisitorRecord> for Visitor {
    fn from(VisitorRecord { address, return_to, expires, .. }: VisitorRecord) -> Self {
        Self { address, return_to, expires }
    }
}
