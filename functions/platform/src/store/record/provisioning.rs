//! Service orders and what was said of them, as they are stored with the order.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::catalogue::Family;
use order_manager::id::{CharacteristicId, MilestoneId};
use order_manager::money::Money;
use order_manager::order::{JeopardyKind, QuestionId};
use order_manager::provisioning::{Doubted, Heard, Jeopardised, Report, ReportId, ServiceOrderId, ServiceOrderState, Told};
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use crate::provisioning::System;
use crate::store::provisioning::{Dispatch, Reached};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct DispatchRecord {
    id: AsText<ServiceOrderId>,
    content: Box<str>,
    day: Date,
    contact: Box<str>,
    /// The family whose own system it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    family: Option<Family>,
    reached: ReachedRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    told_day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    told_contact: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amended: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<AsText<QuestionId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<AsText<QuestionId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelling: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubted: Vec<DoubtedRecord>,
    pub(in crate::store) version: u64,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DoubtedRecord {
    Day,
    Contact,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ReachedRecord {
    Nobody,
    Waiting { since: Timestamp, tries: u32 },
    System { id: Box<str>, at: Timestamp },
    Refused { status: u16, at: Timestamp },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ReportRecord {
    id: AsText<ReportId>,
    of: AsText<ServiceOrderId>,
    at: Timestamp,
    told: ToldRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ToldRecord {
    State {
        state: AsText<StateName>,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<Text>,
    },
    Day {
        day: Date,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<Text>,
    },
    Milestone(MilestoneId),
    Jeopardy {
        kind: JeopardyKind,
        passed: bool,
    },
    Question {
        id: AsText<QuestionId>,
        text: Text,
        #[serde(skip_serializing_if = "Option::is_none")]
        corrects: Option<CharacteristicId>,
    },
    Charge {
        id: AsText<QuestionId>,
        amount: Money,
        why: Text,
        answer_by: Date,
    },
}

/// A service order's state by its name on the wire.
#[derive(Clone, Copy, Debug)]
struct StateName(ServiceOrderState);

impl std::fmt::Display for StateName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.wire_name())
    }
}

impl std::str::FromStr for StateName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ServiceOrderState::named(text).map(Self).ok_or("no state of a service order")
    }
}

impl From<Doubted> for DoubtedRecord {
    fn from(doubted: Doubted) -> Self {
        match doubted {
            Doubted::Day => Self::Day,
            Doubted::Contact => Self::Contact,
        }
    }
}

impl From<DoubtedRecord> for Doubted {
    fn from(record: DoubtedRecord) -> Self {
        match record {
            DoubtedRecord::Day => Self::Day,
            DoubtedRecord::Contact => Self::Contact,
        }
    }
}

impl From<Dispatch> for DispatchRecord {
    fn from(Dispatch { id, content, day, contact, system, reached, heard, version }: Dispatch) -> Self {
        let reached = match reached {
            Reached::Nobody => ReachedRecord::Nobody,
            Reached::Waiting { since, tries } => ReachedRecord::Waiting { since, tries },
            Reached::System { id, at } => ReachedRecord::System { id, at },
            Reached::Refused { status, at } => ReachedRecord::Refused { status, at },
        };
        Self {
            id: AsText(id),
            content,
            day,
            contact,
            family: match system {
                System::Common => None,
                System::Of(family) => Some(family),
            },
            reached,
            told_day: heard.day,
            told_contact: heard.contact,
            amended: heard.amended,
            answered: heard.answered.map(AsText),
            decided: heard.decided.map(AsText),
            cancelling: heard.cancelling,
            doubted: heard.doubted.into_iter().map(DoubtedRecord::from).collect(),
            version,
        }
    }
}

impl From<DispatchRecord> for Dispatch {
    fn from(record: DispatchRecord) -> Self {
        let reached = match record.reached {
            ReachedRecord::Nobody => Reached::Nobody,
            ReachedRecord::Waiting { since, tries } => Reached::Waiting { since, tries },
            ReachedRecord::System { id, at } => Reached::System { id, at },
            ReachedRecord::Refused { status, at } => Reached::Refused { status, at },
        };
        Self {
            id: record.id.0,
            content: record.content,
            day: record.day,
            contact: record.contact,
            system: record.family.map_or(System::Common, System::Of),
            reached,
            heard: Heard {
                day: record.told_day,
                contact: record.told_contact,
                amended: record.amended,
                answered: record.answered.map(|id| id.0),
                decided: record.decided.map(|id| id.0),
                cancelling: record.cancelling,
                doubted: record.doubted.into_iter().map(Doubted::from).collect(),
            },
            version: record.version,
        }
    }
}

impl From<Report> for ReportRecord {
    fn from(Report { id, of, at, told }: Report) -> Self {
        let told = match told {
            Told::State(state, why) => ToldRecord::State { state: AsText(StateName(state)), why },
            Told::Day(day, why) => ToldRecord::Day { day, why },
            Told::Milestone(milestone) => ToldRecord::Milestone(milestone),
            Told::Jeopardy(kind, stands) => ToldRecord::Jeopardy { kind, passed: stands == Jeopardised::Passed },
            Told::Question { id, text, corrects } => ToldRecord::Question { id: AsText(id), text, corrects },
            Told::Charge { id, amount, why, answer_by } => ToldRecord::Charge { id: AsText(id), amount, why, answer_by },
        };
        Self { id: AsText(id), of: AsText(of), at, told }
    }
}

impl From<ReportRecord> for Report {
    fn from(ReportRecord { id, of, at, told }: ReportRecord) -> Self {
        let told = match told {
            ToldRecord::State { state, why } => Told::State(state.0.0, why),
            ToldRecord::Day { day, why } => Told::Day(day, why),
            ToldRecord::Milestone(milestone) => Told::Milestone(milestone),
            ToldRecord::Jeopardy { kind, passed: true } => Told::Jeopardy(kind, Jeopardised::Passed),
            ToldRecord::Jeopardy { kind, passed: false } => Told::Jeopardy(kind, Jeopardised::Stands),
            ToldRecord::Question { id, text, corrects } => Told::Question { id: id.0, text, corrects },
            ToldRecord::Charge { id, amount, why, answer_by } => Told::Charge { id: id.0, amount, why, answer_by },
        };
        Self { id: id.0, of: of.0, at, told }
    }
}
