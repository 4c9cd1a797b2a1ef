//! What can be asked for: commands on agreements, what is known when one is decided, and why one is refused.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Edit, RateSheet};
use crate::access::{Role, StaffMember};
use crate::agreement::{AgreementReference, AgreementState, ClauseAnswer, Counter, Rate, RateSubject, Seen};
use crate::calendar::company_day;
use crate::catalogue::Catalogue;
use crate::entered::FieldError;
use crate::id::{ApprovalLevelId, ClauseId, OfferingId, PersonId};
use crate::money::MoneyError;

/// What somebody wants done to an agreement.
#[derive(Clone, Debug)]
pub enum Command {
    /// Something that a member of staff does.
    Staff {
        /// Who.
        by: StaffMember,
        /// What they are.
        roles: BTreeSet<Role>,
        /// What they do.
        deed: StaffDeed,
    },
    /// Something that the customer does.
    Customer {
        /// Who.
        by: PersonId,
        /// What they do.
        deed: CustomerDeed,
    },
    /// See whether its time is over.
    Lapse,
}

/// What a member of staff does about an agreement.
#[derive(Clone, Debug)]
pub enum StaffDeed {
    /// Edit it: what was approved of it is void. An approver who does makes it theirs, and it needs another.
    Edit(Box<Edit>),
    /// Let a price go below its floor, in one's own name.
    Waive {
        /// Which.
        subject: RateSubject,
        /// Down to this.
        down_to: Rate,
        /// Why.
        reason: Box<str>,
    },
    /// Ask for the approvals it needs; where it needs none, it can be sent.
    AskApproval,
    /// Take it back before it is approved.
    Withdraw,
    /// Approve it.
    Approve {
        /// On which level.
        level: ApprovalLevelId,
        /// What was looked at.
        seen: Seen,
    },
    /// Give it back.
    Return {
        /// Why.
        reason: Box<str>,
        /// What was looked at.
        seen: Seen,
    },
    /// Send it to the customer.
    Send {
        /// What was looked at.
        seen: Seen,
        /// The last day on which it may be accepted.
        valid_until: Date,
    },
    /// Take it back from the customer.
    Recall(Box<str>),
    /// Answer a clause that the customer wants otherwise.
    Answer(ClauseId, ClauseAnswer),
    /// Begin the next version.
    Revise,
    /// Sign for the company.
    Countersign(Signing),
    /// End it before its time.
    Terminate {
        /// Its last day.
        last_day: Date,
        /// Why.
        reason: Box<str>,
    },
    /// Negotiate it from now on.
    TakeOver,
}

/// What a customer does about an agreement.
#[derive(Clone, Debug)]
pub enum CustomerDeed {
    /// Want it otherwise. Who and when is taken from the command.
    Counter(Box<Counter>),
    /// Sign it.
    Accept(Signing),
    /// Not want it.
    Decline(Option<Box<str>>),
}

/// How somebody signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The name.
    pub name: Box<str>,
    /// What the signer is there.
    pub title: Box<str>,
    /// By what the signer may bind the company.
    pub authority: Box<str>,
    /// SHA-256 of the text that was shown, in hexadecimal.
    pub text_sha256: Box<str>,
}

/// What a decision looks at beside the agreement.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The catalogue that counts.
    pub catalogue: &'a Catalogue,
    /// What the customer's orders are priced by: of this agreement and of others.
    pub sheets: &'a [RateSheet],
    /// The time.
    pub now: Timestamp,
}

impl Facts<'_> {
    /// Today, by the company's clock.
    #[must_use]
    pub fn today(&self) -> Date {
        company_day(self.now)
    }
}

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state.
    NotInState(AgreementState),
    /// It is not for somebody of these roles.
    NotTheirDuty,
    /// Somebody else negotiates it.
    NotAssigned(StaffMember),
    /// Nobody approves their own.
    TheirOwn,
    /// This person has approved it already, on another level.
    ApprovedAlready,
    /// Another level comes first.
    OutOfOrder {
        /// Which.
        next: ApprovalLevelId,
    },
    /// It was edited since it was looked at.
    Edited {
        /// What it is now.
        now: Seen,
    },
    /// What was entered must be changed.
    Fields(Vec<FieldError>),
    /// It needs this level's approval still.
    NeedsApproval(ApprovalLevelId),
    /// There are no rates in it.
    NoRates,
    /// Rates that may not be as they are: below the floor, or above the list price.
    Rates(Vec<FieldError>),
    /// Something in it is not sold any more.
    NotSold(OfferingId),
    /// Another company's offer for a loop holds no more.
    LoopQuoteExpired(RateSubject),
    /// Its text is not what was shown.
    TextChanged,
    /// It can't be accepted any more.
    OfferExpired(Date),
    /// Its time is not over.
    NotOver,
    /// The customer has another agreement for the same places and days.
    Overlaps(AgreementReference),
    /// There is no such clause, or nobody asked about it.
    NoSuchClause,
    /// This clause is not answered yet.
    Unanswered(ClauseId),
    /// Nothing is negotiated here.
    NothingNegotiated,
    /// Agreements are made with businesses; households pay what the list says.
    NotABusiness,
    /// The amounts are beyond reckoning.
    Money(MoneyError),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}
