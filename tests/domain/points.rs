//! What an answer leads to elsewhere: a line that has its plan already, a far end that carries less than what was chosen.

use std::collections::BTreeSet;

use order_manager::admits::Reading;
use order_manager::characteristic::{Asked, ValueType};
use order_manager::decide::{Command, Refusal, Saving, decide};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::OfferingId;
use order_manager::money::{Currency, Money};
use order_manager::order::{Action, Draft, DraftItem, ProductOrder};
use order_manager::party::{CustomerKind, Product, Standing};
use order_manager::qualification::{Unavailable, candidates, services_beside};
use order_manager::value::{Answers, Value};

use crate::world::{REPOSITORY, address_in, draft_at, is, item_id, opening};

/// A draft for a business in an area.
fn draft_in(area: &str) -> Draft {
    let area = REPOSITORY.areas.iter().find(|known| known.id.as_str() == area).expect("an area");
    draft_at(address_in(&REPOSITORY, area), CustomerKind::Business, &REPOSITORY, opening(&REPOSITORY))
}

/// What is typed for an offering's questions, read beside what the draft has.
fn answers(draft: &Draft, number: usize, offering: &str, typed: &[(&str, &str)]) -> Answers {
    let services = services_beside(draft, item_id(number), &REPOSITORY);
    let reading = Reading { today: is("2026-11-23"), area: None, services: &services, files: &[] };
    let typed: Entered = typed.iter().copied().collect();
    let offering = REPOSITORY.offering(&is::<OfferingId>(offering)).expect("an offering");
    let read = |question: &order_manager::characteristic::Characteristic| {
        let value = question.value.admit(question.id.as_str(), &typed, &reading).expect("an answer");
        value.map(|value| (question.id.clone(), value))
    };
    offering.characteristics.iter().filter_map(|question| read(question)).collect()
}

fn with(mut draft: Draft, number: usize, offering: &str, typed: &[(&str, &str)]) -> Draft {
    let answers = answers(&draft, number, offering, typed);
    draft.items.push(DraftItem {
        id: item_id(number),
        offering: is(offering),
        action: Action::Add,
        answers,
        saved: BTreeSet::new(),
    });
    draft
}

/// A draft with a business line, which has us for its long-distance calls, and a plan for that line.
fn line_with_a_plan() -> Draft {
    let line = format!("item-{}", item_id(1));
    let draft = with(draft_in("decatur"), 1, "business-line", &[("long-distance", "us"), ("regional", "us")]);
    with(draft, 2, "unlimited-nationwide", &[("whose-line", "ours"), ("line", line.as_str())])
}

