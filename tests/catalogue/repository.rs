//! The repository's own catalogue.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use order_manager::catalogue::{Catalogue, TERM};
use order_manager::characteristic::ValueType;
use order_manager::compact;
use order_manager::condition::Condition;
use order_manager::source::{self, SourceFile};
use serde_json::Value;

/// Languages the site ships besides English.
const OTHER_LANGUAGES: [&str; 1] = ["es"];

pub(crate) fn source_files() -> Vec<SourceFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../order-manager/catalogue");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &PathBuf| SourceFile { name: path.display().to_string(), text: fs::read_to_string(path).expect("a text") };
    paths.iter().map(read).collect()
}

pub(crate) fn catalogue() -> Catalogue {
    source::read(&source_files()).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    })
}

/// Every text of the catalogue: an object with a wording in English and others.
fn texts<'a>(value: &'a Value, found: &mut Vec<(&'a str, &'a Value)>) {
    match value {
        Value::Object(fields) => match (fields.get("en").and_then(Value::as_str), fields.get("others")) {
            (Some(en), Some(others)) => found.push((en, others)),
            _ => fields.values().for_each(|value| texts(value, found)),
        },
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Whether a text's other wordings, pairs of language and wording, have one in this language.
fn speaks(others: &Value, language: &str) -> bool {
    others.as_array().is_some_and(|pairs| pairs.iter().any(|pair| pair[0] == language))
}

#[test]
fn it_has_no_problems_and_keeps_every_offering_that_was_ever_sold() {
    let catalogue = catalogue();
    let offerings: Vec<_> = catalogue.offerings.iter().map(|offering| offering.id.as_str()).collect();
    let sold = [
        "broadband-internet",
        "dedicated-internet",
        "ip-vpn",
        "e-access",
        "ethernet-private-line",
        "ethernet-virtual-private-line",
        "ds1",
        "ds3",
        "sip-trunk",
        "pri",
        "hosted-voice",
        "unlimited-nationwide",
        "business-per-minute",
        "international",
        "toll-free",
        "residential-line",
        "business-line",
        "centrex",
    ];
    for id in sold {
        assert!(offerings.contains(&id), "{id} is gone: whoever has it has it still, so give it `sold_until` instead");
    }
    assert_eq!(catalogue.changes.len(), 3, "a service in place can be ended, paused and resumed");
    assert_eq!(catalogue.areas.len(), 8);
    assert!(
        catalogue.areas.iter().all(|area| catalogue.streets.iter().filter(|street| area.zips.contains(&street.zip)).count() >= 6)
    );
}

#[test]
fn every_text_is_worded_in_english_and_in_each_language_of_the_site() {
    let whole = serde_json::to_value(catalogue()).expect("a value");
    let mut found = vec![];
    texts(&whole, &mut found);
    assert!(found.len() > 300, "{} texts", found.len());
    assert!(found.iter().all(|(en, _)| !en.trim().is_empty()));
    for language in OTHER_LANGUAGES {
        let missing: BTreeSet<_> = found.iter().filter(|(_, others)| !speaks(others, language)).map(|(en, _)| *en).collect();
        assert!(missing.is_empty(), "{} texts have no wording in {language}:\n{missing:#?}", missing.len());
    }
}

#[test]
fn it_comes_back_the_same_from_its_compact_form() {
    let catalogue = catalogue();
    let bytes = compact::to_bytes(&catalogue).expect("bytes");
    assert_eq!(compact::from_bytes(&bytes), Ok(catalogue));
}

#[test]
fn a_condition_looks_only_at_questions_asked_before() {
    for offering in catalogue().offerings {
        let mut asked = BTreeSet::new();
        for question in &offering.characteristics {
            let mut looked_at = question.applies_when.characteristics();
            looked_at.extend(question.value.options().iter().flat_map(|option| option.available_when.characteristics()));
            assert!(looked_at.iter().all(|id| asked.contains(*id)), "{} of {}", question.id, offering.id);
            asked.insert(&question.id);
        }
    }
}

#[test]
fn every_offering_with_a_term_can_be_had_by_the_month_and_says_what_ending_early_costs() {
    for offering in catalogue().offerings {
        let Some(term) = offering.characteristics.iter().find(|question| question.id.as_str() == TERM) else { continue };
        assert!(term.value.options().iter().any(|option| option.number == Some(0)), "{}", offering.id);
        assert!(offering.early_termination.is_some(), "{}", offering.id);
        assert_eq!(offering.intervals.last().map(|interval| &interval.when), Some(&Condition::Always), "{}", offering.id);
    }
}

#[test]
fn a_file_that_is_asked_for_can_be_told_by_its_content_and_fits_into_a_request() {
    let catalogue = catalogue();
    let questions: Vec<_> = catalogue.offerings.iter().flat_map(|offering| &offering.characteristics).collect();
    let mut letters = 0;
    for question in questions {
        let ValueType::File { media, max_bytes } = &question.value else { continue };
        let known = |media: &str| ["application/pdf", "image/png", "image/jpeg"].contains(&media);
        assert!(media.iter().all(|media| known(media)), "{}: {media:?}", question.id);
        assert!(*max_bytes <= 4 << 20, "{}: {max_bytes}", question.id);
        letters += 1;
    }
    assert!(letters > 0, "letters are asked for");
}
