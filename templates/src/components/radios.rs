//! One of a few, all of them seen.

use std::borrow::Cow;

use maud::{Markup, html};

use super::field::{Field, Filled, group};
use super::unbroken::unbroken;

/// Something to choose, with a radio button or a checkbox.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// What the form sends.
    pub value: Cow<'a, str>,
    /// What the customer reads.
    pub label: Cow<'a, str>,
    /// What it costs.
    pub price: Option<Cow<'a, str>>,
    /// More about it, or why it can't be had.
    pub hint: Option<Cow<'a, str>>,
    /// Whether it can't be had.
    pub disabled: bool,
}

impl<'a> Choice<'a> {
    /// A choice with a label alone.
    #[must_use]
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self { value: value.into(), label: label.into(), price: None, hint: None, disabled: false }
    }
}

/// Radio buttons, with nothing chosen for the customer.
#[must_use]
pub fn radios(filled: &Filled<'_>, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    group(filled, field, |_| {
        html! {
            // Where there is nothing to choose, the error summary still has to lead somewhere.
            @if choices.is_empty() { span id=(field.name) tabindex="-1" {} }
            @for (index, choice) in choices.iter().enumerate() { (tickable("radio", filled, field, index, choice)) }
        }
    })
}

/// One radio button or checkbox with its label. The first has the field's name for its id, so that a link to the field finds it.
pub(super) fn tickable(kind: &str, filled: &Filled<'_>, field: &Field<'_>, index: usize, choice: &Choice<'_>) -> Markup {
    let id = if index == 0 { field.name.to_string() } else { format!("{}--{}", field.name, index + 1) };
    let hint = choice.hint.as_ref().map(|_| format!("{id}--about"));
    let chosen = filled.entered.all(&field.name).iter().any(|entered| *entered == *choice.value);
    html! {
        div .tick {
            input type=(kind) id=(id) name=(field.name) value=(choice.value) checked[chosen] disabled[choice.disabled]
                aria-describedby=[&hint];
            label for=(id) { span { (unbroken(&choice.label)) } @if let Some(price) = &choice.price { " " span .price { (price) } } }
            @if let (Some(id), Some(text)) = (&hint, &choice.hint) { p .about id=(id) { (text) } }
        }
    }
}
