//! The commitment meter: what a year's commitment is, what was spent of it, and what an order adds.

use jiff::ToSpan;
use jiff::civil::Date;

use super::sheet::RateSheet;
use super::terms::{Commitment, CountedCharge};
use crate::catalogue::Catalogue;
use crate::money::{Money, MoneyError};
use crate::order::Draft;
use crate::party::Product;
use crate::pricing::{LineKind, OrderPrice};

/// A year of an agreement, and what the services in place come to in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSpend {
    /// Which year of the agreement, counted from 0.
    pub year: usize,
    /// Its last day.
    pub ends: Date,
    /// What the services in place come to over it.
    pub in_place: Money,
}

/// How a year's commitment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// The last day of the year.
    pub ends: Date,
    /// What is committed to.
    pub committed: Money,
    /// What the services in place come to over the year.
    pub in_place: Money,
    /// What the order adds until the year's end.
    pub order: Money,
    /// What is still missing with the order; nothing where the commitment is met.
    pub missing: Money,
    /// What is paid for what is missing.
    pub shortfall: Money,
}

/// The year of an agreement that a day is in, with what the services in place where it counts come to over it.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn year_spend(sheet: &RateSheet, products: &[Product], catalogue: &Catalogue, today: Date) -> Result<YearSpend, MoneyError> {
    let currency = catalogue.currency();
    let year = usize::try_from(months_between(sheet.from, today) / 12).unwrap_or(0);
    let starts = add_months(sheet.from, year * 12);
    let ends = add_months(sheet.from, (year + 1) * 12).yesterday().unwrap_or(Date::MAX);
    let counts = |product: &&Product| {
        let family = catalogue.offering(&product.offering).map(|offering| offering.family);
        sheet.sites.cover(product.site)
            && sheet.commitment.as_ref().zip(family).is_some_and(|(commitment, family)| {
                commitment.families.contains(&family) && commitment.charges.contains(&CountedCharge::Monthly)
            })
    };
    let over_year = |product: &Product| {
        let from = product.since.max(starts);
        let months = months_between(from, ends.tomorrow().unwrap_or(ends));
        product.monthly.times(months.clamp(0, 12))
    };
    let amounts: Vec<_> = products.iter().filter(counts).map(over_year).collect::<Result<_, _>>()?;
    Ok(YearSpend { year, ends, in_place: Money::sum(currency, amounts)? })
}

/// How a year's commitment stands with an order; nothing where nothing is committed to.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn meter(
    commitment: &Commitment,
    spend: &YearSpend,
    draft: &Draft,
    price: &OrderPrice,
    catalogue: &Catalogue,
    from: Date,
) -> Result<Option<Meter>, MoneyError> {
    let Some(committed) = commitment.in_year(spend.year) else { return Ok(None) };
    let months = months_between(from, spend.ends.tomorrow().unwrap_or(spend.ends)).clamp(0, 12);
    let mut order = Money::zero(price.currency);
    for line in &price.lines {
        let item = draft.item(line.item).filter(|item| item.action.brings());
        let family = item.and_then(|item| catalogue.offering(&item.offering)).map(|offering| offering.family);
        if !family.is_some_and(|family| commitment.families.contains(&family)) {
            continue;
        }
        let (charge, months) = match &line.kind {
            LineKind::Monthly(amount) => (Some((*amount, CountedCharge::Monthly)), months),
            LineKind::MonthlyDiscount { amount, months: limit } => {
                (Some((*amount, CountedCharge::Monthly)), limit.map_or(months, |limit| months.min(i64::from(limit))))
            }
            LineKind::OneTime(amount) | LineKind::OneTimeDiscount(amount) => (Some((*amount, CountedCharge::OneTime)), 1),
            LineKind::Surcharge(_) | LineKind::Usage { .. } => (None, 0),
        };
        if let Some((amount, _)) = charge.filter(|(_, kind)| commitment.charges.contains(kind)) {
            order = order.plus(amount.times(months)?)?;
        }
    }
    let missing = committed.minor() - spend.in_place.plus(order)?.minor();
    let missing = Money::new(missing.max(0), price.currency);
    let shortfall = missing.share(commitment.shortfall)?;
    Ok(Some(Meter { ends: spend.ends, committed, in_place: spend.in_place, order, missing, shortfall }))
}

/// The whole months from one day to another; nothing where that is before.
fn months_between(from: Date, to: Date) -> i64 {
    if to <= from {
        return 0;
    }
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    months - i64::from(to.day() < from.day())
}

fn add_months(day: Date, months: usize) -> Date {
    let months = i32::try_from(months).unwrap_or(i32::MAX);
    day.saturating_add(months.months())
}
