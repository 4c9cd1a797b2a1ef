//! Beginning as a new customer: who it is, and where service is wanted first.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};
use order_manager::party::CustomerKind;

use crate::components::address::{address_fields, address_group};
use crate::components::field::{Field, Filled};
use crate::components::radios::{Choice, radios};
use crate::components::text_input::{Kind, Size, TextInput, text_input};
use crate::layout::Context;
use crate::messages::Asks;
use crate::pages::question::{Question, question};
use crate::path::Path;

/// The field that says whether service is for a home or a business.
pub const KIND: &str = "kind";
/// Its value for a home.
pub const HOME: &str = "home";
/// Its value for a business.
pub const BUSINESS: &str = "business";
/// The field with the customer's name.
pub const NAME: &str = "name";
/// The field with the telephone number.
pub const PHONE: &str = "phone";
/// The name the address's fields begin with.
pub const ADDRESS: &str = "address";

/// The kind that a value of the field stands for.
#[must_use]
pub fn kind_of(value: &str) -> Option<CustomerKind> {
    match value {
        HOME => Some(CustomerKind::Residential),
        BUSINESS => Some(CustomerKind::Business),
        _ => None,
    }
}

/// Beginning as a new customer.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Begin<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let kind = Field::new(KIND, words.text("begin-kind")).asks(Asks::Choosing);
    let name = Field::new(NAME, words.text("begin-name")).hint(words.text("begin-name-hint"));
    let phone = Field::new(PHONE, words.text("begin-phone")).hint(words.text("begin-phone-hint"));
    let address = Field {
        first: Some(format!("{ADDRESS}.street").into()),
        ..Field::new(ADDRESS, words.text("begin-address")).hint(words.text("begin-address-hint"))
    };
    let parts = address_fields(words, ADDRESS);
    let fields: Vec<_> = [&kind, &name, &phone].into_iter().chain(&parts).collect();
    let kinds = [Choice::new(HOME, words.text("begin-home")), Choice::new(BUSINESS, words.text("begin-business"))];
    let page = Question {
        title: words.text("begin-title"),
        lede: words.text("begin-lede"),
        action: Path::ACCOUNT_NEW,
        button: words.text("begin-button"),
        back: Some(Path::ACCOUNT_LINK),
        problems: filled.problems(&fields),
        fields: html! {
            (radios(&filled, &kind, &kinds))
            (text_input(&filled, &name, &TextInput::filled_in_by("name")))
            (text_input(&filled, &phone, &TextInput { kind: Kind::Telephone, size: Size::Medium, ..TextInput::filled_in_by("tel") }))
            (address_group(&filled, &address, Some("shipping")))
        },
        after: html! {},
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, context};

    let nothing = Entered::default();
    let typed = Entered::from_iter([(KIND, BUSINESS), (PHONE, "12"), ("address.zip", "3030")]);
    let wrong = [
        FieldError::new(NAME, Reason::Missing),
        FieldError::new(PHONE, Reason::NotATelephoneNumber),
        FieldError::new("address.street", Reason::Missing),
        FieldError::new("address.zip", Reason::NotAZip),
    ];
    vec![
        Sample::new("account-new", render(&context(), &Begin { entered: &nothing, errors: &[] })),
        Sample::new("account-new-errors", render(&context(), &Begin { entered: &typed, errors: &wrong })),
    ]
}
