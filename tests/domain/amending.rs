//! Other answers of an order on its way: what they cost, what they have to stand beside, and what they can't change.

use jiff::ToSpan;
use order_manager::decide::{Agreed, Command, Refusal, Wish, amended, decide};
use order_manager::entered::Reason;
use order_manager::id::OrderItemId;
use order_manager::order::{Acknowledged, Content, InProgress, ItemState, Placed, ProductOrder, Visit};
use order_manager::pricing::OrderPrice;
use order_manager::value::Value;

use crate::fixtures::{add, after, at_review, calls, choice, day, empty, line, line_page, now, pick, placed, placing, slot, usd};
use crate::refusals::number_of;
use crate::small::SMALL;
use crate::world::{billing, is};

/// A line and calls over it, both just begun.
fn both() -> Placed {
    placed(&[ItemState::InProgress, ItemState::InProgress])
}

/// A line alone, which nothing runs over.
fn a_line() -> Placed {
    let commands =
        [add(line(), "line"), line_page("new", "fast", true), pick("404 872 0100"), day("2026-12-02"), Command::Bill(billing())];
    let draft = after(empty("midtown"), commands);
    let agreed = placing(&draft);
    match decide(&ProductOrder::Draft(draft), Command::Place(agreed), &SMALL, now()) {
        Ok(ProductOrder::Acknowledged(Acknowledged { order })) => order,
        other => panic!("{other:?}"),
    }
}

/// An order with another answer to one question.
fn with(order: &Placed, item: OrderItemId, question: &str, answer: Option<Value>) -> Result<Placed, Refusal> {
    amended(order, item, &[(is(question), answer)], &[], &SMALL, now() + 1.hour())
}

fn monthly(price: &OrderPrice, item: OrderItemId) -> i64 {
    price.of_item(item).filter_map(order_manager::pricing::PriceLine::monthly).map(|amount| amount.minor()).sum()
}

#[test]
fn another_choice_costs_what_the_catalogue_asks_for_it_and_what_is_not_changed_costs_what_it_did() {
    let order = both();
    let after = with(&order, calls(), "minutes", Some(choice("many"))).expect("another choice");
    assert_eq!((monthly(&order.price, calls()), monthly(&after.price, calls())), (500, 1_500));
    assert_eq!(monthly(&after.price, line()), monthly(&order.price, line()));
    assert_eq!(after.price.one_time(), order.price.one_time());
    let item = after.items.iter().find(|item| item.id == calls()).expect("the calls");
    assert_eq!((item.answers.get("minutes"), item.on_the_way.amended), (Some(&choice("many")), Some(now() + 1.hour())));
    assert_eq!(with(&order, calls(), "minutes", Some(choice("few"))).as_ref(), Ok(&order), "as before, it is nothing new");
    assert_eq!(with(&after, calls(), "minutes", Some(choice("few"))).map(|back| back.price), Ok(order.price), "and back again");
}

#[test]
fn nobody_pays_what_they_were_not_shown() {
    let order = ProductOrder::InProgress(InProgress { order: both(), since: now() });
    let wish =
        |agreed| Wish::Amend { item: calls(), answers: vec![(is("minutes"), Some(choice("many")))], products: vec![], agreed };
    let decided = |agreed| decide(&order, Command::Wish(wish(agreed)), &SMALL, now() + 1.hour());
    let Content::Placed(before) = order.content() else { panic!("a draft") };
    match decided(Agreed::Shown(Box::new(before.price.clone()))) {
        Err(Refusal::PriceChanged(change)) => {
            assert_eq!((&change.before, monthly(&change.after, calls())), (&before.price, 1_500));
            let after = decided(Agreed::Shown(Box::new(change.after.clone()))).expect("what was shown");
            let Content::Placed(after) = after.content() else { panic!("a draft") };
            assert_eq!(after.price, change.after);
        }
        other => panic!("{other:?}"),
    }
    assert!(decided(Agreed::Catalogues).is_ok(), "a partner has read the catalogue");
}

