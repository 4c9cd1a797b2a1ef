//! Questions and answers, each with a way to change it.

use std::borrow::Cow;

use maud::{Markup, html};

use super::unbroken::unbroken;
use crate::messages::Words;
use crate::path::Path;

/// A question and its answer.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What was asked.
    pub key: Cow<'a, str>,
    /// What was answered, each a line.
    pub lines: Vec<Cow<'a, str>>,
    /// Where it is changed.
    pub change: Option<Path>,
    /// Where the file is that was answered with.
    pub file: Option<Path>,
}

impl<'a> Row<'a> {
    /// A row that is only read.
    #[must_use]
    pub fn new(key: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self { key: key.into(), lines: vec![value.into()], change: None, file: None }
    }
}

/// The list. A row without an answer says so.
#[must_use]
pub fn summary_list(words: &Words, rows: &[Row<'_>]) -> Markup {
    html! {
        dl .summary {
            @for row in rows {
                div {
                    dt { (row.key) }
                    dd {
                        @if row.lines.is_empty() { span .none { (words.text("summary-not-given")) } }
                        @for (index, line) in row.lines.iter().enumerate() {
                            @if index > 0 { br; }
                            @if let Some(file) = &row.file { a href=(file) { (line) } } @else { (unbroken(line)) }
                        }
                    }
                    @if let Some(change) = &row.change {
                        dd .change { a href=(change) { (words.text("summary-change")) span .vh { " " (row.key) } } }
                    }
                }
            }
        }
    }
}
