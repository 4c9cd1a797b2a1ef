//! Money in minor units, percentages in hundredths of a percent, usage rates as decimals. Never a float.

use std::fmt;

pub use iso_currency::Currency;
pub use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An amount: whole minor units (cents) of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why amounts could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// The amounts are in different currencies.
    CurrencyMismatch,
    /// The result does not fit.
    Overflow,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CurrencyMismatch => "amounts in different currencies",
            Self::Overflow => "amount out of range",
        })
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, as plain as a number can be written: `-1200.05`.
    #[must_use]
    pub fn major(self) -> String {
        let digits = u32::from(self.currency.exponent().unwrap_or(0));
        Decimal::new(self.minor, digits).to_string()
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    /// When currencies differ or the sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        self.minor.checked_add(other.minor).map(|minor| Self::new(minor, self.currency)).ok_or(MoneyError::Overflow)
    }

    /// The amount so many times.
    ///
    /// # Errors
    /// When the product does not fit.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        self.minor.checked_mul(count).map(|minor| Self::new(minor, self.currency)).ok_or(MoneyError::Overflow)
    }

    /// A share of the amount, rounded half away from zero to the minor unit.
    ///
    /// # Errors
    /// When the share does not fit.
    pub fn share(self, percent: Percent) -> Result<Self, MoneyError> {
        let product = i128::from(self.minor) * i128::from(percent.0);
        let half = if product < 0 { -5_000 } else { 5_000 };
        i64::try_from((product + half) / 10_000).map(|minor| Self::new(minor, self.currency)).map_err(|_| MoneyError::Overflow)
    }

    /// The sum of amounts, in `currency`.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// Reads an amount in major units such as `59.95`, `-10` or `USD 1200.00`; a text without a currency is in `currency`.
    /// `None` when it is not an amount or has more decimals than the currency.
    #[must_use]
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let (currency, number) = match text.split_once(' ') {
            Some((code, number)) => (Currency::from_code(code)?, number),
            None => (currency, text),
        };
        let mut number: Decimal = number.parse().ok()?;
        let digits = u32::from(currency.exponent().unwrap_or(0));
        if number.scale() > digits {
            return None;
        }
        number.rescale(digits);
        i64::try_from(number.mantissa()).ok().map(|minor| Self::new(minor, currency))
    }
}

impl fmt::Display for Money {
    /// Symbol, thousands, decimals: `$1,234.50`; a negative amount begins with a minus sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.currency.exponent().unwrap_or(0));
        let unit = 10_u64.pow(u32::try_from(digits).unwrap_or(0));
        let (whole, fraction) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        if self.minor < 0 {
            f.write_str("\u{2212}")?;
        }
        write!(f, "{}", self.currency.symbol())?;
        let whole = whole.to_string();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if digits > 0 { write!(f, ".{fraction:0digits$}") } else { Ok(()) }
    }
}

/// Hundredths of a percent: 500 is 5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Percent(pub i32);

impl Percent {
    /// A whole percentage.
    #[must_use]
    pub const fn whole(percent: u8) -> Self {
        Self(percent as i32 * 100)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(i64::from(self.0), 2).normalize())
    }
}

impl Serialize for Money {
    /// With its currency's code; where nobody reads it (the compact form), with its number, which is told ten times faster.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            (self.minor, self.currency.code()).serialize(serializer)
        } else {
            (self.minor, self.currency.numeric()).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (minor, currency) = if deserializer.is_human_readable() {
            let (minor, code) = <(i64, String)>::deserialize(deserializer)?;
            (minor, Currency::from_code(&code))
        } else {
            let (minor, number) = <(i64, u16)>::deserialize(deserializer)?;
            (minor, Currency::from_numeric(number))
        };
        currency.map(|currency| Self::new(minor, currency)).ok_or_else(|| serde::de::Error::custom("unknown currency"))
    }
}
