//! What is offered of what there is one of.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use order_manager::catalogue::Window;
use order_manager::inventory::{AppointmentSlot, CREWS, Resource};
use order_manager::order::ProductOrder;
use order_manager::telephone::TelephoneNumber;
use platform::store::Store;

use crate::bench::Bench;
use crate::orders::create;
use crate::samples::{RATE_CENTRE, acknowledged, draft_holding, is, later, now, number, order_id, slot};

fn line(number: u32) -> TelephoneNumber {
    is(&format!("404555{number:04}"))
}

async fn stock(store: &Store, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        store.put_number(RATE_CENTRE, line(number)).await.expect("a number");
    }
}

async fn hold(store: &Store, order: u64, resources: &[Resource], minutes: i64) {
    create(store, ProductOrder::Draft(draft_holding(order, resources, later(minutes)))).await;
}

fn windows() -> Vec<Window> {
    let window =
        |id: &str, hour| Window { id: id.into(), from: Time::constant(hour, 0, 0, 0), to: Time::constant(hour + 4, 0, 0, 0) };
    vec![window("morning", 8), window("afternoon", 12)]
}

async fn open(store: &Store, days: &[Date], order: u64, minutes: i64) -> Vec<AppointmentSlot> {
    store.open_slots(&is("atlanta"), days, &windows(), order_id(order), later(minutes)).await.expect("a list")
}

pub(crate) async fn numbers_on_offer_are_free_lapsed_or_ones_own(Bench { store, .. }: Bench) {
    stock(&store, 0..8).await;
    store.put_number("DECATUR", is("7705550100")).await.expect("a number");
    hold(&store, 1, &[number(1)], 30).await;
    hold(&store, 2, &[number(2)], 10).await;
    hold(&store, 3, &[number(3)], 30).await;
    create(&store, acknowledged(4, vec![number(4)])).await;
    let offered = store.offered_numbers(RATE_CENTRE, order_id(1), 20, later(20)).await.expect("an offer");
    let seen: BTreeSet<_> = offered.iter().copied().collect();
    assert_eq!(seen, BTreeSet::from([0, 1, 2, 5, 6, 7].map(line)));
    assert_eq!(offered.len(), 6);
}

pub(crate) async fn two_orders_are_not_offered_numbers_from_the_same_place(Bench { store, .. }: Bench) {
    stock(&store, 0..100).await;
    let (one, two) = ("019c0000-0000-7000-8000-0123456789ab", "019c0000-0000-7000-9fff-fedcba987654");
    let offer = async |order| store.offered_numbers(RATE_CENTRE, is(order), 5, now()).await.expect("an offer");
    let (first, second) = (offer(one).await, offer(two).await);
    assert_eq!((first.len(), second.len()), (5, 5));
    assert_ne!(first, second);
    assert_eq!(offer(one).await, first);
}

pub(crate) async fn numbers_on_offer_go_round_at_the_end(Bench { store, .. }: Bench) {
    stock(&store, 0..120).await;
    for order in 0..5 {
        let offered = store.offered_numbers(RATE_CENTRE, order_id(order * 7919), 120, now()).await.expect("an offer");
        let seen: BTreeSet<_> = offered.iter().copied().collect();
        assert_eq!((offered.len(), seen), (120, (0..120).map(line).collect()));
    }
}

pub(crate) async fn a_rate_centre_without_numbers_offers_none(Bench { store, .. }: Bench) {
    assert_eq!(store.offered_numbers(RATE_CENTRE, order_id(1), 5, now()).await, Ok(vec![]));
    // What was found once is not held to be so for good.
    stock(&store, [7]).await;
    assert_eq!(store.offered_numbers(RATE_CENTRE, order_id(1), 5, now()).await, Ok(vec![line(7)]));
    assert_eq!(store.offered_numbers(RATE_CENTRE, order_id(1), 0, now()).await, Ok(vec![]));
}

