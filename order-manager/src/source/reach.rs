//! Whether a condition can ever hold, given what can be answered before it.
//!
//! A condition is spread out into alternatives, each a list of simple statements (its disjunctive normal form); it can hold when
//! one alternative has an answer for every question that fits all its statements. A statement about a question also needs the
//! question to be asked. Where this grows past [`MOST`] alternatives, the condition is taken to be possible: the check may
//! miss an impossible condition, and never refuses a possible one.

use std::collections::BTreeMap;

use super::condition::{Scope, range};
use crate::address::State;
use crate::characteristic::{Asked, Characteristic, Need, ValueType};
use crate::condition::Condition;
use crate::id::{CharacteristicId, ValueId};
use crate::party::CustomerKind;

/// Alternatives that are looked at before giving up.
const MOST: usize = 4_096;

/// A simple statement, and whether it is to hold or not to.
type Statement<'a> = (&'a Condition, bool);

/// Whether all conditions can hold together.
///
/// # Errors
/// Why they can't, in words.
pub(super) fn can_hold(conditions: &[&Condition], scope: &Scope<'_>) -> Result<(), String> {
    let mut alternatives = vec![vec![]];
    for condition in conditions {
        let Some(more) = spread(condition, true, scope).and_then(|spread| both(&alternatives, &spread)) else { return Ok(()) };
        alternatives = more;
    }
    let mut why = "it contradicts itself".to_owned();
    for alternative in &alternatives {
        match possible(alternative, scope) {
            Ok(()) => return Ok(()),
            Err(reason) => why = reason,
        }
    }
    Err(why)
}

/// The values a question can be answered with, where they are listed, with the numbers they stand for.
pub(super) fn values(value: &ValueType) -> Vec<(ValueId, Option<i64>)> {
    match value {
        ValueType::Boolean => ["yes", "no"].iter().filter_map(|id| Some((id.parse().ok()?, None))).collect(),
        _ => value.options().iter().map(|option| (option.id.clone(), option.number)).collect(),
    }
}

