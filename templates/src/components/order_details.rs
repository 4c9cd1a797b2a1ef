//! What an order says, as questions and answers: the same rows where an order is checked, kept and followed.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::calendar::company_zone;
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::characteristic::{Asked, Characteristic, ValueType};
use order_manager::codes::Code;
use order_manager::id::CharacteristicId;
use order_manager::inventory::AppointmentSlot;
use order_manager::order::{
    BillTo, Billing, ConsentChannel, Disclosure, Installation, ItemState, OrderState, OrderedFor, Placed, PlacedBy, PlacedItem,
    ServicePlace, Visit,
};
use order_manager::party::{BillDelivery, Contact};
use order_manager::text::Text;
use order_manager::value::{Answers, Value};

use super::order_state::order_state;
use super::summary_list::{Row, summary_list};
use crate::answers::answer_in_words;
use crate::messages::Words;
use crate::path::Path;

/// The answers given in one place: an offering's page, or a dialog with its title.
#[derive(Clone, Debug)]
pub struct AnswerGroup<'a> {
    /// The dialog's title.
    pub title: Option<&'a Text>,
    /// Questions and answers.
    pub rows: Vec<Row<'a>>,
}

/// The groups, each dialog under its title; groups without a row are left out.
#[must_use]
pub fn answer_groups(words: &Words, groups: &[AnswerGroup<'_>]) -> Markup {
    html! {
        @for group in groups.iter().filter(|group| !group.rows.is_empty()) {
            @if let Some(title) = group.title { h4 { (title.in_language(words.language())) } }
            (summary_list(words, &group.rows))
        }
    }
}

/// The codes that follow from an item's answers, for those who build it; nothing where there are none.
#[must_use]
pub fn code_list(words: &Words, codes: &[Code]) -> Markup {
    let rows = code_rows(words, codes);
    html! {
        @if !rows.is_empty() { details { summary { (words.text("field-technical")) } (summary_list(words, &rows)) } }
    }
}

/// The codes, each with what it is.
#[must_use]
pub fn code_rows(words: &Words, codes: &[Code]) -> Vec<Row<'static>> {
    let row = |code: &Code| Row::new(code.label.in_language(words.language()).to_owned(), code.code.to_string());
    codes.iter().map(row).collect()
}

/// A question of the catalogue and its answer, with the page on which it can be changed.
#[must_use]
pub fn answer_row<'a>(words: &Words, question: &'a Characteristic, answers: &Answers, page: Option<&Path>) -> Row<'a> {
    let said = answers.get(&question.id).map(|value| answer_in_words(value, Some(question), words)).unwrap_or_default();
    Row {
        key: question.label.in_language(words.language()).into(),
        lines: said.into_iter().map(Cow::Owned).collect(),
        change: page.map(|page| page.at(&field_id(question))),
        file: answers.get(&question.id).and_then(|value| file_of(value, &question.id)),
    }
}

/// Where an answer is that is a file.
fn file_of(value: &Value, question: &CharacteristicId) -> Option<Path> {
    let Value::File(file) = value else { return None };
    file.sent_for().map(|(order, item)| Path::file(order, item, question))
}

/// The id of the first control that a question has on its page.
#[must_use]
pub fn field_id(question: &Characteristic) -> String {
    match question.value {
        ValueType::Address(_) => format!("{}.street", question.id),
        _ => question.id.to_string(),
    }
}

/// What was answered for a placed item, in the catalogue's order. Answers to questions that the catalogue has forgotten come
/// last, under the names the order keeps.
#[must_use]
pub fn placed_answers<'a>(words: &Words, item: &PlacedItem, offering: Option<&'a ProductOffering>) -> Vec<AnswerGroup<'a>> {
    answered(words, &item.answers, offering)
}

/// What was answered for a service in place, in the catalogue's order.
#[must_use]
pub fn product_answers<'a>(words: &Words, answers: &Answers, offering: &'a ProductOffering) -> Vec<AnswerGroup<'a>> {
    answered(words, answers, Some(offering))
}

