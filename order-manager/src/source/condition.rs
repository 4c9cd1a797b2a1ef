//! Conditions: read, with everything they refer to looked up, and refused when they can never hold.

use super::desk::{Desk, Spot};
use super::raw::{SourceCondition, Word};
use super::reach;
use crate::address::State;
use crate::catalogue::Dialog;
use crate::characteristic::{Across, Characteristic, Lines, ValueType};
use crate::condition::{Condition, Entries};
use crate::id::{CharacteristicId, OfferingId, ValueId};
use crate::party::CustomerKind;

/// What a condition can look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    /// The questions that were asked before.
    pub(super) asked: &'a [Characteristic],
    /// The dialogs they may be asked in.
    pub(super) dialogs: &'a [Dialog],
    /// The questions that are only asked now or later.
    pub(super) later: &'a [String],
    /// Who the offering is sold to.
    pub(super) sold_to: &'a [CustomerKind],
    /// The states there are areas in.
    pub(super) states: &'a [State],
    /// The offerings there are.
    pub(super) offerings: &'a [OfferingId],
}

impl<'a> Scope<'a> {
    /// A question asked before.
    pub(super) fn question(&self, id: &str) -> Option<&'a Characteristic> {
        self.asked.iter().find(|question| question.id.as_str() == id)
    }
}

/// What a condition decides, and what it means when it never holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decides<'a> {
    /// Completes "… : no answer to x fits".
    pub(super) never: &'a str,
    /// What holds already where the condition is looked at.
    pub(super) within: &'a [&'a Condition],
}

/// A condition that may be left out, which is then always held. One that can never hold is a problem.
pub(super) fn when(
    desk: &mut Desk<'_>,
    file: usize,
    raw: Option<&SourceCondition>,
    scope: &Scope<'_>,
    decides: Decides<'_>,
) -> Condition {
    let Some(raw) = raw else { return Condition::Always };
    let Some(condition) = read(desk, file, raw, scope) else { return Condition::Always };
    let all: Vec<&Condition> = decides.within.iter().copied().chain([&condition]).collect();
    if let Err(why) = reach::can_hold(&all, scope) {
        desk.problem(Spot::of(file, raw), format!("{}: {why}", decides.never));
        // Taken for one that always holds, so that whatever builds on it is not refused for the same reason again.
        return Condition::Always;
    }
    condition
}

/// A condition with everything it refers to looked up; `None` when something in it is wrong, which is then put down.
fn read(desk: &mut Desk<'_>, file: usize, raw: &SourceCondition, scope: &Scope<'_>) -> Option<Condition> {
    let spot = Spot::of(file, raw);
    let it = raw.get_ref();
    let adds_up = it.sum.is_some();
    let compares = it.is.is_some()
        || it.at_least.is_some()
        || it.at_most.is_some()
        || it.exceeds.is_some() && !adds_up
        || it.not_as_long_as.is_some();
    let forms = [
        it.is.is_some(),
        it.at_least.is_some() || it.at_most.is_some(),
        it.exceeds.is_some(),
        it.not_as_long_as.is_some(),
        it.same_entry_in.is_some(),
        it.answered.is_some(),
        it.customer.is_some(),
        it.state.is_some(),
        it.together_with.is_some(),
        it.all.is_some(),
        it.any.is_some(),
        it.not.is_some(),
    ];
    if forms.iter().filter(|form| **form).count() != 1
        || it.characteristic.is_some() != compares
        || ((it.by_more_than.is_some() || adds_up) && it.exceeds.is_none())
    {
        desk.problem(
            spot,
            "a condition says one thing: { characteristic = \"…\" } with one of is = [\"…\"], at_least, at_most, not_as_long_as = \"…\" or exceeds = \"…\" \
             (by_more_than); { sum = [\"…\"], exceeds = \"…\" }; or one of same_entry_in = [\"…\"], answered, customer, state, together_with, all, any, not. Put several into { all = […] } or { any = […] }",
        );
        return None;
    }
    if let Some(word) = &it.characteristic {
        let question = asked_before(desk, file, word, scope)?;
        return comparison(desk, file, raw, question, scope);
    }
    if let (Some(words), Some(other)) = (&it.sum, &it.exceeds) {
        return exceeds(desk, file, raw, words, other, scope);
    }
    if let Some(words) = &it.same_entry_in {
        if words.len() < 2 {
            desk.problem(spot, "`same_entry_in` lists too few questions: list two or more whose entries must differ");
            return None;
        }
        let mut entries_of = |word| {
            let question = asked_before(desk, file, word, scope)?;
            entries(desk, file, word, question)
        };
        let read: Vec<_> = words.iter().map(&mut entries_of).collect();
        return read.into_iter().collect::<Option<Vec<_>>>().map(Condition::EntryShared);
    }
    if let Some(word) = &it.answered {
        return Some(Condition::Answered(asked_before(desk, file, word, scope)?.id.clone()));
    }
    if let Some(customer) = &it.customer {
        return Some(Condition::CustomerIs(*customer.get_ref()));
    }
    if let Some(states) = &it.state {
        return Some(Condition::StateIs(states.iter().map(|state| *state.get_ref()).collect()));
    }
    if let Some(word) = &it.together_with {
        return offering(desk, file, word, scope.offerings).map(Condition::Together);
    }
    if let Some(not) = &it.not {
        return read(desk, file, not, scope).map(|condition| Condition::Not(Box::new(condition)));
    }
    let parts = it.all.as_ref().or(it.any.as_ref())?;
    if parts.is_empty() {
        desk.problem(spot, "nothing is listed here: list conditions, or leave the condition out");
        return None;
    }
    // Every part is read before any is missed, so that each has its problems put down.
    let read: Vec<_> = parts.iter().map(|part| read(desk, file, part, scope)).collect();
    let read = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if it.all.is_some() { Condition::All(read) } else { Condition::Any(read) })
}

