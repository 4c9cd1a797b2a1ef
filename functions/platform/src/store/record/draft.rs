//! A draft as it is stored.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::characteristic::Asked;
use order_manager::id::{DialogId, OfferingId, OrderId, OrderItemId, ProjectId};
use order_manager::inventory::Hold;
use order_manager::order::{Draft, DraftItem, FromProject};
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};

use super::access::ActedByRecord;
use super::action::ActionRecord;
use super::agreement::UnderRecord;
use super::as_text::AsText;
use super::customer::ProductRecord;
use super::each;
use super::fulfilment::{
    AuthorisationRecords, BillingRecord, InstallationRecord, ResourceRecord, authorisation_records, authorisations,
};
use super::party::{OrderedForRecord, ServicePlaceRecord};
use super::price::{PriceChangeRecord, PricedRecord};
use super::selling::SellingRecord;
use super::value::AnswersRecord;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct DraftRecord {
    id: AsText<OrderId>,
    ordered_for: OrderedForRecord,
    place: ServicePlaceRecord,
    in_service: Vec<ProductRecord>,
    started_by: ActedByRecord,
    started: Timestamp,
    changed: Timestamp,
    priced: PricedRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_change: Option<PriceChangeRecord>,
    items: Vec<DraftItemRecord>,
    #[serde(rename = "signatures")]
    authorisations: AuthorisationRecords,
    #[serde(skip_serializing_if = "Option::is_none")]
    installation: Option<InstallationRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing: Option<BillingRecord>,
    holds: Vec<HoldRecord>,
    #[serde(default, skip_serializing_if = "SellingRecord::is_empty")]
    selling: SellingRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreement: Option<Box<UnderRecord>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<FromProjectRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct FromProjectRecord {
    project: AsText<ProjectId>,
    site_name: Box<str>,
    contact_name: Box<str>,
    contact_phone: TelephoneNumber,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested: Option<Date>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DraftItemRecord {
    id: AsText<OrderItemId>,
    offering: OfferingId,
    #[serde(default)]
    action: ActionRecord,
    answers: AnswersRecord,
    page_saved: bool,
    dialogs_saved: BTreeSet<DialogId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct HoldRecord {
    resource: ResourceRecord,
    until: Timestamp,
}

impl From<Draft> for DraftRecord {
    fn from(draft: Draft) -> Self {
        Self {
            id: AsText(draft.id),
            ordered_for: draft.ordered_for.into(),
            place: draft.place.into(),
            in_service: each(draft.in_service),
            started_by: draft.started_by.into(),
            started: draft.started,
            changed: draft.changed,
            priced: draft.priced.into(),
            price_change: draft.price_change.map(Into::into),
            items: each(draft.items),
            authorisations: authorisation_records(draft.authorisations),
            installation: draft.installation.map(Into::into),
            billing: draft.billing.map(Into::into),
            holds: each(draft.holds),
            selling: draft.selling.into(),
            agreement: draft.agreement.map(|under| Box::new((*under).into())),
            project: draft.project.map(|project| (*project).into()),
        }
    }
}

impl From<DraftRecord> for Draft {
    fn from(record: DraftRecord) -> Self {
        Self {
            id: record.id.0,
            ordered_for: record.ordered_for.into(),
            place: record.place.into(),
            in_service: each(record.in_service),
            started_by: record.started_by.into(),
            started: record.started,
            changed: record.changed,
            priced: record.priced.into(),
            price_change: record.price_change.map(Into::into),
            items: each(record.items),
            authorisations: authorisations(record.authorisations),
            installation: record.installation.map(Into::into),
            billing: record.billing.map(Into::into),
            holds: each(record.holds),
            selling: record.selling.into(),
            agreement: record.agreement.map(|under| Box::new((*under).into())),
            project: record.project.map(|project| Box::new(project.into())),
        }
    }
}

impl From<FromProject> for FromProjectRecord {
    fn from(FromProject { project, site_name, contact_name, contact_phone, requested }: FromProject) -> Self {
        Self { project: AsText(project), site_name, contact_name, contact_phone, requested }
    }
}

impl From<FromProjectRecord> for FromProject {
    fn from(FromProjectRecord { project, site_name, contact_name, contact_phone, requested }: FromProjectRecord) -> Self {
        Self { project: project.0, site_name, contact_name, contact_phone, requested }
    }
}

impl From<DraftItem> for DraftItemRecord {
    fn from(DraftItem { id, offering, action, answers, saved }: DraftItem) -> Self {
        let page_saved = saved.contains(&Asked::OnPage);
        let dialogs = saved.into_iter().filter_map(|asked| match asked {
            Asked::OnPage => None,
            Asked::InDialog(dialog) => Some(dialog),
        });
        Self {
            id: AsText(id),
            offering,
            action: action.into(),
            answers: answers.into(),
            page_saved,
            dialogs_saved: dialogs.collect(),
        }
    }
}

impl From<DraftItemRecord> for DraftItem {
    fn from(DraftItemRecord { id, offering, action, answers, page_saved, dialogs_saved }: DraftItemRecord) -> Self {
        let page = page_saved.then_some(Asked::OnPage);
        let saved = page.into_iter().chain(dialogs_saved.into_iter().map(Asked::InDialog)).collect();
        Self { id: id.0, offering, action: action.into(), answers: answers.into(), saved }
    }
}

impl From<Hold> for HoldRecord {
    fn from(Hold { resource, until }: Hold) -> Self {
        Self { resource: resource.into(), until }
    }
}

impl From<HoldRecord> for Hold {
    fn from(HoldRecord { resource, until }: HoldRecord) -> Self {
        Self { resource: resource.into(), until }
    }
}
