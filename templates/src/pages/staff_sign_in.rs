//! Staff coming back from the company's own sign-in with nothing that lets them in: what happened, and what to do.

use maud::{Markup, html};

use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They took longer than a sign-in lasts.
    Late,
    /// The sign-in was used already, or this browser never began one.
    Repeated,
    /// What came back belongs to another sign-in.
    MixedUp,
    /// The company's sign-in refused, or the person gave up there.
    Declined,
    /// What came back proves nothing.
    Unproven,
    /// The person has no role here.
    NoRole,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 6] = [Self::Late, Self::Repeated, Self::MixedUp, Self::Declined, Self::Unproven, Self::NoRole];

    /// Its name in a log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Repeated => "repeated",
            Self::MixedUp => "mixed-up",
            Self::Declined => "declined",
            Self::Unproven => "unproven",
            Self::NoRole => "no-role",
        }
    }
}

/// The page. `again` is where the person starts once more.
#[must_use]
pub fn render(context: &Context<'_>, why: Why, again: &Path, reference: &str) -> Markup {
    let words = context.words;
    let (title, about) = match why {
        Why::Late => (words.text("staff-sign-in-late"), words.text("staff-sign-in-late-about")),
        Why::Repeated => (words.text("staff-sign-in-repeated"), words.text("staff-sign-in-repeated-about")),
        Why::MixedUp => (words.text("staff-sign-in-mixed-up"), words.text("staff-sign-in-mixed-up-about")),
        Why::Declined => (words.text("staff-sign-in-declined"), words.text("staff-sign-in-declined-about")),
        Why::Unproven => (words.text("staff-sign-in-unproven"), words.text("staff-sign-in-unproven-about")),
        Why::NoRole => (words.text("staff-sign-in-no-role"), words.text("staff-sign-in-no-role-about")),
    };
    let main = html! {
        h1 { (title) }
        p .lede { (about) }
        p { (words.text("problem-reference")) " " strong .number { (reference) } }
        div .actions {
            (link(again, &words.text("staff-sign-in-again")))
            @match why {
                Why::Repeated => (second_link(&Path::WORK, &words.text("staff-sign-in-repeated-on"))),
                _ => (second_link(&Path::START, &words.text("not-found-start"))),
            }
        }
    };
    page(context, Page::titled(&*title, main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, signed_out};

    let show = |why: Why| {
        let markup = render(&signed_out(), why, &Path::STAFF_SIGN_IN, "7F3K-92QD");
        Sample::new(format!("staff-sign-in-{}", why.as_str()), markup)
    };
    Why::ALL.map(show).into()
}
