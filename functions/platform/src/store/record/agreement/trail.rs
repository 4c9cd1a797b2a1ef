//! Who did what to an agreement, as it is stored.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::agreement::{Event, Seen, TrailEntry};
use order_manager::id::ApprovalLevelId;
use serde::{Deserialize, Serialize};

use super::super::access::ActedByRecord;
use super::rate::SubjectRecord;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct EntryRecord {
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<ActedByRecord>,
    version: u32,
    revision: u32,
    event: EventRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EventRecord {
    Begun,
    Edited,
    Voided(Vec<ApprovalLevelId>),
    Waived(SubjectRecord),
    ApprovalAsked,
    Withdrawn,
    Approved(ApprovalLevelId),
    Returned(Box<str>),
    Sent(Date),
    Countered,
    ClauseAnswered,
    Accepted,
    Countersigned(Date),
    Declined,
    Recalled(Box<str>),
    Terminated(Box<str>),
    Expired,
    TakenOver,
}

impl From<TrailEntry> for EntryRecord {
    fn from(TrailEntry { at, by, seen, event }: TrailEntry) -> Self {
        let event = match event {
            Event::Begun => EventRecord::Begun,
            Event::Edited => EventRecord::Edited,
            Event::Voided(levels) => EventRecord::Voided(levels),
            Event::Waived(subject) => EventRecord::Waived(subject.into()),
            Event::ApprovalAsked => EventRecord::ApprovalAsked,
            Event::Withdrawn => EventRecord::Withdrawn,
            Event::Approved(level) => EventRecord::Approved(level),
            Event::Returned(reason) => EventRecord::Returned(reason),
            Event::Sent(until) => EventRecord::Sent(until),
            Event::Countered => EventRecord::Countered,
            Event::ClauseAnswered => EventRecord::ClauseAnswered,
            Event::Accepted => EventRecord::Accepted,
            Event::Countersigned(from) => EventRecord::Countersigned(from),
            Event::Declined => EventRecord::Declined,
            Event::Recalled(reason) => EventRecord::Recalled(reason),
            Event::Terminated(reason) => EventRecord::Terminated(reason),
            Event::Expired => EventRecord::Expired,
            Event::TakenOver => EventRecord::TakenOver,
        };
        Self { at, by: by.map(Into::into), version: seen.version, revision: seen.revision, event }
    }
}

impl From<EntryRecord> for TrailEntry {
    fn from(EntryRecord { at, by, version, revision, event }: EntryRecord) -> Self {
        let event = match event {
            EventRecord::Begun => Event::Begun,
            EventRecord::Edited => Event::Edited,
            EventRecord::Voided(levels) => Event::Voided(levels),
            EventRecord::Waived(subject) => Event::Waived(subject.0),
            EventRecord::ApprovalAsked => Event::ApprovalAsked,
            EventRecord::Withdrawn => Event::Withdrawn,
            EventRecord::Approved(level) => Event::Approved(level),
            EventRecord::Returned(reason) => Event::Returned(reason),
            EventRecord::Sent(until) => Event::Sent(until),
            EventRecord::Countered => Event::Countered,
            EventRecord::ClauseAnswered => Event::ClauseAnswered,
            EventRecord::Accepted => Event::Accepted,
            EventRecord::Countersigned(from) => Event::Countersigned(from),
            EventRecord::Declined => Event::Declined,
            EventRecord::Recalled(reason) => Event::Recalled(reason),
            EventRecord::Terminated(reason) => Event::Terminated(reason),
            EventRecord::Expired => Event::Expired,
            EventRecord::TakenOver => Event::TakenOver,
        };
        Self { at, by: by.map(Into::into), seen: Seen { version, revision }, event }
    }
}
