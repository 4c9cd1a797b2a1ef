//! Values: answers that a characteristic's value type has admitted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use jiff::civil::Date;

use crate::address::GeographicAddress;
use crate::id::{CharacteristicId, ValueId};
use crate::party::EmailAddress;
use crate::telephone::TelephoneNumber;

/// The answers given for an order item, by characteristic.
pub type Answers = BTreeMap<CharacteristicId, Value>;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One of a list.
    Choice(ValueId),
    /// Some of a list.
    Choices(BTreeSet<ValueId>),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Box<str>),
    /// Yes or no.
    Boolean(bool),
    /// Agreed to.
    Acknowledged,
    /// A telephone number: a contact's, one to port, or one of ours.
    Telephone(TelephoneNumber),
    /// An e-mail address.
    Email(EmailAddress),
    /// A date.
    Date(Date),
    /// An address.
    Address(GeographicAddress),
    /// A file in the store.
    File(FileReference),
    /// An autonomous system number.
    AutonomousSystemNumber(u32),
    /// IP prefixes.
    Prefixes(Vec<IpNet>),
    /// An IP address.
    IpAddress(IpAddr),
    /// A domain name, lower case.
    DomainName(Box<str>),
    /// VLAN ids as ranges, ascending, apart from each other.
    VlanIds(Vec<(u16, u16)>),
    /// A shared secret.
    Secret(SecretText),
    /// Several of a kind.
    List(Vec<Value>),
    /// Rows of cells; an empty cell is `None`.
    Rows(Vec<Vec<Option<Value>>>),
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReference {
    /// Its key in the store.
    pub key: Box<str>,
    /// Its name as the customer had it.
    pub name: Box<str>,
    /// Its media type, by content.
    pub media: Box<str>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A secret that no debug output and no page shows.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Box<str>);

impl SecretText {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The secret itself: for the store, and for the system that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}
