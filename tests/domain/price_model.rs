//! Prices against a second reckoning: line by line in whole cents, and by nothing but what the catalogue's documentation says.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use order_manager::catalogue::{Amount, Base, Catalogue, Charge, Levy, ProductOffering, Reduction};
use order_manager::characteristic::{Asked, Characteristic, Need};
use order_manager::id::{CharacteristicId, OrderItemId, PriceId};
use order_manager::money::{Money, Percent};
use order_manager::order::{Action, Draft, DraftItem};
use order_manager::party::Product;
use order_manager::pricing::{LineKind, OrderPrice, PriceLine, early_termination, price};
use order_manager::value::Value;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::moves::cases;
use crate::oracle::{Sheet, form};
use crate::price_catalogues::{catalogue, draft, ended};
use crate::totals::check_totals;
use crate::world::is;

/// A line as it is reckoned here.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    item: OrderItemId,
    id: String,
    kind: Kind,
    /// In cents; nothing for what is charged by use.
    amount: i128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Once,
    Monthly,
    OffOnce,
    OffMonthly(Option<u16>),
    Surcharge,
    Usage,
}

/// A whole price as it is reckoned here.
#[derive(Debug, PartialEq, Eq)]
struct Reckoned {
    lines: Vec<Line>,
    horizon: u16,
    open: Vec<OrderItemId>,
}

fn reckon(draft: &Draft, catalogue: &Catalogue) -> Reckoned {
    let mut reckoned = Reckoned { lines: vec![], horizon: 0, open: vec![] };
    for item in &draft.items {
        let offering = form(&item.offering, &item.action, catalogue).expect("a form");
        let sheet = Sheet::of(draft, item, offering);
        let paid = match &item.action {
            Action::Modify(product) => {
                let before = Sheet::as_it_is(draft, offering, &product.answers, sheet.beside.clone());
                lines_of(item.id, &before, 0, &[], catalogue)
            }
            _ => vec![],
        };
        reckoned.lines.extend(lines_of(item.id, &sheet, ending(draft, item, catalogue), &paid, catalogue));
        let term = sheet.answer(&is("term")).and_then(|term| match term {
            Value::Choice(months) => months.as_str().strip_suffix("-months").and_then(|months| months.parse().ok()),
            _ => None,
        });
        reckoned.horizon = reckoned.horizon.max(term.unwrap_or(0));
        let is_open = |question: &&Characteristic| {
            question.asked == Asked::OnPage && question.need == Need::Required && !item.answers.contains_key(&question.id)
        };
        if offering.characteristics.iter().map(AsRef::as_ref).filter(is_open).any(|question| sheet.asks(question)) {
            reckoned.open.push(item.id);
        }
    }
    if reckoned.horizon == 0 {
        reckoned.horizon = 12;
    }
    reckoned
}

/// What ending a service costs on the day asked for, or else on the day the order began: month by month of what is left.
fn ending(draft: &Draft, item: &DraftItem, catalogue: &Catalogue) -> i128 {
    let Action::Disconnect(product) = &item.action else { return 0 };
    let offering = catalogue.offerings.iter().find(|offering| offering.id == product.offering).expect("an offering");
    let began = draft.started.to_zoned(TimeZone::get("America/New_York").expect("a time zone")).date();
    ending_on(draft.installation.as_ref().map_or(began, |installation| installation.visit.day()), product, offering)
}

fn ending_on(day: Date, product: &Product, offering: &ProductOffering) -> i128 {
    let (Some(terms), Some(ends)) = (&offering.early_termination, product.term_ends) else { return 0 };
    let left = (0..).take_while(|months: &i64| day.saturating_add(months.months()) < ends).count();
    let term = product.answers.get("term").map_or(0, |term| match term {
        Value::Choice(months) => months.as_str().strip_suffix("-months").and_then(|months| months.parse().ok()).unwrap_or(0),
        _ => 0,
    });
    // The last of them is the term's last month.
    let in_first_year = (0..left).filter(|month| term + month < 12 + left).count();
    let monthly = i128::from(product.monthly.minor());
    let of = |months: usize| monthly * i128::try_from(months).expect("a few months");
    let charge = share(of(in_first_year), terms.first_year) + share(of(left - in_first_year), terms.after);
    terms.at_most.map_or(charge, |most| charge.min(most.minor().into()))
}

