//! Codes that a customer reads back to a member of staff, in the sessions table: one a session, for minutes, never in the clear.

use jiff::{SignedDuration, Timestamp};
use order_manager::access::AccessReason;
use order_manager::hex;
use order_manager::id::CustomerId;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::key::Key;
use super::record::as_text::AsText;
use super::record::{read, write};
use super::{SessionId, Store, StoreError};
use crate::session::proof;

/// A code is good for so long.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// A code that was sent to the contact of record, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessCode {
    /// The account it opens.
    pub customer: CustomerId,
    /// Why the account is opened.
    pub reason: AccessReason,
    /// Until when it is good.
    pub expires: Timestamp,
    /// What only who has both the session's cookie and the code can make.
    proof: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct AccessCodeRecord {
    customer: AsText<CustomerId>,
    reason: AccessReason,
    proof: String,
    expires: Timestamp,
    expires_at: i64,
}

impl AccessCode {
    /// A code that was sent now, for this session alone.
    #[must_use]
    pub fn new(session: &SessionId, customer: CustomerId, reason: AccessReason, code: &str, now: Timestamp) -> Self {
        let expires = now.saturating_add(LASTS).unwrap_or(now);
        Self { customer, reason, expires, proof: proof_of(session, customer, code) }
    }

    /// Whether this is the code.
    #[must_use]
    pub fn is(&self, session: &SessionId, code: &str) -> bool {
        proof_of(session, self.customer, code).as_bytes().ct_eq(self.proof.as_bytes()).into()
    }
}

fn proof_of(session: &SessionId, customer: CustomerId, code: &str) -> String {
    hex::of(proof(session, &["access", &customer.to_string(), code]))
}

impl Store {
    /// Keeps a code, in the place of one that was sent before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_access_code(&self, session: &SessionId, code: &AccessCode) -> Result<(), StoreError> {
        let AccessCode { customer, reason, expires, proof } = code.clone();
        let record = AccessCodeRecord { customer: AsText(customer), reason, proof, expires, expires_at: expires.as_second() };
        let row = write(Key::access_code(session), &record)?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// The code that a session waits for, be it late or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn access_code(&self, session: &SessionId) -> Result<Option<AccessCode>, StoreError> {
        let key = Key::access_code(session).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(key)).consistent_read(true);
        let Some(row) = get.send().await?.item else { return Ok(None) };
        let AccessCodeRecord { customer, reason, proof, expires, .. } = read(row)?;
        Ok(Some(AccessCode { customer: customer.0, reason, expires, proof }))
    }

    /// Forgets the code that a session waits for.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_access_code(&self, session: &SessionId) -> Result<(), StoreError> {
        let key = Key::access_code(session).into_attributes();
        self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(key)).send().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_code_is_good_for_its_own_session_and_account_alone() {
        let (session, other) = (SessionId::mint().expect("random numbers"), SessionId::mint().expect("random numbers"));
        let customer = CustomerId::new(Uuid::from_u128(1));
        let code = AccessCode::new(&session, customer, AccessReason::Call, "493017", Timestamp::UNIX_EPOCH);
        assert!(code.is(&session, "493017"));
        assert!(!code.is(&session, "493018") && !code.is(&session, "") && !code.is(&other, "493017"));
        let elsewhere = AccessCode { customer: CustomerId::new(Uuid::from_u128(2)), ..code.clone() };
        assert!(!elsewhere.is(&session, "493017"));
        assert!(!format!("{code:?}").contains("493017"));
    }
}
