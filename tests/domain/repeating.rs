//! Ordering the same again.

use order_manager::catalogue::Catalogue;
use order_manager::decide::{Command, decide, repeat};
use order_manager::journey::{Step, standing_at};
use order_manager::order::{Action, Content, Draft, LeftOut, ProductOrder};
use order_manager::pricing::OrderPrice;
use order_manager::value::Value;

use crate::fixtures::{act, after, at_review, calls, empty, in_service, now, placing};
use crate::publish::{dearer, withdrawn, without_option};
use crate::small::SMALL;
use crate::world::{is, item_id};

const AGAIN: &str = "019c0000-0000-7000-8000-0000000000aa";

fn shell() -> Draft {
    Draft { id: is(AGAIN), ..empty("midtown") }
}

fn repeated(other: Content<'_>, catalogue: &Catalogue) -> Draft {
    match repeat(shell(), other, &[item_id(21), item_id(22)], catalogue, now()).expect("it is repeated") {
        ProductOrder::Draft(draft) => draft,
        order => panic!("{order:#?}"),
    }
}

fn placed() -> ProductOrder {
    let draft = at_review();
    decide(&ProductOrder::Draft(draft.clone()), Command::Place(placing(&draft)), &SMALL, now()).expect("placed")
}

#[test]
fn what_was_ordered_is_ordered_again_with_its_answers_under_new_ids() {
    let order = placed();
    let again = repeated(order.content(), &SMALL);
    assert_eq!(
        again.items.iter().map(|item| (item.id, item.offering.as_str())).collect::<Vec<_>>(),
        [(item_id(21), "line"), (item_id(22), "calls")]
    );
    assert_eq!(again.items[1].answers, at_review().item(calls()).expect("calls").answers);
    let repeats = again.selling.repeats.expect("it repeats");
    assert_eq!((repeats.of, repeats.left_out), (order.id(), vec![]));
    assert_eq!((again.price_change, again.billing), (None, at_review().billing));
}

#[test]
fn a_number_that_was_picked_and_an_appointment_are_asked_for_anew() {
    let order = placed();
    let again = repeated(order.content(), &SMALL);
    let line = &again.items[0];
    assert!(!line.answers.values().any(|value| matches!(value, Value::Telephone(_))), "{:?}", line.answers);
    assert_eq!((again.installation, again.holds), (None, vec![]));
    let again = ProductOrder::Draft(repeated(order.content(), &SMALL));
    assert_eq!(standing_at(&again, &SMALL, now()), Step::Dialog(item_id(21), is("new-number")));
}

#[test]
fn what_can_t_be_had_any_more_is_left_out_and_named() {
    let order = placed();
    let gone = repeated(order.content(), &withdrawn(&SMALL, "calls", is("2026-11-01")));
    assert_eq!(gone.items.len(), 1);
    assert_eq!(gone.selling.repeats.expect("it repeats").left_out, [LeftOut { offering: is("calls"), question: None }]);
    let changed = repeated(order.content(), &without_option(&SMALL, "calls", "minutes", "few"));
    let left_out = LeftOut { offering: is("calls"), question: Some(is("minutes")) };
    assert_eq!(changed.selling.repeats.expect("it repeats").left_out, [left_out]);
}

#[test]
fn a_price_that_changed_since_is_shown_before_and_after() {
    let order = placed();
    let Content::Placed(then) = order.content() else { panic!("placed") };
    let again = repeated(order.content(), &dearer(&SMALL, 100));
    let change = again.price_change.clone().expect("a change");
    assert_eq!(change.after, again.priced.price);
    let amounts = |price: &OrderPrice| price.lines.iter().map(|line| line.kind.clone()).collect::<Vec<_>>();
    assert_eq!(amounts(&change.before), amounts(&then.price));
    assert!(change.before.lines.iter().all(|line| again.item(line.item).is_some()), "compared item by item");
}

#[test]
fn what_changed_a_service_in_place_is_not_done_again() {
    let begun = Draft { in_service: vec![in_service()], ..empty("midtown") };
    let ending = after(begun, [act(Action::Disconnect(in_service()))]);
    let again = repeated(Content::Draft(&ending), &SMALL);
    assert_eq!(again.items, []);
    let offering = in_service().offering;
    assert_eq!(again.selling.repeats.expect("it repeats").left_out, [LeftOut { offering, question: None }]);
}
