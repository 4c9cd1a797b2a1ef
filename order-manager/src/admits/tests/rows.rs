//! Rows: what their cells must be to each other, and choices typed by their labels.

use super::*;
use crate::characteristic::{TelephoneUse, ValueOption};

fn rows(columns: Vec<(ValueType, Need, Across)>) -> ValueType {
    let column = |(value, need, across)| Column { label: Text::english("Column"), value, need, across };
    ValueType::Rows { columns: columns.into_iter().map(column).collect(), min: 1, max: 5 }
}

fn telephone() -> ValueType {
    ValueType::TelephoneNumber(TelephoneUse::Contact)
}

fn reasons(of: &ValueType, typed: &str) -> Vec<Reason> {
    read(of, &[("q", typed)]).expect_err(typed).into_iter().map(|error| error.reason).collect()
}

fn in_line(number: usize, reason: Reason) -> Reason {
    let cell = Reason::Cell { column: Text::english("Column"), reason: Box::new(reason) };
    Reason::Entry { number, reason: Box::new(cell) }
}

#[test]
fn a_cell_that_must_come_once_is_refused_in_each_row_that_has_it_again() {
    let of = rows(vec![(text_of(1, 20), Need::Required, Across::NoneTwice), (text_of(1, 20), Need::Required, Across::Free)]);
    assert!(read(&of, &[("q", "201, a\n202, a")]).is_ok());
    assert_eq!(
        reasons(&of, "Front, a\nback, b\nfront, c\nfront, d"),
        [in_line(3, Reason::Repeated), in_line(4, Reason::Repeated)]
    );
    let optional = rows(vec![(text_of(1, 20), Need::Required, Across::Free), (telephone(), Need::Optional, Across::NoneTwice)]);
    assert!(read(&optional, &[("q", "a,\nb,\nc, 404-872-0110")]).is_ok(), "an empty cell is none");
}

#[test]
fn shares_come_to_what_they_must_in_all() {
    let of = rows(vec![
        (ValueType::Integer { min: 1, max: 99, unit: None }, Need::Required, Across::SumIs(100)),
        (telephone(), Need::Required, Across::NoneTwice),
    ]);
    assert!(read(&of, &[("q", "70, 404-872-0110\n30, 404-872-0111")]).is_ok());
    for (typed, found) in [("70, 404-872-0110", 70), ("70, 404-872-0110\n31, 404-872-0111", 101)] {
        assert_eq!(reasons(&of, typed), [Reason::SumIsNot { column: Text::english("Column"), sum: 100, found }]);
    }
}

#[test]
fn ranges_go_forwards_and_never_reach_into_each_other() {
    let of = rows(vec![(telephone(), Need::Required, Across::Free), (telephone(), Need::Required, Across::EndsRange)]);
    assert!(read(&of, &[("q", "404-872-1200, 404-872-1299\n404-872-1300, 404-872-1300")]).is_ok());
    assert_eq!(reasons(&of, "404-872-1299, 404-872-1200"), [in_line(1, Reason::EndsBeforeItBegins)]);
    let overlap = "404-872-1200, 404-872-1299\n404-872-1400, 404-872-1499\n404-872-1250, 404-872-1350";
    assert_eq!(reasons(&of, overlap), [in_line(3, Reason::RangesOverlap { other: 1 })]);

    let digits = || ValueType::Text { min: 1, max: 14, pattern: None, lines: Lines::Single };
    let of = rows(vec![(digits(), Need::Required, Across::Free), (digits(), Need::Optional, Across::EndsRange)]);
    assert!(read(&of, &[("q", "201, 249\n250,\n404-872-0201, 404-872-0249")]).is_ok(), "an extension is no telephone number");
    assert_eq!(reasons(&of, "201, 249\n210,"), [in_line(2, Reason::RangesOverlap { other: 1 })]);
    assert_eq!(reasons(&of, "201, 24"), [in_line(1, Reason::EndsBeforeItBegins)]);
}

#[test]
fn a_choice_in_a_cell_is_typed_and_shown_by_its_label() {
    let option = |id: &str, en: &str, es: &str| ValueOption {
        id: id.parse().expect("an id"),
        label: Text::from_wordings([("en", en), ("es", es)].map(|(tag, text)| (tag.into(), text.into())).into()).expect("a text"),
        number: None,
        available_when: Condition::Always,
        unavailable_because: None,
        needs: None,
    };
    let choice =
        ValueType::Choice(vec![option("in-turn", "In turn", "Por turno"), option("first", "From the first", "Desde la primera")]);
    for of in [rows(vec![(choice.clone(), Need::Required, Across::Free)]), list_of(choice, 3)] {
        let by_label = read(&of, &[("q", "in TURN\nFrom the first")]).expect("read").expect("entered");
        for typed in ["Por turno\ndesde la primera", "in-turn\nfirst"] {
            assert_eq!(read(&of, &[("q", typed)]), Ok(Some(by_label.clone())), "{typed}");
        }
        assert!(read(&of, &[("q", "sideways")]).is_err());
        let mut shown = Entered::default();
        of.fill(&by_label, "q", &mut shown);
        assert_eq!(shown.text("q"), "In turn\nFrom the first");
    }
}
