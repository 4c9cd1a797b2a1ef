//! The letters that documents are set in: how wide they are, where lines break, and what stands for a letter that there is not.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::PdfError;

const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// Stands for each letter that the typeface lacks.
const LACKING: char = '\u{fffd}';

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// As prose is.
    Regular,
    /// As headings are.
    Bold,
}

/// The letters, in each weight.
pub(super) struct Typeface {
    regular: Face,
    bold: Face,
}

impl Typeface {
    /// The one that is built in.
    pub(super) fn embedded() -> Result<Self, PdfError> {
        Ok(Self { regular: Face::read(REGULAR)?, bold: Face::read(BOLD)? })
    }

    pub(super) fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether it has every letter of a text.
    pub(super) fn has(&self, text: &str) -> bool {
        text.chars()
            .filter(|letter| !is_unseen(*letter))
            .all(|letter| letter.is_whitespace() || self.regular.glyph(letter).is_some())
    }
}

/// The letters in one weight.
pub(super) struct Face {
    font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    em: f32,
}

impl Face {
    fn read(file: &'static [u8]) -> Result<Self, PdfError> {
        let read = FontRef::new(file).map_err(|error| PdfError(error.to_string()))?;
        let font = Font::new(file.into(), 0).ok_or_else(|| PdfError("the typeface can’t be read".to_owned()))?;
        let (letters, widths) = (read.charmap(), read.glyph_metrics(Size::unscaled(), LocationRef::default()));
        Ok(Self { em: font.units_per_em(), font, letters, widths })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    fn glyph(&self, letter: char) -> Option<skrifa::GlyphId> {
        self.letters.map(letter).filter(|glyph| glyph.to_u32() != 0)
    }

    /// A letter, or what stands for it; its width is a share of the size it is set in.
    fn set(&self, letter: char) -> (skrifa::GlyphId, f32) {
        let glyph = self.glyph(letter).or_else(|| self.glyph(LACKING)).unwrap_or_default();
        (glyph, self.widths.advance_width(glyph).unwrap_or_default() / self.em)
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.set(letter).1).sum::<f32>() * size
    }

    /// The letters of a line, each with the text that it stands for: what is copied out of the file is what was written.
    pub(super) fn glyphs(&self, line: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, letter): (usize, char)| {
            let (glyph, width) = self.set(letter);
            KrillaGlyph {
                glyph_id: GlyphId::new(glyph.to_u32()),
                text_range: at..at + letter.len_utf8(),
                x_advance: width,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            }
        };
        line.char_indices().map(glyph).collect()
    }

    /// A text in lines of this width or less. The space between two lines stays at the end of the first, for those who read the
    /// file by a machine; a word that is wider than a line is broken.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let text = cleaned(text);
        let (mut lines, mut line, mut reached) = (vec![], String::new(), 0.0);
        for word in text.split_inclusive(' ') {
            let wide = self.width(word.trim_end_matches(' '), size);
            if !line.is_empty() && reached + wide > width {
                lines.push(std::mem::take(&mut line));
                reached = 0.0;
            }
            if wide <= width {
                line.push_str(word);
                reached += self.width(word, size);
                continue;
            }
            for letter in word.chars() {
                let step = self.set(letter).1 * size;
                if !line.is_empty() && letter != ' ' && reached + step > width {
                    lines.push(std::mem::take(&mut line));
                    reached = 0.0;
                }
                line.push(letter);
                reached += step;
            }
        }
        lines.push(line);
        lines
    }
}

/// A text on one line, without what nobody sees.
fn cleaned(text: &str) -> String {
    let spaced = text.chars().map(|letter| if letter.is_whitespace() && letter != '\u{a0}' { ' ' } else { letter });
    spaced.filter(|letter| !is_unseen(*letter)).collect()
}

/// Marks that guide how text is set and are not seen themselves, and what is no letter at all.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}
