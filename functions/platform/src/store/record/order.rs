//! An order's row.

use jiff::{SignedDuration, Timestamp};
use order_manager::audit::End;
use order_manager::id::{CustomerId, PartnerId};
use order_manager::money::Money;
use order_manager::order::{
    Acknowledged, AssessingCancellation, AwaitingApproval, AwaitingCustomer, Cancelled, Completed, Content, Draft, Failed, Held,
    InProgress, Partial, Pending, PendingCancellation, Placed, ProductOrder, Quoted, Rejected,
};
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::access::StaffMemberRecord;
use super::as_text::{AsText, sortable, sortable_if};
use super::audit::EndRecord;
use super::draft::DraftRecord;
use super::packed::Packed;
use super::placed::PlacedRecord;
use super::summary::{StateName, SummaryRecord, WorkRecord};
use crate::store::change::is_of_project;
use crate::store::key::queue_of;

/// The row of an order. What stands beside `order` is there for conditions and indexes; `order` is the whole of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct OrderRow {
    pub(in crate::store) version: u64,
    /// What orders are listed by. A draft of a project is listed by its project only, until it is placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<AsText<CustomerId>>,
    /// When it last changed; of a draft, to the hour ([`listed_at`]).
    #[serde(serialize_with = "sortable")]
    changed: Timestamp,
    state: AsText<StateName>,
    summary: SummaryRecord,
    /// The partition of the index of work; none where nothing more happens to the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    work: Option<WorkRecord>,
    /// By which a partner finds the orders of its customers: every placed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partner: Option<AsText<PartnerId>>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "sortable_if")]
    ordered: Option<Timestamp>,
    /// Where the order's trail ends; nothing where nothing of it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) trail: Option<EndRecord>,
    pub(in crate::store) order: Packed<OrderRecord>,
}

/// An order in one of its states, which are spelled as on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::store) enum OrderRecord {
    Draft(Box<DraftRecord>),
    AwaitingApproval {
        draft: Box<DraftRecord>,
        asked_by: StaffMemberRecord,
        asked: Timestamp,
    },
    Quoted {
        draft: Box<DraftRecord>,
    },
    AwaitingCustomer {
        draft: Box<DraftRecord>,
        sent_by: StaffMemberRecord,
        sent: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Box<str>>,
    },
    Acknowledged {
        order: Box<PlacedRecord>,
    },
    Rejected {
        order: Box<PlacedRecord>,
        reason: Text,
        at: Timestamp,
    },
    InProgress {
        order: Box<PlacedRecord>,
        since: Timestamp,
    },
    Held {
        order: Box<PlacedRecord>,
        reason: Text,
        since: Timestamp,
    },
    Pending {
        order: Box<PlacedRecord>,
        question: Text,
        since: Timestamp,
    },
    Partial {
        order: Box<PlacedRecord>,
        at: Timestamp,
    },
    Completed {
        order: Box<PlacedRecord>,
        at: Timestamp,
    },
    Failed {
        order: Box<PlacedRecord>,
        reason: Text,
        at: Timestamp,
    },
    AssessingCancellation {
        order: Box<PlacedRecord>,
        /// Nothing where it was asked for before it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charge: Option<Money>,
        since: Timestamp,
    },
    PendingCancellation {
        order: Box<PlacedRecord>,
        charge: Money,
        /// Nothing where it was granted before it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<Timestamp>,
        since: Timestamp,
    },
    Cancelled {
        order: Box<PlacedRecord>,
        charge: Money,
        at: Timestamp,
    },
}

impl OrderRow {
    /// The row of an order as of a version, with where its trail ends, changed at a time.
    pub(in crate::store) fn of(order: &ProductOrder, version: u64, trail: End, changed: Timestamp) -> Self {
        // The many orders of a project are worked through where the project is.
        let work = WorkRecord::of(order).filter(|_| !is_of_project(order));
        let partner = match order.content() {
            Content::Draft(_) => None,
            Content::Placed(placed) => placed.ordered_for.partner.clone().map(|partner| (AsText(partner), placed.placed)),
        };
        let (partner, ordered) = partner.unzip();
        Self {
            version,
            customer: (!is_of_project(order)).then(|| AsText(order.customer())),
            changed: listed_at(order, changed),
            state: AsText(StateName(order.state())),
            summary: SummaryRecord::of(order),
            queue: work.as_ref().map(|_| queue_of(order.id())),
            work,
            partner,
            ordered,
            trail: (trail != End::START).then(|| trail.into()),
            order: Packed(order.clone().into()),
        }
    }
}

