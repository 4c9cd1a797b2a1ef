//! What a customer was told of an order: a mark for each thing, so that it is told once.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use order_manager::id::OrderId;
use serde::{Deserialize, Serialize};

use super::key::{Key, prefix};
use super::record::{Row, write};
use super::{Store, StoreError};

/// That something was told.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ToldRecord {
    told: Timestamp,
}

impl Store {
    /// What of an order was told by now, by the names it goes by. A mark that is only now being made may be missing: whoever tells
    /// something asks [`Store::begin_telling`] all the same.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn already_told(&self, order: OrderId) -> Result<BTreeSet<String>, StoreError> {
        let query = self.client.query().table_name(&self.tables.orders);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :told)").projection_expression("pk, sk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(order.to_string()));
        let query = query.expression_attribute_values(":told", AttributeValue::S(prefix::TOLD.to_owned()));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        Ok(rows.iter().filter_map(|row| Key::of(row).sk.strip_prefix(prefix::TOLD).map(str::to_owned)).collect())
    }

    /// Marks something of an order as told, under the name it goes by; `false` where it is marked already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_telling(&self, order: OrderId, what: &str, now: Timestamp) -> Result<bool, StoreError> {
        let row = write(Key::told(order, what), &ToldRecord { told: now })?;
        let put = self.client.put_item().table_name(&self.tables.orders).set_item(Some(row));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the mark away again: it could not be told.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_telling(&self, order: OrderId, what: &str) -> Result<(), StoreError> {
        let key = Key::told(order, what).into_attributes();
        self.client.delete_item().table_name(&self.tables.orders).set_key(Some(key)).send().await?;
        Ok(())
    }
}
