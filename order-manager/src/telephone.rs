//! Telephone numbers of the North American Numbering Plan.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A ten-digit number: area code, exchange, line.
///
/// Source: ATIS-0300051 (central office code assignment) and 47 CFR 52: `[2-9][0-8]\d[2-9]\d{6}`, and neither area code
/// nor exchange ends in 11, which are service codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TelephoneNumber(u64);

/// Why a text is not a telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelephoneNumberError {
    /// Not ten digits (after an optional 1), or a character that has no place in a number.
    Unreadable,
    /// Ten digits that the numbering plan gives to nobody.
    Unassignable,
}

impl fmt::Display for TelephoneNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "not a ten-digit telephone number",
            Self::Unassignable => "a number the North American Numbering Plan does not assign",
        })
    }
}

impl std::error::Error for TelephoneNumberError {}

/// Toll-free area codes; such a number belongs to a RespOrg and is not ported with a line.
const TOLL_FREE: [u64; 7] = [800, 833, 844, 855, 866, 877, 888];

impl TelephoneNumber {
    /// The ten digits.
    #[must_use]
    pub fn digits(self) -> String {
        self.0.to_string()
    }

    /// Area code.
    #[must_use]
    pub const fn area_code(self) -> u64 {
        self.0 / 10_000_000
    }

    /// Area code and exchange, which place a number in a rate centre.
    #[must_use]
    pub const fn exchange(self) -> u64 {
        self.0 / 10_000
    }

    /// Whether the number is toll-free.
    #[must_use]
    pub fn is_toll_free(self) -> bool {
        TOLL_FREE.contains(&self.area_code())
    }
}

impl FromStr for TelephoneNumber {
    type Err = TelephoneNumberError;

    /// Reads a number as people write it: digits with spaces, dots, hyphens, parentheses and an optional leading `1` or `+1`.
    fn from_str(text: &str) -> Result<Self, TelephoneNumberError> {
        let text = text.trim();
        let text = text.strip_prefix('+').unwrap_or(text);
        if text.chars().any(|c| !(c.is_ascii_digit() || " .-()\u{a0}\u{2011}".contains(c))) {
            return Err(TelephoneNumberError::Unreadable);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = match digits.len() {
            11 => digits.strip_prefix('1').ok_or(TelephoneNumberError::Unreadable)?,
            10 => &digits,
            _ => return Err(TelephoneNumberError::Unreadable),
        };
        let number: u64 = digits.parse().map_err(|_| TelephoneNumberError::Unreadable)?;
        let (area, exchange) = (number / 10_000_000, number / 10_000 % 1_000);
        let assignable = area >= 200 && area / 10 % 10 <= 8 && exchange >= 200 && area % 100 != 11 && exchange % 100 != 11;
        if assignable { Ok(Self(number)) } else { Err(TelephoneNumberError::Unassignable) }
    }
}

impl fmt::Display for TelephoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}) {:03}-{:04}", self.area_code(), self.0 / 10_000 % 1_000, self.0 % 10_000)
    }
}

impl TryFrom<String> for TelephoneNumber {
    type Error = TelephoneNumberError;

    fn try_from(text: String) -> Result<Self, TelephoneNumberError> {
        text.parse()
    }
}

impl From<TelephoneNumber> for String {
    fn from(number: TelephoneNumber) -> Self {
        number.digits()
    }
}
