//! The trails of who did what.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::join;
use order_manager::audit::{Act, Broken, Capacity, Digest, Entry, Event, Subject, verify};
use order_manager::order::ProductOrder;
use platform::store::{Creation, Store, StoreError};

use crate::bench::Bench;
use crate::orders::read;
use crate::samples::{acknowledged, by_staff, customer_id, later, now, order_id, person, plain_draft};
use crate::stand_in::{StandIn, Trick};

fn subject() -> Subject {
    Subject::Person(person())
}

fn event(minute: i64) -> Event {
    Event::new(Act::SignedIn, later(minute), Some(person()), Capacity::Customer).on("/sign-in").of(customer_id()).about("x")
}

pub(crate) async fn what_is_added_comes_back_in_its_order_and_is_whole(Bench { store, .. }: Bench) {
    let bare = Event::new(Act::SignInFailed, later(0), None, Capacity::Visitor);
    let mut added = vec![];
    for event in [bare, event(1), event(2)] {
        added.push(store.audit(&subject(), &event).await.expect("an entry"));
    }
    for number in 3..15 {
        added.push(store.audit(&subject(), &event(number)).await.expect("an entry"));
    }
    let trail = store.audit_trail(&subject().to_string()).await.expect("a trail");
    assert_eq!(trail, added);
    assert_eq!(verify(&trail), Ok(()));
    assert_eq!((trail[0].before, &*trail[1].act, &*trail[1].capacity), (Digest::NONE, "signed-in", "customer"));
}

pub(crate) async fn each_subject_has_a_trail_of_its_own(Bench { store, .. }: Bench) {
    let subjects = [subject(), Subject::Customer(customer_id()), Subject::Order(order_id(1)), Subject::address("a@example.com")];
    for subject in &subjects {
        for minute in 0..2 {
            store.audit(subject, &event(minute)).await.expect("an entry");
        }
    }
    let trails = store.audit_trails().await.expect("trails");
    assert_eq!(trails.len(), subjects.len());
    assert!(trails.iter().all(|trail| trail.len() == 2 && verify(trail) == Ok(())), "{trails:#?}");
    assert_eq!(store.audit_trail("person#nobody").await, Ok(vec![]));
}

pub(crate) async fn of_several_that_add_at_once_none_is_lost(bench: Bench) {
    let stores: Vec<_> = (0..4).map(|_| bench.store_at(&bench.end_point)).collect();
    let added = stores.iter().zip(0..).map(|(store, minute)| async move {
        // Each goes on until it is in, as whoever must not lose an entry does.
        while store.audit(&subject(), &event(minute)).await == Err(StoreError::Conflict) {}
    });
    futures_util::future::join_all(added).await;
    let trail = bench.store.audit_trail(&subject().to_string()).await.expect("a trail");
    assert_eq!((trail.len(), verify(&trail)), (4, Ok(())));
}

pub(crate) async fn an_entry_whose_answer_was_lost_is_there_once(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, [("PutItem", Trick::LoseAnswer)]).await;
    let entry = bench.store_at(&way).audit(&subject(), &event(1)).await.expect("an entry");
    assert!(stand_in.is_done());
    assert_eq!(bench.store.audit_trail(&subject().to_string()).await, Ok(vec![entry]));
}

pub(crate) async fn what_was_changed_in_the_table_is_noticed(bench: Bench) {
    for minute in 0..3 {
        bench.store.audit(&subject(), &event(minute)).await.expect("an entry");
    }
    let key = |sequence: &str| {
        HashMap::from([
            ("pk".to_owned(), AttributeValue::S(subject().to_string())),
            ("sk".to_owned(), AttributeValue::S(sequence.to_owned())),
        ])
    };
    let trail = async || bench.store.audit_trail(&subject().to_string()).await.expect("a trail");
    let change = bench.raw.update_item().table_name(bench.table("audit")).set_key(Some(key("000000000002")));
    let change = change.update_expression("SET act = :act");
    change.expression_attribute_values(":act", AttributeValue::S("signed-out".to_owned())).send().await.expect("a change");
    assert_eq!(verify(&trail().await), Err(Broken::Changed(2)));
    let delete = bench.raw.delete_item().table_name(bench.table("audit")).set_key(Some(key("000000000002")));
    delete.send().await.expect("a deletion");
    assert_eq!(verify(&trail().await), Err(Broken::Missing(2)));
}

/// What is on the trail of the first order: acts, in their order. The trail is whole.
async fn acts_on(store: &Store) -> Vec<Box<str>> {
    let trail = store.audit_trail(&Subject::Order(order_id(1)).to_string()).await.expect("a trail");
    assert_eq!(verify(&trail), Ok(()));
    trail.into_iter().map(|entry| entry.act).collect()
}

