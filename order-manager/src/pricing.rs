//! What an order costs. Every total is the sum of its lines, to the minor unit.

use jiff::civil::Date;

use crate::agreement::{AgreedEnd, AgreementReference, RateLine, RateSheet};
use crate::calendar::today_in;
use crate::catalogue::{
    Amount, Base, Catalogue, Charge, Discount, EarlyTermination, Levy, Price, ProductOffering, Reduction, Surcharge, TERM,
};
use crate::characteristic::Need;
use crate::condition::{Circumstances, NumberOfChoice};
use crate::id::{OrderItemId, PriceId};
use crate::money::{Currency, Decimal, Money, MoneyError, Percent};
use crate::order::{Action, Draft, DraftItem, GivenDiscount};
use crate::party::Product;
use crate::text::Text;
use crate::value::{Answers, Value};

/// The months over which the total is reckoned where nothing has a term.
const WITHOUT_A_TERM: u16 = 12;

/// The price of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPrice {
    /// The currency of every amount.
    pub currency: Currency,
    /// Everything that is charged or taken off.
    pub lines: Vec<PriceLine>,
    /// The months over which the total is reckoned: the longest term, or a year where nothing has a term.
    pub horizon_months: u16,
    /// Items that have required questions open: their price may still change.
    pub open: Vec<OrderItemId>,
    /// The agreement by which some of it is charged, where one prices the order.
    pub under: Option<Box<PricedUnder>>,
}

/// An agreement that prices an order, with what would be charged without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedUnder {
    /// Which agreement.
    pub agreement: AgreementReference,
    /// The list price of each line that is charged by the agreement.
    pub list: Vec<ListLine>,
    /// What is agreed about the end of its services; nothing where it is as their offerings say.
    pub ending: Option<AgreedEnd>,
}

/// What would be charged by the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// For which item.
    pub item: OrderItemId,
    /// Instead of which price.
    pub price: PriceId,
    /// How much.
    pub kind: LineKind,
}

/// Something that is charged or taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceLine {
    /// For which item.
    pub item: OrderItemId,
    /// Which price, discount or surcharge of the catalogue.
    pub id: PriceId,
    /// What it is for.
    pub label: Text,
    /// How it is charged.
    pub kind: LineKind,
}

/// How a line is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Once.
    OneTime(Money),
    /// Each month.
    Monthly(Money),
    /// Off what is charged once.
    OneTimeDiscount(Money),
    /// Off each month's charges, for so many months or for good.
    MonthlyDiscount {
        /// How much, negative.
        amount: Money,
        /// For so many months.
        months: Option<u16>,
    },
    /// A surcharge or estimated tax, each month.
    Surcharge(Money),
    /// By use: counted in no total.
    Usage {
        /// Per unit, in major units.
        rate: Decimal,
        /// The unit.
        unit: Text,
    },
}

impl PriceLine {
    /// What it adds to the first bill's one-time part.
    #[must_use]
    pub const fn once(&self) -> Option<Money> {
        match &self.kind {
            LineKind::OneTime(amount) | LineKind::OneTimeDiscount(amount) => Some(*amount),
            _ => None,
        }
    }

    /// What it adds to the first month's charges.
    #[must_use]
    pub const fn monthly(&self) -> Option<Money> {
        match &self.kind {
            LineKind::Monthly(amount) | LineKind::MonthlyDiscount { amount, .. } | LineKind::Surcharge(amount) => Some(*amount),
            _ => None,
        }
    }

    fn over(&self, months: u16) -> Result<Option<Money>, MoneyError> {
        let times = |amount: Money, months: u16| amount.times(i64::from(months)).map(Some);
        match &self.kind {
            LineKind::OneTime(amount) | LineKind::OneTimeDiscount(amount) => Ok(Some(*amount)),
            LineKind::Monthly(amount) | LineKind::Surcharge(amount) => times(*amount, months),
            LineKind::MonthlyDiscount { amount, months: limit } => {
                times(*amount, limit.map_or(months, |limit| limit.min(months)))
            }
            LineKind::Usage { .. } => Ok(None),
        }
    }
}