fn lines_of(item: OrderItemId, sheet: &Sheet<'_>, ending: i128, paid: &[Line], catalogue: &Catalogue) -> Vec<Line> {
    let offering = sheet.offering;
    let line = |id: &PriceId, kind, amount| Line { item, id: id.to_string(), kind, amount };
    let mut lines = vec![];
    for price in offering.prices.iter().filter(|price| sheet.holds(&price.when)) {
        let (kind, amount) = match &price.charge {
            Charge::OneTime { amount } => (Kind::Once, amount_of(amount, sheet)),
            Charge::Recurring { amount } => (Kind::Monthly, amount_of(amount, sheet)),
            Charge::EarlyTermination => (Kind::Once, ending),
            Charge::Usage { .. } => (Kind::Usage, 0),
        };
        let line = line(&price.id, kind, amount);
        // What was paid once for a service in place is not paid again.
        let is_paid = kind == Kind::Once && paid.contains(&line);
        if (kind == Kind::Usage || amount != 0) && !is_paid {
            lines.push(line);
        }
    }
    // What is left to be taken off, in all: a discount never turns a charge into a credit.
    let sum = |lines: &[Line], kind: Kind| lines.iter().filter(|line| line.kind == kind).map(|line| line.amount).sum::<i128>();
    let (mut monthly_left, mut once_left) = (sum(&lines, Kind::Monthly), sum(&lines, Kind::Once));
    let charged = lines.clone();
    for discount in offering.discounts.iter().filter(|discount| sheet.holds(&discount.when)) {
        let mut take = |charge: Kind, kind: Kind, left: &mut i128| {
            let of_these = |line: &&Line| line.kind == charge && discount.off.iter().any(|id| *id.as_str() == line.id);
            let base: i128 = charged.iter().filter(of_these).map(|line| line.amount).sum();
            let wanted = match discount.reduction {
                Reduction::Share(percent) => share(base, percent),
                Reduction::Amount(amount) => i128::from(amount.minor()),
            };
            let taken = wanted.min(base).min(*left);
            *left -= taken;
            if taken != 0 {
                lines.push(line(&discount.id, kind, -taken));
            }
        };
        take(Kind::Monthly, Kind::OffMonthly(discount.months), &mut monthly_left);
        take(Kind::Once, Kind::OffOnce, &mut once_left);
    }
    for surcharge in &catalogue.surcharges {
        if surcharge.offerings.contains(&offering.id) && sheet.holds(&surcharge.when) {
            let amount = match &surcharge.levy {
                Levy::Each(amount) => amount.minor().into(),
                Levy::PerUnit { each, of } => {
                    let units: i128 = of.iter().map(|one| count_of(one, sheet).max(0)).sum();
                    i128::from(each.minor()) * units
                }
                Levy::Share { percent, counted, of: Base::Charges } => share(share(monthly_left, *counted), *percent),
                Levy::Share { percent, counted, of: Base::Surcharges(ids) } => {
                    let levied = lines.iter().filter(|line| line.kind == Kind::Surcharge);
                    let of_these = levied.filter(|line| ids.iter().any(|id| *id.as_str() == line.id));
                    share(share(of_these.map(|line| line.amount).sum(), *counted), *percent)
                }
            };
            if amount != 0 {
                lines.push(line(&surcharge.id, Kind::Surcharge, amount));
            }
        }
    }
    lines
}

fn amount_of(amount: &Amount, sheet: &Sheet<'_>) -> i128 {
    match amount {
        Amount::Flat(amount) => amount.minor().into(),
        Amount::PerUnit { of, tiers } => {
            let count = count_of(of, sheet);
            let mut each = 0;
            for tier in tiers {
                if i128::from(tier.from) <= count {
                    each = i128::from(tier.each.minor());
                }
            }
            each * count
        }
    }
}

