//! The contract summary of an item: what it costs, for how long, what happens then, and what leaving early costs.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;
use order_manager::catalogue::{AtTermEnd, EarlyTermination, ProductOffering};
use order_manager::id::OrderItemId;
use order_manager::money::Money;
use order_manager::pricing::{LineKind, OrderPrice, PriceLine};

use super::ordered::term;
use super::summary_list::Row;
use crate::messages::Words;

/// The summary's rows.
#[must_use]
pub fn contract_rows<'a>(
    words: &'a Words,
    offering: &ProductOffering,
    months: u16,
    price: &OrderPrice,
    item: OrderItemId,
) -> Vec<Row<'a>> {
    let row = |key, lines| Row { key, lines, change: None, file: None };
    let agreed = price.agreed_end(offering);
    let early = agreed.map(|agreed| &agreed.early_termination).or(offering.early_termination.as_ref());
    let mut rows = vec![
        row(words.text("review-contract-price"), price_lines(words, price, item)),
        row(words.text("details-term"), vec![term(words, months)]),
    ];
    if months > 0 {
        let together = agreed.and_then(|agreed| agreed.together).map(|day| together(words, day));
        let end = together.unwrap_or_else(|| at_the_end(words, offering.at_term_end, months));
        rows.push(row(words.text("review-contract-end"), vec![end]));
    }
    rows.push(row(words.text("review-contract-early"), leaving_early(words, early, months)));
    rows
}

/// Each month, at first and later, and once, surcharges and discounts included.
fn price_lines<'a>(words: &'a Words, price: &OrderPrice, item: OrderItemId) -> Vec<Cow<'a, str>> {
    let sum = |amount: fn(&PriceLine) -> Option<Money>| Money::sum(price.currency, price.of_item(item).filter_map(amount));
    let mut lines = vec![];
    if let Ok(monthly) = sum(PriceLine::monthly) {
        lines.push(words.with("price-monthly", &[("amount", monthly.to_string().into())]));
        lines.extend(later(words, price, item));
    }
    if let Some(once) = sum(PriceLine::once).ok().filter(|once| !once.is_zero()) {
        lines.push(words.with("price-once", &[("amount", once.to_string().into())]));
    }
    lines
}

/// What a month costs when a discount has ended, for each discount that ends.
fn later<'a>(words: &'a Words, price: &OrderPrice, item: OrderItemId) -> Vec<Cow<'a, str>> {
    let ends = |line: &PriceLine| match line.kind {
        LineKind::MonthlyDiscount { months, .. } => months,
        _ => None,
    };
    let after: BTreeSet<u16> = price.of_item(item).filter_map(ends).collect();
    let from_then = |months: u16| {
        let lasting = price.of_item(item).filter(|line| ends(line).is_none_or(|end| end > months));
        let monthly = Money::sum(price.currency, lasting.filter_map(PriceLine::monthly)).ok()?;
        let arguments = [("amount", monthly.to_string().into()), ("month", (months + 1).into())];
        Some(words.with("contract-later", &arguments))
    };
    after.into_iter().filter_map(from_then).collect()
}

fn at_the_end(words: &Words, end: AtTermEnd, months: u16) -> Cow<'_, str> {
    match end {
        AtTermEnd::RollMonthly => words.text("review-contract-rolls"),
        AtTermEnd::Renew => words.with("review-contract-renews", &[("months", months.into())]),
        AtTermEnd::Disconnect => words.text("review-contract-ends"),
    }
}

/// When an agreement ends all its services on one day.
fn together(words: &Words, day: Date) -> Cow<'_, str> {
    words.with("review-contract-together", &[("day", words.date(day).into())])
}

fn leaving_early<'a>(words: &'a Words, charge: Option<&EarlyTermination>, months: u16) -> Vec<Cow<'a, str>> {
    if months == 0 {
        return vec![words.text("review-contract-early-free")];
    }
    let Some(EarlyTermination { first_year, after, at_most }) = charge else {
        return vec![words.text("review-contract-early-none")];
    };
    // A contract of a year or less has nothing after its first year.
    let share = if first_year == after || months <= 12 {
        words.with("review-contract-early-same", &[("percent", first_year.to_string().into())])
    } else {
        let arguments = [("first", first_year.to_string().into()), ("after", after.to_string().into())];
        words.with("review-contract-early-first-year", &arguments)
    };
    let limit = at_most.map(|most| words.with("review-contract-early-most", &[("amount", most.to_string().into())]));
    std::iter::once(share).chain(limit).collect()
}
