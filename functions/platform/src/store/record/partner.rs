//! What partners' systems send, as it is stored.

use jiff::Timestamp;
use order_manager::id::{CustomerId, OrderId, OrderItemId, PartnerId};
use serde::{Deserialize, Serialize};

use super::as_text::{AsText, sortable};
use super::summary::StateName;

/// What a partner sent of an order. Where no order came of it, it stands in the partners' index by itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct RequestRecord {
    pub(in crate::store) version: u64,
    #[serde(rename = "of")]
    pub(in crate::store) partner: AsText<PartnerId>,
    pub(in crate::store) by: AsText<CustomerId>,
    pub(in crate::store) received: Timestamp,
    /// A JSON document, as text: what it says is the partner's.
    pub(in crate::store) document: Box<str>,
    pub(in crate::store) items: Vec<ItemNameRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) rejected: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) names: Option<AsText<OrderId>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) listed: Option<ListedRecord>,
}

/// What a partner calls an item of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ItemNameRecord {
    pub(in crate::store) name: Box<str>,
    pub(in crate::store) item: AsText<OrderItemId>,
}

/// The attributes of a row by which a partner's orders are listed: the index need hold no more of it than these and `format`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ListedRecord {
    /// Whose; of what is no order, with its kind before.
    pub(in crate::store) partner: Box<str>,
    #[serde(serialize_with = "sortable")]
    pub(in crate::store) ordered: Timestamp,
    pub(in crate::store) state: AsText<StateName>,
}

/// The same, as a row of the index is read.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::store) struct IndexRecord {
    pub(in crate::store) ordered: Timestamp,
    pub(in crate::store) state: AsText<StateName>,
}

/// A cancellation that a partner asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct CancellationRecord {
    #[serde(rename = "of")]
    pub(in crate::store) by: AsText<PartnerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) reason: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) wanted: Option<Timestamp>,
    #[serde(flatten)]
    pub(in crate::store) listed: ListedRecord,
}

/// Where a partner wants to hear of what happens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ListenerRecord {
    pub(in crate::store) callback: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) query: Option<Box<str>>,
    pub(in crate::store) registered: Timestamp,
}
