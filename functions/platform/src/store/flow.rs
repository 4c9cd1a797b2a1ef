//! What is under way between two pages: a challenge of the user pool, a code that was sent. Each is a row of its own that lasts
//! minutes; the browser holds an id, and only with it can the row be read.

use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::record::{Row, read, write};
use super::sealed::{Purpose, Sealed};
use super::{SessionId, Store, StoreError};

#[derive(Debug, Serialize, Deserialize)]
struct FlowRecord {
    sealed: Sealed,
    expires: Timestamp,
    expires_at: i64,
}

impl Store {
    /// Begins a flow. What it holds is sealed with a key that only the id gives: a copy of the table opens none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_flow(&self, id: &SessionId, held: &impl Serialize, expires: Timestamp) -> Result<(), StoreError> {
        let record = FlowRecord { sealed: Sealed::of(id, Purpose::Flow, held)?, expires, expires_at: expires.as_second() };
        let row = write(Key::flow(id), &record)?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// What a flow holds, while it lasts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn flow<T: DeserializeOwned>(&self, id: &SessionId, now: Timestamp) -> Result<Option<T>, StoreError> {
        let key = Key::flow(id).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(key)).consistent_read(true);
        opened(id, get.send().await?.item, now)
    }

    /// Ends a flow and says what it held: of several that do so at once, one is told.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn end_flow<T: DeserializeOwned>(&self, id: &SessionId, now: Timestamp) -> Result<Option<T>, StoreError> {
        let key = Key::flow(id).into_attributes();
        let delete = self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(key));
        // Without the condition DynamoDB Local tells both of two who delete at once.
        let delete = delete.condition_expression("attribute_exists(pk)").return_values(ReturnValue::AllOld);
        match delete.send().await {
            Ok(deleted) => opened(id, deleted.attributes, now),
            Err(error) if error.as_service_error().is_some_and(DeleteItemError::is_conditional_check_failed_exception) => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn opened<T: DeserializeOwned>(id: &SessionId, row: Option<Row>, now: Timestamp) -> Result<Option<T>, StoreError> {
    let record: Option<FlowRecord> = row.map(read).transpose()?;
    // One that an older version wrote, in the minutes that it lasts, is over.
    Ok(record.filter(|record| now < record.expires).and_then(|record| record.sealed.opened(id, Purpose::Flow)))
}
