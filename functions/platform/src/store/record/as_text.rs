//! Stored as the text a type is displayed as and read from.

use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::Timestamp;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Wraps a type, the domain's identifiers above all, that is displayed as a text and read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct AsText<T>(pub(in crate::store) T);

impl<T> From<T> for AsText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for AsText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parse(PhantomData))
    }
}

struct Parse<T>(PhantomData<T>);

impl<T: FromStr> Visitor<'_> for Parse<T> {
    type Value = AsText<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text of the form written here")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<AsText<T>, E> {
        text.parse().map(AsText).map_err(|_| E::custom("a text that does not read"))
    }
}

/// Writes a time with all its digits, so that times sort as their texts do.
pub(in crate::store) fn sortable<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{time:.9}"))
}

/// The same, of a time that there may not be.
#[allow(clippy::ref_option, reason = "as serde calls it")]
pub(in crate::store) fn sortable_if<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => sortable(time, serializer),
        None => serializer.serialize_none(),
    }
}
