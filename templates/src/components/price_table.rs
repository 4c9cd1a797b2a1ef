//! Prices by line and in total, monthly and one-time: the order summary's table.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::money::Money;
use order_manager::pricing::{LineKind, OrderPrice, PriceLine};

use crate::messages::Words;

/// A table of prices.
#[derive(Clone, Debug)]
pub struct PriceTable<'a> {
    /// What it shows.
    pub caption: Cow<'a, str>,
    /// Lines, in groups: an item each.
    pub groups: Vec<Group<'a>>,
    /// Totals.
    pub totals: Vec<Total<'a>>,
}

/// The lines of an item.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The item.
    pub title: Cow<'a, str>,
    /// What is charged or taken off.
    pub lines: Vec<Line<'a>>,
    /// What is still to come, such as that it is not priced yet.
    pub note: Option<Cow<'a, str>>,
}

/// A line of a price.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What it is for.
    pub label: Cow<'a, str>,
    /// How much, in words.
    pub amount: String,
    /// What it would be by the list, in words, where an agreement says otherwise.
    pub list: Option<String>,
}

/// A total.
#[derive(Clone, Debug)]
pub struct Total<'a> {
    /// Of what.
    pub label: Cow<'a, str>,
    /// How much.
    pub amount: Money,
    /// More about it.
    pub note: Option<Cow<'a, str>>,
    /// Whether it is the one that counts most.
    pub grand: bool,
}

impl<'a> Line<'a> {
    /// A line of the domain's own reckoning.
    #[must_use]
    pub fn of(words: &'a Words, line: &'a PriceLine) -> Self {
        let label = line.label.in_language(words.language());
        let (label, amount) = Self::said(words, label, &line.kind);
        Self { label, amount, list: None }
    }

    /// The same, with its list price where an agreement prices it.
    #[must_use]
    pub fn priced(words: &'a Words, line: &'a PriceLine, price: &OrderPrice) -> Self {
        let list = price.list_of(line).map(|list| {
            let (_, amount) = Self::said(words, "", list);
            words.with("price-list", &[("amount", amount.into())]).into_owned()
        });
        Self { list, ..Self::of(words, line) }
    }

    fn said<'b>(words: &'b Words, label: &'b str, kind: &'b LineKind) -> (Cow<'b, str>, String) {
        let monthly = |amount: Money| words.with("price-monthly", &[("amount", amount.to_string().into())]).into_owned();
        match kind {
            LineKind::Monthly(amount) | LineKind::Surcharge(amount) => (label.into(), monthly(*amount)),
            LineKind::MonthlyDiscount { amount, months: None } => (label.into(), monthly(*amount)),
            LineKind::MonthlyDiscount { amount, months: Some(months) } => {
                let arguments = [("label", label.into()), ("months", (*months).into())];
                (words.with("price-discount-months", &arguments), monthly(*amount))
            }
            LineKind::OneTime(amount) | LineKind::OneTimeDiscount(amount) => {
                (label.into(), words.with("price-once", &[("amount", amount.to_string().into())]).into_owned())
            }
            LineKind::Usage { rate, unit } => {
                let arguments = [("rate", rate.to_string().into()), ("unit", unit.in_language(words.language()).into())];
                (label.into(), words.with("price-usage", &arguments).into_owned())
            }
        }
    }
}

/// The table.
#[must_use]
pub fn price_table(words: &Words, table: &PriceTable<'_>) -> Markup {
    html! {
        table .prices {
            caption .vh { (table.caption) }
            thead .vh { tr { th scope="col" { (words.text("price-for")) } th scope="col" { (words.text("price-amount")) } } }
            @for group in &table.groups {
                tbody {
                    tr { th .item scope="colgroup" colspan="2" { (group.title) } }
                    @for line in &group.lines { tr {
                            th scope="row" { (line.label) @if let Some(list) = &line.list { br; span .about { (list) } } }
                            td { (line.amount) }
                        } }
                    @if let Some(note) = &group.note { tr { td .about colspan="2" { (note) } } }
                }
            }
            @if !table.totals.is_empty() {
                tfoot {
                    @for total in &table.totals {
                        tr .grand[total.grand] {
                            th scope="row" { (total.label) }
                            td { (total.amount) }
                        }
                        @if let Some(note) = &total.note { tr { td .about colspan="2" { (note) } } }
                    }
                }
            }
        }
    }
}
