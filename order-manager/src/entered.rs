//! What a person entered, before anything is believed of it, and what may be wrong with it.

use std::collections::BTreeMap;

use crate::agreement::Figure;
use crate::money::Money;
use crate::text::Text;

/// Field names and what was entered in them, as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered(BTreeMap<String, Vec<String>>);

impl Entered {
    /// Adds an entry.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(text.into());
    }

    /// Everything entered under a name, as it was typed.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// What was typed in a field, the first entry of it; nothing when the field is absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Whether the field was sent.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The one entry of a field, trimmed; `None` when it is absent or blank.
    ///
    /// # Errors
    /// [`Reason::Doubled`] when the field came more than once.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Reason> {
        match self.all(name) {
            [] => Ok(None),
            [one] => Ok(Some(one.trim()).filter(|text| !text.is_empty())),
            _ => Err(Reason::Doubled),
        }
    }

    /// Puts an entry in the place of whatever was entered under a name.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.insert(name.into(), vec![text.into()]);
    }

    /// Takes out what was entered under a name.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names that came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Entered {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(entries: I) -> Self {
        let mut entered = Self::default();
        for (name, text) in entries {
            entered.add(name, text);
        }
        entered
    }
}

/// Something the person can put right: which field, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: Box<str>,
    /// What is wrong.
    pub reason: Reason,
}

impl FieldError {
    /// What is wrong with a field.
    pub fn new(field: impl Into<Box<str>>, reason: Reason) -> Self {
        Self { field: field.into(), reason }
    }
}

/// What may be wrong with an entry. The words for each are the pages' affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing entered where something must be.
    Missing,
    /// The field came twice.
    Doubled,
    /// A field this page does not have.
    Unknown,
    /// Longer than it may be, in characters.
    TooLong {
        /// The most it may have.
        max: usize,
    },
    /// Shorter than it may be, in characters.
    TooShort {
        /// The least it may have.
        min: usize,
    },
    /// A character that cannot be taken (a control character).
    UnreadableText,
    /// Not of the form asked for; the text says which.
    Pattern(Text),
    /// Not one of the choices.
    NotAChoice,
    /// A choice that can't be had here, and why.
    Unavailable(Text),
    /// Not a whole number.
    NotANumber,
    /// A number outside its range.
    OutOfRange {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Not an amount of money.
    NotAnAmount,
    /// An amount outside its range.
    AmountOutOfRange {
        /// Least.
        least: Money,
        /// Most.
        most: Money,
    },
    /// Not a percentage of 0 to 100, with two decimals at most.
    NotAPercentage,
    /// A rate that goes further down than it may.
    BelowFloor(Figure),
    /// A rate above the list price, where there is nothing to pay for on top of it.
    AboveList(Figure),
    /// A price that is not ours to change: a tariff fixes it, or it takes a filing.
    PriceFixed,
    /// A price by use, which takes a percentage and no amount.
    TakesAPercentage,
    /// Volumes for something that is not counted.
    NotCounted,
    /// Not a telephone number.
    NotATelephoneNumber,
    /// A toll-free number where a line's number is wanted.
    TollFreeNumber,
    /// A number that is not toll-free where a toll-free one is wanted.
    NotTollFree,
    /// A number that does not belong to where service goes.
    OtherRateCentre,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a date.
    NotADate,
    /// Before the first date possible.
    TooEarly(jiff::civil::Date),
    /// After the last date possible.
    TooLate(jiff::civil::Date),
    /// An address that the network it needs doesn't reach.
    AddressNotReached,
    /// An address that is served with less capacity than it needs.
    AddressServedWithLess {
        /// What can be had there, in Mbps.
        most: i64,
    },
    /// A service that another one is something to already that only one can be.
    ServedAlready {
        /// What the other one is called.
        by: Text,
    },
    /// Not a ZIP code.
    NotAZip,
    /// Not a state.
    NotAState,
    /// Not a domain name.
    NotADomain,
    /// Not an IP address.
    NotAnIpAddress,
    /// Not an IP prefix, or one with host bits set.
    NotAPrefix,
    /// A prefix that is private where it must be public, or public where it must be private.
    WrongAddressSpace,
    /// A prefix longer than may be announced.
    PrefixTooLong {
        /// Longest allowed.
        max: u8,
    },
    /// An AS number nobody may use, or a private one where it must be public.
    ReservedAsNumber,
    /// Not VLAN ids, or out of 1 to 4094.
    NotVlanIds,
    /// Fewer or more entries than may be.
    WrongCount {
        /// Least.
        min: usize,
        /// Most.
        max: usize,
    },
    /// The same entry twice in a list.
    Repeated,
    /// A row with another number of cells than there are columns.
    WrongColumns {
        /// How many there should be.
        expected: usize,
    },
    /// An entry of a list is wrong: which (from 1), and why.
    Entry {
        /// Which entry, counted from 1.
        number: usize,
        /// Why.
        reason: Box<Reason>,
    },
    /// A cell of a row is wrong: of which column, and why.
    Cell {
        /// What the column is called.
        column: Text,
        /// Why.
        reason: Box<Reason>,
    },
    /// The cells of a column come to something else than they must.
    SumIsNot {
        /// What the column is called.
        column: Text,
        /// What they must come to.
        sum: i64,
        /// What they come to.
        found: i64,
    },
    /// The last of a range comes before its first, or has another number of digits.
    EndsBeforeItBegins,
    /// A range that reaches into one before it: the row of that, counted from 1.
    RangesOverlap {
        /// Which row.
        other: usize,
    },
    /// Not agreed to, where it must be.
    NotAcknowledged,
    /// A file must be sent by the page's upload field.
    NotAFile,
    /// A file with nothing in it.
    EmptyFile,
    /// A file of another type than those taken, by its content.
    WrongFileType {
        /// The media types taken.
        media: Vec<Box<str>>,
    },
    /// A file larger than it may be.
    FileTooLarge {
        /// The most it may have, in bytes.
        max: u64,
    },
    /// A rule between answers is broken; the text says which.
    Rule(Text),
    /// What was chosen has been taken by somebody else meanwhile.
    Taken,
    /// Two entries that must be the same are not, or the like: said by the page itself.
    Said(&'static str),
}
