//! Offerings: everything about them that looks at what they ask.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asking::HalfRead;
use super::condition::{Decides, Scope, asked_before, offering, question, value_of, when};
use super::desk::{Desk, Spot};
use super::place::Places;
use super::raw::{
    RawBroadbandLabel, RawCarrier, RawEarlyTermination, RawInterval, RawLetterNeed, RawMilestone, RawRule, RawTermWording, Takes,
    WordOr,
};
use super::shape::{DialogSource, Part};
use super::{code, price, reach, term};
use crate::catalogue::{
    BroadbandLabel, Carriage, Carrier, Change, Coverage, EarlyTermination, Interval, LetterNeed, Milestone, ProductOffering,
    Recall, Rule,
};
use crate::characteristic::{Characteristic, ValueType};
use crate::condition::Condition;
use crate::id::{LetterId, OfferingId};

/// What offerings refer to besides what they ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) offerings: &'a [HalfRead<'a>],
    pub(super) places: &'a Places,
    pub(super) letters: &'a [LetterId],
    pub(super) wording: Option<&'a Part<RawTermWording>>,
    pub(super) dialogs: &'a [DialogSource],
}

/// Reads the rest of an offering.
pub(super) fn read(desk: &mut Desk<'_>, half: &HalfRead<'_>, around: Around<'_>) -> ProductOffering {
    let (source, file, raw) = (half.source, half.source.head.file, &half.source.head.it);
    let scope = &half.scope(around.scope);
    if raw.sold_to.is_empty() {
        desk.problem(source.head.spot, "the offering is sold to nobody: sold_to = [\"residential\"], [\"business\"] or both");
    }
    if let Some(until) = raw.sold_until.as_ref().filter(|until| *until.get_ref() < raw.sold_from) {
        desk.problem(Spot::of(file, until), "the offering is withdrawn before it is first sold: sold_until is the last day");
    }
    let mut seen = BTreeSet::new();
    let mut prices = half.asking.prices.clone();
    seen.extend(prices.iter().map(|price| price.id.to_string()));
    for part in &source.prices {
        desk.once(&mut seen, Spot::of(part.file, &part.it.id), "price", part.it.id.get_ref());
        prices.extend(price::read(desk, part, scope));
    }
    let mut discounts = term::discounts(desk, &half.terms, &prices, around.wording);
    seen.extend(discounts.iter().map(|discount| discount.id.to_string()));
    for part in &source.discounts {
        desk.once(&mut seen, Spot::of(part.file, &part.it.id), "price or discount", part.it.id.get_ref());
        discounts.extend(price::discount(desk, part, &prices, scope));
    }
    let networks =
        raw.networks.as_ref().map(|words| words.iter().filter_map(|word| around.places.network(desk, file, word)).collect());
    let visit = Decides { never: "a technician never comes", within: &[] };
    ProductOffering {
        id: half.id.clone(),
        name: desk.text(file, &raw.name),
        description: desk.text(file, &raw.description),
        family: source.family,
        sold_to: raw.sold_to.clone(),
        sold_from: raw.sold_from,
        sold_until: raw.sold_until.as_ref().map(|until| *until.get_ref()),
        negotiability: raw.price_is,
        coverage: networks.map_or(Coverage::EveryArea, Coverage::Networks),
        carried_by: carriage(desk, half, scope, around),
        excludes: raw.excludes.iter().filter_map(|word| offering(desk, file, word, around.scope.offerings)).collect(),
        intervals: intervals(desk, source.head.spot, &source.intervals, scope),
        // Left out, nobody comes: most things that are ordered need no visit.
        visit_when: match &raw.visit_when {
            None => Condition::Not(Box::new(Condition::Always)),
            given => when(desk, file, given.as_ref(), scope, visit),
        },
        characteristics: fits(desk, half, around).into_iter().map(Arc::new).collect(),
        dialogs: half.asking.dialogs.clone(),
        rules: source.rules.iter().filter_map(|part| rule(desk, part, scope)).collect(),
        codes: code::read(desk, &source.codes, scope),
        prices,
        discounts,
        early_termination: raw.early_termination.as_ref().map(|raw| early_termination(desk, file, raw)),
        at_term_end: raw.at_term_end,
        letters: source.letters.iter().filter_map(|part| letter(desk, part, scope, around.letters)).collect(),
        milestones: milestones(desk, &source.milestones, scope),
        labels: labels(desk, &source.labels, scope),
    }
}

