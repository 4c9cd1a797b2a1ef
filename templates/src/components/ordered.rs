//! A placed order in full: everything ordered, for whom, how it comes, who pays, and the price, all as placed.

use maud::{Markup, html};
use order_manager::catalogue::{Catalogue, TERM};
use order_manager::order::{Placed, PlacedItem};

use super::contract::contract_rows;
use super::item_name::item_name;
use super::order_details::{
    answer_groups, billing_rows, code_list, customer_rows, installation_rows, local_moment, placed_answers, placed_by_rows,
};
use super::order_summary::{placed_items, priced_items};
use super::summary_list::{Row, summary_list};
use crate::messages::Words;

/// What was ordered. The catalogue gives answers their words; what it has forgotten since is named as the order keeps it.
#[must_use]
pub fn ordered(words: &Words, order: &Placed, catalogue: &Catalogue) -> Markup {
    html! {
        h2 { (words.text("details-ordered")) }
        @for item in &order.items {
            section .card aria-labelledby={ (item.id) "--ordered" } {
                h3 id={ (item.id) "--ordered" } { (item_name(words, &item.action, &item.name)) }
                (answer_groups(words, &placed_answers(words, item, catalogue.form(&item.offering, &item.action))))
                (code_list(words, &item.codes))
                // Where the length of the contract was chosen, it stands among the answers.
                @if !item.answers.keys().any(|id| id.as_str() == TERM) {
                    (summary_list(words, &[Row::new(words.text("details-term"), term(words, item.term_months))]))
                }
                (contract(words, order, item, catalogue))
            }
        }
        h2 { (words.text("details-installation")) }
        (summary_list(words, &installation_rows(words, &order.installation, catalogue, None)))
        h2 { (words.text("details-billing")) }
        (summary_list(words, &billing_rows(words, &order.billing, &order.ordered_for, None)))
        h2 { (words.text("details-price")) }
        (priced_items(words, &order.price, &placed_items(words, order), &words.text("details-price")))
        h2 { (words.text("details-about")) }
        (summary_list(words, &about(words, order, catalogue)))
    }
}

/// The contract of an item. Only the catalogue by which it was ordered knows it.
fn contract(words: &Words, order: &Placed, item: &PlacedItem, catalogue: &Catalogue) -> Markup {
    let offering = catalogue.form(&item.offering, &item.action);
    let known = offering.filter(|_| order.catalogue == catalogue.version && item.action.brings());
    html! {
        @if let Some(offering) = known {
            h4 { (words.text("review-contract")) }
            (summary_list(words, &contract_rows(words, offering, item.term_months, &order.price, item.id)))
        }
    }
}

/// The length of a contract.
#[must_use]
pub fn term(words: &Words, months: u16) -> std::borrow::Cow<'_, str> {
    if months == 0 { words.text("term-monthly") } else { words.with("term-months", &[("months", months.into())]) }
}

fn about<'a>(words: &'a Words, order: &'a Placed, catalogue: &Catalogue) -> Vec<Row<'a>> {
    let mut rows = customer_rows(words, &order.ordered_for, &order.place);
    let version = [("version", order.terms_of_service.to_string().into())];
    rows.push(Row::new(words.text("details-placed"), words.moment(local_moment(catalogue, &order.place, order.placed))));
    rows.extend(placed_by_rows(words, order));
    rows.push(Row::new(words.text("details-terms"), words.with("details-version", &version)));
    rows
}
