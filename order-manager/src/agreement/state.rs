//! The states of a version of an agreement, and the ways from one to the next.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{AgreementText, AgreementVersion, ApprovalNeed, Given, Seen};
use crate::access::StaffMember;
use crate::id::{ClauseId, PersonId};
use crate::order::Returned;
use crate::value::FileReference;

/// Being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What is written.
    pub version: AgreementVersion,
    /// Why an approver last gave it back.
    pub returned: Option<Returned>,
}

/// Waiting for approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InApproval {
    /// What is to be approved.
    pub version: AgreementVersion,
    /// Who asked.
    pub asked_by: StaffMember,
    /// When.
    pub asked: Timestamp,
    /// What has to be approved, the lowest level first.
    pub needs: Vec<ApprovalNeed>,
    /// The approvals given, in their order, to this very revision.
    pub approvals: Vec<Given>,
}

/// Approved as far as it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// What was approved.
    pub version: AgreementVersion,
    /// What had to be approved.
    pub needs: Vec<ApprovalNeed>,
    /// The approvals given.
    pub approvals: Vec<Given>,
}

/// What the customer was sent: it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The version.
    pub version: AgreementVersion,
    /// The approvals given to it.
    pub approvals: Vec<Given>,
    /// The exact text that both sides sign.
    pub text: AgreementText,
    /// SHA-256 of that text, in hexadecimal.
    pub text_sha256: Box<str>,
    /// Who sent it.
    pub sent_by: StaffMember,
    /// When.
    pub sent: Timestamp,
    /// The last day on which it may be accepted.
    pub valid_until: Date,
}

/// Sent to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What was sent.
    pub offer: Offer,
}

/// The customer wants it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countered {
    /// What was sent.
    pub offer: Offer,
    /// What the customer wants.
    pub counter: Counter,
    /// What we say to it, clause by clause.
    pub answers: Vec<AnsweredClause>,
}

/// What a customer wants otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Who says so.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The text as they marked it up.
    pub file: FileReference,
    /// The clauses it is about, and what they should say.
    pub clauses: Vec<ClauseWish>,
    /// What they wrote with it.
    pub note: Option<Box<str>>,
}

/// What a clause should say, by the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseWish {
    /// Which.
    pub clause: ClauseId,
    /// What it should say.
    pub text: Box<str>,
}

/// A clause that the customer wants otherwise, and what we say to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredClause {
    /// Which.
    pub clause: ClauseId,
    /// What we say.
    pub answer: ClauseAnswer,
    /// Who says so.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
}

/// What we say to a clause that the customer wants otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseAnswer {
    /// As they want it, and why.
    Accepted(Box<str>),
    /// As it was.
    Refused,
    /// In other words still, and why.
    Countered {
        /// The words.
        text: Box<str>,
        /// Why.
        reason: Box<str>,
    },
}

/// How somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name as it was signed.
    pub name: Box<str>,
    /// What the signer is there.
    pub title: Box<str>,
    /// By what the signer may bind the company: an office, a power of attorney.
    pub authority: Box<str>,
    /// Who.
    pub person: PersonId,
    /// SHA-256 of the exact text signed, in hexadecimal.
    pub text_sha256: Box<str>,
    /// When.
    pub signed: Timestamp,
}

/// Signed by the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitingCountersignature {
    /// What was signed.
    pub offer: Offer,
    /// The customer's signature.
    pub customer: Signature,
}

/// Signed by both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// What was signed.
    pub offer: Offer,
    /// The customer's signature.
    pub customer: Signature,
    /// Ours.
    pub company: Signature,
    /// The first day.
    pub from: Date,
    /// The last day of the term. What happens then is [`super::Term::at_end`].
    pub until: Date,
}

/// A later version came into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Superseded {
    /// What was in force.
    pub agreement: InForce,
    /// The version that is.
    pub by: u32,
    /// When.
    pub at: Timestamp,
    /// Its last day: the one before the later version's first.
    pub until: Date,
}

/// Its time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expired {
    /// What it was.
    pub what: Outlived,
    /// When that was seen.
    pub at: Timestamp,
}

/// Something whose time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlived {
    /// Nobody accepted it in time.
    Offer(Box<Offer>),
    /// It was in force, until its end.
    Agreement(Box<InForce>),
}

