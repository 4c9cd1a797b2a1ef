//! What is placed: what was chosen in the end, and nothing that was given up on the way.

use std::collections::{BTreeMap, BTreeSet};

use order_manager::decide::{Command, Placing, Refusal, decide};
use order_manager::inventory::Resource;
use order_manager::journey::{Step, standing_at};
use order_manager::order::{Authorisation, Content, Draft, OrderState, Placed, PlacedBy, ProductOrder};
use order_manager::value::Value;

use crate::fixtures::{
    add, after, at_review, consent, line_page, now, number_of_ours, of_item, pick, placing, porting, slot, staff_member,
    verification,
};
use crate::small::SMALL;
use crate::world::{is, item_id};

fn placed_of(order: &ProductOrder) -> &Placed {
    match order.content() {
        Content::Placed(placed) => placed,
        Content::Draft(draft) => panic!("a draft: {draft:#?}"),
    }
}

#[test]
fn placing_freezes_what_was_chosen_and_takes_what_was_held() {
    let draft = at_review();
    let order = decide(&ProductOrder::Draft(draft.clone()), Command::Place(placing(&draft)), &SMALL, now()).expect("placed");
    assert_eq!(order.state(), OrderState::Acknowledged);
    let placed = placed_of(&order);
    assert_eq!((placed.placed, &placed.price), (now(), &draft.priced.price));
    assert_eq!(placed.items.iter().map(|item| item.term_months).collect::<Vec<_>>(), [12, 0]);
    assert_eq!(
        placed.items.iter().map(|item| &item.answers).collect::<Vec<_>>(),
        [&draft.items[0].answers, &draft.items[1].answers]
    );
    assert_eq!(placed.resources, [number_of_ours("404 872 0100"), Resource::Slot(slot("2026-12-02"))]);
}

#[test]
fn a_third_partys_verification_stands_for_a_signature_while_it_is_fresh() {
    let signed = porting();
    let (key, signature) = signed.authorisations.iter().next().expect("a letter");
    let Authorisation::Signed(signature) = signature else { panic!("signed") };
    // This catalogue’s letter counts for 30 days, the day it was verified included.
    for (verified, stands) in
        [("2026-11-23", Step::Review), ("2026-10-25", Step::Review), ("2026-10-24", Step::Authorisation(key.clone()))]
    {
        let verification = Authorisation::Verified(verification(signature, verified));
        let draft = after(
            Draft { authorisations: BTreeMap::new(), ..porting() },
            [Command::Authorise(key.clone(), verification.clone())],
        );
        assert_eq!(standing_at(&ProductOrder::Draft(draft.clone()), &SMALL, now()), stands, "{verified}");
        if stands == Step::Review {
            let order =
                decide(&ProductOrder::Draft(draft.clone()), Command::Place(placing(&draft)), &SMALL, now()).expect("placed");
            assert_eq!(placed_of(&order).authorisations, BTreeMap::from([(key.clone(), verification)]));
        }
    }
}

#[test]
fn staff_place_on_a_customers_word_and_never_sign_with_it() {
    let draft = at_review();
    let by = PlacedBy::Staff(staff_member(), consent(BTreeSet::new()));
    let order =
        decide(&ProductOrder::Draft(draft.clone()), Command::Place(Placing { by: by.clone(), ..placing(&draft) }), &SMALL, now());
    assert_eq!(placed_of(&order.expect("placed")).placed_by, by);

    let unsigned = Draft { authorisations: BTreeMap::new(), ..porting() };
    let key = porting().authorisations.into_keys().next().expect("a letter");
    let order =
        decide(&ProductOrder::Draft(unsigned.clone()), Command::Place(Placing { by, ..placing(&unsigned) }), &SMALL, now());
    assert_eq!(order, Err(Refusal::NotYet(Step::Authorisation(key))));
}

#[test]
fn what_was_chosen_before_and_given_up_is_not_placed() {
    // A number was picked and a letter signed for another one, and then neither was wanted.
    let ported = after(porting(), [line_page("new", "fast", true), pick("404 872 0100"), line_page("old", "plain", true)]);
    let order = decide(&ProductOrder::Draft(ported.clone()), Command::Place(placing(&ported)), &SMALL, now()).expect("placed");
    assert_eq!(placed_of(&order).resources, [], "nobody is given the number that was picked");
    assert!(!placed_of(&order).items[0].answers.contains_key("our-number"));

    let new = after(porting(), [line_page("new", "fast", true), pick("404 872 0100")]);
    let order = decide(&ProductOrder::Draft(new.clone()), Command::Place(placing(&new)), &SMALL, now()).expect("placed");
    assert!(placed_of(&order).authorisations.is_empty(), "no other company is told to move a number");
}

#[test]
fn a_number_that_another_item_gave_up_is_held_once_however_often_it_is_picked() {
    let second = item_id(7);
    let mut draft = after(at_review(), [add(second, "line"), of_item(second, line_page("old", "plain", true))]);
    // It keeps what was picked before it brought its own number along: choosing back brings it back.
    let picked_once = (is("our-number"), Value::Telephone(is("404 872 0100")));
    draft.items.iter_mut().find(|item| item.id == second).expect("the second line").answers.extend([picked_once]);
    let again = after(draft, [pick("404 872 0100")]);
    let held = again.holds.iter().filter(|hold| hold.resource == number_of_ours("404 872 0100")).count();
    assert_eq!(held, 1);
}