/// The questions, with what each service that can be pointed at must have: conditions over another offering's answers.
fn fits(desk: &mut Desk<'_>, half: &HalfRead<'_>, around: Around<'_>) -> Vec<Characteristic> {
    let mut characteristics = half.asking.characteristics.clone();
    let in_dialogs = around.dialogs.iter().flat_map(|dialog| &dialog.questions);
    for part in half.source.questions.iter().chain(in_dialogs) {
        let Takes::Service(raw) = part.it.takes.get_ref() else { continue };
        let id = part.it.id.get_ref();
        let Some(found) = characteristics.iter_mut().find(|characteristic| characteristic.id.as_str() == id) else { continue };
        let ValueType::Service(options) = &mut found.value else { continue };
        for option in options {
            let condition =
                raw.iter().find(|raw| raw.offering.get_ref() == option.offering.as_str()).and_then(|raw| raw.when.as_ref());
            let Some(other) = around.offerings.iter().find(|other| other.id == option.offering) else { continue };
            let decides = Decides { never: "none of these ever fits", within: &[] };
            option.when = when(desk, part.file, condition, &other.scope(around.scope), decides);
        }
    }
    characteristics
}

fn carriage(desk: &mut Desk<'_>, half: &HalfRead<'_>, scope: &Scope<'_>, around: Around<'_>) -> Carriage {
    let file = half.source.head.file;
    let mut carriers = vec![];
    for word in &half.source.head.it.carried_by {
        let spot = Spot::of(file, word);
        match word.get_ref() {
            WordOr::Word(name) if name == "own-loop" => carriers.push(Carrier::OwnLoop),
            WordOr::Table(RawCarrier { offering: Some(word), when: condition, described_by: None }) => {
                let Some(id) = offering(desk, file, word, around.scope.offerings) else { continue };
                let other = around.offerings.iter().find(|other| other.id == id).map(|other| other.scope(around.scope));
                let decides = Decides { never: "this never carries it", within: &[] };
                let when = other.map_or(Condition::Always, |other| when(desk, file, condition.as_ref(), &other, decides));
                carriers.push(Carrier::Offering { offering: id, when });
            }
            WordOr::Table(RawCarrier { offering: None, when: None, described_by: Some(word) }) => {
                carriers.extend(question(desk, file, word, scope).map(Carrier::Described));
            }
            _ => desk.problem(
                spot,
                "what carries an offering is \"own-loop\", { offering = \"…\", when = {…} } or { described_by = \"a question\" }",
            ),
        }
    }
    if carriers.is_empty() { Carriage::Nothing } else { Carriage::AnyOf(carriers) }
}

