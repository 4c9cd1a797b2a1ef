//! What agreements are negotiated by: floors, approvals, clauses. All of it is data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Catalogue, EarlyTermination};
use crate::access::Role;
use crate::id::{ApprovalLevelId, ApprovalRuleId, ClauseId, DocumentId, OfferingId, PriceId, Version};
use crate::money::{Money, Percent};
use crate::text::Text;

/// What agreements are negotiated by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negotiation {
    /// What the company is called where it signs.
    pub company: Text,
    /// The lengths of an agreement that are compared side by side, in months, ascending.
    pub terms: Vec<u16>,
    /// For how many days an agreement that was sent may be accepted at most.
    pub longest_offer_days: u16,
    /// What ending an agreement early costs where nothing else is agreed.
    pub early_termination: EarlyTermination,
    /// Levels of approval, the lowest first: they approve in this order, each by somebody else.
    pub levels: Vec<ApprovalLevel>,
    /// What needs approval, and whose.
    pub rules: Vec<ApprovalRule>,
    /// How low prices may go; nothing is taken off a price that is in none of these.
    pub bounds: Vec<Bounds>,
    /// How many days before its end either side says that an agreement is to end, where nothing else is agreed.
    pub notice_days: u16,
    /// The documents that every agreement begins with, in their order of precedence.
    pub documents: Vec<StandardDocument>,
    /// The clauses that every agreement begins with, in order.
    pub clauses: Vec<StandardClause>,
    /// What an agreement's text says of what is agreed, with what is agreed in braces.
    pub phrases: BTreeMap<Phrase, Text>,
}

/// Something that an agreement's text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phrase {
    /// The heading over who agrees, for how long and where.
    Heading,
    /// Between whom: `{company}`, `{customer}`, `{account}`.
    Parties,
    /// Who orders under it too: `{names}`.
    Affiliates,
    /// For how long, from the later signature: `{months}`.
    FromSignature,
    /// For how long, from a day: `{months}`, `{day}`.
    FromDay,
    /// That it goes on by the month: `{days}` of notice.
    RollsMonthly,
    /// That it renews for the same term: `{days}` of notice.
    Renews,
    /// That it ends.
    Ends,
    /// That it covers every place.
    EveryPlace,
    /// The places it covers: `{places}`.
    Places,
    /// Which document counts before which: `{documents}`.
    Precedence,
    /// The heading over the rates.
    Rates,
    /// A rate charged each month: `{offering}`, `{price}`, `{rate}`.
    Monthly,
    /// A rate charged once: `{offering}`, `{price}`, `{rate}`.
    OneTime,
    /// A rate by use: `{offering}`, `{price}`, `{rate}`, `{unit}`.
    Usage,
    /// How a rate that is a share off the list price is said: `{percent}`.
    OffList,
    /// How a rate for each of so many on is said: `{rate}`, `{from}`.
    Each,
    /// The heading over what the customer commits to.
    Commitment,
    /// The least in a year: `{year}`, `{amount}`.
    LeastInYear,
    /// What is paid of what is missing: `{percent}`.
    Shortfall,
    /// The heading over what else is agreed.
    Provisions,
    /// What ending a service early costs: `{first}`, `{after}`.
    EarlyTermination,
    /// The most that it costs: `{amount}`.
    EarlyTerminationAtMost,
    /// That rates are compared with the market: `{months}`.
    RateReview,
    /// That services are exchanged for newer ones: `{months}`.
    TechnologyUpgrade,
    /// That the commitment becomes less with the business: `{drop}`, `{relief}`.
    BusinessDownturn,
    /// That all services end with the agreement.
    EndTogether,
    /// That all services end on a day: `{day}`.
    EndOnDay,
    /// What is credited: `{objective}`, `{percent}`.
    ServiceCredit,
}

