//! The banner that says that an order's price is another one now: every amount that is, before and after.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::money::{Money, MoneyError};
use order_manager::order::PriceChange;
use order_manager::pricing::{OrderPrice, PriceLine};

use super::banner::banner;
use super::price_table::Line;
use super::tag::Tone;
use crate::messages::Words;

/// An amount before and after.
struct Compared<'a> {
    label: Cow<'a, str>,
    before: Cow<'a, str>,
    now: Cow<'a, str>,
}

/// The banner, with what it is called, and why the price is another one.
#[must_use]
pub fn price_change(words: &Words, title: &str, why: &str, change: &PriceChange) -> Markup {
    let lines = lines(words, change);
    let totals = totals(words, change);
    let table = html! {
        p { (why) }
        table .compare {
            thead {
                tr {
                    th scope="col" { (words.text("price-for")) }
                    th scope="col" { (words.text("price-change-before")) }
                    th scope="col" { (words.text("price-change-now")) }
                }
            }
            tbody { @for line in &lines { (row(line)) } }
            tfoot { @for total in &totals { (row(total)) } }
        }
    };
    banner(Tone::Attention, title, &table)
}

fn row(compared: &Compared<'_>) -> Markup {
    html! { tr { th scope="row" { (compared.label) } td { (compared.before) } td { (compared.now) } } }
}

/// The lines that are not the same on both sides.
fn lines<'a>(words: &'a Words, change: &'a PriceChange) -> Vec<Compared<'a>> {
    let same = |a: &PriceLine, b: &PriceLine| {
        (a.item, &a.id, std::mem::discriminant(&a.kind)) == (b.item, &b.id, std::mem::discriminant(&b.kind))
    };
    let none = || words.text("price-change-none");
    let said = |line: Option<&'a PriceLine>| line.map_or_else(none, |line| Line::of(words, line).amount.into());
    let label = |line: &'a PriceLine| Line::of(words, line).label;
    let (before, after) = (&change.before.lines, &change.after.lines);
    let changed = before.iter().filter_map(|line| {
        let now = after.iter().find(|candidate| same(line, candidate));
        let unchanged = now.is_some_and(|now| now.kind == line.kind);
        (!unchanged).then(|| Compared { label: label(now.unwrap_or(line)), before: said(Some(line)), now: said(now) })
    });
    let added = after.iter().filter(|line| !before.iter().any(|candidate| same(line, candidate)));
    changed.chain(added.map(|line| Compared { label: label(line), before: none(), now: said(Some(line)) })).collect()
}

fn totals<'a>(words: &'a Words, change: &PriceChange) -> Vec<Compared<'a>> {
    let compare = |label: Cow<'a, str>, amount: fn(&OrderPrice) -> Result<Money, MoneyError>| {
        let said = |price| amount(price).map_or_else(|_| words.text("price-unknown"), |amount| amount.to_string().into());
        Compared { label, before: said(&change.before), now: said(&change.after) }
    };
    let over_term = words.with("price-over-term", &[("months", change.after.horizon_months.into())]);
    vec![
        compare(words.text("price-each-month"), OrderPrice::monthly),
        compare(words.text("price-first-bill"), OrderPrice::first_bill),
        compare(over_term, OrderPrice::over_term),
    ]
}
