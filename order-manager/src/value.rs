//! Values: answers that a characteristic's value type has admitted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use jiff::civil::Date;
use uuid::Uuid;

use crate::address::GeographicAddress;
use crate::id::{AgreementId, CharacteristicId, MalformedId, OfferingId, OrderId, OrderItemId, ProductId, ValueId};
use crate::party::EmailAddress;
use crate::telephone::TelephoneNumber;
use crate::text::Text;

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
    /// A service beside this one.
    Service(ServiceReference),
    /// Several of a kind.
    List(Vec<Value>),
    /// Rows of cells; an empty cell is `None`.
    Rows(Vec<Vec<Option<Value>>>),
}

/// A service that another one works with: the line that long distance is for, say. What it was when it was pointed at goes with
/// it, so that an order says all of it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceReference {
    /// Which.
    pub target: ServiceTarget,
    /// What it is.
    pub offering: OfferingId,
    /// What it is called.
    pub name: Text,
    /// Its telephone number, where it has one.
    pub number: Option<TelephoneNumber>,
}

/// Which service is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceTarget {
    /// One of the same order.
    Item(OrderItemId),
    /// One in service at the same place.
    Product(ProductId),
}

impl fmt::Display for ServiceTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => write!(f, "item-{item}"),
            Self::Product(product) => write!(f, "product-{product}"),
        }
    }
}

impl FromStr for ServiceTarget {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        match text.split_once('-') {
            Some(("item", id)) => id.parse().map(Self::Item),
            Some(("product", id)) => id.parse().map(Self::Product),
            _ => Err(MalformedId),
        }
    }
}

impl Value {
    /// The number it stands for: itself, what a choice stands for, or how many there are.
    #[must_use]
    pub fn count(&self, of_choice: impl Fn(&ValueId) -> Option<i64>) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Choice(chosen) => of_choice(chosen),
            Self::List(entries) => i64::try_from(entries.len()).ok(),
            Self::Rows(rows) => i64::try_from(rows.len()).ok(),
            Self::Prefixes(prefixes) => i64::try_from(prefixes.len()).ok(),
            Self::VlanIds(ranges) => Some(ranges.iter().map(|(first, last)| i64::from(last - first) + 1).sum()),
            _ => None,
        }
    }

    /// What stands in it, as plain text: each entry of a list, each cell that is filled in one column of its rows, or itself.
    /// Nothing for what is no short text.
    #[must_use]
    pub fn entries(&self, column: usize) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.to_string()],
            Self::Integer(number) => vec![number.to_string()],
            Self::Telephone(number) => vec![number.digits()],
            Self::Choice(chosen) => vec![chosen.to_string()],
            Self::Email(address) => vec![address.to_string()],
            Self::Date(day) => vec![day.to_string()],
            Self::AutonomousSystemNumber(number) => vec![number.to_string()],
            Self::IpAddress(address) => vec![address.to_string()],
            Self::DomainName(name) => vec![name.to_string()],
            Self::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect(),
            Self::VlanIds(ranges) => ranges.iter().flat_map(|(first, last)| *first..=*last).map(|id| id.to_string()).collect(),
            Self::List(entries) => entries.iter().flat_map(|entry| entry.entries(column)).collect(),
            Self::Rows(rows) => {
                rows.iter().filter_map(|cells| cells.get(column)?.as_ref()).flat_map(|cell| cell.entries(column)).collect()
            }
            Self::Choices(_)
            | Self::Boolean(_)
            | Self::Acknowledged
            | Self::Address(_)
            | Self::File(_)
            | Self::Secret(_)
            | Self::Service(_) => vec![],
        }
    }

    /// Whether it is this choice, or has it among several.
    #[must_use]
    pub fn chooses(&self, option: &ValueId) -> bool {
        match self {
            Self::Choice(chosen) => chosen == option,
            Self::Choices(chosen) => chosen.contains(option),
            _ => false,
        }
    }
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

impl FileReference {
    /// The key of a file that answers a question of an item: nothing of it is what somebody typed.
    #[must_use]
    pub fn key_of(order: OrderId, item: OrderItemId, file: Uuid) -> Box<str> {
        format!("orders/{order}/{item}/{file}").into()
    }

    /// The key of a file that a customer sends about an agreement.
    #[must_use]
    pub fn key_about(agreement: AgreementId, file: Uuid) -> Box<str> {
        format!("agreements/{agreement}/{file}").into()
    }

    /// The order and the item that it was sent for, by its key.
    #[must_use]
    pub fn sent_for(&self) -> Option<(OrderId, OrderItemId)> {
        let mut parts = self.key.strip_prefix("orders/")?.split('/');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    }
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
