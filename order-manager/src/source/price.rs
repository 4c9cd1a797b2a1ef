//! Prices and discounts.

use std::collections::BTreeSet;

use super::condition::{Decides, Scope, asked_before, range, when};
use super::desk::{Desk, Spot};
use super::raw::{RawDiscount, RawPrice, RawTier, SourceText, Word};
use super::shape::Part;
use crate::catalogue::{Amount, Charge, Discount, Price, Reduction, Tier};
use crate::characteristic::ValueType;
use crate::condition::Condition;
use crate::id::{CharacteristicId, PriceId};
use crate::money::{Decimal, Money};

/// Reads a price.
pub(super) fn read(desk: &mut Desk<'_>, part: &Part<RawPrice>, scope: &Scope<'_>) -> Option<Price> {
    let (file, raw) = (part.file, &part.it);
    let condition = when(desk, file, raw.when.as_ref(), scope, Decides { never: "this is never charged", within: &[] });
    let per = raw.per.as_ref().and_then(|word| counted(desk, file, word, scope));
    let ways = [
        raw.monthly.is_some(),
        raw.one_time.is_some(),
        raw.usage.is_some(),
        raw.monthly_tiers.is_some(),
        raw.one_time_tiers.is_some(),
        raw.early_termination,
    ];
    let tiered = raw.monthly_tiers.is_some() || raw.one_time_tiers.is_some();
    if ways.iter().filter(|way| **way).count() != 1 {
        desk.problem(
            part.spot,
            "a price is charged in one way: give one of monthly, one_time, usage, monthly_tiers, one_time_tiers and early_termination = true",
        );
    }
    if raw.usage.is_some() != raw.unit.is_some() {
        desk.problem(part.spot, "`usage` and `unit` belong together: a rate, and what it is for (\"minute\")");
    }
    if tiered && raw.per.is_none() || raw.usage.is_some() && raw.per.is_some() {
        desk.problem(part.spot, "`per` names the question that counts the units: tiers need it, and a usage rate has none");
    }
    let charge = if let Some(rate) = &raw.usage {
        usage(desk, file, rate, raw.unit.as_ref())
    } else if raw.early_termination {
        Charge::EarlyTermination
    } else {
        let flat = raw.monthly.as_ref().or(raw.one_time.as_ref()).map(|word| desk.money(file, word));
        let tiers =
            raw.monthly_tiers.as_ref().or(raw.one_time_tiers.as_ref()).map(|tiers| read_tiers(desk, file, tiers, part.spot));
        let amount = match (flat, tiers, per) {
            (Some(each), _, Some(of)) => Amount::PerUnit { of, tiers: vec![Tier { from: 1, each }] },
            (_, Some(tiers), Some(of)) => Amount::PerUnit { of, tiers },
            (flat, ..) => Amount::Flat(flat.unwrap_or(Money::zero(desk.currency))),
        };
        match raw.monthly.is_some() || raw.monthly_tiers.is_some() {
            true => Charge::Recurring { amount },
            false => Charge::OneTime { amount },
        }
    };
    Some(Price { label: desk.text(file, &raw.label), when: condition, charge, id: desk.id(file, &raw.id)? })
}

fn usage(desk: &mut Desk<'_>, file: usize, rate: &Word, unit: Option<&SourceText>) -> Charge {
    let text = rate.get_ref();
    let code = desk.currency.code();
    let number = text.strip_prefix(code).map_or(text.as_str(), str::trim_start);
    let parsed = number.parse::<Decimal>().ok().filter(|rate| !rate.is_sign_negative());
    if parsed.is_none() {
        desk.problem(Spot::of(file, rate), format!("`{text}` is no rate in {code}: write it as \"0.045\" or \"{code} 0.045\""));
    }
    let unit = desk.maybe_text(file, unit).unwrap_or_else(|| crate::text::Text::english(""));
    Charge::Usage { rate: parsed.unwrap_or_default(), unit }
}

/// A question that counts something.
pub(super) fn counted(desk: &mut Desk<'_>, file: usize, word: &Word, scope: &Scope<'_>) -> Option<CharacteristicId> {
    let question = asked_before(desk, file, word, scope)?;
    if range(&question.value).is_none() {
        desk.problem(
            Spot::of(file, word),
            format!("`{}` counts nothing: name a number, a list, or a choice whose every option has `number = …`", question.id),
        );
    }
    Some(question.id.clone())
}