pub(crate) async fn an_appointment_is_offered_once_for_each_day_and_window_while_a_crew_is_free(Bench { store, .. }: Bench) {
    let days = [is("2026-03-10"), is("2026-03-11"), is("2026-03-12")];
    for (day, window) in [("2026-03-10", "morning"), ("2026-03-11", "morning"), ("2026-03-11", "afternoon")] {
        for crew in 1..=CREWS {
            store.put_slot(&slot(day, window, crew)).await.expect("an appointment");
        }
    }
    let morning = |crew| slot("2026-03-11", "morning", crew);
    let rest = [slot("2026-03-10", "morning", 1), slot("2026-03-11", "afternoon", 1)];
    assert_eq!(open(&store, &days, 9, 0).await, [rest[0].clone(), morning(1), rest[1].clone()]);
    hold(&store, 1, &[Resource::Slot(morning(1))], 30).await;
    assert_eq!(open(&store, &days, 9, 0).await, [rest[0].clone(), morning(2), rest[1].clone()]);
    create(&store, acknowledged(2, vec![Resource::Slot(morning(2))])).await;
    assert_eq!(open(&store, &days, 9, 0).await, rest);
    // The hold lapses; the other crew's time is taken for good.
    assert_eq!(open(&store, &days, 9, 30).await, [rest[0].clone(), morning(1), rest[1].clone()]);
}

pub(crate) async fn the_appointment_an_order_holds_is_offered_to_it_before_others(Bench { store, .. }: Bench) {
    for crew in 1..=CREWS {
        store.put_slot(&slot("2026-03-10", "morning", crew)).await.expect("an appointment");
    }
    let held = slot("2026-03-10", "morning", CREWS);
    hold(&store, 1, &[Resource::Slot(held.clone())], 30).await;
    assert_eq!(open(&store, &[is("2026-03-10")], 1, 0).await, [held]);
}

pub(crate) async fn more_days_than_one_call_can_ask_about_are_all_looked_at(Bench { store, .. }: Bench) {
    let first: Date = is("2026-03-10");
    let days: Vec<Date> = (0..60).map(|day| first + day.days()).collect();
    let wanted: Vec<_> = [0, 24, 25, 59].map(|day: usize| slot(&days[day].to_string(), "afternoon", CREWS)).into();
    for slot in &wanted {
        store.put_slot(slot).await.expect("an appointment");
    }
    assert_eq!(open(&store, &days, 1, 0).await, wanted);
    assert_eq!(open(&store, &[], 1, 0).await, []);
}

pub(crate) async fn loading_a_number_again_leaves_its_holder_alone(Bench { store, .. }: Bench) {
    stock(&store, [1]).await;
    create(&store, acknowledged(1, vec![number(1)])).await;
    stock(&store, [1]).await;
    assert_eq!(store.offered_numbers(RATE_CENTRE, order_id(2), 5, now()).await, Ok(vec![]));
}

pub(crate) async fn what_is_loaded_many_at_once_is_all_there_and_leaves_holders_alone(Bench { store, .. }: Bench) {
    stock(&store, [1, 2]).await;
    hold(&store, 1, &[number(1)], 30).await;
    create(&store, acknowledged(2, vec![number(2)])).await;
    let numbers: Vec<_> = (0..120).chain([7]).map(|number| (RATE_CENTRE.into(), line(number))).collect();
    store.put_numbers(&numbers).await.expect("numbers, one of them twice");
    let offered = store.offered_numbers(RATE_CENTRE, order_id(3), 200, now()).await.expect("an offer");
    assert_eq!(
        offered.into_iter().collect::<BTreeSet<_>>(),
        (0..120).filter(|number| ![1, 2].contains(number)).map(line).collect()
    );

    let days: Vec<Date> = (0..40).map(|day| is::<Date>("2026-03-10") + day.days()).collect();
    let slots: Vec<_> = days.iter().map(|day| slot(&day.to_string(), "morning", 1)).collect();
    store.put_slots(&slots).await.expect("appointments");
    assert_eq!(open(&store, &days, 1, 0).await, slots);
    store.put_numbers(&[]).await.expect("nothing to do");
}
