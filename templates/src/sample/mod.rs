//! Every page in every state, for the gallery and for tests, and the made-up people and offerings they show.

mod agreements;
mod every_type;
mod fixtures;
mod offerings;
mod orders;
mod orders_catalogue;

use maud::Markup;

pub(crate) use agreements::{agreement_id, agreement_in, negotiated_catalogue, returned_agreement};
pub(crate) use every_type::{every_type, typed_everything, wrong_everything};
pub(crate) use fixtures::*;
pub(crate) use offerings::{aside, broadband, facts, offerings, questions, terms, typed, wrong, wrong_in_dialog};
#[cfg(test)]
pub(crate) use orders::SECRET;
pub(crate) use orders::{
    begun, draft, household, in_state, letters, now, on_the_way, open_slots, price_change, signature, verification,
};
pub(crate) use orders_catalogue::catalogue;

use crate::pages;

/// A page in one of its states.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its name: a file's, without an ending.
    pub name: String,
    /// The page.
    pub markup: Markup,
}

impl Sample {
    pub(crate) fn new(name: impl Into<String>, markup: Markup) -> Self {
        Self { name: name.into(), markup }
    }
}

/// Every page in every state.
#[must_use]
pub fn samples() -> Vec<Sample> {
    [
        pages::start::samples(),
        pages::check_address::samples(),
        pages::sign_in::samples(),
        pages::sign_up::samples(),
        pages::password::samples(),
        pages::code::samples(),
        pages::recover::samples(),
        pages::account::samples(),
        pages::signed_out::samples(),
        pages::mail_choice::samples(),
        pages::stop_mail::samples(),
        pages::staff_sign_in::samples(),
        pages::work::samples(),
        pages::deals::samples(),
        pages::agreement::samples(),
        pages::find_customer::samples(),
        pages::new_customer::samples(),
        pages::customer_access::samples(),
        pages::service_request::samples(),
        pages::product::samples(),
        pages::add_service::samples(),
        pages::configure::samples(),
        pages::dialog::samples(),
        pages::authorise::samples(),
        pages::installation::samples(),
        pages::billing::samples(),
        pages::review::samples(),
        pages::offer::samples(),
        pages::quote::samples(),
        pages::quotes::samples(),
        pages::preparing::samples(),
        pages::placed::samples(),
        pages::order_form::samples(),
        pages::track::samples(),
        pages::change_day::samples(),
        pages::change_answers::samples(),
        pages::change_contact::samples(),
        pages::cancel_order::samples(),
        pages::orders::samples(),
        pages::bulk::samples(),
        pages::project::samples(),
        pages::conflict::samples(),
        pages::kept_form::samples(),
        pages::help::samples(),
        pages::terms::samples(),
        pages::privacy::samples(),
        pages::accessibility::samples(),
        pages::not_found::samples(),
        pages::problem::samples(),
        crate::components::order_summary::samples(),
        crate::components::samples(),
    ]
    .concat()
}