impl Outlived {
    /// What was sent.
    #[must_use]
    pub const fn offer(&self) -> &Offer {
        match self {
            Self::Offer(offer) => offer,
            Self::Agreement(agreement) => &agreement.offer,
        }
    }
}

/// Ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminated {
    /// What was in force.
    pub agreement: InForce,
    /// By whom.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
    /// Its last day.
    pub last_day: Date,
    /// Why.
    pub reason: Box<str>,
}

/// The customer does not want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// What was sent.
    pub offer: Offer,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why, where they say.
    pub reason: Option<Box<str>>,
}

/// Taken back from the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// What was sent.
    pub offer: Offer,
    /// By whom.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Box<str>,
}

impl Draft {
    /// Asks for the approvals it needs.
    #[must_use]
    pub fn ask(self, by: StaffMember, at: Timestamp, needs: Vec<ApprovalNeed>) -> InApproval {
        InApproval { version: self.version, asked_by: by, asked: at, needs, approvals: vec![] }
    }

    /// Goes on as what needs nobody's approval.
    #[must_use]
    pub fn without_approval(self) -> Approved {
        Approved { version: self.version, needs: vec![], approvals: vec![] }
    }
}

impl InApproval {
    /// Gives it back to whoever wrote it.
    #[must_use]
    pub fn give_back(self, returned: Option<Returned>) -> Draft {
        Draft { version: self.version, returned }
    }

    /// Has every approval.
    #[must_use]
    pub fn complete(self) -> Approved {
        Approved { version: self.version, needs: self.needs, approvals: self.approvals }
    }
}

impl Approved {
    /// Goes back to be written on: what was approved counts no more.
    #[must_use]
    pub fn reopen(self) -> Draft {
        Draft { version: self.version, returned: None }
    }

    /// Goes out to the customer.
    #[must_use]
    pub fn send(self, text: AgreementText, by: StaffMember, at: Timestamp, valid_until: Date) -> Sent {
        let text_sha256 = text.sha256();
        let Self { version, approvals, .. } = self;
        Sent { offer: Offer { version, approvals, text, text_sha256, sent_by: by, sent: at, valid_until } }
    }
}

impl Sent {
    /// The customer wants it otherwise.
    #[must_use]
    pub fn counter(self, counter: Counter) -> Countered {
        Countered { offer: self.offer, counter, answers: vec![] }
    }

    /// The customer signs.
    #[must_use]
    pub fn accept(self, customer: Signature) -> AwaitingCountersignature {
        AwaitingCountersignature { offer: self.offer, customer }
    }

    /// The customer does not want it.
    #[must_use]
    pub fn decline(self, by: PersonId, at: Timestamp, reason: Option<Box<str>>) -> Declined {
        Declined { offer: self.offer, by, at, reason }
    }

    /// Nobody accepted it in time.
    #[must_use]
    pub fn expire(self, at: Timestamp) -> Expired {
        Expired { what: Outlived::Offer(Box::new(self.offer)), at }
    }
}

impl Offer {
    /// Is taken back.
    #[must_use]
    pub fn recall(self, by: StaffMember, at: Timestamp, reason: Box<str>) -> Recalled {
        Recalled { offer: self, by, at, reason }
    }
}

impl AwaitingCountersignature {
    /// We sign too.
    #[must_use]
    pub fn countersign(self, company: Signature, from: Date, until: Date) -> InForce {
        InForce { offer: self.offer, customer: self.customer, company, from, until }
    }
}

impl InForce {
    /// A later version comes into force.
    #[must_use]
    pub const fn supersede(self, by: u32, at: Timestamp, until: Date) -> Superseded {
        Superseded { agreement: self, by, at, until }
    }

    /// Its time is over.
    #[must_use]
    pub fn expire(self, at: Timestamp) -> Expired {
        Expired { what: Outlived::Agreement(Box::new(self)), at }
    }

    /// Ends before its time.
    #[must_use]
    pub const fn terminate(self, by: StaffMember, at: Timestamp, last_day: Date, reason: Box<str>) -> Terminated {
        Terminated { agreement: self, by, at, last_day, reason }
    }

    /// What was signed, as somebody has seen it.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        self.offer.version.seen()
    }
}
