//! After signing out.

use maud::{Markup, html};

use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[must_use]
pub fn render(context: &Context<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("signed-out-title")) }
        p .lede { (words.text("signed-out-lede")) }
        div .actions {
            (link(&Path::SIGN_IN, &words.text("signed-out-again")))
            (second_link(&Path::START, &words.text("signed-out-start")))
        }
    };
    page(context, Page::titled(words.text("signed-out-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    vec![crate::Sample::new("signed-out", render(&crate::sample::signed_out()))]
}
