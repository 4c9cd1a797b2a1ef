//! What is known of an item on its way to service, as it is stored with the order.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::id::CharacteristicId;
use order_manager::money::Money;
use order_manager::order::{
    CommittedDay, ConstructionCharge, Decision, Jeopardy, JeopardyKind, OnTheWay, Question, QuestionId, Reply,
};
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use super::each;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct OnTheWayRecord {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    days: Vec<CommittedDayRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    jeopardies: Vec<JeopardyRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<QuestionRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    charge: Option<ChargeRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amended: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CommittedDayRecord {
    day: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Text>,
    told: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct JeopardyRecord {
    kind: JeopardyKind,
    since: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct QuestionRecord {
    id: AsText<QuestionId>,
    text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<CharacteristicId>,
    asked: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<ReplyRecord>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ReplyRecord {
    text: Box<str>,
    given: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ChargeRecord {
    id: AsText<QuestionId>,
    amount: Money,
    why: Text,
    answer_by: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<(Decision, Timestamp)>,
}

impl OnTheWayRecord {
    pub(in crate::store) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl From<OnTheWay> for OnTheWayRecord {
    fn from(OnTheWay { days, jeopardies, question, charge, reason, amended }: OnTheWay) -> Self {
        Self {
            days: each(days),
            jeopardies: each(jeopardies),
            question: question.map(Into::into),
            charge: charge.map(Into::into),
            reason,
            amended,
        }
    }
}

impl From<OnTheWayRecord> for OnTheWay {
    fn from(OnTheWayRecord { days, jeopardies, question, charge, reason, amended }: OnTheWayRecord) -> Self {
        Self {
            days: each(days),
            jeopardies: each(jeopardies),
            question: question.map(Into::into),
            charge: charge.map(Into::into),
            reason,
            amended,
        }
    }
}

impl From<CommittedDay> for CommittedDayRecord {
    fn from(CommittedDay { day, why, told }: CommittedDay) -> Self {
        Self { day, why, told }
    }
}

impl From<CommittedDayRecord> for CommittedDay {
    fn from(CommittedDayRecord { day, why, told }: CommittedDayRecord) -> Self {
        Self { day, why, told }
    }
}

impl From<Jeopardy> for JeopardyRecord {
    fn from(Jeopardy { kind, since }: Jeopardy) -> Self {
        Self { kind, since }
    }
}

impl From<JeopardyRecord> for Jeopardy {
    fn from(JeopardyRecord { kind, since }: JeopardyRecord) -> Self {
        Self { kind, since }
    }
}

impl From<Question> for QuestionRecord {
    fn from(Question { id, text, corrects, asked, answer }: Question) -> Self {
        let answer = answer.map(|Reply { text, given }| ReplyRecord { text, given });
        Self { id: AsText(id), text, corrects, asked, answer }
    }
}

impl From<QuestionRecord> for Question {
    fn from(QuestionRecord { id, text, corrects, asked, answer }: QuestionRecord) -> Self {
        let answer = answer.map(|ReplyRecord { text, given }| Reply { text, given });
        Self { id: id.0, text, corrects, asked, answer }
    }
}

impl From<ConstructionCharge> for ChargeRecord {
    fn from(ConstructionCharge { id, amount, why, answer_by, decision }: ConstructionCharge) -> Self {
        Self { id: AsText(id), amount, why, answer_by, decision }
    }
}

impl From<ChargeRecord> for ConstructionCharge {
    fn from(ChargeRecord { id, amount, why, answer_by, decision }: ChargeRecord) -> Self {
        Self { id: id.0, amount, why, answer_by, decision }
    }
}