impl Phrase {
    /// Every phrase, with what its wording has in braces.
    pub const ALL: [(Self, &'static [&'static str]); 29] = [
        (Self::Heading, &[]),
        (Self::Parties, &["company", "customer", "account"]),
        (Self::Affiliates, &["names"]),
        (Self::FromSignature, &["months"]),
        (Self::FromDay, &["months", "day"]),
        (Self::RollsMonthly, &["days"]),
        (Self::Renews, &["days"]),
        (Self::Ends, &[]),
        (Self::EveryPlace, &[]),
        (Self::Places, &["places"]),
        (Self::Precedence, &["documents"]),
        (Self::Rates, &[]),
        (Self::Monthly, &["offering", "price", "rate"]),
        (Self::OneTime, &["offering", "price", "rate"]),
        (Self::Usage, &["offering", "price", "rate", "unit"]),
        (Self::OffList, &["percent"]),
        (Self::Each, &["rate", "from"]),
        (Self::Commitment, &[]),
        (Self::LeastInYear, &["year", "amount"]),
        (Self::Shortfall, &["percent"]),
        (Self::Provisions, &[]),
        (Self::EarlyTermination, &["first", "after"]),
        (Self::EarlyTerminationAtMost, &["amount"]),
        (Self::RateReview, &["months"]),
        (Self::TechnologyUpgrade, &["months"]),
        (Self::BusinessDownturn, &["drop", "relief"]),
        (Self::EndTogether, &[]),
        (Self::EndOnDay, &["day"]),
        (Self::ServiceCredit, &["objective", "percent"]),
    ];

    /// Its name in the source files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Parties => "parties",
            Self::Affiliates => "affiliates",
            Self::FromSignature => "from-signature",
            Self::FromDay => "from-day",
            Self::RollsMonthly => "rolls-monthly",
            Self::Renews => "renews",
            Self::Ends => "ends",
            Self::EveryPlace => "every-place",
            Self::Places => "places",
            Self::Precedence => "precedence",
            Self::Rates => "rates",
            Self::Monthly => "monthly",
            Self::OneTime => "one-time",
            Self::Usage => "usage",
            Self::OffList => "off-list",
            Self::Each => "each",
            Self::Commitment => "commitment",
            Self::LeastInYear => "least-in-year",
            Self::Shortfall => "shortfall",
            Self::Provisions => "provisions",
            Self::EarlyTermination => "early-termination",
            Self::EarlyTerminationAtMost => "early-termination-at-most",
            Self::RateReview => "rate-review",
            Self::TechnologyUpgrade => "technology-upgrade",
            Self::BusinessDownturn => "business-downturn",
            Self::EndTogether => "end-together",
            Self::EndOnDay => "end-on-day",
            Self::ServiceCredit => "service-credit",
        }
    }
}

/// A level of approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalLevel {
    /// Which.
    pub id: ApprovalLevelId,
    /// What it is called.
    pub name: Text,
    /// Whose duty it is.
    pub role: Role,
}

/// A rule that says when approval is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRule {
    /// Which.
    pub id: ApprovalRuleId,
    /// What it says.
    pub label: Text,
    /// When.
    pub when: Threshold,
    /// Whose approval.
    pub level: ApprovalLevelId,
}

/// What makes a rule ask for approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Threshold {
    /// A rate with more than this off its list price.
    DiscountAbove(Percent),
    /// A rate that leaves less than this share of itself after what the service costs us.
    MarginBelow(Percent),
    /// A commitment of more than this over the whole term.
    ValueAbove(Money),
    /// A clause that is not the standard one.
    ClauseChanged,
}

/// How low the prices of an offering may go, and what they cost us, in shares of the list price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Of which offering.
    pub offering: OfferingId,
    /// Of which of its prices; of all that no other bounds name where there are none.
    pub prices: Vec<PriceId>,
    /// The floor: nobody sells for less, except by a waiver.
    pub floor: Percent,
    /// What it costs us.
    pub cost: Percent,
}

/// A document that every agreement begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardDocument {
    /// Which.
    pub id: DocumentId,
    /// Of which kind.
    pub kind: DocumentKind,
    /// Its title.
    pub title: Text,
}

/// What a document is to its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// What holds for all services.
    Master,
    /// What holds for a kind of service.
    ServiceSchedule,
    /// What holds for what is ordered by it.
    OrderForm,
}

/// A clause as the company offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardClause {
    /// Which.
    pub id: ClauseId,
    /// The document it stands in.
    pub document: DocumentId,
    /// The wording's version.
    pub version: Version,
    /// Its heading.
    pub heading: Text,
    /// What it says.
    pub text: Text,
}

impl Negotiation {
    /// The bounds of a price: those that name it, or those of its whole offering.
    #[must_use]
    pub fn bounds_of(&self, offering: &OfferingId, price: &PriceId) -> Option<&Bounds> {
        let of_offering = || self.bounds.iter().filter(|bounds| bounds.offering == *offering);
        let named = of_offering().find(|bounds| bounds.prices.contains(price));
        named.or_else(|| of_offering().find(|bounds| bounds.prices.is_empty()))
    }

    /// A level by its id.
    #[must_use]
    pub fn level(&self, id: &ApprovalLevelId) -> Option<&ApprovalLevel> {
        self.levels.iter().find(|level| level.id == *id)
    }
}

impl Catalogue {
    /// The levels of approval, the lowest first.
    #[must_use]
    pub fn approval_levels(&self) -> &[ApprovalLevel] {
        self.negotiation.as_ref().map_or(&[], |negotiation| &negotiation.levels)
    }
}
