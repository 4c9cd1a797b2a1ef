//! Codes that change with the time (RFC 6238): 30 seconds, SHA-1, six digits, as every authenticator takes them.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use jiff::Timestamp;
use subtle::ConstantTimeEq;

const STEP_SECONDS: i64 = 30;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret that an authenticator was given, as text in base 32.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret(Vec<u8>);

/// An authenticator that has shown it has its secret.
#[derive(Clone, Debug)]
pub(super) struct Authenticator {
    secret: Secret,
    /// The step of the last code that was taken: neither it nor an earlier one is taken again.
    last: Option<i64>,
}

impl Secret {
    /// Of these bytes.
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// Reads base 32 without padding; `None` when the text is something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
        for letter in text.bytes() {
            let value = ALPHABET.iter().position(|known| *known == letter.to_ascii_uppercase())?;
            held = held << 5 | u32::try_from(value).ok()?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            }
        }
        Some(Self(bytes))
    }

    /// As people type it into an authenticator.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for five in self.0.chunks(5) {
            let mut block = [0; 8];
            block[3..3 + five.len()].copy_from_slice(five);
            let bits = u64::from_be_bytes(block);
            for place in 0..(five.len() * 8).div_ceil(5) {
                text.push(char::from(ALPHABET[usize::from((bits >> (35 - 5 * place) & 31) as u8)]));
            }
        }
        text
    }

    /// The code of a step.
    fn code(&self, step: i64) -> String {
        let mac = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0), &step.to_be_bytes());
        let mac = mac.as_ref();
        let at = usize::from(mac[mac.len() - 1] & 15);
        let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
        format!("{:06}", number % 1_000_000)
    }

    /// The code at a time.
    pub(super) fn code_at(&self, now: Timestamp) -> String {
        self.code(now.as_second().div_euclid(STEP_SECONDS))
    }

    /// The step whose code this is, at most one before or after the time's.
    fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let current = now.as_second().div_euclid(STEP_SECONDS);
        (current - 1..=current + 1).find(|step| self.code(*step).as_bytes().ct_eq(code.as_bytes()).into())
    }
}

impl Authenticator {
    /// One that is known to have its secret.
    pub(super) fn of(secret: Secret) -> Self {
        Self { secret, last: None }
    }

    /// One that shows by its first code that it has the secret.
    pub(super) fn shown(secret: Secret, code: &str, now: Timestamp) -> Option<Self> {
        let mut authenticator = Self::of(secret);
        authenticator.accepts(code, now).then_some(authenticator)
    }

    /// Whether a code is right and was not taken before; it is taken now.
    pub(super) fn accepts(&mut self, code: &str, now: Timestamp) -> bool {
        let step = self.secret.step_of(code, now).filter(|step| self.last.is_none_or(|last| *step > last));
        self.last = step.or(self.last);
        step.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::new(b"12345678901234567890");
        // RFC 6238, appendix B, the last six of eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code_at(at(second)), code);
        }
    }

    #[test]
    fn a_secrets_text_is_base_32_and_reads_back() {
        // RFC 4648, section 10, without padding.
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(Secret::new(bytes.as_bytes()).text(), text);
            assert_eq!(Secret::read(text), Some(Secret::new(bytes.as_bytes())));
        }
        assert_eq!(Secret::read("MZ0"), None);
    }

    #[test]
    fn a_code_is_taken_once_and_within_a_step_of_its_time() {
        let secret = Secret::new(b"12345678901234567890");
        let code = secret.code_at(at(1000));
        for (second, taken) in [(959, false), (960, true), (1049, true), (1050, false)] {
            assert_eq!(Authenticator::of(secret.clone()).accepts(&code, at(second)), taken, "{second}");
        }
        let mut authenticator = Authenticator::shown(secret.clone(), &code, at(1000)).expect("the right code");
        assert!(!authenticator.accepts(&code, at(1000)), "a second time");
        assert!(!authenticator.accepts(&secret.code_at(at(970)), at(1000)), "an earlier one");
        assert!(authenticator.accepts(&secret.code_at(at(1030)), at(1000)), "a later one");
        assert!(Authenticator::shown(secret, "000000", at(1000)).is_none());
    }
}
