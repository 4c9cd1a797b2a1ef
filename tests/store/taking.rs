//! What there is one of: taken, kept, given back, whoever else wants it.

use futures_util::future::join;
use order_manager::audit::End;
use order_manager::inventory::Resource;
use order_manager::order::{Cancelled, Draft, InProgress, PendingCancellation, ProductOrder, Rejected};
use order_manager::text::Text;
use platform::store::{Creation, Store, StoreError, StoredOrder};

use crate::bench::Bench;
use crate::orders::{create, read};
use crate::samples::{RATE_CENTRE, acknowledged, draft_holding, is, later, now, number, placed, plain_draft, slot};

async fn stock(store: &Store, resources: &[Resource]) {
    for resource in resources {
        let stocked = match resource {
            Resource::Number { rate_centre, number } => store.put_number(rate_centre, *number).await,
            Resource::Slot(slot) => store.put_slot(slot).await,
        };
        stocked.expect("something there is one of");
    }
}

fn holding(order: u64, resources: &[Resource]) -> ProductOrder {
    ProductOrder::Draft(draft_holding(order, resources, later(30)))
}

async fn draft(store: &Store, order: u64) -> StoredOrder {
    create(store, ProductOrder::Draft(plain_draft(order))).await
}

/// Saves an order and gives it as it is then.
async fn save(store: &Store, before: &StoredOrder, after: ProductOrder) -> StoredOrder {
    let version = store.save_order(before, &after, None, now()).await.expect("a save");
    StoredOrder { version, value: after, trail: End::START }
}

/// Whether an order that has nothing could take this now.
async fn is_free(store: &Store, resource: &Resource, order: u64) -> bool {
    let probe = draft(store, order).await;
    match store.save_order(&probe, &holding(order, std::slice::from_ref(resource)), None, now()).await {
        Ok(_) => true,
        Err(StoreError::Taken(taken)) if taken == *resource => false,
        Err(error) => panic!("{error}"),
    }
}

async fn race(store: &Store, resource: Resource) {
    stock(store, std::slice::from_ref(&resource)).await;
    let (one, two) = (draft(store, 1).await, draft(store, 2).await);
    let (wants_one, wants_two) = (holding(1, std::slice::from_ref(&resource)), holding(2, std::slice::from_ref(&resource)));
    let saved = join(store.save_order(&one, &wants_one, None, now()), store.save_order(&two, &wants_two, None, now())).await;
    let taken = Err(StoreError::Taken(resource));
    assert!(saved == (Ok(2), taken.clone()) || saved == (taken, Ok(2)), "{saved:?}");
}

pub(crate) async fn of_two_drafts_that_want_one_number_exactly_one_gets_it(Bench { store, .. }: Bench) {
    race(&store, number(1)).await;
}

pub(crate) async fn of_two_drafts_that_want_one_appointment_exactly_one_gets_it(Bench { store, .. }: Bench) {
    race(&store, Resource::Slot(slot("2026-03-10", "morning", 1))).await;
}

pub(crate) async fn a_hold_that_lapsed_is_taken_over_and_its_first_holder_told_so(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    let one = draft(&store, 1).await;
    let one = save(&store, &one, holding(1, &[number(1)])).await;
    let two = draft(&store, 2).await;
    let wants = ProductOrder::Draft(draft_holding(2, &[number(1)], later(61)));
    assert_eq!(store.save_order(&two, &wants, None, later(29)).await, Err(StoreError::Taken(number(1))));
    // The moment a hold ends it keeps nobody off any more.
    assert_eq!(store.save_order(&two, &wants, None, later(30)).await, Ok(2));
    assert_eq!(
        store.save_order(&one, &acknowledged(1, vec![number(1)]), None, later(31)).await,
        Err(StoreError::Taken(number(1)))
    );
    let again = ProductOrder::Draft(draft_holding(1, &[number(1)], later(90)));
    assert_eq!(store.save_order(&one, &again, None, later(31)).await, Err(StoreError::Taken(number(1))));
}

pub(crate) async fn what_an_order_has_for_good_is_never_taken(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    let one = draft(&store, 1).await;
    let one = save(&store, &one, holding(1, &[number(1)])).await;
    save(&store, &one, acknowledged(1, vec![number(1)])).await;
    let two = draft(&store, 2).await;
    let in_a_year = later(60 * 24 * 365);
    let wants = ProductOrder::Draft(draft_holding(2, &[number(1)], in_a_year));
    assert_eq!(store.save_order(&two, &wants, None, in_a_year).await, Err(StoreError::Taken(number(1))));
}