#[test]
fn what_was_agreed_apart_from_the_catalogue_is_not_priced_by_it() {
    let mut order = both();
    order.price.lines.iter_mut().filter(|line| line.item == calls()).for_each(|line| {
        line.kind = order_manager::pricing::LineKind::Monthly(usd(400));
    });
    assert_eq!(with(&order, calls(), "minutes", Some(choice("many"))), Err(Refusal::AgreedOtherwise));
    let after = with(&order, line(), "phones", Some(Value::Integer(2))).expect("what has no price");
    assert_eq!(after.price, order.price, "what was agreed stays");
}

/// What can't be had, each with its refusal.
fn refused() -> Vec<(&'static str, Result<Placed, Refusal>, Refusal)> {
    let order = both();
    let mut over = both();
    over.items[0].milestones.iter_mut().for_each(|milestone| milestone.reached = Some(now()));
    let id = over.items[0].id;
    let mut otherwise = both();
    otherwise.price.lines.clear();
    let phones = || Some(Value::Integer(2));
    vec![
        ("the length of the contract", with(&order, line(), "term", Some(choice("0-months"))), Refusal::NotAsked),
        ("a number of ours", with(&order, line(), "our-number", Some(Value::Telephone(is("404 872 0101")))), Refusal::NotAsked),
        ("what other questions follow from", with(&order, line(), "number", Some(choice("old"))), Refusal::NotAsked),
        ("whether somebody comes", with(&order, line(), "jack", Some(Value::Boolean(true))), Refusal::NotAsked),
        ("what nothing asks", with(&order, line(), "colour", phones()), Refusal::NotAsked),
        ("what another service runs over", with(&order, line(), "grade", Some(choice("plain"))), Refusal::NotAsked),
        ("of no item", with(&order, is("019d0000-0000-7000-8000-0000000003e7"), "phones", phones()), Refusal::NoSuchItem),
        ("beyond the point of no return", with(&over, id, "phones", phones()), Refusal::TooLate(id)),
        ("agreed otherwise", with(&otherwise, calls(), "minutes", Some(choice("many"))), Refusal::AgreedOtherwise),
    ]
}

/// The numbers of the refusals that have a row here.
pub(crate) fn numbers() -> std::collections::BTreeSet<usize> {
    refused().iter().map(|(.., refusal)| number_of(refusal)).collect()
}

#[test]
fn what_decides_more_than_its_price_stays_as_it_was_placed() {
    for (name, decided, refusal) in refused() {
        assert_eq!(decided.err(), Some(refusal), "{name}");
    }
    assert_eq!(at_review().installation.map(|there| there.visit), Some(Visit::Technician(slot("2026-12-02"))), "somebody comes");
}

#[test]
fn an_answer_that_can_not_stand_beside_the_others_is_said_at_its_field() {
    let order = a_line();
    let wrong = |order: &Placed, question: &str, answer: Option<Value>| match with(order, line(), question, answer) {
        Err(Refusal::Fields(errors)) => {
            errors.into_iter().map(|error| (error.field.to_string(), error.reason)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let old = wrong(&order, "grade", Some(choice("old-fashioned")));
    assert!(
        matches!(&old[..], [(field, Reason::Unavailable(why))] if field == "grade" && why.in_language("en") == "Not with a new number.")
    );
    assert_eq!(wrong(&order, "grade", None), [("grade".to_owned(), Reason::Missing)]);
    let many = with(&order, line(), "phones", Some(Value::Integer(6))).expect("enough for a fast line");
    let rule = wrong(&many, "grade", Some(choice("plain")));
    assert!(matches!(&rule[..], [(field, Reason::Rule(_))] if field == "phones"), "{rule:?}");
    let plain = with(&order, line(), "grade", Some(choice("plain"))).expect("nothing runs over it");
    assert_eq!(
        monthly(&order.price, line()) - monthly(&plain.price, line()),
        2_970,
        "30 dollars less the term's tenth, and its surcharge"
    );
}
