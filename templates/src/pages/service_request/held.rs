//! What we know of the customer: the account, orders, families of services, places.

use maud::{Markup, html};
use order_manager::id::CustomerId;
use order_manager::party::{Customer, CustomerKind, Standing};
use order_manager::text::Text;

use super::{FamilyStatus, FamilyTask, OrderLine, Place};
use crate::components::address::address_lines;
use crate::components::order_state::{family_about, family_name, order_state};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::{Tone, tag};
use crate::components::task_list::Task;
use crate::components::unbroken::unbroken;
use crate::messages::Words;
use crate::path::Path;

/// Who the customer is to us.
pub(super) fn account(words: &Words, customer: &Customer) -> Markup {
    let kind = match customer.kind {
        CustomerKind::Residential => words.text("request-kind-home"),
        CustomerKind::Business => words.text("request-kind-business"),
    };
    let mut contact = vec![(*customer.contact.name).into(), customer.contact.phone.to_string().into()];
    contact.extend(customer.contact.email.as_ref().map(|email| email.to_string().into()));
    summary_list(
        words,
        &[
            Row::new(words.text("request-name"), &*customer.name),
            Row::new(words.text("request-account-number"), &*customer.account_number),
            Row::new(words.text("request-kind"), kind),
            Row { key: words.text("request-contact"), lines: contact, change: None, file: None },
        ],
    )
}

/// Orders, each with where it stands.
pub(super) fn orders(words: &Words, lines: &[OrderLine<'_>]) -> Markup {
    html! {
        ul .tasks {
            @for line in lines {
                li {
                    div {
                        a href=(line.path) {
                            (names(words, &line.offerings).unwrap_or_else(|| words.text("request-empty-draft").into_owned()))
                        }
                        p .about { (line.place) }
                        p .about {
                            @let arguments = [("reference", line.reference.as_str().into()), ("date", words.short_date(line.on).into())];
                            @if !line.state.is_placed() {
                                (unbroken(&words.with("request-draft-saved", &arguments)))
                            } @else {
                                (unbroken(&words.with("request-order-placed", &arguments)))
                            }
                        }
                        @if let Some(note) = &line.note { p { (note) } }
                    }
                    div { (order_state(words, line.state)) }
                }
            }
        }
    }
}

/// The five families as tasks.
pub(super) fn families<'a>(words: &'a Words, families: &[FamilyTask]) -> Vec<Task<'a>> {
    let task = |task: &FamilyTask| {
        let (tone, status) = match task.status {
            FamilyStatus::InService(count) => (Tone::Good, words.with("family-in-service", &[("count", count.into())])),
            FamilyStatus::Ordered => (Tone::Active, words.text("family-ordered")),
            FamilyStatus::InDraft => (Tone::Attention, words.text("family-in-draft")),
            FamilyStatus::Available => (Tone::Neutral, words.text("family-available")),
            FamilyStatus::NotAvailable => (Tone::Neutral, words.text("family-not-available")),
            FamilyStatus::ForOthers => (Tone::Neutral, words.text("family-for-others")),
        };
        Task {
            title: family_name(words, task.family).into(),
            path: task.path.clone(),
            note: Some(family_about(words, task.family).into()),
            status,
            tone,
        }
    };
    families.iter().map(task).collect()
}

/// A place: what is in service there, and what can be had.
pub(super) fn place_card(words: &Words, customer: CustomerId, place: &Place<'_>) -> Markup {
    html! {
        article .card {
            h3 { (address_lines(place.address)) }
            @if place.new { p { (tag(Tone::Active, &words.text("request-place-new"))) } }
            h4 { (words.text("request-in-place")) }
            @if place.products.is_empty() { p .about { (words.text("request-nothing-in-place")) } }
            @if !place.products.is_empty() {
                ul .services {
                    @for (product, name) in &place.products {
                        li {
                            strong { (name.in_language(words.language())) }
                            @if product.standing == Standing::Suspended { " " (tag(Tone::Attention, &words.text("product-suspended"))) }
                            p .price { (words.with("price-monthly", &[("amount", product.monthly.to_string().into())])) }
                            @if let Some(number) = product.number { (unbroken(&number.to_string())) }
                            p .about {
                                (words.with("request-since", &[("date", words.short_date(product.since).into())])) " "
                                @match product.term_ends {
                                    Some(end) => (words.with("request-term-ends", &[("date", words.short_date(end).into())])),
                                    None => (words.text("request-no-term")),
                                }
                            }
                            p {
                                a href=(Path::product(customer, product.id)) {
                                    (words.text("request-manage")) span .vh { ": " (name.in_language(words.language())) }
                                }
                            }
                        }
                    }
                }
            }
            h4 { (words.text("request-can-have")) }
            @let available: Vec<_> = place.available.iter().map(|offering| &offering.name).collect();
            p { (names(words, &available).unwrap_or_else(|| words.text("request-nothing-to-have").into_owned())) }
        }
    }
}

/// Names of offerings, one after the other; `None` when there are none.
fn names(words: &Words, texts: &[&Text]) -> Option<String> {
    let names: Vec<_> = texts.iter().map(|text| text.in_language(words.language())).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
