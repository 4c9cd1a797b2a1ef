//! An address without a page: also what is said of somebody else's order, so that nobody learns that it exists.

use maud::{Markup, html};

use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[must_use]
pub fn render(context: &Context<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("not-found-title")) }
        p .lede { (words.text("not-found-lede")) }
        p { (words.text("not-found-next")) }
        div .actions {
            (link(&Path::START, &words.text("not-found-start")))
            (second_link(&Path::HELP, &words.text("not-found-help")))
        }
    };
    page(context, Page::titled(words.text("not-found-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    vec![crate::Sample::new("not-found", render(&crate::sample::signed_out()))]
}
