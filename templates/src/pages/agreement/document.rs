//! The text of an agreement as it is signed: to read, to print and to keep.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{AgreementState, AgreementText, Stage};
use order_manager::id::{AgreementId, CustomerId};

use super::{Head, Tab, framed, stage_tag};
use crate::components::button::link;
use crate::document::{blocks, fingerprint, signatures, text};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The language that agreements are written and signed in.
const WRITTEN: &str = "en";

/// The last part of the file's address.
pub const FILE: &str = "agreement.pdf";

/// The page, as staff see it.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The version's text.
    pub text: &'a AgreementText,
    /// The version, with its signatures.
    pub stage: &'a Stage,
}

/// The page as the customer sees it, while there is nothing for them to sign.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Whose.
    pub customer: CustomerId,
    /// The version, with its text and signatures.
    pub stage: &'a Stage,
    /// Today.
    pub today: Date,
}

/// The page as staff see it.
#[must_use]
pub fn render(context: &Context<'_>, view: &Document<'_>) -> Markup {
    let words = context.words;
    let version = view.stage.version().number;
    let content = html! {
        div .column {
            (keeping(words, &file(view.head.agreement).with(super::redline::TO, &version.to_string())))
            (written(words, view.text))
            (blocks(words, &signatures(words, view.stage)))
        }
    };
    framed(context, &view.head, Tab::Document, vec![], &content)
}

/// The page as the customer sees it.
#[must_use]
pub fn render_kept(context: &Context<'_>, view: &Kept<'_>) -> Markup {
    let words = context.words;
    let version = view.stage.version();
    let main = html! {
        h1 { (version.terms.name) }
        (standing(words, view.stage.state(), version.number))
        @match view.stage {
            Stage::AwaitingCountersignature(_) => p .lede { (words.text("document-waits-for-us")) },
            Stage::Countered(_) => p .lede { (words.text("document-countered")) },
            Stage::InForce(signed) => {
                @let term = [
                    ("from", words.short_date(signed.from).into()),
                    ("until", words.short_date(signed.until).into()),
                ];
                @if signed.from > view.today {
                    p .lede { (words.with("document-signed", &term)) }
                } @else {
                    p .lede { (words.with("document-in-force", &term)) }
                    div .actions { (link(&Path::customer(view.customer), &words.text("agreement-order"))) }
                }
            }
            _ => {}
        }
        (keeping(words, &file(view.agreement)))
        @if let Some(offer) = view.stage.offer() { (written(words, &offer.text)) }
        (blocks(words, &signatures(words, view.stage)))
    };
    let back = Some(Path::customer_agreements(view.customer));
    page(context, Page { back, ..Page::titled(&*version.terms.name, main) })
}

/// Where the agreement is a file.
pub(super) fn file(agreement: AgreementId) -> Path {
    Path::agreement_page(agreement, FILE)
}

/// How to keep what one reads.
pub(super) fn keeping(words: &Words, file: &Path) -> Markup {
    html! { p .actions { span .about { (words.text("document-print")) } a href=(file) { (words.text("document-pdf")) } } }
}

/// How a version stands, for who only reads it.
pub(super) fn standing(words: &Words, state: AgreementState, version: u32) -> Markup {
    html! {
        div .line {
            (stage_tag(words, state))
            span .about { (words.with("agreement-version", &[("number", version.into())])) }
        }
    }
}

/// The text, with its fingerprint.
pub(super) fn written(words: &Words, said: &AgreementText) -> Markup {
    html! {
        div lang=(WRITTEN) { (blocks(words, &text(said))) }
        p .note { (fingerprint(words, said)) }
    }
}
