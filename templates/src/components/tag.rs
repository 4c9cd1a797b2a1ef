//! A status in words; the colour only repeats what they say.

use maud::{Markup, html};

/// How a status is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Neutral,
    /// Under way.
    Active,
    /// Done.
    Good,
    /// The customer is needed.
    Attention,
    /// It went wrong.
    Bad,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Active => "active",
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Bad => "bad",
        }
    }
}

/// A status.
#[must_use]
pub fn tag(tone: Tone, status: &str) -> Markup {
    html! { span .tag .(tone.class()) { (status) } }
}
