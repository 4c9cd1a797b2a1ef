//! An authenticator app: codes that change with the time (RFC 6238), of a secret as it is typed.

use aws_lc_rs::hmac;

/// The code at a time, in seconds since 1970.
///
/// # Panics
/// When the secret is not base 32.
#[must_use]
#[expect(clippy::expect_used, reason = "a test fails where the secret is none")]
pub fn code_at(secret: &str, seconds: i64) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut key, mut held, mut bits) = (vec![], 0_u64, 0_u32);
    for letter in secret.chars().filter(|letter| !letter.is_whitespace()) {
        held = held << 5 | ALPHABET.find(letter).expect("base 32") as u64;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            key.push((held >> bits & 0xff) as u8);
            held &= (1 << bits) - 1;
        }
    }
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key), &(seconds / 30).to_be_bytes());
    let tag = tag.as_ref();
    let from = usize::from(tag[tag.len() - 1] & 15);
    let number = tag[from..from + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standards_own_examples() {
        // RFC 6238, appendix B: "12345678901234567890" in base 32, the last six digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code_at(secret, seconds), code);
        }
    }
}