fn read_tiers(desk: &mut Desk<'_>, file: usize, tiers: &[RawTier], spot: Spot) -> Vec<Tier> {
    match tiers.first() {
        None => desk.problem(spot, "list at least one tier: { from = 1, each = \"10.00\" }"),
        Some(first) if *first.from.get_ref() > 1 => {
            desk.problem(Spot::of(file, &first.from), "the first tier begins at 1, or what comes before it has no price");
        }
        _ => {}
    }
    for pair in tiers.windows(2) {
        if let [before, after] = pair
            && after.from.get_ref() <= before.from.get_ref()
        {
            let message = format!(
                "tiers go up: this one begins at {}, the one before it at {}",
                after.from.get_ref(),
                before.from.get_ref()
            );
            desk.problem(Spot::of(file, &after.from), message);
        }
    }
    tiers.iter().map(|tier| Tier { from: *tier.from.get_ref(), each: desk.money(file, &tier.each) }).collect()
}

/// Reads a discount off the prices there are.
pub(super) fn discount(desk: &mut Desk<'_>, part: &Part<RawDiscount>, prices: &[Price], scope: &Scope<'_>) -> Option<Discount> {
    let (file, raw) = (part.file, &part.it);
    let condition = when(desk, file, raw.when.as_ref(), scope, Decides { never: "this discount is never given", within: &[] });
    if raw.off.is_empty() {
        desk.problem(part.spot, "the discount is off nothing: list prices in `off`");
    }
    let off: BTreeSet<PriceId> = raw.off.iter().flat_map(|word| off(desk, file, word, prices)).collect();
    let reduction = match (&raw.percent, &raw.amount) {
        (Some(percent), None) => Reduction::Share(desk.percent(file, percent)),
        (None, Some(amount)) => Reduction::Amount(desk.money(file, amount)),
        _ => {
            desk.problem(part.spot, "a discount takes off either a share or an amount: give one of percent and amount");
            Reduction::Amount(Money::zero(desk.currency))
        }
    };
    if let Some(months) = raw.months.as_ref().filter(|months| *months.get_ref() == 0) {
        desk.problem(Spot::of(file, months), "a discount for no month is none: give 1 month or more, or leave `months` out");
    }
    Some(Discount {
        label: desk.text(file, &raw.label),
        when: condition,
        off: off.into_iter().collect(),
        reduction,
        months: raw.months.as_ref().map(|months| *months.get_ref()),
        id: desk.id(file, &raw.id)?,
    })
}

/// The prices a word stands for: one by its id, or those beside all choices of a question.
fn off(desk: &mut Desk<'_>, file: usize, word: &Word, prices: &[Price]) -> Vec<PriceId> {
    let (spot, name) = (Spot::of(file, word), word.get_ref());
    let is_one = |price: &&Price| price.id.as_str() == name;
    let is_beside_choice = |price: &&Price| {
        matches!(&price.when, Condition::Is { characteristic, any_of }
            if characteristic.as_str() == name && any_of.iter().any(|value| price.id.as_str().starts_with(&format!("{name}-{value}"))))
    };
    let mut found: Vec<&Price> = prices.iter().filter(is_one).collect();
    if found.is_empty() {
        found = prices.iter().filter(is_beside_choice).collect();
    }
    if found.is_empty() {
        desk.dangling(spot, "price", name, prices.iter().map(|price| &price.id));
    }
    for price in found.iter().filter(|price| matches!(price.charge, Charge::Usage { .. })) {
        desk.problem(spot, format!("`{}` is charged by use, and a discount is off what is charged once or each month", price.id));
    }
    found.into_iter().map(|price| price.id.clone()).collect()
}

/// Whether a question's answers hold telephone numbers.
pub(super) fn holds_numbers(value: &ValueType) -> bool {
    match value {
        ValueType::TelephoneNumber(_) | ValueType::InventoryNumber => true,
        ValueType::List { of, .. } => holds_numbers(of),
        _ => false,
    }
}
