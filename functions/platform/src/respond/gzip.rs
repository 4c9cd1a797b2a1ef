//! Gzip (RFC 1952).

use flate2::Crc;

use crate::deflate::deflate;

/// The method deflate, no name, no time; made for speed, on whatever system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255];

/// A text in gzip; `None` when it can't be compressed, which no text has been known to do.
pub(super) fn compress(text: &str) -> Option<Vec<u8>> {
    let content = text.as_bytes();
    let mut out = HEADER.to_vec();
    deflate(content, &mut out)?;
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
    fn any_reader_of_gzip_reads_it() {
        let alike = "<p>Telephone lines</p>".repeat(4_000);
        for text in ["", "Café", &alike] {
            let mut read = String::new();
            GzDecoder::new(&*compress(text).expect("bytes")).read_to_string(&mut read).expect("a text");
            assert!(read == text, "{} bytes come back as {}", text.len(), read.len());
        }
        assert!(compress(&alike).expect("bytes").len() * 50 < alike.len());
    }
}
