//! Codes that follow from answers: tables from choices to what the trade writes.

use std::collections::BTreeSet;

use super::condition::{Decides, Scope, asked_before, when};
use super::desk::{Desk, Spot};
use super::raw::RawCode;
use super::shape::Part;
use crate::catalogue::{CodeCase, DerivedCode};
use crate::characteristic::{Lines, ValueType};

/// Reads an offering's codes.
pub(super) fn read(desk: &mut Desk<'_>, parts: &[Part<RawCode>], scope: &Scope<'_>) -> Vec<DerivedCode> {
    let mut seen = BTreeSet::new();
    let read = |part: &Part<RawCode>| {
        desk.once(&mut seen, Spot::of(part.file, &part.it.id), "code", part.it.id.get_ref());
        code(desk, part, scope)
    };
    parts.iter().filter_map(read).collect()
}

fn code(desk: &mut Desk<'_>, part: &Part<RawCode>, scope: &Scope<'_>) -> Option<DerivedCode> {
    let (file, raw) = (part.file, &part.it);
    let own = raw.given_by.as_ref().and_then(|word| Some((word, asked_before(desk, file, word, scope)?)));
    if let Some((word, question)) = own
        && !matches!(question.value, ValueType::Text { lines: Lines::Single, .. })
    {
        desk.problem(Spot::of(file, word), format!("`{}` is no text of one line: a code is given in one", question.id));
    }
    if raw.cases.is_empty() {
        desk.problem(part.spot, "the code follows from nothing: list cases, { when = {…}, code = \"…\" }");
    }
    let last = raw.cases.len().saturating_sub(1);
    let mut cases = vec![];
    for (position, case) in raw.cases.iter().enumerate() {
        let (spot, case) = (Spot::of(file, case), case.get_ref());
        if case.when.is_none() && position != last {
            desk.problem(spot, "this case always holds, so those after it never count: give it a `when`, or put it last");
        }
        let text = case.code.get_ref();
        if text.is_empty() || text.chars().any(|c| !(c.is_ascii_uppercase() || c.is_ascii_digit() || ".-".contains(c))) {
            let message = format!("`{text}` is no code: write capitals, digits, dots and hyphens, as in \"04DU9.1S\"");
            desk.problem(Spot::of(file, &case.code), message);
        }
        let decides = Decides { never: "this case never holds", within: &[] };
        cases.push(CodeCase { when: when(desk, file, case.when.as_ref(), scope, decides), code: text.as_str().into() });
    }
    Some(DerivedCode {
        label: desk.text(file, &raw.label),
        given_by: own.map(|(_, question)| question.id.clone()),
        cases,
        id: desk.id(file, &raw.id)?,
    })
}
