//! Adding a service to an order: what can be had at its place, one more at a time.

use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::{Family, ProductOffering};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::OrderId;

use crate::components::address::address_lines;
use crate::components::button::primary;
use crate::components::checkboxes::{Cluster, clustered_radios};
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_state::family_name;
use crate::components::radios::{Choice, radios};
use crate::layout::{Context, Page, page};
use crate::messages::Asks;
use crate::path::Path;

/// The field with what is wanted.
pub const OFFERING: &str = "offering";
/// The hidden field with the item's id, minted with the page: a second click adds nothing.
pub const ITEM: &str = "item";

/// What is wrong when the service can't be beside another: said of [`OFFERING`], as a `Reason::Said`.
pub const EXCLUDED: &str = "add-excluded";
/// What is wrong when the order is full: said of [`OFFERING`], as a `Reason::Said`.
pub const FULL: &str = "add-full";

/// The page.
#[derive(Clone, Debug)]
pub struct AddService<'a> {
    /// The order.
    pub order: OrderId,
    /// Its place.
    pub place: &'a GeographicAddress,
    /// What can be had there, in the order it is shown.
    pub offerings: Vec<&'a ProductOffering>,
    /// The id the new item gets.
    pub item: &'a str,
    /// What was entered.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// The order summary.
    pub aside: Option<Markup>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &AddService<'_>) -> Markup {
    let words = context.words;
    let language = words.language();
    let add = words.text("add-button");
    let field = Field::new(OFFERING, words.text("add-which")).asks(Asks::Choosing);
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let choice = |offering: &&'_ ProductOffering| Choice {
        hint: Some(offering.description.in_language(language).to_owned().into()),
        ..Choice::new(offering.id.to_string(), offering.name.in_language(language).to_owned())
    };
    let of_family = |family| Cluster {
        title: family_name(words, family).into(),
        choices: view.offerings.iter().filter(|offering| offering.family == family).map(choice).collect(),
    };
    let clusters: Vec<_> = Family::ALL.map(of_family).into_iter().filter(|cluster| !cluster.choices.is_empty()).collect();
    let fields = html! {
        input type="hidden" name=(ITEM) value=(view.item);
        @if clusters.is_empty() { (radios(&filled, &field, &[])) } @else { (clustered_radios(&filled, &field, &clusters)) }
        div .actions { (primary(&add)) }
    };
    let action = Path::order_items(view.order);
    let main = html! {
        h1 { (words.text("add-title")) }
        p .place { (address_lines(view.place)) }
        (form(context, &Form { action: &action, save: &add, version: None, uploads: false }, &fields))
    };
    let (problems, aside) = (filled.problems(&[&field]), view.aside.clone());
    page(context, Page { problems, aside, back: Some(Path::order(view.order)), ..Page::titled(words.text("add-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{self, Sample, context};

    let (all, place) = (sample::offerings(), sample::address());
    let nothing = Entered::default();
    let wrong = [EXCLUDED, FULL].map(|why| FieldError::new(OFFERING, Reason::Said(why)));
    let view = AddService {
        order: sample::order_id(),
        place: &place,
        offerings: all.iter().collect(),
        item: "0192f3a0-0000-7000-8000-000000000002",
        entered: &nothing,
        errors: &[],
        aside: Some(sample::aside()),
    };
    vec![
        Sample::new("add-service", render(&context(), &view)),
        Sample::new("add-service-refused", render(&context(), &AddService { errors: &wrong, ..view })),
    ]
}
