//! An agreement as it is stored: its head with the versions at hand, the versions kept apart, and what orders are priced by.

mod rate;
mod sheet;
mod state;
mod terms;
mod trail;

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::agreement::{
    AgreedWith, Agreement, AgreementState, AgreementVersion, EarlierVersion, FloorWaiver, Stage, next_level,
};
use order_manager::id::{AgreementId, ApprovalLevelId, CustomerId};
use order_manager::party::CustomerKind;
use serde::{Deserialize, Serialize};

use self::rate::{RateRecord, SubjectRecord};
pub(in crate::store) use self::sheet::{AgreedEndRecord, RateSheetRecord, ReferenceRecord, UnderRecord};
pub(in crate::store) use self::state::StageRecord;
use self::terms::TermsRecord;
use self::trail::EntryRecord;
use super::access::StaffMemberRecord;
use super::as_text::{AsText, sortable};
use super::each;
use crate::store::AgreementSummary;

/// The partition of the index of agreements that something may still happen to.
pub(in crate::store) const DEALS: &str = "deals";

/// The head of an agreement. What stands beside `agreement` is there for conditions and indexes; `agreement` is the whole of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AgreementRow {
    pub(in crate::store) version: u64,
    customer: AsText<CustomerId>,
    #[serde(serialize_with = "sortable")]
    changed: Timestamp,
    /// The index of work; none where nothing more happens to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<String>,
    summary: SummaryRecord,
    pub(in crate::store) agreement: AgreementRecord,
}

/// What a list shows of an agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SummaryRecord {
    name: Box<str>,
    customer_name: Box<str>,
    number: u32,
    state: AsText<StateName>,
    owner: StaffMemberRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    awaits: Option<ApprovalLevelId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<Date>,
}

/// An agreement's row, as an index has it.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::store) struct ListedRecord {
    customer: AsText<CustomerId>,
    changed: Timestamp,
    summary: SummaryRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AgreementRecord {
    id: AsText<AgreementId>,
    customer: AgreedWithRecord,
    owner: StaffMemberRecord,
    begun: Timestamp,
    changed: Timestamp,
    newest: StageRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_signed: Option<Box<StageRecord>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<EarlierRecord>,
    trail: Vec<EntryRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct AgreedWithRecord {
    id: AsText<CustomerId>,
    kind: CustomerKind,
    name: Box<str>,
    account_number: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct EarlierRecord {
    number: u32,
    state: AsText<StateName>,
    since: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct VersionRecord {
    number: u32,
    revision: u32,
    terms: TermsRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    waivers: Vec<WaiverRecord>,
    authors: Vec<StaffMemberRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct WaiverRecord {
    subject: SubjectRecord,
    down_to: RateRecord,
    reason: Box<str>,
    by: StaffMemberRecord,
    at: Timestamp,
}

/// A version that is kept apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct KeptVersionRow {
    pub(in crate::store) stage: StageRecord,
}

/// A state by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StateName(AgreementState);

impl std::fmt::Display for StateName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl std::str::FromStr for StateName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        AgreementState::ALL.into_iter().find(|state| state.as_str() == text).map(Self).ok_or(())
    }
}

impl AgreementRow {
    /// The row of an agreement.
    pub(in crate::store) fn of(agreement: &Agreement, version: u64) -> Self {
        Self {
            version,
            customer: AsText(agreement.customer.id),
            changed: agreement.changed,
            queue: (!agreement.state().is_final() || agreement.in_force().is_some()).then(|| DEALS.to_owned()),
            summary: SummaryRecord::of(agreement),
            agreement: agreement.clone().into(),
        }
    }
}

impl SummaryRecord {
    fn of(agreement: &Agreement) -> Self {
        let awaits = match &agreement.newest {
            Stage::InApproval(waiting) => next_level(&waiting.needs, &waiting.approvals).cloned(),
            _ => None,
        };
        let ends = match &agreement.newest {
            Stage::Sent(sent) => Some(sent.offer.valid_until),
            _ => agreement.in_force().map(|agreement| agreement.until),
        };
        Self {
            name: agreement.version().terms.name.clone(),
            customer_name: agreement.customer.name.clone(),
            number: agreement.version().number,
            state: AsText(StateName(agreement.state())),
            owner: agreement.owner.clone().into(),
            awaits,
            ends,
        }
    }
}

impl ListedRecord {
    /// What it says of the agreement.
    pub(in crate::store) fn summary_of(self, id: AgreementId) -> AgreementSummary {
        let SummaryRecord { name, customer_name, number, state, owner, awaits, ends } = self.summary;
        AgreementSummary {
            id,
            customer: self.customer.0,
            customer_name,
            name,
            version: number,
            state: state.0.0,
            owner: owner.into(),
            awaits,
            ends,
            changed: self.changed,
        }
    }
}

impl From<Agreement> for AgreementRecord {
    fn from(agreement: Agreement) -> Self {
        let AgreedWith { id, kind, name, account_number } = agreement.customer;
        Self {
            id: AsText(agreement.id),
            customer: AgreedWithRecord { id: AsText(id), kind, name, account_number },
            owner: agreement.owner.into(),
            begun: agreement.begun,
            changed: agreement.changed,
            newest: agreement.newest.into(),
            last_signed: agreement.last_signed.map(|stage| Box::new((*stage).into())),
            earlier: each(agreement.earlier),
            trail: each(agreement.trail),
        }
    }
}

impl From<AgreementRecord> for Agreement {
    fn from(record: AgreementRecord) -> Self {
        let AgreedWithRecord { id, kind, name, account_number } = record.customer;
        Self {
            id: record.id.0,
            customer: AgreedWith { id: id.0, kind, name, account_number },
            owner: record.owner.into(),
            begun: record.begun,
            changed: record.changed,
            newest: record.newest.into(),
            last_signed: record.last_signed.map(|stage| Box::new((*stage).into())),
            earlier: each(record.earlier),
            trail: each(record.trail),
        }
    }
}

impl From<EarlierVersion> for EarlierRecord {
    fn from(EarlierVersion { number, state, since }: EarlierVersion) -> Self {
        Self { number, state: AsText(StateName(state)), since }
    }
}

impl From<EarlierRecord> for EarlierVersion {
    fn from(EarlierRecord { number, state, since }: EarlierRecord) -> Self {
        Self { number, state: state.0.0, since }
    }
}

impl From<AgreementVersion> for VersionRecord {
    fn from(AgreementVersion { number, revision, terms, waivers, authors }: AgreementVersion) -> Self {
        Self { number, revision, terms: terms.into(), waivers: each(waivers), authors: each(authors) }
    }
}

impl From<VersionRecord> for AgreementVersion {
    fn from(VersionRecord { number, revision, terms, waivers, authors }: VersionRecord) -> Self {
        Self { number, revision, terms: terms.into(), waivers: each(waivers), authors: each(authors) }
    }
}

impl From<FloorWaiver> for WaiverRecord {
    fn from(FloorWaiver { subject, down_to, reason, by, at }: FloorWaiver) -> Self {
        Self { subject: subject.into(), down_to: down_to.into(), reason, by: by.into(), at }
    }
}

impl From<WaiverRecord> for FloorWaiver {
    fn from(WaiverRecord { subject, down_to, reason, by, at }: WaiverRecord) -> Self {
        Self { subject: subject.0, down_to: down_to.into(), reason, by: by.into(), at }
    }
}
