//! A drop-down list. Nothing is chosen for the customer: the first line is empty.

use std::borrow::Cow;

use maud::{Markup, html};

use super::details::details;
use super::field::{Field, Filled, single};
use crate::messages::Words;

/// A line of a drop-down list.
#[derive(Clone, Debug)]
pub struct SelectOption<'a> {
    /// What the form sends.
    pub value: Cow<'a, str>,
    /// What the customer reads, the price included.
    pub label: Cow<'a, str>,
    /// Why it can't be had, where it can't.
    pub unavailable: Option<String>,
}

/// A drop-down list.
#[must_use]
pub fn select(filled: &Filled<'_>, field: &Field<'_>, options: &[SelectOption<'_>], autocomplete: Option<&str>) -> Markup {
    let chosen = filled.entered.text(&field.name);
    single(filled, field, |wiring| {
        html! {
            select id=(field.name) name=(field.name) autocomplete=[autocomplete]
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid] {
                option value="" { (filled.words.text("select-empty")) }
                @for option in options {
                    // What can't be had any more stays shown as chosen until another is chosen.
                    option value=(option.value) selected[*option.value == *chosen] disabled[option.unavailable.is_some()] {
                        @match option.unavailable {
                            None => (option.label),
                            Some(_) => (filled.words.with("option-unavailable", &[("option", (&*option.label).into())])),
                        }
                    }
                }
            }
            (reasons(filled.words, options))
        }
    })
}

/// Why some can't be had, below the list: a line of the list has no room for it. More than a few reasons open on demand.
fn reasons(words: &Words, options: &[SelectOption<'_>]) -> Markup {
    let mut reasons: Vec<(&str, Vec<&str>)> = vec![];
    for option in options {
        let Some(why) = option.unavailable.as_deref() else { continue };
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, labels)) => labels.push(&option.label),
            None => reasons.push((why, vec![&option.label])),
        }
    }
    let said = html! {
        @for (why, labels) in &reasons {
            p .about { (words.with("option-because", &[("options", labels.join(", ").into()), ("because", (*why).into())])) }
        }
    };
    if reasons.len() > 2 { details(&words.text("option-reasons"), &said) } else { said }
}
