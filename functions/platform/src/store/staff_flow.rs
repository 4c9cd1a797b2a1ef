//! Ways to the company's own sign-in and back, in the sessions table: each is taken once.

use std::fmt;

use aws_sdk_dynamodb::types::ReturnValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::record::{read, write};
use super::{SessionId, Store, StoreError};

/// How long somebody has to sign in.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// What is known of a sign-in that has begun, and must come back with it.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffFlow {
    /// Comes back in the address: that the answer is to this request (RFC 6749, section 10.12).
    pub state: String,
    /// Comes back in the token: that it was made for this request (OpenID Connect Core, section 3.1.2.1).
    pub nonce: String,
    /// Shows that whoever redeems the code is who asked for it (RFC 7636).
    pub verifier: String,
    /// Where the person was going: one of our own paths.
    pub next: Option<String>,
    /// Until when.
    pub expires: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct StaffFlowRecord {
    state: String,
    nonce: String,
    verifier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    expires: Timestamp,
    expires_at: i64,
}

impl fmt::Debug for StaffFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffFlow").field("next", &self.next).field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl StaffFlow {
    /// A new one: three texts of 256 random bits each.
    ///
    /// # Errors
    /// When the system gives no random numbers: then nobody may sign in.
    pub fn mint(next: Option<String>, now: Timestamp) -> Result<Self, StoreError> {
        let expires = now.saturating_add(LASTS).unwrap_or(now);
        Ok(Self { state: random()?, nonce: random()?, verifier: random()?, next, expires })
    }
}

fn random() -> Result<String, StoreError> {
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits).map_err(|error| StoreError::Unavailable(format!("random numbers: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bits))
}

impl Store {
    /// Stores a way that has begun.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_staff_flow(&self, id: &SessionId, flow: &StaffFlow) -> Result<(), StoreError> {
        let StaffFlow { state, nonce, verifier, next, expires } = flow.clone();
        let record = StaffFlowRecord { state, nonce, verifier, next, expires, expires_at: expires.as_second() };
        let row = write(Key::staff_flow(id), &record)?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Takes a way, be it late or not; of two who take it at once, one gets it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn take_staff_flow(&self, id: &SessionId) -> Result<Option<StaffFlow>, StoreError> {
        let delete = self.client.delete_item().table_name(&self.tables.sessions);
        let delete = delete.set_key(Some(Key::staff_flow(id).into_attributes())).return_values(ReturnValue::AllOld);
        let Some(row) = delete.send().await?.attributes else { return Ok(None) };
        let StaffFlowRecord { state, nonce, verifier, next, expires, .. } = read(row)?;
        Ok(Some(StaffFlow { state, nonce, verifier, next, expires }))
    }
}
