//! The orders that staff work through.

use std::collections::BTreeSet;

use order_manager::id::OrderId;
use order_manager::order::{Draft, OrderState, ProductOrder};
use platform::store::{QueuePage, Store};

use crate::bench::Bench;
use crate::orders::create;
use crate::samples::{customer_id, every_state, later, now, order_id, ordered_for, plain_draft};

async fn whole(store: &Store) -> QueuePage {
    store.queue(None).await.expect("a queue")
}

pub(crate) async fn an_order_is_in_the_queue_until_nothing_more_happens_to_it(Bench { store, .. }: Bench) {
    assert_eq!(whole(&store).await, QueuePage::default());
    let mut before = create(&store, ProductOrder::Draft(plain_draft(1))).await;
    let first = whole(&store).await.entries.remove(0);
    assert_eq!((first.order.id, first.order.state, first.customer), (order_id(1), OrderState::Draft, customer_id()));
    assert_eq!((first.name, first.waiting.by), (ordered_for().name, plain_draft(1).started_by.person()));
    for (minute, order) in (1..).zip(every_state()) {
        before.version = store.save_order(&before, &order, None, later(minute)).await.expect("a save");
        before.value = order;
        let state = before.value.state();
        let found: Vec<_> = whole(&store).await.entries.iter().map(|entry| (entry.order.state, entry.order.changed)).collect();
        // A draft is listed by the hour, counted from its beginning.
        let changed = if state == OrderState::Draft { now() } else { later(minute) };
        assert_eq!(found, if state.is_final() { vec![] } else { vec![(state, changed)] });
    }
}

pub(crate) async fn a_page_of_the_queue_is_whole_down_to_where_the_next_begins(Bench { store, .. }: Bench) {
    // More of one partition than one page reads, and few of all others.
    let numbers = (0..130).map(|number| number * 8).chain(1..8);
    for (minute, number) in (0..).zip(numbers) {
        let order = ProductOrder::Draft(Draft { holds: vec![], started: later(minute), ..plain_draft(number) });
        store.create_order(&order, None, later(minute)).await.expect("an order");
    }
    let (mut seen, mut before, mut pages) = (vec![], None, 0);
    loop {
        let page = store.queue(before).await.expect("a page");
        let times: Vec<_> = page.entries.iter().map(|entry| entry.order.changed).collect();
        assert!(times.is_sorted_by(|one, other| one > other), "the last changed first, each once");
        assert!(before.is_none_or(|before| times.iter().all(|time| *time < before)));
        assert!(page.next.is_none_or(|next| times.iter().all(|time| *time >= next)));
        seen.extend(page.entries.into_iter().map(|entry| entry.order.id));
        pages += 1;
        match page.next {
            Some(next) => before = Some(next),
            None => break,
        }
    }
    assert_eq!(pages, 2);
    let ids: BTreeSet<OrderId> = seen.iter().copied().collect();
    assert_eq!((seen.len(), ids.len()), (137, 137), "none twice, none left out");
}
