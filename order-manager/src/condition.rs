//! Conditions: when a question applies, a choice can be had, a price is charged or a rule is broken.

use serde::{Deserialize, Serialize};

use crate::address::State;
use crate::id::{CharacteristicId, OfferingId, ValueId};
use crate::party::CustomerKind;
use crate::value::{Answers, Value};

/// A condition over the circumstances of an order item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// Always.
    Always,
    /// The characteristic has one of these values.
    Is {
        /// Which characteristic: a choice, several choices, or yes or no.
        characteristic: CharacteristicId,
        /// Any of these.
        any_of: Vec<ValueId>,
    },
    /// The number answered, or the number a chosen value stands for, is at least this.
    AtLeast {
        /// Which characteristic.
        characteristic: CharacteristicId,
        /// The least.
        number: i64,
    },
    /// The number answered, or the number a chosen value stands for, is at most this.
    AtMost {
        /// Which characteristic.
        characteristic: CharacteristicId,
        /// The most.
        number: i64,
    },
    /// One characteristic's number is greater than another's.
    Exceeds {
        /// The greater one.
        characteristic: CharacteristicId,
        /// The smaller one.
        other: CharacteristicId,
        /// By more than this.
        by: i64,
    },
    /// The characteristic has an answer.
    Answered(CharacteristicId),
    /// The customer is of this kind.
    CustomerIs(CustomerKind),
    /// The place is in one of these states.
    StateIs(Vec<State>),
    /// This offering is in the same order, or in service at the same place.
    Together(OfferingId),
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// What a condition is held against.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// What has been answered for the item.
    pub answers: &'a Answers,
    /// What number a chosen value stands for.
    pub numbers: &'a dyn NumberOfChoice,
    /// For whom.
    pub customer: CustomerKind,
    /// Where.
    pub state: State,
    /// The other offerings in this order or in service at the place.
    pub beside: &'a [OfferingId],
}

/// Knows what number a chosen value stands for (100 for "100 Mbps").
pub trait NumberOfChoice: std::fmt::Debug {
    /// The number of a value of a characteristic, when it has one.
    fn number(&self, characteristic: &CharacteristicId, value: &ValueId) -> Option<i64>;
}

impl Condition {
    /// Whether the condition holds. A comparison with something unanswered does not hold.
    #[must_use]
    pub fn holds(&self, circumstances: &Circumstances<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::Is { characteristic, any_of } => match circumstances.answers.get(characteristic) {
                Some(Value::Choice(chosen)) => any_of.contains(chosen),
                Some(Value::Choices(chosen)) => any_of.iter().any(|value| chosen.contains(value)),
                Some(Value::Boolean(answer)) => any_of.iter().any(|value| value.as_str() == if *answer { "yes" } else { "no" }),
                _ => false,
            },
            Self::AtLeast { characteristic, number } => number_of(circumstances, characteristic).is_some_and(|n| n >= *number),
            Self::AtMost { characteristic, number } => number_of(circumstances, characteristic).is_some_and(|n| n <= *number),
            Self::Exceeds { characteristic, other, by } => {
                match (number_of(circumstances, characteristic), number_of(circumstances, other)) {
                    (Some(a), Some(b)) => a.saturating_sub(b) > *by,
                    _ => false,
                }
            }
            Self::Answered(characteristic) => circumstances.answers.contains_key(characteristic),
            Self::CustomerIs(kind) => circumstances.customer == *kind,
            Self::StateIs(states) => states.contains(&circumstances.state),
            Self::Together(offering) => circumstances.beside.contains(offering),
            Self::All(all) => all.iter().all(|condition| condition.holds(circumstances)),
            Self::Any(any) => any.iter().any(|condition| condition.holds(circumstances)),
            Self::Not(condition) => !condition.holds(circumstances),
        }
    }

    /// The characteristics the condition looks at.
    #[must_use]
    pub fn characteristics(&self) -> Vec<&CharacteristicId> {
        match self {
            Self::Always | Self::CustomerIs(_) | Self::StateIs(_) | Self::Together(_) => vec![],
            Self::Is { characteristic, .. }
            | Self::AtLeast { characteristic, .. }
            | Self::AtMost { characteristic, .. }
            | Self::Answered(characteristic) => vec![characteristic],
            Self::Exceeds { characteristic, other, .. } => vec![characteristic, other],
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::characteristics).collect(),
            Self::Not(condition) => condition.characteristics(),
        }
    }
}

fn number_of(circumstances: &Circumstances<'_>, characteristic: &CharacteristicId) -> Option<i64> {
    circumstances.answers.get(characteristic)?.count(|chosen| circumstances.numbers.number(characteristic, chosen))
}
