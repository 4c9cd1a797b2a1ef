//! Agreements: negotiated prices and terms, in versions, each in one of its states.
//!
//! Each state is a struct that holds just what that state has; a transition consumes the state it leaves. A version that was sent
//! to the customer never changes again: what comes after it is the next version. Until then each edit makes another revision of
//! the version, and what was approved of the one before counts no more.

mod approval;
mod decide;
mod entered;
mod ladder;
mod meter;
mod rate;
mod reader;
mod redline;
mod sheet;
mod state;
mod table;
mod terms;
mod trail;
mod wording;

pub use approval::{ApprovalNeed, Because, Given, needs, next_level};
pub use decide::{
    Command, CustomerDeed, Edit, Facts, Group, LONGEST_TERM, MOST_AMOUNT, MOST_LINES, NewWording, Refusal, Signing, StaffDeed,
    begin, decide,
};
pub use entered::{read_amount, read_percent, read_rate};
pub use ladder::{Rung, ladder};
pub use meter::{Meter, YearSpend, meter, year_spend};
pub use rate::{Agreed, Carried, ListPrice, LoopQuote, Rate, RateLine, RateSubject, VolumeTier};
pub use reader::Reader;
pub use redline::{Difference, Side, redline};
pub use sheet::{AgreedEnd, AgreementReference, RateSheet, covering};
pub use state::{
    AnsweredClause, Approved, AwaitingCountersignature, ClauseAnswer, ClauseWish, Counter, Countered, Declined, Draft, Expired,
    InApproval, InForce, Offer, Outlived, Recalled, Sent, Signature, Superseded, Terminated,
};
pub use table::{Figure, PriceRow, RowStanding, Unit, price_table};
pub use terms::{
    Clause, Commitment, CommonEnd, CountedCharge, Document, Parties, Provision, Sites, Starts, Term, Terms, Wording,
};
pub use trail::{Event, MOST_ENTRIES, TrailEntry};
pub use wording::{AgreementText, Section, text_of};

use jiff::Timestamp;

use crate::access::StaffMember;
use crate::id::{AgreementId, CustomerId, PersonId};
use crate::party::CustomerKind;

/// An agreement: its newest version, and what became of those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Which.
    pub id: AgreementId,
    /// With whom.
    pub customer: AgreedWith,
    /// Who negotiates it.
    pub owner: StaffMember,
    /// When it was begun.
    pub begun: Timestamp,
    /// Last changed.
    pub changed: Timestamp,
    /// The newest version.
    pub newest: Stage,
    /// The last version before the newest that both sides signed: in force while the newest is negotiated, or what became of it.
    pub last_signed: Option<Box<Stage>>,
    /// The versions before the newest, the first first.
    pub earlier: Vec<EarlierVersion>,
    /// Who did what, the first first.
    pub trail: Vec<TrailEntry>,
}

/// The customer, as the agreement needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedWith {
    /// Who.
    pub id: CustomerId,
    /// Household or business.
    pub kind: CustomerKind,
    /// Name.
    pub name: Box<str>,
    /// Account number.
    pub account_number: Box<str>,
}

/// A version before the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierVersion {
    /// Its number.
    pub number: u32,
    /// Its state, when the next one was begun or it ended.
    pub state: AgreementState,
    /// Since when.
    pub since: Timestamp,
}

/// A version of an agreement: what it says, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementVersion {
    /// Its number, from 1.
    pub number: u32,
    /// How often it was edited.
    pub revision: u32,
    /// What it says.
    pub terms: Terms,
    /// Prices below their floor that somebody answers for by name.
    pub waivers: Vec<FloorWaiver>,
    /// Who edited it: none of them approves it.
    pub authors: Vec<StaffMember>,
}

/// A revision of a version: what somebody has seen, and decides about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Which version.
    pub version: u32,
    /// Which revision of it.
    pub revision: u32,
}

/// A price that may go below its floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorWaiver {
    /// Which.
    pub subject: RateSubject,
    /// Down to this rate.
    pub down_to: Rate,
    /// Why.
    pub reason: Box<str>,
    /// Who answers for it.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
}

