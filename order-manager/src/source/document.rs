//! What belongs to the company rather than to an offering: version and currency, letters, terms of service, the calendar.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::desk::{Desk, Spot};
use super::raw::{SourceText, Word, WordOr};
use super::shape::{DialogSource, OfferingSource, Part, Sources};
use crate::access::Role;
use crate::catalogue::{Discretion, Letter, NumberAging, OrderTemplate, ProductOffering, TemplateItem, TermsOfService, Window};
use crate::characteristic::ValueType;
use crate::id::Version;
use crate::money::Currency;
use crate::party::CustomerKind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWindow {
    pub(super) id: Word,
    pub(super) from: Time,
    pub(super) to: Time,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOrderTemplate {
    pub(super) id: Word,
    pub(super) name: SourceText,
    pub(super) sold_to: Vec<CustomerKind>,
    pub(super) items: Vec<RawTemplateItem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTemplateItem {
    pub(super) offering: Word,
    #[serde(default)]
    pub(super) chosen: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNumberAging {
    pub(super) residential: u16,
    pub(super) business: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDiscretion {
    pub(super) label: SourceText,
    pub(super) at_most: BTreeMap<Role, u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTermsOfService {
    pub(super) version: Word,
    pub(super) from: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) heading: SourceText,
    pub(super) paragraphs: Vec<SourceText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLetter {
    pub(super) id: Word,
    pub(super) version: Word,
    pub(super) source: Word,
    pub(super) title: SourceText,
    pub(super) paragraphs: Vec<SourceText>,
    pub(super) valid_days: u16,
}

/// The catalogue's version and its one currency.
pub(super) fn read_head(desk: &mut Desk<'_>, sources: &Sources) -> Version {
    let version = one(desk, &sources.version, "version", "version = \"2026-03-01\"");
    if let Some(part) = one(desk, &sources.currency, "currency", "currency = \"USD\"") {
        match Currency::from_code(&part.it) {
            Some(currency) => desk.currency = currency,
            None => desk.problem(part.spot, format!("`{}` is no currency: give its ISO 4217 code, such as \"USD\"", part.it)),
        }
    }
    Version(version.map_or("", |part| &part.it).into())
}

/// What is said in one file, once.
pub(super) fn one<'a, T>(desk: &mut Desk<'_>, parts: &'a [Part<T>], what: &str, example: &str) -> Option<&'a Part<T>> {
    for again in parts.iter().skip(1) {
        desk.problem(again.spot, format!("`{what}` is said already: say it once, in catalogue.toml"));
    }
    if parts.is_empty() {
        desk.problem(
            Spot { file: 0, offset: 0 },
            format!("no file says the catalogue's {what}: add `{example}` to catalogue.toml"),
        );
    }
    parts.first()
}

/// Days without work, which must go up.
pub(super) fn read_holidays(desk: &mut Desk<'_>, sources: &Sources) -> Vec<Date> {
    let mut holidays: Vec<Date> = vec![];
    for part in &sources.holidays {
        for day in &part.it {
            if let Some(before) = holidays.last().filter(|before| *before >= day.get_ref()) {
                desk.problem(
                    Spot::of(part.file, day),
                    format!("{} comes after {before}: list holidays in order, each once", day.get_ref()),
                );
            }
            holidays.push(*day.get_ref());
        }
    }
    holidays
}

/// Times of day at which a technician can come.
pub(super) fn read_windows(desk: &mut Desk<'_>, parts: &[Part<RawWindow>]) -> Vec<Window> {
    let mut seen = BTreeSet::new();
    let read = |part: &Part<RawWindow>| {
        let raw = &part.it;
        desk.once(&mut seen, Spot::of(part.file, &raw.id), "window", raw.id.get_ref());
        if raw.from >= raw.to {
            desk.problem(part.spot, "the window ends before it begins: from = \"08:00\", to = \"12:00\"");
        }
        Window { id: raw.id.get_ref().as_str().into(), from: raw.from, to: raw.to }
    };
    parts.iter().map(read).collect()
}

/// What staff may take off a price.
pub(super) fn read_discretion(desk: &mut Desk<'_>, parts: &[Part<RawDiscretion>]) -> Option<Discretion> {
    if let Some(second) = parts.get(1) {
        desk.problem(second.spot, "the section [discretion] was given before");
    }
    let Part { file, spot, it } = parts.first()?;
    if it.at_most.values().any(|most| !(1..=100).contains(most)) {
        desk.problem(*spot, "a limit is a whole percentage: at_most = { sales-representative = 10 }, each 1 to 100");
    }
    Some(Discretion { label: desk.text(*file, &it.label), at_most: it.at_most.clone() })
}

/// How long numbers rest. The most is what the rules allow (47 CFR 52.15(f)(1)(ii)), and what counts where nothing is said.
pub(super) fn read_number_aging(desk: &mut Desk<'_>, parts: &[Part<RawNumberAging>]) -> NumberAging {
    let most = NumberAging { residential: 90, business: 365 };
    if let Some(second) = parts.get(1) {
        desk.problem(second.spot, "the section [number_aging] was given before");
    }
    let Some(Part { spot, it, .. }) = parts.first() else { return most };
    if !(1..=most.residential).contains(&it.residential) || !(1..=most.business).contains(&it.business) {
        desk.problem(
            *spot,
            "a number rests for a day at least, and for 90 (residential) or 365 (business) at most (47 CFR 52.15)",
        );
    }
    NumberAging { residential: it.residential, business: it.business }
}

/// Orders that staff start from: what is chosen in them has to be a choice of a page of the offering's.
pub(super) fn read_order_templates(
    desk: &mut Desk<'_>,
    parts: &[Part<RawOrderTemplate>],
    offerings: &[ProductOffering],
) -> Vec<OrderTemplate> {
    let mut seen = BTreeSet::new();
    let mut templates = vec![];
    for Part { file, spot, it } in parts {
        desk.once(&mut seen, Spot::of(*file, &it.id), "order template", it.id.get_ref());
        if it.items.is_empty() {
            desk.problem(*spot, "there is nothing in the order template: list its items");
        }
        let items = it.items.iter().filter_map(|item| template_item(desk, *file, item, offerings)).collect();
        let name = desk.text(*file, &it.name);
        templates.extend(desk.id(*file, &it.id).map(|id| OrderTemplate { id, name, sold_to: it.sold_to.clone(), items }));
    }
    templates
}

fn template_item(desk: &mut Desk<'_>, file: usize, raw: &RawTemplateItem, offerings: &[ProductOffering]) -> Option<TemplateItem> {
    let spot = Spot::of(file, &raw.offering);
    let Some(offering) = offerings.iter().find(|offering| offering.id.as_str() == raw.offering.get_ref()) else {
        desk.problem(spot, format!("there is no offering `{}`", raw.offering.get_ref()));
        return None;
    };
    let mut chosen = BTreeMap::new();
    for (question, value) in &raw.chosen {
        let asked = offering.characteristics.iter().find(|asked| asked.id.as_str() == question);
        let option = asked.and_then(|asked| match &asked.value {
            ValueType::Choice(options) => options.iter().find(|option| option.id.as_str() == value),
            _ => None,
        });
        match (asked, option) {
            (Some(asked), Some(option)) => {
                chosen.insert(asked.id.clone(), option.id.clone());
            }
            _ => desk.problem(spot, format!("`{}` has no question `{question}` with the choice `{value}`", offering.id)),
        }
    }
    Some(TemplateItem { offering: offering.id.clone(), chosen })
}

/// Letters of agency.
pub(super) fn read_letters(desk: &mut Desk<'_>, parts: &[Part<RawLetter>]) -> Vec<Letter> {
    let mut seen = BTreeSet::new();
    let read = |part: &Part<RawLetter>| {
        let (file, raw) = (part.file, &part.it);
        desk.once(&mut seen, Spot::of(file, &raw.id), "letter", raw.id.get_ref());
        if raw.paragraphs.is_empty() {
            desk.problem(part.spot, "the letter says nothing: list its paragraphs");
        }
        if !(1..=60).contains(&raw.valid_days) {
            desk.problem(part.spot, "a letter of agency is good for at most 60 days (47 CFR 64.1130(j)): valid_days = 1 to 60");
        }
        Some(Letter {
            version: Version(raw.version.get_ref().as_str().into()),
            source: raw.source.get_ref().as_str().into(),
            title: desk.text(file, &raw.title),
            paragraphs: raw.paragraphs.iter().map(|text| desk.text(file, text)).collect(),
            valid_days: raw.valid_days,
            id: desk.id(file, &raw.id)?,
        })
    };
    parts.iter().filter_map(read).collect()
}

/// Terms of service, the latest first.
pub(super) fn read_terms(
    desk: &mut Desk<'_>,
    sources: &[(Part<RawTermsOfService>, Vec<Part<RawSection>>)],
) -> Vec<TermsOfService> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<TermsOfService> = vec![];
    for (part, sections) in sources {
        desk.once(&mut seen, Spot::of(part.file, &part.it.version), "version of the terms of service", part.it.version.get_ref());
        if let Some(before) = all.last().filter(|before| before.from <= part.it.from) {
            let message = format!("terms of {} stand after those of {}: list the latest first", part.it.from, before.from);
            desk.problem(part.spot, message);
        }
        if sections.is_empty() {
            desk.problem(part.spot, "these terms say nothing: add [[terms_of_service.section]]");
        }
        let sections = sections.iter().map(|section| {
            let paragraphs = section.it.paragraphs.iter().map(|text| desk.text(section.file, text)).collect();
            (desk.text(section.file, &section.it.heading), paragraphs)
        });
        let sections = sections.collect();
        all.push(TermsOfService { version: Version(part.it.version.get_ref().as_str().into()), from: part.it.from, sections });
    }
    if all.is_empty() {
        desk.problem(Spot { file: 0, offset: 0 }, "no file has terms of service: add [[terms_of_service]] to catalogue.toml");
    }
    all
}

/// Dialogs: each with a name of its own, with questions, and used.
pub(super) fn check_dialogs(desk: &mut Desk<'_>, dialogs: &[DialogSource], offerings: &[OfferingSource]) {
    let mut seen = BTreeSet::new();
    for DialogSource { head, questions } in dialogs {
        let id = &head.it.id;
        desk.once(&mut seen, Spot::of(head.file, id), "dialog", id.get_ref());
        if questions.is_empty() && !desk.anything_broke() {
            desk.problem(head.spot, format!("the dialog `{}` asks nothing: add [[dialog.question]]", id.get_ref()));
        }
        let is_used = offerings.iter().flat_map(|offering| &offering.head.it.dialogs).any(|used| match used.get_ref() {
            WordOr::Word(name) => name == id.get_ref(),
            WordOr::Table(table) => table.dialog.get_ref() == id.get_ref(),
        });
        if !is_used && !desk.anything_broke() {
            desk.problem(
                head.spot,
                format!("no offering uses the dialog `{}`: name it in an offering's `dialogs`, or take it out", id.get_ref()),
            );
        }
    }
}

/// Wordings of other languages for texts that are nowhere in the catalogue.
pub(super) fn check_languages(desk: &mut Desk<'_>, sources: &Sources) {
    if desk.anything_broke() {
        return;
    }
    for language in &sources.languages {
        for en in language.texts.keys().filter(|en| !desk.languages.was_asked_for(en.get_ref())).collect::<Vec<_>>() {
            let message = "nothing in the catalogue has this English text: correct it to what the catalogue says, or take it out";
            desk.problem(Spot::of(language.file, en), message);
        }
    }
}
