//! The order is placed: its reference, what happens next and when, and a copy to keep.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::order::{Placed, Visit};
use order_manager::party::EmailAddress;

use crate::components::banner::banner;
use crate::components::button::link;
use crate::components::facts::order_facts;
use crate::components::order_details::{appointment, local_moment};
use crate::components::ordered::ordered;
use crate::components::signed_letters::signed_letters;
use crate::components::tag::Tone;
use crate::components::timeline::{Progress, Step, timeline};
use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::pages::order_form;
use crate::path::Path;

/// The page. It is named for what it confirms: the order is the domain's `Placed`.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    /// The order.
    pub order: &'a Placed,
    /// The catalogue, for the words of its answers.
    pub catalogue: &'a Catalogue,
    /// Where a confirmation was sent, when one was.
    pub emailed_to: Option<&'a EmailAddress>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Confirmation<'_>) -> Markup {
    let words = context.words;
    let order = view.order;
    let title = words.text("placed-title");
    let reference = words.with("placed-reference", &[("reference", order.id.reference().into())]);
    let confirmed = html! {
        p .reference .lede { (unbroken(&reference)) }
        @if let Some(email) = view.emailed_to {
            p { (words.with("placed-emailed", &[("email", email.as_str().into())])) }
        }
    };
    let main = html! {
        h1 { (title) }
        (banner(Tone::Good, &words.text("placed-received"), &confirmed))
        h2 { (words.text("placed-next")) }
        (timeline(words, &next(words, view)))
        @if !order.authorisations.is_empty() { p { strong { (words.text("placed-keep-service")) } } }
        div .actions { (link(&Path::order(order.id), &words.text("placed-track"))) }
        p { a href=(Path::customer_orders(order.ordered_for.id)) { (words.text("placed-all")) } }
        h2 { (words.text("placed-copy")) }
        p { (words.text("placed-copy-what")) }
        (order_form::links(words, order.id))
        (ordered(words, order, view.catalogue))
        (signed_letters(words, order, view.catalogue))
    };
    page(context, Page { aside: Some(order_facts(words, order, view.catalogue)), ..Page::titled(title.clone(), main) })
}

/// The way from here to the first bill.
fn next<'a>(words: &'a Words, view: &Confirmation<'_>) -> Vec<Step<'a>> {
    let order = view.order;
    let requested = words.date(order.installation.visit.day());
    let step = |title, progress, when: Option<Cow<'a, str>>, note: Cow<'a, str>| Step { title, progress, when, note: Some(note) };
    let received = words.date(local_moment(view.catalogue, &order.place, order.placed).date());
    let asked = [("date", requested.clone().into())];
    let first_bill = order.price.first_bill().map_or_else(
        |_| words.text("placed-next-bill-later"),
        |amount| words.with("placed-next-bill-what", &[("amount", amount.to_string().into())]),
    );
    vec![
        Step { title: words.text("placed-next-received"), progress: Progress::Done, when: Some(received.into()), note: None },
        step(words.text("placed-next-check"), Progress::Next, None, words.text("placed-next-check-what")),
        step(words.text("placed-next-committed"), Progress::Ahead, None, words.with("placed-next-committed-what", &asked)),
        service_begins(words, view),
        step(words.text("placed-next-bill"), Progress::Ahead, None, first_bill),
    ]
}

fn service_begins<'a>(words: &'a Words, view: &Confirmation<'_>) -> Step<'a> {
    let order = view.order;
    match &order.installation.visit {
        Visit::Technician(slot) => {
            let contact = &order.installation.contact;
            let arguments = [
                ("place", order.place.address.to_string().into()),
                ("name", contact.name.to_string().into()),
                ("phone", contact.phone.to_string().into()),
            ];
            Step {
                title: words.text("placed-next-visit"),
                progress: Progress::Ahead,
                when: Some(appointment(words, slot, view.catalogue).join(", ").into()),
                note: Some(words.with("placed-next-visit-what", &arguments)),
            }
        }
        Visit::None { requested } => Step {
            title: words.text("placed-next-day"),
            progress: Progress::Ahead,
            when: Some(words.date(*requested).into()),
            note: Some(words.text("placed-next-day-what")),
        },
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;
    use order_manager::order::{Content, OrderState};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let acknowledged = sample::in_state(OrderState::Acknowledged, &catalogue);
    let Content::Placed(order) = acknowledged.content() else { return vec![] };
    let mut alone = order.clone();
    alone.installation.visit = Visit::None { requested: date(2026, 12, 1) };
    alone.authorisations.clear();
    let forgotten = Catalogue { offerings: vec![], windows: vec![], ..catalogue.clone() };
    let view = Confirmation { order, catalogue: &catalogue, emailed_to: None };
    [
        ("placed", view),
        ("placed-emailed", Confirmation { emailed_to: order.ordered_for.contact.email.as_ref(), ..view }),
        ("placed-without-visit", Confirmation { order: &alone, ..view }),
        ("placed-by-a-catalogue-forgotten", Confirmation { catalogue: &forgotten, ..view }),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&sample::context(), &view)))
    .collect()
}
