//! Surcharges and estimated taxes.

use std::collections::BTreeSet;

use super::condition::{Decides, Scope, offering, when};
use super::desk::{Desk, Spot};
use super::price::counted;
use super::raw::{RawSurcharge, Word};
use super::shape::Part;
use crate::catalogue::{Base, Levy, Surcharge};
use crate::condition::Condition;
use crate::money::{Money, Percent};

/// All of something.
const WHOLE: Percent = Percent(10_000);

/// Reads the surcharges.
pub(super) fn read(
    desk: &mut Desk<'_>,
    parts: &[Part<RawSurcharge>],
    scopes: &[Scope<'_>],
    around: &Scope<'_>,
) -> Vec<Surcharge> {
    let (mut seen, mut read) = (BTreeSet::new(), vec![]);
    for part in parts {
        desk.once(&mut seen, Spot::of(part.file, &part.it.id), "surcharge", part.it.id.get_ref());
        let surcharge = surcharge(desk, part, &read, scopes, around);
        read.extend(surcharge);
    }
    read
}

/// Reads a surcharge after those before it; its condition, and what it counts, must be what each of its offerings asks.
fn surcharge(
    desk: &mut Desk<'_>,
    part: &Part<RawSurcharge>,
    before: &[Surcharge],
    scopes: &[Scope<'_>],
    around: &Scope<'_>,
) -> Option<Surcharge> {
    let (file, raw) = (part.file, &part.it);
    if raw.offerings.is_empty() {
        desk.problem(part.spot, "the surcharge is on nothing: list offerings");
    }
    let (mut offerings, mut condition, mut units) = (vec![], Condition::Always, vec![]);
    for word in &raw.offerings {
        let Some(id) = offering(desk, file, word, around.offerings) else { continue };
        let scope = around.offerings.iter().position(|other| *other == id).and_then(|position| scopes.get(position));
        if let Some(scope) = scope {
            condition = when(desk, file, raw.when.as_ref(), scope, Decides { never: "this is never charged", within: &[] });
            units = raw.per.iter().flatten().filter_map(|word| counted(desk, file, word, scope)).collect();
        }
        offerings.push(id);
    }
    let levy = match (&raw.percent, &raw.amount) {
        (Some(percent), None) => Levy::Share {
            percent: desk.percent(file, percent),
            counted: raw.counted_percent.as_ref().map_or(WHOLE, |counted| desk.percent(file, counted)),
            of: raw.on.as_ref().map_or(Base::Charges, |words| base(desk, part, words, before)),
        },
        (None, Some(amount)) if raw.per.is_some() => Levy::PerUnit { each: desk.money(file, amount), of: units },
        (None, Some(amount)) => Levy::Each(desk.money(file, amount)),
        _ => {
            desk.problem(part.spot, "a surcharge is either a share or an amount: give one of percent and amount");
            Levy::Each(Money::zero(desk.currency))
        }
    };
    if raw.percent.is_none() && (raw.on.is_some() || raw.counted_percent.is_some()) || raw.amount.is_none() && raw.per.is_some() {
        desk.problem(
            part.spot,
            "an amount is `per` what a question counts; a share is `on` surcharges, and of a `counted_percent`",
        );
    }
    if raw.per.as_ref().is_some_and(Vec::is_empty) {
        desk.problem(part.spot, "`per` counts nothing: list the questions that count, or leave it out");
    }
    Some(Surcharge { label: desk.text(file, &raw.label), offerings, when: condition, levy, id: desk.id(file, &raw.id)? })
}

/// The surcharges that a share is of: each comes before it, and is on something that this one is on too.
fn base(desk: &mut Desk<'_>, part: &Part<RawSurcharge>, words: &[Word], before: &[Surcharge]) -> Base {
    let mut of = vec![];
    for word in words {
        let spot = Spot::of(part.file, word);
        match before.iter().find(|other| other.id.as_str() == word.get_ref()) {
            None => desk.dangling(spot, "surcharge before this one", word.get_ref(), before.iter().map(|other| &other.id)),
            Some(other) => {
                let is_on = |word: &Word| other.offerings.iter().any(|offering| offering.as_str() == word.get_ref());
                if !part.it.offerings.iter().any(is_on) {
                    desk.problem(spot, format!("`{}` is on none of these offerings: nothing would be charged", other.id));
                }
                of.push(other.id.clone());
            }
        }
    }
    if words.is_empty() {
        desk.problem(part.spot, "`on` lists no surcharge: list some, or leave it out for all that is charged each month");
    }
    Base::Surcharges(of)
}
