//! What a customer is told of an order: by its state, and by what is new about each thing ordered.

use std::collections::BTreeSet;

use jiff::ToSpan;
use order_manager::notice::{News, Notice, notices};
use order_manager::order::{CommittedDay, ItemState, Jeopardy, JeopardyKind, OrderState, Placed, ProductOrder};
use order_manager::text::Text;

use crate::fixtures::{now, order_in, usd};
use crate::world::is;

const BOTH: [ItemState; 2] = [ItemState::InProgress, ItemState::InProgress];

fn names(order: &ProductOrder) -> Vec<&'static str> {
    notices(order).iter().map(|notice| notice.news.name()).collect()
}

/// An order on its way, with something changed about what was placed.
fn on_its_way(items: &[ItemState], change: impl FnOnce(&mut Placed)) -> ProductOrder {
    let mut order = order_in(OrderState::InProgress, items);
    let ProductOrder::InProgress(state) = &mut order else { panic!("on its way") };
    change(&mut state.order);
    order
}

fn about_items(order: &ProductOrder) -> Vec<Notice> {
    let of_order = ["order-received", "order-started"];
    notices(order).into_iter().filter(|notice| !of_order.contains(&notice.news.name())).collect()
}

#[test]
fn each_state_has_its_news_and_a_draft_has_none() {
    for (state, expected) in [
        (OrderState::Draft, &[][..]),
        (OrderState::AwaitingApproval, &[]),
        (OrderState::Quoted, &[]),
        (OrderState::AwaitingCustomer, &[]),
        (OrderState::Acknowledged, &["order-received"]),
        (OrderState::Rejected, &["order-rejected"]),
        (OrderState::InProgress, &["order-received", "order-started"]),
        (OrderState::Held, &["order-received", "order-held"]),
        (OrderState::Pending, &["order-received", "order-question"]),
        (OrderState::Completed, &["order-received", "order-completed"]),
        (OrderState::Partial, &["order-received", "order-partial"]),
        (OrderState::Failed, &["order-received", "order-failed"]),
        (OrderState::AssessingCancellation, &["order-received", "order-cancellation-asked"]),
        (OrderState::PendingCancellation, &["order-received", "order-cancellation-granted"]),
        (OrderState::Cancelled, &["order-received", "order-cancelled"]),
    ] {
        assert_eq!(names(&order_in(state, &BOTH)), expected, "{state:?}");
    }
}

#[test]
fn what_can_come_about_again_is_told_apart_by_when_it_did() {
    let keys = |order: &ProductOrder| notices(order).into_iter().map(|notice| notice.key).collect::<BTreeSet<_>>();
    let held = order_in(OrderState::Held, &BOTH);
    let ProductOrder::Held(mut again) = held.clone() else { panic!("held") };
    assert_eq!(keys(&held), keys(&ProductOrder::Held(again.clone())), "looked at twice, it is one thing");
    again.since += 1.hour();
    assert_ne!(keys(&held), keys(&ProductOrder::Held(again)), "held a second time, it is news");
    let ProductOrder::Completed(mut later) = order_in(OrderState::Completed, &BOTH) else { panic!("completed") };
    let before = keys(&ProductOrder::Completed(later.clone()));
    later.at += 1.hour();
    assert_eq!(before, keys(&ProductOrder::Completed(later)), "what comes about once is one thing whenever it did");
}

#[test]
fn a_reason_and_a_charge_are_told_as_they_are() {
    let last = |state| notices(&order_in(state, &BOTH)).pop().map(|notice| notice.news);
    let so = Text::english("So it is.");
    assert_eq!(last(OrderState::Rejected), Some(News::Rejected(so.clone())));
    assert_eq!(last(OrderState::Pending), Some(News::Question(so)));
    assert_eq!(last(OrderState::Cancelled), Some(News::Cancelled(usd(1_500))));
}

#[test]
fn a_day_is_told_when_it_is_settled_and_again_with_the_one_before_when_it_moves() {
    let told = |days: &[(&str, i64)]| {
        let order = on_its_way(&BOTH, |placed| {
            let day = |(day, hour): &(&str, i64)| CommittedDay {
                day: is(day),
                why: Some(Text::english("Rain")).filter(|_| *hour > 0),
                told: now() + hour.hours(),
            };
            placed.items[0].on_the_way.days = days.iter().map(day).collect();
        });
        about_items(&order)
    };
    assert_eq!(told(&[]), []);
    let first = told(&[("2026-12-02", 0)]);
    let moved = |notices: &[Notice]| match notices {
        [Notice { news: News::Day { day, moved, .. }, .. }] => (*day, moved.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(moved(&first), (is("2026-12-02"), None));
    let second = told(&[("2026-12-02", 0), ("2026-12-04", 1)]);
    assert_eq!(moved(&second), (is("2026-12-04"), Some((is("2026-12-02"), Some(Text::english("Rain"))))));
    assert_ne!(first[0].key, second[0].key);
    let same = told(&[("2026-12-02", 0), ("2026-12-02", 1)]);
    assert_eq!(moved(&same).1, None, "a day that was only confirmed has not moved");
}

#[test]
fn what_endangers_a_day_is_told_once_for_each_danger() {
    let jeopardy = |kind, hours: i64| Jeopardy { kind, since: now() + hours.hours() };
    let order = on_its_way(&BOTH, |placed| {
        placed.items[0].on_the_way.jeopardies = vec![jeopardy(JeopardyKind::Weather, 1), jeopardy(JeopardyKind::Access, 2)];
        placed.items[1].on_the_way.jeopardies = vec![jeopardy(JeopardyKind::Weather, 1)];
    });
    let told = about_items(&order);
    assert_eq!(told.len(), 3);
    let keys: BTreeSet<_> = told.iter().map(|notice| &notice.key).collect();
    assert_eq!(keys.len(), 3, "each by itself");
}

#[test]
fn a_service_that_works_before_the_others_is_told_by_itself() {
    let works =
        |items: &[ItemState]| about_items(&on_its_way(items, |_| {})).into_iter().map(|notice| notice.news).collect::<Vec<_>>();
    assert_eq!(works(&BOTH), []);
    let some = works(&[ItemState::Completed, ItemState::InProgress]);
    assert!(matches!(&some[..], [News::InService(_)]), "{some:?}");
    let both = [ItemState::Completed, ItemState::Completed];
    assert_eq!(names(&order_in(OrderState::Completed, &both)), ["order-received", "order-completed"], "all of it is told once");
    let alone = on_its_way(&[ItemState::Completed, ItemState::InProgress], |placed| placed.items.truncate(1));
    assert_eq!(about_items(&alone), [], "where there is one thing alone, the order says it");
}
