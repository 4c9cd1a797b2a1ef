//! The order so far and what it costs: the summary beside every step, and the full table where an order is checked or kept.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::id::OrderItemId;
use order_manager::money::{Money, MoneyError};
use order_manager::order::{Draft, Placed};
use order_manager::pricing::{LineKind, OrderPrice, PriceLine};

use super::item_name::item_name;
use super::price_table::{Group, Line, PriceTable, Total, price_table};
use crate::document::{Block, blocks};
use crate::messages::Words;

/// An item and its name.
#[derive(Clone, Debug)]
pub struct NamedItem<'a> {
    /// Which.
    pub id: OrderItemId,
    /// What it is called.
    pub name: Cow<'a, str>,
}

/// The items of a draft by name; one whose offering is gone from the catalogue has no name, and no price either.
#[must_use]
pub fn draft_items<'a>(words: &'a Words, draft: &Draft, catalogue: &'a Catalogue) -> Vec<NamedItem<'a>> {
    let named = draft.items.iter().filter_map(|item| {
        let offering = catalogue.offering(&item.offering)?;
        Some(NamedItem { id: item.id, name: item_name(words, &item.action, &offering.name) })
    });
    named.collect()
}

/// The items of a placed order, by the names they had then.
#[must_use]
pub fn placed_items<'a>(words: &'a Words, order: &'a Placed) -> Vec<NamedItem<'a>> {
    order.items.iter().map(|item| NamedItem { id: item.id, name: item_name(words, &item.action, &item.name) }).collect()
}

/// The summary of a draft, beside a step: what a page takes as its aside.
#[must_use]
pub fn draft_summary(words: &Words, draft: &Draft, catalogue: &Catalogue, price: &OrderPrice) -> Markup {
    order_summary(words, price, &draft_items(words, draft, catalogue))
}

/// The summary: open beside the step on a wide screen, one line that opens after the step on a narrow one.
///
/// Both are there, and the stylesheet shows one: a `details` that were open on wide screens only would be announced as closed.
#[must_use]
pub fn order_summary(words: &Words, price: &OrderPrice, items: &[NamedItem<'_>]) -> Markup {
    let title = words.text("summary-title");
    let collapsed = match price.monthly() {
        // Nothing is priced yet: that is no price of nothing.
        Ok(monthly) if !monthly.is_zero() || price.open.is_empty() => {
            words.with("summary-collapsed", &[("monthly", monthly.to_string().into())])
        }
        _ => title.clone(),
    };
    let content = if items.is_empty() {
        html! { p .about { (words.text("summary-empty")) } }
    } else {
        priced_items(words, price, items, &title)
    };
    html! {
        aside .order aria-label=(title) {
            details .narrow { summary { (collapsed) } (content) }
            div .wide { h2 { (title) } (content) }
        }
    }
}

/// The totals alone, where the lines stand beside them on the same page.
#[must_use]
pub fn order_totals(words: &Words, price: &OrderPrice, more: &Markup) -> Markup {
    let title = words.text("summary-title");
    let table = PriceTable { caption: title.clone(), groups: vec![], totals: totals(words, price).unwrap_or_default() };
    html! { aside .wide aria-label=(title) { h2 { (title) } (price_table(words, &table)) (more) } }
}

/// Every line of every item, the totals, and what has to be said about them.
#[must_use]
pub fn priced_items(words: &Words, price: &OrderPrice, items: &[NamedItem<'_>], caption: &str) -> Markup {
    blocks(words, &price_blocks(words, price, items, caption.into()))
}

/// The same, for a document.
#[must_use]
pub fn price_blocks<'a>(
    words: &'a Words,
    price: &'a OrderPrice,
    items: &[NamedItem<'a>],
    caption: Cow<'a, str>,
) -> Vec<Block<'a>> {
    let groups = items.iter().map(|item| Group {
        title: item.name.clone(),
        lines: price.of_item(item.id).map(|line| Line::priced(words, line, price)).collect(),
        note: price.open.contains(&item.id).then(|| words.text("summary-open")),
    });
    // Before anything is priced, totals of nothing would be read as the price.
    let none_yet = price.lines.is_empty() && !price.open.is_empty();
    let totals = if none_yet { Ok(vec![]) } else { totals(words, price) };
    let reckoned = totals.is_ok();
    let has = |wanted: fn(&LineKind) -> bool| price.lines.iter().any(|line| wanted(&line.kind));
    let table = PriceTable { caption, groups: groups.collect(), totals: totals.unwrap_or_default() };
    let under = price.under.as_ref();
    let notes = [
        under.map(|under| words.with("price-under", &[("agreement", (&*under.agreement.name).into())])),
        (!reckoned).then(|| words.text("price-unknown")),
        (!price.open.is_empty() && !none_yet).then(|| words.text("summary-open-note")),
        has(|kind| matches!(kind, LineKind::Usage { .. })).then(|| words.text("price-usage-note")),
        has(|kind| matches!(kind, LineKind::Surcharge(_))).then(|| words.text("price-estimated-note")),
    ];
    std::iter::once(Block::Prices(table)).chain(notes.into_iter().flatten().map(Block::Note)).collect()
}

fn totals<'a>(words: &'a Words, price: &OrderPrice) -> Result<Vec<Total<'a>>, MoneyError> {
    let total = |label, amount, note| Total { label, amount, note, grand: false };
    let over_term = words.with("price-over-term", &[("months", price.horizon_months.into())]);
    let monthly = price.monthly()?;
    Ok(vec![
        Total { grand: true, ..total(words.text("price-each-month"), monthly, after_discounts(words, price, monthly)?) },
        total(words.text("price-one-time"), price.one_time()?, None),
        total(words.text("price-first-bill"), price.first_bill()?, Some(words.text("price-first-bill-hint"))),
        total(over_term, price.over_term()?, None),
    ])
}

/// What a month costs once every discount that ends has ended, when that is another amount.
fn after_discounts<'a>(words: &'a Words, price: &OrderPrice, monthly: Money) -> Result<Option<Cow<'a, str>>, MoneyError> {
    let lasting = |line: &&PriceLine| !matches!(line.kind, LineKind::MonthlyDiscount { months: Some(_), .. });
    let later = Money::sum(price.currency, price.lines.iter().filter(lasting).filter_map(PriceLine::monthly))?;
    Ok((later != monthly).then(|| words.with("price-later", &[("amount", later.to_string().into())])))
}

/// The summary in states that no page's own samples have.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::layout::{Page, page};
    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let begun = sample::begun(&catalogue);
    let context = sample::context();
    let shown = |price: &OrderPrice, items: &[NamedItem<'_>]| {
        let aside = Some(order_summary(context.words, price, items));
        page(&context, Page { aside, ..Page::titled("Order summary", html! { h1 { "Order summary" } }) })
    };
    let empty = OrderPrice { lines: vec![], open: vec![], ..begun.priced.price.clone() };
    vec![
        Sample::new("order-summary-open", shown(&begun.priced.price, &draft_items(context.words, &begun, &catalogue))),
        Sample::new("order-summary-empty", shown(&empty, &[])),
    ]
}