/// What answering a page of an item comes to.
fn answer(draft: &Draft, number: usize, typed: &[(&str, &str)]) -> Vec<FieldError> {
    let offering = draft.item(item_id(number)).expect("the item").offering.clone();
    let answers = answers(draft, number, offering.as_str(), typed);
    let command = Command::Answer { item: item_id(number), asked: Asked::OnPage, answers, hold: None, saving: Saving::SoFar };
    match decide(&ProductOrder::Draft(draft.clone()), command, &REPOSITORY, opening(&REPOSITORY)) {
        Err(Refusal::Fields(errors)) => errors,
        Ok(_) => vec![],
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_second_long_distance_plan_for_a_line_is_refused_at_the_field_and_names_the_first() {
    let line = format!("item-{}", item_id(1));
    let chosen = [("whose-line", "ours"), ("line", line.as_str())];
    let draft = with(line_with_a_plan(), 3, "business-per-minute", &[]);
    let by = REPOSITORY.offering(&is("unlimited-nationwide")).expect("the plan").name.clone();
    assert_eq!(answer(&draft, 3, &chosen), [FieldError::new("line", Reason::ServedAlready { by })]);
    assert_eq!(answer(&draft, 2, &chosen), [], "the plan itself stays with its line");
    let abroad = with(line_with_a_plan(), 3, "international", &[]);
    assert_eq!(answer(&abroad, 3, &chosen), [], "a plan for calls abroad is another thing");
}

#[test]
fn a_plan_in_service_counts_for_its_line_even_when_the_order_changes_the_line() {
    let product = |number: u32, offering: &str, answers: Answers| Product {
        id: is(&format!("019e0000-0000-7000-8000-{number:012x}")),
        offering: is(offering),
        number: None,
        site: is("019a0000-0000-7000-8000-000000000001"),
        answers,
        since: is("2026-01-05"),
        term_ends: None,
        agreed: None,
        monthly: Money::zero(Currency::USD),
        standing: Standing::Active,
    };
    let mut draft = draft_in("decatur");
    let line = product(1, "business-line", answers(&draft, 9, "business-line", &[("long-distance", "us")]));
    draft.in_service.push(line.clone());
    let pointing = [("whose-line", "ours"), ("line", &*format!("product-{}", line.id))];
    let plan = answers(&draft, 9, "unlimited-nationwide", &pointing);
    draft.in_service.push(product(2, "unlimited-nationwide", plan));
    let mut draft = with(draft, 3, "business-per-minute", &[]);
    let reasons = |draft: &Draft, line: &str| -> Vec<bool> {
        let errors = answer(draft, 3, &[("whose-line", "ours"), ("line", line)]);
        errors.iter().map(|error| matches!(error.reason, Reason::ServedAlready { .. })).collect()
    };
    assert_eq!(reasons(&draft, pointing[1].1), [true]);
    let changed = line.answers.clone();
    draft.items.insert(
        0,
        DraftItem {
            id: item_id(1),
            offering: line.offering.clone(),
            action: Action::Modify(line),
            answers: changed,
            saved: BTreeSet::new(),
        },
    );
    assert_eq!(reasons(&draft, &format!("item-{}", item_id(1))), [true]);
}

#[test]
fn a_line_with_its_plan_is_shown_and_can_t_be_chosen() {
    let draft = with(line_with_a_plan(), 3, "business-per-minute", &[]);
    let plan = REPOSITORY.offering(&is("business-per-minute")).expect("the plan");
    let question = plan.characteristic(&is("line")).expect("the question");
    let ValueType::Service(options) = &question.value else { panic!("{question:?}") };
    let found = candidates(&draft, item_id(3), options, &REPOSITORY);
    assert!(matches!(found[..], [ref only] if matches!(only.fits, Err(Unavailable::ServedBy(_)))), "{found:?}");
}

#[test]
fn a_far_end_that_carries_less_than_was_chosen_is_refused_with_what_can_be_had_there() {
    let far = |area: &str| -> Vec<(String, String)> {
        let area = REPOSITORY.areas.iter().find(|known| known.id.as_str() == area).expect("an area");
        let mut entered = Entered::default();
        Value::Address(address_in(&REPOSITORY, area)).entered("far-address", &mut entered);
        entered.names().map(|name| (name.to_owned(), entered.text(name).to_owned())).collect()
    };
    for line in ["ethernet-private-line", "ethernet-virtual-private-line"] {
        let draft = with(draft_in("atlanta-midtown"), 1, line, &[]);
        let errors = |speed, area| {
            let far = far(area);
            let address = far.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            answer(&draft, 1, &address.chain([("bandwidth", speed)]).collect::<Vec<_>>())
        };
        assert_eq!(errors("10-gbps", "savannah"), [], "{line}");
        assert_eq!(errors("1-gbps", "decatur"), [], "{line}");
        let less = Reason::AddressServedWithLess { most: 1_000 };
        assert_eq!(errors("2-gbps", "decatur"), [FieldError::new("far-address", less)], "{line}");
        assert_eq!(errors("10-mbps", "cleveland-tn"), [FieldError::new("far-address", Reason::AddressNotReached)], "{line}");
    }
    let draft = with(draft_in("atlanta-midtown"), 1, "ds3", &[]);
    let errors = |area| {
        let far = far(area);
        let address = far.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        answer(&draft, 1, &address.chain([("far-end", "address")]).collect::<Vec<_>>())
    };
    assert_eq!(errors("decatur"), []);
    assert_eq!(errors("milledgeville"), [FieldError::new("far-address", Reason::AddressServedWithLess { most: 2 })]);
}
