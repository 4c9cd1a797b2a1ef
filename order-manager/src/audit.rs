//! The trail of who did what: entries that are only ever added, each holding the hash of the one before.
//!
//! What an entry says is text here, not the domain's types: what was written must stay readable, and its hash the same, whatever
//! becomes of them.

mod trail;

use std::fmt;

use jiff::Timestamp;

use crate::id::{AgreementId, CustomerId, OrderId, PersonId, Version};

pub use trail::{Broken, Digest, Entry, MalformedDigest, verify};

/// What a trail is about. Each has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A customer.
    Customer(CustomerId),
    /// An order.
    Order(OrderId),
    /// An agreement.
    Agreement(AgreementId),
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
            Self::Partner => "partner",
            Self::Operator => "operator",
        }
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Signed in.
    SignedIn,
    /// Tried to sign in, and could not.
    SignInFailed,
    /// Signed out.
    SignedOut,
    /// Tried too often, and has to wait.
    LockedOut,
    /// Created a sign-in.
    SignedUp,
    /// Chose another password.
    PasswordChanged,
    /// Chose a new password by a code.
    PasswordRecovered,
    /// Took another e-mail address to sign in with.
    EmailChanged,
    /// Added an authenticator app.
    FactorAdded,
    /// Removed the authenticator app.
    FactorRemoved,
    /// Gave the wrong password or code where it is asked for again.
    ReauthenticationFailed,
    /// Ended a session of theirs, or had it ended.
    SessionEnded,
    /// Asked for a code that links a sign-in with an account.
    LinkAsked,
    /// Gave the wrong code for it.
    LinkFailed,
    /// Linked the sign-in with an account.
    Linked,
    /// Began as a new customer.
    CustomerBegun,
    /// Had a code sent that opens a customer's account.
    AccessAsked,
    /// Entered a code that does not open it.
    AccessFailed,
    /// Opened a customer's account.
    AccessOpened,
    /// Closed it.
    AccessClosed,
    /// Recorded the customer's consent for one call to the use of what we know of them.
    CallConsent,
    /// Added a customer.
    CustomerAdded,
    /// Placed an order.
    OrderPlaced,
    /// Sent an order that can't be carried out.
    OrderRefused,
    /// Wrote something to an order that is no part of what is ordered.
    OrderNoted,
    /// Deleted what no order came of.
    OrderDeleted,
    /// Asked for a cancellation.
    CancellationAsked,
    /// Began an agreement, or its next version.
    AgreementBegun,
    /// Changed what an agreement says.
    AgreementEdited,
    /// Changed what an agreement says, which voided approvals.
    AgreementVoided,
    /// Let a price of an agreement go below its floor.
    AgreementFloorWaived,
    /// Asked for the approvals that an agreement needs.
    AgreementApprovalAsked,
    /// Took an agreement back from approval.
    AgreementWithdrawn,
    /// Approved an agreement on a level.
    AgreementApproved,
    /// Gave an agreement back.
    AgreementReturned,
    /// Sent an agreement to the customer.
    AgreementSent,
    /// Wanted an agreement otherwise, as the customer.
    AgreementCountered,
    /// Answered a clause that the customer wanted otherwise.
    AgreementAnswered,
    /// Signed an agreement for the customer.
    AgreementAccepted,
    /// Signed an agreement for the company.
    AgreementCountersigned,
    /// Declined an agreement, as the customer.
    AgreementDeclined,
    /// Took an agreement back from the customer.
    AgreementRecalled,
    /// Ended an agreement before its term.
    AgreementTerminated,
    /// Found that an agreement's time was over.
    AgreementExpired,
    /// Took over an agreement's negotiation.
    AgreementTakenOver,
}

impl Act {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignedOut => "signed-out",
            Self::LockedOut => "locked-out",
            Self::SignedUp => "signed-up",
            Self::PasswordChanged => "password-changed",
            Self::PasswordRecovered => "password-recovered",
            Self::EmailChanged => "email-changed",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::ReauthenticationFailed => "reauthentication-failed",
            Self::SessionEnded => "session-ended",
            Self::LinkAsked => "link-asked",
            Self::LinkFailed => "link-failed",
            Self::Linked => "linked",
            Self::CustomerBegun => "customer-begun",
            Self::AccessAsked => "access-asked",
            Self::AccessFailed => "access-failed",
            Self::AccessOpened => "access-opened",
            Self::AccessClosed => "access-closed",
            Self::CallConsent => "call-consent",
            Self::CustomerAdded => "customer-added",
            Self::OrderPlaced => "order-placed",
            Self::OrderRefused => "order-refused",
            Self::OrderNoted => "order-noted",
            Self::OrderDeleted => "order-deleted",
            Self::CancellationAsked => "cancellation-asked",
            Self::AgreementBegun => "agreement-begun",
            Self::AgreementEdited => "agreement-edited",
            Self::AgreementVoided => "agreement-voided",
            Self::AgreementFloorWaived => "agreement-floor-waived",
            Self::AgreementApprovalAsked => "agreement-approval-asked",
            Self::AgreementWithdrawn => "agreement-withdrawn",
            Self::AgreementApproved => "agreement-approved",
            Self::AgreementReturned => "agreement-returned",
            Self::AgreementSent => "agreement-sent",
            Self::AgreementCountered => "agreement-countered",
            Self::AgreementAnswered => "agreement-answered",
            Self::AgreementAccepted => "agreement-accepted",
            Self::AgreementCountersigned => "agreement-countersigned",
            Self::AgreementDeclined => "agreement-declined",
            Self::AgreementRecalled => "agreement-recalled",
            Self::AgreementTerminated => "agreement-terminated",
            Self::AgreementExpired => "agreement-expired",
            Self::AgreementTakenOver => "agreement-taken-over",
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

    /// The same, with what it was about.
    #[must_use]
    pub fn about(self, about: impl Into<Box<str>>) -> Self {
        Self { about: Some(about.into()), ..self }
    }
}
