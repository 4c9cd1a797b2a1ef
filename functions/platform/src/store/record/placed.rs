//! A placed order as it is stored.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::catalogue::Recall;
use order_manager::codes::Code;
use order_manager::id::{CodeId, MilestoneId, OfferingId, OrderId, OrderItemId, Version};
use order_manager::order::{ItemState, Placed, PlacedItem, ReachedMilestone};
use order_manager::telephone::TelephoneNumber;
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::access::PlacedByRecord;
use super::action::ActionRecord;
use super::as_text::AsText;
use super::each;
use super::fulfilment::{
    AuthorisationRecords, BillingRecord, InstallationRecord, ResourceRecord, authorisation_records, authorisations,
};
use super::on_the_way::OnTheWayRecord;
use super::party::{OrderedForRecord, ServicePlaceRecord};
use super::price::OrderPriceRecord;
use super::value::AnswersRecord;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct PlacedRecord {
    id: AsText<OrderId>,
    ordered_for: OrderedForRecord,
    place: ServicePlaceRecord,
    placed_by: PlacedByRecord,
    placed: Timestamp,
    catalogue: Version,
    terms_of_service: Version,
    items: Vec<PlacedItemRecord>,
    #[serde(rename = "signatures")]
    authorisations: AuthorisationRecords,
    installation: InstallationRecord,
    billing: BillingRecord,
    price: OrderPriceRecord,
    resources: Vec<ResourceRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct PlacedItemRecord {
    id: AsText<OrderItemId>,
    offering: OfferingId,
    #[serde(default)]
    action: ActionRecord,
    name: Text,
    term_months: u16,
    answers: AnswersRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<CodeRecord>,
    state: ItemStateRecord,
    requested: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<Date>,
    milestones: Vec<MilestoneRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<TelephoneNumber>,
    #[serde(default, skip_serializing_if = "OnTheWayRecord::is_nothing")]
    on_the_way: OnTheWayRecord,
}

/// Spelled as TMF622 v4 spells them.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum ItemStateRecord {
    Acknowledged,
    InProgress,
    Held,
    Pending,
    Completed,
    Failed,
    Cancelled,
    Rejected,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct CodeRecord {
    id: CodeId,
    label: Text,
    code: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct MilestoneRecord {
    id: MilestoneId,
    label: Text,
    #[serde(default, skip_serializing_if = "is_possible")]
    recall: Recall,
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<Timestamp>,
}

impl From<Placed> for PlacedRecord {
    fn from(placed: Placed) -> Self {
        Self {
            id: AsText(placed.id),
            ordered_for: placed.ordered_for.into(),
            place: placed.place.into(),
            placed_by: placed.placed_by.into(),
            placed: placed.placed,
            catalogue: placed.catalogue,
            terms_of_service: placed.terms_of_service,
            items: each(placed.items),
            authorisations: authorisation_records(placed.authorisations),
            installation: placed.installation.into(),
            billing: placed.billing.into(),
            price: placed.price.into(),
            resources: each(placed.resources),
        }
    }
}

impl From<PlacedRecord> for Placed {
    fn from(record: PlacedRecord) -> Self {
        Self {
            id: record.id.0,
            ordered_for: record.ordered_for.into(),
            place: record.place.into(),
            placed_by: record.placed_by.into(),
            placed: record.placed,
            catalogue: record.catalogue,
            terms_of_service: record.terms_of_service,
            items: each(record.items),
            authorisations: authorisations(record.authorisations),
            installation: record.installation.into(),
            billing: record.billing.into(),
            price: record.price.into(),
            resources: each(record.resources),
        }
    }
}

impl From<Code> for CodeRecord {
    fn from(Code { id, label, code }: Code) -> Self {
        Self { id, label, code }
    }
}

impl From<CodeRecord> for Code {
    fn from(CodeRecord { id, label, code }: CodeRecord) -> Self {
        Self { id, label, code }
    }
}

impl From<PlacedItem> for PlacedItemRecord {
    fn from(item: PlacedItem) -> Self {
        Self {
            id: AsText(item.id),
            offering: item.offering,
            action: item.action.into(),
            name: item.name,
            term_months: item.term_months,
            answers: item.answers.into(),
            codes: each(item.codes),
            state: item.state.into(),
            requested: item.requested,
            committed: item.committed,
            milestones: each(item.milestones),
            number: item.number,
            on_the_way: item.on_the_way.into(),
        }
    }
}

impl From<PlacedItemRecord> for PlacedItem {
    fn from(record: PlacedItemRecord) -> Self {
        Self {
            id: record.id.0,
            offering: record.offering,
            action: record.action.into(),
            name: record.name,
            term_months: record.term_months,
            answers: record.answers.into(),
            codes: each(record.codes),
            state: record.state.into(),
            requested: record.requested,
            committed: record.committed,
            milestones: each(record.milestones),
            number: record.number,
            on_the_way: record.on_the_way.into(),
        }
    }
}

impl From<ItemState> for ItemStateRecord {
    fn from(state: ItemState) -> Self {
        match state {
            ItemState::Acknowledged => Self::Acknowledged,
            ItemState::InProgress => Self::InProgress,
            ItemState::Held => Self::Held,
            ItemState::Pending => Self::Pending,
            ItemState::Completed => Self::Completed,
            ItemState::Failed => Self::Failed,
            ItemState::Cancelled => Self::Cancelled,
            ItemState::Rejected => Self::Rejected,
        }
    }
}

impl From<ItemStateRecord> for ItemState {
    fn from(record: ItemStateRecord) -> Self {
        match record {
            ItemStateRecord::Acknowledged => Self::Acknowledged,
            ItemStateRecord::InProgress => Self::InProgress,
            ItemStateRecord::Held => Self::Held,
            ItemStateRecord::Pending => Self::Pending,
            ItemStateRecord::Completed => Self::Completed,
            ItemStateRecord::Failed => Self::Failed,
            ItemStateRecord::Cancelled => Self::Cancelled,
            ItemStateRecord::Rejected => Self::Rejected,
        }
    }
}

/// What most milestones are, and is not written down.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "so that serde can ask it")]
fn is_possible(recall: &Recall) -> bool {
    *recall == Recall::Possible
}

impl From<ReachedMilestone> for MilestoneRecord {
    fn from(ReachedMilestone { id, label, recall, reached }: ReachedMilestone) -> Self {
        Self { id, label, recall, reached }
    }
}

impl From<MilestoneRecord> for ReachedMilestone {
    fn from(MilestoneRecord { id, label, recall, reached }: MilestoneRecord) -> Self {
        Self { id, label, recall, reached }
    }
}
