//! Whether orders are placed: an operator can say that they are not, for a while, and why. It is said in the catalogue's head, which
//! travels with every read, so that no page waits for it.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::{CatalogueHead, Store, StoreError};

/// That no orders are placed until an operator says otherwise. What is being put together goes on being saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// What people are told, in the operator's own words.
    pub message: Box<str>,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Says whether orders are placed. Functions go by it from their next request on; one under way may still place its order.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the catalogue's head is not as it was `seen` any more; [`StoreError::Unavailable`].
    pub async fn set_placing(&self, closed: Option<Closed>, seen: &CatalogueHead) -> Result<(), StoreError> {
        let mut row = seen.placing(closed).to_row()?;
        row.extend(Key::catalogue_head().into_attributes());
        let put = self.client.put_item().table_name(&self.tables.catalogue).set_item(Some(row));
        let put = match seen.count() {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(moves) => put
                .condition_expression("moves = :seen")
                .expression_attribute_values(":seen", AttributeValue::N(moves.to_string())),
        };
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Err(StoreError::Conflict)
            }
            Err(error) => Err(error.into()),
        }
    }
}
