//! What may stand in an agreement, and what may not.

use std::collections::BTreeSet;

use super::super::entered::in_range;
use super::super::rate::{Agreed, Carried, ListPrice, Rate, RateLine, RateSubject};
use super::super::table::{Figure, PriceRow, RowStanding, rows_of};
use super::super::terms::{Commitment, CommonEnd, Provision, Starts, Term, Terms};
use super::super::{AgreementVersion, FloorWaiver};
use super::{Facts, Refusal};
use crate::access::StaffMember;
use crate::catalogue::{Catalogue, ProductOffering};
use crate::entered::{FieldError, Reason};
use crate::id::{DocumentId, OfferingId};
use crate::money::{Money, Percent};

/// The greatest amount that anything in an agreement may be, in minor units.
pub const MOST_AMOUNT: i64 = 1_000_000_000;

/// The most rates of an agreement.
pub const MOST_LINES: usize = 300;

/// The longest term, in months.
pub const LONGEST_TERM: u16 = 120;

/// The most tiers of a rate, documents, provisions, and years of a commitment.
pub(super) const MOST_OF_EACH: usize = 12;

/// The longest name, in characters.
pub(super) const LONGEST_NAME: usize = 100;

/// The longest wording of a clause, in characters.
pub(super) const LONGEST_CLAUSE: usize = 4_000;

/// The longest reason for something, in characters.
pub(super) const LONGEST_REASON: usize = 500;

/// What is wrong with a field.
pub(super) fn wrong(field: &str, reason: Reason) -> Refusal {
    Refusal::Fields(vec![FieldError::new(field, reason)])
}

/// Refuses when anything is wrong.
pub(super) fn none_of(errors: Vec<FieldError>) -> Result<(), Refusal> {
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors)) }
}

/// A text that must be there.
pub(super) fn required(field: &str, text: &str, max: usize) -> Result<Box<str>, Refusal> {
    let text = text.trim();
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    match text {
        "" => Err(wrong(field, Reason::Missing)),
        text if text.chars().count() > max => Err(wrong(field, Reason::TooLong { max })),
        text if text.contains(control) => Err(wrong(field, Reason::UnreadableText)),
        text => Ok(text.into()),
    }
}

/// What is wrong with a percentage, where something is.
pub(super) fn percentage(field: &str, share: Percent) -> Option<FieldError> {
    (!(0..=10_000).contains(&share.0)).then(|| FieldError::new(field, Reason::NotAPercentage))
}

/// What is wrong with an amount, where something is.
pub(super) fn amount(field: &str, amount: Money) -> Option<FieldError> {
    in_range(amount).err().map(|reason| FieldError::new(field, reason))
}

pub(super) fn term(term: Term, facts: &Facts<'_>) -> Result<Term, Refusal> {
    let mut errors = vec![];
    if !(1..=LONGEST_TERM).contains(&term.months) {
        errors.push(FieldError::new("months", Reason::OutOfRange { min: 1, max: i64::from(LONGEST_TERM) }));
    }
    if let Starts::On(day) = term.starts
        && day < facts.today()
    {
        errors.push(FieldError::new("starts-on", Reason::TooEarly(facts.today())));
    }
    if term.notice_days > 365 {
        errors.push(FieldError::new("notice-days", Reason::OutOfRange { min: 0, max: 365 }));
    }
    none_of(errors).map(|()| term)
}

pub(super) fn commitment(commitment: Commitment) -> Result<Commitment, Refusal> {
    let count = commitment.yearly.len();
    if !(1..=MOST_OF_EACH).contains(&count) {
        return Err(wrong("yearly", Reason::WrongCount { min: 1, max: MOST_OF_EACH }));
    }
    let years = commitment.yearly.iter().enumerate();
    let mut errors: Vec<_> = years.filter_map(|(year, least)| amount(&format!("year-{}", year + 1), *least)).collect();
    errors.extend(percentage("shortfall", commitment.shortfall));
    if commitment.families.is_empty() {
        errors.push(FieldError::new("families", Reason::Missing));
    }
    if commitment.charges.is_empty() {
        errors.push(FieldError::new("charges", Reason::Missing));
    }
    none_of(errors).map(|()| commitment)
}

