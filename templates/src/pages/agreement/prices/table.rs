//! The table itself: a row for each price, below its service.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::agreement::{Carried, Figure, PriceRow, RowStanding, Unit};
use order_manager::catalogue::Negotiability;
use order_manager::id::ApprovalLevelId;

use super::{Margins, Prices};
use crate::components::cell_input::cell_input;
use crate::components::field::{Field, Filled};
use crate::components::tag::{Tone, tag};
use crate::messages::Words;

/// The table. Each of its lines has its rows, and a field.
pub(super) fn table(view: &Prices<'_>, filled: &Filled<'_>, lines: &[&[PriceRow]], fields: &[Field<'_>]) -> Markup {
    let words = filled.words;
    let together: Vec<_> = lines.iter().zip(fields).collect();
    let service =
        |line: &(&&[PriceRow], &Field<'_>)| line.0.first().map(|row| (row.document.clone(), row.subject.offering.clone()));
    let columns = Columns::named(words);
    html! {
        div .scroll role="region" aria-label=(words.text("agreement-tab-prices")) tabindex="0" {
            table .compare.stack {
                caption .vh { (words.text("agreement-tab-prices")) }
                thead { tr {
                    th scope="col" { (words.text("price-for")) }
                    @for column in [&columns.list, &columns.floor, &columns.proposed, &columns.discount] {
                        th scope="col" { (column) }
                    }
                    @if view.margins == Margins::Shown { th scope="col" { (columns.margin) } }
                    th scope="col" { (columns.need) }
                } }
                @for service in together.chunk_by(|one, other| service(one) == service(other)) {
                    tbody {
                        @if let Some(first) = service.first().and_then(|(rows, _)| rows.first()) { (service_row(words, view, first)) }
                        @for (rows, field) in service {
                            @for (index, row) in rows.iter().enumerate() { (price(view, filled, &columns, field, index, row)) }
                        }
                    }
                }
            }
        }
    }
}

/// The row above a service's prices.
fn service_row(words: &Words, view: &Prices<'_>, first: &PriceRow) -> Markup {
    let columns = if view.margins == Margins::Shown { 7 } else { 6 };
    let document = view.documents.iter().find(|document| document.id == first.document);
    html! {
        tr {
            th .item scope="rowgroup" colspan=(columns) {
                (first.offering.in_language(words.language()))
                @if let Some(document) = document { p .about { (document.title) } }
                @if let Some(why) = fixed(words, &first.standing) { p .about { (why) } }
            }
        }
    }
}

/// What the columns are called: above them, and where there is no room beside each other, before each of their cells.
struct Columns<'a> {
    list: Cow<'a, str>,
    floor: Cow<'a, str>,
    proposed: Cow<'a, str>,
    discount: Cow<'a, str>,
    margin: Cow<'a, str>,
    need: Cow<'a, str>,
}

impl<'a> Columns<'a> {
    fn named(words: &'a Words) -> Self {
        Self {
            list: words.text("prices-list"),
            floor: words.text("prices-floor"),
            proposed: words.text("prices-proposed"),
            discount: words.text("prices-discount"),
            margin: words.text("prices-margin"),
            need: words.text("prices-need"),
        }
    }
}

fn price(
    view: &Prices<'_>,
    filled: &Filled<'_>,
    columns: &Columns<'_>,
    field: &Field<'_>,
    index: usize,
    row: &PriceRow,
) -> Markup {
    let words = filled.words;
    let is_open = view.head.is_open() && !matches!(row.standing, RowStanding::Fixed(_));
    html! {
        tr {
            th scope="row" {
                @if index == 0 { (row.label.in_language(words.language())) " " }
                span .about {
                    @if row.from > 1 || index > 0 { (words.with("prices-from", &[("count", row.from.into())])) " " }
                    (unit(words, &row.unit))
                }
            }
            td data-label=(columns.list) { (figure(row.list)) }
            td data-label=(columns.floor) { (floor(words, row)) }
            td data-label=(columns.proposed) {
                @if is_open && index == 0 { (cell_input(filled, field, "decimal")) }
                @if !is_open || index > 0 || !row.rate.is_list() { p .about { (figure(row.proposed)) } }
            }
            td data-label=(columns.discount) { (row.discount) "%" }
            @if view.margins == Margins::Shown { td data-label=(columns.margin) { (row.margin) "%" } }
            td data-label=(columns.need) { (needs(words, view, row)) }
        }
    }
}

fn unit<'a>(words: &'a Words, unit: &'a Unit) -> Cow<'a, str> {
    match unit {
        Unit::OneTime => words.text("prices-once"),
        Unit::OneTimeEach => words.text("prices-once-each"),
        Unit::Monthly => words.text("prices-each-month"),
        Unit::MonthlyEach => words.text("prices-each-month-each"),
        Unit::Usage(unit) => unit.in_language(words.language()).into(),
    }
}

fn figure(figure: Figure) -> String {
    match figure {
        Figure::Amount(amount) => amount.to_string(),
        Figure::PerUse(rate) => rate.to_string(),
    }
}

fn floor(words: &Words, row: &PriceRow) -> Markup {
    html! {
        (figure(row.floor))
        @if let Carried::OffNet(quote) = &row.carried {
            @let quoted = [("supplier", (&*quote.supplier).into()), ("date", words.short_date(quote.expires).into())];
            p .about { (words.with("prices-floor-quoted", &quoted)) }
        }
    }
}

/// What it takes to propose it.
fn needs(words: &Words, view: &Prices<'_>, row: &PriceRow) -> Markup {
    let name = |level: &ApprovalLevelId| {
        let level = view.catalogue.approval_levels().iter().find(|known| known.id == *level);
        level.map_or("", |level| level.name.in_language(words.language()))
    };
    html! {
        @match &row.standing {
            RowStanding::List | RowStanding::Own | RowStanding::Fixed(_) => "–",
            RowStanding::Needs(levels) => {
                @for level in levels {
                    @let tone = if view.given.iter().any(|given| given.level == *level) { Tone::Good } else { Tone::Attention };
                    p .about { (tag(tone, name(level))) }
                }
            }
            RowStanding::Waived(by) => (tag(Tone::Attention, &words.with("prices-waived", &[("name", (&*by.name).into())]))),
            RowStanding::BelowFloor => (tag(Tone::Bad, &words.text("prices-below-floor"))),
        }
    }
}

/// Why a price is not to be changed, where it is not.
pub(super) fn fixed<'a>(words: &'a Words, standing: &RowStanding) -> Option<Cow<'a, str>> {
    match standing {
        RowStanding::Fixed(Negotiability::Tariffed) => Some(words.text("prices-fixed")),
        RowStanding::Fixed(Negotiability::IndividualCase) => Some(words.text("prices-individual-case")),
        _ => None,
    }
}
