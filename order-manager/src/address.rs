//! Geographic addresses, as TM Forum's `GeographicAddress` has them, and their correction.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A postal code of the United States: five digits. An entered ZIP+4 keeps only its first five, which is what coverage goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zip([u8; 5]);

/// Why a text is not a postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedZip;

impl fmt::Display for MalformedZip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a ZIP code")
    }
}

impl std::error::Error for MalformedZip {}

impl FromStr for Zip {
    type Err = MalformedZip;

    fn from_str(text: &str) -> Result<Self, MalformedZip> {
        let text = text.trim();
        let five = match text.split_once('-') {
            None => text,
            Some((five, four)) if four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()) => five,
            Some(_) => return Err(MalformedZip),
        };
        let digits: [u8; 5] = five.as_bytes().try_into().map_err(|_| MalformedZip)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(MalformedZip) }
    }
}

impl fmt::Display for Zip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

impl TryFrom<String> for Zip {
    type Error = MalformedZip;

    fn try_from(text: String) -> Result<Self, MalformedZip> {
        text.parse()
    }
}

impl From<Zip> for String {
    fn from(zip: Zip) -> Self {
        zip.to_string()
    }
}

/// A state, district or territory by its two-letter postal abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct State(usize);

/// Postal abbreviations and names (USPS Publication 28, appendix B), states and the District of Columbia.
const STATES: [(&str, &str); 51] = [
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// A text that is no state's abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownState;

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a state of the United States")
    }
}

impl std::error::Error for UnknownState {}

impl State {
    /// Every state, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STATES.len()).map(Self)
    }

    /// Its postal abbreviation.
    #[must_use]
    pub fn abbreviation(self) -> &'static str {
        STATES[self.0].0
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        STATES[self.0].1
    }
}

impl FromStr for State {
    type Err = UnknownState;

    /// Reads the abbreviation or the name, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownState> {
        let text = text.trim();
        STATES
            .iter()
            .position(|(short, name)| short.eq_ignore_ascii_case(text) || name.eq_ignore_ascii_case(text))
            .map(Self)
            .ok_or(UnknownState)
    }
}

impl TryFrom<String> for State {
    type Error = UnknownState;

    fn try_from(text: String) -> Result<Self, UnknownState> {
        text.parse()
    }
}

impl From<State> for String {
    fn from(state: State) -> Self {
        state.abbreviation().to_owned()
    }
}

/// A place in the United States, down to the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeographicAddress {
    /// Number and street: `214 Juniper Street NE`.
    pub street: Box<str>,
    /// Apartment, suite or floor, when there is one.
    pub unit: Option<Box<str>>,
    /// City.
    pub city: Box<str>,
    /// State.
    pub state: State,
    /// Postal code.
    pub zip: Zip,
}

impl GeographicAddress {
    /// Whether two addresses are the same place: case and spacing do not count.
    #[must_use]
    pub fn same_place(&self, other: &Self) -> bool {
        self.place_key() == other.place_key()
    }

    /// What all spellings of the same place have in common.
    #[must_use]
    pub fn place_key(&self) -> String {
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let unit = self.unit.as_deref().map(folded).map_or_else(String::new, |unit| format!("#{unit}"));
        [&folded(&self.street), &unit, &folded(&self.city), self.state.abbreviation(), &self.zip.to_string()].join("\n")
    }
}

impl fmt::Display for GeographicAddress {
    /// On one line, as it would be spoken.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.street)?;
        if let Some(unit) = &self.unit {
            write!(f, ", {unit}")?;
        }
        write!(f, ", {}, {} {}", self.city, self.state.abbreviation(), self.zip)
    }
}

/// What a directory of addresses says to an address that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// This very place, spelled as the directory spells it.
    Found(GeographicAddress),
    /// Not quite: the person chooses one of these, or keeps what was entered.
    Alternatives(Vec<GeographicAddress>),
    /// The directory does not know the street; the address stands as entered, to be checked by a person.
    Unknown,
}

/// The port to whoever knows addresses: the catalogue's own list here, a postal service elsewhere.
pub trait AddressDirectory {
    /// Looks an entered address up.
    fn correct(&self, entered: &GeographicAddress) -> Correction;
}
