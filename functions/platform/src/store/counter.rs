//! Counters of what is tried, in the sessions table: each in a window of time of its own, so that none has to be reset.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::{SignedDuration, Timestamp};
use order_manager::hex;
use sha2::{Digest, Sha256};

use super::key::Key;
use super::record::{Row, read, write};
use super::{Store, StoreError};
use serde::{Deserialize, Serialize};

/// What is counted, and of whom: only a fingerprint of the latter is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// What.
    pub kind: &'static str,
    /// The SHA-256 of whose it is, in hexadecimal.
    pub of: String,
}

/// How long somebody has to wait, and how often they had to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until when.
    pub until: Timestamp,
    /// How often, this time included.
    pub times: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct WaitingRecord {
    until: Timestamp,
    times: u32,
    expires_at: i64,
}

/// How long it is remembered that somebody had to wait.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

impl Counter {
    /// Of somebody: an e-mail address, a viewer's address.
    #[must_use]
    pub fn new(kind: &'static str, of: &str) -> Self {
        Self { kind, of: hex::of(Sha256::digest(of.as_bytes())) }
    }
}

impl Store {
    /// Counts once more, in the window that `now` falls into, and says how often that makes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn count(&self, counter: &Counter, window: SignedDuration, now: Timestamp) -> Result<u64, StoreError> {
        let key = Key::counted(counter, window_of(window, now));
        let expires = now.saturating_add(window).unwrap_or(now);
        let update = self.client.update_item().table_name(&self.tables.sessions);
        let update = update.set_key(Some(key.clone().into_attributes())).return_values(ReturnValue::UpdatedNew);
        let update = update.update_expression("ADD #n :one SET expires_at = :expires").expression_attribute_names("#n", "times");
        let update = update.expression_attribute_values(":one", AttributeValue::N("1".to_owned()));
        let expires = AttributeValue::N(expires.as_second().to_string());
        let counted = update.expression_attribute_values(":expires", expires).send().await?.attributes;
        let times = counted.as_ref().and_then(|row| row.get("times")?.as_n().ok()?.parse().ok());
        times.ok_or_else(|| StoreError::Corrupt(format!("{key} has no count")))
    }

    /// Takes one back of what was counted in the window that `now` falls into.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn uncount(&self, counter: &Counter, window: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
        let key = Key::counted(counter, window_of(window, now));
        let update = self.client.update_item().table_name(&self.tables.sessions).set_key(Some(key.into_attributes()));
        let update = update.update_expression("ADD #n :less").expression_attribute_names("#n", "times");
        update.expression_attribute_values(":less", AttributeValue::N("-1".to_owned())).send().await?;
        Ok(())
    }

    /// How long somebody has to wait, if they do or did within a day.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn waiting(&self, counter: &Counter) -> Result<Option<Waiting>, StoreError> {
        let key = Key::waiting(counter).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(key)).consistent_read(true);
        let row: Option<Row> = get.send().await?.item;
        row.map(|row| read::<WaitingRecord>(row).map(|WaitingRecord { until, times, .. }| Waiting { until, times })).transpose()
    }

    /// Has somebody wait.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn have_wait(&self, counter: &Counter, waiting: Waiting) -> Result<(), StoreError> {
        let expires_at = waiting.until.saturating_add(REMEMBERED).unwrap_or(waiting.until).as_second();
        let record = WaitingRecord { until: waiting.until, times: waiting.times, expires_at };
        let row = write(Key::waiting(counter), &record)?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Forgets what was counted in the window that `now` falls into, and that somebody had to wait.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forgive(&self, counter: &Counter, window: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
        let delete =
            |key: Key| self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(key.into_attributes())).send();
        let (counted, waited) =
            futures_util::future::join(delete(Key::counted(counter, window_of(window, now))), delete(Key::waiting(counter)))
                .await;
        counted?;
        waited?;
        Ok(())
    }
}

/// Where the window begins that a moment falls into, in seconds since 1970.
fn window_of(window: SignedDuration, now: Timestamp) -> i64 {
    let (now, length) = (now.as_second(), window.as_secs().max(1));
    now - now.rem_euclid(length)
}
