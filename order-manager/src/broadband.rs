//! What a broadband label says of a plan's price (47 CFR 8.1(a)(2)): reckoned as an order for that plan alone would be, by a
//! household, month to month. A plan without a contract costs nothing to end.

use crate::catalogue::{Area, BroadbandLabel, Catalogue, ProductOffering, TERM};
use crate::condition::Circumstances;
use crate::id::OrderItemId;
use crate::money::{Money, MoneyError};
use crate::party::CustomerKind;
use crate::pricing::{LineKind, PriceLine, lines_of};
use crate::qualification::option_available;
use crate::text::Text;
use crate::value::{Answers, Value};

/// A plan and its price.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// What its label says that is not its price.
    pub label: &'a BroadbandLabel,
    /// What the plan is called.
    pub name: &'a Text,
    /// What it costs a month to begin with.
    pub monthly: Money,
    /// Where that is an introductory price: for so many months, and what follows.
    pub introductory: Option<(u16, Money)>,
    /// What is charged each month beside it.
    pub monthly_fees: Vec<PriceLine>,
    /// What is charged once.
    pub one_time_fees: Vec<PriceLine>,
    /// Estimated government taxes a month.
    pub taxes: Money,
}

/// The plans of an offering that have a label and can be had in an area.
///
/// # Errors
/// When an amount does not fit.
pub fn plans<'a>(offering: &'a ProductOffering, catalogue: &Catalogue, area: &Area) -> Result<Vec<Plan<'a>>, MoneyError> {
    let mut plans = vec![];
    for label in &offering.labels {
        let (characteristic, value) = &label.plan;
        let options = offering.characteristic(characteristic).map_or(&[][..], |found| found.value.options());
        let Some(option) = options.iter().find(|option| option.id == *value) else { continue };
        let mut answers = Answers::from([(characteristic.clone(), Value::Choice(value.clone()))]);
        let term = offering.characteristics.iter().find(|candidate| candidate.id.as_str() == TERM);
        if let Some((term, shortest)) = term.and_then(|term| Some((term, term.value.options().first()?))) {
            answers.insert(term.id.clone(), Value::Choice(shortest.id.clone()));
        }
        let circumstances = Circumstances {
            answers: &answers,
            numbers: offering,
            customer: CustomerKind::Residential,
            state: area.state,
            beside: &[],
        };
        if option_available(option, &circumstances, Some(area)).is_err() {
            continue;
        }
        let nobody = OrderItemId::new(uuid::Uuid::nil());
        let lines = lines_of(nobody, offering, &circumstances, &catalogue.surcharges, Money::zero(catalogue.currency()))?;
        plans.push(plan(label, &option.label, lines, catalogue)?);
    }
    Ok(plans)
}

fn plan<'a>(
    label: &'a BroadbandLabel,
    name: &'a Text,
    lines: Vec<PriceLine>,
    catalogue: &Catalogue,
) -> Result<Plan<'a>, MoneyError> {
    let currency = catalogue.currency();
    // The checker names the price of a choice after the question and the choice.
    let own = format!("{}-{}", label.plan.0, label.plan.1);
    let is_plan = |line: &PriceLine| line.id.as_str() == own || matches!(line.kind, LineKind::MonthlyDiscount { .. });
    let monthly = Money::sum(currency, lines.iter().filter(|line| is_plan(line)).filter_map(PriceLine::monthly))?;
    let ending = lines.iter().filter_map(|line| match line.kind {
        LineKind::MonthlyDiscount { amount, months: Some(months) } => Some((months, amount)),
        _ => None,
    });
    let introductory = match ending.clone().map(|(months, _)| months).min() {
        None => None,
        Some(months) => {
            let off = ending.filter(|(ends, _)| *ends == months).map(|(_, amount)| Money::new(-amount.minor(), currency));
            Some((months, monthly.plus(Money::sum(currency, off)?)?))
        }
    };
    let taxes = lines.iter().filter(|line| matches!(line.kind, LineKind::Surcharge(_))).filter_map(PriceLine::monthly);
    let taxes = Money::sum(currency, taxes)?;
    let (mut monthly_fees, mut one_time_fees) = (vec![], vec![]);
    for line in lines.into_iter().filter(|line| line.id.as_str() != own) {
        match line.kind {
            LineKind::Monthly(_) => monthly_fees.push(line),
            LineKind::OneTime(_) | LineKind::OneTimeDiscount(_) => one_time_fees.push(line),
            LineKind::MonthlyDiscount { .. } | LineKind::Surcharge(_) | LineKind::Usage { .. } => {}
        }
    }
    Ok(Plan { label, name, monthly, introductory, monthly_fees, one_time_fees, taxes })
}
