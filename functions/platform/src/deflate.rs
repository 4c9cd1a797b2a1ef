//! Deflate (RFC 1951), with a compressor that is kept: it holds 300 KB, and asking for them anew takes as long as compressing a page.

use std::cell::RefCell;
use std::io::{self, Read as _};

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};

thread_local! {
    /// Level 1: a sixth of a page's size for a few microseconds.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(1), false));
}

/// Adds what some bytes compress to; `None` when they can't be compressed, which nothing has been known to do.
pub(crate) fn deflate(content: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let room = content.len() / 2 + 64;
    out.reserve(room);
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        loop {
            let rest = content.get(usize::try_from(compressor.total_in()).ok()?..)?;
            match compressor.compress_vec(rest, out, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(()),
                Status::Ok | Status::BufError => out.reserve(room),
            }
        }
    })
}

/// What was compressed, if it is no more than so many bytes.
///
/// # Errors
/// When it is more, or is nothing that was compressed.
pub(crate) fn inflate(compressed: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let mut content = vec![];
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    DeflateDecoder::new(compressed).take(limit).read_to_end(&mut content)?;
    if content.len() > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(content) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_whatever_was_compressed_before() {
        let alike = "<p>Telephone lines</p>".repeat(4_000);
        // Not two characters in a row that were there before: it becomes larger.
        let unlike: String =
            (0..60_000_u32).map(|n| char::from_u32(0x4e00 + n.wrapping_mul(7_919) % 20_000).unwrap_or('?')).collect();
        for text in ["", "a", &alike, &unlike, &alike, "Café"] {
            let mut compressed = vec![];
            deflate(text.as_bytes(), &mut compressed).expect("bytes");
            assert!(inflate(&compressed, text.len()).expect("content") == text.as_bytes(), "{} bytes", text.len());
            assert!(text.is_empty() || inflate(&compressed, text.len() - 1).is_err(), "more than was asked for");
        }
        assert!(inflate(b"no such thing", 1_000).is_err());
    }
}
