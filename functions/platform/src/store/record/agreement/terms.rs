//! What an agreement says, as it is stored.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use order_manager::agreement::{
    Clause, Commitment, CommonEnd, CountedCharge, Document, Parties, Provision, Sites, Starts, Term, Terms, Wording,
};
use order_manager::catalogue::{AtTermEnd, DocumentKind, EarlyTermination, Family};
use order_manager::id::{ClauseId, DocumentId, SiteId, Version};
use order_manager::money::{Money, Percent};
use serde::{Deserialize, Serialize};

use super::super::as_text::AsText;
use super::each;
use super::rate::RateLineRecord;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct TermsRecord {
    name: Box<str>,
    company: Box<str>,
    customer: Box<str>,
    months: u16,
    /// The day from which it is in force; the day of the later signature where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starts_on: Option<Date>,
    at_end: AtTermEnd,
    notice_days: u16,
    sites: SitesRecord,
    documents: Vec<DocumentRecord>,
    rates: Vec<RateLineRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<CommitmentRecord>,
    early_termination: EarlyTermination,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    provisions: Vec<ProvisionRecord>,
    clauses: Vec<ClauseRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum SitesRecord {
    Every,
    These(BTreeMap<AsText<SiteId>, Box<str>>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DocumentRecord {
    id: DocumentId,
    kind: DocumentKind,
    title: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct CommitmentRecord {
    yearly: Vec<Money>,
    shortfall: Percent,
    families: BTreeSet<Family>,
    charges: BTreeSet<ChargeRecord>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ChargeRecord {
    Monthly,
    OneTime,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ProvisionRecord {
    RateReview { every_months: u16 },
    TechnologyUpgrade { after_months: u16 },
    BusinessDownturn { drop: Percent, relief: Percent },
    EndTogether,
    EndOn(Date),
    Affiliates(Vec<Box<str>>),
    ServiceCredit { objective: Box<str>, share: Percent },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClauseRecord {
    id: ClauseId,
    document: DocumentId,
    heading: Box<str>,
    version: Version,
    standard: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<ChangedRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ChangedRecord {
    text: Box<str>,
    reason: Box<str>,
}

impl From<Terms> for TermsRecord {
    fn from(terms: Terms) -> Self {
        let (Parties { company, customer }, Term { months, starts, at_end, notice_days }) = (terms.parties, terms.term);
        Self {
            name: terms.name,
            company,
            customer,
            months,
            starts_on: match starts {
                Starts::LaterSignature => None,
                Starts::On(day) => Some(day),
            },
            at_end,
            notice_days,
            sites: terms.sites.into(),
            documents: each(terms.documents),
            rates: each(terms.rates),
            commitment: terms.commitment.map(Into::into),
            early_termination: terms.early_termination,
            provisions: each(terms.provisions),
            clauses: each(terms.clauses),
        }
    }
}

impl From<TermsRecord> for Terms {
    fn from(record: TermsRecord) -> Self {
        Self {
            name: record.name,
            parties: Parties { company: record.company, customer: record.customer },
            term: Term {
                months: record.months,
                starts: record.starts_on.map_or(Starts::LaterSignature, Starts::On),
                at_end: record.at_end,
                notice_days: record.notice_days,
            },
            sites: record.sites.into(),
            documents: each(record.documents),
            rates: each(record.rates),
            commitment: record.commitment.map(Into::into),
            early_termination: record.early_termination,
            provisions: each(record.provisions),
            clauses: each(record.clauses),
        }
    }
}

impl From<Sites> for SitesRecord {
    fn from(sites: Sites) -> Self {
        match sites {
            Sites::Every => Self::Every,
            Sites::These(sites) => Self::These(sites.into_iter().map(|(site, address)| (AsText(site), address)).collect()),
        }
    }
}

impl From<SitesRecord> for Sites {
    fn from(record: SitesRecord) -> Self {
        match record {
            SitesRecord::Every => Self::Every,
            SitesRecord::These(sites) => Self::These(sites.into_iter().map(|(site, address)| (site.0, address)).collect()),
        }
    }
}

impl From<Document> for DocumentRecord {
    fn from(Document { id, kind, title }: Document) -> Self {
        Self { id, kind, title }
    }
}

impl From<DocumentRecord> for Document {
    fn from(DocumentRecord { id, kind, title }: DocumentRecord) -> Self {
        Self { id, kind, title }
    }
}

impl From<Commitment> for CommitmentRecord {
    fn from(Commitment { yearly, shortfall, families, charges }: Commitment) -> Self {
        let charge = |charge| match charge {
            CountedCharge::Monthly => ChargeRecord::Monthly,
            CountedCharge::OneTime => ChargeRecord::OneTime,
        };
        Self { yearly, shortfall, families, charges: charges.into_iter().map(charge).collect() }
    }
}

impl From<CommitmentRecord> for Commitment {
    fn from(CommitmentRecord { yearly, shortfall, families, charges }: CommitmentRecord) -> Self {
        let charge = |charge| match charge {
            ChargeRecord::Monthly => CountedCharge::Monthly,
            ChargeRecord::OneTime => CountedCharge::OneTime,
        };
        Self { yearly, shortfall, families, charges: charges.into_iter().map(charge).collect() }
    }
}

impl From<Provision> for ProvisionRecord {
    fn from(provision: Provision) -> Self {
        match provision {
            Provision::RateReview { every_months } => Self::RateReview { every_months },
            Provision::TechnologyUpgrade { after_months } => Self::TechnologyUpgrade { after_months },
            Provision::BusinessDownturn { drop, relief } => Self::BusinessDownturn { drop, relief },
            Provision::CoTerminous { on: CommonEnd::WithAgreement } => Self::EndTogether,
            Provision::CoTerminous { on: CommonEnd::On(day) } => Self::EndOn(day),
            Provision::Affiliates(names) => Self::Affiliates(names),
            Provision::ServiceCredit { objective, share } => Self::ServiceCredit { objective, share },
        }
    }
}

impl From<ProvisionRecord> for Provision {
    fn from(record: ProvisionRecord) -> Self {
        match record {
            ProvisionRecord::RateReview { every_months } => Self::RateReview { every_months },
            ProvisionRecord::TechnologyUpgrade { after_months } => Self::TechnologyUpgrade { after_months },
            ProvisionRecord::BusinessDownturn { drop, relief } => Self::BusinessDownturn { drop, relief },
            ProvisionRecord::EndTogether => Self::CoTerminous { on: CommonEnd::WithAgreement },
            ProvisionRecord::EndOn(day) => Self::CoTerminous { on: CommonEnd::On(day) },
            ProvisionRecord::Affiliates(names) => Self::Affiliates(names),
            ProvisionRecord::ServiceCredit { objective, share } => Self::ServiceCredit { objective, share },
        }
    }
}

impl From<Clause> for ClauseRecord {
    fn from(Clause { id, document, heading, version, standard, wording }: Clause) -> Self {
        let changed = match wording {
            Wording::Standard => None,
            Wording::Changed { text, reason } => Some(ChangedRecord { text, reason }),
        };
        Self { id, document, heading, version, standard, changed }
    }
}

impl From<ClauseRecord> for Clause {
    fn from(ClauseRecord { id, document, heading, version, standard, changed }: ClauseRecord) -> Self {
        let wording = changed.map_or(Wording::Standard, |ChangedRecord { text, reason }| Wording::Changed { text, reason });
        Self { id, document, heading, version, standard, wording }
    }
}
