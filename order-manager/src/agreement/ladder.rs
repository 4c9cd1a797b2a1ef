//! The term ladder: the same rates for several lengths of an agreement, side by side.

use super::{AgreementVersion, Figure, Unit, price_table};
use crate::catalogue::Catalogue;
use crate::money::{Money, MoneyError};
use crate::pricing::termination_charge;

/// A length of an agreement, with what one of each service comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Months.
    pub months: u16,
    /// Each month.
    pub monthly: Money,
    /// Once.
    pub one_time: Money,
    /// Everything over the months.
    pub total: Money,
    /// How much less than by the list that is.
    pub saving: Money,
    /// What ending it when half of it is over costs.
    pub ending_at_half: Money,
}

/// The ladder of a version, by the lengths that the catalogue compares: one of each rate, in the smallest number it counts for.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn ladder(version: &AgreementVersion, catalogue: &Catalogue) -> Result<Vec<Rung>, MoneyError> {
    let currency = catalogue.currency();
    let rows = price_table(version, catalogue)?;
    let sum = |monthly: bool, list: bool| {
        let is_monthly = |unit: &Unit| matches!(unit, Unit::Monthly | Unit::MonthlyEach);
        let of =
            rows.iter().filter(|row| row.from == 1 && !matches!(row.unit, Unit::Usage(_)) && is_monthly(&row.unit) == monthly);
        let figures = of.map(|row| if list { row.list } else { row.proposed });
        Money::sum(currency, figures.filter_map(Figure::amount))
    };
    let (monthly, one_time) = (sum(true, false)?, sum(false, false)?);
    let (list_monthly, list_one_time) = (sum(true, true)?, sum(false, true)?);
    let lengths = catalogue.negotiation.as_ref().map_or(&[][..], |negotiation| &negotiation.terms);
    let rung = |months: &u16| {
        let total = monthly.times(i64::from(*months))?.plus(one_time)?;
        let list = list_monthly.times(i64::from(*months))?.plus(list_one_time)?;
        let saving = Money::new(list.minor().checked_sub(total.minor()).ok_or(MoneyError::Overflow)?, currency);
        let half = i64::from(months / 2);
        let ending_at_half = termination_charge(&version.terms.early_termination, monthly, i64::from(*months) - half, half)?;
        Ok(Rung { months: *months, monthly, one_time, total, saving, ending_at_half })
    };
    lengths.iter().map(rung).collect()
}