fn count_of(of: &CharacteristicId, sheet: &Sheet<'_>) -> i128 {
    match sheet.answer(of) {
        Some(Value::Integer(count)) => (*count).into(),
        Some(Value::List(entries)) => i128::try_from(entries.len()).expect("a count"),
        Some(Value::Choice(chosen)) => match chosen.as_str() {
            "small" => 1,
            "medium" => 10,
            "large" => 100,
            "month-to-month" => 0,
            months => months.strip_suffix("-months").and_then(|months| months.parse().ok()).expect("a term"),
        },
        _ => 0,
    }
}

/// A share of an amount that is not negative, half a cent rounded up.
fn share(of: i128, percent: Percent) -> i128 {
    let hundredths = of * i128::from(percent.0);
    hundredths / 10_000 + i128::from(hundredths % 10_000 >= 5_000)
}

/// A price of the domain's, as it is reckoned here.
fn as_reckoned(price: &OrderPrice) -> Reckoned {
    let line = |line: &PriceLine| {
        let (kind, amount) = match &line.kind {
            LineKind::OneTime(amount) => (Kind::Once, Some(amount)),
            LineKind::Monthly(amount) => (Kind::Monthly, Some(amount)),
            LineKind::OneTimeDiscount(amount) => (Kind::OffOnce, Some(amount)),
            LineKind::MonthlyDiscount { amount, months } => (Kind::OffMonthly(*months), Some(amount)),
            LineKind::Surcharge(amount) => (Kind::Surcharge, Some(amount)),
            LineKind::Usage { .. } => (Kind::Usage, None),
        };
        Line { item: line.item, id: line.id.to_string(), kind, amount: amount.map_or(0, |amount| amount.minor().into()) }
    };
    Reckoned { lines: price.lines.iter().map(line).collect(), horizon: price.horizon_months, open: price.open.clone() }
}

/// Prices that stay far from what can be reckoned.
const USUAL: i64 = 10_000_000;

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_price_is_what_the_catalogue_says_it_is(catalogue in catalogue(USUAL), draft in draft(60, USUAL)) {
        let price = price(&draft, &catalogue).expect("a price");
        prop_assert_eq!(as_reckoned(&price), reckon(&draft, &catalogue));
        check_totals(&price, &catalogue)?;
    }

    #[test]
    fn ending_a_service_early_costs_what_its_terms_say_of_the_months_that_are_left((product, offering, day) in ended(USUAL)) {
        let charge = early_termination(&product, &offering, day).expect("a charge");
        prop_assert_eq!(i128::from(charge.minor()), ending_on(day, &product, &offering));
    }

    #[test]
    fn an_amount_that_does_not_fit_is_an_error_and_never_another_amount(catalogue in catalogue(i64::MAX), draft in draft(1_000_000, i64::MAX)) {
        if let Ok(price) = price(&draft, &catalogue) {
            let reckoned = reckon(&draft, &catalogue);
            prop_assert_eq!(&as_reckoned(&price), &reckoned);
            totals_are_right_or_refused(&price, &reckoned)?;
        }
    }
}

fn totals_are_right_or_refused(price: &OrderPrice, reckoned: &Reckoned) -> Result<(), TestCaseError> {
    let of = |wanted: fn(Kind) -> bool| {
        reckoned.lines.iter().filter(move |line| wanted(line.kind)).map(|line| line.amount).sum::<i128>()
    };
    let once = of(|kind| matches!(kind, Kind::Once | Kind::OffOnce));
    let monthly = of(|kind| matches!(kind, Kind::Monthly | Kind::OffMonthly(_) | Kind::Surcharge));
    let is_right = |total: Result<Money, _>, expected: i128| {
        total.is_err() || total.is_ok_and(|total| i128::from(total.minor()) == expected)
    };
    prop_assert!(is_right(price.one_time(), once));
    prop_assert!(is_right(price.monthly(), monthly));
    prop_assert!(is_right(price.first_bill(), once + monthly));
    let months = |line: &Line| match line.kind {
        Kind::Once | Kind::OffOnce | Kind::Usage => 1,
        Kind::Monthly | Kind::Surcharge | Kind::OffMonthly(None) => reckoned.horizon,
        Kind::OffMonthly(Some(months)) => months.min(reckoned.horizon),
    };
    prop_assert!(is_right(price.over_term(), reckoned.lines.iter().map(|line| line.amount * i128::from(months(line))).sum()));
    Ok(())
}
