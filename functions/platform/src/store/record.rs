//! How things are written down: the stored form of what the domain knows, apart from it, so that either can change.
//!
//! Every row carries the number of its `format`. A format never changes its meaning: when a record's shape has to, there is
//! a new number, and what was written under the old one is still read (a fixture per format in `tests/fixtures/records/`
//! holds this). Rows are native maps, readable in DynamoDB's console, but for orders, which are compressed ([`packed`]).

pub(super) mod access;
pub(super) mod action;
pub(super) mod agreement;
pub(super) mod as_text;
pub(super) mod audit;
pub(super) mod customer;
pub(super) mod draft;
pub(super) mod fulfilment;
pub(super) mod mailing;
pub(super) mod on_the_way;
pub(super) mod order;
pub(super) mod packed;
pub(super) mod partner;
pub(super) mod party;
pub(super) mod placed;
pub(super) mod price;
pub(super) mod project;
pub(super) mod provisioning;
pub(super) mod selling;
pub(super) mod session;
pub(super) mod summary;
pub(super) mod value;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::key::Key;

/// A row as DynamoDB has it.
pub(super) type Row = HashMap<String, AttributeValue>;

/// The format written today.
pub(super) const FORMAT: u32 = 2;
/// The first one: orders were maps, readable in DynamoDB's console. Everything else is as it is in the second.
const FIRST_FORMAT: u32 = 1;

/// A record as a row under a key.
///
/// # Errors
/// [`StoreError::Corrupt`] when the record has no form as a row, which a test of every record rules out.
pub(super) fn write(key: Key, record: &impl Serialize) -> Result<Row, StoreError> {
    let mut row: Row = serde_dynamo::to_item(record).map_err(|_| StoreError::Corrupt(format!("{key} has no form as a row")))?;
    row.insert("format".to_owned(), AttributeValue::N(FORMAT.to_string()));
    row.extend(key.into_attributes());
    Ok(row)
}

/// The record in a row.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row is of a format this software does not know, or not what its format says.
pub(super) fn read<T: DeserializeOwned>(row: Row) -> Result<T, StoreError> {
    let key = Key::of(&row);
    match row.get("format").and_then(|format| format.as_n().ok()).and_then(|format| format.parse().ok()) {
        // What serde says of a row that does not read may quote what stands in it, and this goes to the log.
        Some(format @ (FIRST_FORMAT | FORMAT)) => {
            serde_dynamo::from_item(row).map_err(|_| StoreError::Corrupt(format!("{key} is not of format {format}")))
        }
        Some(other) => Err(StoreError::Corrupt(format!("{key} is of format {other}, which is unknown here"))),
        None => Err(StoreError::Corrupt(format!("{key} has no format"))),
    }
}

/// A list, converted entry by entry.
fn each<A, B: From<A>>(entries: Vec<A>) -> Vec<B> {
    entries.into_iter().map(B::from).collect()
}
