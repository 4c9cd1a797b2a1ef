//! Help and contact.

use maud::{Markup, html};

use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[must_use]
pub fn render(context: &Context<'_>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("help-title")) }
        p .lede { (words.text("help-lede")) }
        h2 #contact { (words.text("help-contact")) }
        dl .summary {
            div { dt { (words.text("help-by-phone")) } dd { (unbroken(&words.text("help-phone"))) br; (words.text("help-hours")) } }
            div { dt { (words.text("help-by-email")) } dd { (words.text("help-email")) } }
            div { dt { (words.text("help-by-relay")) } dd { (words.text("help-relay")) } }
        }
        h2 { (words.text("help-order")) }
        p { (words.text("help-order-about")) }
        ul {
            li { a href=(Path::CHECK_ADDRESS) { (words.text("help-order-check")) } }
            li { a href=(Path::SIGN_IN) { (words.text("help-order-resume")) } }
        }
        h2 { (words.text("help-keep")) }
        p { (words.text("help-keep-about")) }
        p { (words.text("help-keep-cancel")) }
        h2 { (words.text("help-emergency")) }
        p { (words.text("help-emergency-about")) }
        h2 #discounts { (words.text("help-discounts")) }
        p { (words.text("help-discounts-about")) }
        h2 { (words.text("help-bill")) }
        p { (words.text("help-bill-about")) }
    };
    page(context, Page::titled(words.text("help-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    vec![crate::Sample::new("help", render(&crate::sample::context()))]
}