fn comparison(
    desk: &mut Desk<'_>,
    file: usize,
    raw: &SourceCondition,
    question: &Characteristic,
    scope: &Scope<'_>,
) -> Option<Condition> {
    let it = raw.get_ref();
    let characteristic = question.id.clone();
    if let Some(values) = &it.is {
        let any_of: Vec<_> = values.iter().map(|value| value_of(desk, file, value, question)).collect();
        let any_of = any_of.into_iter().collect::<Option<Vec<_>>>()?;
        if any_of.is_empty() {
            desk.problem(Spot::of(file, raw), format!("`is` lists no value: list at least one value of `{characteristic}`"));
            return None;
        }
        return Some(Condition::Is { characteristic, any_of });
    }
    let word = it.characteristic.as_ref()?;
    if let Some(other) = &it.not_as_long_as {
        let entries = entries(desk, file, word, question)?;
        let number = asked_before(desk, file, other, scope)?;
        numbers(desk, file, other, number)?;
        return Some(Condition::LengthDiffers { entries, number: number.id.clone() });
    }
    if let Some(other) = &it.exceeds {
        return exceeds(desk, file, raw, std::slice::from_ref(word), other, scope);
    }
    let (least, most) = numbers(desk, file, word, question)?;
    let mut both = vec![];
    if let Some(number) = &it.at_least {
        if *number.get_ref() > most {
            let message = format!("at_least = {} is more than `{characteristic}` can be: at most {most}", number.get_ref());
            desk.problem(Spot::of(file, number), message);
            return None;
        }
        both.push(Condition::AtLeast { characteristic: characteristic.clone(), number: *number.get_ref() });
    }
    if let Some(number) = &it.at_most {
        if *number.get_ref() < least {
            let message = format!("at_most = {} is less than `{characteristic}` can be: at least {least}", number.get_ref());
            desk.problem(Spot::of(file, number), message);
            return None;
        }
        both.push(Condition::AtMost { characteristic, number: *number.get_ref() });
    }
    if both.len() == 1 { both.pop() } else { Some(Condition::All(both)) }
}

/// What these questions' numbers come to, against another's number.
fn exceeds(
    desk: &mut Desk<'_>,
    file: usize,
    raw: &SourceCondition,
    words: &[Word],
    other: &Word,
    scope: &Scope<'_>,
) -> Option<Condition> {
    if words.is_empty() {
        desk.problem(Spot::of(file, raw), "`sum` adds nothing up: list questions that are answered with numbers");
        return None;
    }
    let mut number = |word: &Word| {
        let question = asked_before(desk, file, word, scope)?;
        numbers(desk, file, word, question).map(|_| question.id.clone())
    };
    let sum_of: Vec<_> = words.iter().map(&mut number).collect();
    let (sum_of, other) = (sum_of.into_iter().collect::<Option<Vec<_>>>()?, number(other)?);
    let by = raw.get_ref().by_more_than.as_ref().map_or(0, |by| *by.get_ref());
    Some(Condition::Exceeds { sum_of, other, by })
}

