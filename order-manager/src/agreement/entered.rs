//! Amounts, percentages and rates as a person enters them.

use super::Rate;
use super::decide::MOST_AMOUNT;
use crate::entered::Reason;
use crate::money::{Currency, Decimal, Money, Percent};

/// Reads an amount such as `59.95`, `$1,200` or `USD 1200.00`.
///
/// # Errors
/// [`Reason::NotAnAmount`]; [`Reason::AmountOutOfRange`] when it is negative or more than [`MOST_AMOUNT`].
pub fn read_amount(text: &str, currency: Currency) -> Result<Money, Reason> {
    let text = text.trim();
    // What nobody would write out, the decimal's own bounds included.
    if text.chars().count() > 30 {
        return Err(Reason::NotAnAmount);
    }
    let bare = text.strip_prefix(&currency.symbol().to_string()).unwrap_or(text).trim_start().replace(',', "");
    let amount = Money::parse(&bare, currency).filter(|amount| amount.currency() == currency).ok_or(Reason::NotAnAmount)?;
    in_range(amount)
}

/// An amount that is within its range.
pub(super) fn in_range(amount: Money) -> Result<Money, Reason> {
    if (0..=MOST_AMOUNT).contains(&amount.minor()) {
        return Ok(amount);
    }
    let currency = amount.currency();
    Err(Reason::AmountOutOfRange { least: Money::zero(currency), most: Money::new(MOST_AMOUNT, currency) })
}

/// Reads a percentage such as `12.5` or `12.5 %`, of 0 to 100.
///
/// # Errors
/// [`Reason::NotAPercentage`].
pub fn read_percent(text: &str) -> Result<Percent, Reason> {
    let bare = text.trim().trim_end_matches('%').trim_end();
    let hundredths = bare.parse::<Decimal>().ok().and_then(|share| share.checked_mul(100.into())).map(|share| share.normalize());
    let hundredths = hundredths.filter(|share| share.scale() == 0).and_then(|share| i32::try_from(share.mantissa()).ok());
    match hundredths {
        Some(hundredths @ 0..=10_000) => Ok(Percent(hundredths)),
        _ => Err(Reason::NotAPercentage),
    }
}

/// Reads a rate: an amount, or a percentage off the list price where it ends in a percent sign.
///
/// # Errors
/// As [`read_amount`] and [`read_percent`].
pub fn read_rate(text: &str, currency: Currency) -> Result<Rate, Reason> {
    if text.trim_end().ends_with('%') { read_percent(text).map(Rate::Off) } else { read_amount(text, currency).map(Rate::Amount) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_reads_as_people_write_it_and_nothing_else_does() {
        let money = |minor| Ok(Rate::Amount(Money::new(minor, Currency::USD)));
        let off = |hundredths| Ok(Rate::Off(Percent(hundredths)));
        let range =
            Reason::AmountOutOfRange { least: Money::new(0, Currency::USD), most: Money::new(MOST_AMOUNT, Currency::USD) };
        let rows = [
            ("59.95", money(5_995)),
            (" $1,200 ", money(120_000)),
            ("USD 12.5", money(1_250)),
            ("0", money(0)),
            ("12.5 %", off(1_250)),
            ("100%", off(10_000)),
            ("100.01%", Err(Reason::NotAPercentage)),
            ("-1%", Err(Reason::NotAPercentage)),
            ("0.001%", Err(Reason::NotAPercentage)),
            ("-1", Err(range.clone())),
            ("10000000.01", Err(range)),
            ("99999999999999999999999999999999999999", Err(Reason::NotAnAmount)),
            ("99999999999999999999999999", Err(Reason::NotAnAmount)),
            ("59.955", Err(Reason::NotAnAmount)),
            ("EUR 5", Err(Reason::NotAnAmount)),
            ("", Err(Reason::NotAnAmount)),
            ("%", Err(Reason::NotAPercentage)),
        ];
        for (text, expected) in rows {
            assert_eq!(read_rate(text, Currency::USD), expected, "{text}");
        }
    }
}
