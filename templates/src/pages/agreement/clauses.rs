//! The clauses: each in its standard wording, or changed for a reason.

use maud::{Markup, html};
use order_manager::agreement::{Clause, Wording};
use order_manager::entered::{Entered, FieldError};

use super::{Head, Tab, framed};
use crate::components::button::primary;
use crate::components::details::details;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::radios::{Choice, radios};
use crate::components::tag::{Tone, tag};
use crate::components::text_input::{TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::Context;
use crate::messages::{Asks, Words};

/// What the name of the field ends with that says which wording a clause has.
pub const WORDING: &str = "-wording";
/// What the name of the field with a changed wording ends with.
pub const TEXT: &str = "-text";
/// What the name of the field with the reason for it ends with.
pub const REASON: &str = "-reason";
/// The clause stands as it always does.
pub const STANDARD: &str = "standard";
/// The clause is worded otherwise.
pub const CHANGED: &str = "changed";

/// The page.
#[derive(Clone, Debug)]
pub struct Clauses<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The clauses in their order.
    pub clauses: &'a [Clause],
    /// What was typed, or is saved.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Clauses<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    if !view.head.is_open() {
        let content = html! { @for clause in view.clauses { (read_only(words, clause)) } };
        return framed(context, &view.head, Tab::Clauses, vec![], &content);
    }
    let fields: Vec<_> = view.clauses.iter().map(|clause| (clause, Fields::new(words, clause))).collect();
    let save = words.text("clauses-save");
    let all = html! {
        @for (clause, fields) in &fields { (asking(words, &filled, clause, fields)) }
        div .actions { (primary(&save)) }
    };
    let action = Tab::Clauses.path(view.head.agreement);
    let content = html! {
        div .column {
            p .lede { (words.text("clauses-lede")) }
            (form(context, &Form { action: &action, save: &save, version: Some(view.head.saved), uploads: false }, &all))
        }
    };
    let known: Vec<_> = fields.iter().flat_map(|(_, fields)| [&fields.wording, &fields.text, &fields.reason]).collect();
    framed(context, &view.head, Tab::Clauses, filled.problems(&known), &content)
}

/// The fields of a clause.
struct Fields<'a> {
    wording: Field<'a>,
    text: Field<'a>,
    reason: Field<'a>,
}

impl<'a> Fields<'a> {
    fn new(words: &'a Words, clause: &Clause) -> Self {
        let clause_title = [("clause", (&*clause.heading).into())];
        Self {
            wording: Field::new(format!("{}{WORDING}", clause.id), clause.heading.to_string()).asks(Asks::Choosing),
            text: Field::new(format!("{}{TEXT}", clause.id), words.with("clauses-text", &clause_title)),
            reason: Field::new(format!("{}{REASON}", clause.id), words.with("clauses-reason", &clause_title))
                .hint(words.text("clauses-reason-hint")),
        }
    }
}

fn asking(words: &Words, filled: &Filled<'_>, clause: &Clause, fields: &Fields<'_>) -> Markup {
    let choices = [
        Choice { hint: Some((&*clause.standard).into()), ..Choice::new(STANDARD, words.text("clauses-standard")) },
        Choice::new(CHANGED, words.text("clauses-changed")),
    ];
    let wrong = [&fields.text, &fields.reason].into_iter().any(|field| !filled.wrong_with(field).is_empty());
    let other = html! {
        (textarea(filled, &fields.text, 4, Some("off")))
        (text_input(filled, &fields.reason, &TextInput::filled_in_by("off")))
    };
    html! {
        section .card {
            (radios(filled, &fields.wording, &choices))
            // What is changed, or wrong, is seen at once.
            @if clause.wording != Wording::Standard || wrong { (other) } @else { (details(&words.text("clauses-other"), &other)) }
        }
    }
}

fn read_only(words: &Words, clause: &Clause) -> Markup {
    html! {
        section .card .column {
            h2 { (clause.heading) }
            @match &clause.wording {
                Wording::Standard => p { (clause.standard) },
                Wording::Changed { text, reason } => {
                    p { (tag(Tone::Attention, &words.text("clauses-changed"))) }
                    p { (text) }
                    p .about { (words.with("clauses-because", &[("reason", (&**reason).into())])) }
                    (details(&words.text("clauses-standard"), &html! { p { (clause.standard) } }))
                }
            }
        }
    }
}
