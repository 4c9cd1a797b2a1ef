//! The letters of agency of a placed order: what each says, where the catalogue still has that wording, by whom it was signed, when,
//! and which text.

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::id::LetterId;
use order_manager::order::Placed;

use super::order_details::local_moment;
use super::summary_list::{Row, summary_list};
use crate::messages::Words;

/// Every letter that was signed; nothing where none was.
#[must_use]
pub fn signed_letters(words: &Words, order: &Placed, catalogue: &Catalogue) -> Markup {
    let name = |letter: &LetterId| {
        catalogue
            .letter(letter)
            .map_or_else(|| letter.to_string(), |letter| letter.title.in_language(words.language()).to_owned())
    };
    html! {
        @if !order.signatures.is_empty() {
            h2 { (words.text("details-letters")) }
            @for (key, signature) in &order.signatures {
                h3 { (name(&key.letter)) }
                @let text = catalogue.letter(&key.letter).filter(|letter| letter.version == signature.letter_version);
                @if let Some(letter) = text {
                    div .about lang="en" { @for paragraph in &letter.paragraphs { p { (paragraph.in_language("en")) } } }
                }
                (summary_list(words, &[
                    Row::new(words.text("track-letter-who"), &*signature.name),
                    Row::new(words.text("track-letter-when"), words.moment(local_moment(catalogue, &order.place, signature.signed))),
                    Row::new(
                        words.text("track-letter-wording"),
                        words.with("details-version", &[("version", signature.letter_version.to_string().into())]),
                    ),
                    Row::new(words.text("track-letter-text"), &*signature.text_sha256),
                ]))
            }
            p .about { (words.text("track-letter-text-note")) }
        }
    }
}