impl OrderPrice {
    /// The price of an order in which nothing is chosen yet.
    #[must_use]
    pub fn nothing(currency: Currency) -> Self {
        Self { currency, lines: vec![], horizon_months: WITHOUT_A_TERM, open: vec![], under: None }
    }

    /// The first month's charges.
    ///
    /// # Errors
    /// When the sum does not fit.
    pub fn monthly(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency, self.lines.iter().filter_map(PriceLine::monthly))
    }

    /// What is charged once.
    ///
    /// # Errors
    /// When the sum does not fit.
    pub fn one_time(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency, self.lines.iter().filter_map(PriceLine::once))
    }

    /// The first bill: what is charged once, and the first month in advance.
    ///
    /// # Errors
    /// When the sum does not fit.
    pub fn first_bill(&self) -> Result<Money, MoneyError> {
        self.monthly()?.plus(self.one_time()?)
    }

    /// Everything over the [horizon](OrderPrice::horizon_months), discounts that end included.
    ///
    /// # Errors
    /// When the sum does not fit.
    pub fn over_term(&self) -> Result<Money, MoneyError> {
        let amounts: Vec<_> = self.lines.iter().map(|line| line.over(self.horizon_months)).collect::<Result<_, _>>()?;
        Money::sum(self.currency, amounts.into_iter().flatten())
    }

    /// The list price of a line that is charged by an agreement.
    #[must_use]
    pub fn list_of(&self, line: &PriceLine) -> Option<&LineKind> {
        let list = &self.under.as_ref()?.list;
        list.iter().find(|list| list.item == line.item && list.price == line.id).map(|list| &list.kind)
    }

    /// What is agreed about the end of a service; nothing where it is as its offering says. What a tariff sets stays so.
    #[must_use]
    pub fn agreed_end(&self, offering: &ProductOffering) -> Option<&AgreedEnd> {
        self.under.as_ref()?.ending.as_ref().filter(|_| offering.is_negotiable())
    }

    /// Whether another price charges something else.
    #[must_use]
    pub fn charges_otherwise(&self, other: &Self) -> bool {
        (self.currency, &self.lines, self.horizon_months) != (other.currency, &other.lines, other.horizon_months)
    }

    /// The lines of one item.
    pub fn of_item(&self, item: OrderItemId) -> impl Iterator<Item = &PriceLine> {
        self.lines.iter().filter(move |line| line.item == item)
    }
}

/// Prices a draft.
///
/// # Errors
/// When an amount does not fit.
pub fn price(draft: &Draft, catalogue: &Catalogue) -> Result<OrderPrice, MoneyError> {
    let currency = catalogue.currency();
    let mut priced = OrderPrice { horizon_months: 0, ..OrderPrice::nothing(currency) };
    let sheet = draft.agreement.as_ref().map(|under| &under.sheet);
    let mut list = vec![];
    for item in &draft.items {
        let Some(offering) = catalogue.form(&item.offering, &item.action) else { continue };
        let answers = draft.effective_answers(item, offering);
        let beside = draft.beside(item.id);
        let circumstances = draft.circumstances(&answers, offering, &beside);
        let ending = ending(draft, item, catalogue)?;
        let paid = match &item.action {
            Action::Modify(product) => {
                let before = draft.circumstances(&product.answers, offering, &beside);
                let beyond = Beyond { paid: &[], ending, given: None, sheet };
                lines_beyond(&beyond, item.id, offering, &before, &catalogue.surcharges)?.0
            }
            _ => vec![],
        };
        let given = draft.selling.discounts.iter().find(|discount| discount.item == item.id);
        let given = given.zip(catalogue.discretion.as_ref()).map(|(given, discretion)| (given, &discretion.label));
        let beyond = Beyond { paid: &paid, ending, given, sheet };
        let (lines, at_list) = lines_beyond(&beyond, item.id, offering, &circumstances, &catalogue.surcharges)?;
        priced.lines.extend(lines);
        list.extend(at_list);
        priced.horizon_months = priced.horizon_months.max(term_months(offering, &answers));
        let open = offering.characteristics.iter().any(|characteristic| {
            characteristic.need == Need::Required
                && characteristic.applies_when.holds(&circumstances)
                && characteristic.asked == crate::characteristic::Asked::OnPage
                && !answers.contains_key(&characteristic.id)
        });
        if open {
            priced.open.push(item.id);
        }
    }
    if priced.horizon_months == 0 {
        priced.horizon_months = WITHOUT_A_TERM;
    }
    priced.under =
        sheet.map(|sheet| Box::new(PricedUnder { agreement: sheet.agreement.clone(), list, ending: sheet.ending.clone() }));
    Ok(priced)
}

