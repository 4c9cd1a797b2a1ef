//! Many rows at once, by key.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, WriteRequest};
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::StoreError;
use super::key::Key;
use super::record::Row;
use super::retry::Tries;

/// The most keys of one BatchGetItem.
const MOST_KEYS: usize = 100;
/// The most rows of one BatchWriteItem.
const MOST_PUTS: usize = 25;
/// Calls of a load under way at once.
const AT_ONCE: usize = 4;

/// Whether a read must see what was just written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It must.
    Consistent,
    /// It may be a moment late, and costs half: for what a condition checks again.
    MaybeLate,
}

/// Reads rows of any tables, in no order; a key without a row is passed over. One call for up to a hundred keys.
///
/// # Errors
/// [`StoreError::Unavailable`], also when the database keeps leaving keys over.
pub(super) async fn get(client: &Client, wanted: &[(&str, Key)], reading: Reading) -> Result<Vec<Row>, StoreError> {
    let mut rows = vec![];
    for keys in wanted.chunks(MOST_KEYS) {
        get_chunk(client, keys, reading, &mut rows).await?;
    }
    Ok(rows)
}

async fn get_chunk(client: &Client, keys: &[(&str, Key)], reading: Reading, rows: &mut Vec<Row>) -> Result<(), StoreError> {
    let mut by_table: HashMap<String, Vec<Row>> = HashMap::new();
    for (table, key) in keys {
        by_table.entry((*table).to_owned()).or_default().push(key.clone().into_attributes());
    }
    let mut open = HashMap::new();
    for (table, keys) in by_table {
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(reading == Reading::Consistent);
        open.insert(table, keys.build().map_err(unbuildable)?);
    }
    let mut tries = Tries::new();
    loop {
        let answer = client.batch_get_item().set_request_items(Some(open)).send().await?;
        rows.extend(answer.responses.unwrap_or_default().into_values().flatten());
        open = answer.unprocessed_keys.unwrap_or_default();
        if open.is_empty() {
            return Ok(());
        }
        if !tries.next().await {
            return Err(StoreError::Unavailable("keys were left unprocessed again and again".to_owned()));
        }
    }
}

/// Writes rows over whatever is there: for loading data. Several calls are under way at once; when one fails, others may have
/// been carried out.
///
/// # Errors
/// As [`get`].
pub(super) async fn put(client: &Client, table: &str, rows: Vec<Row>) -> Result<(), StoreError> {
    // None of them begins before it is its turn.
    let puts: Vec<_> = rows.chunks(MOST_PUTS).map(|rows| put_chunk(client, table, rows)).collect();
    stream::iter(puts).buffer_unordered(AT_ONCE).try_collect().await
}

async fn put_chunk(client: &Client, table: &str, rows: &[Row]) -> Result<(), StoreError> {
    let mut requests = vec![];
    for row in rows {
        let put = PutRequest::builder().set_item(Some(row.clone())).build().map_err(unbuildable)?;
        requests.push(WriteRequest::builder().put_request(put).build());
    }
    let mut open = HashMap::from([(table.to_owned(), requests)]);
    let mut tries = Tries::new();
    loop {
        let answer = client.batch_write_item().set_request_items(Some(open)).send().await?;
        open = answer.unprocessed_items.unwrap_or_default();
        if open.is_empty() {
            return Ok(());
        }
        if !tries.next().await {
            return Err(StoreError::Unavailable("rows were left unprocessed again and again".to_owned()));
        }
    }
}

/// A request that lacks a part the SDK asks for; every request here has its parts.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn unbuildable(error: aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
