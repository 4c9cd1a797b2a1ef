//! Rates: what a customer pays instead of a list price.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::catalogue::{Amount, Catalogue, Charge, Negotiability, Price, ProductOffering, Tier};
use crate::id::{DocumentId, MalformedId, OfferingId, PriceId};
use crate::money::{Decimal, Money, MoneyError, Percent};

/// What a rate is for: a price of an offering. A price beside a choice is named after the question and the choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RateSubject {
    /// Which offering.
    pub offering: OfferingId,
    /// Which of its prices.
    pub price: PriceId,
}

impl fmt::Display for RateSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.offering, self.price)
    }
}

impl FromStr for RateSubject {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let (offering, price) = text.split_once('.').ok_or(MalformedId)?;
        Ok(Self { offering: offering.parse()?, price: price.parse()? })
    }
}

/// A line of an agreement's rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLine {
    /// The document it stands in.
    pub document: DocumentId,
    /// What it is for.
    pub subject: RateSubject,
    /// What is paid.
    pub agreed: Agreed,
    /// Over whose loop.
    pub carried: Carried,
}

/// What is paid, by how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// The same for any number.
    Flat(Rate),
    /// For each, by how many there are; ascending, the first from 1.
    ByVolume(Vec<VolumeTier>),
}

/// What is paid from so many on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeTier {
    /// From so many units.
    pub from: u32,
    /// Each.
    pub rate: Rate,
}

/// What is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// An amount, whatever the list price is.
    Amount(Money),
    /// The list price, less a share of it.
    Off(Percent),
}

impl Rate {
    /// The list price.
    pub const LIST: Self = Self::Off(Percent(0));

    /// What is paid of a list price.
    ///
    /// # Errors
    /// When the amount does not fit, or is in another currency.
    pub fn of(self, list: Money) -> Result<Money, MoneyError> {
        match self {
            Self::Amount(amount) if amount.currency() != list.currency() => Err(MoneyError::CurrencyMismatch),
            Self::Amount(amount) => Ok(amount),
            Self::Off(percent) => list.share(Percent(10_000 - percent.0)),
        }
    }

    /// What is paid of a list price by use, in major units. An amount is no rate by use, and leaves it as it is.
    #[must_use]
    pub fn of_use(self, list: Decimal) -> Decimal {
        match self {
            Self::Amount(_) => list,
            Self::Off(percent) => (list * Decimal::new(i64::from(10_000 - percent.0), 4)).normalize(),
        }
    }

    /// Whether it is the list price.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Off(Percent(0)))
    }
}

impl Agreed {
    /// The rate for so many units.
    #[must_use]
    pub fn rate_for(&self, count: i64) -> Rate {
        match self {
            Self::Flat(rate) => *rate,
            Self::ByVolume(tiers) => {
                tiers.iter().rev().find(|tier| i64::from(tier.from) <= count).map_or(Rate::LIST, |tier| tier.rate)
            }
        }
    }

    /// The rates, each with the number of units from which and up to which it counts.
    #[must_use]
    pub fn tiers(&self) -> Vec<(u32, Option<u32>, Rate)> {
        match self {
            Self::Flat(rate) => vec![(1, None, *rate)],
            Self::ByVolume(tiers) => {
                let next = tiers.iter().skip(1).map(|tier| Some(tier.from)).chain([None]);
                tiers.iter().zip(next).map(|(tier, until)| (tier.from, until, tier.rate)).collect()
            }
        }
    }

    /// Whether it is the list price, for any number.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.tiers().iter().all(|(_, _, rate)| rate.is_list())
    }
}

/// Over whose loop a service comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Over ours.
    OnNet,
    /// Over another company's, which quoted it to us.
    OffNet(LoopQuote),
}

/// What another company asks for its loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoopQuote {
    /// Which company.
    pub supplier: Box<str>,
    /// What its quote is known by.
    pub reference: Box<str>,
    /// Each month: no rate goes below the floor with this on top.
    pub monthly: Money,
    /// The last day on which it holds.
    pub expires: Date,
}

impl RateLine {
    /// What tells it apart from the agreement's other lines: the name of its field in a form.
    #[must_use]
    pub fn field(&self) -> String {
        format!("{}.{}", self.document, self.subject)
    }

