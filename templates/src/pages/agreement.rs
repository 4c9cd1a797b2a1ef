//! An agreement's pages. What they share is here: the heading with how the agreement stands, the way from one page to the next,
//! and what an edit does to approvals that were given.

pub mod acceptance;
pub mod approvals;
pub mod clauses;
pub mod document;
pub mod ladder;
pub mod list;
pub mod overview;
pub mod prices;
pub mod redline;
#[cfg(any(test, feature = "samples"))]
mod samples;
pub mod terms;

use std::borrow::Cow;

use jiff::Timestamp;
use maud::{Markup, html};
use order_manager::agreement::{AgreementState, Commitment};
use order_manager::calendar::company_zone;
use order_manager::id::{AgreementId, CustomerId};
use order_manager::money::Money;

use crate::components::banner::banner;
use crate::components::error_summary::Problem;
use crate::components::tag::{Tone, tag};
use crate::layout::{Context, Page, Width, page};
use crate::messages::Words;
use crate::path::Path;

#[cfg(any(test, feature = "samples"))]
pub(crate) use samples::samples;

/// How a version stands, in words.
#[must_use]
pub fn stage_tag(words: &Words, stage: AgreementState) -> Markup {
    let tone = match stage {
        AgreementState::InForce => Tone::Good,
        AgreementState::InApproval | AgreementState::Sent => Tone::Active,
        AgreementState::Approved | AgreementState::Countered | AgreementState::AwaitingCountersignature => Tone::Attention,
        AgreementState::Terminated | AgreementState::Declined => Tone::Bad,
        AgreementState::Draft | AgreementState::Superseded | AgreementState::Expired | AgreementState::Recalled => Tone::Neutral,
    };
    tag(tone, &stage_name(words, stage))
}

/// What a version's state is called.
pub(crate) fn stage_name(words: &Words, stage: AgreementState) -> Cow<'_, str> {
    match stage {
        AgreementState::Draft => words.text("agreement-stage-draft"),
        AgreementState::InApproval => words.text("agreement-stage-in-approval"),
        AgreementState::Approved => words.text("agreement-stage-approved"),
        AgreementState::Sent => words.text("agreement-stage-sent"),
        AgreementState::Countered => words.text("agreement-stage-countered"),
        AgreementState::AwaitingCountersignature => words.text("agreement-stage-countersign"),
        AgreementState::InForce => words.text("agreement-stage-in-force"),
        AgreementState::Superseded => words.text("agreement-stage-superseded"),
        AgreementState::Expired => words.text("agreement-stage-expired"),
        AgreementState::Terminated => words.text("agreement-stage-terminated"),
        AgreementState::Declined => words.text("agreement-stage-declined"),
        AgreementState::Recalled => words.text("agreement-stage-recalled"),
    }
}

/// The file that a customer marked up, as addresses name it.
pub const MARKED_UP: &str = "marked-up";

/// One of the pages that staff see of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// How it stands, and what can be done.
    Overview,
    /// Term, dates, sites, commitment.
    Terms,
    /// The price table.
    Prices,
    /// Terms side by side.
    Ladder,
    /// The clauses.
    Clauses,
    /// What has to be approved, and what was.
    Approvals,
    /// Version against version.
    Redline,
    /// The text that is signed.
    Document,
}

impl Tab {
    /// Every page, in the order they are shown.
    pub const ALL: [Self; 8] =
        [Self::Overview, Self::Terms, Self::Prices, Self::Ladder, Self::Clauses, Self::Approvals, Self::Redline, Self::Document];

    /// Its name in addresses; the first page has none of its own.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Terms => "terms",
            Self::Prices => "prices",
            Self::Ladder => "ladder",
            Self::Clauses => "clauses",
            Self::Approvals => "approvals",
            Self::Redline => "changes",
            Self::Document => "document",
        }
    }

    /// The page of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().skip(1).find(|tab| tab.as_str() == name)
    }

    /// Where it is.
    #[must_use]
    pub fn path(self, agreement: AgreementId) -> Path {
        match self {
            Self::Overview => Path::agreement(agreement),
            _ => Path::agreement_page(agreement, self.as_str()),
        }
    }

    fn title(self, words: &Words) -> Cow<'_, str> {
        match self {
            Self::Overview => words.text("agreement-tab-overview"),
            Self::Terms => words.text("agreement-tab-terms"),
            Self::Prices => words.text("agreement-tab-prices"),
            Self::Ladder => words.text("agreement-tab-ladder"),
            Self::Clauses => words.text("agreement-tab-clauses"),
            Self::Approvals => words.text("agreement-tab-approvals"),
            Self::Redline => words.text("agreement-tab-redline"),
            Self::Document => words.text("agreement-tab-document"),
        }
    }
}

