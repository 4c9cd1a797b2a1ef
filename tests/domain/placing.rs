//! What is placed: what was chosen in the end, and nothing that was given up on the way.

use order_manager::decide::{Command, decide};
use order_manager::inventory::Resource;
use order_manager::order::{Content, OrderState, Placed, ProductOrder};

use crate::fixtures::{after, at_review, line_page, now, number_of_ours, pick, placing, porting, slot};
use crate::small::SMALL;

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
fn what_was_chosen_before_and_given_up_is_not_placed() {
    // A number was picked and a letter signed for another one, and then neither was wanted.
    let ported = after(porting(), [line_page("new", "fast", true), pick("404 872 0100"), line_page("old", "plain", true)]);
    let order = decide(&ProductOrder::Draft(ported.clone()), Command::Place(placing(&ported)), &SMALL, now()).expect("placed");
    assert_eq!(placed_of(&order).resources, [], "nobody is given the number that was picked");
    assert!(!placed_of(&order).items[0].answers.contains_key("our-number"));

    let new = after(porting(), [line_page("new", "fast", true), pick("404 872 0100")]);
    let order = decide(&ProductOrder::Draft(new.clone()), Command::Place(placing(&new)), &SMALL, now()).expect("placed");
    assert!(placed_of(&order).signatures.is_empty(), "no other company is told to move a number");
}
