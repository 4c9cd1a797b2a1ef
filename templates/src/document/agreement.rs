//! An agreement as it is signed, with its fingerprint and who signed it.

use std::borrow::Cow;

use order_manager::agreement::{AgreementText, Signature, Stage};

use super::{Block, Document, Level};
use crate::components::summary_list::Row;
use crate::messages::Words;
use crate::pages::agreement::{moment, stage_name};

/// An agreement, with the signatures of the version that it is the text of.
#[must_use]
pub fn agreement<'a>(words: &'a Words, said: &'a AgreementText, stage: &'a Stage) -> Document<'a> {
    let standing = [("number", stage.version().number.into()), ("state", stage_name(words, stage.state()).into())];
    let mut blocks = vec![Block::Paragraph(words.with("document-standing", &standing))];
    blocks.extend(text(said));
    blocks.push(Block::Note(fingerprint(words, said)));
    blocks.extend(signatures(words, stage));
    Document { title: (&*said.title).into(), blocks }
}

/// The text.
#[must_use]
pub fn text(text: &AgreementText) -> Vec<Block<'_>> {
    let mut blocks = vec![];
    for section in &text.sections {
        blocks.push(Block::Heading(Level::Part, (&*section.heading).into()));
        blocks.extend(section.paragraphs.iter().map(|paragraph| Block::Paragraph((&**paragraph).into())));
    }
    blocks
}

/// What the text is told from any other by.
#[must_use]
pub fn fingerprint<'a>(words: &'a Words, text: &AgreementText) -> Cow<'a, str> {
    words.with("document-fingerprint", &[("fingerprint", text.sha256().into_string().into())])
}

/// Who signed a version, when, and by what right; nothing before anybody has.
#[must_use]
pub fn signatures<'a>(words: &'a Words, stage: &'a Stage) -> Vec<Block<'a>> {
    let (customer, company) = stage.signatures();
    let row = |key, signature: &'a Signature| Row {
        key,
        lines: vec![
            words.with("agreement-signed-by", &[("name", (&*signature.name).into()), ("title", (&*signature.title).into())]),
            (&*signature.authority).into(),
            moment(words, signature.signed).into(),
        ],
        change: None,
        file: None,
    };
    let customer = customer.map(|signature| row(words.text("agreement-for-customer"), signature));
    let company = company.map(|signature| row(words.text("agreement-for-company"), signature));
    let rows: Vec<_> = customer.into_iter().chain(company).collect();
    if rows.is_empty() {
        return vec![];
    }
    vec![Block::Heading(Level::Part, words.text("agreement-signatures")), Block::Facts(rows)]
}
