//! Forms that came after their session's end: one to each end, for a day, sealed with the session's own id, so that only the
//! browser that sent it can bring it back.

use std::fmt;

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use order_manager::entered::Entered;
use order_manager::id::PersonId;
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::record::as_text::AsText;
use super::record::{Row, read, write};
use super::sealed::{Purpose, Sealed};
use super::{SessionId, Store, StoreError};

/// How long a form is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A form that was not taken, because its session was over.
#[derive(Clone, PartialEq, Eq)]
pub struct LateForm {
    /// Who sent it.
    pub person: PersonId,
    /// Where to: one of our own paths.
    pub action: String,
    /// The version it was shown with; empty where it has none.
    pub version: String,
    /// What was entered, without passwords.
    pub entered: Entered,
}

impl fmt::Debug for LateForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LateForm").field("person", &self.person).field("action", &self.action).finish_non_exhaustive()
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct LateRecord {
    sealed: Sealed,
    kept_at: i64,
    expires: Timestamp,
    expires_at: i64,
}

/// What is sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Held {
    person: AsText<PersonId>,
    action: String,
    version: String,
    fields: Vec<(String, String)>,
}

impl From<&LateForm> for Held {
    fn from(LateForm { person, action, version, entered }: &LateForm) -> Self {
        let each = |name| entered.all(name).iter().map(move |text: &String| (String::from(name), text.clone()));
        let fields = entered.names().flat_map(each).collect();
        Self { person: AsText(*person), action: action.clone(), version: version.clone(), fields }
    }
}

impl From<Held> for LateForm {
    fn from(Held { person, action, version, fields }: Held) -> Self {
        Self { person: person.0, action, version, entered: fields.into_iter().collect() }
    }
}

impl Store {
    /// Keeps a form, unless one has been kept since a moment: of two that were sent after the same end, the first stays.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn keep_late_form(
        &self,
        id: &SessionId,
        form: &LateForm,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let expires = now.saturating_add(KEPT).unwrap_or(now);
        let put = self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row(id, form, now, expires)?));
        let put = put.condition_expression("attribute_not_exists(pk) OR kept_at < :since");
        let put = put.expression_attribute_values(":since", AttributeValue::N(since.as_second().to_string()));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The form that is kept for a session, while it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn late_form(&self, id: &SessionId, now: Timestamp) -> Result<Option<LateForm>, StoreError> {
        Ok(self.late_record(id, now).await?.map(|(form, _)| form))
    }

    /// Has a person's kept form found by their new session too. Somebody else's stays where it is, and goes with its session.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn carry_late_form(
        &self,
        from: &SessionId,
        to: &SessionId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some((form, expires)) = self.late_record(from, now).await? else { return Ok(()) };
        if form.person == person {
            let row = row(to, &form, now, expires)?;
            self.client.put_item().table_name(&self.tables.sessions).set_item(Some(row)).send().await?;
        }
        Ok(())
    }

    /// Throws a kept form away. One that is not there is thrown away already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn discard_late_form(&self, id: &SessionId) -> Result<(), StoreError> {
        let key = Key::late_form(&id.key()).into_attributes();
        self.client.delete_item().table_name(&self.tables.sessions).set_key(Some(key)).send().await?;
        Ok(())
    }

    async fn late_record(&self, id: &SessionId, now: Timestamp) -> Result<Option<(LateForm, Timestamp)>, StoreError> {
        let key = Key::late_form(&id.key()).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.sessions).set_key(Some(key)).consistent_read(true);
        let record: Option<LateRecord> = get.send().await?.item.map(read).transpose()?;
        let record = record.filter(|record| now < record.expires);
        Ok(record.and_then(|record| {
            let held: Held = record.sealed.opened(id, Purpose::LateForm)?;
            Some((held.into(), record.expires))
        }))
    }
}

fn row(id: &SessionId, form: &LateForm, now: Timestamp, expires: Timestamp) -> Result<Row, StoreError> {
    let sealed = Sealed::of(id, Purpose::LateForm, &Held::from(form))?;
    let record = LateRecord { sealed, kept_at: now.as_second(), expires, expires_at: expires.as_second() };
    write(Key::late_form(&id.key()), &record)
}