fn answered<'a>(words: &Words, answers: &Answers, offering: Option<&'a ProductOffering>) -> Vec<AnswerGroup<'a>> {
    let questions = offering.map_or(&[][..], |offering| &offering.characteristics);
    let rows = |asked: &Asked| {
        let answered = questions.iter().filter(|question| question.asked == *asked && answers.contains_key(&question.id));
        answered.map(|question| answer_row(words, question, answers, None)).collect()
    };
    let mut groups = vec![AnswerGroup { title: None, rows: rows(&Asked::OnPage) }];
    for dialog in offering.map_or(&[][..], |offering| &offering.dialogs) {
        groups.push(AnswerGroup { title: Some(&dialog.title), rows: rows(&Asked::InDialog(dialog.id.clone())) });
    }
    let forgotten = answers.iter().filter(|(id, _)| questions.iter().all(|question| question.id != **id));
    let forgotten = forgotten.map(|(id, value)| Row {
        key: id.to_string().into(),
        lines: answer_in_words(value, None, words).into_iter().map(Cow::Owned).collect(),
        change: None,
        file: file_of(value, id),
    });
    groups.push(AnswerGroup { title: None, rows: forgotten.collect() });
    groups
}

/// For whom and where.
#[must_use]
pub fn customer_rows<'a>(words: &'a Words, customer: &'a OrderedFor, place: &ServicePlace) -> Vec<Row<'a>> {
    vec![
        Row::new(words.text("details-customer"), &*customer.name),
        Row::new(words.text("details-account-number"), &*customer.account_number),
        Row { key: words.text("details-service-address"), lines: envelope(&place.address), change: None, file: None },
    ]
}

/// Who placed an order, where that was not the customer: on whose word, and how it was given.
#[must_use]
pub fn placed_by_rows<'a>(words: &'a Words, order: &'a Placed) -> Vec<Row<'a>> {
    let PlacedBy::Staff(staff, consent) = &order.placed_by else { return vec![] };
    let channel = match consent.channel {
        ConsentChannel::Call => words.text("consent-call"),
        ConsentChannel::InPerson => words.text("consent-in-person"),
        ConsentChannel::Writing => words.text("consent-writing"),
    };
    let given = words.date(consent.given);
    let told = consent.told.iter().map(|disclosure| match disclosure {
        Disclosure::BroadbandLabel => words.text("details-told-broadband-label"),
    });
    vec![
        Row::new(words.text("details-placed-by"), &*staff.name),
        Row {
            key: words.text("details-consent"),
            lines: [Cow::Borrowed(&*consent.given_by), channel, given.into(), Cow::Borrowed(&*consent.reference)]
                .into_iter()
                .chain(told)
                .collect(),
            change: None,
            file: None,
        },
    ]
}

/// When and how service is brought in, with the page on which it can be changed.
#[must_use]
pub fn installation_rows<'a>(
    words: &'a Words,
    installation: &'a Installation,
    catalogue: &Catalogue,
    page: Option<&Path>,
) -> Vec<Row<'a>> {
    let change = |field: &str| page.map(|page| page.at(field));
    let visit = match &installation.visit {
        Visit::Technician(slot) => Row {
            key: words.text("details-appointment"),
            lines: appointment(words, slot, catalogue).into_iter().map(Cow::Owned).collect(),
            change: change("slot"),
            file: None,
        },
        Visit::None { requested } => {
            Row { change: change("requested"), ..Row::new(words.text("details-requested"), words.date(*requested)) }
        }
    };
    let mut rows = vec![
        visit,
        Row {
            key: words.text("details-contact"),
            lines: contact_lines(&installation.contact),
            change: change("contact-name"),
            file: None,
        },
        Row {
            key: words.text("details-access"),
            lines: installation.access_notes.iter().flat_map(|notes| notes.lines()).map(Cow::Borrowed).collect(),
            change: change("access-notes"),
            file: None,
        },
    ];
    rows.extend(installation.fault_contact.as_ref().map(|contact| Row {
        key: words.text("details-fault-contact"),
        lines: contact_lines(contact),
        change: change("fault-name"),
        file: None,
    }));
    rows.extend(
        installation
            .expedite
            .map(|day| Row { change: change("expedite"), ..Row::new(words.text("details-expedite"), words.date(day)) }),
    );
    rows
}

