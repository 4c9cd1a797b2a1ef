//! The compact form: what is embedded in a function, and what is published.

use std::collections::BTreeSet;
use std::sync::Arc;

use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::compact;
use order_manager::source::{self, SPOKEN};
use templates::messages::Words;

use crate::repository::source_files;
use crate::small;

/// As it is deployed.
fn spoken() -> Catalogue {
    source::read_spoken(&source_files()).expect("no problems")
}

fn forms(catalogue: &Catalogue) -> impl Iterator<Item = &ProductOffering> {
    catalogue.offerings.iter().chain(catalogue.changes.values())
}

#[test]
fn what_is_deployed_is_worded_in_the_languages_of_the_pages_and_comes_back_the_same() {
    let tags: Vec<_> = Words::all().map(Words::language).collect();
    assert_eq!(SPOKEN, tags, "a language of the pages is to be in source::SPOKEN, and no other");
    let catalogue = spoken();
    let told = serde_json::to_string(&catalogue).expect("its words");
    assert!(!told.contains("Internet de banda ancha") && told.contains("Broadband Internet"));
    let bytes = compact::to_bytes(&catalogue).expect("bytes");
    assert_eq!(compact::from_bytes(&bytes), Ok(catalogue));
}

#[test]
fn a_question_that_several_offerings_ask_is_there_once() {
    let whole = spoken();
    let read = compact::from_bytes(&compact::to_bytes(&whole).expect("bytes")).expect("a catalogue");
    let questions: Vec<_> = forms(&read).flat_map(|form| &form.characteristics).collect();
    let places: BTreeSet<_> = questions.iter().map(|question| Arc::as_ptr(question)).collect();
    assert!(places.len() * 2 < questions.len(), "{} questions at {} places", questions.len(), places.len());
    // What one offering asks is changed for that one alone.
    let mut changed = read.clone();
    for question in &mut changed.offerings[0].characteristics {
        Arc::make_mut(question).hint = None;
    }
    assert_eq!(changed.offerings[1..], whole.offerings[1..]);
    assert_eq!(read, whole);
}

#[test]
fn the_same_catalogue_has_the_same_bytes() {
    let (catalogue, again) = (spoken(), spoken());
    let bytes = compact::to_bytes(&catalogue).expect("bytes");
    assert!(bytes == compact::to_bytes(&again).expect("bytes"));
    let read = compact::from_bytes(&bytes).expect("a catalogue");
    assert!(bytes == compact::to_bytes(&read).expect("bytes"), "read and written again, it is what it was");
}

#[test]
fn bytes_that_are_cut_short_or_run_on_are_none() {
    let bytes = compact::to_bytes(&small::read(&[]).expect("a catalogue")).expect("bytes");
    for length in 0..bytes.len() {
        assert!(compact::from_bytes(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
    }
    assert!(compact::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
}

#[test]
fn bytes_that_were_spoiled_are_an_error_or_a_catalogue_to_walk_and_nothing_worse() {
    let bytes = compact::to_bytes(&small::read(&[]).expect("a catalogue")).expect("bytes");
    for place in 0..bytes.len() {
        for spoiled in [0, 1, 0x7f, 0x80, 0xff] {
            let mut other = bytes.clone();
            other[place] = spoiled;
            if let Ok(catalogue) = compact::from_bytes(&other) {
                assert!(!format!("{catalogue:?}").is_empty());
            }
        }
    }
    // Afterwards all is read as ever.
    assert!(compact::from_bytes(&bytes).is_ok());
    assert!(serde_json::to_string(&small::read(&[]).expect("a catalogue")).expect("its words").contains("\"en\""));
}
