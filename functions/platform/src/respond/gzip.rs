//! Gzip (RFC 1952), with a compressor that is kept: it holds 300 KB, and asking for them anew takes as long as compressing a page.

use std::cell::RefCell;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// The method deflate, no name, no time; made for speed, on whatever system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255];

thread_local! {
    /// Level 1: a sixth of the size for a few microseconds.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(1), false));
}

/// A text in gzip; `None` when it can't be compressed, which no text has been known to do.
pub(super) fn compress(text: &str) -> Option<Vec<u8>> {
    let content = text.as_bytes();
    let room = content.len() / 2 + 64;
    let mut out = Vec::with_capacity(room);
    out.extend_from_slice(&HEADER);
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        loop {
            let rest = content.get(usize::try_from(compressor.total_in()).ok()?..)?;
            match compressor.compress_vec(rest, &mut out, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(()),
                Status::Ok | Status::BufError => out.reserve(room),
            }
        }
    })?;
    let mut sum = Crc::new();
    sum.update(content);
    out.extend_from_slice(&sum.sum().to_le_bytes());
    out.extend_from_slice(&sum.amount().to_le_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn each_text_comes_back_whatever_was_compressed_before() {
        let alike = "<p>Telephone lines</p>".repeat(4_000);
        // Not two characters in a row that were there before: it becomes larger.
        let unlike: String =
            (0..60_000_u32).map(|n| char::from_u32(0x4e00 + n.wrapping_mul(7_919) % 20_000).unwrap_or('?')).collect();
        for text in ["", "a", &alike, &unlike, &alike, "Café"] {
            let mut read = String::new();
            GzDecoder::new(&*compress(text).expect("bytes")).read_to_string(&mut read).expect("a text");
            assert!(read == text, "{} bytes come back as {}", text.len(), read.len());
        }
        assert!(compress(&alike).expect("bytes").len() * 50 < alike.len());
    }
}
