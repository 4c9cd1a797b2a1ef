//! What is under way between two pages: a challenge of the user pool, a code that was sent. Each is a row of its own that lasts
//! minutes; the browser holds an id, and only with it can the row be read.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::record::{Row, read, write};
use super::{SessionId, Store, StoreError};
use crate::session::proof;

#[derive(Debug, Serialize, Deserialize)]
struct FlowRecord {
    #[serde(with = "serde_bytes_of_blob")]
    sealed: Vec<u8>,
    expires: Timestamp,
    expires_at: i64,
}

/// Bytes as DynamoDB's own type for them.
mod serde_bytes_of_blob {
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl serde::de::Visitor<'_> for Bytes {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}

impl Store {
    /// Begins a flow. What it holds is sealed with a key that only the id gives: a copy of the table opens none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_flow(&self, id: &SessionId, held: &impl Serialize, expires: Timestamp) -> Result<(), StoreError> {
        let text = serde_json::to_vec(held).map_err(|_| StoreError::Corrupt("a flow that has no form".to_owned()))?;
        let record = FlowRecord { sealed: seal(id, text)?, expires, expires_at: expires.as_second() };
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
        opened(id, delete.return_values(ReturnValue::AllOld).send().await?.attributes, now)
    }
}

fn opened<T: DeserializeOwned>(id: &SessionId, row: Option<Row>, now: Timestamp) -> Result<Option<T>, StoreError> {
    let record: Option<FlowRecord> = row.map(read).transpose()?;
    let Some(record) = record.filter(|record| now < record.expires) else { return Ok(None) };
    let held = unseal(id, &record.sealed).and_then(|text| serde_json::from_slice(&text).ok());
    // One that an older version wrote, in the minutes that it lasts, is over.
    Ok(held)
}

fn key(id: &SessionId) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, &proof(id, &["flow"])).ok().map(LessSafeKey::new)
}

fn seal(id: &SessionId, mut text: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    let failed = || StoreError::Unavailable("a flow cannot be sealed".to_owned());
    let mut nonce = [0_u8; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| failed())?;
    let sealing = Nonce::assume_unique_for_key(nonce);
    key(id).ok_or_else(failed)?.seal_in_place_append_tag(sealing, Aad::empty(), &mut text).map_err(|_| failed())?;
    Ok([&nonce[..], &text].concat())
}

fn unseal(id: &SessionId, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
    let (nonce, mut text) = (Nonce::try_assume_unique_for_key(nonce).ok()?, text.to_vec());
    let opened = key(id)?.open_in_place(nonce, Aad::empty(), &mut text).ok()?.len();
    text.truncate(opened);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_that_sealed_it_opens_it_and_only_as_it_was() {
        let (id, other) = (SessionId::mint().expect("random numbers"), SessionId::mint().expect("random numbers"));
        let sealed = seal(&id, b"a secret".to_vec()).expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(unseal(&id, &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(unseal(&other, &sealed), None);
        let mut changed = sealed;
        changed[NONCE_LEN] ^= 1;
        assert_eq!(unseal(&id, &changed), None);
        assert_eq!(unseal(&id, &[1, 2]), None);
    }
}
