//! Orders as lists show them.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use order_manager::id::{CustomerId, OfferingId, OrderId};
use order_manager::order::OrderState;

use super::key::Key;
use super::record::read;
use super::record::summary::PointerRecord;
use super::{Store, StoreError};

/// The most orders of a list: one page of one query.
const MOST_LISTED: i32 = 100;

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// Which.
    pub id: OrderId,
    /// Its state.
    pub state: OrderState,
    /// What is ordered, one entry an item.
    pub items: Vec<OfferingId>,
    /// The address, on one line.
    pub place: String,
    /// When the order, or what this row says of it, last changed.
    pub changed: Timestamp,
    /// When it was placed, if it was.
    pub placed: Option<Timestamp>,
}

impl Store {
    /// A customer's newest orders, the last changed first: a hundred at most, in one query of an index, which may be a moment
    /// late. The index need hold no more of an order than `state`, `summary` and `format`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn orders_of(&self, id: CustomerId) -> Result<Vec<OrderSummary>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .index_name("by_customer")
            .key_condition_expression("#customer = :customer")
            .projection_expression("pk, sk, #format, #state, #changed, #summary")
            .expression_attribute_names("#customer", "customer")
            .expression_attribute_names("#format", "format")
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#changed", "changed")
            .expression_attribute_names("#summary", "summary")
            .expression_attribute_values(":customer", AttributeValue::S(id.to_string()))
            .scan_index_forward(false)
            .limit(MOST_LISTED);
        let rows = query.send().await?.items.unwrap_or_default();
        rows.into_iter()
            .map(|row| {
                let key = Key::of(&row);
                let order = key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} is no order's")))?;
                Ok(read::<PointerRecord>(row)?.summary_of(order))
            })
            .collect()
    }
}
