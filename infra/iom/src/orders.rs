//! `iom orders stuck` and `show`: the orders that something may still happen to, and nothing has for a while; and an order as it is
//! stored, which no console can show.

use std::io::{self, Write};

use jiff::{SignedDuration, Timestamp};
use order_manager::id::OrderId;
use platform::store::{QueueEntry, Store, StoreError};
use thiserror::Error;

/// Why it is not known.
#[derive(Debug, Error)]
pub enum Failure {
    /// There is no such order.
    #[error("there is no order {0}")]
    NoOrder(OrderId),
    /// The store is not to be had.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

/// Lists the orders that have not changed for so long, the oldest first: how long in hours, the state, and the order's id. Whose they
/// are is for the site to say.
///
/// # Errors
/// When the store is not to be had.
pub async fn stuck(store: &Store, older_than: SignedDuration, now: Timestamp, out: &mut impl Write) -> Result<(), Failure> {
    let mut before = now.checked_sub(older_than).ok();
    let mut stuck: Vec<QueueEntry> = Vec::new();
    while let Some(until) = before {
        let page = store.queue(Some(until)).await?;
        stuck.extend(page.entries);
        before = page.next;
    }
    for entry in stuck.iter().rev() {
        let hours = now.duration_since(entry.order.changed).as_hours();
        writeln!(out, "{hours} h\t{}\t{}", entry.order.state.wire_name(), entry.order.id)?;
    }
    writeln!(out, "{} orders have not changed for {} hours", stuck.len(), older_than.as_hours())?;
    Ok(())
}

/// Shows an order's rows as they read, as JSON.
///
/// # Errors
/// When there is no such order, or the store is not to be had.
pub async fn show(store: &Store, id: OrderId, out: &mut impl Write) -> Result<(), Failure> {
    let held = store.held_order(id).await?.ok_or(Failure::NoOrder(id))?;
    for document in held.documents() {
        writeln!(out, "{document:#}")?;
    }
    Ok(())
}
