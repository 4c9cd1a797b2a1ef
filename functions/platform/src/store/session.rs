//! Sessions and visitors, in the sessions table.
//!
//! A row's `expires_at` only lets the database clean up; whether a session is over is decided by whoever reads it.

use std::collections::HashMap;
use std::fmt;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join;
use jiff::{SignedDuration, Timestamp};
use order_manager::access::{ActedBy, Actor};
use order_manager::address::GeographicAddress;
use order_manager::hex;
use sha2::{Digest, Sha256};

use super::key::Key;
use super::record::session::{SessionRecord, VisitorRecord};
use super::record::{read, write};
use super::{Store, StoreError};

/// What a session's or visitor's cookie holds: 256 random bits. The store only ever sees its SHA-256, so that a copy of the
/// table opens nobody's session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(Box<str>);

impl SessionId {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random numbers: then there must be no session.
    pub fn mint() -> Result<Self, StoreError> {
        Ok(Self(unguessable()?.into()))
    }

    /// Reads a cookie's value; `None` when it can't be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bits = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bits.len() == 32).then(|| Self(text.into()))
    }

    /// What the cookie holds.
    #[must_use]
    pub fn as_cookie(&self) -> &str {
        &self.0
    }

    /// What the store knows it by: the SHA-256 of the cookie's value, in hexadecimal.
    #[must_use]
    pub fn key(&self) -> String {
        hex::of(Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who, and for whom.
    pub actor: Actor,
    /// The name to greet them by.
    pub name: String,
    /// Signed in when.
    pub began: Timestamp,
    /// Last used.
    pub last_used: Timestamp,
    /// When the identity provider last said that the person may still come in.
    pub checked: Timestamp,
}

impl Session {
    /// Who it is, as records name them.
    #[must_use]
    pub fn acted_by(&self) -> ActedBy {
        self.actor.acted_by(&self.name)
    }
}

/// What a visitor told us before signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The address that was checked.
    pub address: Option<GeographicAddress>,
    /// Where to go after signing in: one of our own paths.
    pub return_to: Option<String>,
    /// Until when this is of use.
    pub expires: Timestamp,
}

/// How long after it began what is known of a session is kept: half a day is the longest a session lasts, and for a day after
/// its end it still tells whose it was.
const KEPT: SignedDuration = SignedDuration::from_hours(36);

/// Until when the rows of a session are kept.
pub(super) fn kept_until(session: &Session) -> Timestamp {
    session.began.saturating_add(KEPT).unwrap_or(session.began)
}

/// A text of 256 random bits, fit for an address and a cookie.
///
/// # Errors
/// When the system gives no random numbers: then nobody may sign in.
pub(crate) fn unguessable() -> Result<String, StoreError> {
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits).map_err(|error| StoreError::Unavailable(format!("random numbers: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bits))
}

impl Store {
    /// Stores a session: a new one, or one as it is now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_session(&self, id: &SessionId, session: &Session) -> Result<(), StoreError> {
        let row = write(Key::session(id), &SessionRecord::of(session, kept_until(session)))?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Ends a session for good, and with it the form that was kept for it. One that is not there is ended already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_session(&self, id: &SessionId) -> Result<(), StoreError> {
        self.delete_session_by_key(&id.key()).await
    }

    /// The same, by what the store knows it by.
    pub(super) async fn delete_session_by_key(&self, key: &str) -> Result<(), StoreError> {
        let delete = |key: Key| {
            let delete = self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(key.into_attributes()));
            delete.send()
        };
        let (session, form) = join(delete(Key::session_by_key(key)), delete(Key::late_form(key))).await;
        session?;
        form?;
        Ok(())
    }

    /// Records that a session was used now, and that its row may be cleaned up at `expires`. A session that was ended
    /// meanwhile stays ended.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn touch_session(&self, id: &SessionId, now: Timestamp, expires: Timestamp) -> Result<(), StoreError> {
        let expires = AttributeValue::N(expires.as_second().to_string());
        self.update_session(id, "SET #time = :time, expires_at = :expires", "last_used", now, Some(expires)).await
    }

    /// Records that the identity provider said at this time that the person may still come in. A session that was ended
    /// meanwhile stays ended.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn session_checked(&self, id: &SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.update_session(id, "SET #time = :time", "checked", at, None).await
    }

    async fn update_session(
        &self,
        id: &SessionId,
        change: &str,
        attribute: &str,
        time: Timestamp,
        expires: Option<AttributeValue>,
    ) -> Result<(), StoreError> {
        let mut values = HashMap::from([(":time".to_owned(), AttributeValue::S(time.to_string()))]);
        values.extend(expires.map(|expires| (":expires".to_owned(), expires)));
        let update = self.client.update_item().table_name(&self.tables.sessions);
        let update = update.set_key(Some(Key::session(id).into_attributes())).update_expression(change);
        let update = update.condition_expression("attribute_exists(pk)");
        let update = update.expression_attribute_names("#time", attribute).set_expression_attribute_values(Some(values));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Stores what a visitor told us, over what they told us before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_visitor(&self, id: &SessionId, visitor: &Visitor) -> Result<(), StoreError> {
        let row = write(Key::visitor(id), &VisitorRecord::from(visitor.clone()))?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// What a visitor told us, be it late or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn visitor(&self, id: &SessionId) -> Result<Option<Visitor>, StoreError> {
        let key = Key::visitor(id).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(key)).consistent_read(true);
        let row = get.send().await?.item;
        row.map(|row| read::<VisitorRecord>(row).map(Visitor::from)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_reads_as_itself_and_shows_in_no_debug_output() {
        let id = SessionId::mint().expect("random numbers");
        assert_eq!(SessionId::parse(id.as_cookie()), Some(id.clone()));
        assert!(!format!("{id:?}").contains(id.as_cookie()));
        assert!(!id.key().contains(id.as_cookie()));
        assert_eq!(id.key().len(), 64);
    }

    #[test]
    fn what_is_not_256_bits_in_the_one_spelling_is_no_id() {
        let zeros = "A".repeat(43);
        assert!(SessionId::parse(&zeros).is_some());
        // The last character carries two bits that must be zero, or one id would have four spellings.
        for text in
            ["", "abc", &"A".repeat(42), &"A".repeat(44), &format!("{}B", "A".repeat(42)), &format!("{zeros}="), &"é".repeat(43)]
        {
            assert_eq!(SessionId::parse(text), None, "{text}");
        }
    }
}