pub(crate) async fn what_is_done_to_an_order_is_on_record_and_nothing_that_is_not(Bench { store, .. }: Bench) {
    let draft = ProductOrder::Draft(plain_draft(1));
    let begun = by_staff(Act::OrderBegun, 0);
    assert_eq!(store.create_order(&draft, Some(&begun), now()).await, Ok(Creation::Created));
    assert_eq!(store.create_order(&draft, Some(&begun), now()).await, Ok(Creation::Created), "the same form a second time");
    let before = read(&store, 1).await.expect("a read").expect("an order");
    let (sending, placing) = (by_staff(Act::OrderSent, 1), by_staff(Act::OrderPlaced, 1));
    let after = acknowledged(1, vec![]);
    let saved = join(
        store.save_order(&before, &draft, Some(&sending), later(1)),
        store.save_order(&before, &after, Some(&placing), later(1)),
    );
    let stands = match saved.await {
        (Ok(2), Err(StoreError::Conflict)) => "order-sent",
        (Err(StoreError::Conflict), Ok(2)) => "order-placed",
        saved => panic!("{saved:?}"),
    };
    // Somebody does something that goes on no record, and the trail goes on from where it ended.
    let before = read(&store, 1).await.expect("a read").expect("an order");
    assert_eq!(store.save_order(&before, &after, None, later(2)).await, Ok(3));
    let before = read(&store, 1).await.expect("a read").expect("an order");
    assert_eq!((before.version, before.trail.sequence), (3, 2));
    let cancelling = by_staff(Act::CancellationAsked, 3);
    assert_eq!(store.save_order(&before, &after, Some(&cancelling), later(3)).await, Ok(4));
    assert_eq!(store.save_order(&before, &after, Some(&cancelling), later(4)).await, Err(StoreError::Conflict));
    assert_eq!(acts_on(&store).await, ["order-begun".into(), stands.into(), "cancellation-asked".into()] as [Box<str>; 3]);
}

pub(crate) async fn an_orders_trail_goes_on_after_what_else_was_written_on_it(Bench { store, .. }: Bench) {
    let draft = ProductOrder::Draft(plain_draft(1));
    for (minute, act) in [(0, Act::OrderBegun), (2, Act::OrderBegun)] {
        // The second time the order is another one: the first was thrown away.
        assert_eq!(store.create_order(&draft, Some(&by_staff(act, minute)), later(minute)).await, Ok(Creation::Created));
        let before = read(&store, 1).await.expect("a read").expect("an order");
        store.audit(&Subject::Order(order_id(1)), &by_staff(Act::OrderNoted, minute)).await.expect("an entry");
        let discarding = by_staff(Act::OrderDiscarded, minute + 1);
        assert_eq!(store.discard_order(&before, Some(&discarding)).await, Ok(()));
        assert_eq!(store.discard_order(&before, Some(&discarding)).await, Err(StoreError::Conflict));
    }
    let once = ["order-begun", "order-noted", "order-discarded"].map(Box::<str>::from);
    assert_eq!(acts_on(&store).await, [once.clone(), once].concat());
}

pub(crate) async fn an_act_whose_answer_was_lost_is_on_record_once(bench: Bench) {
    let lose = || [("TransactWriteItems", Trick::LoseAnswer)];
    let draft = ProductOrder::Draft(plain_draft(1));
    let (stand_in, way) = StandIn::before(&bench.end_point, lose()).await;
    let begun = by_staff(Act::OrderBegun, 0);
    assert_eq!(bench.store_at(&way).create_order(&draft, Some(&begun), now()).await, Ok(Creation::Created));
    assert!(stand_in.is_done());
    let before = read(&bench.store, 1).await.expect("a read").expect("an order");
    let (stand_in, way) = StandIn::before(&bench.end_point, lose()).await;
    let placing = by_staff(Act::OrderPlaced, 1);
    let placed = bench.store_at(&way).save_order(&before, &acknowledged(1, vec![]), Some(&placing), later(1)).await;
    assert_eq!((placed, stand_in.is_done()), (Ok(2), true));
    assert_eq!(acts_on(&bench.store).await, ["order-begun", "order-placed"].map(Box::<str>::from));
}

pub(crate) async fn an_entry_says_nothing_that_was_not_put_into_it(bench: Bench) {
    let event = Event::new(Act::SignInFailed, later(0), None, Capacity::Visitor);
    bench.store.audit(&Subject::address("maya@example.com"), &event).await.expect("an entry");
    let rows = bench.raw.scan().table_name(bench.table("audit")).send().await.expect("rows").items.unwrap_or_default();
    let names: Vec<_> = rows.iter().flat_map(HashMap::keys).map(String::as_str).collect();
    assert!(!names.contains(&"person") && !names.contains(&"customer"), "{names:?}");
    assert!(!format!("{rows:?}").contains("maya"), "whose address it is stands nowhere");
    let read: Vec<Entry> = bench.store.audit_trail(&Subject::address("Maya@example.com").to_string()).await.expect("a trail");
    assert_eq!(read.len(), 1);
}
