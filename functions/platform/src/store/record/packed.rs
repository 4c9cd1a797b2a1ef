//! Stored as compressed JSON: for a record that is read and written whole, and so often that its size is what it costs
//! (docs/adr/0016-orders-are-stored-compressed.md).

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::deflate::{deflate, inflate};

/// The most bytes of JSON: a row stops at 400 KB, and JSON of this kind is some ten times what it compresses to.
const MOST_BYTES: usize = 8_000_000;

/// Wraps a record. In rows of format 1 it is a map, which still reads.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) struct Packed<T>(pub(in crate::store) T);

impl<T: Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = serde_json::to_vec(&self.0).map_err(S::Error::custom)?;
        let mut packed = vec![];
        deflate(&json, &mut packed).ok_or_else(|| S::Error::custom("it does not compress"))?;
        serializer.serialize_bytes(&packed)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Unpack(std::marker::PhantomData))
    }
}

struct Unpack<T>(std::marker::PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Unpack<T> {
    type Value = Packed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("compressed JSON, or a map")
    }

    fn visit_bytes<E: serde::de::Error>(self, packed: &[u8]) -> Result<Packed<T>, E> {
        let json = inflate(packed, MOST_BYTES).map_err(|_| E::custom("bytes that do not read"))?;
        serde_json::from_slice(&json).map(Packed).map_err(|_| E::custom("JSON of another form"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Packed<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Packed).map_err(|_| A::Error::custom("a map of another form"))
    }
}

/// What is packed, as it reads; nothing where that is no JSON.
pub(in crate::store) fn unpacked(packed: &[u8]) -> Option<serde_json::Value> {
    serde_json::from_slice(&inflate(packed, MOST_BYTES).ok()?).ok()
}
