//! Tokens of the user pool, of people who sign in and of partners' systems: what has to hold before one is believed, and the keys
//! that say so.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use order_manager::id::PartnerId;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

use crate::page_error::PageError;

/// Keys that are held are fetched again for an unknown one at most so often, however many tokens name one.
const LEAST_BETWEEN_FETCHES: SignedDuration = SignedDuration::from_mins(1);

/// What an ID token says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claims {
    pub(super) sub: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    #[serde(rename = "cognito:username")]
    pub(super) username: Option<String>,
    #[serde(rename = "custom:idp_groups")]
    pub(super) groups: Option<String>,
    #[serde(default)]
    identities: Vec<ElsewhereKnown>,
    nonce: Option<String>,
    token_use: String,
    exp: i64,
}

/// Who a person is to another identity provider.
#[derive(Clone, Debug, Deserialize)]
struct ElsewhereKnown {
    #[serde(rename = "providerName")]
    provider: String,
}

/// What an ID token must say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    /// The pool.
    pub(super) issuer: &'a str,
    /// The app client that it was made for.
    pub(super) client: &'a str,
    /// Where the person comes from.
    pub(super) from: From<'a>,
}

/// Where a person comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum From<'a> {
    /// The pool's own users, by password.
    Pool,
    /// Another identity provider, through a browser.
    Provider {
        /// Its name in the pool.
        name: &'a str,
        /// What was sent along when the browser went there.
        nonce: &'a str,
    },
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbelievable {
    /// It cannot be read, or lacks what it must have.
    Malformed,
    /// It is signed by another algorithm than RS256, or not at all.
    Algorithm,
    /// The pool has no such key.
    UnknownKey,
    /// The signature is not that key's.
    Signature,
    /// Another pool made it.
    Issuer,
    /// It was made for another client.
    Audience,
    /// Its time is over.
    Expired,
    /// It is of the other kind: no ID token, or no access token.
    Use,
    /// It was not made for this sign-in.
    Nonce,
    /// The person comes from elsewhere.
    Provider,
}

impl std::convert::From<Error> for Unbelievable {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName | ErrorKind::UnsupportedAlgorithm => Self::Algorithm,
            ErrorKind::InvalidSignature => Self::Signature,
            ErrorKind::InvalidIssuer => Self::Issuer,
            ErrorKind::InvalidAudience => Self::Audience,
            _ => Self::Malformed,
        }
    }
}

/// What a token says, when all holds that must.
pub(super) fn verified(token: &str, key: &Jwk, expected: &Expected<'_>, now: Timestamp) -> Result<Claims, Unbelievable> {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // By the clock that everything here goes by, below.
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(key).map_err(|_| Unbelievable::UnknownKey)?;
    let claims = decode::<Claims>(token, &key, &validation)?.claims;
    if claims.exp <= now.as_second() {
        return Err(Unbelievable::Expired);
    }
    if claims.token_use != "id" {
        return Err(Unbelievable::Use);
    }
    if let From::Provider { name, nonce } = expected.from {
        let said = claims.nonce.as_deref().unwrap_or_default();
        if !bool::from(said.as_bytes().ct_eq(nonce.as_bytes())) {
            return Err(Unbelievable::Nonce);
        }
        if claims.identities.is_empty() || claims.identities.iter().any(|identity| identity.provider != name) {
            return Err(Unbelievable::Provider);
        }
    }
    Ok(claims)
}

/// What an access token of a partner's system says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerToken {
    /// Whose system it is.
    pub partner: PartnerId,
    scope: Box<str>,
}

impl PartnerToken {
    /// Whether it is good for this.
    #[must_use]
    pub fn allows(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

/// What an access token says that a client got for itself (RFC 6749, section 4.4). Cognito's names no audience but its client.
#[derive(Deserialize)]
struct AccessClaims {
    client_id: String,
    sub: String,
    #[serde(default)]
    scope: Box<str>,
    token_use: String,
    exp: i64,
}

/// What an access token says, when all holds that must.
pub(super) fn verified_access(token: &str, key: &Jwk, issuer: &str, now: Timestamp) -> Result<PartnerToken, Unbelievable> {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    validation.validate_aud = false;
    // By the clock that everything here goes by, below.
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(key).map_err(|_| Unbelievable::UnknownKey)?;
    let claims = decode::<AccessClaims>(token, &key, &validation)?.claims;
    if claims.exp <= now.as_second() {
        return Err(Unbelievable::Expired);
    }
    // A person's access token is about the person, a client's own about the client.
    if claims.token_use != "access" || claims.sub != claims.client_id {
        return Err(Unbelievable::Use);
    }
    let partner = claims.client_id.parse().map_err(|_| Unbelievable::Malformed)?;
    Ok(PartnerToken { partner, scope: claims.scope })
}

/// The pool's public keys, fetched when they are first needed.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    keys: Option<JwkSet>,
    asked: Option<Timestamp>,
}

impl Keys {
    /// The key that a token says it is signed with. An unknown one has the keys fetched again, for the pool may have changed
    /// them; but not each time, for anybody can name a key that there is not.
    ///
    /// # Errors
    /// When the keys cannot be fetched. Within, why there is no such key.
    pub(super) async fn key_of<F>(&self, token: &str, now: Timestamp, fetch: F) -> Result<Result<Jwk, Unbelievable>, PageError>
    where
        F: Future<Output = Result<JwkSet, PageError>>,
    {
        let header = match decode_header(token) {
            Ok(header) if header.alg == Algorithm::RS256 => header,
            Ok(_) => return Ok(Err(Unbelievable::Algorithm)),
            // An algorithm that this library has no name for, such as none, does not even read.
            Err(_) => return Ok(Err(Unbelievable::Malformed)),
        };
        let Some(id) = header.kid else { return Ok(Err(Unbelievable::UnknownKey)) };
        let mut held = self.0.lock().await;
        if let Some(found) = held.keys.as_ref().and_then(|keys| keys.find(&id)) {
            return Ok(Ok(found.clone()));
        }
        let lately = held.asked.is_some_and(|asked| now.duration_since(asked).abs() < LEAST_BETWEEN_FETCHES);
        if held.keys.is_none() || !lately {
            held.asked = Some(now);
            held.keys = Some(fetch.await?);
        }
        Ok(held.keys.as_ref().and_then(|keys| keys.find(&id)).cloned().ok_or(Unbelievable::UnknownKey))
    }
}
