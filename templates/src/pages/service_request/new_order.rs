//! The form that begins an order: where service goes, and what is wanted.

use maud::{Markup, html};
use order_manager::catalogue::Family;
use order_manager::qualification::Availability;

use super::{ORDER, Offer, ServiceRequest};
use crate::components::button::primary;
use crate::components::checkboxes::{Cluster, clustered};
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_state::family_name;
use crate::components::radios::{Choice, radios};
use crate::components::select::{SelectOption, select};
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The form.
pub(super) fn new_order(
    context: &Context<'_>,
    view: &ServiceRequest<'_>,
    filled: &Filled<'_>,
    [site, template, offering]: [&Field<'_>; 3],
) -> Markup {
    let words = context.words;
    let places: Vec<_> = view.places.iter().map(|place| Choice::new(&*place.value, place.address.to_string())).collect();
    let clusters: Vec<_> = Family::ALL
        .into_iter()
        .map(|family| Cluster {
            title: family_name(words, family).into(),
            choices: view
                .offerings
                .iter()
                .filter(|offer| offer.offering.family == family)
                .map(|offer| tick(words, offer))
                .collect(),
        })
        .filter(|cluster| !cluster.choices.is_empty())
        .collect();
    let templates: Vec<_> = view
        .templates
        .iter()
        .map(|template| SelectOption {
            value: template.id.to_string().into(),
            label: template.name.in_language(words.language()).into(),
            unavailable: None,
        })
        .collect();
    let fields = html! {
        input type="hidden" name=(ORDER) value=(view.new_order);
        (radios(filled, site, &places))
        @if !view.templates.is_empty() { (select(filled, template, &templates, None)) }
        (clustered(filled, offering, &clusters))
        div .actions { (primary(&words.text("request-button"))) }
    };
    form(
        context,
        &Form {
            action: &Path::customer_orders(view.customer.id),
            save: &words.text("request-button"),
            version: None,
            uploads: false,
        },
        &fields,
    )
}

fn tick<'a>(words: &'a Words, offer: &Offer<'a>) -> Choice<'a> {
    let offering = offer.offering;
    let mut about = vec![offering.description.in_language(words.language()).to_owned()];
    if !offer.not_at.is_empty() {
        let streets: Vec<_> = offer.not_at.iter().map(|address| &*address.street).collect();
        about.push(words.with("request-not-at", &[("places", streets.join(", ").into())]).into_owned());
    }
    let why_not = match offer.availability {
        Availability::Available => None,
        Availability::AreaNotServed => Some(words.text("unavailable-area")),
        Availability::NoNetwork => Some(words.text("unavailable-network")),
        Availability::NotForThisCustomer => Some(words.text("unavailable-customer")),
        Availability::NotSold => Some(words.text("unavailable-sold")),
    };
    Choice {
        value: offering.id.as_str().into(),
        label: offering.name.in_language(words.language()).into(),
        price: offer.from_monthly.map(|amount| words.with("price-from", &[("amount", amount.to_string().into())])),
        disabled: why_not.is_some(),
        hint: Some(why_not.unwrap_or_else(|| about.join(" ").into())),
    }
}
