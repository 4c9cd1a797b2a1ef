//! The way to the company's own sign-in and back: what goes with the browser, and must come back with it.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::store::{StoreError, unguessable};

/// How long somebody has to sign in.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How long a way is kept, so that whoever is late is told so.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// What is known of a sign-in that has begun. It is kept as what is under way in a browser is
/// ([`Store::begin_flow`](crate::store::Store::begin_flow)), and taken once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffWay {
    /// Comes back in the address: that the answer is to this request (RFC 6749, section 10.12).
    pub state: String,
    /// Comes back in the token: that it was made for this request (OpenID Connect Core, section 3.1.2.1).
    pub nonce: String,
    /// Shows that whoever redeems the code is who asked for it (RFC 7636).
    pub verifier: String,
    /// Where the person was going: one of our own paths.
    pub next: Option<String>,
    /// Until when they may come back.
    pub expires: Timestamp,
    /// Until when it is kept.
    pub kept: Timestamp,
}

impl fmt::Debug for StaffWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffWay").field("next", &self.next).field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl StaffWay {
    /// A new one: three texts that nobody can guess.
    ///
    /// # Errors
    /// When the system gives no random numbers: then nobody may sign in.
    pub fn mint(next: Option<String>, now: Timestamp) -> Result<Self, StoreError> {
        let (expires, kept) = (now.saturating_add(LASTS).unwrap_or(now), now.saturating_add(KEPT).unwrap_or(now));
        Ok(Self { state: unguessable()?, nonce: unguessable()?, verifier: unguessable()?, next, expires, kept })
    }
}
