//! The published catalogue.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use order_manager::catalogue::{Catalogue, NumberAging, Street};
use order_manager::id::Version;
use platform::store::{CatalogueHead, CompactCatalogue, NotPublished, Publications, Store, StoreError, Wanted};

use crate::bench::Bench;
use crate::samples::is;
use crate::stand_in::{StandIn, Trick};

/// A catalogue of a version, with so many streets: thousands of them take several rows.
pub(crate) fn sample(version: &str, streets: u32) -> Catalogue {
    let street = |number: u32| Street {
        name: format!("Avenue number {number} of a city with many").into(),
        numbers: (1, number + 1),
        city: "Atlanta".into(),
        state: is("GA"),
        zip: is("30309"),
    };
    Catalogue {
        version: Version(version.into()),
        currency_code: "USD".into(),
        offerings: vec![],
        changes: std::collections::BTreeMap::new(),
        surcharges: vec![],
        areas: vec![],
        streets: (0..streets).map(street).collect(),
        holidays: vec![is("2026-12-25")],
        letters: vec![],
        terms_of_service: vec![],
        windows: vec![],
        order_templates: vec![],
        discretion: None,
        negotiation: None,
        number_aging: NumberAging { residential: 90, business: 365 },
    }
}

/// A time on the first day of December, and so many minutes.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    is::<Timestamp>("2026-12-01T05:00:00Z") + SignedDuration::from_mins(minutes)
}

/// Publishes what was checked to take effect at a minute, as somebody who has looked at what is there.
pub(crate) async fn publish(store: &Store, catalogue: &Catalogue, from: i64, now: i64) -> Result<CatalogueHead, NotPublished> {
    let compact = CompactCatalogue::of(catalogue).expect("a compact form");
    let seen = store.publications().await.expect("what there is").head;
    store.publish_catalogue(&compact, minute(from), minute(now), &seen).await
}

async fn in_force(store: &Store, at: i64) -> Option<Version> {
    store.load(&Wanted::default()).await.expect("a load").catalogue_head.in_force(minute(at)).cloned()
}

fn version(text: &str) -> Version {
    Version(text.into())
}

pub(crate) async fn a_published_catalogue_comes_back_whole(Bench { store, .. }: Bench) {
    for catalogue in [sample("small", 1), sample("large", 30_000)] {
        assert_eq!(store.published_catalogue(&catalogue.version).await, Ok(None));
        publish(&store, &catalogue, 0, 0).await.expect("a head");
        let found = store.published_catalogue(&catalogue.version).await.expect("a read");
        assert!(found == Some(catalogue));
    }
}

pub(crate) async fn the_head_names_the_catalogue_published_last(Bench { store, .. }: Bench) {
    assert_eq!(in_force(&store, 0).await, None);
    for (now, which) in (0..).zip(["1", "2", "1"]) {
        publish(&store, &sample(which, 1), now, now).await.expect("a head");
        assert_eq!(in_force(&store, now).await, Some(version(which)));
    }
}

pub(crate) async fn the_head_names_the_next_one_too_and_when_it_takes_effect(Bench { store, .. }: Bench) {
    publish(&store, &sample("1", 1), 0, 0).await.expect("a head");
    publish(&store, &sample("2", 1), 60, 1).await.expect("a head");
    for (at, which) in [(1, "1"), (59, "1"), (60, "2"), (600, "2")] {
        assert_eq!(in_force(&store, at).await, Some(version(which)), "minute {at}");
    }
    // A third one can follow when the second has taken effect, and nothing is lost between.
    publish(&store, &sample("3", 1), 120, 61).await.expect("a head");
    for (at, which) in [(61, "2"), (119, "2"), (120, "3")] {
        assert_eq!(in_force(&store, at).await, Some(version(which)), "minute {at}");
    }
}

pub(crate) async fn what_has_not_taken_effect_can_be_taken_back_and_published_again(Bench { store, .. }: Bench) {
    publish(&store, &sample("1", 1), 0, 0).await.expect("a head");
    let seen = publish(&store, &sample("2", 1), 60, 1).await.expect("a head");
    assert_eq!(store.withdraw_catalogue(&version("1"), minute(2), &seen).await, Err(NotPublished::NotNext));
    store.withdraw_catalogue(&version("2"), minute(2), &seen).await.expect("a head");
    assert_eq!(in_force(&store, 60).await, Some(version("1")));
    let from = |all: Publications| all.versions.iter().map(|published| published.from).collect::<Vec<_>>();
    assert_eq!(from(store.publications().await.expect("all")), [Some(minute(0)), None]);
    publish(&store, &sample("2", 1), 90, 3).await.expect("a head");
    assert_eq!((in_force(&store, 89).await, in_force(&store, 90).await), (Some(version("1")), Some(version("2"))));
    assert_eq!(from(store.publications().await.expect("all")), [Some(minute(0)), Some(minute(90))]);
}

