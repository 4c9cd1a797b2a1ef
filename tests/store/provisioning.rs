//! Provisioning's rows: service orders stored before they are sent, and each report kept once, with the order that it makes.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use order_manager::audit::End;
use order_manager::catalogue::{Family, Recall};
use order_manager::id::ProductId;
use order_manager::order::{InProgress, JeopardyKind, Placed, ProductOrder};
use order_manager::party::Product;
use order_manager::provisioning::{
    Doubted, Heard, InventoryChange, Jeopardised, Part, Report, ServiceOrderId, ServiceOrderState, Told,
};
use platform::provisioning::System;
use platform::store::{Dispatch, Provisioning, Reached, StoreError, StoredOrder};

use crate::bench::Bench;
use crate::samples::{RATE_CENTRE, customer, is, item_id, later, now, order_id, person, placed, plain_draft, text, usd};

/// An order that is on its way.
pub(crate) fn on_its_way() -> ProductOrder {
    let mut order = Placed { items: vec![], price: plain_draft(1).priced.price, ..placed(60, vec![]) };
    order.price.lines.clear();
    ProductOrder::InProgress(InProgress { order, since: later(6) })
}

fn service_order(number: u64, part: Part) -> ServiceOrderId {
    ServiceOrderId { order: on_its_way().id(), item: item_id(number), part }
}

/// A service order that has reached each there is to reach.
pub(crate) fn dispatches() -> Vec<Dispatch> {
    let heard = Heard {
        day: Some(is("2026-03-10")),
        contact: Some("Ana, 404 555 0142".into()),
        amended: None,
        answered: Some(is("q-1")),
        decided: Some(is("c-1")),
        cancelling: Some(later(9)),
        doubted: BTreeSet::new(),
    };
    let reached = [
        (Reached::Nobody, Heard::default()),
        (Reached::Waiting { since: later(1), tries: 3 }, Heard::default()),
        (Reached::System { id: "so-7".into(), at: later(2) }, heard),
        (Reached::Refused { status: 422, at: later(3) }, Heard::default()),
    ];
    let dispatch = |(number, (reached, heard)): (u64, (Reached, Heard))| Dispatch {
        id: service_order(number, if number == 2 { Part::Left } else { Part::Here }),
        content: "{\"externalId\":\"é\"}".into(),
        day: is("2026-03-10"),
        contact: "Zoë, 404 555 0123. Ring".into(),
        system: System::Common,
        reached,
        heard,
        version: 1,
    };
    (1..).zip(reached).map(dispatch).collect()
}

/// A report of each thing there is to say.
pub(crate) fn reports() -> Vec<Report> {
    let told = [
        Told::State(ServiceOrderState::Held, Some(text("No line", "Sin línea"))),
        Told::State(ServiceOrderState::PendingCancellation, None),
        Told::Day(is("2026-03-11"), Some(text("Rain", "Lluvia"))),
        Told::Milestone(is("tested")),
        Told::Jeopardy(JeopardyKind::Weather, Jeopardised::Stands),
        Told::Jeopardy(JeopardyKind::Other, Jeopardised::Passed),
        Told::Question { id: is("q-1"), text: text("Which?", "¿Cuál?"), corrects: Some(is("account-number")) },
        Told::Charge { id: is("c-1"), amount: usd(125_000), why: text("A trench", "Una zanja"), answer_by: is("2026-03-09") },
    ];
    let report = |(number, told): (i64, Told)| Report {
        id: is(&format!("event-{number}")),
        of: service_order(1, Part::Here),
        at: later(number),
        told,
    };
    (1..).zip(told).map(report).collect()
}

/// Stores all of it.
pub(crate) async fn stored(Bench { store, .. }: &Bench) {
    let order = on_its_way();
    // At another time, so that it is none of those just placed.
    let another_day = later(60 * 24 * 7);
    store.create_order(&order, None, another_day).await.expect("an order");
    for dispatch in dispatches() {
        store.begin_dispatch(&dispatch).await.expect("a service order");
    }
    for (version, report) in (1..).zip(reports()) {
        let before = StoredOrder { version, value: order.clone(), trail: End::START };
        store.keep_report(&before, &order, &report, &[], another_day).await.expect("kept");
    }
}

/// All of it, as it is read.
pub(crate) fn expected() -> Provisioning {
    let order = StoredOrder { version: 1 + u64::try_from(reports().len()).expect("few"), value: on_its_way(), trail: End::START };
    Provisioning { order, dispatches: dispatches(), reports: reports() }
}

pub(crate) async fn what_is_known_of_an_orders_provisioning_comes_back_in_one_read(bench: Bench) {
    stored(&bench).await;
    assert_eq!(bench.store.provisioning(on_its_way().id()).await, Ok(Some(expected())));
    assert_eq!(bench.store.provisioning(is("018f3a2e-0000-7000-8000-00000000dead")).await, Ok(None));
}

