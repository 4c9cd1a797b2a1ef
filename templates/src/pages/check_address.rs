//! What can be had at an address, before anybody signs in, with the broadband label beside each plan.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::{Family, ProductOffering};
use order_manager::entered::{Entered, FieldError};
use order_manager::money::Money;
use order_manager::party::CustomerKind;

use crate::components::address::{address_fields, address_lines, address_parts};
use crate::components::broadband_label::{BroadbandFacts, broadband_label};
use crate::components::button::{link, primary};
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_state::family_name;
use crate::components::radios::{Choice, radios};
use crate::layout::{Context, Page, Width, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The name the address's fields begin with: `address.street`, `address.zip`, …
pub const ADDRESS: &str = "address";
/// The field that takes an alternative: its place in the list from 1, or [`AS_ENTERED`].
pub const ALTERNATIVE: &str = "alternative";
/// Keeps the address as it was entered.
pub const AS_ENTERED: &str = "as-entered";

/// Checking an address.
#[derive(Clone, Debug)]
pub struct CheckAddress<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// What came of it.
    pub outcome: Outcome<'a>,
}

/// What came of checking an address.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// Nothing was checked yet, or what was typed must be put right.
    Asking,
    /// The address is not exact; these are.
    Alternatives(&'a [GeographicAddress]),
    /// We serve nobody there.
    NotServed(&'a GeographicAddress),
    /// This can be had there.
    Served {
        /// Where.
        address: &'a GeographicAddress,
        /// Whether the directory knows the address; one it does not know is looked at by a person.
        known: bool,
        /// What can be had.
        offerings: Vec<Available<'a>>,
        /// Where ordering begins.
        begin: Path,
    },
}

/// An offering that can be had.
#[derive(Clone, Debug)]
pub struct Available<'a> {
    /// Which.
    pub offering: &'a ProductOffering,
    /// The least it costs each month.
    pub from_monthly: Option<Money>,
    /// Its plans with their broadband labels.
    pub plans: Vec<BroadbandFacts<'a>>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &CheckAddress<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    match &view.outcome {
        Outcome::Asking => asking(context, &filled),
        Outcome::Alternatives(addresses) => alternatives(context, &filled, addresses),
        Outcome::NotServed(address) => not_served(context, address),
        Outcome::Served { address, known, offerings, begin } => served(context, address, *known, offerings, begin),
    }
}

fn asking(context: &Context<'_>, filled: &Filled<'_>) -> Markup {
    let words = context.words;
    let fields = address_fields(words, ADDRESS);
    let problems = filled.problems(&fields.each_ref());
    let content = html! {
        (address_parts(filled, ADDRESS, Some("shipping")))
        div .actions { (primary(&words.text("check-address-button"))) }
    };
    let main = html! {
        h1 { (words.text("check-address-title")) }
        p .lede { (words.text("check-address-lede")) }
        (form(context, &to_here(&Path::CHECK_ADDRESS, &words.text("check-address-button")), &content))
    };
    page(context, Page { problems, back: Some(Path::START), ..Page::titled(words.text("check-address-title"), main) })
}

fn alternatives(context: &Context<'_>, filled: &Filled<'_>, addresses: &[GeographicAddress]) -> Markup {
    let words = context.words;
    let field = Field::new(ALTERNATIVE, words.text("alternatives-which")).asks(Asks::Choosing);
    let mut choices: Vec<_> =
        addresses.iter().enumerate().map(|(index, address)| Choice::new((index + 1).to_string(), address.to_string())).collect();
    choices.push(Choice {
        hint: Some(words.text("alternatives-as-entered-hint")),
        ..Choice::new(AS_ENTERED, words.with("alternatives-as-entered", &[("address", typed(filled.entered).into())]))
    });
    let problems = filled.problems(&[&field]);
    let content = html! {
        @for part in address_fields(words, ADDRESS) {
            input type="hidden" name=(part.name) value=(filled.entered.text(&part.name));
        }
        (radios(filled, &field, &choices))
        div .actions { (primary(&words.text("alternatives-button"))) }
    };
    let main = html! {
        h1 { (words.text("alternatives-title")) }
        p .lede { (words.text("alternatives-lede")) }
        (form(context, &to_here(&Path::CHECK_ADDRESS, &words.text("alternatives-button")), &content))
    };
    page(context, Page { problems, back: Some(Path::CHECK_ADDRESS), ..Page::titled(words.text("alternatives-title"), main) })
}

fn not_served(context: &Context<'_>, address: &GeographicAddress) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("not-served-title")) }
        p .place { (address_lines(address)) }
        p .lede { (words.text("not-served-lede")) }
        p { (words.text("not-served-next")) }
        div .actions { (link(&Path::CHECK_ADDRESS, &words.text("check-another"))) }
    };
    page(context, Page { back: Some(Path::CHECK_ADDRESS), ..Page::titled(words.text("not-served-title"), main) })
}