/// An appointment's day and time; a window that the catalogue has forgotten leaves the day.
#[must_use]
pub fn appointment(words: &Words, slot: &AppointmentSlot, catalogue: &Catalogue) -> Vec<String> {
    let window = catalogue.windows.iter().find(|window| window.id == slot.window);
    std::iter::once(words.date(slot.day)).chain(window.map(|window| words.window(window.from, window.to))).collect()
}

fn contact_lines(contact: &Contact) -> Vec<Cow<'_, str>> {
    let email = contact.email.as_ref().map(|email| Cow::Borrowed(email.as_str()));
    [Cow::Borrowed(&*contact.name), contact.phone.to_string().into()].into_iter().chain(email).collect()
}

/// Who pays, with the page on which it can be changed.
#[must_use]
pub fn billing_rows<'a>(words: &'a Words, billing: &'a Billing, customer: &'a OrderedFor, page: Option<&Path>) -> Vec<Row<'a>> {
    let change = |field: &str| page.map(|page| page.at(field));
    let payer = match &billing.to {
        BillTo::New { name, address } => Some((name, address)),
        BillTo::Existing(id) => {
            let account = customer.billing_accounts.iter().find(|account| account.id == *id);
            account.map(|account| (&account.name, &account.address))
        }
    };
    let to = payer.map(|(name, address)| std::iter::once(Cow::Borrowed(&**name)).chain(envelope(address)).collect());
    // A customer without an account was not asked which.
    let account = if customer.billing_accounts.is_empty() { "bill-name" } else { "account" };
    let mut rows = vec![
        Row { key: words.text("details-bill-to"), lines: to.unwrap_or_default(), change: change(account), file: None },
        Row {
            change: change("delivery"),
            ..Row::new(words.text("details-delivery"), delivery_in_words(words, billing.delivery))
        },
    ];
    if let Some(number) = &billing.purchase_order {
        rows.push(Row { change: change("purchase-order"), ..Row::new(words.text("details-purchase-order"), &**number) });
    }
    if let Some(certificate) = &billing.tax_exemption {
        rows.push(Row { change: change("tax-exemption"), ..Row::new(words.text("details-tax-exemption"), &**certificate) });
    }
    rows
}

/// How bills come.
#[must_use]
pub fn delivery_in_words(words: &Words, delivery: BillDelivery) -> Cow<'_, str> {
    match delivery {
        BillDelivery::Email => words.text("bill-by-email"),
        BillDelivery::Paper => words.text("bill-on-paper"),
    }
}

fn envelope<'a>(address: &GeographicAddress) -> Vec<Cow<'a, str>> {
    let street = address.unit.as_ref().map_or_else(|| address.street.to_string(), |unit| format!("{}, {unit}", address.street));
    vec![street.into(), format!("{}, {} {}", address.city, address.state.abbreviation(), address.zip).into()]
}

/// The date and the time on the clocks of a place; of a place that the catalogue does not know, on the company's.
#[must_use]
pub fn local_moment(catalogue: &Catalogue, place: &ServicePlace, moment: Timestamp) -> DateTime {
    let area = catalogue.area_of(place.address.zip);
    let zone = area.and_then(|area| TimeZone::get(&area.time_zone).ok()).unwrap_or_else(company_zone);
    moment.to_zoned(zone).datetime()
}

/// Where an item stands, in the words of the order's own states.
#[must_use]
pub fn item_state(words: &Words, state: ItemState) -> Markup {
    let state = match state {
        ItemState::Acknowledged => OrderState::Acknowledged,
        ItemState::InProgress => OrderState::InProgress,
        ItemState::Held => OrderState::Held,
        ItemState::Pending => OrderState::Pending,
        ItemState::Completed => OrderState::Completed,
        ItemState::Failed => OrderState::Failed,
        ItemState::Cancelled => OrderState::Cancelled,
        ItemState::Rejected => OrderState::Rejected,
    };
    order_state(words, state)
}
