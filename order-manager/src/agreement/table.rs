//! The price table: what each price is by the list, how low it may go, and what is proposed.

use std::fmt;

use super::rate::{Carried, ListPrice, Rate, RateLine, RateSubject};
use super::{AgreementVersion, Because};
use crate::access::StaffMember;
use crate::catalogue::{Amount, Bounds, Catalogue, Charge, Negotiability, Threshold};
use crate::id::{ApprovalLevelId, DocumentId};
use crate::money::{Decimal, Money, MoneyError, Percent};
use crate::text::Text;

/// A row of the price table: a rate, for a number of units from one on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// The document the rate stands in.
    pub document: DocumentId,
    /// What it is for.
    pub subject: RateSubject,
    /// The offering's name.
    pub offering: Text,
    /// What the price is for.
    pub label: Text,
    /// How it is charged.
    pub unit: Unit,
    /// From so many units on; 1 where the number does not count.
    pub from: u32,
    /// The list price.
    pub list: Figure,
    /// The least it may be, another company's loop included. What is waived is not in it.
    pub floor: Figure,
    /// What it costs us, another company's loop included.
    pub cost: Figure,
    /// The rate as it was entered.
    pub rate: Rate,
    /// What the rate comes to.
    pub proposed: Figure,
    /// How much less than the list price that is.
    pub discount: Percent,
    /// How much of it is left after what it costs us; negative where it is less than that.
    pub margin: Percent,
    /// Over whose loop.
    pub carried: Carried,
    /// What it takes to propose it.
    pub standing: RowStanding,
}

/// How a price is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Once.
    OneTime,
    /// Once, for each.
    OneTimeEach,
    /// Each month.
    Monthly,
    /// Each month, for each.
    MonthlyEach,
    /// By use, for each of these.
    Usage(Text),
}

/// An amount, or a rate by use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// An amount.
    Amount(Money),
    /// In major units of the currency, for each unit used.
    PerUse(Decimal),
}

/// What it takes to propose a rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowStanding {
    /// Nothing: it is the list price.
    List,
    /// A tariff or a filing fixes the price: it is the list price, and stays so.
    Fixed(Negotiability),
    /// Nothing: it is the negotiator's to give.
    Own,
    /// These levels, the lowest first.
    Needs(Vec<ApprovalLevelId>),
    /// It is below the floor by somebody's waiver.
    Waived(StaffMember),
    /// It is below the floor, and can't be.
    BelowFloor,
}

impl PriceRow {
    /// Whether a rule about discount or margin asks for approval of it.
    #[must_use]
    pub fn is_caught_by(&self, threshold: Threshold) -> bool {
        let Some((list, proposed, cost)) = self.minor() else { return false };
        if proposed == list {
            return false;
        }
        match threshold {
            Threshold::DiscountAbove(most) => (list - proposed) * 10_000 > list * i128::from(most.0),
            Threshold::MarginBelow(least) => (proposed - cost) * 10_000 < proposed * i128::from(least.0),
            Threshold::ValueAbove(_) | Threshold::ClauseChanged => false,
        }
    }

    /// Why such a rule does.
    #[must_use]
    pub(super) fn because(&self, threshold: Threshold) -> Because {
        match threshold {
            Threshold::MarginBelow(_) => Because::Margin(self.subject.clone(), self.margin),
            _ => Because::Discount(self.subject.clone(), self.discount),
        }
    }

    /// List price, proposed price and cost, in one unit.
    fn minor(&self) -> Option<(i128, i128, i128)> {
        Some((self.list.comparable()?, self.proposed.comparable()?, self.cost.comparable()?))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::PerUse(rate) => rate.fmt(f),
        }
    }
}

impl Figure {
    /// The amount, where it is one.
    #[must_use]
    pub const fn amount(self) -> Option<Money> {
        match self {
            Self::Amount(amount) => Some(amount),
            Self::PerUse(_) => None,
        }
    }

    /// A number to compare with others of its kind.
    fn comparable(self) -> Option<i128> {
        match self {
            Self::Amount(amount) => Some(i128::from(amount.minor())),
            Self::PerUse(mut rate) => {
                rate.rescale(8);
                Some(rate.mantissa())
            }
        }
    }

    /// What is left when another of its kind is taken off, as a share of a whole: in hundredths of a percent, rounded half away
    /// from zero; nothing of nothing.
    fn less(self, other: Self, whole: Self) -> Percent {
        let (Some(this), Some(other), Some(whole)) = (self.comparable(), other.comparable(), whole.comparable()) else {
            return Percent(0);
        };
        if whole == 0 {
            return Percent(0);
        }
        let scaled = (this - other) * 10_000;
        let half = whole.abs() / 2 * scaled.signum();
        Percent(i32::try_from((scaled + half) / whole).unwrap_or(i32::MAX))
    }

    /// Whether it is less than another of its kind.
    #[must_use]
    pub fn is_less_than(self, other: Self) -> bool {
        match (self.comparable(), other.comparable()) {
            (Some(one), Some(other)) => one < other,
            _ => false,
        }
    }
}

/// The price table of a version: its rates in their order, each by the numbers of units it tells apart.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn price_table(version: &AgreementVersion, catalogue: &Catalogue) -> Result<Vec<PriceRow>, MoneyError> {
    let mut rows = vec![];
    for line in &version.terms.rates {
        rows.extend(rows_of(line, version, catalogue)?);
    }
    Ok(rows)
}

