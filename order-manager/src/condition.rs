//! Conditions: when a question applies, a choice can be had, a price is charged or a rule is broken.

use std::collections::BTreeSet;

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
    /// What some characteristics' numbers come to together is greater than another's number.
    Exceeds {
        /// Those that are added up; one without an answer adds nothing.
        sum_of: Vec<CharacteristicId>,
        /// The smaller one.
        other: CharacteristicId,
        /// By more than this.
        by: i64,
    },
    /// Some entry has another number of characters than the other characteristic's number.
    LengthDiffers {
        /// Which entries.
        entries: Entries,
        /// What says how long they are.
        number: CharacteristicId,
    },
    /// The same entry stands in more than one of these.
    EntryShared(Vec<Entries>),
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

/// The entries of a characteristic: its lines, the cells of one column of its rows, or the one thing that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entries {
    /// Which characteristic.
    pub of: CharacteristicId,
    /// Which column of its rows, counted from 0.
    pub column: usize,
}

impl Entries {
    /// The entries as plain text, in their order; none without an answer.
    #[must_use]
    pub fn read(&self, answers: &Answers) -> Vec<String> {
        answers.get(&self.of).map(|value| value.entries(self.column)).unwrap_or_default()
    }
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
            Self::AtLeast { characteristic, number } => circumstances.number_of(characteristic).is_some_and(|n| n >= *number),
            Self::AtMost { characteristic, number } => circumstances.number_of(characteristic).is_some_and(|n| n <= *number),
            Self::Exceeds { sum_of, other, by } => {
                let numbers = sum_of.iter().filter_map(|one| circumstances.number_of(one));
                match (numbers.reduce(i64::saturating_add), circumstances.number_of(other)) {
                    (Some(a), Some(b)) => a.saturating_sub(b) > *by,
                    _ => false,
                }
            }
            Self::LengthDiffers { entries, number } => circumstances.number_of(number).is_some_and(|number| {
                let length = |entry: &String| i64::try_from(entry.chars().count()).unwrap_or(i64::MAX);
                entries.read(circumstances.answers).iter().any(|entry| length(entry) != number)
            }),
            Self::EntryShared(lists) => {
                let mut before = BTreeSet::new();
                lists.iter().any(|entries| {
                    let here: BTreeSet<_> =
                        entries.read(circumstances.answers).iter().map(|entry| entry.to_lowercase()).collect();
                    let shared = !before.is_disjoint(&here);
                    before.extend(here);
                    shared
                })
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
            Self::Exceeds { sum_of, other, .. } => sum_of.iter().chain([other]).collect(),
            Self::LengthDiffers { entries, number } => vec![&entries.of, number],
            Self::EntryShared(lists) => lists.iter().map(|entries| &entries.of).collect(),
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::characteristics).collect(),
            Self::Not(condition) => condition.characteristics(),
        }
    }
}

impl Circumstances<'_> {
    /// The number that an answer is, stands for or counts; `None` where there is no answer, or none with a number.
    #[must_use]
    pub fn number_of(&self, characteristic: &CharacteristicId) -> Option<i64> {
        self.answers.get(characteristic)?.count(|chosen| self.numbers.number(characteristic, chosen))
    }
}