impl AgreementVersion {
    /// What somebody sees who sees it as it is.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        Seen { version: self.number, revision: self.revision }
    }

    /// Whether somebody edited it.
    #[must_use]
    pub fn is_by(&self, person: PersonId) -> bool {
        self.authors.iter().any(|author| author.person == person)
    }

    /// The waiver of a price's floor, where there is one.
    #[must_use]
    pub fn waiver(&self, subject: &RateSubject) -> Option<&FloorWaiver> {
        self.waivers.iter().find(|waiver| waiver.subject == *subject)
    }
}

/// A version, in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written.
    Draft(Draft),
    /// Waiting for approvals.
    InApproval(InApproval),
    /// Approved as far as it needs: it can be sent.
    Approved(Approved),
    /// Sent to the customer.
    Sent(Sent),
    /// The customer wants it otherwise.
    Countered(Countered),
    /// Signed by the customer, and not by us yet.
    AwaitingCountersignature(AwaitingCountersignature),
    /// Signed by both: orders are priced by it, from its first day on.
    InForce(InForce),
    /// A later version came into force.
    Superseded(Superseded),
    /// Its time is over.
    Expired(Expired),
    /// Ended before its time.
    Terminated(Terminated),
    /// The customer does not want it.
    Declined(Declined),
    /// Taken back from the customer.
    Recalled(Recalled),
}

/// The states' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementState {
    /// See [`Stage::Draft`].
    Draft,
    /// See [`Stage::InApproval`].
    InApproval,
    /// See [`Stage::Approved`].
    Approved,
    /// See [`Stage::Sent`].
    Sent,
    /// See [`Stage::Countered`].
    Countered,
    /// See [`Stage::AwaitingCountersignature`].
    AwaitingCountersignature,
    /// See [`Stage::InForce`].
    InForce,
    /// See [`Stage::Superseded`].
    Superseded,
    /// See [`Stage::Expired`].
    Expired,
    /// See [`Stage::Terminated`].
    Terminated,
    /// See [`Stage::Declined`].
    Declined,
    /// See [`Stage::Recalled`].
    Recalled,
}

impl AgreementState {
    /// Every state.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::InApproval,
        Self::Approved,
        Self::Sent,
        Self::Countered,
        Self::AwaitingCountersignature,
        Self::InForce,
        Self::Superseded,
        Self::Expired,
        Self::Terminated,
        Self::Declined,
        Self::Recalled,
    ];

    /// Its name in records and in message keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InApproval => "in-approval",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Countered => "countered",
            Self::AwaitingCountersignature => "awaiting-countersignature",
            Self::InForce => "in-force",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::Terminated => "terminated",
            Self::Declined => "declined",
            Self::Recalled => "recalled",
        }
    }

    /// Whether nothing more happens to a version in it: another version may follow.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Superseded | Self::Expired | Self::Terminated | Self::Declined | Self::Recalled)
    }
}

impl Stage {
    /// The version.
    #[must_use]
    pub const fn version(&self) -> &AgreementVersion {
        match self {
            Self::Draft(Draft { version, .. })
            | Self::InApproval(InApproval { version, .. })
            | Self::Approved(Approved { version, .. }) => version,
            Self::Sent(Sent { offer })
            | Self::Countered(Countered { offer, .. })
            | Self::AwaitingCountersignature(AwaitingCountersignature { offer, .. })
            | Self::InForce(InForce { offer, .. })
            | Self::Declined(Declined { offer, .. })
            | Self::Recalled(Recalled { offer, .. })
            | Self::Superseded(Superseded { agreement: InForce { offer, .. }, .. })
            | Self::Terminated(Terminated { agreement: InForce { offer, .. }, .. }) => &offer.version,
            Self::Expired(Expired { what, .. }) => &what.offer().version,
        }
    }

