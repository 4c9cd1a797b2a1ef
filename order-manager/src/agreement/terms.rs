//! What an agreement says: all that two sides can agree on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rate::{RateLine, RateSubject};
use crate::catalogue::{AtTermEnd, DocumentKind, EarlyTermination, Family};
use crate::id::{ClauseId, DocumentId, OfferingId, PriceId, SiteId, Version};
use crate::money::{Money, MoneyError, Percent};

/// What a version of an agreement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it is called.
    pub name: Box<str>,
    /// Between whom.
    pub parties: Parties,
    /// For how long, from when, and what then.
    pub term: Term,
    /// Where.
    pub sites: Sites,
    /// Its documents, in their order of precedence: where two say different things, the first counts.
    pub documents: Vec<Document>,
    /// Rates.
    pub rates: Vec<RateLine>,
    /// What the customer commits to, where it does.
    pub commitment: Option<Commitment>,
    /// What ending a service early costs.
    pub early_termination: EarlyTermination,
    /// What else is agreed.
    pub provisions: Vec<Provision>,
    /// Clauses, in order.
    pub clauses: Vec<Clause>,
}

/// Between whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    /// The company, as it signs.
    pub company: Box<str>,
    /// The customer, as it signs.
    pub customer: Box<str>,
}

/// For how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Months.
    pub months: u16,
    /// From when.
    pub starts: Starts,
    /// What happens then.
    pub at_end: AtTermEnd,
    /// How many days before its end either side says that it is to end.
    pub notice_days: u16,
}

/// From when an agreement is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// From the day of the later signature.
    LaterSignature,
    /// From this day, or from the day of the later signature where that is later still.
    On(Date),
}

/// Which places it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sites {
    /// All of the customer's, those to come included.
    Every,
    /// These, each with its address as the agreement names it.
    These(BTreeMap<SiteId, Box<str>>),
}

impl Sites {
    /// Whether a place is among them.
    #[must_use]
    pub fn cover(&self, site: SiteId) -> bool {
        match self {
            Self::Every => true,
            Self::These(sites) => sites.contains_key(&site),
        }
    }

    /// Whether a place is among both.
    #[must_use]
    pub fn meet(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::These(ours), Self::These(theirs)) => ours.keys().any(|site| theirs.contains_key(site)),
            (Self::These(sites), Self::Every) | (Self::Every, Self::These(sites)) => !sites.is_empty(),
            (Self::Every, Self::Every) => true,
        }
    }
}

/// A document of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which.
    pub id: DocumentId,
    /// Of which kind.
    pub kind: DocumentKind,
    /// Its title.
    pub title: Box<str>,
}

/// What the customer commits to buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// The least in each year of the term; the last one counts for years after it too.
    pub yearly: Vec<Money>,
    /// The share of what is missing at a year's end that is paid all the same.
    pub shortfall: Percent,
    /// Services of these families count.
    pub families: BTreeSet<Family>,
    /// Charges of these kinds count.
    pub charges: BTreeSet<CountedCharge>,
}

/// A kind of charge that counts to a commitment. Surcharges and taxes never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountedCharge {
    /// What is charged each month.
    Monthly,
    /// What is charged once.
    OneTime,
}

impl Commitment {
    /// The least in a year of the term, counted from 0.
    #[must_use]
    pub fn in_year(&self, year: usize) -> Option<Money> {
        self.yearly.get(year).or_else(|| self.yearly.last()).copied()
    }

    /// What is committed to over so many months: a year that is not whole counts by its months.
    ///
    /// # Errors
    /// When the amount does not fit.
    pub fn over(&self, months: u16) -> Result<Option<Money>, MoneyError> {
        let Some(first) = self.yearly.first() else { return Ok(None) };
        let mut total = Money::zero(first.currency());
        for year in 0..usize::from(months.div_ceil(12)) {
            let Some(least) = self.in_year(year) else { continue };
            let left = usize::from(months) - year * 12;
            let months = i32::try_from(left.min(12)).unwrap_or(12);
            total = total.plus(least.share(Percent(months * 10_000 / 12))?)?;
        }
        Ok(Some(total))
    }
}

/// Something else that is agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provision {
    /// Rates are compared with the market.
    RateReview {
        /// Every so many months.
        every_months: u16,
    },
    /// A service may be exchanged for a newer one without a charge for ending it.
    TechnologyUpgrade {
        /// After so many months in service.
        after_months: u16,
    },
    /// The commitment becomes less when the customer's business does.
    BusinessDownturn {
        /// When the business becomes less by this share.
        drop: Percent,
        /// The commitment becomes less by up to this share.
        relief: Percent,
    },
    /// All services end on one day, whenever they were ordered.
    CoTerminous {
        /// On which, where it is not the agreement's own last day.
        on: CommonEnd,
    },
    /// Companies that order under it too.
    Affiliates(Vec<Box<str>>),
    /// What is credited when service is not as promised.
    ServiceCredit {
        /// What is promised.
        objective: Box<str>,
        /// The share of the month's charge that is credited.
        share: Percent,
    },
}

/// The day on which all services end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommonEnd {
    /// With the agreement.
    WithAgreement,
    /// On a day of its own.
    On(Date),
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Which.
    pub id: ClauseId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Its heading.
    pub heading: Box<str>,
    /// The version of the standard wording it began with.
    pub version: Version,
    /// The standard wording.
    pub standard: Box<str>,
    /// What it says.
    pub wording: Wording,
}

/// What a clause says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The standard.
    Standard,
    /// Something else.
    Changed {
        /// What.
        text: Box<str>,
        /// Why.
        reason: Box<str>,
    },
}

impl Clause {
    /// What it says.
    #[must_use]
    pub const fn text(&self) -> &str {
        match &self.wording {
            Wording::Standard => &self.standard,
            Wording::Changed { text, .. } => text,
        }
    }
}

impl Terms {
    /// The rate of a price: of several, that of the document that precedes the others.
    #[must_use]
    pub fn rate(&self, offering: &OfferingId, price: &PriceId) -> Option<&RateLine> {
        let rank = |line: &&RateLine| self.documents.iter().position(|document| document.id == line.document);
        let of = |line: &&RateLine| line.subject.offering == *offering && line.subject.price == *price;
        self.rates.iter().filter(of).min_by_key(|line| rank(line).unwrap_or(usize::MAX))
    }

    /// A line by its document and subject.
    #[must_use]
    pub fn line(&self, document: &DocumentId, subject: &RateSubject) -> Option<&RateLine> {
        self.rates.iter().find(|line| line.document == *document && line.subject == *subject)
    }

    /// The lines that count: of one subject, that of the document that precedes the others; and none that says the list price.
    #[must_use]
    pub fn counting(&self) -> Vec<&RateLine> {
        let counts = |line: &&RateLine| {
            self.rate(&line.subject.offering, &line.subject.price).is_some_and(|first| std::ptr::eq(first, *line))
        };
        self.rates.iter().filter(counts).filter(|line| !line.agreed.is_list()).collect()
    }
}
