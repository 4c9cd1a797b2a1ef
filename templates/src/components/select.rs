//! A drop-down list. Nothing is chosen for the customer: the first line is empty.

use std::borrow::Cow;

use maud::{Markup, html};

use super::field::{Field, Filled, single};

/// A line of a drop-down list.
#[derive(Clone, Debug)]
pub struct SelectOption<'a> {
    /// What the form sends.
    pub value: Cow<'a, str>,
    /// What the customer reads: the price and, when it can't be had, the reason included.
    pub label: Cow<'a, str>,
    /// Whether it can't be had.
    pub disabled: bool,
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
                    // What can't be had any more stays shown as chosen, with its reason, until another is chosen.
                    option value=(option.value) selected[*option.value == *chosen] disabled[option.disabled] { (option.label) }
                }
            }
        }
    })
}
