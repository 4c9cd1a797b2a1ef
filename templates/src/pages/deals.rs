//! The agreements that are being negotiated: mine, those that wait for me, and those that end soon.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::AgreementState;
use order_manager::id::AgreementId;

use super::agreement::stage_tag;
use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, Width, page};
use crate::messages::Words;
use crate::path::Path;

/// The parameter that names the list.
pub const LIST: &str = "list";

/// The parameter that says where a page begins.
pub const BEFORE: &str = "before";

/// A list of deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealList {
    /// Those that the reader negotiates.
    Mine,
    /// Those that the reader is to do something about.
    AwaitingMe,
    /// Those in force whose term ends soon.
    Expiring,
}

impl DealList {
    /// Every list, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::AwaitingMe, Self::Mine, Self::Expiring];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::AwaitingMe => "awaiting-me",
            Self::Expiring => "expiring",
        }
    }

    /// The list of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == name)
    }
}

/// The page.
#[derive(Clone, Debug)]
pub struct Deals<'a> {
    /// The list that is shown.
    pub list: DealList,
    /// How many each list has on this page.
    pub counts: [(DealList, usize); 3],
    /// Its deals.
    pub deals: Vec<Deal<'a>>,
    /// The next page.
    pub older: Option<Path>,
    /// The first page, when this is another.
    pub newest: Option<Path>,
    /// Whether the reader begins agreements.
    pub negotiates: bool,
}

/// An agreement in a list.
#[derive(Clone, Debug)]
pub struct Deal<'a> {
    /// Which.
    pub agreement: AgreementId,
    /// What it is called.
    pub name: &'a str,
    /// The customer's name.
    pub customer: &'a str,
    /// Which version is meant.
    pub version: u32,
    /// How that stands.
    pub state: AgreementState,
    /// Who negotiates it.
    pub owner: &'a str,
    /// Since when it stands so.
    pub changed: Date,
    /// When its term ends, once it is in force.
    pub ends: Option<Date>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Deals<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("deals-title")) }
        p .lede { (words.text("deals-lede")) }
        @if view.negotiates {
            div .actions { (link(&Path::CUSTOMERS, &words.text("deals-begin"))) }
        }
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
        @if view.deals.is_empty() { p { (words.text("deals-none")) } }
        @else { ul .tasks { @for deal in &view.deals { (entry(words, deal)) } } }
        @if view.older.is_some() || view.newest.is_some() {
            div .actions {
                @if let Some(path) = &view.newest { (second_link(path, &words.text("deals-newest"))) }
                @if let Some(path) = &view.older { (second_link(path, &words.text("deals-older"))) }
            }
        }
    };
    page(context, Page { width: Width::Whole, ..Page::titled(words.text("deals-title"), main) })
}

/// Where a list is.
#[must_use]
pub fn path(list: DealList) -> Path {
    Path::DEALS.with(LIST, list.as_str())
}

fn list_name(words: &Words, list: DealList) -> Cow<'_, str> {
    match list {
        DealList::Mine => words.text("deals-list-mine"),
        DealList::AwaitingMe => words.text("deals-list-awaiting-me"),
        DealList::Expiring => words.text("deals-list-expiring"),
    }
}

fn entry(words: &Words, deal: &Deal<'_>) -> Markup {
    let ends = deal.ends.map(|day| words.with("deals-ends", &[("date", words.short_date(day).into())]));
    let about = [words.with("agreement-version", &[("number", deal.version.into())]), deal.owner.into()];
    let about: Vec<_> = about.into_iter().chain(ends).collect();
    html! {
        li {
            div {
                a href=(Path::agreement(deal.agreement)) { (deal.customer) ": " (deal.name) }
                p .about { (about.join(" · ")) }
                p .about { (words.with("work-changed", &[("date", words.short_date(deal.changed).into())])) }
            }
            div { (stage_tag(words, deal.state)) }
        }
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;

    use crate::sample::{self, Sample};

    let deal = |name, state, ends| Deal {
        agreement: sample::parsed("018f3a2e-0000-7000-8000-0000000000a9"),
        name,
        customer: "Whitfield & Daughters Bakery",
        version: 2,
        state,
        owner: "Noor Haddad",
        changed: date(2026, 11, 20),
        ends,
    };
    let counts = [(DealList::AwaitingMe, 2), (DealList::Mine, 4), (DealList::Expiring, 0)];
    let full = Deals {
        list: DealList::AwaitingMe,
        counts,
        deals: vec![
            deal("Network services 2027", AgreementState::Countered, None),
            deal("Branch offices", AgreementState::AwaitingCountersignature, Some(date(2027, 1, 31))),
        ],
        older: Some(path(DealList::AwaitingMe).with(BEFORE, "2026-11-01T00:00:00Z")),
        newest: None,
        negotiates: true,
    };
    let none = Deals {
        list: DealList::Expiring,
        deals: vec![],
        older: None,
        newest: Some(path(DealList::Expiring)),
        negotiates: false,
        ..full.clone()
    };
    [("deals", full), ("deals-none", none)]
        .into_iter()
        .map(|(name, view)| Sample::new(name, render(&sample::negotiating(), &view)))
        .collect()
}
