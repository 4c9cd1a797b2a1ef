//! Orders: created once, saved under a condition, listed.

use futures_util::future::join;
use jiff::ToSpan;
use order_manager::audit::{Act, End};
use order_manager::order::{Draft, OrderState, ProductOrder};
use platform::store::{Creation, OrderSummary, Store, StoreError, StoredOrder, Wanted};

use crate::bench::Bench;
use crate::samples::{
    acknowledged, by_staff, customer, customer_id, draft_holding, every_state, full_draft, is, later, now, number, order_id,
    plain_draft,
};

/// Reads an order.
pub(crate) async fn read(store: &Store, order: u64) -> Result<Option<StoredOrder>, StoreError> {
    let wanted = Wanted { order: Some(order_id(order)), ..Wanted::default() };
    store.load(&wanted).await.map(|loaded| loaded.order)
}

/// Creates an order that is not there yet, and gives it as it was read back.
pub(crate) async fn create(store: &Store, order: ProductOrder) -> StoredOrder {
    assert_eq!(store.create_order(&order, None, now()).await, Ok(Creation::Created));
    StoredOrder { version: 1, value: order, trail: End::START }
}

fn draft(order: u64) -> ProductOrder {
    ProductOrder::Draft(plain_draft(order))
}

fn full(order: u64) -> ProductOrder {
    ProductOrder::Draft(Draft { holds: vec![], ..full_draft(order) })
}

async fn listed(store: &Store) -> (Vec<OrderSummary>, Vec<OrderSummary>) {
    let file = store.customer(customer_id()).await.expect("the customer").expect("a customer");
    (file.drafts, file.just_placed)
}

pub(crate) async fn an_order_in_every_state_comes_back_as_it_was_saved(Bench { store, .. }: Bench) {
    let mut before = create(&store, draft(1)).await;
    for order in every_state() {
        let version = store.save_order(&before, &order, None, now()).await.expect("a save");
        let found = read(&store, 1).await.expect("a read");
        before = StoredOrder { version, value: order, trail: End::START };
        assert_eq!(found.as_ref(), Some(&before));
    }
    assert_eq!(before.version, 17);
}

pub(crate) async fn an_order_that_is_not_there_is_not_found(Bench { store, .. }: Bench) {
    create(&store, draft(1)).await;
    assert_eq!(read(&store, 2).await, Ok(None));
}

pub(crate) async fn creating_an_order_a_second_time_finds_the_first(Bench { store, .. }: Bench) {
    let first = create(&store, draft(1)).await;
    let second = store.create_order(&full(1), None, later(1)).await;
    assert_eq!(second, Ok(Creation::Existed(Box::new(first.clone()))));
    assert_eq!(read(&store, 1).await, Ok(Some(first)));
}

pub(crate) async fn saving_over_what_somebody_else_saved_is_a_conflict(Bench { store, .. }: Bench) {
    let before = create(&store, draft(1)).await;
    assert_eq!(store.save_order(&before, &full(1), None, later(1)).await, Ok(2));
    assert_eq!(store.save_order(&before, &draft(1), None, later(2)).await, Err(StoreError::Conflict));
    assert_eq!(read(&store, 1).await, Ok(Some(StoredOrder { version: 2, value: full(1), trail: End::START })));
}

pub(crate) async fn of_two_that_save_at_once_exactly_one_gets_through(Bench { store, .. }: Bench) {
    let before = create(&store, draft(1)).await;
    let changed = |minutes| ProductOrder::Draft(Draft { changed: later(minutes), ..plain_draft(1) });
    let (one, two) = (changed(1), changed(2));
    let saved = join(store.save_order(&before, &one, None, now()), store.save_order(&before, &two, None, now())).await;
    let kept = match saved {
        (Ok(2), Err(StoreError::Conflict)) => one,
        (Err(StoreError::Conflict), Ok(2)) => two,
        other => panic!("{other:?}"),
    };
    assert_eq!(read(&store, 1).await, Ok(Some(StoredOrder { version: 2, value: kept, trail: End::START })));
}

