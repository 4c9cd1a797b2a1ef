//! The parts of an address, each a field of its own.

use maud::{Markup, html};
use order_manager::address::{GeographicAddress, State};

use super::field::{Field, Filled, group};
use super::select::{SelectOption, select};
use super::text_input::{Size, TextInput, text_input};
use crate::messages::{Asks, Words};

/// The fields of an address under a name, in their order.
#[must_use]
pub fn address_fields<'a>(words: &'a Words, name: &str) -> [Field<'a>; 5] {
    let field = |part: &str, label| Field::new(format!("{name}.{part}"), label);
    [
        field("street", words.text("address-street")).hint(words.text("address-street-hint")),
        field("unit", words.text("address-unit")).optional(),
        field("city", words.text("address-city")),
        field("state", words.text("address-state")).asks(Asks::Choosing),
        field("zip", words.text("address-zip")),
    ]
}

/// An address: a group with the field's label, and its parts within. `autofill` is the section that browsers fill it in by
/// (`shipping`, `billing`); none for an address that is probably not the customer's own.
#[must_use]
pub fn address_group(filled: &Filled<'_>, field: &Field<'_>, autofill: Option<&str>) -> Markup {
    group(filled, field, |_| address_parts(filled, &field.name, autofill))
}

/// The parts of an address without a group, where the page's heading already says whose address it is.
#[must_use]
pub fn address_parts(filled: &Filled<'_>, name: &str, autofill: Option<&str>) -> Markup {
    let [street, unit, city, state, zip] = address_fields(filled.words, name);
    let token = |token: &str| autofill.map(|section| format!("{section} {token}"));
    let input = |name: &str, size| TextInput { autocomplete: token(name).map(Into::into), size, ..TextInput::default() };
    let states: Vec<_> = State::all()
        .map(|state| SelectOption { value: state.abbreviation().into(), label: state.name().into(), unavailable: None })
        .collect();
    html! {
        div .address {
            (text_input(filled, &street, &input("address-line1", Size::Whole)))
            (text_input(filled, &unit, &input("address-line2", Size::Whole)))
            (text_input(filled, &city, &input("address-level2", Size::Whole)))
            (select(filled, &state, &states, token("address-level1").as_deref()))
            (text_input(filled, &zip, &TextInput { inputmode: Some("numeric"), ..input("postal-code", Size::Short) }))
        }
    }
}

/// An address as it stands on an envelope.
#[must_use]
pub fn address_lines(address: &GeographicAddress) -> Markup {
    html! {
        (address.street) @if let Some(unit) = &address.unit { ", " (unit) }
        br;
        (address.city) ", " (address.state.abbreviation()) " " (address.zip)
    }
}
