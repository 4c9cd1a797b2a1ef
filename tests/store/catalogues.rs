//! Which catalogue a running function goes by, as the head changes under it and time passes.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::catalogue::Catalogue;
use platform::catalogue::{Catalogues, embedded};
use platform::store::{Store, Wanted};

use crate::bench::Bench;
use crate::catalogue::{minute, publish, sample};
use crate::stand_in::StandIn;

/// What a function goes by at a minute: it reads the head with everything else, as each request does.
async fn goes_by(catalogues: &Catalogues, store: &Store, at: i64) -> String {
    let head = store.load(&Wanted::default()).await.expect("a load").catalogue_head;
    catalogues.current(store, &head, minute(at)).await.expect("a catalogue").version.to_string()
}

fn built_in() -> String {
    embedded().expect("the catalogue that was built in").version.to_string()
}

pub(crate) async fn the_one_that_was_built_in_counts_until_another_is_published(Bench { store, .. }: Bench) {
    let catalogues = Catalogues::default();
    assert_eq!(goes_by(&catalogues, &store, 0).await, built_in());
    publish(&store, &sample("1", 1), 60, 0).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &store, 59).await, built_in());
    assert_eq!(goes_by(&catalogues, &store, 60).await, "1");
}

pub(crate) async fn what_is_published_counts_from_the_next_request_on_and_is_read_once(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, []).await;
    let (running, catalogues) = (bench.store_at(&way), Catalogues::default());
    for (now, which) in (0..).zip(["1", "2", "1"]) {
        publish(&bench.store, &sample(which, 1), now, now).await.expect("a head");
        for _ in 0..3 {
            assert_eq!(goes_by(&catalogues, &running, now).await, which);
        }
    }
    assert_eq!(stand_in.calls_of("Query"), 2, "each of the two was read once");
}

pub(crate) async fn the_next_one_is_read_ahead_and_its_moment_needs_no_read(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, []).await;
    let (running, catalogues) = (bench.store_at(&way), Catalogues::default());
    publish(&bench.store, &sample("1", 1), 0, 0).await.expect("a head");
    publish(&bench.store, &sample("2", 1), 60, 1).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &running, 1).await, "1");
    let (reads, head) = (stand_in.calls_of("Query"), running.load(&Wanted::default()).await.expect("a load").catalogue_head);
    assert_eq!(reads, 2);
    for (at, which) in [(59, "1"), (60, "2"), (61, "2")] {
        let current = catalogues.current(&running, &head, minute(at)).await.expect("a catalogue");
        assert_eq!(&*current.version.0, which, "minute {at}");
    }
    assert_eq!(stand_in.calls_of("Query"), reads, "the clock alone decides");
}

pub(crate) async fn what_was_taken_back_never_counts(Bench { store, .. }: Bench) {
    let catalogues = Catalogues::default();
    publish(&store, &sample("1", 1), 0, 0).await.expect("a head");
    let seen = publish(&store, &sample("2", 1), 60, 1).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &store, 1).await, "1");
    store.withdraw_catalogue(&sample("2", 1).version, minute(2), &seen).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &store, 60).await, "1");
}

pub(crate) async fn what_a_later_format_publishes_leaves_functions_of_this_one_where_they_are(bench: Bench) {
    let catalogues = Catalogues::default();
    publish(&bench.store, &sample("1", 1), 0, 0).await.expect("a head");
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let head = HashMap::from([
        ("pk".to_owned(), text("head#2")),
        ("sk".to_owned(), text("head")),
        ("shape".to_owned(), text("of another kind")),
    ]);
    bench.raw.put_item().table_name(bench.table("catalogue")).set_item(Some(head)).send().await.expect("a row");
    assert_eq!(goes_by(&catalogues, &bench.store, 1).await, "1");
    assert_eq!(bench.store.publications().await.expect("all").versions.len(), 1);
}

pub(crate) async fn a_catalogue_that_does_not_read_here_is_passed_over_and_what_counted_goes_on(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, []).await;
    let (running, catalogues) = (bench.store_at(&way), Catalogues::default());
    publish(&bench.store, &sample("1", 1), 0, 0).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &running, 0).await, "1");
    publish(&bench.store, &sample("2", 1), 1, 1).await.expect("a head");
    spoil(&bench, "2").await;
    for at in 1..4 {
        assert_eq!(goes_by(&catalogues, &running, at).await, "1", "minute {at}");
    }
    assert_eq!(stand_in.calls_of("Query"), 2, "it is not asked for again and again");
    // A function that begins now has only what it was built with.
    assert_eq!(goes_by(&Catalogues::default(), &running, 4).await, built_in());
    publish(&bench.store, &sample("3", 1), 5, 5).await.expect("a head");
    assert_eq!(goes_by(&catalogues, &running, 5).await, "3");
}

/// Writes something over a catalogue's only part that no function reads.
async fn spoil(bench: &Bench, version: &str) {
    let update = bench.raw.update_item().table_name(bench.table("catalogue"));
    let update =
        update.key("pk", AttributeValue::S(format!("catalogue#1#{version}"))).key("sk", AttributeValue::S("part#0000".into()));
    let update = update.update_expression("SET #bytes = :bytes").expression_attribute_names("#bytes", "bytes");
    let update = update.expression_attribute_values(":bytes", AttributeValue::B(Blob::new([255_u8; 40])));
    update.send().await.expect("an update");
}

pub(crate) async fn an_order_is_shown_by_the_catalogue_it_was_placed_by(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, []).await;
    let (running, catalogues) = (bench.store_at(&way), Catalogues::default());
    for (now, which) in (0..).zip(["1", "2"]) {
        publish(&bench.store, &sample(which, 1), now, now).await.expect("a head");
    }
    let head = running.load(&Wanted::default()).await.expect("a load").catalogue_head;
    let in_force = catalogues.current(&running, &head, minute(2)).await.expect("a catalogue");
    let named = async |which: &str| catalogues.of(&running, &sample(which, 1).version, &in_force).await;
    for (which, found) in [("1", "1"), ("2", "2"), ("1", "1"), ("forgotten", "2"), ("forgotten", "2")] {
        assert_eq!(&*named(which).await.version.0, found, "{which}");
    }
    let built_in: std::sync::Arc<Catalogue> = embedded().expect("the catalogue that was built in");
    assert_eq!(catalogues.of(&running, &built_in.version, &in_force).await.version, built_in.version);
    assert_eq!(stand_in.calls_of("Query"), 3, "2, 1 and what there is not, each once");
}
