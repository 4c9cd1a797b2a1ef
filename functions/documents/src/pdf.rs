//! A document as a PDF: tagged for those who have it read to them, in a typeface of its own that goes with it.
//!
//! First everything is laid out on sheets, then it is drawn: so each page can say of how many it is.

mod draw;
mod layout;
#[cfg(test)]
mod tests;
mod typeface;

use std::fmt;

use templates::document::Document;
use templates::messages::Words;

/// Why a document could not be written: a mistake of ours, whatever the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfError(String);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no PDF was written: {}", self.0)
    }
}

impl std::error::Error for PdfError {}

/// The document as a file, on pages of US letter.
///
/// # Errors
/// When it would not be a tagged PDF by PDF/UA-1 as far as that can be checked.
pub fn write(words: &Words, document: &Document<'_>) -> Result<Vec<u8>, PdfError> {
    let typeface = typeface::Typeface::embedded()?;
    let laid = layout::lay(words, document, &typeface);
    draw::draw(words, document, &typeface, laid)
}
