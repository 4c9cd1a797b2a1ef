//! The trails of who did what: rows that are only ever added. The role that writes them may neither change nor delete one.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use order_manager::audit::{End, Entry, Event, Subject};

use super::batch::unbuildable;
use super::key::Key;
use super::record::audit::EntryRecord;
use super::record::{Row, read, write};
use super::retry::Tries;
use super::transaction::{About, Action};
use super::{Store, StoreError};

impl Store {
    /// Adds to a trail: after its last entry, whoever else adds to it at the same time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`]; [`StoreError::Conflict`] when others kept adding. Then what was to
    /// be written down is not.
    pub async fn audit(&self, subject: &Subject, event: &Event) -> Result<Entry, StoreError> {
        let trail = subject.to_string();
        let mut end = self.trail_end(subject).await?;
        let mut tries = Tries::new();
        loop {
            let entry = Entry::following(end, subject, event);
            let put = self.client.put_item().table_name(&self.tables.audit).set_item(Some(row_of(&trail, &entry)?));
            match put.condition_expression("attribute_not_exists(pk)").send().await {
                Ok(_) => return Ok(entry),
                Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                    // Somebody else was first, or an answer was lost and it is this very entry that is there.
                    end = self.trail_end(subject).await?;
                    if end == entry.end() {
                        return Ok(entry);
                    }
                    if !tries.next().await {
                        return Err(StoreError::Conflict);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// An entry as an action of a transaction: it is written down with what it is about, or neither is. It has to follow the last
    /// one that was read; who added to the trail meanwhile was first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub(super) fn recorded(&self, entry: &Entry) -> Result<Action, StoreError> {
        let put = Put::builder().table_name(&self.tables.audit).set_item(Some(row_of(&entry.subject, entry)?));
        let put = put.condition_expression("attribute_not_exists(pk)").build().map_err(unbuildable)?;
        Ok(Action { about: About::Trail, write: TransactWriteItem::builder().put(put).build() })
    }

    /// Where a trail ends.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn trail_end(&self, subject: &Subject) -> Result<End, StoreError> {
        let query = self.client.query().table_name(&self.tables.audit).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk").scan_index_forward(false).limit(1);
        let rows = query.expression_attribute_values(":pk", AttributeValue::S(subject.to_string())).send().await?;
        let last = rows.items.unwrap_or_default().pop().map(|row| read::<EntryRecord>(row).map(Entry::from)).transpose()?;
        Ok(last.map_or(End::START, |last| last.end()))
    }

    /// A trail from its first entry on, by its name (`person#…`, as [`Subject`] is displayed).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn audit_trail(&self, trail: &str) -> Result<Vec<Entry>, StoreError> {
        let query = self.client.query().table_name(&self.tables.audit).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(trail.to_owned()));
        entries(query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?)
    }

    /// Every trail there is, each from its first entry on: a scan, for an operator's tool alone. No function's role may.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn audit_trails(&self) -> Result<Vec<Vec<Entry>>, StoreError> {
        let scan = self.client.scan().table_name(&self.tables.audit).consistent_read(true);
        let mut all = entries(scan.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?)?;
        all.sort_by(|one, other| (&one.subject, one.sequence).cmp(&(&other.subject, other.sequence)));
        Ok(all.chunk_by(|one, other| one.subject == other.subject).map(<[Entry]>::to_vec).collect())
    }
}

fn row_of(trail: &str, entry: &Entry) -> Result<Row, StoreError> {
    write(Key::audited(trail, entry.sequence), &EntryRecord::from(entry))
}

fn entries(rows: Vec<Row>) -> Result<Vec<Entry>, StoreError> {
    rows.into_iter().map(|row| read::<EntryRecord>(row).map(Entry::from)).collect()
}