/// The length of an item's contract in months; 0 is month to month, or not chosen yet.
#[must_use]
pub fn term_months(offering: &ProductOffering, answers: &Answers) -> u16 {
    let chosen = answers.iter().find(|(id, _)| id.as_str() == TERM);
    match chosen {
        Some((id, Value::Choice(value))) => offering.number(id, value).and_then(|months| u16::try_from(months).ok()).unwrap_or(0),
        _ => 0,
    }
}

/// What an item of an offering costs in given circumstances, line by line; `ending` is what ending a service in place before its
/// term's end costs, and nothing where none ends.
///
/// # Errors
/// When an amount does not fit.
pub fn lines_of(
    item: OrderItemId,
    offering: &ProductOffering,
    circumstances: &Circumstances<'_>,
    surcharges: &[Surcharge],
    ending: Money,
) -> Result<Vec<PriceLine>, MoneyError> {
    let beyond = Beyond { paid: &[], ending, given: None, sheet: None };
    lines_beyond(&beyond, item, offering, circumstances, surcharges).map(|(lines, _)| lines)
}

/// What an item's price looks at beside its offering and its answers.
struct Beyond<'a> {
    /// What was paid once for it already: that is not charged again, and nothing is taken off it again.
    paid: &'a [PriceLine],
    /// What ending a service in place costs.
    ending: Money,
    /// What a member of staff takes off, and what that is called.
    given: Option<(&'a GivenDiscount, &'a Text)>,
    /// The rates of an agreement.
    sheet: Option<&'a RateSheet>,
}

