//! The text of an agreement as it is signed: to read, to print and to keep.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{AgreementState, AgreementText, Stage};
use order_manager::id::CustomerId;

use super::overview::signatures;
use super::{Head, Tab, framed, stage_tag};
use crate::components::button::link;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The language that agreements are written and signed in.
const WRITTEN: &str = "en";

/// The page, as staff see it.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The version's text.
    pub text: &'a AgreementText,
    /// The version, where it is the newest: with its signatures.
    pub stage: Option<&'a Stage>,
}

/// The page as the customer sees it, while there is nothing for them to sign.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
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
    let content = html! {
        div .column {
            p .actions .about { (words.text("document-print")) }
            (text(words, view.text))
            @if let Some(stage) = view.stage { (signatures(words, stage)) }
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
        p .actions .about { (words.text("document-print")) }
        @if let Some(offer) = view.stage.offer() { (text(words, &offer.text)) }
        (signatures(words, view.stage))
    };
    let back = Some(Path::customer_agreements(view.customer));
    page(context, Page { back, ..Page::titled(&*version.terms.name, main) })
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
pub(super) fn text(words: &Words, text: &AgreementText) -> Markup {
    html! {
        div lang=(WRITTEN) {
            @for section in &text.sections {
                h2 { (section.heading) }
                @for paragraph in &section.paragraphs { p { (paragraph) } }
            }
        }
        p .note { (words.text("document-fingerprint")) " " (text.sha256()) }
    }
}