/// The alternatives of a condition, or of its contrary; `None` when there are too many.
fn spread<'a>(condition: &'a Condition, holds: bool, scope: &Scope<'a>) -> Option<Vec<Vec<Statement<'a>>>> {
    match (condition, holds) {
        (Condition::Always, true) => Some(vec![vec![]]),
        (Condition::Always, false) => Some(vec![]),
        (Condition::Not(condition), _) => spread(condition, !holds, scope),
        (Condition::All(parts), true) | (Condition::Any(parts), false) => {
            parts.iter().try_fold(vec![vec![]], |so_far, part| both(&so_far, &spread(part, holds, scope)?))
        }
        (Condition::Any(parts), true) | (Condition::All(parts), false) => {
            let mut all = vec![];
            for part in parts {
                all.extend(spread(part, holds, scope)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        (statement, false) => Some(vec![vec![(statement, false)]]),
        (statement, true) => {
            let mut alternatives = vec![vec![(statement, true)]];
            for id in needed(statement) {
                let Some(question) = scope.question(id.as_str()) else { continue };
                let asked_when = asked_when(question, scope);
                for condition in asked_when {
                    alternatives = both(&alternatives, &spread(condition, true, scope)?)?;
                }
            }
            Some(alternatives)
        }
    }
}

/// The questions without an answer to which a statement can't hold: of several that are added up or compared, any will do.
fn needed(statement: &Condition) -> Vec<&CharacteristicId> {
    match statement {
        Condition::Exceeds { sum_of, other, .. } if sum_of.len() > 1 => vec![other],
        Condition::EntryShared(_) => vec![],
        _ => statement.characteristics(),
    }
}

/// What must hold for a question to be asked.
fn asked_when<'a>(question: &'a Characteristic, scope: &Scope<'a>) -> Vec<&'a Condition> {
    let dialog = match &question.asked {
        Asked::OnPage => None,
        Asked::InDialog(id) => scope.dialogs.iter().find(|dialog| dialog.id == *id),
    };
    dialog.map(|dialog| &dialog.applies_when).into_iter().chain([&question.applies_when]).collect()
}

fn both<'a>(left: &[Vec<Statement<'a>>], right: &[Vec<Statement<'a>>]) -> Option<Vec<Vec<Statement<'a>>>> {
    if left.len() * right.len() > MOST {
        return None;
    }
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| l.iter().chain(r).copied().collect()));
    Some(pairs.collect())
}

/// Whether some answers fit all statements.
fn possible(statements: &[Statement<'_>], scope: &Scope<'_>) -> Result<(), String> {
    let mut by_question: BTreeMap<&CharacteristicId, Vec<Statement<'_>>> = BTreeMap::new();
    let (mut customers, mut states): (Vec<CustomerKind>, Vec<State>) = (scope.sold_to.to_vec(), scope.states.to_vec());
    let (mut with, mut without) = (vec![], vec![]);
    for (statement, holds) in statements {
        match statement {
            Condition::CustomerIs(kind) => customers.retain(|customer| (customer == kind) == *holds),
            Condition::StateIs(those) => states.retain(|state| those.contains(state) == *holds),
            Condition::Together(offering) if *holds => with.push(offering),
            Condition::Together(offering) => without.push(offering),
            Condition::Exceeds { sum_of, other, by } => exceeds(sum_of, other, *by, *holds, scope)?,
            // Entries are typed freely: whatever lists are asked may have such ones.
            Condition::LengthDiffers { .. } | Condition::EntryShared(_) => {}
            _ => {
                for id in statement.characteristics() {
                    by_question.entry(id).or_default().push((statement, *holds));
                }
            }
        }
    }
    if customers.is_empty() {
        return Err("the offering is not sold to that kind of customer".to_owned());
    }
    if states.is_empty() {
        return Err("there is no area in that state".to_owned());
    }
    if let Some(offering) = with.iter().find(|offering| without.contains(offering)) {
        return Err(format!("it asks for `{offering}` to be there and not to be there"));
    }
    for (id, statements) in by_question {
        let Some(question) = scope.question(id.as_str()) else { continue };
        if !answerable(question, &statements, scope) {
            return Err(format!("no answer to `{id}` fits"));
        }
    }
    Ok(())
}

fn exceeds(a: &[CharacteristicId], b: &CharacteristicId, by: i64, holds: bool, scope: &Scope<'_>) -> Result<(), String> {
    let range_of = |id: &CharacteristicId| scope.question(id.as_str()).and_then(|question| range(&question.value));
    let most = a.iter().map(|id| range_of(id).map(|(_, most)| most)).try_fold(0_i64, |sum, most| Some(sum.saturating_add(most?)));
    match (most, range_of(b)) {
        (Some(most), Some((least, _))) if holds && most.saturating_sub(least) <= by => {
            let a = a.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ");
            Err(format!("{a} is at most {most}, and `{b}` is at least {least}"))
        }
        _ => Ok(()),
    }
}

/// Whether a question has an answer, or none, that fits the statements.
fn answerable(question: &Characteristic, statements: &[Statement<'_>], scope: &Scope<'_>) -> bool {
    let may_be_open = question.need == Need::Optional
        || asked_when(question, scope).into_iter().any(|condition| *condition != Condition::Always);
    if may_be_open && statements.iter().all(|(_, holds)| !holds) {
        return true;
    }
    match &question.value {
        ValueType::Choices { options, .. } => {
            let fits_one = |id: &ValueId| {
                let unwanted = |(statement, holds): &Statement<'_>| matches!(statement, Condition::Is { any_of, .. } if !holds && any_of.contains(id));
                !statements.iter().any(unwanted)
            };
            statements.iter().all(|(statement, holds)| match statement {
                Condition::Is { any_of, .. } if *holds => any_of.iter().any(fits_one),
                Condition::Answered(_) => *holds,
                _ => true,
            }) && options.iter().any(|option| fits_one(&option.id))
        }
        ValueType::Integer { .. }
        | ValueType::List { .. }
        | ValueType::Rows { .. }
        | ValueType::Prefixes { .. }
        | ValueType::VlanIds { .. } => range(&question.value).is_some_and(|(mut least, mut most)| {
            for (statement, holds) in statements {
                match (statement, holds) {
                    (Condition::AtLeast { number, .. }, true) => least = least.max(*number),
                    (Condition::AtLeast { number, .. }, false) => most = most.min(number.saturating_sub(1)),
                    (Condition::AtMost { number, .. }, true) => most = most.min(*number),
                    (Condition::AtMost { number, .. }, false) => least = least.max(number.saturating_add(1)),
                    (Condition::Answered(_), false) => return false,
                    _ => {}
                }
            }
            least <= most
        }),
        listed if !values(listed).is_empty() => values(listed).iter().any(|(id, number)| {
            statements.iter().all(|(statement, holds)| {
                let fits = match statement {
                    Condition::Is { any_of, .. } => any_of.contains(id),
                    Condition::AtLeast { number: least, .. } => number.is_some_and(|number| number >= *least),
                    Condition::AtMost { number: most, .. } => number.is_some_and(|number| number <= *most),
                    _ => true,
                };
                fits == *holds
            })
        }),
        // Only whether it was answered can be asked about anything else.
        _ => statements.iter().all(|(_, holds)| *holds),
    }
}