/// What every page of an agreement says of it.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// Which.
    pub agreement: AgreementId,
    /// What it is called.
    pub name: &'a str,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: &'a str,
    /// Which version is shown.
    pub version: u32,
    /// How that stands.
    pub state: AgreementState,
    /// The stored version that forms are sent with, so that a change made meanwhile is noticed.
    pub saved: u64,
    /// What the reader may do with its terms.
    pub editing: Editing<'a>,
    /// A word about something that just happened.
    pub notice: Option<Notice>,
}

/// What the reader may do with an agreement's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editing<'a> {
    /// Change them; nothing was approved yet.
    Free,
    /// Change them, which takes them back from approval, where nobody has approved yet.
    TakesBack,
    /// Change them, which voids these people's approvals.
    Voids(Vec<&'a str>),
    /// Only read them.
    Closed,
}

/// Something that just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// What was entered is saved.
    Saved,
    /// It is saved, and approvals that were given are void.
    Voided,
}

impl Notice {
    /// The parameter that brings it.
    pub const PARAMETER: &'static str = "done";

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Voided => "voided",
        }
    }

    /// The notice of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Saved, Self::Voided].into_iter().find(|notice| notice.as_str() == name)
    }
}

impl Head<'_> {
    /// Whether the reader may change the terms.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.editing != Editing::Closed
    }

    /// Where a form of this agreement goes.
    fn action(&self, page: &'static str) -> Path {
        Path::agreement_page(self.agreement, page)
    }
}

/// A page of an agreement as staff see it.
fn framed(context: &Context<'_>, head: &Head<'_>, tab: Tab, problems: Vec<Problem<'static>>, content: &Markup) -> Markup {
    let words = context.words;
    let title = match tab {
        Tab::Overview => head.name.into(),
        _ => words.with("agreement-page-title", &[("page", tab.title(words).into()), ("name", head.name.into())]),
    };
    let main = html! {
        h1 { (title) }
        div .line {
            (stage_tag(words, head.state))
            span .about { (head.customer_name) " · " (words.with("agreement-version", &[("number", head.version.into())])) }
        }
        nav .update .actions aria-label=(words.text("agreement-tabs")) {
            ul {
                @for each in Tab::ALL {
                    li {
                        @if each == tab { strong { a href=(each.path(head.agreement)) aria-current="page" { (each.title(words)) } } }
                        @else { a href=(each.path(head.agreement)) { (each.title(words)) } }
                    }
                }
            }
        }
        (editing(words, head, tab))
        (content)
    };
    let banner = head.notice.map(|notice| match notice {
        Notice::Saved => banner(Tone::Good, &words.text("agreement-saved"), &html! {}),
        Notice::Voided => {
            banner(Tone::Attention, &words.text("agreement-voided"), &html! { p { (words.text("agreement-voided-about")) } })
        }
    });
    page(context, Page { back: Some(Path::DEALS), problems, banner, width: Width::Whole, ..Page::titled(title.clone(), main) })
}

/// A moment, by the clock that agreements go by everywhere, which is named.
pub(crate) fn moment(words: &Words, at: Timestamp) -> String {
    let at = at.to_zoned(company_zone());
    let said = [("moment", words.moment(at.datetime()).into()), ("zone", at.strftime("%Z").to_string().into())];
    words.with("agreement-moment", &said).into_owned()
}

/// What is committed to in each year.
fn yearly<'a>(words: &'a Words, commitment: &Commitment) -> Vec<Cow<'a, str>> {
    match &commitment.yearly[..] {
        [only] => vec![words.with("agreement-commitment-yearly", &[("amount", only.to_string().into())])],
        years => {
            let year = |(index, amount): (usize, &Money)| {
                let said = [("year", (index + 1).into()), ("amount", amount.to_string().into())];
                words.with("agreement-commitment-year", &said)
            };
            years.iter().enumerate().map(year).collect()
        }
    }
}

/// What an edit on this page does, or why there can be none.
fn editing(words: &Words, head: &Head<'_>, tab: Tab) -> Markup {
    let edits = matches!(tab, Tab::Terms | Tab::Prices | Tab::Ladder | Tab::Clauses);
    html! {
        @match &head.editing {
            Editing::Voids(names) if edits => (banner(
                Tone::Attention,
                &words.text("agreement-voids"),
                &html! { p { (words.with("agreement-voids-about", &[("names", names.join(", ").into())])) } },
            )),
            Editing::TakesBack if edits => (banner(
                Tone::Attention,
                &words.text("agreement-takes-back"),
                &html! { p { (words.text("agreement-takes-back-about")) } },
            )),
            Editing::Closed if edits => p .note { (words.text("agreement-closed")) },
            _ => {}
        }
    }
}