fn served(context: &Context<'_>, address: &GeographicAddress, known: bool, offerings: &[Available<'_>], begin: &Path) -> Markup {
    let words = context.words;
    let by_family = || Family::ALL.into_iter().flat_map(|family| offerings.iter().filter(move |of| of.offering.family == family));
    let sold_to = |available: &&Available<'_>, kind| available.offering.sold_to.contains(&kind);
    let (homes, businesses): (Vec<_>, Vec<_>) = by_family().partition(|available| sold_to(available, CustomerKind::Residential));
    // What both can have is shown in full once.
    let both: Vec<_> = homes.iter().copied().filter(|available| sold_to(available, CustomerKind::Business)).collect();
    let main = html! {
        div .column {
            h1 { (words.text("served-title")) }
            p .place { (address_lines(address)) }
            @if !known { p .note { (words.text("served-unknown")) } }
            div .actions {
                (link(begin, &words.text("served-begin")))
                a href=(Path::CHECK_ADDRESS) { (words.text("check-another")) }
            }
        }
        (for_whom(words, &words.text("sold-to-homes"), &[], &homes))
        (for_whom(words, &words.text("sold-to-businesses"), &both, &businesses))
    };
    let title = words.text("served-title");
    page(context, Page { back: Some(Path::CHECK_ADDRESS), width: Width::Whole, ..Page::titled(title, main) })
}

/// What homes or businesses can have. What stands further up already is only named.
fn for_whom(words: &Words, title: &str, shown: &[&Available<'_>], here: &[&Available<'_>]) -> Markup {
    let named: Vec<_> = shown.iter().map(|available| available.offering.name.in_language(words.language())).collect();
    html! {
        @if !here.is_empty() || !shown.is_empty() {
            section {
                h2 { (title) }
                @if !named.is_empty() { p { (words.with("served-also", &[("services", named.join(", ").into())])) } }
                div .cards { @for available in here { (offering(words, available)) } }
            }
        }
    }
}

fn offering(words: &Words, available: &Available<'_>) -> Markup {
    let offering = available.offering;
    let name = offering.name.in_language(words.language());
    html! {
        article .card {
            h3 { (name) }
            p .about { (family_name(words, offering.family)) }
            p { (offering.description.in_language(words.language())) }
            @if let Some(amount) = available.from_monthly { p .price { (words.with("price-from", &[("amount", amount.to_string().into())])) } }
            @if !available.plans.is_empty() {
                // The rule wants the label where the plan is offered, seen without a click.
                p { (words.text("served-labels")) }
                div .labels {
                    @for (index, plan) in available.plans.iter().enumerate() {
                        (broadband_label(words, &format!("{}--label-{}", offering.id, index + 1), plan))
                    }
                }
            }
        }
    }
}

/// Who may order it, in words.
pub(super) fn sold_to<'a>(words: &'a Words, offering: &ProductOffering) -> Cow<'a, str> {
    match (offering.sold_to.contains(&CustomerKind::Residential), offering.sold_to.contains(&CustomerKind::Business)) {
        (true, true) => words.text("sold-to-everybody"),
        (true, false) => words.text("sold-to-homes"),
        _ => words.text("sold-to-businesses"),
    }
}

/// The address as it was typed, on one line.
fn typed(entered: &Entered) -> String {
    let parts =
        ["street", "unit", "city", "state", "zip"].map(|part| entered.text(&format!("{ADDRESS}.{part}")).trim().to_owned());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn to_here<'a>(action: &'a Path, save: &'a str) -> Form<'a> {
    Form { action, save, version: None, uploads: false }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, address, broadband, context, facts, offerings};

    let nothing = Entered::default();
    let typed = Entered::from_iter([
        ("address.street", "214 Junper Street"),
        ("address.city", "Atlanta"),
        ("address.state", "GA"),
        ("address.zip", "3030"),
    ]);
    let wrong = [FieldError::new("address.street", Reason::Missing), FieldError::new("address.zip", Reason::NotAZip)];
    let unchosen = [FieldError::new(ALTERNATIVE, Reason::Missing)];
    let place = address();
    let others = [address(), GeographicAddress { street: "214 Juniper Street NW".into(), ..address() }];
    let (broadband, offerings) = (broadband(), offerings());
    let served = |known| Outcome::Served {
        address: &place,
        known,
        begin: Path::SIGN_IN,
        offerings: std::iter::once(Available {
            offering: &broadband,
            from_monthly: Some(crate::sample::usd(50_00)),
            plans: facts(&broadband),
        })
        .chain(offerings.iter().map(|offering| Available { offering, from_monthly: None, plans: vec![] }))
        .collect(),
    };
    let show = |entered, errors, outcome| render(&context(), &CheckAddress { entered, errors, outcome });
    vec![
        Sample::new("check-address", show(&nothing, &[], Outcome::Asking)),
        Sample::new("check-address-errors", show(&typed, &wrong, Outcome::Asking)),
        Sample::new("check-address-alternatives", show(&typed, &[], Outcome::Alternatives(&others))),
        Sample::new("check-address-alternatives-errors", show(&typed, &unchosen, Outcome::Alternatives(&others))),
        Sample::new("check-address-not-served", show(&typed, &[], Outcome::NotServed(&place))),
        Sample::new("check-address-served", show(&typed, &[], served(true))),
        Sample::new("check-address-served-unknown", show(&typed, &[], served(false))),
    ]
}