/// The entries of a question: of rows, those of the column in which none comes twice, or of the first.
fn entries(desk: &mut Desk<'_>, file: usize, word: &Word, question: &Characteristic) -> Option<Entries> {
    let (has_entries, column) = match &question.value {
        ValueType::Rows { columns, .. } => {
            (true, columns.iter().position(|column| column.across == Across::NoneTwice).unwrap_or_default())
        }
        ValueType::Text { lines, .. } => (*lines == Lines::Single, 0),
        ValueType::List { .. }
        | ValueType::Integer { .. }
        | ValueType::TelephoneNumber(_)
        | ValueType::InventoryNumber
        | ValueType::VlanIds { .. }
        | ValueType::Prefixes { .. } => (true, 0),
        _ => (false, 0),
    };
    if !has_entries {
        let message = format!("`{}` has no entries to look at: name rows, a list, a number or a text of one line", question.id);
        desk.problem(Spot::of(file, word), message);
    }
    has_entries.then(|| Entries { of: question.id.clone(), column })
}

/// A question that a condition may look at.
pub(super) fn asked_before<'a>(desk: &mut Desk<'_>, file: usize, word: &Word, scope: &Scope<'a>) -> Option<&'a Characteristic> {
    let (spot, name) = (Spot::of(file, word), word.get_ref());
    let question = scope.question(name);
    if question.is_none() && scope.later.contains(name) {
        desk.problem(
            spot,
            format!("`{name}` is not answered yet when this is decided: a condition looks at questions asked before"),
        );
    } else if question.is_none() {
        desk.dangling(spot, "question", name, scope.asked.iter().map(|question| &question.id));
    }
    question
}

/// An offering there is.
pub(super) fn offering(desk: &mut Desk<'_>, file: usize, word: &Word, offerings: &[OfferingId]) -> Option<OfferingId> {
    let found = offerings.iter().find(|offering| offering.as_str() == word.get_ref());
    if found.is_none() {
        desk.dangling(Spot::of(file, word), "offering", word.get_ref(), offerings);
    }
    found.cloned()
}

/// A value of a question that is chosen from a list, or answered by yes or no.
pub(super) fn value_of(desk: &mut Desk<'_>, file: usize, word: &Word, question: &Characteristic) -> Option<ValueId> {
    let (spot, name) = (Spot::of(file, word), word.get_ref());
    let values = reach::values(&question.value);
    if values.is_empty() {
        desk.problem(
            spot,
            format!("`{}` has no list of values to choose from: use `answered`, or make it a choice", question.id),
        );
        return None;
    }
    let found = values.iter().find(|(value, _)| value.as_str() == name).map(|(value, _)| value.clone());
    if found.is_none() {
        desk.dangling(spot, &format!("value of `{}`", question.id), name, values.iter().map(|(value, _)| value));
    }
    found
}

/// The least and the greatest number a question can be answered with.
pub(super) fn numbers(desk: &mut Desk<'_>, file: usize, word: &Word, question: &Characteristic) -> Option<(i64, i64)> {
    let range = range(&question.value);
    if range.is_none() {
        desk.problem(
            Spot::of(file, word),
            format!(
                "`{}` has no number to compare: compare a number, a list, or a choice whose every option has `number = …`",
                question.id
            ),
        );
    }
    range
}

/// The numbers a value can stand for.
pub(super) fn range(value: &ValueType) -> Option<(i64, i64)> {
    match value {
        ValueType::Integer { min, max, .. } => Some((*min, *max)),
        ValueType::List { min, max, .. } | ValueType::Rows { min, max, .. } | ValueType::Prefixes { min, max, .. } => {
            Some((i64::try_from(*min).ok()?, i64::try_from(*max).ok()?))
        }
        ValueType::VlanIds { max } => Some((1, i64::try_from(*max).ok()?)),
        ValueType::Choice(options) => {
            let numbers = options.iter().map(|option| option.number).collect::<Option<Vec<_>>>()?;
            Some((numbers.iter().copied().min()?, numbers.iter().copied().max()?))
        }
        _ => None,
    }
}

/// A question named outside a condition: the field a rule points at, what a price counts.
pub(super) fn question(desk: &mut Desk<'_>, file: usize, word: &Word, scope: &Scope<'_>) -> Option<CharacteristicId> {
    asked_before(desk, file, word, scope).map(|question| question.id.clone())
}
