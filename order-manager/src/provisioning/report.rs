//! What a provisioning system says of a service order: one thing at a time, with an id and the time it was said.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{ServiceOrderId, ServiceOrderState};
use crate::id::{CharacteristicId, MilestoneId};
use crate::money::Money;
use crate::order::{JeopardyKind, QuestionId};
use crate::text::Text;

/// What a system tells its reports apart by: printable, without blanks, at most 100 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(Box<str>);

/// Why a text is no report's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedReport;

impl fmt::Display for MalformedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a report is 1 to 100 printable characters without blanks")
    }
}

impl std::error::Error for MalformedReport {}

impl FromStr for ReportId {
    type Err = MalformedReport;

    fn from_str(text: &str) -> Result<Self, MalformedReport> {
        let is_plain = (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_plain { Ok(Self(text.into())) } else { Err(MalformedReport) }
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub id: ReportId,
    /// On which service order.
    pub of: ServiceOrderId,
    /// When it was made.
    pub at: Timestamp,
    /// What it says.
    pub told: Told,
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is in this state, for this reason where one was given.
    State(ServiceOrderState, Option<Text>),
    /// It will be done on this day; why, where the day moved.
    Day(Date, Option<Text>),
    /// A milestone is reached.
    Milestone(MilestoneId),
    /// The day is in danger, or no longer.
    Jeopardy(JeopardyKind, Jeopardised),
    /// Something only the customer can answer.
    Question {
        /// Which.
        id: QuestionId,
        /// What is asked.
        text: Text,
        /// The answer of the order that is wrong, where it is one.
        corrects: Option<CharacteristicId>,
    },
    /// Something has to be built first, at the customer's cost.
    Charge {
        /// Which.
        id: QuestionId,
        /// How much.
        amount: Money,
        /// What for.
        why: Text,
        /// The last day to accept it.
        answer_by: Date,
    },
}

/// Whether a danger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jeopardised {
    /// It does.
    Stands,
    /// It has passed.
    Passed,
}
