//! Terms: the choice of contract lengths that an offering's `terms` stand for, and what a longer one takes off.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::desk::{Desk, Spot};
use super::raw::{RawTerm, RawTermWording, SourceText};
use super::shape::Part;
use crate::catalogue::{Charge, Discount, Price, Reduction, TERM};
use crate::characteristic::{Asked, Characteristic, Need, ValueOption, ValueType};
use crate::condition::Condition;
use crate::money::Percent;
use crate::text::Text;

/// What an offering's terms come to.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// The question.
    pub(super) question: Option<Characteristic>,
    /// Months and the share they take off.
    pub(super) savings: Vec<(u16, Percent)>,
}

/// Reads an offering's terms. One without any is sold by the month and asks nothing.
pub(super) fn read(
    desk: &mut Desk<'_>,
    file: usize,
    offering: Spot,
    terms: &[Spanned<RawTerm>],
    wording: Option<&Part<RawTermWording>>,
) -> Terms {
    if terms.is_empty() {
        return Terms::default();
    }
    let Some(wording) = wording else {
        desk.problem(offering, "say how terms are worded: add the section [term_wording] to catalogue.toml");
        return Terms::default();
    };
    let (mut seen, mut options, mut savings) = (BTreeSet::new(), vec![], vec![]);
    for term in terms {
        let (spot, months) = (Spot::of(file, term), *term.get_ref().months.get_ref());
        if !seen.insert(months) {
            desk.problem(spot, format!("the term of {months} months is listed already: list each once"));
        }
        if let Some(percent) = &term.get_ref().discount_percent {
            let share = desk.percent(file, percent);
            match months {
                0 => desk.problem(Spot::of(file, percent), "month to month is the full price: give a discount to a longer term"),
                _ => savings.push((months, share)),
            }
        }
        options.extend(option(desk, months, wording));
    }
    if !seen.contains(&0) {
        desk.problem(Spot::of(file, &terms[0]), "nobody has to sign for a term: add month to month, `{ months = 0 }`");
    }
    let text = |desk: &mut Desk<'_>, text: Option<&SourceText>| desk.maybe_text(wording.file, text);
    let question = TERM.parse().ok().map(|id| Characteristic {
        id,
        label: desk.text(wording.file, &wording.it.label),
        hint: text(desk, wording.it.hint.as_ref()),
        technical: text(desk, wording.it.technical.as_ref()),
        value: ValueType::Choice(options),
        need: Need::Required,
        applies_when: Condition::Always,
        asked: Asked::OnPage,
        known: None,
        autocomplete: None,
    });
    Terms { question, savings }
}

/// The discounts of longer terms, off everything that is charged each month.
pub(super) fn discounts(
    desk: &mut Desk<'_>,
    terms: &Terms,
    prices: &[Price],
    wording: Option<&Part<RawTermWording>>,
) -> Vec<Discount> {
    let Some(wording) = wording else { return vec![] };
    let off: Vec<_> =
        prices.iter().filter(|price| matches!(price.charge, Charge::Recurring { .. })).map(|price| price.id.clone()).collect();
    let discount = |(months, share): &(u16, Percent)| {
        Some(Discount {
            id: format!("{TERM}-{months}-months").parse().ok()?,
            label: with_months(desk, &wording.it.discount, wording.file, *months),
            when: Condition::Is { characteristic: TERM.parse().ok()?, any_of: vec![name(*months).parse().ok()?] },
            off: off.clone(),
            reduction: Reduction::Share(*share),
            months: None,
        })
    };
    terms.savings.iter().filter_map(discount).collect()
}

fn option(desk: &mut Desk<'_>, months: u16, wording: &Part<RawTermWording>) -> Option<ValueOption> {
    let label = match months {
        0 => desk.text(wording.file, &wording.it.month_to_month),
        _ => with_months(desk, &wording.it.months, wording.file, months),
    };
    Some(ValueOption {
        id: name(months).parse().ok()?,
        label,
        number: Some(i64::from(months)),
        available_when: Condition::Always,
        unavailable_because: None,
        needs: None,
    })
}

fn name(months: u16) -> String {
    if months == 0 { "month-to-month".to_owned() } else { format!("{months}-months") }
}

fn with_months(desk: &mut Desk<'_>, text: &SourceText, file: usize, months: u16) -> Text {
    let wordings = desk.wordings(file, text);
    let filled: BTreeMap<_, _> =
        wordings.into_iter().map(|(tag, text)| (tag, text.replace("{months}", &months.to_string()))).collect();
    Text::from_wordings(filled).unwrap_or_else(|| Text::english(""))
}