    /// What is paid of a list price for each of so many units. Over our own loop, never more than the list price.
    ///
    /// # Errors
    /// As [`Rate::of`].
    pub fn of(&self, list: Money, count: i64) -> Result<Money, MoneyError> {
        self.carried.rated(self.agreed.rate_for(count), list)
    }
}

impl Carried {
    /// What a rate comes to: more than the list price only where another company's loop is paid with it.
    pub(super) fn rated(&self, rate: Rate, list: Money) -> Result<Money, MoneyError> {
        let amount = rate.of(list)?;
        Ok(match self {
            Self::OnNet if amount.minor() > list.minor() => list,
            Self::OnNet | Self::OffNet(_) => amount,
        })
    }

    /// What is paid to another company, on top of what the service costs us.
    #[must_use]
    pub const fn cost(&self) -> Option<Money> {
        match self {
            Self::OnNet => None,
            Self::OffNet(quote) => Some(quote.monthly),
        }
    }
}

/// How a price is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListPrice<'a> {
    /// Once.
    OneTime(&'a Amount),
    /// Each month.
    Monthly(&'a Amount),
    /// By use, in major units.
    Usage(Decimal),
}

impl RateSubject {
    /// What it names in a catalogue, with the list price; nothing where it names nothing that a rate can be for.
    #[must_use]
    pub fn in_catalogue<'a>(&self, catalogue: &'a Catalogue) -> Option<(&'a ProductOffering, &'a Price, ListPrice<'a>)> {
        let offering = catalogue.offering(&self.offering)?;
        let price = offering.prices.iter().find(|price| price.id == self.price)?;
        Some((offering, price, list_price(price)?))
    }

    /// Everything that a rate can be for in an offering.
    pub fn all_of(offering: &ProductOffering) -> impl Iterator<Item = Self> {
        let rated = offering.prices.iter().filter(|price| list_price(price).is_some_and(|list| !list.is_nothing()));
        rated.map(|price| Self { offering: offering.id.clone(), price: price.id.clone() })
    }
}

impl ListPrice<'_> {
    /// Whether nothing is charged.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::OneTime(Amount::Flat(amount)) | Self::Monthly(Amount::Flat(amount)) => amount.is_zero(),
            Self::OneTime(Amount::PerUnit { tiers, .. }) | Self::Monthly(Amount::PerUnit { tiers, .. }) => {
                tiers.iter().all(|tier| tier.each.is_zero())
            }
            Self::Usage(rate) => rate.is_zero(),
        }
    }

    /// Whether it is for each of several.
    #[must_use]
    pub const fn is_per_unit(&self) -> bool {
        matches!(self, Self::OneTime(Amount::PerUnit { .. }) | Self::Monthly(Amount::PerUnit { .. }))
    }

    /// The list prices of so many units and up to so many, that one excluded: several where the list has tiers of its own.
    #[must_use]
    pub fn between(&self, from: u32, until: Option<u32>) -> Vec<Money> {
        let (Self::OneTime(amount) | Self::Monthly(amount)) = self else { return vec![] };
        match amount {
            Amount::Flat(amount) => vec![*amount],
            Amount::PerUnit { tiers, .. } => {
                let ends = tiers.iter().skip(1).map(|tier| tier.from).chain([i64::MAX]);
                let overlaps =
                    |(tier, end): &(&Tier, i64)| i64::from(from) < *end && until.is_none_or(|until| tier.from < i64::from(until));
                tiers.iter().zip(ends).filter(overlaps).map(|(tier, _)| tier.each).collect()
            }
        }
    }
}

const fn list_price(price: &Price) -> Option<ListPrice<'_>> {
    match &price.charge {
        Charge::OneTime { amount } => Some(ListPrice::OneTime(amount)),
        Charge::Recurring { amount } => Some(ListPrice::Monthly(amount)),
        Charge::Usage { rate, .. } => Some(ListPrice::Usage(*rate)),
        Charge::EarlyTermination => None,
    }
}

impl ProductOffering {
    /// Whether its prices can be negotiated.
    #[must_use]
    pub fn is_negotiable(&self) -> bool {
        self.negotiability == Negotiability::Negotiable
    }
}
