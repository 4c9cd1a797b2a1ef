//! What an order costs, wherever it goes: every total is the sum of its lines, to the minor unit, in one currency.

use order_manager::catalogue::Catalogue;
use order_manager::money::{Currency, Money};
use order_manager::order::{Content, ProductOrder};
use order_manager::pricing::{LineKind, OrderPrice, price};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::moves::{cases, moves, start};
use crate::player::walk;
use crate::world::REPOSITORY;

/// What a line charges in each of so many months, and once before them.
fn charged(kind: &LineKind, months: u16) -> (i128, Vec<i128>, Option<Currency>) {
    let months = usize::from(months);
    let (once, each, limit) = match kind {
        LineKind::OneTime(amount) | LineKind::OneTimeDiscount(amount) => (*amount, None, None),
        LineKind::Monthly(amount) | LineKind::Surcharge(amount) => (*amount, Some(*amount), None),
        LineKind::MonthlyDiscount { amount, months } => (*amount, Some(*amount), *months),
        LineKind::Usage { .. } => return (0, vec![0; months], None),
    };
    match each {
        None => (once.minor().into(), vec![0; months], Some(once.currency())),
        Some(each) => {
            let given = |month: usize| limit.is_none_or(|limit| month < usize::from(limit));
            let by_month = (0..months).map(|month| if given(month) { each.minor().into() } else { 0 }).collect();
            (0, by_month, Some(each.currency()))
        }
    }
}

/// Adds a price up month by month, and compares.
pub(crate) fn check_totals(price: &OrderPrice, catalogue: &Catalogue) -> Result<(), TestCaseError> {
    prop_assert_eq!(price.currency, catalogue.currency());
    prop_assert!(price.horizon_months > 0, "a total of no months");
    let (mut once, mut months) = (0, vec![0; price.horizon_months.into()]);
    for line in &price.lines {
        let (at_once, by_month, currency) = charged(&line.kind, price.horizon_months);
        prop_assert!(currency.is_none_or(|currency| currency == price.currency), "{:?}", line);
        let is_discount = matches!(line.kind, LineKind::OneTimeDiscount(_) | LineKind::MonthlyDiscount { .. });
        let all: i128 = at_once + by_month.iter().sum::<i128>();
        prop_assert!(if is_discount { all < 0 } else { all > 0 || currency.is_none() }, "{:?} is on the wrong side", line);
        once += at_once;
        months.iter_mut().zip(by_month).for_each(|(month, amount)| *month += amount);
    }
    let total = |amount: Result<Money, _>| amount.map(|amount| (i128::from(amount.minor()), amount.currency()));
    let sum = |amount| Ok((amount, price.currency));
    prop_assert_eq!(total(price.one_time()), sum(once));
    prop_assert_eq!(total(price.monthly()), sum(months[0]));
    prop_assert_eq!(total(price.first_bill()), sum(once + months[0]));
    prop_assert_eq!(total(price.over_term()), sum(once + months.iter().sum::<i128>()));
    prop_assert!(once >= 0 && months.iter().all(|month| *month >= 0), "a discount of more than there is");
    let items: Vec<_> = price.lines.iter().map(|line| line.item).collect();
    prop_assert!(items.iter().all(|item| price.of_item(*item).count() == items.iter().filter(|of| *of == item).count()));
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_total_is_the_sum_of_its_lines(start in start(), moves in moves()) {
        walk(&start, &moves, &REPOSITORY, |turn| match turn.after.as_ref().map(ProductOrder::content) {
            Ok(Content::Draft(draft)) => {
                prop_assert_eq!(&draft.priced.catalogue, &turn.catalogue.version, "priced by the catalogue it was changed under");
                prop_assert_eq!(&draft.priced.price, &price(draft, turn.catalogue).expect("a price"));
                check_totals(&draft.priced.price, turn.catalogue)
            }
            Ok(Content::Placed(placed)) => check_totals(&placed.price, turn.catalogue),
            Err(_) => Ok(()),
        })?;
    }
}
