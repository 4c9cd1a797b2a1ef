//! Values of several entries, one a line of one field: lists, prefixes, rows.

use super::Reading;
use crate::characteristic::{Column, Need};
use crate::entered::{FieldError, Reason};
use crate::value::Value;

/// Every line's entry, blank lines left out; `None` when there is no line. Each wrong line gets an error of its own.
pub(super) fn entries<T: PartialEq>(
    field: &str,
    text: Option<&str>,
    (min, max): (usize, usize),
    read: impl Fn(&str) -> Result<T, Reason>,
) -> Result<Option<Vec<T>>, Vec<FieldError>> {
    let Some(text) = text else { return Ok(None) };
    let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    // Counted first: nobody makes us read a million lines.
    if !(min..=max).contains(&lines.len()) {
        return Err(vec![FieldError::new(field, Reason::WrongCount { min, max })]);
    }
    let (mut values, mut errors) = (Vec::with_capacity(lines.len()), Vec::new());
    for (line, number) in lines.iter().zip(1..) {
        match read(line) {
            Ok(value) if values.contains(&value) => errors.push((number, Reason::Repeated)),
            Ok(value) => values.push(value),
            Err(reason) => errors.push((number, reason)),
        }
    }
    if errors.is_empty() {
        return Ok(Some(values));
    }
    let in_entry = |(number, reason)| FieldError::new(field, Reason::Entry { number, reason: Box::new(reason) });
    Err(errors.into_iter().map(in_entry).collect())
}

/// A row of cells from a line.
pub(super) fn row(line: &str, columns: &[Column], reading: &Reading<'_>) -> Result<Vec<Option<Value>>, Reason> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    if cells.len() != columns.len() {
        return Err(Reason::WrongColumns { expected: columns.len() });
    }
    if cells.iter().all(|cell| cell.is_empty()) {
        return Err(Reason::Missing);
    }
    cells
        .iter()
        .zip(columns)
        .map(|(cell, column)| {
            let in_column = |reason| Reason::Cell { column: column.label.clone(), reason: Box::new(reason) };
            match column.need {
                _ if !cell.is_empty() => column.value.admit_cell(cell, reading).map(Some).map_err(in_column),
                Need::Required => Err(in_column(Reason::Missing)),
                Need::Optional => Ok(None),
            }
        })
        .collect()
}