pub(super) fn provisions(provisions: Vec<Provision>, facts: &Facts<'_>) -> Result<Vec<Provision>, Refusal> {
    if provisions.len() > MOST_OF_EACH {
        return Err(wrong("provisions", Reason::WrongCount { min: 0, max: MOST_OF_EACH }));
    }
    let mut errors = vec![];
    let months = |field, months: u16| {
        let range = Reason::OutOfRange { min: 1, max: i64::from(LONGEST_TERM) };
        (!(1..=LONGEST_TERM).contains(&months)).then(|| FieldError::new(field, range))
    };
    for provision in &provisions {
        match provision {
            Provision::RateReview { every_months } => errors.extend(months("rate-review", *every_months)),
            Provision::TechnologyUpgrade { after_months } => errors.extend(months("technology-upgrade", *after_months)),
            Provision::BusinessDownturn { drop, relief } => {
                errors.extend(percentage("downturn-drop", *drop));
                errors.extend(percentage("downturn-relief", *relief));
            }
            Provision::CoTerminous { on: CommonEnd::On(day) } if *day < facts.today() => {
                errors.push(FieldError::new("co-terminous", Reason::TooEarly(facts.today())));
            }
            Provision::CoTerminous { .. } => {}
            Provision::Affiliates(names) => {
                for name in names {
                    required("affiliates", name, LONGEST_NAME)?;
                }
            }
            Provision::ServiceCredit { objective, share } => {
                required("service-credit", objective, LONGEST_REASON)?;
                errors.extend(percentage("service-credit-share", *share));
            }
        }
    }
    none_of(errors).map(|()| provisions)
}

pub(super) fn add_offering(
    terms: &mut Terms,
    document: &DocumentId,
    offering: &OfferingId,
    facts: &Facts<'_>,
) -> Result<(), Refusal> {
    let found = sold(offering, facts).ok_or_else(|| wrong("offering", Reason::NotAChoice))?;
    if !terms.documents.iter().any(|one| one.id == *document) {
        return Err(wrong("document", Reason::NotAChoice));
    }
    for subject in RateSubject::all_of(found) {
        if terms.line(document, &subject).is_none() {
            let agreed = Agreed::Flat(Rate::LIST);
            terms.rates.push(RateLine { document: document.clone(), subject, agreed, carried: Carried::OnNet });
        }
    }
    if terms.rates.len() > MOST_LINES {
        return Err(wrong("offering", Reason::WrongCount { min: 0, max: MOST_LINES }));
    }
    Ok(())
}

fn sold<'a>(offering: &OfferingId, facts: &Facts<'a>) -> Option<&'a ProductOffering> {
    facts.catalogue.offering(offering).filter(|offering| offering.is_sold_on(facts.today()))
}

/// Puts rates in place of those of the same documents for the same prices. One that may not be refuses them all.
pub(super) fn set_rates(version: &mut AgreementVersion, lines: Vec<RateLine>, facts: &Facts<'_>) -> Result<(), Refusal> {
    let mut errors = vec![];
    let mut seen = BTreeSet::new();
    for line in &lines {
        let field = line.field();
        if !seen.insert(field.clone()) {
            errors.push(FieldError::new(field, Reason::Repeated));
        } else if let Some(reason) = fault(line, version, facts)? {
            errors.push(FieldError::new(field, reason));
        }
    }
    none_of(errors)?;
    for line in lines {
        match version.terms.rates.iter_mut().find(|old| old.document == line.document && old.subject == line.subject) {
            Some(old) => *old = line,
            None => version.terms.rates.push(line),
        }
    }
    if version.terms.rates.len() > MOST_LINES {
        return Err(wrong("rates", Reason::WrongCount { min: 0, max: MOST_LINES }));
    }
    Ok(())
}