/// The time by which an order that changed is sorted in lists. It is a key of two indexes, and a key that moves is written four times
/// there: more than the order itself. So a draft, which is saved page by page, moves once an hour, counted from when it was started:
/// no two drafts move at the same time.
fn listed_at(order: &ProductOrder, changed: Timestamp) -> Timestamp {
    let ProductOrder::Draft(Draft { started, .. }) = order else { return changed };
    let hours = changed.duration_since(*started).as_hours().max(0);
    started.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(changed)
}

impl From<ProductOrder> for OrderRecord {
    fn from(order: ProductOrder) -> Self {
        let record = |placed| Box::new(PlacedRecord::from(placed));
        match order {
            ProductOrder::Draft(draft) => Self::Draft(Box::new(draft.into())),
            ProductOrder::AwaitingApproval(AwaitingApproval { draft, asked_by, asked }) => {
                Self::AwaitingApproval { draft: Box::new(draft.into()), asked_by: asked_by.into(), asked }
            }
            ProductOrder::Quoted(Quoted { draft }) => Self::Quoted { draft: Box::new(draft.into()) },
            ProductOrder::AwaitingCustomer(AwaitingCustomer { draft, sent_by, sent, note }) => {
                Self::AwaitingCustomer { draft: Box::new(draft.into()), sent_by: sent_by.into(), sent, note }
            }
            ProductOrder::Acknowledged(Acknowledged { order }) => Self::Acknowledged { order: record(order) },
            ProductOrder::Rejected(Rejected { order, reason, at }) => Self::Rejected { order: record(order), reason, at },
            ProductOrder::InProgress(InProgress { order, since }) => Self::InProgress { order: record(order), since },
            ProductOrder::Held(Held { order, reason, since }) => Self::Held { order: record(order), reason, since },
            ProductOrder::Pending(Pending { order, question, since }) => Self::Pending { order: record(order), question, since },
            ProductOrder::Partial(Partial { order, at }) => Self::Partial { order: record(order), at },
            ProductOrder::Completed(Completed { order, at }) => Self::Completed { order: record(order), at },
            ProductOrder::Failed(Failed { order, reason, at }) => Self::Failed { order: record(order), reason, at },
            ProductOrder::AssessingCancellation(AssessingCancellation { order, charge, since }) => {
                Self::AssessingCancellation { order: record(order), charge: Some(charge), since }
            }
            ProductOrder::PendingCancellation(PendingCancellation { order, charge, asked, since }) => {
                Self::PendingCancellation { order: record(order), charge, asked: Some(asked), since }
            }
            ProductOrder::Cancelled(Cancelled { order, charge, at }) => Self::Cancelled { order: record(order), charge, at },
        }
    }
}

impl From<OrderRecord> for ProductOrder {
    fn from(record: OrderRecord) -> Self {
        match record {
            OrderRecord::Draft(draft) => Self::Draft((*draft).into()),
            OrderRecord::AwaitingApproval { draft, asked_by, asked } => {
                Self::AwaitingApproval(AwaitingApproval { draft: (*draft).into(), asked_by: asked_by.into(), asked })
            }
            OrderRecord::Quoted { draft } => Self::Quoted(Quoted { draft: (*draft).into() }),
            OrderRecord::AwaitingCustomer { draft, sent_by, sent, note } => {
                Self::AwaitingCustomer(AwaitingCustomer { draft: (*draft).into(), sent_by: sent_by.into(), sent, note })
            }
            OrderRecord::Acknowledged { order } => Self::Acknowledged(Acknowledged { order: (*order).into() }),
            OrderRecord::Rejected { order, reason, at } => Self::Rejected(Rejected { order: (*order).into(), reason, at }),
            OrderRecord::InProgress { order, since } => Self::InProgress(InProgress { order: (*order).into(), since }),
            OrderRecord::Held { order, reason, since } => Self::Held(Held { order: (*order).into(), reason, since }),
            OrderRecord::Pending { order, question, since } => Self::Pending(Pending { order: (*order).into(), question, since }),
            OrderRecord::Partial { order, at } => Self::Partial(Partial { order: (*order).into(), at }),
            OrderRecord::Completed { order, at } => Self::Completed(Completed { order: (*order).into(), at }),
            OrderRecord::Failed { order, reason, at } => Self::Failed(Failed { order: (*order).into(), reason, at }),
            OrderRecord::AssessingCancellation { order, charge, since } => {
                let order = Placed::from(*order);
                let charge = charge.unwrap_or_else(|| order.assess().charge);
                Self::AssessingCancellation(AssessingCancellation { order, charge, since })
            }
            OrderRecord::PendingCancellation { order, charge, asked, since } => {
                let asked = asked.unwrap_or(since);
                Self::PendingCancellation(PendingCancellation { order: (*order).into(), charge, asked, since })
            }
            OrderRecord::Cancelled { order, charge, at } => Self::Cancelled(Cancelled { order: (*order).into(), charge, at }),
        }
    }
}
