//! What happens when the network or the database does not do its part.

use order_manager::audit::End;
use order_manager::order::{Draft, ProductOrder};
use platform::store::{Creation, StoreError, StoredOrder, Wanted};
use serde_json::json;

use crate::bench::Bench;
use crate::orders::{create, read};
use crate::samples::{RATE_CENTRE, acknowledged, draft_holding, is, later, now, number, order_id, plain_draft};
use crate::stand_in::{StandIn, Trick};

fn draft(order: u64) -> ProductOrder {
    ProductOrder::Draft(plain_draft(order))
}

/// A transaction's refusal in which every one of so many rows met another transaction.
fn met_another(rows: usize) -> Trick {
    let reasons: Vec<_> = (0..rows).map(|_| json!({"Code": "TransactionConflict", "Message": "busy"})).collect();
    let error = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    Trick::Answer(400, json!({"__type": error, "Message": "cancelled", "CancellationReasons": reasons}).to_string())
}

pub(crate) async fn keys_left_unprocessed_are_asked_for_again(bench: Bench) {
    let order = create(&bench.store, draft(1)).await;
    let (stand_in, way) =
        StandIn::before(&bench.end_point, [("BatchGetItem", Trick::LeaveUnprocessed), ("BatchGetItem", Trick::LeaveUnprocessed)])
            .await;
    assert_eq!(read(&bench.store_at(&way), 1).await, Ok(Some(order)));
    assert_eq!((stand_in.calls_of("BatchGetItem"), stand_in.is_done()), (3, true));
}

pub(crate) async fn keys_left_unprocessed_for_ever_are_unavailable(bench: Bench) {
    let tricks = std::iter::repeat_n(("BatchGetItem", Trick::LeaveUnprocessed), 20);
    let (_, way) = StandIn::before(&bench.end_point, tricks).await;
    let loaded = bench.store_at(&way).load(&Wanted::default()).await;
    assert!(matches!(loaded, Err(StoreError::Unavailable(_))), "{loaded:?}");
}

pub(crate) async fn rows_left_unprocessed_are_written_again(bench: Bench) {
    let tricks = || std::iter::repeat_n(("BatchWriteItem", Trick::LeaveUnprocessed), 2);
    let (stand_in, way) = StandIn::before(&bench.end_point, tricks()).await;
    let number = is("4045550001");
    bench.store_at(&way).put_numbers(&[(RATE_CENTRE.into(), number)]).await.expect("a number");
    assert_eq!((stand_in.calls_of("BatchWriteItem"), stand_in.is_done()), (3, true));
    assert_eq!(bench.store.offered_numbers(RATE_CENTRE, order_id(1), 5, now()).await, Ok(vec![number]));
    let (_, way) = StandIn::before(&bench.end_point, tricks().cycle().take(20)).await;
    let loaded = bench.store_at(&way).put_numbers(&[(RATE_CENTRE.into(), is("4045550002"))]).await;
    assert!(matches!(loaded, Err(StoreError::Unavailable(_))), "{loaded:?}");
}

pub(crate) async fn a_save_whose_answer_was_lost_is_a_save(bench: Bench) {
    let before = create(&bench.store, draft(1)).await;
    let (stand_in, way) = StandIn::before(&bench.end_point, [("PutItem", Trick::LoseAnswer)]).await;
    let after = ProductOrder::Draft(Draft { changed: later(1), ..plain_draft(1) });
    assert_eq!(bench.store_at(&way).save_order(&before, &after, None, later(1)).await, Ok(2));
    assert_eq!((stand_in.calls_of("PutItem"), stand_in.is_done()), (2, true));
    assert_eq!(read(&bench.store, 1).await, Ok(Some(StoredOrder { version: 2, value: after, trail: End::START })));
}

pub(crate) async fn a_placing_whose_answer_was_lost_is_placed_once(bench: Bench) {
    bench.store.put_number(RATE_CENTRE, is("4045550001")).await.expect("a number");
    let lose = || [("TransactWriteItems", Trick::LoseAnswer)];
    let held = ProductOrder::Draft(draft_holding(1, &[number(1)], later(30)));
    let (stand_in, way) = StandIn::before(&bench.end_point, lose()).await;
    assert_eq!(bench.store_at(&way).create_order(&held, None, now()).await, Ok(Creation::Created));
    assert!(stand_in.is_done());
    let (stand_in, way) = StandIn::before(&bench.end_point, lose()).await;
    let before = StoredOrder { version: 1, value: held, trail: End::START };
    let placed = acknowledged(1, vec![number(1)]);
    assert_eq!(bench.store_at(&way).save_order(&before, &placed, None, later(1)).await, Ok(2));
    assert!(stand_in.is_done());
    assert_eq!(read(&bench.store, 1).await, Ok(Some(StoredOrder { version: 2, value: placed, trail: End::START })));
}

pub(crate) async fn a_transaction_that_met_another_is_tried_again(bench: Bench) {
    let before = create(&bench.store, draft(1)).await;
    let busy = || ("TransactWriteItems", met_another(3));
    let (stand_in, way) = StandIn::before(&bench.end_point, [busy(), busy()]).await;
    assert_eq!(bench.store_at(&way).save_order(&before, &acknowledged(1, vec![]), None, now()).await, Ok(2));
    assert_eq!((stand_in.calls_of("TransactWriteItems"), stand_in.is_done()), (3, true));
}

pub(crate) async fn a_transaction_that_keeps_meeting_others_is_unavailable(bench: Bench) {
    let before = create(&bench.store, draft(1)).await;
    let tricks = std::iter::repeat_n(("TransactWriteItems", met_another(3)), 20);
    let (_, way) = StandIn::before(&bench.end_point, tricks).await;
    let saved = bench.store_at(&way).save_order(&before, &acknowledged(1, vec![]), None, now()).await;
    assert!(matches!(saved, Err(StoreError::Unavailable(_))), "{saved:?}");
    assert_eq!(read(&bench.store, 1).await, Ok(Some(before)));
}

pub(crate) async fn a_throttled_call_is_tried_again(bench: Bench) {
    let error = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
    let throttled = Trick::Answer(400, json!({"__type": error, "message": "slow down"}).to_string());
    let (stand_in, way) = StandIn::before(&bench.end_point, [("BatchGetItem", throttled.clone()), ("Query", throttled)]).await;
    let store = bench.store_at(&way);
    assert_eq!(read(&store, 1).await, Ok(None));
    assert_eq!(store.offered_numbers(RATE_CENTRE, order_id(1), 5, now()).await, Ok(vec![]));
    assert!(stand_in.is_done());
}

pub(crate) async fn a_table_that_is_not_there_is_unavailable(bench: Bench) {
    bench.raw.delete_table().table_name(bench.table("orders")).send().await.expect("a table deleted");
    let found = read(&bench.store, 1).await;
    assert!(matches!(found, Err(StoreError::Unavailable(_))), "{found:?}");
    let saved = bench.store.create_order(&draft(1), None, now()).await;
    assert!(matches!(saved, Err(StoreError::Unavailable(_))), "{saved:?}");
}
