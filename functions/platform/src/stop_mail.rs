//! What a message carries so that its reader can stop such messages without signing in (RFC 8058): the customer's id, signed with a key
//! of that customer's own.
//!
//! It is good for nothing else and for nobody else, so it need not expire: a message may be years old when somebody has enough of them.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use order_manager::hex;
use order_manager::id::CustomerId;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::store::{StoreError, unguessable};

/// What a customer's links are signed with: 256 bits that nobody can guess, as text.
#[derive(Clone, PartialEq, Eq)]
pub struct MailKey(Box<str>);

impl fmt::Debug for MailKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailKey(…)")
    }
}

impl MailKey {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn mint() -> Result<Self, StoreError> {
        unguessable().map(|key| Self(key.into()))
    }

    /// The one of this text, as a row holds it.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(text.into())
    }

    /// As a row holds it.
    pub(crate) fn as_text(&self) -> &str {
        &self.0
    }

    /// The token for a customer's messages.
    #[must_use]
    pub fn token(&self, customer: CustomerId) -> String {
        format!("{customer}.{}", self.seal(customer))
    }

    /// Whether a token is this customer's.
    #[must_use]
    pub fn has_made(&self, token: &str, customer: CustomerId) -> bool {
        self.token(customer).as_bytes().ct_eq(token.as_bytes()).into()
    }

    fn seal(&self, customer: CustomerId) -> String {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_bytes()).unwrap_or_else(|_| unreachable!("any length will do"));
        mac.update(b"stop mail");
        mac.update(customer.to_string().as_bytes());
        hex::of(&mac.finalize().into_bytes()[..16])
    }
}

/// Whose messages a token would stop, if it is theirs.
#[must_use]
pub fn customer_of(token: &str) -> Option<CustomerId> {
    token.split_once('.').and_then(|(customer, _)| customer.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_own_customers_and_nobody_elses() {
        let (one, other): (CustomerId, CustomerId) = (
            "019b0000-0000-7000-8000-0000000000c1".parse().expect("an id"),
            "019b0000-0000-7000-8000-0000000000c2".parse().expect("an id"),
        );
        let (key, another) = (MailKey::of_text("aa"), MailKey::of_text("ab"));
        let token = key.token(one);
        assert!(key.has_made(&token, one));
        assert_eq!(customer_of(&token), Some(one));
        let renamed = token.replace("c1.", "c2.");
        assert!(!key.has_made(&renamed, other) && !key.has_made(&key.token(other), one));
        for forged in [another.token(one), renamed, token.to_uppercase(), format!("{token}0"), token[..68].to_owned()] {
            assert!(!key.has_made(&forged, one), "{forged}");
        }
        for nothing in ["", ".", "0", "not.one", &token[..36]] {
            assert_eq!(customer_of(nothing), None, "{nothing}");
        }
    }
}
