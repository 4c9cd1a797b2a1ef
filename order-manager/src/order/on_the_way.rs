//! What is known of an item on its way to service, beside its milestones: days, dangers, questions, and what building costs.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CharacteristicId, MalformedId};
use crate::money::Money;
use crate::text::Text;

/// What is known of an item on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnTheWay {
    /// Each day that was committed to, in the order they were told; the last counts.
    pub days: Vec<CommittedDay>,
    /// What endangers the day now.
    pub jeopardies: Vec<Jeopardy>,
    /// The last thing that only the customer could answer.
    pub question: Option<Question>,
    /// What has to be built first at the customer's cost.
    pub charge: Option<ConstructionCharge>,
    /// Why the item stands still, or will never work.
    pub reason: Option<Text>,
    /// When the customer last answered questions of the item otherwise than it was placed with.
    pub amended: Option<Timestamp>,
}

/// A day that was committed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommittedDay {
    /// Which.
    pub day: Date,
    /// Why it is another than before, where that was said.
    pub why: Option<Text>,
    /// When it was told.
    pub told: Timestamp,
}

/// Something that endangers the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jeopardy {
    /// What.
    pub kind: JeopardyKind,
    /// Since when.
    pub since: Timestamp,
}

/// What endangers a day, as far as it makes a difference to what the customer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JeopardyKind {
    /// Nobody lets our people in.
    Access,
    /// The place is not ready for the work.
    PlaceNotReady,
    /// We lack lines or ports there.
    Facilities,
    /// Another company is late.
    OtherCompany,
    /// Equipment is late.
    Equipment,
    /// Storms and the like.
    Weather,
    /// Anything else.
    Other,
}

impl JeopardyKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Access, Self::PlaceNotReady, Self::Facilities, Self::OtherCompany, Self::Equipment, Self::Weather, Self::Other];

    /// Its name on the wire and in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::PlaceNotReady => "place-not-ready",
            Self::Facilities => "facilities",
            Self::OtherCompany => "other-company",
            Self::Equipment => "equipment",
            Self::Weather => "weather",
            Self::Other => "other",
        }
    }

    /// The kind of this name; one that we have no words for is another kind.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Self::Other)
    }
}

/// What a provisioning system tells its questions apart by: printable, without blanks, at most 100 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionId(Box<str>);

impl FromStr for QuestionId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let is_plain = (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_plain { Ok(Self(text.into())) } else { Err(MalformedId) }
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that only the customer can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub id: QuestionId,
    /// What is asked.
    pub text: Text,
    /// The answer of the order that is wrong, where it is one: the account number that the old company does not know, say.
    pub corrects: Option<CharacteristicId>,
    /// Since when.
    pub asked: Timestamp,
    /// What the customer answered.
    pub answer: Option<Reply>,
}

/// What a customer answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// In words.
    pub text: Box<str>,
    /// When.
    pub given: Timestamp,
}

/// What has to be built before service can be, at the customer's cost. Nothing is built before it is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstructionCharge {
    /// Which.
    pub id: QuestionId,
    /// How much, once.
    pub amount: Money,
    /// What for.
    pub why: Text,
    /// The last day to accept it.
    pub answer_by: Date,
    /// What the customer decided, and when.
    pub decision: Option<(Decision, Timestamp)>,
}

/// What a customer decided about a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It is to be built.
    Accepted,
    /// It is not.
    Refused,
}

impl OnTheWay {
    /// The question that waits for an answer.
    #[must_use]
    pub fn open_question(&self) -> Option<&Question> {
        self.question.as_ref().filter(|question| question.answer.is_none())
    }

    /// The charge that waits for a decision.
    #[must_use]
    pub fn open_charge(&self) -> Option<&ConstructionCharge> {
        self.charge.as_ref().filter(|charge| charge.decision.is_none())
    }

    /// Takes over what the customer said to the same questions before.
    pub(crate) fn with_replies_of(mut self, before: &Self) -> Self {
        if let (Some(question), Some(was)) = (&mut self.question, &before.question)
            && question.id == was.id
        {
            question.answer.clone_from(&was.answer);
        }
        if let (Some(charge), Some(was)) = (&mut self.charge, &before.charge)
            && charge.id == was.id
        {
            charge.decision = was.decision;
        }
        self.amended = before.amended;
        self
    }
}
