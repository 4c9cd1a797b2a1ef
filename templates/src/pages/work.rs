//! What waits for staff, in lists.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::id::OrderId;
use order_manager::order::OrderState;
use order_manager::text::Text;
use order_manager::work::WorkList;

use crate::components::banner::banner;
use crate::components::button::{link, second_link};
use crate::components::order_state::order_state;
use crate::components::tag::{Tone, tag};
use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, Width, page};
use crate::messages::Words;
use crate::path::Path;

/// The parameter that names the list.
pub const LIST: &str = "list";
/// The parameter that says where a page begins.
pub const BEFORE: &str = "before";

/// The page.
#[derive(Clone, Debug)]
pub struct Work<'a> {
    /// The list that is shown.
    pub list: WorkList,
    /// How many each list has on this page.
    pub counts: [(WorkList, usize); 5],
    /// Its orders.
    pub rows: Vec<Row<'a>>,
    /// The next page.
    pub older: Option<Path>,
    /// The first page, when this is another.
    pub newest: Option<Path>,
    /// Whether the person finds customers and works for them.
    pub serves: bool,
    /// Whether the person has just finished with a customer.
    pub finished: bool,
}

/// An order in the list.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Which.
    pub order: OrderId,
    /// Where it is worked on; by way of the account where that is not open. None for who does not work on orders.
    pub path: Option<Path>,
    /// The customer's name.
    pub customer: &'a str,
    /// What is ordered; nothing before the account is open.
    pub offerings: Vec<&'a Text>,
    /// Where service goes, on one line.
    pub place: &'a str,
    /// How it stands.
    pub state: OrderState,
    /// Since when.
    pub changed: Date,
    /// When it was placed, if it was.
    pub placed: Option<Date>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Work<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("work-title")) }
        p .lede { (words.text("work-lede")) }
        @if view.serves { div .actions { (link(&Path::CUSTOMERS, &words.text("work-find"))) } }
        nav aria-label=(words.text("work-lists")) {
            ul {
                @for (list, count) in view.counts {
                    @let name = html! { (list_name(words, list)) " " (count) @if view.older.is_some() { "+" } };
                    li {
                        @if list == view.list { strong { a href=(path(list)) aria-current="page" { (name) } } }
                        @else { a href=(path(list)) { (name) } }
                    }
                }
            }
        }
        h2 { (list_name(words, view.list)) }
        @if view.rows.is_empty() { p { (words.text("work-none")) } }
        @else { ul .tasks { @for row in &view.rows { (entry(words, row)) } } }
        @if view.older.is_some() || view.newest.is_some() {
            div .actions {
                @if let Some(path) = &view.newest { (second_link(path, &words.text("work-newest"))) }
                @if let Some(path) = &view.older { (second_link(path, &words.text("work-older"))) }
            }
        }
    };
    let banner = view.finished.then(|| banner(Tone::Good, &words.text("work-finished"), &html! {}));
    page(context, Page { banner, width: Width::Whole, ..Page::titled(words.text("work-title"), main) })
}

/// Where a list is.
#[must_use]
pub fn path(list: WorkList) -> Path {
    Path::WORK.with(LIST, list.as_str())
}

fn list_name(words: &Words, list: WorkList) -> Cow<'_, str> {
    match list {
        WorkList::Attention => words.text("work-list-attention"),
        WorkList::Mine => words.text("work-list-mine"),
        WorkList::WithCustomer => words.text("work-list-with-customer"),
        WorkList::ForApproval => words.text("work-list-for-approval"),
        WorkList::Submitted => words.text("work-list-submitted"),
    }
}

fn entry(words: &Words, row: &Row<'_>) -> Markup {
    let reference = words.with("work-order", &[("reference", row.order.reference().into())]);
    let names: Vec<_> = row.offerings.iter().map(|name| name.in_language(words.language())).collect();
    html! {
        li {
            div {
                @match &row.path {
                    Some(path) => a href=(path) { (row.customer) ": " (unbroken(&reference)) },
                    None => span .name { (row.customer) ": " (unbroken(&reference)) },
                }
                @if !names.is_empty() { p .about { (names.join(", ")) } }
                p .about {
                    (row.place) " · "
                    @match row.placed {
                        Some(placed) => (words.with("work-placed", &[("date", words.short_date(placed).into())])),
                        None => (words.with("work-changed", &[("date", words.short_date(row.changed).into())])),
                    }
                }
            }
            div {
                // The customers' own words for this state are about themselves.
                @match row.state {
                    OrderState::Pending => (tag(Tone::Attention, &words.text("work-state-pending"))),
                    state => (order_state(words, state)),
                }
            }
        }
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let names: Vec<_> = catalogue.offerings.iter().map(|offering| &offering.name).collect();
    let place = sample::address().to_string();
    let row = |state: OrderState| Row {
        order: sample::order_id(),
        path: Some(Path::order(sample::order_id())),
        customer: "Whitfield & Daughters Bakery",
        offerings: names.clone(),
        place: &place,
        state,
        changed: date(2026, 11, 23),
        placed: state.is_placed().then(|| date(2026, 11, 20)),
    };
    let counts = WorkList::ALL.map(|list| (list, if list == WorkList::Attention { 2 } else { 0 }));
    let full = Work {
        list: WorkList::Attention,
        counts,
        rows: vec![
            row(OrderState::Held),
            row(OrderState::Pending),
            Row { path: None, offerings: vec![], ..row(OrderState::Draft) },
        ],
        older: Some(path(WorkList::Attention).with(BEFORE, "2026-11-01T00:00:00Z")),
        newest: Some(path(WorkList::Attention)),
        serves: true,
        finished: false,
    };
    let none = Work {
        list: WorkList::ForApproval,
        rows: vec![],
        older: None,
        newest: None,
        serves: false,
        finished: true,
        ..full.clone()
    };
    [("work", full), ("work-none", none)]
        .into_iter()
        .map(|(name, view)| Sample::new(name, render(&sample::staff(), &view)))
        .collect()
}
