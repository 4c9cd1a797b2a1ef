//! After signing out.

use maud::{Markup, html};

use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// Who has signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A customer.
    Customer,
    /// A member of staff, who is still signed in with the company.
    Staff,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, whose: Whose) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("signed-out-title")) }
        p .lede { (words.text("signed-out-lede")) }
        @match whose {
            Whose::Customer => {
                div .actions {
                    (link(&Path::SIGN_IN, &words.text("signed-out-again")))
                    (second_link(&Path::START, &words.text("signed-out-start")))
                }
            }
            Whose::Staff => {
                p { (words.text("signed-out-staff")) }
                div .actions {
                    (link(&Path::STAFF_SIGN_OUT, &words.text("signed-out-staff-button")))
                    (second_link(&Path::STAFF_SIGN_IN, &words.text("signed-out-again")))
                }
            }
        }
    };
    page(context, Page::titled(words.text("signed-out-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, signed_out};

    let show = |whose| render(&signed_out(), whose);
    vec![Sample::new("signed-out", show(Whose::Customer)), Sample::new("signed-out-staff", show(Whose::Staff))]
}
