//! Ties a code to who asked for it (RFC 7636). Only S256 is taken, as by Cognito.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

/// What to keep of a challenge; `None` for one that is refused.
pub(super) fn challenge(challenge: Option<String>, method: Option<&str>) -> Option<Option<String>> {
    match (challenge, method) {
        (None, None) => Some(None),
        (Some(challenge), Some("S256")) if challenge.len() == 43 => Some(Some(challenge)),
        _ => None,
    }
}

/// Whether a verifier answers a challenge.
pub(super) fn answers(challenge: Option<&str>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(challenge), Some(verifier)) => {
            let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
            hash.as_bytes().ct_eq(challenge.as_bytes()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_verifier_of_a_challenge_answers_it() {
        // RFC 7636, appendix B.
        let (expected, verifier) = ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert!(answers(Some(expected), Some(verifier)));
        assert!(!answers(Some(expected), Some(expected)) && !answers(Some(expected), None));
        assert!(answers(None, None));
    }

    #[test]
    fn a_challenge_is_a_hash_and_says_so() {
        let hash = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned();
        assert_eq!(challenge(Some(hash.clone()), Some("S256")), Some(Some(hash.clone())));
        assert_eq!(challenge(None, None), Some(None));
        for (given, method) in [
            (Some(hash.clone()), None),
            (Some(hash), Some("plain")),
            (None, Some("S256")),
            (Some("short".to_owned()), Some("S256")),
        ] {
            assert_eq!(challenge(given, method), None);
        }
    }
}
