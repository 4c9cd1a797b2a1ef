//! What customers are told of an order: each thing once, nothing that is old, and nothing that is contractual left out.

use std::collections::BTreeSet;

use order_manager::mailing::{MailChoice, Topic, Weight};
use order_manager::notice::{News, Notice, notices};
use order_manager::order::{
    CommittedDay, ConstructionCharge, Decision, ItemState, Jeopardy, JeopardyKind, OnTheWay, OrderState, Placed, ProductOrder,
    Question, Reply,
};
use order_manager::provisioning::unsaid;
use order_manager::text::Text;

use crate::fixtures::{now, order_in, usd};
use crate::world::is;

const BOTH: [ItemState; 2] = [ItemState::InProgress, ItemState::InProgress];

/// An order that is under way, or waits for the customer, and is as this makes it.
fn order(state: OrderState, change: impl FnOnce(&mut Placed)) -> ProductOrder {
    match order_in(state, &BOTH) {
        ProductOrder::InProgress(mut order) => {
            change(&mut order.order);
            ProductOrder::InProgress(order)
        }
        ProductOrder::Pending(mut order) => {
            change(&mut order.order);
            ProductOrder::Pending(order)
        }
        other => panic!("{:?}", other.state()),
    }
}

fn names(order: &ProductOrder) -> Vec<&'static str> {
    notices(order).iter().map(|notice| notice.news.name()).collect()
}

fn day(text: &str, at: i64) -> CommittedDay {
    CommittedDay { day: is(text), why: None, told: now() + jiff::SignedDuration::from_mins(at) }
}

fn question(answer: Option<Reply>) -> Question {
    Question { id: is("q-1"), text: Text::english("Which floor?"), corrects: None, asked: now(), answer }
}

fn charge(decision: Option<Decision>) -> ConstructionCharge {
    let decision = decision.map(|decision| (decision, now()));
    let why = Text::english("A trench.");
    ConstructionCharge { id: is("c-1"), amount: usd(125_000), why, answer_by: is("2027-01-15"), decision }
}

#[test]
fn every_state_tells_of_itself_and_looking_again_tells_the_same() {
    for state in OrderState::ALL.into_iter().filter(|state| state.is_placed()) {
        let order = order_in(state, &BOTH);
        let told = notices(&order);
        assert_eq!(told, notices(&order), "{state:?}");
        let keys: BTreeSet<_> = told.iter().map(|notice| notice.key.clone()).collect();
        assert_eq!(keys.len(), told.len(), "{state:?}: no two go by one name");
        assert!(!told.is_empty(), "{state:?}");
    }
    assert!(notices(&order_in(OrderState::Draft, &BOTH)).is_empty());
}

#[test]
fn a_day_is_told_when_it_is_settled_and_each_time_it_moves_and_only_moving_is_contractual() {
    let of_days = |days: Vec<CommittedDay>| {
        let order = order(OrderState::InProgress, |placed| placed.items[0].on_the_way.days = days);
        notices(&order).into_iter().filter(|notice| notice.news.name() == "order-day").collect::<Vec<Notice>>()
    };
    let first = of_days(vec![day("2027-01-10", 1)]);
    let moved = of_days(vec![day("2027-01-10", 1), day("2027-01-12", 2)]);
    assert!(matches!(&first[..], [Notice { news: News::Day { moved: None, .. }, .. }]));
    assert!(
        matches!(&moved[..], [Notice { news: News::Day { moved: Some((before, _)), .. }, .. }] if *before == is("2027-01-10"))
    );
    assert_ne!(first[0].key, moved[0].key);
    assert_eq!(first[0].news.weight(), Weight::Courtesy(Topic::Progress));
    assert_eq!(moved[0].news.weight(), Weight::Contractual);
}

#[test]
fn what_an_item_asks_is_told_with_what_it_is_and_not_before_that_is_known() {
    let pending = |way: OnTheWay| {
        let ProductOrder::Pending(mut order) = order(OrderState::Pending, |placed| placed.items[0].on_the_way = way) else {
            panic!("it waits")
        };
        order.question = unsaid();
        ProductOrder::Pending(order)
    };
    assert_eq!(names(&pending(OnTheWay::default())), ["order-received"], "the question is on its way");
    let asked = pending(OnTheWay { question: Some(question(None)), ..OnTheWay::default() });
    assert_eq!(names(&asked), ["order-received", "order-question"]);
    let costs = pending(OnTheWay { charge: Some(charge(None)), ..OnTheWay::default() });
    assert_eq!(names(&costs), ["order-received", "order-charge"], "with what it costs, and not as a question too");
    let told = notices(&costs).pop().expect("a notice");
    let News::Charge { amount, answer_by, .. } = told.news else { panic!("a charge") };
    assert_eq!((amount, answer_by), (usd(125_000), is("2027-01-15")));
    assert!(told.key.ends_with("#c-1"), "once for each charge: {}", told.key);
    let reply = Reply { text: "The second".into(), given: now() };
    let settled =
        OnTheWay { question: Some(question(Some(reply))), charge: Some(charge(Some(Decision::Accepted))), ..OnTheWay::default() };
    assert_eq!(names(&pending(settled)), ["order-received"], "what is answered is asked no more");
    assert_eq!(names(&order_in(OrderState::Pending, &BOTH)), ["order-received", "order-question"], "asked of the whole order");
}

#[test]
fn who_stops_all_that_may_be_left_out_still_hears_what_is_agreed_costs_or_asks() {
    let stopped = MailChoice::default().stopped();
    for kind in JeopardyKind::ALL {
        let endangered = order(OrderState::InProgress, |placed| {
            placed.items[0].on_the_way.jeopardies = vec![Jeopardy { kind, since: now() }];
        });
        let weight = notices(&endangered).pop().expect("a notice").news.weight();
        let is_theirs = matches!(kind, JeopardyKind::Access | JeopardyKind::PlaceNotReady);
        assert_eq!(stopped.hears(weight), is_theirs, "{kind:?}: only what the customer has to do something about");
        assert!(MailChoice::default().hears(weight));
    }
    for state in OrderState::ALL.into_iter().filter(|state| state.is_placed()) {
        for Notice { news, .. } in notices(&order_in(state, &BOTH)) {
            let may_be_left_out = matches!(news.name(), "order-started" | "order-held" | "order-in-service" | "order-day");
            assert_eq!(stopped.hears(news.weight()), !may_be_left_out, "{news:?}");
        }
    }
}
