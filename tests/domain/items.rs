//! The states of an order's items, and what each event of the order makes of them.

use order_manager::decide::{Command, Progress, decide};
use order_manager::order::{Content, ItemState, OrderState, PlacedItem, ProductOrder};

use crate::fixtures::{line, now, order_in};
use crate::small::SMALL;
use crate::states::Event;
use crate::world::is;

/// The events that do something to items, each with the state of the order it happens in.
const EVENTS: [(Event, OrderState); 12] = [
    (Event::Start, OrderState::Acknowledged),
    (Event::Reject, OrderState::Acknowledged),
    (Event::Hold, OrderState::InProgress),
    (Event::Ask, OrderState::InProgress),
    (Event::Resume, OrderState::Held),
    (Event::Resume, OrderState::Pending),
    (Event::WorksBesideWorking, OrderState::InProgress),
    (Event::FailsBesideWorking, OrderState::InProgress),
    (Event::AskCancellation, OrderState::InProgress),
    (Event::Grant, OrderState::AssessingCancellation),
    (Event::Refuse, OrderState::AssessingCancellation),
    (Event::Finish, OrderState::PendingCancellation),
];

const STATES: [ItemState; 8] = [
    ItemState::Acknowledged,
    ItemState::InProgress,
    ItemState::Held,
    ItemState::Pending,
    ItemState::Completed,
    ItemState::Failed,
    ItemState::Cancelled,
    ItemState::Rejected,
];

/// What each event makes of an item in a state, in the order of [`EVENTS`].
#[rustfmt::skip]
const fn row(from: ItemState) -> [ItemState; EVENTS.len()] {
    const AK: ItemState = ItemState::Acknowledged;
    const IP: ItemState = ItemState::InProgress;
    const HD: ItemState = ItemState::Held;
    const PD: ItemState = ItemState::Pending;
    const CP: ItemState = ItemState::Completed;
    const FL: ItemState = ItemState::Failed;
    const CN: ItemState = ItemState::Cancelled;
    const RJ: ItemState = ItemState::Rejected;
    match from {
        //    start rej hold ask resume resume works fails  ask  gra  ref  fin
        AK => [IP,  RJ,  HD,  PD,  IP,    IP,   CP,   FL,   AK,  AK,  IP,  CN],
        IP => [IP,  RJ,  HD,  PD,  IP,    IP,   CP,   FL,   IP,  IP,  IP,  CN],
        HD => [IP,  RJ,  HD,  PD,  IP,    IP,   CP,   FL,   HD,  HD,  IP,  CN],
        PD => [IP,  RJ,  HD,  PD,  IP,    IP,   CP,   FL,   PD,  PD,  IP,  CN],
        // An item that has come to its end stays there.
        CP => [CP,  CP,  CP,  CP,  CP,    CP,   CP,   CP,   CP,  CP,  CP,  CP],
        FL => [FL,  FL,  FL,  FL,  FL,    FL,   FL,   FL,   FL,  FL,  FL,  FL],
        CN => [CN,  CN,  CN,  CN,  CN,    CN,   CN,   CN,   CN,  CN,  CN,  CN],
        RJ => [RJ,  RJ,  RJ,  RJ,  RJ,    RJ,   RJ,   RJ,   RJ,  RJ,  RJ,  RJ],
    }
}

fn items(order: &ProductOrder) -> &[PlacedItem] {
    match order.content() {
        Content::Draft(_) => &[],
        Content::Placed(placed) => &placed.items,
    }
}

#[test]
fn each_event_makes_of_an_item_in_each_state_what_the_table_says() {
    for from in STATES {
        for ((event, state), expected) in EVENTS.into_iter().zip(row(from)) {
            // Of what works already nothing can be cancelled (`on_the_way`).
            if (event, from) == (Event::AskCancellation, ItemState::Completed) {
                continue;
            }
            let before = order_in(state, &[from, ItemState::InProgress]);
            let after = decide(&before, event.command(), &SMALL, now()).expect("it is in order");
            assert_eq!(items(&after)[0].state, expected, "{event:?} for an item that is {from:?}");
            let is_about_one = matches!(event, Event::WorksBesideWorking | Event::FailsBesideWorking);
            if is_about_one {
                assert_eq!(items(&after)[1], items(&before)[1], "{event:?} is about the other item");
            }
        }
    }
}

#[test]
fn a_milestone_is_reached_once_and_one_that_is_not_on_the_way_never() {
    let order = order_in(OrderState::InProgress, &[ItemState::InProgress; 2]);
    let reached = |order: &ProductOrder| -> Vec<_> {
        items(order).iter().flat_map(|item| &item.milestones).map(|milestone| milestone.reached).collect()
    };
    let reach = |order: &ProductOrder, milestone: &str, at| {
        let command = Progress::Reach(line(), is(milestone));
        decide(order, Command::Progress(command), &SMALL, at).expect("it is in order")
    };
    let once = reach(&order, "in-service", now());
    assert_eq!(reached(&once), [Some(now()), None]);
    let twice = reach(&once, "in-service", now() + jiff::SignedDuration::from_hours(1));
    assert_eq!(twice, once);
    assert_eq!(reach(&once, "ported", now()), once);
}

#[test]
fn a_day_is_committed_to_for_the_item_it_is_about() {
    let order = order_in(OrderState::InProgress, &[ItemState::InProgress; 2]);
    let after = decide(&order, Event::Commit.command(), &SMALL, now()).expect("it is in order");
    let days: Vec<_> = items(&after).iter().map(|item| item.committed).collect();
    assert_eq!(days, [Some(is("2026-12-03")), None]);
}

#[test]
fn an_item_in_service_has_all_its_milestones_behind_it() {
    let order = order_in(OrderState::InProgress, &[ItemState::InProgress; 2]);
    let after = decide(&order, Event::EndsBesideOpen.command(), &SMALL, now()).expect("it is in order");
    assert!(items(&after)[0].milestones.iter().all(|milestone| milestone.reached == Some(now())));
    assert!(items(&after)[1].milestones.iter().all(|milestone| milestone.reached.is_none()));
}
