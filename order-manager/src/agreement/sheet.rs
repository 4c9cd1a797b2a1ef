//! What orders are priced by: the rates of a version that both sides signed.

use jiff::Timestamp;
use jiff::civil::Date;

use super::rate::RateLine;
use super::state::{Superseded, Terminated};
use super::terms::{Commitment, CommonEnd, Provision, Sites, Terms};
use super::{Agreement, AgreementVersion, Stage};
use crate::calendar::company_day;
use crate::catalogue::{AtTermEnd, EarlyTermination};
use crate::id::{AgreementId, CustomerId, OfferingId, PriceId, SiteId};

/// An agreement as an order names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementReference {
    /// Which.
    pub id: AgreementId,
    /// Which version of it.
    pub version: u32,
    /// What it is called.
    pub name: Box<str>,
}

/// The rates of a version that both sides signed, where they count, and from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateSheet {
    /// Of which agreement.
    pub agreement: AgreementReference,
    /// Whose.
    pub customer: CustomerId,
    /// Where they count.
    pub sites: Sites,
    /// The first day.
    pub from: Date,
    /// The last day; [`Date::MAX`] where it goes on until somebody ends it.
    pub until: Date,
    /// The rates that count, one a price: none that is the list price.
    pub lines: Vec<RateLine>,
    /// What is committed to, where something is.
    pub commitment: Option<Commitment>,
    /// What is agreed about the end of services; nothing where it is as their offerings say.
    pub ending: Option<AgreedEnd>,
}

/// What is agreed about the end of services, in place of what their offerings say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedEnd {
    /// What ending one early costs.
    pub early_termination: EarlyTermination,
    /// The day on which all end together, where they do.
    pub together: Option<Date>,
}

impl AgreedEnd {
    fn of(terms: &Terms, until: Date) -> Self {
        let together = terms.provisions.iter().find_map(|provision| match provision {
            Provision::CoTerminous { on: CommonEnd::WithAgreement } => Some(until),
            Provision::CoTerminous { on: CommonEnd::On(day) } => Some(*day),
            _ => None,
        });
        Self { early_termination: terms.early_termination.clone(), together }
    }

    /// The day on which a service ends that begins on a day: nothing once that day is over, as where nothing is agreed.
    #[must_use]
    pub fn common(&self, since: Date) -> Option<Date> {
        self.together.filter(|day| *day > since)
    }
}

impl RateSheet {
    /// What orders are priced by under a version whose term has this first and this last day.
    pub(super) fn of(id: AgreementId, customer: CustomerId, version: &AgreementVersion, from: Date, until: Date) -> Self {
        let terms = &version.terms;
        Self {
            agreement: AgreementReference { id, version: version.number, name: terms.name.clone() },
            customer,
            sites: terms.sites.clone(),
            from,
            until: match terms.term.at_end {
                AtTermEnd::Disconnect => until,
                AtTermEnd::RollMonthly | AtTermEnd::Renew => Date::MAX,
            },
            lines: terms.counting().into_iter().cloned().collect(),
            commitment: terms.commitment.clone(),
            ending: Some(AgreedEnd::of(terms, until)),
        }
    }

    /// Whether it counts on a day.
    #[must_use]
    pub fn counts_on(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// The rate of a price, where it has one.
    #[must_use]
    pub fn rate(&self, offering: &OfferingId, price: &PriceId) -> Option<&RateLine> {
        self.lines.iter().find(|line| line.subject.offering == *offering && line.subject.price == *price)
    }

    /// Whether it and another count at one place on one day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until && self.sites.meet(&other.sites)
    }
}

/// The rates that count at a place now: today by the company's clock, as the agreement's own days are.
#[must_use]
pub fn covering(sheets: &[RateSheet], site: SiteId, now: Timestamp) -> Option<&RateSheet> {
    let day = company_day(now);
    sheets.iter().find(|sheet| sheet.counts_on(day) && sheet.sites.cover(site))
}

impl Agreement {
    /// What orders are priced by: the version in force; the one before it until the first day of that; and one that was ended, until
    /// its last day.
    #[must_use]
    pub fn rate_sheets(&self) -> Vec<RateSheet> {
        let both = std::iter::once(&self.newest).chain(self.last_signed.as_deref());
        both.filter_map(|stage| self.sheet_of(stage)).collect()
    }

    fn sheet_of(&self, stage: &Stage) -> Option<RateSheet> {
        let (signed, last_day) = match stage {
            Stage::InForce(signed) => (signed, Date::MAX),
            Stage::Terminated(Terminated { agreement, last_day, .. }) => (agreement, *last_day),
            Stage::Superseded(Superseded { agreement, until, .. }) => (agreement, *until),
            Stage::Draft(_)
            | Stage::InApproval(_)
            | Stage::Approved(_)
            | Stage::Sent(_)
            | Stage::Countered(_)
            | Stage::AwaitingCountersignature(_)
            | Stage::Expired(_)
            | Stage::Declined(_)
            | Stage::Recalled(_) => return None,
        };
        let sheet = RateSheet::of(self.id, self.customer.id, &signed.offer.version, signed.from, signed.until);
        let until = sheet.until.min(last_day);
        (sheet.from <= until).then_some(RateSheet { until, ..sheet })
    }
}