fn intervals(desk: &mut Desk<'_>, spot: Spot, parts: &[Part<RawInterval>], scope: &Scope<'_>) -> Vec<Interval> {
    let last = parts.len().saturating_sub(1);
    for (position, part) in parts.iter().enumerate() {
        match (&part.it.when, position == last) {
            (None, false) => desk.problem(
                part.spot,
                "this interval always holds, so those after it never count: give it a `when`, or put it last",
            ),
            (Some(condition), true) => {
                let message = "the last interval must always hold: take its `when` out, or add one without `when` after it";
                desk.problem(Spot::of(part.file, condition), message);
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        desk.problem(spot, "say how long it takes: add [[offering.interval]] with business_days");
    }
    let decides = Decides { never: "this interval never counts", within: &[] };
    let read = |part: &Part<RawInterval>| Interval {
        when: when(desk, part.file, part.it.when.as_ref(), scope, decides),
        business_days: part.it.business_days,
        cut_off: part.it.cut_off,
    };
    parts.iter().map(read).collect()
}

fn rule(desk: &mut Desk<'_>, part: &Part<RawRule>, scope: &Scope<'_>) -> Option<Rule> {
    let (file, raw) = (part.file, &part.it);
    let decides = Decides { never: "this rule is never broken", within: &[] };
    let broken_when = when(desk, file, Some(&raw.broken_when), scope, decides);
    let because = desk.text(file, &raw.because);
    Some(Rule { broken_when, field: question(desk, file, &raw.field, scope)?, because })
}

pub(super) fn early_termination(desk: &mut Desk<'_>, file: usize, raw: &RawEarlyTermination) -> EarlyTermination {
    EarlyTermination {
        first_year: desk.percent(file, &raw.first_year_percent),
        after: desk.percent(file, &raw.after_percent),
        at_most: raw.at_most.as_ref().map(|amount| desk.money(file, amount)),
    }
}

fn letter(desk: &mut Desk<'_>, part: &Part<RawLetterNeed>, scope: &Scope<'_>, letters: &[LetterId]) -> Option<LetterNeed> {
    let (file, raw) = (part.file, &part.it);
    let decides = Decides { never: "this letter is never asked for", within: &[] };
    let condition = when(desk, file, raw.when.as_ref(), scope, decides);
    let mut numbers = vec![];
    for word in &raw.numbers {
        let Some(question) = asked_before(desk, file, word, scope) else { continue };
        if !price::holds_numbers(&question.value) {
            desk.problem(Spot::of(file, word), format!("`{}` holds no telephone number for the letter to cover", question.id));
        }
        numbers.push(question.id.clone());
    }
    let states = raw.states.iter().filter_map(|word| question(desk, file, word, scope)).collect();
    let found = letters.iter().find(|letter| letter.as_str() == raw.letter.get_ref());
    if found.is_none() {
        desk.dangling(Spot::of(file, &raw.letter), "letter", raw.letter.get_ref(), letters);
    }
    Some(LetterNeed { letter: found?.clone(), when: condition, numbers, states })
}

fn milestones(desk: &mut Desk<'_>, parts: &[Part<RawMilestone>], scope: &Scope<'_>) -> Vec<Milestone> {
    let mut seen = BTreeSet::new();
    let read = |part: &Part<RawMilestone>| {
        let (file, raw) = (part.file, &part.it);
        desk.once(&mut seen, Spot::of(file, &raw.id), "milestone", raw.id.get_ref());
        let when = when(desk, file, raw.when.as_ref(), scope, Decides { never: "this milestone is never reached", within: &[] });
        let recall = if raw.no_return { Recall::Impossible } else { Recall::Possible };
        Some(Milestone { label: desk.text(file, &raw.label), when, id: desk.id(file, &raw.id)?, recall })
    };
    let all: Vec<_> = parts.iter().filter_map(read).collect();
    if let Some(last) = parts.last().filter(|_| all.iter().all(|milestone| milestone.recall == Recall::Possible)) {
        desk.problem(
            Spot::of(last.file, &last.it.id),
            "nothing says from where on this can't be cancelled any more: give that milestone `no_return = true`, the last one at the \
             latest",
        );
    }
    all
}

/// Broadband labels: once a question's choices have labels, each needs one.
fn labels(desk: &mut Desk<'_>, parts: &[Part<RawBroadbandLabel>], scope: &Scope<'_>) -> Vec<BroadbandLabel> {
    let mut labels: Vec<BroadbandLabel> = vec![];
    for part in parts {
        let (file, raw) = (part.file, &part.it);
        let Some(question) = asked_before(desk, file, &raw.characteristic, scope) else { continue };
        let Some(value) = value_of(desk, file, &raw.value, question) else { continue };
        let plan = (question.id.clone(), value);
        if labels.iter().any(|label| label.plan == plan) {
            desk.problem(Spot::of(file, &raw.value), format!("the plan `{}` has a label already: one label a plan", plan.1));
            continue;
        }
        if labels.iter().any(|label| *label.plan_id == *raw.plan_id.get_ref()) {
            desk.problem(
                Spot::of(file, &raw.plan_id),
                format!("the plan id {} is taken: a plan id is unique (47 CFR 8.1)", raw.plan_id.get_ref()),
            );
        }
        labels.push(BroadbandLabel {
            plan,
            plan_id: raw.plan_id.get_ref().as_str().into(),
            download_mbps: raw.download_mbps,
            upload_mbps: raw.upload_mbps,
            latency_ms: raw.latency_ms,
            data_included_gb: raw.data_included_gb,
        });
    }
    if let Some(part) = parts.first()
        && labels.len() == parts.len()
        && let Some(question) = scope.question(part.it.characteristic.get_ref())
    {
        for (value, _) in reach::values(&question.value) {
            if !labels.iter().any(|label| label.plan.1 == value) {
                desk.problem(part.spot, format!("the plan `{value}` has no broadband label: every plan has one (47 CFR 8.1)"));
            }
        }
    }
    labels
}

/// Changes of what is in place, one of a kind, and what can be ordered.
pub(super) fn apart(
    desk: &mut Desk<'_>,
    read: Vec<(&HalfRead<'_>, ProductOffering)>,
) -> (BTreeMap<Change, ProductOffering>, Vec<ProductOffering>) {
    let (mut changes, mut offerings) = (BTreeMap::new(), vec![]);
    for (half, offering) in read {
        let file = half.source.head.file;
        match &half.source.head.it.action {
            None => offerings.push(offering),
            Some(action) => {
                if changes.insert(*action.get_ref(), offering).is_some() {
                    desk.problem(Spot::of(file, action), "what this change asks is said already: say it once");
                }
            }
        }
    }
    (changes, offerings)
}

/// The ids of offerings, each once.
pub(super) fn ids(desk: &mut Desk<'_>, heads: &[super::shape::OfferingSource]) -> Vec<OfferingId> {
    let mut seen = BTreeSet::new();
    let read = |source: &super::shape::OfferingSource| {
        let id = &source.head.it.id;
        desk.once(&mut seen, Spot::of(source.head.file, id), "offering", id.get_ref());
        desk.id(source.head.file, id)
    };
    heads.iter().filter_map(read).collect()
}
