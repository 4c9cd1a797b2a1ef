//! The term ladder: what the same prices come to over 12, 24, 36 and 60 months, side by side.

use maud::{Markup, html};
use order_manager::agreement::Rung;
use order_manager::entered::{Entered, FieldError};
use order_manager::money::Money;

use super::{Head, Tab, framed};
use crate::components::button::secondary;
use crate::components::field::Filled;
use crate::components::form::button_form;
use crate::components::ordered::term;
use crate::layout::Context;
use crate::messages::Words;

/// The field with the term that is taken.
pub const TERM: &str = "term";

/// The page.
#[derive(Clone, Debug)]
pub struct Ladder<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The terms, the shortest first.
    pub rungs: &'a [Rung],
    /// The term that the agreement has now, in months.
    pub chosen: u16,
    /// What is wrong with what was sent.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Ladder<'_>) -> Markup {
    let words = context.words;
    let row = |label: &str, amount: &dyn Fn(&Rung) -> Money| {
        html! { tr { th scope="row" { (label) } @for rung in view.rungs { td { (amount(rung)) } } } }
    };
    let content = html! {
        p .lede { (words.text("ladder-lede")) }
        div .scroll role="region" aria-label=(words.text("agreement-tab-ladder")) tabindex="0" {
            table .compare {
                caption .vh { (words.text("agreement-tab-ladder")) }
                thead { tr {
                    td {}
                    @for rung in view.rungs {
                        th scope="col" {
                            (months(words, rung.months))
                            @if rung.months == view.chosen { p .about { (words.text("ladder-chosen")) } }
                        }
                    }
                } }
                tbody {
                    (row(&words.text("price-each-month"), &|rung| rung.monthly))
                    (row(&words.text("ladder-once"), &|rung| rung.one_time))
                    (row(&words.text("ladder-total"), &|rung| rung.total))
                    (row(&words.text("ladder-saving"), &|rung| rung.saving))
                    (row(&words.text("ladder-termination"), &|rung| rung.ending_at_half))
                    @if view.head.is_open() {
                        tr {
                            td {}
                            @for rung in view.rungs {
                                td { @if rung.months != view.chosen { (taking(context, view, rung.months)) } }
                            }
                        }
                    }
                }
            }
        }
        p .about { (words.text("ladder-note")) }
    };
    let nothing = Entered::default();
    let filled = Filled { words, entered: &nothing, errors: view.errors };
    framed(context, &view.head, Tab::Ladder, filled.problems(&[]), &content)
}

fn months(words: &Words, months: u16) -> Markup {
    html! { (term(words, months)) }
}

fn taking(context: &Context<'_>, view: &Ladder<'_>, months: u16) -> Markup {
    let take = context.words.with("ladder-take", &[("months", months.into())]);
    let button = secondary(TERM, &months.to_string(), &take);
    button_form(context, &Tab::Ladder.path(view.head.agreement), Some(view.head.saved), &button)
}
