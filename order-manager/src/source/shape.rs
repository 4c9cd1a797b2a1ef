//! The shape of the source files: what TOML itself and the tables' keys allow. Every part that can be read is read, so that
//! one bad key does not hide the problems after it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::SourceFile;
use super::desk::{Desk, Spot};
use super::document::{RawDiscretion, RawLetter, RawNumberAging, RawOrderTemplate, RawSection, RawTermsOfService, RawWindow};
use super::negotiation::RawNegotiation;
use super::place::{RawArea, RawStreet};
use super::raw::*;
use super::text::Language;
use crate::catalogue::Family;

/// A part of a file with its place.
#[derive(Debug)]
pub(super) struct Part<T> {
    pub(super) file: usize,
    pub(super) spot: Spot,
    pub(super) it: T,
}

/// Everything the files say.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) version: Vec<Part<String>>,
    pub(super) currency: Vec<Part<String>>,
    pub(super) holidays: Vec<Part<Vec<Spanned<Date>>>>,
    pub(super) term_wording: Vec<Part<RawTermWording>>,
    pub(super) offerings: Vec<OfferingSource>,
    pub(super) dialogs: Vec<DialogSource>,
    pub(super) surcharges: Vec<Part<RawSurcharge>>,
    pub(super) windows: Vec<Part<RawWindow>>,
    pub(super) discretion: Vec<Part<RawDiscretion>>,
    pub(super) number_aging: Vec<Part<RawNumberAging>>,
    pub(super) negotiation: Vec<Part<RawNegotiation>>,
    pub(super) order_templates: Vec<Part<RawOrderTemplate>>,
    pub(super) terms_of_service: Vec<(Part<RawTermsOfService>, Vec<Part<RawSection>>)>,
    pub(super) letters: Vec<Part<RawLetter>>,
    pub(super) areas: Vec<(Part<RawArea>, Vec<Part<RawStreet>>)>,
    pub(super) languages: Vec<Language>,
}

/// An offering with its sections.
#[derive(Debug)]
pub(super) struct OfferingSource {
    pub(super) family: Family,
    pub(super) head: Part<RawOffering>,
    pub(super) questions: Vec<Part<RawQuestion>>,
    pub(super) intervals: Vec<Part<RawInterval>>,
    pub(super) rules: Vec<Part<RawRule>>,
    pub(super) codes: Vec<Part<RawCode>>,
    pub(super) prices: Vec<Part<RawPrice>>,
    pub(super) discounts: Vec<Part<RawDiscount>>,
    pub(super) letters: Vec<Part<RawLetterNeed>>,
    pub(super) milestones: Vec<Part<RawMilestone>>,
    pub(super) labels: Vec<Part<RawBroadbandLabel>>,
}

/// A dialog with its questions.
#[derive(Debug)]
pub(super) struct DialogSource {
    pub(super) head: Part<RawDialog>,
    pub(super) questions: Vec<Part<RawQuestion>>,
}

type Table<'i> = Spanned<DeTable<'i>>;

/// Reads every file. `None` when one is no TOML at all: what it would have said is missing then, and every other file would be
/// full of problems that are none.
pub(super) fn read(files: &[SourceFile], desk: &mut Desk<'_>) -> Option<Sources> {
    let (mut sources, mut sound) = (Sources::default(), true);
    for (file, source) in files.iter().enumerate() {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in &errors {
            put_down(desk, file, error, "");
        }
        if errors.is_empty() {
            read_file(file, table, &mut sources, desk);
        } else {
            sound = false;
        }
    }
    sound.then_some(sources)
}

fn read_file(file: usize, table: Table<'_>, sources: &mut Sources, desk: &mut Desk<'_>) {
    let mut reader = Reader { file, desk };
    let mut table = table.into_inner();
    let table = &mut table;
    let family = reader.value::<Family>(table, "family");
    sources.version.extend(reader.value(table, "version"));
    sources.currency.extend(reader.value(table, "currency"));
    sources.holidays.extend(reader.value(table, "holidays"));
    sources.term_wording.extend(reader.value(table, "term_wording"));
    for mut offering in reader.tables(table, "offering") {
        let inner = offering.get_mut();
        let (questions, intervals, rules) =
            (reader.parts(inner, "question"), reader.parts(inner, "interval"), reader.parts(inner, "rule"));
        let codes = reader.parts(inner, "code");
        let (prices, discounts) = (reader.parts(inner, "price"), reader.parts(inner, "discount"));
        let (letters, milestones, labels) =
            (reader.parts(inner, "letter"), reader.parts(inner, "milestone"), reader.parts(inner, "broadband_label"));
        let sections = "question, interval, rule, code, price, discount, letter, milestone, broadband_label";
        let Some(head) = reader.part::<RawOffering>(offering, sections) else { continue };
        let Some(family) = &family else {
            reader
                .desk
                .problem(head.spot, "say at the head of the file which family its offerings are of: `family = \"data-ip\"`");
            reader.desk.broke(head.it.id.get_ref());
            continue;
        };
        let family = family.it;
        sources.offerings.push(OfferingSource {
            family,
            head,
            questions,
            intervals,
            rules,
            codes,
            prices,
            discounts,
            letters,
            milestones,
            labels,
        });
    }
    for mut dialog in reader.tables(table, "dialog") {
        let questions = reader.parts(dialog.get_mut(), "question");
        sources.dialogs.extend(reader.part(dialog, "question").map(|head| DialogSource { head, questions }));
    }
    sources.surcharges.extend(reader.parts(table, "surcharge"));
    sources.windows.extend(reader.parts(table, "window"));
    sources.order_templates.extend(reader.parts(table, "order_template"));
    sources.discretion.extend(reader.value(table, "discretion"));
    sources.number_aging.extend(reader.value(table, "number_aging"));
    sources.negotiation.extend(reader.value(table, "negotiation"));
    sources.letters.extend(reader.parts(table, "letter"));
    for mut terms in reader.tables(table, "terms_of_service") {
        let sections = reader.parts(terms.get_mut(), "section");
        sources.terms_of_service.extend(reader.part(terms, "section").map(|terms| (terms, sections)));
    }
    for mut area in reader.tables(table, "area") {
        let streets = reader.parts(area.get_mut(), "street");
        sources.areas.extend(reader.part(area, "street").map(|area| (area, streets)));
    }
    sources.languages.extend(reader.language(table));
    reader.nothing_else(table);
}

