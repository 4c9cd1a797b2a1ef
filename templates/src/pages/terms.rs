//! Terms of service, as the catalogue has them, and how the network is managed.

use maud::{Markup, html};
use order_manager::catalogue::TermsOfService;

use crate::layout::{Context, Page, page};

/// The page. `None` is a catalogue without terms in force: the page then says who to ask.
#[must_use]
pub fn render(context: &Context<'_>, terms: Option<&TermsOfService>) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("terms-title")) }
        @match terms {
            None => p .lede { (words.text("terms-none")) },
            Some(terms) => {
                @let arguments = [("version", terms.version.to_string().into()), ("date", words.short_date(terms.from).into())];
                p .lede { (words.with("terms-version", &arguments)) }
                @for (heading, paragraphs) in &terms.sections {
                    h2 { (heading.in_language(words.language())) }
                    @for paragraph in paragraphs { p { (paragraph.in_language(words.language())) } }
                }
            }
        }
        h2 #network-management { (words.text("terms-network")) }
        p { (words.text("terms-network-open")) }
        p { (words.text("terms-network-busy")) }
    };
    page(context, Page::titled(words.text("terms-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, context, terms};

    vec![Sample::new("terms", render(&context(), Some(&terms()))), Sample::new("terms-none", render(&context(), None))]
}
