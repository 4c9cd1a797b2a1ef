//! Rows as a table's stream carries them.

use order_manager::id::OrderId;
use serde::{Deserialize, Deserializer};

use super::order::stored;
use super::partner::{cancellation_of, request_of};
use super::record::Row;
use super::{CancelRequest, PartnerRequest, StoreError, StoredOrder};

/// A row as it was before a change, or after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Image(Row);

impl Image {
    /// The order that the row is.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn order(self) -> Result<StoredOrder, StoreError> {
        stored(self.0)
    }

    /// What a partner sent of an order, which the row is.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn partner_request(self, order: OrderId) -> Result<PartnerRequest, StoreError> {
        Ok(request_of(order, self.0)?.value)
    }

    /// The cancellation that the row is.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn cancellation(self) -> Result<CancelRequest, StoreError> {
        cancellation_of(self.0)
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_dynamo::Item::deserialize(deserializer).map(|item| Self(item.into()))
    }
}
