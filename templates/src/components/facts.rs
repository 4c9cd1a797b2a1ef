//! A placed order's facts in short, beside its page on a wide screen. On a narrow one they stand in the page itself.

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::order::{Placed, Visit};

use super::order_details::{appointment, customer_rows, local_moment};
use super::summary_list::{Row, summary_list};
use crate::messages::Words;
use crate::path::Path;

/// The card: what a page takes as its aside.
#[must_use]
pub fn order_facts(words: &Words, order: &Placed, catalogue: &Catalogue) -> Markup {
    let placed = local_moment(catalogue, &order.place, order.placed).date();
    let mut rows = vec![
        Row::new(words.text("facts-reference"), order.id.reference()),
        Row::new(words.text("details-placed"), words.date(placed)),
    ];
    rows.extend(customer_rows(words, &order.ordered_for, &order.place).pop());
    rows.push(match &order.installation.visit {
        Visit::Technician(slot) => Row {
            lines: appointment(words, slot, catalogue).into_iter().map(Into::into).collect(),
            ..Row::new(words.text("details-appointment"), "")
        },
        Visit::None { requested } => Row::new(words.text("details-requested"), words.date(*requested)),
    });
    if let Ok(monthly) = order.price.monthly() {
        rows.push(Row::new(words.text("price-each-month"), monthly.to_string()));
    }
    if let Ok(first) = order.price.first_bill() {
        rows.push(Row::new(words.text("price-first-bill"), first.to_string()));
    }
    rows.push(Row::new(words.text("facts-questions"), words.text("help-phone")));
    html! {
        aside .account .wide aria-labelledby="facts" {
            h2 #facts { (words.text("facts-title")) }
            (summary_list(words, &rows))
            p { a href=(Path::HELP) { (words.text("facts-help")) } }
        }
    }
}