/// The lines of an item, and the list prices of those that are charged by an agreement. Nothing is taken off these any more: they
/// are what was agreed.
fn lines_beyond(
    beyond: &Beyond<'_>,
    item: OrderItemId,
    offering: &ProductOffering,
    circumstances: &Circumstances<'_>,
    surcharges: &[Surcharge],
) -> Result<(Vec<PriceLine>, Vec<ListLine>), MoneyError> {
    let Beyond { paid, ending, given, sheet } = *beyond;
    let line = |id: &PriceId, label: &Text, kind| PriceLine { item, id: id.clone(), label: label.clone(), kind };
    let (answers, currency) = (circumstances.answers, ending.currency());
    let mut lines = vec![];
    let mut list: Vec<ListLine> = vec![];
    for Price { id, label, when, charge } in &offering.prices {
        if !when.holds(circumstances) {
            continue;
        }
        let charged = |rate: Option<&RateLine>| {
            let amount = |amount| amount_for(amount, answers, offering, currency, rate);
            Ok::<_, MoneyError>(match charge {
                Charge::OneTime { amount: listed } => LineKind::OneTime(amount(listed)?),
                Charge::Recurring { amount: listed } => LineKind::Monthly(amount(listed)?),
                Charge::EarlyTermination => LineKind::OneTime(ending),
                Charge::Usage { rate: listed, unit } => {
                    let rate = rate.map_or(*listed, |rate| rate.agreed.rate_for(1).of_use(*listed));
                    LineKind::Usage { rate, unit: unit.clone() }
                }
            })
        };
        let at_list = line(id, label, charged(None)?);
        // What costs nothing by the list has no line, with an agreement or without.
        if at_list.once().or(at_list.monthly()).is_some_and(Money::is_zero) {
            continue;
        }
        match sheet.and_then(|sheet| sheet.rate(&offering.id, id)) {
            None => lines.push(at_list),
            Some(rate) => {
                lines.push(line(id, label, charged(Some(rate))?));
                list.push(ListLine { item, price: id.clone(), kind: at_list.kind });
            }
        }
    }
    let is_open = |line: &&PriceLine| !list.iter().any(|list| list.price == line.id);
    lines.retain(|line| line.once().is_none() || !paid.iter().any(|paid| paid.id == line.id && paid.kind == line.kind));
    let mut discounts = vec![];
    let open: Vec<PriceLine> = lines.iter().filter(is_open).cloned().collect();
    for discount in offering.discounts.iter().filter(|discount| discount.when.holds(circumstances)) {
        discounts.extend(
            reduce(discount, &open, &discounts, currency)?.into_iter().map(|kind| line(&discount.id, &discount.label, kind)),
        );
    }
    lines.extend(discounts);
    if let (Some(given), Ok(id)) = (given, GIVEN.parse()) {
        let open = lines.iter().filter(is_open).filter_map(PriceLine::monthly);
        let taken = Money::sum(currency, open)?.share(Percent::whole(given.0.percent))?;
        if !taken.is_zero() {
            let amount = Money::new(-taken.minor(), currency);
            lines.push(line(&id, given.1, LineKind::MonthlyDiscount { amount, months: Some(given.0.months) }));
        }
    }
    for surcharge in surcharges {
        if !surcharge.offerings.contains(&offering.id) || !surcharge.when.holds(circumstances) {
            continue;
        }
        let amount = match &surcharge.levy {
            Levy::Each(amount) => *amount,
            Levy::PerUnit { each, of } => {
                let counts = of.iter().filter_map(|one| circumstances.number_of(one)).map(|count| count.max(0));
                each.times(counts.fold(0, i64::saturating_add))?
            }
            Levy::Share { percent, counted, of } => {
                let is_of = |line: &&PriceLine| match (of, &line.kind) {
                    (Base::Charges, kind) => !matches!(kind, LineKind::Surcharge(_)),
                    (Base::Surcharges(ids), kind) => matches!(kind, LineKind::Surcharge(_)) && ids.contains(&line.id),
                };
                Money::sum(currency, lines.iter().filter(is_of).filter_map(PriceLine::monthly))?
                    .share(*counted)?
                    .share(*percent)?
            }
        };
        if !amount.is_zero() {
            lines.push(line(&surcharge.id, &surcharge.label, LineKind::Surcharge(amount)));
        }
    }
    Ok((lines, list))
}

/// The line of a discount that a member of staff gave: no price of a catalogue is called so.
pub const GIVEN: &str = "discount-given";

/// What ending a service in place costs on the day asked for, or on the day the order began.
fn ending(draft: &Draft, item: &DraftItem, catalogue: &Catalogue) -> Result<Money, MoneyError> {
    let nothing = Money::zero(catalogue.currency());
    let Action::Disconnect(product) = &item.action else { return Ok(nothing) };
    let area = catalogue.area_of(draft.place.address.zip);
    let day = draft.installation.as_ref().map_or_else(|| today_in(area, draft.started), |installation| installation.visit.day());
    match catalogue.offering(&product.offering) {
        Some(offering) => early_termination(product, offering, day),
        None => Ok(nothing),
    }
}

