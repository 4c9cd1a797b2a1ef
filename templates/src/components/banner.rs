//! Something that happened, above the heading.

use maud::{Markup, html};

use super::tag::Tone;

/// A banner. Good news is announced when it can be; the rest is found by its heading.
#[must_use]
pub fn banner(tone: Tone, title: &str, content: &Markup) -> Markup {
    html! {
        div .banner .(tone.class()) role=[(tone == Tone::Good).then_some("status")] {
            p .title { (title) }
            (content)
        }
    }
}
