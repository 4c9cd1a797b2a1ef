//! The customer's word, on which staff place an order.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::order::{ConsentChannel, Disclosure};

use crate::components::checkboxes::checkboxes;
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::radios::{Choice, radios};
use crate::components::text_input::{TextInput, text_input};
use crate::messages::{Asks, Words};

/// The field with who gave it.
pub const CONSENT_BY: &str = "consent-by";
/// The field with how.
pub const CHANNEL: &str = "consent-channel";
/// The field with the day it was given.
pub const CONSENT_DAY: &str = "consent-day";
/// The field with what its record is found by.
pub const CONSENT_REFERENCE: &str = "consent-reference";
/// The boxes that say what the customer was shown or told.
pub const TOLD: &str = "told";

/// For so many days a customer's word counts.
const COUNTS_FOR: i32 = 7;

/// The fields that ask for a customer's word.
#[derive(Clone, Debug)]
pub struct ConsentFields<'a> {
    by: Field<'a>,
    channel: Field<'a>,
    day: Field<'a>,
    reference: Field<'a>,
    told: Field<'a>,
}

impl<'a> ConsentFields<'a> {
    pub(super) fn new(words: &'a Words) -> Self {
        Self {
            by: Field::new(CONSENT_BY, words.text("consent-by")),
            channel: Field::new(CHANNEL, words.text("consent-channel")).asks(Asks::Choosing),
            day: Field::new(CONSENT_DAY, words.text("consent-day")),
            reference: Field::new(CONSENT_REFERENCE, words.text("consent-reference")).hint(words.text("consent-reference-hint")),
            told: Field::new(TOLD, words.text("consent-told")).asks(Asks::Agreeing),
        }
    }

    /// All fields of the form, in their order.
    pub(super) fn in_order<'f>(&'f self, twice: &'f Field<'a>, terms: &'f Field<'a>) -> [&'f Field<'a>; 7] {
        [twice, &self.by, &self.channel, &self.day, &self.reference, &self.told, terms]
    }

    /// What is asked of staff.
    pub(super) fn asked(&self, filled: &Filled<'_>, disclosures: &BTreeSet<Disclosure>, today: Date) -> Markup {
        let words = filled.words;
        let channels = ConsentChannel::ALL.map(|channel| {
            let label = match channel {
                ConsentChannel::Call => words.text("consent-call"),
                ConsentChannel::InPerson => words.text("consent-in-person"),
                ConsentChannel::Writing => words.text("consent-writing"),
            };
            Choice::new(channel.as_str(), label)
        });
        let told: Vec<_> = disclosures
            .iter()
            .map(|disclosure| match disclosure {
                Disclosure::BroadbandLabel => Choice::new(disclosure.as_str(), words.text("consent-told-broadband-label")),
            })
            .collect();
        html! {
            p { (words.text("consent-about")) }
            (text_input(filled, &self.by, &TextInput::filled_in_by("off")))
            (radios(filled, &self.channel, &channels))
            (date_input(filled, &self.day, today.saturating_sub(COUNTS_FOR.days()), today))
            (text_input(filled, &self.reference, &TextInput::filled_in_by("off")))
            @if !told.is_empty() { (checkboxes(filled, &self.told, &told)) }
        }
    }
}
