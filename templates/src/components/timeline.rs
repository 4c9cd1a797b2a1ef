//! The way from an order to service: what is done, what comes next, who acts, and why it is late.

use std::borrow::Cow;

use maud::{Markup, html};

use super::unbroken::unbroken;
use crate::messages::Words;

/// A milestone.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// What it means to the customer.
    pub title: Cow<'a, str>,
    /// How far it is.
    pub progress: Progress,
    /// When it was reached, or is expected.
    pub when: Option<Cow<'a, str>>,
    /// Who acts next, why it is late, and the like.
    pub note: Option<Cow<'a, str>>,
}

/// How far a milestone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Reached.
    Done,
    /// Comes next, and is not begun.
    Next,
    /// Where the order stands: it has arrived, and nothing has been reached yet.
    Here,
    /// Being worked on.
    Now,
    /// Being worked on, and late.
    Late,
    /// Still to come.
    Ahead,
}

/// The milestones in order.
#[must_use]
pub fn timeline(words: &Words, steps: &[Step<'_>]) -> Markup {
    html! {
        ol .timeline {
            @for step in steps {
                @let (class, state) = match step.progress {
                    Progress::Done => ("done", words.text("timeline-done")),
                    Progress::Next => ("ahead", words.text("timeline-next")),
                    Progress::Here => ("now", words.text("timeline-here")),
                    Progress::Now => ("now", words.text("timeline-now")),
                    Progress::Late => ("late", words.text("timeline-late")),
                    Progress::Ahead => ("ahead", words.text("timeline-ahead")),
                };
                li .(class) aria-current=[matches!(step.progress, Progress::Here | Progress::Now | Progress::Late).then_some("step")] {
                    p .title { (step.title) }
                    p .about { (state) @if let Some(when) = &step.when { " · " (when) } }
                    @if let Some(note) = &step.note { p { (unbroken(note)) } }
                }
            }
        }
    }
}