pub(crate) async fn saving_an_order_that_was_discarded_is_a_conflict(Bench { store, .. }: Bench) {
    let before = create(&store, draft(1)).await;
    assert_eq!(store.discard_order(&before, None).await, Ok(()));
    assert_eq!(store.save_order(&before, &draft(1), None, now()).await, Err(StoreError::Conflict));
    assert_eq!(store.save_order(&before, &acknowledged(1, vec![]), None, now()).await, Err(StoreError::Conflict));
    assert_eq!(store.discard_order(&before, None).await, Err(StoreError::Conflict));
    assert_eq!(read(&store, 1).await, Ok(None));
}

pub(crate) async fn a_draft_is_listed_with_its_customer_until_it_is_placed_or_discarded(Bench { store, .. }: Bench) {
    store.put_customer(&customer(), &[]).await.expect("a customer");
    let first = create(&store, draft(1)).await;
    let second = create(&store, draft(2)).await;
    let (drafts, just_placed) = listed(&store).await;
    assert_eq!(
        drafts.iter().map(|draft| (draft.id, draft.state)).collect::<Vec<_>>(),
        [(order_id(1), OrderState::Draft), (order_id(2), OrderState::Draft)]
    );
    assert_eq!(drafts[0].items, [is("home-phone")]);
    assert_eq!(drafts[0].place, "214 Juniper St NE, Atlanta, GA 30309");
    assert_eq!((drafts[0].changed, drafts[0].placed), (now(), None));
    assert_eq!(just_placed, []);

    store.save_order(&first, &acknowledged(1, vec![]), None, later(1)).await.expect("a placing");
    store.discard_order(&second, None).await.expect("a discarding");
    let (drafts, just_placed) = listed(&store).await;
    assert_eq!(drafts, []);
    assert_eq!(just_placed.len(), 1);
    let OrderSummary { id, state, changed, placed, .. } = just_placed[0];
    assert_eq!((id, state, changed, placed), (order_id(1), OrderState::Acknowledged, later(1), Some(later(1))));
}

pub(crate) async fn a_draft_is_listed_with_the_services_it_has_now(Bench { store, .. }: Bench) {
    store.put_customer(&customer(), &[]).await.expect("a customer");
    let before = create(&store, draft(1)).await;
    store.save_order(&before, &full(1), None, later(1)).await.expect("a save");
    let (drafts, _) = listed(&store).await;
    assert_eq!(drafts.len(), 1);
    assert_eq!((&drafts[0].items[..2], drafts[0].changed), (&[is("home-phone"), is("fiber")][..], later(1)));
    assert_eq!(drafts[0].items.len(), 7, "every one of them");
}

pub(crate) async fn only_a_draft_can_be_discarded(Bench { store, .. }: Bench) {
    let before = create(&store, draft(1)).await;
    let version = store.save_order(&before, &acknowledged(1, vec![]), None, now()).await.expect("a placing");
    let placed = StoredOrder { version, value: acknowledged(1, vec![]), trail: End::START };
    assert_eq!(store.discard_order(&placed, None).await, Err(StoreError::Conflict));
    assert_eq!(store.discard_order(&before, None).await, Err(StoreError::Conflict));
    assert_eq!(read(&store, 1).await, Ok(Some(placed)));
}

pub(crate) async fn orders_are_listed_the_last_changed_first(Bench { store, .. }: Bench) {
    assert_eq!(store.orders_of(customer_id()).await, Ok(vec![]));
    // Whole seconds, tenths and none: as texts they must sort as the times do.
    let base = is::<jiff::Timestamp>("2026-03-02T15:00:00Z");
    let times = [base + 500.milliseconds(), base, base + 1.second(), base + 499.milliseconds()];
    for (order, time) in (1..).zip(times) {
        let begun = ProductOrder::Draft(Draft { started: time, ..plain_draft(order) });
        assert_eq!(store.create_order(&begun, None, time).await, Ok(Creation::Created));
    }
    let value = ProductOrder::Draft(Draft { started: base, ..plain_draft(2) });
    let first = StoredOrder { version: 1, value, trail: End::START };
    store.save_order(&first, &acknowledged(2, vec![]), None, base + 2.seconds()).await.expect("a placing");
    let orders = store.orders_of(customer_id()).await.expect("a list");
    let seen: Vec<_> = orders.iter().map(|order| (order.id, order.state, order.changed)).collect();
    assert_eq!(
        seen,
        [
            (order_id(2), OrderState::Acknowledged, base + 2.seconds()),
            (order_id(3), OrderState::Draft, times[2]),
            (order_id(1), OrderState::Draft, times[0]),
            (order_id(4), OrderState::Draft, times[3]),
        ]
    );
    assert_eq!((orders[0].items.len(), orders[0].placed), (8, Some(later(1))));
    assert_eq!(store.orders_of(is("019b0000-0000-7000-8000-0000000000c2")).await, Ok(vec![]));
}

