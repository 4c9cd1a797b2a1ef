//! The trail of who did what: entries that are only ever added, each holding the hash of the one before.
//!
//! What an entry says is text here, not the domain's types: what was written must stay readable, and its hash the same, whatever
//! becomes of them.

mod act;
mod trail;

use std::fmt;

use jiff::Timestamp;

use crate::id::{AgreementId, CustomerId, OrderId, PersonId, ProjectId, Version};

pub use act::Act;
pub use trail::{Broken, Digest, End, Entry, MalformedDigest, verify};

/// What a trail is about. Each has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A customer.
    Customer(CustomerId),
    /// An order.
    Order(OrderId),
    /// An agreement.
    Agreement(AgreementId),
    /// A file of many sites.
    Project(ProjectId),
    /// A person who signs in.
    Person(PersonId),
    /// An e-mail address that somebody tried to sign in with, by its fingerprint: whose it is, nobody may know.
    Address(Digest),
}

impl Subject {
    /// The trail of an e-mail address, however it is written.
    #[must_use]
    pub fn address(email: &str) -> Self {
        Self::Address(Digest::of(email.trim().to_lowercase().as_bytes()))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer(id) => write!(f, "customer#{id}"),
            Self::Order(id) => write!(f, "order#{id}"),
            Self::Agreement(id) => write!(f, "agreement#{id}"),
            Self::Project(id) => write!(f, "project#{id}"),
            Self::Person(id) => write!(f, "person#{id}"),
            Self::Address(digest) => write!(f, "address#{digest}"),
        }
    }
}

/// In which capacity somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Nobody we know.
    Visitor,
    /// As a customer, or for the customers linked to their sign-in.
    Customer,
    /// As a sales representative.
    SalesRepresentative,
    /// As a contract negotiator.
    Negotiator,
    /// As an approver.
    Approver,
    /// As somebody of the staff: by the file of many sites that they sent, which is worked through without them.
    Staff,
    /// As a partner's own system.
    Partner,
    /// With the operator's tools.
    Operator,
}

impl Capacity {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Customer => "customer",
            Self::SalesRepresentative => "sales-representative",
            Self::Negotiator => "negotiator",
            Self::Approver => "approver",
            Self::Staff => "staff",
            Self::Partner => "partner",
            Self::Operator => "operator",
        }
    }
}

/// Something that was done, to be added to a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// By whom, where that is known.
    pub person: Option<PersonId>,
    /// In which capacity.
    pub capacity: Capacity,
    /// For which customer.
    pub customer: Option<CustomerId>,
    /// What it was about, or why; never an address, a name or a number of anybody's.
    pub about: Option<Box<str>>,
    /// The page it was done on, as its address begins.
    pub page: Option<&'static str>,
    /// The catalogue it was done by.
    pub catalogue: Option<Version>,
}

impl Event {
    /// What somebody did, and nothing more about it.
    #[must_use]
    pub const fn new(act: Act, at: Timestamp, person: Option<PersonId>, capacity: Capacity) -> Self {
        Self { act, at, person, capacity, customer: None, about: None, page: None, catalogue: None }
    }

    /// The same, on a page.
    #[must_use]
    pub fn on(self, page: &'static str) -> Self {
        Self { page: Some(page), ..self }
    }

    /// The same, for a customer.
    #[must_use]
    pub fn of(self, customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..self }
    }

    /// The same, by a catalogue.
    #[must_use]
    pub fn by(self, catalogue: Version) -> Self {
        Self { catalogue: Some(catalogue), ..self }
    }

    /// The same, with what it was about.
    #[must_use]
    pub fn about(self, about: impl Into<Box<str>>) -> Self {
        Self { about: Some(about.into()), ..self }
    }
}
