//! A request that could not be carried out: what happened, what is safe, what to do, and a reference to quote.

use maud::{Markup, html};

use crate::components::button::{link, second_link};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// What went wrong.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// Which kind of thing.
    pub kind: Kind,
    /// What our records of it are found by.
    pub reference: &'a str,
    /// Where the person can go on, when that is known.
    pub retry: Option<Path>,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request could not be read (400).
    Malformed,
    /// The form came from elsewhere, or its token is not this session's (403).
    Forbidden,
    /// Only the customer can do it, not somebody for them (403).
    CustomersOwn,
    /// The page does not take what was sent to it (405).
    NotTaken,
    /// It was changed meanwhile (409).
    Conflict,
    /// More was sent than is taken (413).
    TooLarge,
    /// Something was sent that is not a form of ours (415).
    NotAForm,
    /// What was sent has fields the page does not have (422).
    Unprocessable,
    /// Too many attempts (429).
    TooMany,
    /// Something broke (500).
    Broken,
    /// Something we need is not there just now (503).
    Unavailable,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Malformed,
        Self::Forbidden,
        Self::CustomersOwn,
        Self::NotTaken,
        Self::Conflict,
        Self::TooLarge,
        Self::NotAForm,
        Self::Unprocessable,
        Self::TooMany,
        Self::Broken,
        Self::Unavailable,
    ];
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Problem<'_>) -> Markup {
    let words = context.words;
    let (title, happened) = match view.kind {
        Kind::Malformed => (words.text("problem-malformed"), words.text("problem-malformed-about")),
        Kind::Forbidden => (words.text("problem-forbidden"), words.text("problem-forbidden-about")),
        Kind::CustomersOwn => (words.text("problem-customers-own"), words.text("problem-customers-own-about")),
        Kind::NotTaken => (words.text("problem-not-taken"), words.text("problem-not-taken-about")),
        Kind::Conflict => (words.text("problem-conflict"), words.text("problem-conflict-about")),
        Kind::TooLarge => (words.text("problem-too-large"), words.text("problem-too-large-about")),
        Kind::NotAForm => (words.text("problem-not-a-form"), words.text("problem-not-a-form-about")),
        Kind::Unprocessable => (words.text("problem-unprocessable"), words.text("problem-unprocessable-about")),
        Kind::TooMany => (words.text("problem-too-many"), words.text("problem-too-many-about")),
        Kind::Broken => (words.text("problem-broken"), words.text("problem-broken-about")),
        Kind::Unavailable => (words.text("problem-unavailable"), words.text("problem-unavailable-about")),
    };
    let main = html! {
        h1 { (title) }
        p .lede { (happened) }
        p { (words.text("problem-safe")) }
        p { (words.text("problem-reference")) " " strong .number { (view.reference) } }
        div .actions {
            @match &view.retry {
                Some(path) => (link(path, &words.text("problem-retry"))),
                None => (link(&Path::START, &words.text("not-found-start"))),
            }
            (second_link(&Path::HELP, &words.text("not-found-help")))
        }
    };
    page(context, Page::titled(&*title, main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, context};

    let show = |kind, retry| render(&context(), &Problem { kind, reference: "7F3K-92QD", retry });
    let every = Kind::ALL.into_iter().map(|kind| Sample::new(format!("problem-{kind:?}").to_lowercase(), show(kind, None)));
    every.chain([Sample::new("problem-retry", show(Kind::Unavailable, Some(Path::CHECK_ADDRESS)))]).collect()
}
