//! A service in place: what it is, what it costs, what ending it today would cost, and what can be done about it.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::ProductOffering;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::CustomerId;
use order_manager::money::Money;
use order_manager::party::{Product, Site, Standing};
use order_manager::text::Text;

use crate::components::address::address_lines;
use crate::components::button::secondary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_details::{answer_groups, product_answers};
use crate::components::radios::{Choice, radios};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::{Tone, tag};
use crate::layout::{Context, Page, Width, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The button that says what is to be done.
pub const DO: &str = "do";
/// Other options.
pub const MODIFY: &str = "modify";
/// To another place.
pub const MOVE: &str = "move";
/// Rest.
pub const SUSPEND: &str = "suspend";
/// Go on.
pub const RESTORE: &str = "restore";
/// End.
pub const DISCONNECT: &str = "disconnect";
/// The field with the place a service moves to.
pub const TO: &str = "to";
/// The hidden field with the order's id, minted with the page: a second click begins nothing new.
pub const ORDER: &str = "order";

/// The page.
#[derive(Clone, Debug)]
pub struct ProductPage<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// The service.
    pub product: &'a Product,
    /// Where it is.
    pub address: &'a GeographicAddress,
    /// What it is called.
    pub name: &'a Text,
    /// Its offering, while it is sold: without one its options can't be changed, nor can it move.
    pub offering: Option<&'a ProductOffering>,
    /// What ending it today would cost.
    pub ending_today: Money,
    /// The customer's other places.
    pub elsewhere: Vec<&'a Site>,
    /// The id a new order gets.
    pub new_order: &'a str,
    /// What was entered.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &ProductPage<'_>) -> Markup {
    let words = context.words;
    let name = view.name.in_language(words.language());
    let to = Field::new(TO, words.text("product-move-to")).asks(Asks::Choosing);
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let main = html! {
        div .column {
            h1 { (name) }
            p .place { (address_lines(view.address)) }
            @if view.product.standing == Standing::Suspended { p { (tag(Tone::Attention, &words.text("product-suspended"))) } }
            (summary_list(words, &facts(words, view)))
        }
        h2 { (words.text("product-do")) }
        div .cards { (deeds(context, view, &filled, &to)) }
        @if let Some(offering) = view.offering {
            div .column {
                h2 { (words.text("product-options")) }
                (answer_groups(words, &product_answers(words, &view.product.answers, offering)))
            }
        }
    };
    let back = Some(Path::customer(view.customer));
    page(context, Page { back, problems: filled.problems(&[&to]), width: Width::Whole, ..Page::titled(name, main) })
}

/// What can be done, each on a card with its button.
fn deeds(context: &Context<'_>, view: &ProductPage<'_>, filled: &Filled<'_>, to: &Field<'_>) -> Markup {
    let words = context.words;
    html! {
        @for (button, label, about) in possible(view) {
            section .card aria-labelledby={ "do--" (button) } {
                h3 id={ "do--" (button) } { (words.text(label)) }
                p { (words.text(about)) }
                @if button == DISCONNECT { p { strong { (ending(words, view)) } } }
                (act(context, view, &html! { (secondary(DO, button, &words.text(label))) }))
            }
        }
        @if view.offering.is_some() && view.product.standing == Standing::Active && !view.elsewhere.is_empty() {
            section .card aria-labelledby="do--move" {
                h3 #do--move { (words.text("product-move")) }
                p { (words.text("product-move-about")) }
                (act(context, view, &html! { (radios(filled, to, &places(view))) (secondary(DO, MOVE, &words.text("product-move"))) }))
            }
        }
    }
}

/// What can be done besides moving: the button's value, its label, and what it means.
fn possible(view: &ProductPage<'_>) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut possible = vec![];
    match view.product.standing {
        Standing::Active => {
            if view.offering.is_some() {
                possible.push((MODIFY, "product-modify", "product-modify-about"));
            }
            possible.push((SUSPEND, "product-suspend", "product-suspend-about"));
        }
        Standing::Suspended => possible.push((RESTORE, "product-restore", "product-restore-about")),
    }
    possible.push((DISCONNECT, "product-disconnect", "product-disconnect-about"));
    possible
}

fn act(context: &Context<'_>, view: &ProductPage<'_>, fields: &Markup) -> Markup {
    let action = Path::product(view.customer, view.product.id);
    let save = context.words.text("product-go-on");
    let fields = html! { input type="hidden" name=(ORDER) value=(view.new_order); (fields) };
    form(context, &Form { action: &action, save: &save, version: None, uploads: false }, &fields)
}

fn facts<'a>(words: &'a Words, view: &ProductPage<'a>) -> Vec<Row<'a>> {
    let product = view.product;
    let mut rows = vec![
        Row::new(words.text("product-monthly"), words.with("price-monthly", &[("amount", product.monthly.to_string().into())])),
        Row::new(words.text("product-since"), words.date(product.since)),
        Row::new(
            words.text("product-term"),
            product.term_ends.map_or_else(
                || words.text("term-monthly"),
                |end| words.with("product-term-ends", &[("date", words.date(end).into())]),
            ),
        ),
    ];
    if let Some(number) = product.number {
        rows.insert(0, Row::new(words.text("product-number"), number.to_string()));
    }
    rows
}

fn ending<'a>(words: &'a Words, view: &ProductPage<'_>) -> Cow<'a, str> {
    if view.ending_today.is_zero() {
        words.text("product-ending-free")
    } else {
        words.with("product-ending-costs", &[("amount", view.ending_today.to_string().into())])
    }
}

fn places<'a>(view: &ProductPage<'a>) -> Vec<Choice<'a>> {
    view.elsewhere.iter().map(|site| Choice::new(site.id.to_string(), site.address.to_string())).collect()
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{self, Sample, context};

    let (customer, broadband, place) = (sample::customer(), sample::broadband(), sample::address());
    let nothing = Entered::default();
    let wrong = [FieldError::new(TO, Reason::Missing)];
    let resting = Product { standing: Standing::Suspended, term_ends: None, ..customer.products[0].clone() };
    let view = ProductPage {
        customer: customer.id,
        product: &customer.products[0],
        address: &place,
        name: &broadband.name,
        offering: Some(&broadband),
        ending_today: sample::usd(12_000),
        elsewhere: customer.sites.iter().collect(),
        new_order: "0192f3a0-0000-7000-8000-000000000001",
        entered: &nothing,
        errors: &[],
    };
    vec![
        Sample::new("product", render(&context(), &view)),
        Sample::new("product-move-where", render(&context(), &ProductPage { errors: &wrong, ..view.clone() })),
        Sample::new(
            "product-suspended",
            render(&context(), &ProductPage { product: &resting, ending_today: sample::usd(0), offering: None, ..view }),
        ),
    ]
}
