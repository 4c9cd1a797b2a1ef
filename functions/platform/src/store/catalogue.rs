//! A published catalogue's content: its compact form, in parts that fit a row. Which of them counts is said in `published`.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::catalogue::Catalogue;
use order_manager::compact;
use order_manager::hex;
use order_manager::id::Version;
use sha2::{Digest, Sha256};

use super::key::{Key, catalogue_of};
use super::published::NotPublished;
use super::record::Row;
use super::{Store, StoreError};

/// A row stops at 400 KB, its key included.
const PART_BYTES: usize = 300_000;

/// A catalogue as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompactCatalogue {
    pub(super) version: Version,
    pub(super) bytes: Vec<u8>,
    pub(super) content: String,
}

impl CompactCatalogue {
    /// The compact form of a catalogue that was checked.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it has none, which a test of the whole catalogue rules out.
    pub fn of(catalogue: &Catalogue) -> Result<Self, StoreError> {
        let version = catalogue.version.clone();
        let bytes = compact::to_bytes(catalogue).map_err(|_| StoreError::Corrupt(format!("catalogue {version}")))?;
        let content = content_of(&bytes);
        Ok(Self { version, bytes, content })
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> &Version {
        &self.version
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.bytes.len()
    }

    /// What tells its content from any other: the SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }
}

/// What tells bytes from any others.
fn content_of(bytes: &[u8]) -> String {
    hex::of(Sha256::digest(bytes))
}

impl Store {
    /// A published catalogue; `None` when there is none of this version.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] when a part is missing, or the whole is not what was published or does not
    /// read here.
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
        let Some(first) = parts.first() else { return Ok(None) };
        let corrupt = || StoreError::Corrupt(format!("catalogue {version}"));
        let count = AttributeValue::N(parts.len().to_string());
        let mut bytes = vec![];
        for part in &parts {
            let belongs = part.get("parts") == Some(&count) && part.get("content") == first.get("content");
            let blob = part.get("bytes").and_then(|bytes| bytes.as_b().ok()).filter(|_| belongs).ok_or_else(corrupt)?;
            bytes.extend_from_slice(blob.as_ref());
        }
        // The compact form is taken at its word: only what was checked before it was published may come to it.
        if first.get("content") != Some(&AttributeValue::S(content_of(&bytes))) {
            return Err(corrupt());
        }
        match compact::from_bytes(&bytes) {
            Ok(catalogue) if catalogue.version == *version => Ok(Some(catalogue)),
            _ => Err(corrupt()),
        }
    }

    /// Stores a catalogue's content. Storing the same again changes nothing; under one version there is one content for good.
    pub(super) async fn put_content(&self, compact: &CompactCatalogue) -> Result<(), NotPublished> {
        let parts: Vec<_> = compact.bytes.chunks(PART_BYTES).collect();
        let content = AttributeValue::S(compact.content.clone());
        for (number, part) in parts.iter().enumerate() {
            let mut row = Key::catalogue_part(&compact.version, number).into_attributes();
            row.insert("parts".to_owned(), AttributeValue::N(parts.len().to_string()));
            row.insert("content".to_owned(), content.clone());
            row.insert("bytes".to_owned(), AttributeValue::B(Blob::new(*part)));
            let put = self.client.put_item().table_name(&self.tables.catalogue).set_item(Some(row));
            let put = put.condition_expression("attribute_not_exists(pk) OR content = :content");
            match put.expression_attribute_values(":content", content.clone()).send().await {
                Ok(_) => {}
                Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                    return Err(NotPublished::OtherContent);
                }
                Err(error) => return Err(StoreError::from(error).into()),
            }
        }
        Ok(())
    }
}
