//! Answers as they are stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use jiff::civil::Date;
use order_manager::address::GeographicAddress;
use order_manager::id::{CharacteristicId, OfferingId, ValueId};
use order_manager::party::EmailAddress;
use order_manager::telephone::TelephoneNumber;
use order_manager::text::Text;
use order_manager::value::{Answers, FileReference, SecretText, ServiceReference, ServiceTarget, Value};
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use super::each;

/// The answers of an item or a product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AnswersRecord(BTreeMap<CharacteristicId, ValueRecord>);

/// An answer; the name of its kind goes with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ValueRecord {
    Choice(ValueId),
    Choices(BTreeSet<ValueId>),
    Integer(i64),
    Text(Box<str>),
    Boolean(bool),
    Acknowledged,
    Telephone(TelephoneNumber),
    Email(EmailAddress),
    Date(Date),
    Address(GeographicAddress),
    File(FileRecord),
    AutonomousSystemNumber(u32),
    Prefixes(Vec<IpNet>),
    IpAddress(IpAddr),
    DomainName(Box<str>),
    VlanIds(Vec<(u16, u16)>),
    Secret(SecretRecord),
    Service(ServiceRecord),
    List(Vec<ValueRecord>),
    Rows(Vec<Vec<Option<ValueRecord>>>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ServiceRecord {
    target: AsText<ServiceTarget>,
    offering: OfferingId,
    name: Text,
    number: Option<TelephoneNumber>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct FileRecord {
    key: Box<str>,
    name: Box<str>,
    media: Box<str>,
    bytes: u64,
}

/// A secret on its way to or from the table, which is encrypted at rest; no debug output shows it.
#[derive(Clone, Serialize, Deserialize)]
struct SecretRecord(Box<str>);

impl fmt::Debug for SecretRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretRecord(…)")
    }
}

impl From<Answers> for AnswersRecord {
    fn from(answers: Answers) -> Self {
        Self(answers.into_iter().map(|(id, value)| (id, value.into())).collect())
    }
}

impl From<AnswersRecord> for Answers {
    fn from(record: AnswersRecord) -> Self {
        record.0.into_iter().map(|(id, value)| (id, value.into())).collect()
    }
}

impl From<Value> for ValueRecord {
    fn from(value: Value) -> Self {
        match value {
            Value::Choice(id) => Self::Choice(id),
            Value::Choices(ids) => Self::Choices(ids),
            Value::Integer(number) => Self::Integer(number),
            Value::Text(text) => Self::Text(text),
            Value::Boolean(yes) => Self::Boolean(yes),
            Value::Acknowledged => Self::Acknowledged,
            Value::Telephone(number) => Self::Telephone(number),
            Value::Email(email) => Self::Email(email),
            Value::Date(date) => Self::Date(date),
            Value::Address(address) => Self::Address(address),
            Value::File(file) => Self::File(file.into()),
            Value::AutonomousSystemNumber(number) => Self::AutonomousSystemNumber(number),
            Value::Prefixes(prefixes) => Self::Prefixes(prefixes),
            Value::IpAddress(address) => Self::IpAddress(address),
            Value::DomainName(name) => Self::DomainName(name),
            Value::VlanIds(ranges) => Self::VlanIds(ranges),
            Value::Secret(secret) => Self::Secret(SecretRecord(secret.reveal().into())),
            Value::Service(ServiceReference { target, offering, name, number }) => {
                Self::Service(ServiceRecord { target: AsText(target), offering, name, number })
            }
            Value::List(entries) => Self::List(each(entries)),
            Value::Rows(rows) => Self::Rows(rows.into_iter().map(cells).collect()),
        }
    }
}

impl From<ValueRecord> for Value {
    fn from(record: ValueRecord) -> Self {
        match record {
            ValueRecord::Choice(id) => Self::Choice(id),
            ValueRecord::Choices(ids) => Self::Choices(ids),
            ValueRecord::Integer(number) => Self::Integer(number),
            ValueRecord::Text(text) => Self::Text(text),
            ValueRecord::Boolean(yes) => Self::Boolean(yes),
            ValueRecord::Acknowledged => Self::Acknowledged,
            ValueRecord::Telephone(number) => Self::Telephone(number),
            ValueRecord::Email(email) => Self::Email(email),
            ValueRecord::Date(date) => Self::Date(date),
            ValueRecord::Address(address) => Self::Address(address),
            ValueRecord::File(file) => Self::File(file.into()),
            ValueRecord::AutonomousSystemNumber(number) => Self::AutonomousSystemNumber(number),
            ValueRecord::Prefixes(prefixes) => Self::Prefixes(prefixes),
            ValueRecord::IpAddress(address) => Self::IpAddress(address),
            ValueRecord::DomainName(name) => Self::DomainName(name),
            ValueRecord::VlanIds(ranges) => Self::VlanIds(ranges),
            ValueRecord::Secret(SecretRecord(text)) => Self::Secret(SecretText::new(&text)),
            ValueRecord::Service(ServiceRecord { target, offering, name, number }) => {
                Self::Service(ServiceReference { target: target.0, offering, name, number })
            }
            ValueRecord::List(entries) => Self::List(each(entries)),
            ValueRecord::Rows(rows) => Self::Rows(rows.into_iter().map(cells).collect()),
        }
    }
}

fn cells<A, B: From<A>>(row: Vec<Option<A>>) -> Vec<Option<B>> {
    row.into_iter().map(|cell| cell.map(B::from)).collect()
}

impl From<FileReference> for FileRecord {
    fn from(FileReference { key, name, media, bytes }: FileReference) -> Self {
        Self { key, name, media, bytes }
    }
}

impl From<FileRecord> for FileReference {
    fn from(FileRecord { key, name, media, bytes }: FileRecord) -> Self {
        Self { key, name, media, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_in_no_debug_output() {
        let record = ValueRecord::from(Value::List(vec![Value::Secret(SecretText::new("hunter2"))]));
        assert!(!format!("{record:?}").contains("hunter2"));
    }
}
