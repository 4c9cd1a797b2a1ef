//! A person's own sessions: rows beside the sessions themselves, by which they are found without looking through all.

use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::id::PersonId;
use serde::{Deserialize, Serialize};

use super::batch::{Reading, get};
use super::key::Key;
use super::record::session::SessionRecord;
use super::record::{Row, read, write};
use super::session::kept_until;
use super::{Session, SessionId, Store, StoreError};

/// A session of a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// What the store knows it by, which opens nothing.
    pub key: String,
    /// The session, be it over or not.
    pub session: Session,
    /// What it was begun on, as a person would call it; empty where that is not known.
    pub device: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct OwnRecord {
    device: String,
    expires_at: i64,
}

impl Store {
    /// Has a session found by whose it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_session(&self, id: &SessionId, session: &Session, device: &str) -> Result<(), StoreError> {
        let record = OwnRecord { device: device.to_owned(), expires_at: kept_until(session).as_second() };
        let row = write(Key::own_session(session.actor.person(), &id.key()), &record)?;
        self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// A person's sessions, the last begun first. Nobody has looked whether they are over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn sessions_of(&self, person: PersonId) -> Result<Vec<OwnSession>, StoreError> {
        let query = self.client.query().table_name(&self.tables.sessions).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(Key::own_session(person, "").pk));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        let keys: Vec<_> = rows.iter().map(|row| Key::of(row).sk).collect();
        let wanted: Vec<_> = keys.iter().map(|key| (self.tables.sessions.as_str(), Key::session_by_key(key))).collect();
        let mut found: Vec<_> = get(&self.client, &wanted, Reading::Consistent)
            .await?
            .into_iter()
            .map(|row| Ok((Key::of(&row), Session::from(read::<SessionRecord>(row)?))))
            .collect::<Result<_, StoreError>>()?;
        let mut own = vec![];
        for row in rows {
            let key = Key::of(&row).sk;
            let session = found.iter().position(|(at, _)| *at == Key::session_by_key(&key)).map(|at| found.swap_remove(at).1);
            let device = read::<OwnRecord>(row)?.device;
            own.extend(session.map(|session| OwnSession { key, session, device }));
        }
        own.sort_by_key(|own| std::cmp::Reverse(own.session.began));
        Ok(own)
    }

    /// Ends one session of a person's, by the key it is known by. `false` when they have none with that key.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn end_own_session(&self, person: PersonId, key: &str) -> Result<bool, StoreError> {
        let row = Key::own_session(person, key).into_attributes();
        let listed = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(row)).consistent_read(true);
        if listed.send().await?.item.is_none() {
            return Ok(false);
        }
        self.end_listed(person, key).await?;
        Ok(true)
    }

    /// Ends a session for good, and with it the form that was kept for it. One that is not there is ended already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end_session(&self, person: PersonId, id: &SessionId) -> Result<(), StoreError> {
        self.end_listed(person, &id.key()).await
    }

    async fn end_listed(&self, person: PersonId, key: &str) -> Result<(), StoreError> {
        // The session first: what is listed and not there does nobody any harm.
        self.delete_session_by_key(key).await?;
        let row = Key::own_session(person, key).into_attributes();
        self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(row)).send().await?;
        Ok(())
    }

    /// Ends every session of a person's but one. How many there were.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn end_sessions_of(&self, person: PersonId, except: Option<&SessionId>) -> Result<usize, StoreError> {
        let kept = except.map(SessionId::key);
        let mut ended = 0;
        for own in self.sessions_of(person).await?.into_iter().filter(|own| Some(&own.key) != kept.as_ref()) {
            ended += usize::from(self.end_own_session(person, &own.key).await?);
        }
        Ok(ended)
    }
}