pub(crate) async fn a_service_order_is_stored_once_and_saved_over_nobody(Bench { store, .. }: Bench) {
    store.create_order(&on_its_way(), None, now()).await.expect("an order");
    let first = dispatches().remove(0);
    store.begin_dispatch(&first).await.expect("stored");
    let another = Dispatch { content: "another".into(), ..first.clone() };
    store.begin_dispatch(&another).await.expect("it is there");
    let sent = Dispatch { reached: Reached::System { id: "so-1".into(), at: later(1) }, ..first.clone() };
    let saved = store.save_dispatch(&sent).await.expect("saved");
    assert_eq!((saved.version, &*saved.content), (2, &*first.content), "what was stored first is what is sent");
    assert_eq!(store.save_dispatch(&sent).await, Err(StoreError::Conflict));
    let known = store.provisioning(on_its_way().id()).await.expect("a read").expect("the order");
    assert_eq!(known.dispatches, [saved]);
}

pub(crate) async fn of_many_that_keep_one_report_exactly_one_does(Bench { store, .. }: Bench) {
    let order = on_its_way();
    store.create_order(&order, None, now()).await.expect("an order");
    let (before, report) = (StoredOrder { version: 1, value: order.clone(), trail: End::START }, reports().remove(0));
    let tries = (0..5).map(|_| store.keep_report(&before, &order, &report, &[], later(1)));
    let kept = join_all(tries).await;
    assert_eq!(kept.iter().filter(|kept| kept.is_ok()).count(), 1, "{kept:?}");
    let after = StoredOrder { version: 2, value: order.clone(), trail: End::START };
    assert_eq!(store.keep_report(&after, &order, &report, &[], later(2)).await, Err(StoreError::Conflict), "it is known");
    let known = store.provisioning(order.id()).await.expect("a read").expect("the order");
    assert_eq!((known.order.version, known.reports), (2, vec![report]));
}

pub(crate) async fn what_works_is_among_the_customers_services_from_the_same_moment(Bench { store, .. }: Bench) {
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    let order = on_its_way();
    store.create_order(&order, None, now()).await.expect("an order");
    let first = customer().products[0].clone();
    let new: ProductId = is("018f3a2e-0000-7000-8000-00000000f00d");
    let brought = Product { id: new, ..first.clone() };
    let changed = Product { monthly: usd(1), ..first.clone() };
    let changes = [InventoryChange::Put(brought.clone()), InventoryChange::Put(changed.clone())];
    let mut before = StoredOrder { version: 1, value: order.clone(), trail: End::START };
    let mut all = reports().into_iter();
    let mut next = || all.next().expect("a report");
    store.keep_report(&before, &order, &next(), &changes, later(1)).await.expect("kept");
    let products = async || store.customer(customer().id).await.expect("a read").expect("the customer").customer.products;
    let there = products().await;
    assert_eq!((there.first(), there.last()), (Some(&changed), Some(&brought)), "what is new comes last");
    let refused = store.keep_report(&before, &order, &next(), &[InventoryChange::Remove(new)], later(2)).await;
    assert_eq!(refused, Err(StoreError::Conflict));
    assert_eq!(products().await, there, "nothing has changed");
    before.version = 2;
    store.keep_report(&before, &order, &next(), &[InventoryChange::Remove(new)], later(2)).await.expect("kept");
    assert!(products().await.iter().all(|product| product.id != new));
}

pub(crate) async fn a_number_that_is_given_up_is_nobodys_until_it_has_rested(bench: Bench) {
    let store = &bench.store;
    let (centre, number) = (RATE_CENTRE, is("4045550007"));
    store.put_number(centre, number).await.expect("a number");
    assert_eq!(store.is_our_number(centre, number).await, Ok(true));
    assert_eq!(store.is_our_number(centre, is("4045550008")).await, Ok(false), "it came with the customer");
    store.create_order(&on_its_way(), None, later(5)).await.expect("an order");
    let before = store.provisioning(on_its_way().id()).await.expect("a read").expect("the order").order;
    let until = later(60 * 24 * 90);
    let rest = InventoryChange::Rest { rate_centre: centre.into(), number, until };
    store.keep_report(&before, &before.value, &reports()[0], &[rest], later(7)).await.expect("kept");
    for (other, at, expected) in [(1, later(60), 0), (1, later(60 * 24 * 89), 0), (2, later(60 * 24 * 90), 1)] {
        let offered = store.offered_numbers(centre, order_id(other), 5, at).await.expect("numbers");
        assert_eq!(offered.len(), expected, "{at}");
    }
}

pub(crate) async fn what_an_order_has_more_than_older_ones_comes_back_too(Bench { store, .. }: Bench) {
    let ProductOrder::InProgress(mut order) = on_its_way() else { panic!("it is on its way") };
    order.order.items = placed(60, vec![]).items;
    for item in &mut order.order.items {
        item.on_the_way.amended = Some(later(20));
        item.milestones.iter_mut().for_each(|milestone| milestone.recall = Recall::Impossible);
    }
    let order = ProductOrder::InProgress(order);
    store.create_order(&order, None, now()).await.expect("an order");
    let dispatch = Dispatch {
        system: System::Of(Family::Voice),
        heard: Heard { amended: Some(later(20)), doubted: BTreeSet::from([Doubted::Day, Doubted::Contact]), ..Heard::default() },
        ..dispatches().remove(0)
    };
    store.begin_dispatch(&dispatch).await.expect("stored");
    let known = store.provisioning(order.id()).await.expect("a read").expect("the order");
    assert_eq!((known.order.value, known.dispatches), (order, vec![dispatch]));
}