pub(crate) async fn nothing_is_saved_when_a_number_is_taken(Bench { store, .. }: Bench) {
    stock(&store, &[number(1), number(2)]).await;
    let one = draft(&store, 1).await;
    save(&store, &one, holding(1, &[number(1)])).await;
    let two = draft(&store, 2).await;
    let wants = holding(2, &[number(2), number(1)]);
    assert_eq!(store.save_order(&two, &wants, None, now()).await, Err(StoreError::Taken(number(1))));
    assert_eq!(read(&store, 2).await, Ok(Some(two)));
    assert!(is_free(&store, &number(2), 3).await);
    assert_eq!(store.create_order(&holding(4, &[number(1)]), None, now()).await, Err(StoreError::Taken(number(1))));
    assert_eq!(read(&store, 4).await, Ok(None));
}

pub(crate) async fn a_number_that_is_not_there_can_not_be_taken(Bench { store, .. }: Bench) {
    assert!(!is_free(&store, &number(1), 1).await);
    // Trying has not made one.
    assert!(!is_free(&store, &number(1), 2).await);
}

pub(crate) async fn choosing_another_number_gives_the_first_back(Bench { store, .. }: Bench) {
    stock(&store, &[number(1), number(2)]).await;
    let one = draft(&store, 1).await;
    let one = save(&store, &one, holding(1, &[number(1)])).await;
    save(&store, &one, holding(1, &[number(2)])).await;
    assert!(is_free(&store, &number(1), 2).await);
    assert!(!is_free(&store, &number(2), 3).await);
}

pub(crate) async fn placing_makes_firm_what_is_held_and_gives_back_what_is_not_wanted(Bench { store, .. }: Bench) {
    let visit = Resource::Slot(slot("2026-03-10", "morning", 2));
    stock(&store, &[number(1), number(2), visit.clone()]).await;
    let one = draft(&store, 1).await;
    let one = save(&store, &one, holding(1, &[number(1), number(2), visit.clone()])).await;
    save(&store, &one, acknowledged(1, vec![number(1), visit.clone()])).await;
    assert!(!is_free(&store, &number(1), 2).await);
    assert!(!is_free(&store, &visit, 3).await);
    assert!(is_free(&store, &number(2), 4).await);
    let five = draft(&store, 5).await;
    let in_a_day = later(60 * 24);
    let wants = ProductOrder::Draft(draft_holding(5, std::slice::from_ref(&visit), in_a_day));
    assert_eq!(store.save_order(&five, &wants, None, in_a_day).await, Err(StoreError::Taken(visit)));
}

pub(crate) async fn placing_with_a_number_that_was_never_held_is_refused(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    // The draft says it holds the number, and the store knows nothing of it.
    let said = StoredOrder { version: 1, value: holding(1, &[number(1)]), trail: End::START };
    draft(&store, 1).await;
    let placing = store.save_order(&said, &acknowledged(1, vec![number(1)]), None, now()).await;
    assert_eq!(placing, Err(StoreError::Taken(number(1))));
}

pub(crate) async fn discarding_a_draft_gives_back_all_it_held(Bench { store, .. }: Bench) {
    let visit = Resource::Slot(slot("2026-03-10", "morning", 1));
    stock(&store, &[number(1), visit.clone()]).await;
    let one = create(&store, holding(1, &[number(1), visit.clone()])).await;
    assert!(!is_free(&store, &number(1), 2).await);
    assert_eq!(store.discard_order(&one, None).await, Ok(()));
    assert!(is_free(&store, &number(1), 3).await);
    assert!(is_free(&store, &visit, 4).await);
}

