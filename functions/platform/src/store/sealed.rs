//! What a row holds that nobody can read but who holds an id: the store, and a copy of the table, never do.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{SessionId, StoreError};
use crate::session::proof;

/// Something sealed with a key that only the id gives.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Sealed(#[serde(with = "serde_bytes_of_blob")] Vec<u8>);

/// What it is sealed for: what was sealed for one is no use for another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// What is under way between two pages.
    Flow,
    /// A form that came after its session's end.
    LateForm,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::LateForm => "late form",
        }
    }
}

impl Sealed {
    /// Seals something.
    ///
    /// # Errors
    /// When it has no form to be stored in, or the system gives no random numbers.
    pub(super) fn of(id: &SessionId, purpose: Purpose, held: &impl Serialize) -> Result<Self, StoreError> {
        let text =
            serde_json::to_vec(held).map_err(|_| StoreError::Corrupt(format!("a {} that has no form", purpose.as_str())))?;
        seal(id, purpose, text).map(Self)
    }

    /// What it holds; `None` when another id or another purpose sealed it, or another version of this software did.
    pub(super) fn opened<T: DeserializeOwned>(&self, id: &SessionId, purpose: Purpose) -> Option<T> {
        unseal(id, purpose, &self.0).and_then(|text| serde_json::from_slice(&text).ok())
    }
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

fn key(id: &SessionId, purpose: Purpose) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, &proof(id, &[purpose.as_str()])).ok().map(LessSafeKey::new)
}

fn seal(id: &SessionId, purpose: Purpose, mut text: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    let failed = || StoreError::Unavailable(format!("a {} cannot be sealed", purpose.as_str()));
    let mut nonce = [0_u8; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| failed())?;
    let sealing = Nonce::assume_unique_for_key(nonce);
    key(id, purpose).ok_or_else(failed)?.seal_in_place_append_tag(sealing, Aad::empty(), &mut text).map_err(|_| failed())?;
    Ok([&nonce[..], &text].concat())
}

fn unseal(id: &SessionId, purpose: Purpose, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
    let (nonce, mut text) = (Nonce::try_assume_unique_for_key(nonce).ok()?, text.to_vec());
    let opened = key(id, purpose)?.open_in_place(nonce, Aad::empty(), &mut text).ok()?.len();
    text.truncate(opened);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_that_sealed_it_opens_it_for_what_it_was_sealed_for_and_only_as_it_was() {
        let (id, other) = (SessionId::mint().expect("random numbers"), SessionId::mint().expect("random numbers"));
        let sealed = seal(&id, Purpose::Flow, b"a secret".to_vec()).expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(unseal(&id, Purpose::Flow, &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(unseal(&other, Purpose::Flow, &sealed), None);
        assert_eq!(unseal(&id, Purpose::LateForm, &sealed), None);
        let mut changed = sealed;
        changed[NONCE_LEN] ^= 1;
        assert_eq!(unseal(&id, Purpose::Flow, &changed), None);
        assert_eq!(unseal(&id, Purpose::Flow, &[1, 2]), None);
    }
}