/// The rows of a line; none where it is for something that is not sold any more.
pub(super) fn rows_of(line: &RateLine, version: &AgreementVersion, catalogue: &Catalogue) -> Result<Vec<PriceRow>, MoneyError> {
    let Some((offering, price, list)) = line.subject.in_catalogue(catalogue) else { return Ok(vec![]) };
    let bounds = catalogue.negotiation.as_ref().and_then(|all| all.bounds_of(&line.subject.offering, &line.subject.price));
    let unit = match (&price.charge, &list) {
        (Charge::Usage { unit, .. }, _) => Unit::Usage(unit.clone()),
        (_, ListPrice::OneTime(Amount::Flat(_))) => Unit::OneTime,
        (_, ListPrice::OneTime(Amount::PerUnit { .. })) => Unit::OneTimeEach,
        (_, ListPrice::Monthly(Amount::PerUnit { .. })) => Unit::MonthlyEach,
        (_, ListPrice::Monthly(Amount::Flat(_)) | ListPrice::Usage(_)) => Unit::Monthly,
    };
    let mut rows = vec![];
    for (from, until, rate) in line.agreed.tiers() {
        let reckoned = reckon(&list, (from, until), rate, bounds, &line.carried)?;
        let mut row = PriceRow {
            document: line.document.clone(),
            subject: line.subject.clone(),
            offering: offering.name.clone(),
            label: price.label.clone(),
            unit: unit.clone(),
            from,
            list: reckoned.list,
            floor: reckoned.floor,
            cost: reckoned.cost,
            rate,
            proposed: reckoned.proposed,
            discount: reckoned.list.less(reckoned.proposed, reckoned.list),
            margin: reckoned.proposed.less(reckoned.cost, reckoned.proposed),
            carried: line.carried.clone(),
            standing: RowStanding::List,
        };
        row.standing = standing(&row, offering.negotiability, version, &reckoned, catalogue)?;
        rows.push(row);
    }
    Ok(rows)
}

/// What a rate comes to, in figures.
struct Reckoned {
    list: Figure,
    floor: Figure,
    cost: Figure,
    proposed: Figure,
    /// Each list price that the rate stands instead of, with the floor of it and what the rate comes to.
    each: Vec<(Money, Money, Money)>,
}

fn reckon(
    list: &ListPrice<'_>,
    (from, until): (u32, Option<u32>),
    rate: Rate,
    bounds: Option<&Bounds>,
    carried: &Carried,
) -> Result<Reckoned, MoneyError> {
    let (floor, cost) = bounds.map_or((Percent::whole(100), Percent(0)), |bounds| (bounds.floor, bounds.cost));
    if let ListPrice::Usage(list) = list {
        let share = |percent: Percent| (*list * Decimal::new(i64::from(percent.0), 4)).normalize();
        let figure = Figure::PerUse;
        let (floor, cost, proposed) = (figure(share(floor)), figure(share(cost)), figure(rate.of_use(*list)));
        return Ok(Reckoned { list: figure(*list), floor, cost, proposed, each: vec![] });
    }
    // What another company asks for its loop comes each month, and so is on top of what is charged each month.
    let extra = if matches!(list, ListPrice::Monthly(_)) { carried.cost() } else { None };
    let with_loop = |amount: Money| extra.map_or(Ok(amount), |extra| amount.plus(extra));
    let mut each = vec![];
    for list in list.between(from, until) {
        each.push((list, with_loop(list.share(floor)?)?, carried.rated(rate, list)?));
    }
    let Some((first, least, proposed)) = each.first().copied() else {
        return Err(MoneyError::Overflow);
    };
    Ok(Reckoned {
        list: Figure::Amount(first),
        floor: Figure::Amount(least),
        cost: Figure::Amount(with_loop(first.share(cost)?)?),
        proposed: Figure::Amount(proposed),
        each,
    })
}

fn standing(
    row: &PriceRow,
    negotiability: Negotiability,
    version: &AgreementVersion,
    reckoned: &Reckoned,
    catalogue: &Catalogue,
) -> Result<RowStanding, MoneyError> {
    if negotiability != Negotiability::Negotiable {
        return Ok(RowStanding::Fixed(negotiability));
    }
    // Over another company's loop even the list price may be less than what it costs us.
    if row.rate.is_list() && row.carried == Carried::OnNet {
        return Ok(RowStanding::List);
    }
    let mut below = reckoned.each.is_empty() && row.proposed.is_less_than(row.floor);
    let mut waived = version.waiver(&row.subject);
    for (list, floor, proposed) in &reckoned.each {
        if proposed.minor() < floor.minor() {
            below = true;
            waived = match waived {
                Some(waiver) if proposed.minor() >= waiver.down_to.of(*list)?.minor() => Some(waiver),
                _ => None,
            };
        }
    }
    if below {
        let enough = waived.filter(|waiver| {
            let Figure::PerUse(list) = row.list else { return true };
            !row.proposed.is_less_than(Figure::PerUse(waiver.down_to.of_use(list)))
        });
        return Ok(enough.map_or(RowStanding::BelowFloor, |waiver| RowStanding::Waived(waiver.by.clone())));
    }
    let rules = catalogue.negotiation.iter().flat_map(|negotiation| &negotiation.rules);
    let asking: Vec<_> = rules.filter(|rule| row.is_caught_by(rule.when)).map(|rule| &rule.level).collect();
    let levels = catalogue.approval_levels().iter().map(|level| level.id.clone()).filter(|level| asking.contains(&level));
    let levels: Vec<_> = levels.collect();
    Ok(if levels.is_empty() { RowStanding::Own } else { RowStanding::Needs(levels) })
}
