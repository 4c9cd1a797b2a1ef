//! More, for those who want it.

use maud::{Markup, html};

/// A line that opens.
#[must_use]
pub fn details(summary: &str, content: &Markup) -> Markup {
    html! { details { summary { (summary) } div .inset { (content) } } }
}
