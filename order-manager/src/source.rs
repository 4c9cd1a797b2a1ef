//! Reads the catalogue's source files and checks them, so that nothing in a [`Catalogue`] dangles, contradicts itself or can
//! never happen.
//!
//! For build scripts, tools and tests (feature `source`): what is deployed carries the checked form. The files are TOML, one a
//! family, and each says at its head how it is written. Reading goes in two steps: `shape` takes every part of every file that
//! has the right form, the other modules check what the parts say. All problems are collected, each with its file and line.

mod asking;
mod code;
mod condition;
mod desk;
mod document;
mod negotiation;
mod offering;
mod place;
mod price;
mod question;
mod raw;
mod reach;
mod rows;
mod shape;
mod surcharge;
mod term;
mod text;
mod value_type;

use std::fmt;

use self::condition::Scope;
use self::desk::Desk;
use self::offering::Around;
use self::shape::Sources;
use self::text::Languages;
use crate::catalogue::Catalogue;

/// The languages that the pages speak. Wordings in other languages are checked too, but what is deployed and published goes
/// without them: nobody would read them there.
pub const SPOKEN: &[&str] = &["en"];

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, for problems to be reported by.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Something in the source that must be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Reads a catalogue from its files, in all its languages.
///
/// # Errors
/// Every problem that was found, by file and line.
pub fn read(files: &[SourceFile]) -> Result<Catalogue, Vec<Problem>> {
    read_in(None, files)
}

/// Reads a catalogue from its files, in the languages of the pages ([`SPOKEN`]): as it is deployed and published.
///
/// # Errors
/// As [`read`], whatever the language.
pub fn read_spoken(files: &[SourceFile]) -> Result<Catalogue, Vec<Problem>> {
    read_in(Some(SPOKEN), files)
}

fn read_in(languages: Option<&'static [&'static str]>, files: &[SourceFile]) -> Result<Catalogue, Vec<Problem>> {
    let mut desk = Desk::new(files);
    let Some(mut sources) = shape::read(files, &mut desk) else { return Err(desk.problems()) };
    sources.offerings.sort_by_key(|offering| offering.family);
    desk.languages = Languages::of(&sources.languages, languages);
    let catalogue = check(&mut desk, &sources);
    match desk.problems() {
        problems if problems.is_empty() => Ok(catalogue),
        problems => Err(problems),
    }
}

/// What the sources come to, with everything that is wrong with them put down.
fn check(desk: &mut Desk<'_>, sources: &Sources) -> Catalogue {
    let version = document::read_head(desk, sources);
    let places = place::read(desk, &sources.areas);
    let letters = document::read_letters(desk, &sources.letters);
    let letter_ids: Vec<_> = letters.iter().map(|letter| letter.id.clone()).collect();
    document::check_dialogs(desk, &sources.dialogs, &sources.offerings);
    let (states, offering_ids) = (places.states(), offering::ids(desk, &sources.offerings));
    let scope = Scope { asked: &[], dialogs: &[], later: &[], sold_to: &[], states: &states, offerings: &offering_ids };
    let wording = sources.term_wording.first();

    let asking = |source| asking::read(desk, source, &sources.dialogs, wording, &scope, &places);
    let halves: Vec<_> = sources.offerings.iter().filter_map(asking).collect();
    let around =
        Around { scope: &scope, offerings: &halves, places: &places, letters: &letter_ids, wording, dialogs: &sources.dialogs };
    let read: Vec<_> = halves.iter().map(|half| (half, offering::read(desk, half, around))).collect();
    let (changes, offerings) = offering::apart(desk, read);
    let scopes: Vec<_> = halves.iter().map(|half| half.scope(&scope)).collect();
    let surcharges = surcharge::read(desk, &sources.surcharges, &scopes, &scope);
    let (holidays, windows) = (document::read_holidays(desk, sources), document::read_windows(desk, &sources.windows));
    let terms_of_service = document::read_terms(desk, &sources.terms_of_service);
    let order_templates = document::read_order_templates(desk, &sources.order_templates, &offerings);
    let discretion = document::read_discretion(desk, &sources.discretion);
    let number_aging = document::read_number_aging(desk, &sources.number_aging);
    let negotiation = negotiation::read(desk, &sources.negotiation, &offerings);
    document::check_languages(desk, sources);
    Catalogue {
        version,
        currency_code: desk.currency.code().into(),
        offerings,
        changes,
        surcharges,
        areas: places.areas,
        streets: places.streets,
        holidays,
        letters,
        terms_of_service,
        windows,
        order_templates,
        discretion,
        negotiation,
        number_aging,
    }
}
