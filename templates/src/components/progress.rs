//! How far along the way to a placed order a step is, above its heading.

use std::borrow::Cow;

use jiff::Timestamp;
use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::journey::{Step, steps};
use order_manager::order::Draft;

use crate::messages::Words;

/// A step's place on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which step it is, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Position {
    /// A step's place among the pages of a draft. A dialog counts as part of its item's page: how many there are depends on the
    /// answers, and a count that jumps about says nothing.
    #[must_use]
    pub fn of_step(draft: &Draft, step: &Step, catalogue: &Catalogue, now: Timestamp) -> Option<Self> {
        let page = match step {
            Step::Dialog(item, _) => &Step::Item(*item),
            step => step,
        };
        let pages = steps(draft, catalogue, now).into_iter().map(|(step, _)| step);
        let pages: Vec<_> = pages.filter(|step| !matches!(step, Step::Dialog(..))).collect();
        let index = pages.iter().position(|candidate| candidate == page)?;
        Some(Self { number: index + 1, of: pages.len() })
    }
}

/// The line above the heading of a page that is a part of a step, such as a dialog's: the step, and what it is about.
#[must_use]
pub fn part(words: &Words, position: Option<Position>, of: &str) -> Markup {
    html! {
        p .step {
            @if let Some(position) = position { span { (step(words, position)) } " – " }
            (of)
        }
    }
}

/// The line above a step's heading; nothing for a step that is not on the way.
#[must_use]
pub fn progress(words: &Words, position: Option<Position>) -> Markup {
    html! {
        @if let Some(position) = position { p .step { (step(words, position)) } }
    }
}

fn step(words: &Words, Position { number, of }: Position) -> Cow<'_, str> {
    words.with("order-step", &[("number", number.into()), ("of", of.into())])
}
