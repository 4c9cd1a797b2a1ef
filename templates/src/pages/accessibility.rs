//! The accessibility statement.

use maud::{Markup, html};

use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[must_use]
pub fn render(context: &Context<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("accessibility-title")) }
        p .lede { (words.text("accessibility-lede")) }
        h2 { (words.text("accessibility-can")) }
        ul {
            li { (words.text("accessibility-can-zoom")) }
            li { (words.text("accessibility-can-keyboard")) }
            li { (words.text("accessibility-can-reader")) }
            li { (words.text("accessibility-can-scripts")) }
            li { (words.text("accessibility-can-colors")) }
            li { (words.text("accessibility-can-time")) }
        }
        h2 { (words.text("accessibility-tested")) }
        p { (words.text("accessibility-tested-about")) }
        h2 { (words.text("accessibility-tell")) }
        p { (words.text("accessibility-tell-about")) " " a href=(Path::HELP.at("contact")) { (words.text("accessibility-tell-link")) } }
    };
    page(context, Page::titled(words.text("accessibility-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    vec![crate::Sample::new("accessibility", render(&crate::sample::context()))]
}