pub(crate) async fn a_draft_that_is_saved_page_by_page_moves_in_lists_once_an_hour(Bench { store, .. }: Bench) {
    let saved = |order: u64, minute: i64| {
        let mut draft = Draft { started: later(order.try_into().expect("a minute")), ..plain_draft(order) };
        draft.changed = later(minute);
        ProductOrder::Draft(draft)
    };
    for order in 1..=2 {
        store.create_order(&saved(order, 5), None, later(5)).await.expect("an order");
    }
    let listed = async || store.orders_of(customer_id()).await.expect("a list").into_iter().map(|order| order.changed);
    assert!(listed().await.eq([later(2), later(1)]));
    for (version, minute, first) in [(1, 60, later(1)), (2, 61, later(61)), (3, 119, later(61)), (4, 190, later(181))] {
        let before = StoredOrder { version, value: saved(1, 5), trail: End::START };
        store.save_order(&before, &saved(1, minute), None, later(minute)).await.expect("a save");
        assert_eq!(listed().await.max(), Some(first.max(later(2))), "saved at minute {minute}");
    }
}

pub(crate) async fn an_order_that_has_grown_too_large_is_refused_and_the_old_one_stays(Bench { store, .. }: Bench) {
    let with_notes = |bytes: usize| {
        let mut draft = full_draft(1);
        draft.holds = vec![];
        draft.installation.iter_mut().for_each(|installation| installation.access_notes = Some(incompressible(bytes).into()));
        ProductOrder::Draft(draft)
    };
    let before = create(&store, with_notes(400_000)).await;
    assert_eq!(store.save_order(&before, &with_notes(500_000), None, now()).await, Err(StoreError::TooLarge));
    assert_eq!(store.create_order(&with_notes(600_000), None, now()).await, Err(StoreError::TooLarge));
    assert_eq!(read(&store, 1).await, Ok(Some(before)));
}

/// A text that takes three quarters of its bytes however it is compressed.
fn incompressible(bytes: usize) -> String {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + u8::try_from(state >> 58).expect("six bits"))
    };
    (0..bytes).map(|_| next()).collect()
}

pub(crate) async fn an_order_with_more_numbers_than_can_be_placed_at_once_is_refused(Bench { store, .. }: Bench) {
    let before = create(&store, draft(1)).await;
    let numbers: Vec<_> = (0..96).map(number).collect();
    let after = ProductOrder::Draft(draft_holding(1, &numbers, later(30)));
    assert_eq!(store.save_order(&before, &after, None, now()).await, Err(StoreError::TooLarge));
}

pub(crate) async fn the_largest_order_that_may_be_can_be_placed_and_discarded(Bench { store, .. }: Bench) {
    let numbers: Vec<_> = (0..94).map(number).collect();
    for line in 0..94 {
        store.put_number(crate::samples::RATE_CENTRE, is(&format!("404555{line:04}"))).await.expect("a number");
    }
    let first = create(&store, ProductOrder::Draft(draft_holding(1, &numbers, later(30)))).await;
    assert_eq!(store.discard_order(&first, Some(&by_staff(Act::OrderDiscarded, 1))).await, Ok(()));
    let second = create(&store, ProductOrder::Draft(draft_holding(2, &numbers, later(30)))).await;
    let placing = by_staff(Act::OrderPlaced, 1);
    assert_eq!(store.save_order(&second, &acknowledged(2, numbers), Some(&placing), later(1)).await, Ok(2));
}
