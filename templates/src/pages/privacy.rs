//! The privacy notice: what we hold, why, for how long, and the customer's say over network information (CPNI).

use maud::{Markup, html};

use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[must_use]
pub fn render(context: &Context<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("privacy-title")) }
        p .lede { (words.text("privacy-lede")) }
        h2 { (words.text("privacy-hold")) }
        ul {
            li { (words.text("privacy-hold-account")) }
            li { (words.text("privacy-hold-orders")) }
            li { (words.text("privacy-hold-letters")) }
        }
        h2 { (words.text("privacy-network")) }
        p { (words.text("privacy-network-about")) }
        p { (words.text("privacy-network-say")) }
        h2 { (words.text("privacy-cookies")) }
        p { (words.text("privacy-cookies-about")) }
        h2 { (words.text("privacy-share")) }
        p { (words.text("privacy-share-about")) }
        h2 { (words.text("privacy-keep")) }
        p { (words.text("privacy-keep-about")) }
        h2 { (words.text("privacy-ask")) }
        p { (words.text("privacy-ask-about")) " " a href=(Path::HELP.at("contact")) { (words.text("privacy-ask-link")) } }
    };
    page(context, Page::titled(words.text("privacy-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    vec![crate::Sample::new("privacy", render(&crate::sample::context()))]
}
