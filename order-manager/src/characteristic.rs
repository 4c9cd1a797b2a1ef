//! Characteristics: what can be asked about an offering, and what each question takes for an answer.
//!
//! TM Forum calls these product specification characteristics. A characteristic is data; forms are rendered and parsed from it.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::id::{CharacteristicId, DialogId, NetworkId, OfferingId, RoleId, ValueId};
use crate::text::Text;

/// A question about an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characteristic {
    /// Its name in forms and orders.
    pub id: CharacteristicId,
    /// What the customer reads.
    pub label: Text,
    /// Help, beside the field.
    pub hint: Option<Text>,
    /// The trade's term for it, under "details".
    pub technical: Option<Text>,
    /// What it takes.
    pub value: ValueType,
    /// Whether it must be answered.
    pub need: Need,
    /// When it is asked at all.
    pub applies_when: Condition,
    /// On the offering's own page, or in one of its dialogs.
    pub asked: Asked,
    /// What we know already that answers it.
    pub known: Option<Known>,
    /// The `autocomplete` token of the HTML standard, for what browsers can fill in.
    pub autocomplete: Option<Box<str>>,
}

/// Whether an answer is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// The order can't be placed without it.
    Required,
    /// It may be left out.
    Optional,
}

/// Where a characteristic is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Asked {
    /// On the offering's own page.
    OnPage,
    /// In a dialog.
    InDialog(DialogId),
}

/// What we may know already; shown as entered, for the customer to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The customer's name.
    CustomerName,
    /// The address of the place the item is for.
    ServiceAddress,
    /// Its postal code.
    ServiceZip,
    /// The telephone of the contact of record.
    ContactPhone,
    /// The e-mail of the contact of record.
    ContactEmail,
}

/// What a characteristic takes for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueType {
    /// One of a list.
    Choice(Vec<ValueOption>),
    /// Some of a list.
    Choices {
        /// The list.
        options: Vec<ValueOption>,
        /// At least so many.
        min: usize,
        /// At most so many.
        max: usize,
    },
    /// A whole number in a range.
    Integer {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// What is counted (`Mbps`, `lines`).
        unit: Option<Text>,
    },
    /// A text.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// The form it must have.
        pattern: Option<Pattern>,
        /// One line or several.
        lines: Lines,
    },
    /// Yes or no.
    Boolean,
    /// A statement the customer agrees to, its wording versioned with the catalogue.
    Acknowledgement(Text),
    /// A telephone number.
    TelephoneNumber(TelephoneUse),
    /// A number of ours, picked from those offered for the place and held for this order.
    InventoryNumber,
    /// An e-mail address.
    Email,
    /// A date, in days from today.
    Date {
        /// Earliest, days from today.
        earliest: i32,
        /// Latest, days from today.
        latest: i32,
    },
    /// An address.
    Address(Reach),
    /// A service beside this one, of this order or in service at the place.
    Service(Vec<ServiceOption>),
    /// An uploaded file.
    File {
        /// Media types taken.
        media: Vec<Box<str>>,
        /// Largest size in bytes.
        max_bytes: u64,
    },
    /// An autonomous system number (RFC 7607, RFC 6996, RFC 5398: reserved, private and documentation numbers).
    AutonomousSystemNumber(AddressSpace),
    /// IP prefixes, one a line.
    Prefixes {
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
        /// Of which space.
        space: AddressSpace,
        /// Longest IPv4 prefix.
        longest_v4: u8,
        /// Longest IPv6 prefix.
        longest_v6: u8,
    },
    /// An IP address.
    IpAddress(AddressSpace),
    /// A domain name.
    DomainName,
    /// VLAN ids, single and ranges: `100, 200-210`.
    VlanIds {
        /// At most so many ids.
        max: usize,
    },
    /// A shared secret: taken, never shown again.
    Secret {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// Several of a kind, one a line.
    List {
        /// Of what.
        of: Box<ValueType>,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// Rows of several columns, one row a line, its cells separated by commas.
    Rows {
        /// The columns.
        columns: Vec<Column>,
        /// Fewest rows.
        min: usize,
        /// Most rows.
        max: usize,
    },
}

/// A column of [`ValueType::Rows`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it holds.
    pub label: Text,
    /// What each cell takes.
    pub value: ValueType,
    /// Whether a cell may be empty.
    pub need: Need,
    /// What holds from row to row.
    pub across: Across,
}

/// What the cells of a column must be to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    /// Nothing: each is by itself.
    Free,
    /// None comes twice.
    NoneTwice,
    /// They come to this together.
    SumIs(i64),
    /// Each is the last of a range whose first is the cell before it, or that first alone where it is empty; no range goes
    /// backwards, and none reaches into another.
    EndsRange,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueOption {
    /// Its name in forms and orders.
    pub id: ValueId,
    /// What the customer reads.
    pub label: Text,
    /// The number it stands for, where values are compared (100 for "100 Mbps").
    pub number: Option<i64>,
    /// When it can be had.
    pub available_when: Condition,
    /// Why it can't, when it can't.
    pub unavailable_because: Option<Text>,
    /// The network it needs at the place.
    pub needs: Option<NetworkNeed>,
}

/// Which addresses are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// Any.
    Anywhere,
    /// Those that one of these networks reaches, with this capacity.
    Networks {
        /// Any of these networks.
        any_of: Vec<NetworkId>,
        /// How much it must carry there.
        capacity: Capacity,
    },
}

/// How much a network must carry at an address, in Mbps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Capacity {
    /// However little.
    Any,
    /// At least this.
    AtLeast(i64),
    /// At least the number that another answer is, or stands for; however little while there is none.
    NumberOf(CharacteristicId),
}

/// A kind of service that can be pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOption {
    /// What it is.
    pub offering: OfferingId,
    /// With which answers of its own.
    pub when: Condition,
    /// Why it can't be chosen with others.
    pub unavailable_because: Option<Text>,
    /// What the service that points is to this one, where only one service can be that to it.
    pub alone_as: Option<RoleId>,
}

/// A network that must reach the place, with this capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkNeed {
    /// Any of these networks.
    pub any_of: Vec<NetworkId>,
    /// Capacity in Mbps.
    pub at_least: i64,
}

/// A regular expression the whole text must match, and what it means in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The expression; matched against the whole text.
    pub expression: Box<str>,
    /// What it asks for, in words that complete "Enter …".
    pub means: Text,
}

/// One line or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lines {
    /// One.
    Single,
    /// Several.
    Several,
}

/// What a telephone number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TelephoneUse {
    /// To call somebody.
    Contact,
    /// To bring along: geographic, of a rate centre that fits the place.
    Port,
    /// A toll-free number.
    TollFree,
}

/// Which part of the number space is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressSpace {
    /// Globally unique.
    Public,
    /// For private use.
    Private,
    /// Either.
    Any,
}

impl ValueType {
    /// The options of a choice; none for every other type.
    #[must_use]
    pub fn options(&self) -> &[ValueOption] {
        match self {
            Self::Choice(options) | Self::Choices { options, .. } => options,
            _ => &[],
        }
    }
}
