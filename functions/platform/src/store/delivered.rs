//! Which of a partner's listeners took an event, while others did not: those that did hear of it once all the same.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use order_manager::id::PartnerId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key::Key;
use super::record::{Row, write};
use super::{Store, StoreError};

/// How long it is remembered: longer than an event is tried, also when it is put back from the dead letters.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 15);

/// That a listener took an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TookRecord {
    took: Timestamp,
    expires_at: i64,
}

impl Store {
    /// The listeners of a partner's that took an event, as far as it was written down.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn took(&self, partner: &PartnerId, event: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
        let prefix = Key::took_by_any(event);
        let query = self.client.query().table_name(&self.tables.partners).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :sk)");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(partner.to_string()));
        let query = query.expression_attribute_values(":sk", AttributeValue::S(prefix.clone()));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        let listener = |row: Row| {
            let key = Key::of(&row);
            let id = key.sk.strip_prefix(&prefix).and_then(|id| Uuid::try_parse(id).ok());
            id.ok_or_else(|| StoreError::Corrupt(format!("{key} is no listener's")))
        };
        rows.into_iter().map(listener).collect()
    }

    /// Writes down that a listener took an event.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_took(&self, partner: &PartnerId, event: Uuid, listener: Uuid, now: Timestamp) -> Result<(), StoreError> {
        let expires = now.saturating_add(KEPT).unwrap_or(now);
        let row = write(Key::took(partner, event, listener), &TookRecord { took: now, expires_at: expires.as_second() })?;
        self.client.put_item().table_name(&self.tables.partners).set_item(Some(row)).send().await?;
        Ok(())
    }
}