pub(crate) async fn all_that_was_published_is_listed_in_its_order(Bench { store, .. }: Bench) {
    assert_eq!(store.publications().await, Ok(Publications::default()));
    for (now, which) in (0..).zip(["b", "a", "c", "a"]) {
        publish(&store, &sample(which, 1), now, now).await.expect("a head");
    }
    let all = store.publications().await.expect("all");
    let said: Vec<_> = all.versions.iter().map(|one| (one.version.to_string(), one.published, one.from)).collect();
    let line = |which: &str, published, from| (which.to_owned(), minute(published), Some(minute(from)));
    assert_eq!(said, [line("b", 0, 0), line("a", 1, 3), line("c", 2, 2)]);
    let compact = CompactCatalogue::of(&sample("a", 1)).expect("a compact form");
    assert_eq!((all.versions[1].content.as_str(), all.versions[1].size), (compact.content(), compact.size()));
}

pub(crate) async fn a_version_is_never_published_with_other_content(Bench { store, .. }: Bench) {
    publish(&store, &sample("1", 1), 0, 0).await.expect("a head");
    publish(&store, &sample("2", 1), 1, 1).await.expect("a head");
    for streets in [2, 30_000] {
        assert_eq!(publish(&store, &sample("1", streets), 2, 2).await, Err(NotPublished::OtherContent));
    }
    assert_eq!(in_force(&store, 2).await, Some(version("2")));
    assert_eq!(store.published_catalogue(&version("1")).await, Ok(Some(sample("1", 1))));
}

pub(crate) async fn of_two_that_publish_at_once_the_one_who_has_not_seen_the_other_is_refused(Bench { store, .. }: Bench) {
    let compact = |which| CompactCatalogue::of(&sample(which, 1)).expect("a compact form");
    for round in 0..2 {
        let seen = store.publications().await.expect("what there is").head;
        let (first, second) = (compact(if round == 0 { "1" } else { "3" }), compact(if round == 0 { "2" } else { "4" }));
        let head = store.publish_catalogue(&first, minute(round), minute(round), &seen).await.expect("a head");
        let refused = store.publish_catalogue(&second, minute(round), minute(round), &seen).await;
        assert_eq!(refused, Err(NotPublished::Store(StoreError::Conflict)));
        assert_eq!(store.load(&Wanted::default()).await.expect("a load").catalogue_head, head);
    }
    let listed = store.publications().await.expect("all").versions;
    assert_eq!(listed.len(), 2, "what was refused is not listed: {listed:?}");
}

pub(crate) async fn a_publishing_whose_answer_was_lost_is_one(bench: Bench) {
    let (stand_in, way) = StandIn::before(&bench.end_point, [("TransactWriteItems", Trick::LoseAnswer)]).await;
    publish(&bench.store_at(&way), &sample("1", 1), 0, 0).await.expect("a head");
    assert!(stand_in.is_done());
    assert_eq!(in_force(&bench.store, 0).await, Some(version("1")));
}

pub(crate) async fn a_catalogue_with_a_part_missing_is_corrupt(bench: Bench) {
    let catalogue = sample("1", 30_000);
    publish(&bench.store, &catalogue, 0, 0).await.expect("a head");
    let table = bench.table("catalogue");
    let rows = bench.raw.query().table_name(&table).key_condition_expression("pk = :pk AND begins_with(sk, :part)");
    let rows = rows.expression_attribute_values(":pk", AttributeValue::S("catalogue#1#1".to_owned()));
    let rows = rows.expression_attribute_values(":part", AttributeValue::S("part#".to_owned())).send().await.expect("parts");
    let rows = rows.items.unwrap_or_default();
    assert!(rows.len() > 1);
    let key: HashMap<_, _> = rows[0].clone().into_iter().filter(|(name, _)| name == "pk" || name == "sk").collect();
    bench.raw.delete_item().table_name(table).set_key(Some(key)).send().await.expect("a deletion");
    let found = bench.store.published_catalogue(&catalogue.version).await;
    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{found:?}");
}

pub(crate) async fn a_catalogue_that_is_not_what_was_published_is_corrupt(bench: Bench) {
    let catalogue = sample("1", 1);
    publish(&bench.store, &catalogue, 0, 0).await.expect("a head");
    let (pk, sk) = ("catalogue#1#1".to_owned(), "part#0000".to_owned());
    let key = HashMap::from([("pk".to_owned(), AttributeValue::S(pk)), ("sk".to_owned(), AttributeValue::S(sk))]);
    let table = bench.table("catalogue");
    let part = bench.raw.get_item().table_name(&table).set_key(Some(key.clone())).send().await.expect("an answer").item;
    let part = part.expect("the part");
    let mut bytes = part["bytes"].as_b().expect("bytes").clone().into_inner();
    // The street is called otherwise: that would read well.
    let name = bytes.windows(6).position(|word| word == b"Avenue").expect("the street's name");
    bytes[name] = b'a';
    let update = bench.raw.update_item().table_name(table).set_key(Some(key)).update_expression("SET #bytes = :bytes");
    let update = update.expression_attribute_names("#bytes", "bytes");
    let update = update.expression_attribute_values(":bytes", AttributeValue::B(bytes.into()));
    update.send().await.expect("an update");
    let found = bench.store.published_catalogue(&catalogue.version).await;
    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{found:?}");
}