    /// What the customer was sent, once it was.
    #[must_use]
    pub const fn offer(&self) -> Option<&Offer> {
        match self {
            Self::Draft(_) | Self::InApproval(_) | Self::Approved(_) => None,
            Self::Sent(Sent { offer })
            | Self::Countered(Countered { offer, .. })
            | Self::AwaitingCountersignature(AwaitingCountersignature { offer, .. })
            | Self::InForce(InForce { offer, .. })
            | Self::Declined(Declined { offer, .. })
            | Self::Recalled(Recalled { offer, .. })
            | Self::Superseded(Superseded { agreement: InForce { offer, .. }, .. })
            | Self::Terminated(Terminated { agreement: InForce { offer, .. }, .. }) => Some(offer),
            Self::Expired(Expired { what, .. }) => Some(what.offer()),
        }
    }

    /// Who signed it for the customer, and who for us.
    #[must_use]
    pub const fn signatures(&self) -> (Option<&Signature>, Option<&Signature>) {
        match self {
            Self::AwaitingCountersignature(AwaitingCountersignature { customer, .. }) => (Some(customer), None),
            Self::InForce(signed)
            | Self::Superseded(Superseded { agreement: signed, .. })
            | Self::Terminated(Terminated { agreement: signed, .. }) => (Some(&signed.customer), Some(&signed.company)),
            Self::Expired(Expired { what: Outlived::Agreement(signed), .. }) => (Some(&signed.customer), Some(&signed.company)),
            Self::Expired(Expired { what: Outlived::Offer(_), .. })
            | Self::Draft(_)
            | Self::InApproval(_)
            | Self::Approved(_)
            | Self::Sent(_)
            | Self::Countered(_)
            | Self::Declined(_)
            | Self::Recalled(_) => (None, None),
        }
    }

    /// The approvals given to it as it is.
    #[must_use]
    pub fn approvals(&self) -> &[Given] {
        match self {
            Self::Draft(_) => &[],
            Self::InApproval(InApproval { approvals, .. }) | Self::Approved(Approved { approvals, .. }) => approvals,
            _ => self.offer().map_or(&[], |offer| &offer.approvals),
        }
    }

    /// The state's name.
    #[must_use]
    pub const fn state(&self) -> AgreementState {
        match self {
            Self::Draft(_) => AgreementState::Draft,
            Self::InApproval(_) => AgreementState::InApproval,
            Self::Approved(_) => AgreementState::Approved,
            Self::Sent(_) => AgreementState::Sent,
            Self::Countered(_) => AgreementState::Countered,
            Self::AwaitingCountersignature(_) => AgreementState::AwaitingCountersignature,
            Self::InForce(_) => AgreementState::InForce,
            Self::Superseded(_) => AgreementState::Superseded,
            Self::Expired(_) => AgreementState::Expired,
            Self::Terminated(_) => AgreementState::Terminated,
            Self::Declined(_) => AgreementState::Declined,
            Self::Recalled(_) => AgreementState::Recalled,
        }
    }
}

impl Agreement {
    /// The newest version.
    #[must_use]
    pub const fn version(&self) -> &AgreementVersion {
        self.newest.version()
    }

    /// The newest version's state.
    #[must_use]
    pub const fn state(&self) -> AgreementState {
        self.newest.state()
    }

    /// The version in force, whether its first day has come or not.
    #[must_use]
    pub fn in_force(&self) -> Option<&InForce> {
        match (&self.newest, self.last_signed.as_deref()) {
            (Stage::InForce(agreement), _) | (_, Some(Stage::InForce(agreement))) => Some(agreement),
            _ => None,
        }
    }

    /// A version that is at hand: the newest, or the last one signed. Those before are kept apart.
    #[must_use]
    pub fn at_hand(&self, number: u32) -> Option<&Stage> {
        let both = std::iter::once(&self.newest).chain(self.last_signed.as_deref());
        both.into_iter().find(|stage| stage.version().number == number)
    }

    /// The versions of it that are not at hand any more in what came of it: they are to be kept apart.
    pub fn left_behind<'a>(&'a self, after: &'a Self) -> impl Iterator<Item = &'a Stage> {
        let both = std::iter::once(&self.newest).chain(self.last_signed.as_deref());
        both.filter(|stage| after.at_hand(stage.version().number).is_none())
    }
}
