//! A customer's orders: those begun, those under way and those that are finished.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::id::{CustomerId, OrderId};
use order_manager::order::OrderState;
use order_manager::text::Text;

use crate::components::button::link;
use crate::components::order_state::order_state;
use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Orders<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// The orders, in the order they are to be shown.
    pub orders: &'a [OrderEntry<'a>],
}

/// An order in the list.
#[derive(Clone, Debug)]
pub struct OrderEntry<'a> {
    /// Which.
    pub id: OrderId,
    /// Its reference.
    pub reference: Cow<'a, str>,
    /// How far it is.
    pub state: OrderState,
    /// What is ordered.
    pub offerings: Vec<&'a Text>,
    /// Where service goes, on one line.
    pub place: Cow<'a, str>,
    /// Last changed.
    pub changed: Date,
    /// Placed, if it is.
    pub placed: Option<Date>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Orders<'_>) -> Markup {
    let words = context.words;
    let title = words.text("orders-title");
    let of = |group: Group| view.orders.iter().filter(move |entry| group_of(entry.state) == group).collect::<Vec<_>>();
    let main = html! {
        h1 { (title) }
        @if view.orders.is_empty() { p { (words.text("orders-none")) } }
        (list(words, &words.text("orders-drafts"), &of(Group::Begun)))
        (list(words, &words.text("orders-open"), &of(Group::UnderWay)))
        (list(words, &words.text("orders-closed"), &of(Group::Finished)))
        div .actions { (link(&Path::customer(view.customer), &words.text("orders-start"))) }
    };
    page(context, Page { back: Some(Path::customer(view.customer)), ..Page::titled(title.clone(), main) })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Begun,
    UnderWay,
    Finished,
}

const fn group_of(state: OrderState) -> Group {
    match state {
        state if !state.is_placed() => Group::Begun,
        state if state.is_final() => Group::Finished,
        _ => Group::UnderWay,
    }
}

fn list(words: &Words, title: &str, entries: &[&OrderEntry<'_>]) -> Markup {
    html! {
        @if !entries.is_empty() {
            h2 { (title) }
            ul .tasks {
                @for entry in entries {
                    li {
                        div {
                            a href=(Path::order(entry.id)) { (names(words, &entry.offerings)) }
                            p .about { (entry.place) }
                            p .about {
                                (unbroken(&words.with("orders-reference", &[("reference", (&*entry.reference).into())])))
                                " · " (dates(words, entry))
                            }
                        }
                        div { (order_state(words, entry.state)) }
                    }
                }
            }
        }
    }
}

fn names<'a>(words: &'a Words, offerings: &[&Text]) -> Cow<'a, str> {
    if offerings.is_empty() {
        return words.text("orders-no-items");
    }
    offerings.iter().map(|name| name.in_language(words.language())).collect::<Vec<_>>().join(", ").into()
}

fn dates<'a>(words: &'a Words, entry: &OrderEntry<'_>) -> Cow<'a, str> {
    let changed = words.short_date(entry.changed).into();
    match entry.placed {
        None => words.with("orders-saved", &[("date", changed)]),
        Some(placed) if placed == entry.changed => words.with("orders-placed", &[("placed", changed)]),
        Some(placed) => words.with("orders-placed-changed", &[("placed", words.short_date(placed).into()), ("changed", changed)]),
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let names: Vec<_> = catalogue.offerings.iter().map(|offering| &offering.name).collect();
    let customer = sample::customer().id;
    let entry = |state: OrderState| OrderEntry {
        id: sample::order_id(),
        reference: sample::order_id().reference().into(),
        state,
        offerings: names.iter().copied().skip(usize::from(state == OrderState::Acknowledged)).collect(),
        place: sample::address().to_string().into(),
        changed: date(2026, 11, 23),
        placed: state.is_placed().then(|| date(2026, 11, if state.is_final() { 23 } else { 20 })),
    };
    let mut entries: Vec<_> = OrderState::ALL.map(entry).into();
    entries.push(OrderEntry { offerings: vec![], ..entry(OrderState::Draft) });
    [("orders", Orders { customer, orders: &entries }), ("orders-none", Orders { customer, orders: &[] })]
        .into_iter()
        .map(|(name, view)| Sample::new(name, render(&sample::context(), &view)))
        .collect()
}
