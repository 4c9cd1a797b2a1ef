//! The published catalogue.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::catalogue::{Catalogue, Street};
use order_manager::id::Version;
use platform::store::{Store, StoreError, Wanted};

use crate::bench::Bench;
use crate::samples::is;

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
        surcharges: vec![],
        areas: vec![],
        streets: (0..streets).map(street).collect(),
        holidays: vec![is("2026-12-25")],
        letters: vec![],
        terms_of_service: vec![],
        windows: vec![],
    }
}

async fn head(store: &Store) -> Option<Version> {
    store.load(&Wanted::default()).await.expect("a load").catalogue_head
}

pub(crate) async fn a_published_catalogue_comes_back_whole(Bench { store, .. }: Bench) {
    for catalogue in [sample("small", 1), sample("large", 30_000)] {
        assert_eq!(store.published_catalogue(&catalogue.version).await, Ok(None));
        assert_eq!(store.publish_catalogue(&catalogue).await, Ok(()));
        let found = store.published_catalogue(&catalogue.version).await.expect("a read");
        assert!(found == Some(catalogue));
    }
}

pub(crate) async fn the_head_names_the_catalogue_published_last(Bench { store, .. }: Bench) {
    assert_eq!(head(&store).await, None);
    for version in ["1", "2", "1"] {
        assert_eq!(store.publish_catalogue(&sample(version, 1)).await, Ok(()));
        assert_eq!(head(&store).await, Some(Version(version.into())));
    }
}

pub(crate) async fn a_version_is_never_published_with_other_content(Bench { store, .. }: Bench) {
    store.publish_catalogue(&sample("1", 1)).await.expect("a catalogue");
    store.publish_catalogue(&sample("2", 1)).await.expect("a catalogue");
    assert_eq!(store.publish_catalogue(&sample("1", 2)).await, Err(StoreError::Conflict));
    assert_eq!(head(&store).await, Some(Version("2".into())));
    assert_eq!(store.published_catalogue(&Version("1".into())).await, Ok(Some(sample("1", 1))));
}

pub(crate) async fn a_catalogue_with_a_part_missing_is_corrupt(bench: Bench) {
    let catalogue = sample("1", 30_000);
    bench.store.publish_catalogue(&catalogue).await.expect("a catalogue");
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
