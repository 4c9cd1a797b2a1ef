//! Who did what to an agreement.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Agreement, RateSubject, Seen};
use crate::access::ActedBy;
use crate::id::ApprovalLevelId;

/// The most entries of a trail: the oldest edits go first.
pub const MOST_ENTRIES: usize = 400;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailEntry {
    /// When.
    pub at: Timestamp,
    /// Who; nobody where its time was over.
    pub by: Option<ActedBy>,
    /// The revision that came of it.
    pub seen: Seen,
    /// What.
    pub event: Event,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Begun, or begun anew as the next version.
    Begun,
    /// Edited.
    Edited,
    /// Edited, which voided the approvals of these levels.
    Voided(Vec<ApprovalLevelId>),
    /// A price may go below its floor.
    Waived(RateSubject),
    /// Approval was asked for.
    ApprovalAsked,
    /// Taken back before it was approved.
    Withdrawn,
    /// Approved.
    Approved(ApprovalLevelId),
    /// Given back.
    Returned(Box<str>),
    /// Sent to the customer, who may accept it until this day.
    Sent(Date),
    /// The customer wants it otherwise.
    Countered,
    /// A clause that the customer wants otherwise was answered.
    ClauseAnswered,
    /// Signed by the customer.
    Accepted,
    /// Signed by us: in force from this day.
    Countersigned(Date),
    /// The customer does not want it.
    Declined,
    /// Taken back from the customer.
    Recalled(Box<str>),
    /// Ended early.
    Terminated(Box<str>),
    /// Its time was over.
    Expired,
    /// Negotiated by whoever did this from then on.
    TakenOver,
}

impl Agreement {
    /// Writes down what was done. Edits by the same person after one another are one entry.
    pub(super) fn write_down(&mut self, at: Timestamp, by: Option<ActedBy>, event: Event) {
        let entry = TrailEntry { at, by, seen: self.version().seen(), event };
        match self.trail.last_mut() {
            Some(last) if last.event == Event::Edited && entry.event == Event::Edited && last.by == entry.by => *last = entry,
            _ => self.trail.push(entry),
        }
        if self.trail.len() > MOST_ENTRIES {
            let oldest_edit = self.trail.iter().position(|entry| entry.event == Event::Edited).unwrap_or(0);
            self.trail.remove(oldest_edit);
        }
    }
}
