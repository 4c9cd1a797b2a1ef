//! The letters of agency of a placed order: what each says, where the catalogue still has that wording, how and by whom it was
//! authorised, when, and which text.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::id::{LetterId, Version};
use order_manager::order::{Authorisation, KeptLetter, Placed, Signature, ThirdPartyVerification};

use super::order_details::local_moment;
use super::summary_list::{Row, summary_list};
use crate::messages::Words;

/// Every letter that was authorised; nothing where none was.
#[must_use]
pub fn signed_letters(words: &Words, order: &Placed, catalogue: &Catalogue) -> Markup {
    html! {
        @if !order.authorisations.is_empty() {
            h2 { (words.text("details-letters")) }
            @for (key, authorisation) in &order.authorisations {
                h3 { (name(words, catalogue, &key.letter)) }
                @let text = catalogue.letter(&key.letter).filter(|letter| letter.version == *version(authorisation));
                @if let Some(letter) = text {
                    div .about lang="en" { @for paragraph in &letter.paragraphs { p { (paragraph.in_language("en")) } } }
                }
                (summary_list(words, &rows(words, order, catalogue, authorisation)))
            }
            p .about { (words.text("track-letter-text-note")) }
        }
    }
}

/// Every letter that was authorised, by its name, with how, by whom and when.
pub fn letters<'a>(
    words: &'a Words,
    order: &'a Placed,
    catalogue: &'a Catalogue,
) -> impl Iterator<Item = (Cow<'a, str>, Vec<Row<'a>>)> {
    let letters = order.authorisations.iter();
    letters.map(move |(key, authorisation)| (name(words, catalogue, &key.letter), rows(words, order, catalogue, authorisation)))
}

fn name<'a>(words: &Words, catalogue: &'a Catalogue, letter: &LetterId) -> Cow<'a, str> {
    let known = catalogue.letter(letter).map(|letter| letter.title.in_language(words.language()).into());
    known.unwrap_or_else(|| letter.to_string().into())
}

fn rows<'a>(words: &'a Words, order: &Placed, catalogue: &Catalogue, authorisation: &'a Authorisation) -> Vec<Row<'a>> {
    match authorisation {
        Authorisation::Signed(signature) => signed(words, order, catalogue, signature),
        Authorisation::Verified(verification) => verified(words, verification),
        Authorisation::Kept(letter) => kept(words, letter),
    }
}

const fn version(authorisation: &Authorisation) -> &Version {
    match authorisation {
        Authorisation::Signed(signature) => &signature.letter_version,
        Authorisation::Verified(verification) => &verification.letter_version,
        Authorisation::Kept(letter) => &letter.letter_version,
    }
}

fn signed<'a>(words: &'a Words, order: &Placed, catalogue: &Catalogue, signature: &'a Signature) -> Vec<Row<'a>> {
    let mut rows = vec![
        Row::new(words.text("track-letter-who"), &*signature.name),
        Row::new(words.text("track-letter-when"), words.moment(local_moment(catalogue, &order.place, signature.signed))),
    ];
    rows.extend(wording(words, &signature.letter_version, &signature.text_sha256));
    rows
}

fn verified<'a>(words: &'a Words, verification: &'a ThirdPartyVerification) -> Vec<Row<'a>> {
    let mut rows = vec![
        Row::new(words.text("track-verified-by"), &*verification.verifier),
        Row::new(words.text("track-verified-when"), words.date(verification.verified)),
        Row::new(words.text("track-verified-with"), &*verification.confirmed_by),
        Row::new(words.text("track-verified-reference"), &*verification.reference),
        Row::new(words.text("track-verified-recorded"), &*verification.recorded_by.name),
    ];
    rows.extend(wording(words, &verification.letter_version, &verification.text_sha256));
    rows
}

fn kept<'a>(words: &'a Words, letter: &'a KeptLetter) -> Vec<Row<'a>> {
    let mut rows = vec![
        Row::new(words.text("track-letter-who"), &*letter.name),
        Row::new(words.text("track-letter-when"), words.date(letter.signed)),
        Row::new(words.text("track-letter-kept"), &*letter.reference),
    ];
    rows.extend(wording(words, &letter.letter_version, &letter.text_sha256));
    rows
}

fn wording<'a>(words: &'a Words, version: &Version, fingerprint: &'a str) -> [Row<'a>; 2] {
    [
        Row::new(words.text("track-letter-wording"), words.with("details-version", &[("version", version.to_string().into())])),
        Row::new(words.text("track-letter-text"), fingerprint),
    ]
}
