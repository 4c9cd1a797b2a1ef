//! The initial service request page: everything we know of a verified customer, and the way to a new order.

mod held;
mod new_order;
#[cfg(any(test, feature = "samples"))]
mod samples;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::{Family, OrderTemplate, ProductOffering};
use order_manager::entered::{Entered, FieldError};
use order_manager::money::Money;
use order_manager::order::OrderState;
use order_manager::party::{Customer, CustomerKind, Product};
use order_manager::qualification::Availability;
use order_manager::text::Text;

use crate::components::banner::banner;
use crate::components::field::{Field, Filled};
use crate::components::tag::Tone;
use crate::components::task_list::task_list;
use crate::layout::{Context, Page, Width, page};
use crate::messages::Asks;
use crate::path::Path;
use held::{account, families, orders, place_card};
use new_order::new_order;
#[cfg(any(test, feature = "samples"))]
pub(crate) use samples::samples;

/// The field with the place service goes to.
pub const SITE: &str = "site";
/// The field with the offerings wanted, once for each.
pub const OFFERING: &str = "offering";
/// The field with the order that staff start from.
pub const TEMPLATE: &str = "template";
/// The hidden field with the order's identifier, minted with the page, so that sending it twice begins one order.
pub const ORDER: &str = "order";

/// The initial service request.
#[derive(Clone, Debug)]
pub struct ServiceRequest<'a> {
    /// Whose it is.
    pub customer: &'a Customer,
    /// The customer's places, and one whose address was just checked.
    pub places: Vec<Place<'a>>,
    /// Orders begun and not placed.
    pub drafts: Vec<OrderLine<'a>>,
    /// Orders placed and not finished.
    pub in_flight: Vec<OrderLine<'a>>,
    /// The five families.
    pub families: Vec<FamilyTask>,
    /// What can be ordered.
    pub offerings: Vec<Offer<'a>>,
    /// Orders that staff start from; customers have none.
    pub templates: Vec<&'a OrderTemplate>,
    /// Where staff send a file of many places; customers have none.
    pub many_sites: Option<Path>,
    /// What was entered in the form.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// The identifier a new order will have.
    pub new_order: &'a str,
    /// A word about something that just happened.
    pub notice: Option<Notice>,
}

/// Something that just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A draft was thrown away.
    DraftRemoved,
    /// An order was cancelled.
    OrderCancelled,
}

/// A place of the customer's.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// What the form sends for it.
    pub value: String,
    /// Where it is.
    pub address: &'a GeographicAddress,
    /// What is in service there, with each offering's name.
    pub products: Vec<(&'a Product, &'a Text)>,
    /// What can be had there.
    pub available: Vec<&'a ProductOffering>,
    /// Whether it is new: checked just now, not on record yet.
    pub new: bool,
}

/// An order in a list.
#[derive(Clone, Debug)]
pub struct OrderLine<'a> {
    /// Where it goes on.
    pub path: Path,
    /// Its reference.
    pub reference: String,
    /// Where service goes, on one line.
    pub place: &'a str,
    /// What is ordered.
    pub offerings: Vec<&'a Text>,
    /// Where it stands.
    pub state: OrderState,
    /// When it was last changed, or placed.
    pub on: Date,
    /// What comes next, in a few words, where there is something to say.
    pub note: Option<String>,
}

/// A family of services, and how far the customer is with it.
#[derive(Clone, Debug)]
pub struct FamilyTask {
    /// Which.
    pub family: Family,
    /// How far.
    pub status: FamilyStatus,
    /// Where it goes on: a draft, an order, or the form on this page (`#new-order`); nowhere when it can't be had.
    pub path: Option<Path>,
}

/// How far a customer is with a family of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyStatus {
    /// So many services are in place.
    InService(usize),
    /// Ordered, and on the way.
    Ordered,
    /// In a draft.
    InDraft,
    /// To be had.
    Available,
    /// Not to be had at any of the customer's places.
    NotAvailable,
    /// Sold to other kinds of customers only.
    ForOthers,
}

/// Something to order.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// What.
    pub offering: &'a ProductOffering,
    /// The least it costs each month.
    pub from_monthly: Option<Money>,
    /// Places of the customer's where it can't be had, when it can be had at others.
    pub not_at: Vec<&'a GeographicAddress>,
    /// Whether it can be had anywhere at all.
    pub availability: Availability,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &ServiceRequest<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let site = Field::new(SITE, words.text("request-place")).asks(Asks::Choosing);
    let offering =
        Field::new(OFFERING, words.text("request-services")).hint(words.text("request-services-hint")).asks(Asks::Choosing);
    let template = Field::new(TEMPLATE, words.text("request-template"))
        .hint(words.text("request-template-hint"))
        .optional()
        .asks(Asks::Choosing);
    let main = html! {
        div .split {
            div {
                h1 { (words.text("request-title")) }
                p .lede { (words.with("request-lede", &[("name", (*view.customer.name).into())])) }
                @if !view.places.is_empty() {
                    div .actions { a .button href="#new-order" { (words.text("request-new")) } }
                }
                @if !view.drafts.is_empty() {
                    h2 { (words.text("request-drafts")) }
                    (orders(words, &view.drafts))
                    @if view.drafts.iter().any(|order| order.state == OrderState::Quoted) {
                        p { a href=(Path::quotes(view.customer.id)) { (words.text("quotes-all")) } }
                    }
                }
                @if !view.in_flight.is_empty() {
                    h2 { (words.text("request-in-flight")) }
                    (orders(words, &view.in_flight))
                }
                h2 { (words.text("request-families")) }
                (task_list("family", &families(words, &view.families)))
            }
            aside .account aria-labelledby="account" {
                h2 #account { (words.text("request-account")) }
                (account(words, view.customer))
                @if view.customer.kind == CustomerKind::Business {
                    p { a href=(Path::customer_agreements(view.customer.id)) { (words.text("agreements-title")) } }
                }
            }
        }
        section {
            h2 #places { (words.text("request-places")) }
            @if view.places.is_empty() {
                p { (words.text("request-no-places")) }
            } @else {
                div .cards { @for place in &view.places { (place_card(words, view.customer.id, place)) } }
            }
            p { a href=(Path::CHECK_ADDRESS) { (words.text("request-other-place")) } }
        }
        @if !view.places.is_empty() {
            section .column {
                h2 #new-order { (words.text("request-new")) }
                (new_order(context, view, &filled, [&site, &template, &offering]))
                @if let Some(sites) = &view.many_sites { p { a href=(sites) { (words.text("request-many-sites")) } } }
            }
        }
    };
    let notice = view.notice.map(|notice| match notice {
        Notice::DraftRemoved => banner(Tone::Good, &words.text("request-draft-removed"), &html! {}),
        Notice::OrderCancelled => banner(Tone::Good, &words.text("request-order-cancelled"), &html! {}),
    });
    let problems = filled.problems(&[&site, &template, &offering]);
    page(context, Page { problems, banner: notice, width: Width::Whole, ..Page::titled(words.text("request-title"), main) })
}
