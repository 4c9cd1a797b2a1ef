//! Somebody who has no account yet.

use maud::{Markup, html};
use order_manager::access::AccessReason;
use order_manager::entered::{Entered, FieldError};
use order_manager::party::CustomerKind;

use super::customer_access::reason_label;
use crate::components::address::{address_fields, address_group};
use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::radios::{Choice, radios};
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::Asks;
use crate::path::Path;

/// The field with the kind of customer: `household` or `business`.
pub const KIND: &str = "kind";
/// The field with the name.
pub const NAME: &str = "name";
/// The field with the contact's name.
pub const CONTACT: &str = "contact";
/// The field with the telephone number.
pub const PHONE: &str = "phone";
/// The field with the e-mail address.
pub const EMAIL: &str = "email";
/// What the fields of the address begin with.
pub const PLACE: &str = "place";
/// The field with the reason for opening the account.
pub const REASON: &str = "reason";

/// The kinds of customers, as the form sends them.
pub const KINDS: [(&str, CustomerKind); 2] = [("household", CustomerKind::Residential), ("business", CustomerKind::Business)];

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct NewCustomer<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &NewCustomer<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let kind = Field::new(KIND, words.text("new-customer-kind")).asks(Asks::Choosing);
    let name = Field::new(NAME, words.text("new-customer-name")).hint(words.text("new-customer-name-hint"));
    let contact =
        Field::new(CONTACT, words.text("new-customer-contact")).hint(words.text("new-customer-contact-hint")).optional();
    let phone = Field::new(PHONE, words.text("new-customer-phone"));
    let email = Field::new(EMAIL, words.text("new-customer-email")).hint(words.text("new-customer-email-hint"));
    let place = Field::new(PLACE, words.text("new-customer-place"));
    let reason = Field::new(REASON, words.text("new-customer-reason")).asks(Asks::Choosing);
    let kinds = [
        Choice::new(KINDS[0].0, words.text("new-customer-household")),
        Choice::new(KINDS[1].0, words.text("new-customer-business")),
    ];
    let reasons = AccessReason::ALL.map(|reason| Choice::new(reason.as_str(), reason_label(words, reason)));
    let button = words.text("new-customer-button");
    let plain = TextInput::filled_in_by("off");
    let fields = html! {
        (radios(&filled, &kind, &kinds))
        (text_input(&filled, &name, &plain))
        (text_input(&filled, &contact, &plain))
        (text_input(&filled, &phone, &TextInput { kind: Kind::Telephone, ..plain.clone() }))
        (text_input(&filled, &email, &TextInput { kind: Kind::Email, ..plain.clone() }))
        (address_group(&filled, &place, None))
        (radios(&filled, &reason, &reasons))
        div .actions { (primary(&button)) }
    };
    let main = html! {
        h1 { (words.text("new-customer-title")) }
        p .lede { (words.text("new-customer-lede")) }
        (form(context, &Form { action: &Path::NEW_CUSTOMER, save: &button, version: None, uploads: false }, &fields))
    };
    let parts = address_fields(words, PLACE);
    let mut all: Vec<&Field<'_>> = vec![&kind, &name, &contact, &phone, &email];
    all.extend(&parts);
    all.push(&reason);
    let problems = filled.problems(&all);
    page(context, Page { problems, back: Some(Path::CUSTOMERS), ..Page::titled(words.text("new-customer-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, staff};

    let (nothing, typed) = (Entered::default(), Entered::from_iter([(NAME, "Zoë O’Neil"), (PHONE, "404"), (KIND, "household")]));
    let wrong = [
        FieldError::new(PHONE, Reason::NotATelephoneNumber),
        FieldError::new(EMAIL, Reason::Missing),
        FieldError::new("place.zip", Reason::NotAZip),
        FieldError::new(REASON, Reason::Missing),
    ];
    let show = |name, entered, errors| Sample::new(name, render(&staff(), &NewCustomer { entered, errors }));
    vec![show("new-customer", &nothing, &[][..]), show("new-customer-errors", &typed, &wrong[..])]
}
