//! The published catalogue: which version is in force, and its bytes, in parts that fit a row.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::catalogue::Catalogue;
use order_manager::id::Version;

use super::key::{Key, catalogue_of};
use super::load::HeadRecord;
use super::record::{Row, write};
use super::{Store, StoreError};

/// A row stops at 400 KB, its key included.
const PART_BYTES: usize = 300_000;

impl Store {
    /// A published catalogue; `None` when there is none of this version.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] when a part is missing or the whole does not read.
    pub async fn published_catalogue(&self, version: &Version) -> Result<Option<Catalogue>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.catalogue)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(catalogue_of(version)))
            .into_paginator()
            .items()
            .send();
        let parts = pages.collect::<Result<Vec<Row>, _>>().await?;
        if parts.is_empty() {
            return Ok(None);
        }
        let corrupt = || StoreError::Corrupt(format!("catalogue {version}"));
        let mut bytes = vec![];
        for part in &parts {
            let complete =
                part.get("parts").and_then(|parts| parts.as_n().ok()).is_some_and(|count| *count == parts.len().to_string());
            let blob = part.get("bytes").and_then(|bytes| bytes.as_b().ok()).filter(|_| complete).ok_or_else(corrupt)?;
            bytes.extend_from_slice(blob.as_ref());
        }
        let catalogue: Catalogue = postcard::from_bytes(&bytes).map_err(|_| corrupt())?;
        if catalogue.version == *version { Ok(Some(catalogue)) } else { Err(corrupt()) }
    }

    /// Publishes a catalogue that was checked: its parts first, then the head that names it, so that whoever sees the head
    /// finds the parts. Publishing the same again changes nothing but the head.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another catalogue of this version is published already: orders keep the version they
    /// were priced by, so a version never changes.
    pub async fn publish_catalogue(&self, catalogue: &Catalogue) -> Result<(), StoreError> {
        let version = &catalogue.version;
        let bytes = postcard::to_allocvec(catalogue).map_err(|_| StoreError::Corrupt(format!("catalogue {version}")))?;
        let parts: Vec<_> = bytes.chunks(PART_BYTES).collect();
        for (number, part) in parts.iter().enumerate() {
            let bytes = AttributeValue::B(Blob::new(*part));
            let mut row = Key::catalogue_part(version, number).into_attributes();
            row.insert("parts".to_owned(), AttributeValue::N(parts.len().to_string()));
            row.insert("bytes".to_owned(), bytes.clone());
            let put = self.client.put_item().table_name(&self.tables.catalogue).set_item(Some(row));
            let put = put.condition_expression("attribute_not_exists(pk) OR #bytes = :bytes");
            let put = put.expression_attribute_names("#bytes", "bytes").expression_attribute_values(":bytes", bytes);
            match put.send().await {
                Ok(_) => {}
                Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                    return Err(StoreError::Conflict);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let head = write(Key::catalogue_head(), &HeadRecord { version: version.clone() })?;
        self.client.put_item().table_name(&self.tables.catalogue).set_item(Some(head)).send().await?;
        Ok(())
    }
}
