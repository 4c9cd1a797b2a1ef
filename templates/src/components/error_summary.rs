//! The list above the heading of what is to be put right, each line a link to its field.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::messages::Words;

/// Something to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<'a> {
    /// The id of the field, where there is one.
    pub field: Option<Cow<'a, str>>,
    /// What is wrong and what to do: the same words that stand at the field.
    pub words: Cow<'a, str>,
}

/// The summary; nothing when nothing is wrong.
#[must_use]
pub fn error_summary(words: &Words, problems: &[Problem<'_>]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div #error-summary .errors role="alert" tabindex="-1" {
                h2 { (words.text("error-summary-title")) }
                ul {
                    @for problem in problems {
                        li {
                            @match &problem.field {
                                Some(field) => a href={ "#" (field) } { (problem.words) },
                                None => (problem.words),
                            }
                        }
                    }
                }
            }
        }
    }
}