pub(crate) async fn giving_back_what_somebody_else_has_by_now_leaves_it_to_them(Bench { store, .. }: Bench) {
    stock(&store, &[number(1), number(2), number(3)]).await;
    let one = create(&store, holding(1, &[number(1), number(3)])).await;
    let two = draft(&store, 2).await;
    let takes = ProductOrder::Draft(draft_holding(2, &[number(1)], later(90)));
    assert_eq!(store.save_order(&two, &takes, None, later(31)).await, Ok(2));
    // A clock that is behind believes the hold stands, and tries to give it back; the rest is saved all the same.
    let one = save(&store, &one, holding(1, &[number(2)])).await;
    assert!(!is_free(&store, &number(1), 3).await);
    assert!(!is_free(&store, &number(2), 4).await);
    assert!(is_free(&store, &number(3), 5).await);
    // And so with a draft that is discarded long after its holds lapsed.
    let two = read(&store, 2).await.expect("a read").expect("an order");
    let six = draft(&store, 6).await;
    let takes = ProductOrder::Draft(draft_holding(6, &[number(1)], later(200)));
    assert_eq!(store.save_order(&six, &takes, None, later(91)).await, Ok(2));
    assert_eq!(store.discard_order(&two, None).await, Ok(()));
    assert_eq!(store.discard_order(&one, None).await, Ok(()));
    assert!(!is_free(&store, &number(1), 7).await);
}

pub(crate) async fn cancelling_a_placed_order_gives_back_what_it_had(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    let one = create(&store, holding(1, &[number(1)])).await;
    let one = save(&store, &one, acknowledged(1, vec![number(1)])).await;
    let (order, charge) = (|| placed(1, vec![number(1)]), order_manager::money::Money::zero(order_manager::money::Currency::USD));
    let one = save(&store, &one, ProductOrder::InProgress(InProgress { order: order(), since: now() })).await;
    let pending = PendingCancellation { order: order(), charge, asked: now(), since: now() };
    let one = save(&store, &one, ProductOrder::PendingCancellation(pending)).await;
    assert!(!is_free(&store, &number(1), 2).await);
    let one = save(&store, &one, ProductOrder::Cancelled(Cancelled { order: order(), charge, at: now() })).await;
    assert!(is_free(&store, &number(1), 3).await);
    // Saved again, it does not give away what is another's now.
    save(&store, &one, ProductOrder::Cancelled(Cancelled { order: order(), charge, at: later(1) })).await;
    assert!(!is_free(&store, &number(1), 4).await);
}

pub(crate) async fn rejecting_a_placed_order_gives_back_what_it_had(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    let one = create(&store, acknowledged(1, vec![number(1)])).await;
    let rejected = Rejected { order: placed(1, vec![number(1)]), reason: Text::english("No line"), at: now() };
    save(&store, &one, ProductOrder::Rejected(rejected)).await;
    assert!(is_free(&store, &number(1), 2).await);
}

pub(crate) async fn an_order_that_was_placed_elsewhere_claims_its_numbers_when_it_is_created(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    create(&store, acknowledged(1, vec![number(1)])).await;
    assert!(!is_free(&store, &number(1), 2).await);
    let second = store.create_order(&acknowledged(3, vec![number(1)]), None, later(60 * 24)).await;
    assert_eq!(second, Err(StoreError::Taken(number(1))));
    let again = store.create_order(&acknowledged(1, vec![number(1)]), None, later(60)).await;
    assert!(matches!(again, Ok(Creation::Existed(_))), "{again:?}");
}

pub(crate) async fn an_appointment_is_moved_in_one_save(Bench { store, .. }: Bench) {
    let (first, second) = (Resource::Slot(slot("2026-03-10", "morning", 1)), Resource::Slot(slot("2026-03-11", "morning", 1)));
    stock(&store, &[first.clone(), second.clone()]).await;
    let one = create(&store, acknowledged(1, vec![first.clone()])).await;
    save(&store, &one, acknowledged(1, vec![second.clone()])).await;
    assert!(is_free(&store, &first, 2).await);
    assert!(!is_free(&store, &second, 3).await);
}

pub(crate) async fn a_hold_is_renewed_by_taking_it_again(Bench { store, .. }: Bench) {
    stock(&store, &[number(1)]).await;
    let one = create(&store, holding(1, &[number(1)])).await;
    let renewed = Draft { holds: draft_holding(1, &[number(1)], later(60)).holds, ..plain_draft(1) };
    assert_eq!(store.save_order(&one, &ProductOrder::Draft(renewed), None, later(29)).await, Ok(2));
    let two = draft(&store, 2).await;
    let wants = ProductOrder::Draft(draft_holding(2, &[number(1)], later(75)));
    assert_eq!(store.save_order(&two, &wants, None, later(45)).await, Err(StoreError::Taken(number(1))));
    let offered = store.offered_numbers(RATE_CENTRE, crate::samples::order_id(1), 5, later(45)).await;
    assert_eq!(offered, Ok(vec![is("4045550001")]));
}
