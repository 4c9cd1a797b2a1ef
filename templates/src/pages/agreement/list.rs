//! A customer's agreements: for the customer, and for staff who begin another.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::AgreementState;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::CustomerId;

use super::stage_tag;
use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::text_input::{TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The field with what a new agreement is called.
pub const NAME: &str = "name";
/// The hidden field with its identifier, minted with the page, so that sending it twice begins one.
pub const AGREEMENT: &str = "agreement";

/// The page.
#[derive(Clone, Debug)]
pub struct Agreements<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// The agreements, the last changed first.
    pub agreements: &'a [Line<'a>],
    /// The identifier that a new one gets, where the reader may begin one.
    pub new: Option<&'a str>,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// An agreement in the list.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Where it is.
    pub path: Path,
    /// What it is called.
    pub name: &'a str,
    /// Which version is meant.
    pub version: u32,
    /// How that stands.
    pub state: AgreementState,
    /// Since when.
    pub changed: Date,
    /// The last day of its term, once that is known.
    pub ends: Option<Date>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Agreements<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let name = Field::new(NAME, words.text("terms-name")).hint(words.text("agreements-name-hint"));
    let main = html! {
        h1 { (words.text("agreements-title")) }
        @if view.agreements.is_empty() { p { (words.text("agreements-none")) } }
        @else { ul .tasks { @for line in view.agreements { (entry(words, line)) } } }
        @if let Some(new) = view.new { (beginning(context, view, &filled, &name, new)) }
    };
    let problems = filled.problems(&[&name]);
    page(
        context,
        Page { back: Some(Path::customer(view.customer)), problems, ..Page::titled(words.text("agreements-title"), main) },
    )
}

fn entry(words: &Words, line: &Line<'_>) -> Markup {
    let version = words.with("agreement-version", &[("number", line.version.into())]);
    html! {
        li {
            div {
                a href=(line.path) { (line.name) }
                p .about {
                    (version) " · "
                    @match line.ends {
                        Some(day) => (words.with("deals-ends", &[("date", words.short_date(day).into())])),
                        None => (words.with("work-changed", &[("date", words.short_date(line.changed).into())])),
                    }
                }
            }
            div { (stage_tag(words, line.state)) }
        }
    }
}

fn beginning(context: &Context<'_>, view: &Agreements<'_>, filled: &Filled<'_>, name: &Field<'_>, new: &str) -> Markup {
    let words = context.words;
    let begin = words.text("agreements-begin");
    let controls = html! {
        input type="hidden" name=(AGREEMENT) value=(new);
        (text_input(filled, name, &TextInput::filled_in_by("off")))
        div .actions { (primary(&begin)) }
    };
    let action = Path::customer_agreements(view.customer);
    html! {
        h2 { (words.text("agreements-new")) }
        (form(context, &Form { action: &action, save: &begin, version: None, uploads: false }, &controls))
    }
}
