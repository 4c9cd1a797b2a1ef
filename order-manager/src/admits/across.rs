//! What rows must be to each other: cells that come once, that add up, that are the ends of ranges.

use std::collections::BTreeMap;

use crate::characteristic::{Across, Column};
use crate::entered::{FieldError, Reason};
use crate::value::Value;

/// Everything that is wrong from row to row, each row's as an error of its own.
pub(super) fn wrong(field: &str, columns: &[Column], rows: &[Vec<Option<Value>>]) -> Vec<FieldError> {
    let mut errors = vec![];
    for (at, column) in columns.iter().enumerate() {
        let in_row = |number, reason| {
            let reason = Reason::Cell { column: column.label.clone(), reason: Box::new(reason) };
            FieldError::new(field, Reason::Entry { number, reason: Box::new(reason) })
        };
        match column.across {
            Across::Free => {}
            Across::NoneTwice => errors.extend(twice(rows, at).into_iter().map(|number| in_row(number, Reason::Repeated))),
            Across::SumIs(sum) => {
                let found = rows.iter().filter_map(|cells| cells.get(at)?.as_ref()?.count(|_| None)).fold(0, i64::saturating_add);
                if found != sum {
                    errors.push(FieldError::new(field, Reason::SumIsNot { column: column.label.clone(), sum, found }));
                }
            }
            Across::EndsRange => errors.extend(ranges(rows, at).into_iter().map(|(number, reason)| in_row(number, reason))),
        }
    }
    errors
}

/// The rows, counted from 1, whose cell stands in a row before them.
fn twice(rows: &[Vec<Option<Value>>], at: usize) -> Vec<usize> {
    let mut seen = BTreeMap::new();
    let mut again = vec![];
    for (cells, number) in rows.iter().zip(1..) {
        let Some(cell) = cells.get(at).and_then(Option::as_ref) else { continue };
        if seen.insert(cell.entries(0).concat().to_lowercase(), number).is_some() {
            again.push(number);
        }
    }
    again
}

/// The rows, counted from 1, whose range goes backwards, or reaches into that of a row before them.
fn ranges(rows: &[Vec<Option<Value>>], at: usize) -> Vec<(usize, Reason)> {
    let mut wrong = vec![];
    let mut before = vec![];
    for (cells, number) in rows.iter().zip(1..) {
        let place = |at: usize| cells.get(at).and_then(Option::as_ref).and_then(place);
        let Some(first) = at.checked_sub(1).and_then(place) else { continue };
        let last = place(at).unwrap_or(first);
        if last.0 != first.0 || last.1 < first.1 {
            wrong.push((number, Reason::EndsBeforeItBegins));
            continue;
        }
        match before.iter().find(|(_, (begins, ends))| *begins <= last && first <= *ends) {
            Some((other, _)) => wrong.push((number, Reason::RangesOverlap { other: *other })),
            None => before.push((number, (first, last))),
        }
    }
    wrong
}

/// Where a cell stands among others: how many digits it has, and their number. An extension is never within a range of
/// telephone numbers.
fn place(cell: &Value) -> Option<(usize, u64)> {
    match cell {
        Value::Integer(number) => u64::try_from(*number).ok().map(|number| (0, number)),
        Value::Telephone(_) | Value::Text(_) => {
            let digits: String = cell.entries(0).concat().chars().filter(char::is_ascii_digit).collect();
            digits.parse().ok().map(|number| (digits.len(), number))
        }
        _ => None,
    }
}