/// What ending a service on a day costs: of the months begun that remain of its term, a share of those in its first year and a
/// share of those after, never more than the most. Nothing once the term is over. An agreement that it was ordered under says these
/// shares; otherwise its offering does.
///
/// # Errors
/// When the amount does not fit.
pub fn early_termination(product: &Product, offering: &ProductOffering, day: Date) -> Result<Money, MoneyError> {
    let nothing = Money::zero(product.monthly.currency());
    let Some(ends) = product.term_ends else { return Ok(nothing) };
    let (terms, months) = match (&product.agreed, &offering.early_termination) {
        (Some(agreed), _) => (&agreed.early_termination, months_begun(agreed.term_begins, ends)),
        (None, Some(terms)) => (terms, i64::from(term_months(offering, &product.answers))),
        (None, None) => return Ok(nothing),
    };
    let remaining = months_begun(day, ends);
    termination_charge(terms, product.monthly, remaining, months - remaining)
}

/// What ending a service costs when so many months of its term remain and so many are over: shares of what remains of its first
/// year and of the years after it, never more than the most.
///
/// # Errors
/// When the amount does not fit.
pub fn termination_charge(terms: &EarlyTermination, monthly: Money, remaining: i64, elapsed: i64) -> Result<Money, MoneyError> {
    let in_first_year = (12 - elapsed).clamp(0, remaining);
    let share = |months: i64, percent| monthly.times(months)?.share(percent);
    let charge = share(in_first_year, terms.first_year)?.plus(share(remaining - in_first_year, terms.after)?)?;
    Ok(match terms.at_most {
        Some(most) if charge.minor() > most.minor() => most,
        _ => charge,
    })
}

/// The months from one day to another, a month that has begun counted whole.
fn months_begun(from: Date, to: Date) -> i64 {
    if to <= from {
        return 0;
    }
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    months + i64::from(to.day() > from.day())
}

/// What an amount comes to: by the list, or by a rate.
fn amount_for(
    amount: &Amount,
    answers: &Answers,
    offering: &ProductOffering,
    currency: Currency,
    rate: Option<&RateLine>,
) -> Result<Money, MoneyError> {
    let each = |list: Money, count| rate.map_or(Ok(list), |rate| rate.of(list, count));
    match amount {
        Amount::Flat(amount) => each(*amount, 1),
        Amount::PerUnit { of, tiers } => {
            let count = answers.get(of).and_then(|value| value.count(|chosen| offering.number(of, chosen))).unwrap_or(0);
            let tier = tiers.iter().rev().find(|tier| tier.from <= count);
            tier.map_or(Ok(Money::zero(currency)), |tier| each(tier.each, count)?.times(count))
        }
    }
}

/// The lines of a discount: off monthly charges and off one-time charges apart, never below nothing in all.
fn reduce(
    discount: &Discount,
    charged: &[PriceLine],
    before: &[PriceLine],
    currency: Currency,
) -> Result<Vec<LineKind>, MoneyError> {
    let of = |amount: fn(&PriceLine) -> Option<Money>| {
        let base = Money::sum(currency, charged.iter().filter(|line| discount.off.contains(&line.id)).filter_map(amount))?;
        let left = Money::sum(currency, charged.iter().chain(before).filter_map(amount))?;
        let taken = match discount.reduction {
            Reduction::Share(percent) => base.share(percent)?,
            Reduction::Amount(amount) => amount,
        };
        let most = base.minor().min(left.minor()).max(0);
        Ok::<_, MoneyError>(Money::new(-taken.minor().clamp(0, most), currency))
    };
    let (monthly, once) = (of(PriceLine::monthly)?, of(PriceLine::once)?);
    let mut kinds = vec![];
    if !monthly.is_zero() {
        kinds.push(LineKind::MonthlyDiscount { amount: monthly, months: discount.months });
    }
    if !once.is_zero() {
        kinds.push(LineKind::OneTimeDiscount(once));
    }
    Ok(kinds)
}
