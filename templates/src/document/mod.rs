//! Documents to print and to keep: an agreement, an order form. What a document says is said once, in blocks; the page and the PDF
//! are both made of them, and so say the same.

mod agreement;
mod order_form;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use maud::{Markup, html};

pub use agreement::{agreement, fingerprint, signatures, text};
pub use order_form::{draft_form, order_form};

use crate::components::price_table::{PriceTable, price_table};
use crate::components::summary_list::{Row, summary_list};
use crate::messages::Words;

/// A document.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// What it is called.
    pub title: Cow<'a, str>,
    /// What it says, in order.
    pub blocks: Vec<Block<'a>>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// A heading.
    Heading(Level, Cow<'a, str>),
    /// A paragraph.
    Paragraph(Cow<'a, str>),
    /// A paragraph of less weight.
    Note(Cow<'a, str>),
    /// What is asked, and what is answered.
    Facts(Vec<Row<'a>>),
    /// What is charged.
    Prices(PriceTable<'a>),
}

/// How far down a heading is, below the document's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Of a part of the document.
    Part,
    /// Of something in a part, such as a service.
    Section,
    /// Of some facts in a section.
    Group,
}

/// The blocks as they stand in a page.
#[must_use]
pub fn blocks(words: &Words, blocks: &[Block<'_>]) -> Markup {
    html! {
        @for block in blocks {
            @match block {
                Block::Heading(Level::Part, heading) => h2 { (heading) },
                Block::Heading(Level::Section, heading) => h3 { (heading) },
                Block::Heading(Level::Group, heading) => h4 { (heading) },
                Block::Paragraph(text) => p { (text) },
                Block::Note(text) => p .about { (text) },
                Block::Facts(rows) => (summary_list(words, rows)),
                Block::Prices(table) => (price_table(words, table)),
            }
        }
    }
}
