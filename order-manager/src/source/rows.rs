//! Rows: what their columns must be to each other, checked so that some rows fit at all.

use super::condition::range;
use super::desk::{Desk, Spot};
use super::raw::RawColumn;
use crate::characteristic::{Across, Column, Lines, Need, ValueType};

/// What holds between the cells of a column.
pub(super) fn across(desk: &mut Desk<'_>, file: usize, raw: &RawColumn) -> Across {
    match (raw.unique, &raw.sum, raw.ends_range) {
        (false, None, false) => Across::Free,
        (true, None, false) => Across::NoneTwice,
        (false, Some(sum), false) => Across::SumIs(*sum.get_ref()),
        (false, None, true) => Across::EndsRange,
        _ => {
            let spot = Spot::of(file, &raw.label);
            desk.problem(spot, "a column's cells are to each other in one way: give one of unique, sum and ends_range");
            Across::Free
        }
    }
}

/// Sees that some rows fit what their columns must be to each other.
pub(super) fn check(desk: &mut Desk<'_>, file: usize, raw: &[RawColumn], columns: &[Column], (min, max): (usize, usize)) {
    for (at, (raw, column)) in raw.iter().zip(columns).enumerate() {
        let spot = raw.sum.as_ref().map_or(Spot::of(file, &raw.label), |sum| Spot::of(file, sum));
        match column.across {
            Across::Free | Across::NoneTwice => {}
            Across::SumIs(sum) => {
                let bounds = match (&column.value, column.need) {
                    (ValueType::Integer { .. }, Need::Required) => range(&column.value),
                    _ => None,
                };
                let Some((least, most)) = bounds else {
                    desk.problem(spot, "only numbers add up: a column with `sum` takes a number and is not optional");
                    continue;
                };
                let rows = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
                let fits = |count: i64| least.saturating_mul(count) <= sum && sum <= most.saturating_mul(count);
                if !(rows(min.max(1))..=rows(max)).any(fits) {
                    desk.problem(spot, format!("no rows come to {sum} in this column: let there be more rows, or other numbers"));
                }
            }
            Across::EndsRange => {
                let begins = at.checked_sub(1).and_then(|before| columns.get(before));
                let has_order = |value: &ValueType| match value {
                    ValueType::Integer { .. } | ValueType::TelephoneNumber(_) => true,
                    ValueType::Text { lines, .. } => *lines == Lines::Single,
                    _ => false,
                };
                let is_alike = |begins: &Column| {
                    std::mem::discriminant(&begins.value) == std::mem::discriminant(&column.value)
                        && begins.need == Need::Required
                };
                if !has_order(&column.value) || !begins.is_some_and(is_alike) {
                    desk.problem(
                        spot,
                        "a range ends in the column after the one it begins in, both numbers, telephones or digits, and the first not optional",
                    );
                }
            }
        }
    }
}

/// Sees that the labels of a choice can be typed within a line, and told apart.
pub(super) fn check_labels(desk: &mut Desk<'_>, spot: Spot, value: &ValueType) {
    let mut seen = vec![];
    for option in value.options() {
        for label in option.label.wordings() {
            if label.contains(',') {
                let message = format!("the label `{label}` is typed within a line, where a comma ends it: word it without one");
                desk.problem(spot, message);
            }
            let typed = label.to_lowercase();
            if seen.iter().any(|(id, other)| *other == typed && *id != &option.id) {
                desk.problem(spot, format!("two choices are typed as `{label}` within a line: word one otherwise"));
            }
            seen.push((&option.id, typed));
        }
    }
}
