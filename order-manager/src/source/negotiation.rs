//! What agreements are negotiated by.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::desk::{Desk, Spot};
use super::offering::early_termination;
use super::raw::{RawEarlyTermination, SourceText, Word};
use super::shape::Part;
use crate::access::{Duty, Role};
use crate::agreement::RateSubject;
use crate::catalogue::{
    ApprovalLevel, ApprovalRule, Bounds, DocumentKind, Negotiation, Phrase, ProductOffering, StandardClause, StandardDocument,
    Threshold,
};
use crate::id::{DocumentId, Version};
use crate::text::Text;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNegotiation {
    company: SourceText,
    terms: Vec<Spanned<u16>>,
    longest_offer_days: u16,
    notice_days: u16,
    early_termination: RawEarlyTermination,
    #[serde(default, rename = "level")]
    levels: Vec<RawLevel>,
    #[serde(default, rename = "rule")]
    rules: Vec<RawRule>,
    #[serde(default)]
    bounds: Vec<RawBounds>,
    #[serde(default, rename = "document")]
    documents: Vec<RawDocument>,
    #[serde(default, rename = "clause")]
    clauses: Vec<RawClause>,
    phrases: BTreeMap<Phrase, SourceText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    id: Word,
    name: SourceText,
    role: Role,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Word,
    label: SourceText,
    level: Word,
    discount_above: Option<Word>,
    margin_below: Option<Word>,
    value_above: Option<Word>,
    #[serde(default)]
    clause_changed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBounds {
    offering: Word,
    #[serde(default)]
    prices: Vec<Word>,
    floor_percent: Word,
    cost_percent: Word,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    id: Word,
    kind: DocumentKind,
    title: SourceText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: Word,
    version: Word,
    document: Word,
    heading: SourceText,
    text: SourceText,
}

/// What agreements are negotiated by; nothing where no file says.
pub(super) fn read(desk: &mut Desk<'_>, parts: &[Part<RawNegotiation>], offerings: &[ProductOffering]) -> Option<Negotiation> {
    if let Some(second) = parts.get(1) {
        desk.problem(second.spot, "the section [negotiation] was given before");
    }
    let Part { file, spot, it } = parts.first()?;
    let file = *file;
    let ascends = it.terms.windows(2).all(|pair| matches!(pair, [before, after] if before.get_ref() < after.get_ref()));
    if it.terms.first().is_none_or(|first| *first.get_ref() == 0) || !ascends {
        desk.problem(*spot, "list the lengths of an agreement in months, the shortest first: terms = [12, 24, 36]");
    }
    let levels = levels(desk, file, &it.levels);
    let documents = documents(desk, file, &it.documents, *spot);
    Some(Negotiation {
        company: desk.text(file, &it.company),
        terms: it.terms.iter().map(|months| *months.get_ref()).collect(),
        longest_offer_days: it.longest_offer_days,
        early_termination: early_termination(desk, file, &it.early_termination),
        rules: rules(desk, file, &it.rules, &levels),
        bounds: bounds(desk, file, &it.bounds, offerings),
        notice_days: it.notice_days,
        clauses: clauses(desk, file, &it.clauses, &documents),
        phrases: phrases(desk, file, &it.phrases, *spot),
        levels,
        documents,
    })
}

fn levels(desk: &mut Desk<'_>, file: usize, raw: &[RawLevel]) -> Vec<ApprovalLevel> {
    let mut seen = BTreeSet::new();
    let mut levels = vec![];
    for level in raw {
        let spot = Spot::of(file, &level.id);
        desk.once(&mut seen, spot, "level of approval", level.id.get_ref());
        if !level.role.does(Duty::Approve) {
            desk.problem(spot, format!("nobody approves as {}: give the level to the role `{}`", level.role, Role::Approver));
        }
        let name = desk.text(file, &level.name);
        levels.extend(desk.id(file, &level.id).map(|id| ApprovalLevel { id, name, role: level.role }));
    }
    levels
}

fn rules(desk: &mut Desk<'_>, file: usize, raw: &[RawRule], levels: &[ApprovalLevel]) -> Vec<ApprovalRule> {
    let mut seen = BTreeSet::new();
    let mut rules = vec![];
    for rule in raw {
        let spot = Spot::of(file, &rule.id);
        desk.once(&mut seen, spot, "rule", rule.id.get_ref());
        let discount = rule.discount_above.as_ref().map(|word| Threshold::DiscountAbove(desk.percent(file, word)));
        let margin = rule.margin_below.as_ref().map(|word| Threshold::MarginBelow(desk.percent(file, word)));
        let value = rule.value_above.as_ref().map(|word| Threshold::ValueAbove(desk.money(file, word)));
        let clause = rule.clause_changed.then_some(Threshold::ClauseChanged);
        let all: Vec<_> = [discount, margin, value, clause].into_iter().flatten().collect();
        let [when] = all.as_slice() else {
            desk.problem(
                spot,
                "a rule looks at one thing: give one of discount_above, margin_below, value_above and clause_changed = true",
            );
            continue;
        };
        let Some(level) = levels.iter().find(|level| level.id.as_str() == rule.level.get_ref()) else {
            let there_are = levels.iter().map(|level| &level.id);
            desk.dangling(Spot::of(file, &rule.level), "level of approval", rule.level.get_ref(), there_are);
            continue;
        };
        let label = desk.text(file, &rule.label);
        rules.extend(desk.id(file, &rule.id).map(|id| ApprovalRule { id, label, when: *when, level: level.id.clone() }));
    }
    rules
}

fn bounds(desk: &mut Desk<'_>, file: usize, raw: &[RawBounds], offerings: &[ProductOffering]) -> Vec<Bounds> {
    let mut seen = BTreeSet::new();
    let mut all = vec![];
    for one in raw {
        let spot = Spot::of(file, &one.offering);
        let (floor, cost) = (desk.percent(file, &one.floor_percent), desk.percent(file, &one.cost_percent));
        if cost > floor {
            desk.problem(
                Spot::of(file, &one.cost_percent),
                "the floor is below what it costs us: give a floor_percent of at least cost_percent",
            );
        }
        let Some(offering) = offerings.iter().find(|offering| offering.id.as_str() == one.offering.get_ref()) else {
            desk.dangling(spot, "offering", one.offering.get_ref(), offerings.iter().map(|offering| &offering.id));
            continue;
        };
        if !offering.is_negotiable() {
            desk.problem(spot, format!("the prices of `{}` are not negotiable: take its bounds out", offering.id));
        }
        let rated: Vec<_> = RateSubject::all_of(offering).map(|subject| subject.price).collect();
        let mut prices = vec![];
        for word in &one.prices {
            match rated.iter().find(|price| price.as_str() == word.get_ref()) {
                Some(price) => prices.push(price.clone()),
                None => desk.dangling(Spot::of(file, word), "price", word.get_ref(), &rated),
            }
        }
        if prices.len() < one.prices.len() {
            continue;
        }
        let names: Vec<_> = if prices.is_empty() {
            vec![offering.id.to_string()]
        } else {
            prices.iter().map(|price| format!("{}.{price}", offering.id)).collect()
        };
        for name in names {
            if !seen.insert(name.clone()) {
                desk.problem(spot, format!("`{name}` has bounds already: give them once"));
            }
        }
        all.push(Bounds { offering: offering.id.clone(), prices, floor, cost });
    }
    all
}

fn documents(desk: &mut Desk<'_>, file: usize, raw: &[RawDocument], spot: Spot) -> Vec<StandardDocument> {
    let mut seen = BTreeSet::new();
    let mut documents = vec![];
    if raw.is_empty() {
        desk.problem(spot, "an agreement has no documents: add [[negotiation.document]]");
    }
    for document in raw {
        desk.once(&mut seen, Spot::of(file, &document.id), "document", document.id.get_ref());
        let title = desk.text(file, &document.title);
        documents.extend(desk.id(file, &document.id).map(|id| StandardDocument { id, kind: document.kind, title }));
    }
    documents
}

fn clauses(desk: &mut Desk<'_>, file: usize, raw: &[RawClause], documents: &[StandardDocument]) -> Vec<StandardClause> {
    let mut seen = BTreeSet::new();
    let mut clauses = vec![];
    for clause in raw {
        desk.once(&mut seen, Spot::of(file, &clause.id), "clause", clause.id.get_ref());
        let document: Option<DocumentId> =
            documents.iter().map(|document| &document.id).find(|id| id.as_str() == clause.document.get_ref()).cloned();
        let Some(document) = document else {
            let there_are = documents.iter().map(|document| &document.id);
            desk.dangling(Spot::of(file, &clause.document), "document", clause.document.get_ref(), there_are);
            continue;
        };
        let (heading, text) = (desk.text(file, &clause.heading), desk.text(file, &clause.text));
        let version = Version(clause.version.get_ref().as_str().into());
        clauses.extend(desk.id(file, &clause.id).map(|id| StandardClause { id, document, version, heading, text }));
    }
    clauses
}

/// Phrases: each there is, with what stands in its braces, in every language.
fn phrases(desk: &mut Desk<'_>, file: usize, raw: &BTreeMap<Phrase, SourceText>, spot: Spot) -> BTreeMap<Phrase, Text> {
    let mut said = BTreeMap::new();
    for (phrase, names) in Phrase::ALL {
        let Some(source) = raw.get(&phrase) else {
            desk.problem(spot, format!("[negotiation.phrases] does not say `{}`: add it", phrase.as_str()));
            continue;
        };
        let text = desk.text(file, source);
        for wording in text.wordings() {
            if in_braces(wording) != names.iter().copied().collect() {
                let wanted: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
                let what = if wanted.is_empty() { "nothing in braces".to_owned() } else { wanted.join(", ") };
                desk.problem(Spot::of(file, source), format!("`{}` takes {what}, in every language", phrase.as_str()));
            }
        }
        said.insert(phrase, text);
    }
    said
}

fn in_braces(wording: &str) -> BTreeSet<&str> {
    wording.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name)).collect()
}
