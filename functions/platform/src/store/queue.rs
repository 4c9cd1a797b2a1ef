//! The orders that staff work through, by an index over all customers, spread so that no partition is asked for all of them.

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use order_manager::id::CustomerId;
use order_manager::work::Waiting;

use super::key::{Key, QUEUE_SHARDS, queue};
use super::record::read;
use super::record::summary::QueueRecord;
use super::{OrderSummary, Store, StoreError};

/// The most orders that are read of each partition for one page.
const MOST_EACH: i32 = 100;

/// An order that may wait for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    /// The order, as lists show it.
    pub order: OrderSummary,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: Box<str>,
    /// What decides in which list it stands.
    pub waiting: Waiting,
}

/// A page of the orders that something may still happen to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueuePage {
    /// The orders, the last changed first; all of them down to where the page ends.
    pub entries: Vec<QueueEntry>,
    /// Where the next page begins: before this time.
    pub next: Option<Timestamp>,
}

impl Store {
    /// The orders that something may still happen to, those last changed before a time first: a query of each partition of an
    /// index, which may be a moment late, all at once.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn queue(&self, before: Option<Timestamp>) -> Result<QueuePage, StoreError> {
        let shards = try_join_all((0..QUEUE_SHARDS).map(|shard| self.queue_shard(shard, before))).await?;
        // Where a partition has more, its last entry is as far down as it can be trusted to be whole.
        let ends = shards.iter().filter(|(_, more)| *more).filter_map(|(entries, _)| entries.last());
        let next = ends.map(|entry| entry.order.changed).max();
        let mut entries: Vec<_> = shards.into_iter().flat_map(|(entries, _)| entries).collect();
        entries.retain(|entry| next.is_none_or(|next| entry.order.changed >= next));
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.order.changed, entry.order.id)));
        Ok(QueuePage { entries, next })
    }

    /// The newest entries of a partition, and whether there are more.
    async fn queue_shard(&self, shard: u8, before: Option<Timestamp>) -> Result<(Vec<QueueEntry>, bool), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .index_name("by_queue")
            .key_condition_expression(if before.is_some() { "#queue = :queue AND #changed < :before" } else { "#queue = :queue" })
            .expression_attribute_names("#queue", "queue")
            .expression_attribute_values(":queue", AttributeValue::S(queue(shard)))
            .scan_index_forward(false)
            .limit(MOST_EACH);
        if let Some(before) = before {
            query = query.expression_attribute_names("#changed", "changed");
            query = query.expression_attribute_values(":before", AttributeValue::S(format!("{before:.9}")));
        }
        let answer = query.send().await?;
        let more = answer.last_evaluated_key.is_some();
        let entry = |row| {
            let key = Key::of(&row);
            let order = key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} is no order's")))?;
            Ok(read::<QueueRecord>(row)?.entry_of(order))
        };
        let entries: Result<Vec<_>, StoreError> = answer.items.unwrap_or_default().into_iter().map(entry).collect();
        Ok((entries?, more))
    }
}
