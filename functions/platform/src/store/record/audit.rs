//! Entries of trails as they are stored: beside the key, which names the trail and the entry's place in it.

use jiff::Timestamp;
use order_manager::audit::{Digest, End, Entry};
use serde::{Deserialize, Serialize};

use super::as_text::AsText;

/// An entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct EntryRecord {
    subject: Box<str>,
    sequence: u64,
    at: Timestamp,
    act: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<Box<str>>,
    capacity: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    catalogue: Option<Box<str>>,
    before: AsText<Digest>,
    own: AsText<Digest>,
}

impl From<&Entry> for EntryRecord {
    fn from(entry: &Entry) -> Self {
        let Entry { subject, sequence, at, act, person, capacity, customer, about, page, catalogue, before, own } = entry.clone();
        let (before, own) = (AsText(before), AsText(own));
        Self { subject, sequence, at, act, person, capacity, customer, about, page, catalogue, before, own }
    }
}

impl From<EntryRecord> for Entry {
    fn from(record: EntryRecord) -> Self {
        let EntryRecord { subject, sequence, at, act, person, capacity, customer, about, page, catalogue, before, own } = record;
        let (before, own) = (before.0, own.0);
        Self { subject, sequence, at, act, person, capacity, customer, about, page, catalogue, before, own }
    }
}

/// Where a trail ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct EndRecord {
    sequence: u64,
    own: AsText<Digest>,
}

impl From<End> for EndRecord {
    fn from(End { sequence, own }: End) -> Self {
        Self { sequence, own: AsText(own) }
    }
}

impl From<EndRecord> for End {
    fn from(record: EndRecord) -> Self {
        Self { sequence: record.sequence, own: record.own.0 }
    }
}