/// Takes the parts of one file's tables.
struct Reader<'d, 'f> {
    file: usize,
    desk: &'d mut Desk<'f>,
}

impl Reader<'_, '_> {
    fn value<'i, T: Deserialize<'i>>(&mut self, table: &mut DeTable<'i>, key: &str) -> Option<Part<T>> {
        let value = table.remove(key)?;
        self.deserialized(value, "")
    }

    /// The tables of a section that has sections of its own.
    fn tables<'i>(&mut self, table: &mut DeTable<'i>, key: &str) -> Vec<Table<'i>> {
        let values = self.values(table, key);
        let mut tables = vec![];
        for value in values {
            let span = value.span();
            match value.into_inner() {
                DeValue::Table(table) => tables.push(Spanned::new(span, table)),
                _ => self
                    .desk
                    .problem(Spot::at(self.file, Some(span)), format!("write each `{key}` as a section of its own: [[{key}]]")),
            }
        }
        tables
    }

    fn parts<'i, T: Deserialize<'i>>(&mut self, table: &mut DeTable<'i>, key: &str) -> Vec<Part<T>> {
        self.values(table, key).into_iter().filter_map(|value| self.deserialized(value, "")).collect()
    }

    fn values<'i>(&mut self, table: &mut DeTable<'i>, key: &str) -> Vec<Spanned<DeValue<'i>>> {
        let Some(value) = table.remove(key) else { return vec![] };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(values) => values.into_iter().collect(),
            other => {
                self.desk.problem(
                    Spot::at(self.file, Some(span.clone())),
                    format!("write each `{key}` as a section of its own: [[{key}]]"),
                );
                // A single table is surely meant as the only one.
                if other.is_table() { vec![Spanned::new(span, other)] } else { vec![] }
            }
        }
    }

    fn part<'i, T: Deserialize<'i>>(&mut self, table: Table<'i>, sections: &str) -> Option<Part<T>> {
        let span = table.span();
        self.deserialized(Spanned::new(span, DeValue::Table(table.into_inner())), sections)
    }

    fn deserialized<'i, T: Deserialize<'i>>(&mut self, value: Spanned<DeValue<'i>>, sections: &str) -> Option<Part<T>> {
        let spot = Spot::at(self.file, Some(value.span()));
        let name = value.get_ref().get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(it) => Some(Part { file: self.file, spot, it }),
            Err(error) => {
                self.desk.broke(name.as_deref().unwrap_or_default());
                put_down(self.desk, self.file, &error, sections);
                None
            }
        }
    }

    fn language(&mut self, table: &mut DeTable<'_>) -> Option<Language> {
        let tag = self.value::<String>(table, "language");
        let texts = self.value::<BTreeMap<Spanned<String>, Spanned<String>>>(table, "texts");
        match (tag, texts) {
            (Some(tag), Some(texts)) => Some(Language { file: self.file, tag: tag.it, texts: texts.it }),
            (None, None) => None,
            (Some(Part { spot, .. }), None) | (None, Some(Part { spot, .. })) => {
                self.desk.problem(spot, "a language's file has both `language = \"es\"` at its head and the section [texts]");
                None
            }
        }
    }

    fn nothing_else(&mut self, table: &DeTable<'_>) {
        for (key, _) in table {
            self.desk.problem(
                Spot::of(self.file, key),
                format!(
                    "a catalogue file has no `{}`: it may have family, version, currency, holidays, language, and the sections \
                     [[offering]], [[dialog]], [[letter]], [[area]], [[surcharge]], [[window]], [[terms_of_service]], [term_wording], \
                     [discretion], [number_aging], [negotiation], \
                     [[order_template]], [texts]",
                    key.get_ref()
                ),
            );
        }
    }
}

/// Puts down what the TOML reader says, with what to do about it.
fn put_down(desk: &mut Desk<'_>, file: usize, error: &Error, sections: &str) {
    let message = error.message();
    let message = match message.strip_prefix("missing field ") {
        Some(field) => format!("{field} is missing here: add it"),
        None if message.starts_with("unknown field") && !sections.is_empty() => format!("{message}, or the sections {sections}"),
        None => message.to_owned(),
    };
    desk.problem(Spot::at(file, error.span()), message);
}
