//! For each question of the catalogue, each way to answer it wrongly: it is said at the question's own field, in words of its own.

use std::collections::BTreeSet;

use order_manager::admits::Reading;
use order_manager::characteristic::{AddressSpace, Lines, TelephoneUse, ValueType};
use order_manager::entered::{Entered, Reason};
use templates::messages::{Asks, Words};

use crate::repository::catalogue;

/// What may be typed that a type does not take.
fn wrong(of: &ValueType) -> Vec<String> {
    let texts: Vec<String> = match of {
        ValueType::Choice(_) | ValueType::Choices { .. } | ValueType::Service(_) => vec!["no-such-choice".into(), "\u{7}".into()],
        ValueType::Integer { min, max, .. } => {
            vec!["many".into(), "1.5".into(), (min - 1).to_string(), (max + 1).to_string(), "9".repeat(40)]
        }
        ValueType::Text { min, max, pattern, lines } => {
            let mut texts = vec!["x".repeat(max + 1), "a\u{7}b".into()];
            if *min > 1 {
                texts.push("x".repeat(min - 1));
            }
            if pattern.is_some() {
                texts.push("§".repeat((*min).max(1)));
            }
            if *lines == Lines::Single && *max > 3 {
                texts.push("a\nb".into());
            }
            texts
        }
        ValueType::Boolean => vec!["perhaps".into()],
        ValueType::Acknowledgement(_) => vec!["no".into()],
        ValueType::TelephoneNumber(TelephoneUse::TollFree) => vec!["404-373-0121".into(), "888-555".into()],
        ValueType::TelephoneNumber(TelephoneUse::Port) => vec!["800-555-0100".into(), "911".into(), "212-555-0100".into()],
        ValueType::TelephoneNumber(TelephoneUse::Contact) | ValueType::InventoryNumber => {
            vec!["911".into(), "call me".into(), "404-911-0100".into()]
        }
        ValueType::Email => vec!["nobody".into(), "a@b".into(), "a b@example.com".into()],
        ValueType::Date { .. } => vec!["soon".into(), "2026-02-30".into(), "01/01/1999".into(), "01/01/2999".into()],
        ValueType::AutonomousSystemNumber(space) => {
            let mut numbers = vec!["0", "23456", "64496", "65535", "65551", "4294967295", "4294967296", "AS"];
            numbers.extend((*space == AddressSpace::Public).then_some("64512"));
            numbers.extend((*space == AddressSpace::Private).then_some("13335"));
            numbers.into_iter().map(str::to_owned).collect()
        }
        ValueType::Prefixes { space, longest_v4, .. } => {
            let mut prefixes = vec!["8.8.8.8/16".to_owned(), "8.8.8.0/33".to_owned(), "everything".to_owned()];
            prefixes.extend((*space == AddressSpace::Public).then(|| "10.0.0.0/8".to_owned()));
            prefixes.extend((*space == AddressSpace::Private).then(|| "8.8.8.0/24".to_owned()));
            prefixes.extend((*longest_v4 < 32).then(|| format!("8.8.8.0/{}", longest_v4 + 1)));
            prefixes
        }
        ValueType::IpAddress(_) => vec!["256.1.1.1".into(), "example.com".into()],
        ValueType::DomainName => vec!["exa mple".into(), "-bad-.example".into()],
        ValueType::VlanIds { .. } => vec!["0".into(), "4095".into(), "200-100".into(), "ten".into()],
        ValueType::Secret { min, max } => {
            let mut secrets = vec!["x".repeat(max + 1)];
            secrets.extend((*min > 1).then(|| "x".repeat(min - 1)));
            secrets
        }
        ValueType::List { of, max, .. } => {
            let mut lists = wrong(of);
            lists.push(vec!["entry"; max + 1].join("\n"));
            lists
        }
        ValueType::Rows { columns, .. } => vec!["only one cell".to_owned() + &", more".repeat(columns.len() + 1)],
        ValueType::Address(_) | ValueType::File { .. } => vec![],
    };
    texts
}

#[test]
fn each_wrong_answer_to_each_question_is_said_at_its_own_field_in_its_own_words() {
    let catalogue = catalogue();
    let words = Words::english();
    let reading = Reading { today: jiff::civil::date(2026, 11, 23), area: catalogue.areas.first(), services: &[], files: &[] };
    let (mut tried, mut said) = (0, BTreeSet::new());
    for offering in catalogue.offerings.iter().chain(catalogue.changes.values()) {
        for question in &offering.characteristics {
            let id = question.id.as_str();
            for text in wrong(&question.value) {
                let entered: Entered = [(id, text.as_str())].into_iter().collect();
                let errors = match question.value.admit(id, &entered, &reading) {
                    Err(errors) => errors,
                    Ok(value) => panic!("{} of {} takes {text:?} for {value:?}", question.id, offering.id),
                };
                for error in errors {
                    assert_eq!(&*error.field, id, "{text:?} is said elsewhere");
                    let label = question.label.in_language(words.language());
                    let message = words.reason(label, Asks::of(&question.value), &error.reason);
                    assert!(message.len() > 12 && !message.contains("reason-"), "{id}: {message}");
                    tried += 1;
                    said.insert(message);
                }
            }
            let twice: Entered = [(id, "a"), (id, "b")].into_iter().collect();
            let doubled = question.value.admit(id, &twice, &reading);
            let several = matches!(question.value, ValueType::Choices { .. } | ValueType::Address(_) | ValueType::File { .. });
            assert!(several || doubled.is_err_and(|errors| errors[0].reason == Reason::Doubled), "{id} taken twice");
        }
    }
    assert!(tried > 2_000, "{tried} wrong answers were tried");
    assert!(said.len() > 600, "{} different messages", said.len());
}
