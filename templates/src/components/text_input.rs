//! One line of text.

use std::borrow::Cow;

use maud::{Markup, html};

use super::field::{Field, Filled, single};

/// How a line of text is typed.
#[derive(Clone, Debug)]
pub struct TextInput<'a> {
    /// The `type` of the input.
    pub kind: Kind,
    /// The `autocomplete` token.
    pub autocomplete: Option<Cow<'a, str>>,
    /// Which keyboard a telephone shows.
    pub inputmode: Option<&'static str>,
    /// How much is expected.
    pub size: Size,
    /// What stands after it (`Mbps`).
    pub unit: Option<Cow<'a, str>>,
}

/// The `type` of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// Something nobody should read over a shoulder; what was typed is never sent back.
    Secret,
}

/// How wide an input is: as wide as its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// A line.
    #[default]
    Whole,
    /// Half a line.
    Medium,
    /// A few characters.
    Short,
}

impl Default for TextInput<'_> {
    fn default() -> Self {
        Self { kind: Kind::Text, autocomplete: None, inputmode: None, size: Size::Whole, unit: None }
    }
}

impl TextInput<'_> {
    /// A plain line with an `autocomplete` token.
    #[must_use]
    pub fn filled_in_by(token: &'static str) -> Self {
        Self { autocomplete: Some(token.into()), ..Self::default() }
    }
}

/// One line of text.
#[must_use]
pub fn text_input(filled: &Filled<'_>, field: &Field<'_>, input: &TextInput<'_>) -> Markup {
    let (kind, value) = match input.kind {
        Kind::Text => ("text", Some(filled.entered.text(&field.name))),
        Kind::Email => ("email", Some(filled.entered.text(&field.name))),
        Kind::Telephone => ("tel", Some(filled.entered.text(&field.name))),
        Kind::Secret => ("password", None),
    };
    let spellcheck = (input.kind != Kind::Text || input.inputmode.is_some()).then_some("false");
    let size = match input.size {
        Size::Whole => None,
        Size::Medium => Some("medium"),
        Size::Short => Some("short"),
    };
    single(filled, field, |wiring| {
        let control = html! {
            input type=(kind) id=(field.name) name=(field.name) value=[value.filter(|text| !text.is_empty())] class=[size]
                autocomplete=[&input.autocomplete] inputmode=[input.inputmode] spellcheck=[spellcheck]
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid];
        };
        match &input.unit {
            None => control,
            Some(unit) => html! { div .with-unit { (control) span .unit { (unit) } } },
        }
    })
}
