//! Source and message files agree, in every language.

use std::collections::BTreeSet;

use super::source::{Messages, messages, rust_files, uses};
use crate::messages::Words;

#[test]
fn every_message_file_is_read_whole_and_embedded() {
    for words in Words::all() {
        let (found, wrong) = messages(words.language());
        assert!(wrong.is_empty(), "{}: {wrong:#?}", words.language());
        assert!(!found.is_empty(), "{}", words.language());
    }
}

#[test]
fn every_message_asked_for_exists_with_the_same_variables() {
    let (messages, _) = messages("en");
    let (mut wrong, mut read) = (vec![], 0);
    for (path, source) in rust_files() {
        for used in uses(&path, &source) {
            let Some(patterns) = messages.get(&used.key) else {
                wrong.push(format!("{}: no message {}", used.file.display(), used.key));
                continue;
            };
            let Some(given) = used.variables else { continue };
            read += 1;
            let wanted: BTreeSet<String> = patterns.iter().flatten().cloned().collect();
            let provided: BTreeSet<String> = match used.of_a_field {
                true => given.union(&BTreeSet::from(["field".to_owned(), "name".to_owned()])).cloned().collect(),
                false => given.clone(),
            };
            if !wanted.is_subset(&provided) || !given.is_subset(&wanted) {
                wrong.push(format!("{}: {} wants {wanted:?} and gets {given:?}", used.file.display(), used.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(read * 10 > messages.len() * 9, "only {read} uses of {} messages could be read", messages.len());
}

#[test]
fn every_message_is_asked_for() {
    let (messages, _) = messages("en");
    let sources: String = rust_files().into_iter().map(|(_, source)| source).collect();
    let unused: Vec<_> = messages.keys().filter(|key| !sources.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "nobody says {unused:#?}");
}

#[test]
fn every_language_says_what_english_says() {
    let (english, _) = messages("en");
    for words in Words::all() {
        let (other, _) = messages(words.language());
        let lacking: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let left_over: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(lacking.is_empty() && left_over.is_empty(), "{}: lacks {lacking:?}, has {left_over:?}", words.language());
        for (key, patterns) in &english {
            let all = |patterns: &[BTreeSet<String>]| patterns.iter().flatten().cloned().collect::<BTreeSet<_>>();
            assert_eq!(all(patterns), all(&other[key]), "{}: variables of {key}", words.language());
        }
    }
}

#[test]
fn what_mail_says_it_says_in_spanish_too_with_the_same_variables() {
    let ((english, _), (spanish, wrong)) = (messages("en"), messages("es"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let sources = rust_files().into_iter().filter(|(path, _)| path.ends_with("templates/src/mail.rs"));
    let asked: BTreeSet<String> = sources.flat_map(|(path, source)| uses(&path, &source)).map(|used| used.key).collect();
    assert!(asked.len() > 50, "{asked:?}");
    let days = english.keys().filter(|key| key.starts_with("weekday-") || key.starts_with("month-") || *key == "date-full");
    let needed: BTreeSet<_> = asked.iter().chain(days).collect();
    assert_eq!(needed, spanish.keys().collect(), "neither more nor less");
    for key in needed {
        let all = |messages: &Messages| messages[key].iter().flatten().cloned().collect::<BTreeSet<_>>();
        assert_eq!(all(&english), all(&spanish), "variables of {key}");
    }
}

#[test]
fn a_missing_message_shows_and_does_not_stop_the_page() {
    let missing = "no-such-message";
    assert_eq!(Words::english().text(missing), "⟦no-such-message⟧");
    assert_eq!(Words::for_language("xx-XX").language(), "en");
    assert_eq!(Words::for_language("en-US").language(), "en");
}
