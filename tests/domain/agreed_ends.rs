//! How services end that were ordered under an agreement: on which day, and what ending them earlier costs.

use jiff::civil::{Date, date};
use order_manager::agreement::{AgreedEnd, CommonEnd, Edit, Provision};
use order_manager::catalogue::EarlyTermination;
use order_manager::money::Percent;
use order_manager::order::{Content, InProgress, ItemState, OrderState, Placed, PlacedItem, ProductOrder};
use order_manager::party::{AgreedTerm, Product};
use order_manager::pricing::{PricedUnder, early_termination};
use order_manager::provisioning::{InventoryChange, in_place};

use crate::deals::{DEALS, begun, did, edit, line, off, signed};
use crate::fixtures::{in_service, order_in, usd};
use crate::world::{at, is};

const HALF_THEN_TENTH: EarlyTermination =
    EarlyTermination { first_year: Percent::whole(50), after: Percent::whole(10), at_most: None };

/// The service that an item of an agreement's order brings, when it is done on a day.
fn brought(offering: &str, term_months: u16, ending: Option<AgreedEnd>, day: Date) -> Product {
    let order = order_in(OrderState::InProgress, &[ItemState::InProgress; 2]);
    let Content::Placed(placed) = order.content() else { panic!("a draft") };
    let agreement = order_manager::agreement::AgreementReference { id: is(ID), version: 1, name: "Deal".into() };
    let mut price = placed.price.clone();
    price.under = Some(Box::new(PricedUnder { agreement, list: vec![], ending }));
    let in_state = |state| {
        let item = PlacedItem { offering: is(offering), term_months, state, ..placed.items[0].clone() };
        let order = Placed { items: vec![item], price: price.clone(), ..placed.clone() };
        ProductOrder::InProgress(InProgress { order, since: at(day, 9) })
    };
    let (before, after) = (in_state(ItemState::InProgress), in_state(ItemState::Completed));
    match in_place(&before, &after, &DEALS, at(day, 15)).as_slice() {
        [InventoryChange::Put(product)] => product.clone(),
        other => panic!("{other:?}"),
    }
}

const ID: &str = "019d0000-0000-7000-8000-000000000001";

#[test]
fn a_service_of_an_agreement_ends_with_the_others_and_one_of_a_tariff_by_its_own_term() {
    let together = |day| Some(AgreedEnd { early_termination: HALF_THEN_TENTH, together: day });
    let began = date(2027, 1, 15);
    let (own, common) = (Some(date(2028, 1, 15)), date(2029, 12, 31));
    let rows = [
        ("nothing is agreed", "internet", 12, None, own, false),
        ("no common day", "internet", 12, together(None), own, true),
        ("a common day", "internet", 12, together(Some(common)), Some(common), true),
        ("a common day that is over", "internet", 12, together(Some(date(2026, 12, 31))), own, true),
        ("no term", "internet", 0, together(Some(common)), None, false),
        ("a tariff", "filed", 12, together(Some(common)), own, false),
    ];
    for (name, offering, months, ending, ends, is_agreed) in rows {
        let product = brought(offering, months, ending, began);
        let agreed = is_agreed.then_some(AgreedTerm { term_begins: began, early_termination: HALF_THEN_TENTH });
        assert_eq!((product.term_ends, product.agreed), (ends, agreed), "{name}");
    }
}

#[test]
fn ending_a_service_early_costs_what_its_agreement_says_of_the_months_that_are_left() {
    let offering = DEALS.offerings.iter().find(|offering| offering.id.as_str() == "internet").expect("an offering");
    assert_eq!(offering.early_termination, None, "by its offering alone it costs nothing");
    let product = |agreed| Product {
        offering: offering.id.clone(),
        monthly: usd(10_000),
        term_ends: Some(date(2029, 1, 15)),
        agreed,
        ..in_service()
    };
    let capped = EarlyTermination { at_most: Some(usd(30_000)), ..HALF_THEN_TENTH };
    let of = |early_termination| Some(AgreedTerm { term_begins: date(2027, 1, 15), early_termination });
    // Of 24 months at $100: half of those that are left of the first twelve, a tenth of the others.
    let rows = [
        ("at once", of(HALF_THEN_TENTH), date(2027, 1, 15), 12 * 5_000 + 12 * 1_000),
        ("a month begun counts whole", of(HALF_THEN_TENTH), date(2027, 12, 1), 2 * 5_000 + 12 * 1_000),
        ("after the first year", of(HALF_THEN_TENTH), date(2028, 1, 15), 12 * 1_000),
        ("on the last day", of(HALF_THEN_TENTH), date(2029, 1, 14), 1_000),
        ("once it is over", of(HALF_THEN_TENTH), date(2029, 1, 15), 0),
        ("never more than the most", of(capped), date(2027, 1, 15), 30_000),
        ("without an agreement", None, date(2027, 1, 15), 0),
    ];
    for (name, agreed, day, charge) in rows {
        assert_eq!(early_termination(&product(agreed), offering, day), Ok(usd(charge)), "{name}");
    }
}

#[test]
fn orders_carry_what_their_agreement_says_of_the_end() {
    let end_of = |on: Option<CommonEnd>| {
        let draft = did(&begun(&DEALS, &["internet"]), edit(Edit::Rates(vec![line("internet.line", off(45))])), &DEALS);
        let draft = did(&draft, edit(Edit::EarlyTermination(HALF_THEN_TENTH)), &DEALS);
        let provisions = on.map(|on| Provision::CoTerminous { on }).into_iter().collect();
        let agreement = signed(&did(&draft, edit(Edit::Provisions(provisions)), &DEALS), &DEALS);
        let until = agreement.in_force().expect("in force").until;
        let [sheet] = agreement.rate_sheets().try_into().expect("a sheet");
        (sheet.ending.expect("what is agreed"), until)
    };
    let rows = [(None, None), (Some(CommonEnd::On(date(2028, 6, 30))), Some(date(2028, 6, 30)))];
    for (on, together) in rows {
        assert_eq!(end_of(on).0, AgreedEnd { early_termination: HALF_THEN_TENTH, together });
    }
    let (with_agreement, until) = end_of(Some(CommonEnd::WithAgreement));
    assert_eq!(with_agreement.together, Some(until));
}