/// What is wrong with a line, where something is.
fn fault(line: &RateLine, version: &AgreementVersion, facts: &Facts<'_>) -> Result<Option<Reason>, Refusal> {
    let known = version.terms.documents.iter().any(|document| document.id == line.document);
    let Some((offering, _, list)) = line.subject.in_catalogue(facts.catalogue).filter(|_| known) else {
        return Ok(Some(Reason::NotAChoice));
    };
    if !offering.is_negotiable() && (!line.agreed.is_list() || line.carried != Carried::OnNet) {
        return Ok(Some(Reason::PriceFixed));
    }
    if let Some(reason) = malformed(&line.agreed, &list, facts.catalogue) {
        return Ok(Some(reason));
    }
    if let Carried::OffNet(quote) = &line.carried {
        if let Err(reason) = in_range(quote.monthly) {
            return Ok(Some(reason));
        }
        if quote.monthly.currency() != facts.catalogue.currency() {
            return Ok(Some(Reason::NotAnAmount));
        }
        if quote.expires < facts.today() {
            return Ok(Some(Reason::TooEarly(facts.today())));
        }
        for text in [&quote.supplier, &quote.reference] {
            required(&line.field(), text, LONGEST_NAME)?;
        }
    }
    Ok(rows_of(line, version, facts.catalogue)?.iter().find_map(out_of_bounds))
}

fn malformed(agreed: &Agreed, list: &ListPrice<'_>, catalogue: &Catalogue) -> Option<Reason> {
    if let Agreed::ByVolume(tiers) = agreed {
        if !list.is_per_unit() {
            return Some(Reason::NotCounted);
        }
        let ascends = tiers.windows(2).all(|pair| matches!(pair, [before, after] if before.from < after.from));
        if tiers.len() > MOST_OF_EACH || tiers.first().is_none_or(|first| first.from != 1) || !ascends {
            return Some(Reason::WrongCount { min: 1, max: MOST_OF_EACH });
        }
    }
    agreed.tiers().into_iter().find_map(|(_, _, rate)| match rate {
        Rate::Off(percent) => (!(0..=10_000).contains(&percent.0)).then_some(Reason::NotAPercentage),
        Rate::Amount(_) if matches!(list, ListPrice::Usage(_)) => Some(Reason::TakesAPercentage),
        Rate::Amount(amount) if amount.currency() != catalogue.currency() => Some(Reason::NotAnAmount),
        Rate::Amount(amount) => in_range(amount).err(),
    })
}

/// Why a row may not be, where it may not.
fn out_of_bounds(row: &PriceRow) -> Option<Reason> {
    match row.rate {
        Rate::Amount(amount) if row.carried == Carried::OnNet && row.list.is_less_than(Figure::Amount(amount)) => {
            Some(Reason::AboveList(row.list))
        }
        _ => (row.standing == RowStanding::BelowFloor).then_some(Reason::BelowFloor(row.floor)),
    }
}

/// Sees that a version may go on: it has rates, all of them may be, all that is in it is sold, and no offer that it rests on is over.
pub(super) fn check(version: &AgreementVersion, facts: &Facts<'_>) -> Result<(), Refusal> {
    if version.terms.rates.is_empty() {
        return Err(Refusal::NoRates);
    }
    let mut errors = vec![];
    for line in &version.terms.rates {
        if line.subject.in_catalogue(facts.catalogue).is_none() || sold(&line.subject.offering, facts).is_none() {
            return Err(Refusal::NotSold(line.subject.offering.clone()));
        }
        if let Carried::OffNet(quote) = &line.carried
            && quote.expires < facts.today()
        {
            return Err(Refusal::LoopQuoteExpired(line.subject.clone()));
        }
        errors.extend(fault(line, version, facts)?.map(|reason| FieldError::new(line.field(), reason)));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Rates(errors)) }
}

/// Lets a price go below its floor, in the name of somebody who wrote nothing of the version.
pub(super) fn waive(
    version: &mut AgreementVersion,
    subject: RateSubject,
    down_to: Rate,
    reason: &str,
    by: &StaffMember,
    facts: &Facts<'_>,
) -> Result<(), Refusal> {
    if version.is_by(by.person) {
        return Err(Refusal::TheirOwn);
    }
    let Some((offering, _, list)) = subject.in_catalogue(facts.catalogue) else {
        return Err(wrong("subject", Reason::NotAChoice));
    };
    if !offering.is_negotiable() {
        return Err(wrong("subject", Reason::PriceFixed));
    }
    if let Some(reason) = malformed(&Agreed::Flat(down_to), &list, facts.catalogue) {
        return Err(wrong("down-to", reason));
    }
    let reason = required("reason", reason, LONGEST_REASON)?;
    version.waivers.retain(|waiver| waiver.subject != subject);
    version.waivers.push(FloorWaiver { subject, down_to, reason, by: by.clone(), at: facts.now });
    version.revision += 1;
    Ok(())
}
