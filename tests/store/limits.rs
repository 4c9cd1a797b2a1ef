//! How often something may be tried.

use std::net::IpAddr;

use aws_sdk_dynamodb::types::AttributeValue;
use platform::limits::{Leave, Limit};

use crate::bench::Bench;
use crate::samples::{later, now};

const EMAIL: Limit<'_> = Limit::SignIn("maya@example.com");

pub(crate) async fn the_sixth_try_in_a_quarter_of_an_hour_has_to_wait(Bench { store, .. }: Bench) {
    for _ in 0..5 {
        assert_eq!(EMAIL.take(&store, now()).await, Ok(Leave::Given));
    }
    let until = later(15);
    assert_eq!(EMAIL.take(&store, now()).await, Ok(Leave::Exhausted(until)));
    assert_eq!(EMAIL.take(&store, later(14)).await, Ok(Leave::Wait(until)));
    assert_eq!(Limit::SignIn("sam@example.com").take(&store, now()).await, Ok(Leave::Given), "nobody else has to");
    assert_eq!(Limit::CodeOf("maya@example.com").take(&store, now()).await, Ok(Leave::Given), "nor for anything else");
    assert_eq!(EMAIL.take(&store, until).await, Ok(Leave::Given), "afterwards it may be tried again");
}

pub(crate) async fn a_wait_doubles_each_time_it_comes_to_one(Bench { store, .. }: Bench) {
    let mut at = now();
    for minutes in [15, 30, 60] {
        for _ in 0..5 {
            assert_eq!(EMAIL.take(&store, at).await, Ok(Leave::Given));
        }
        let Ok(Leave::Exhausted(until)) = EMAIL.take(&store, at).await else { panic!("the sixth has to wait") };
        assert_eq!(until.duration_since(at).as_mins(), minutes);
        at = until;
    }
}

pub(crate) async fn the_right_try_forgives_those_before_it(Bench { store, .. }: Bench) {
    for _ in 0..6 {
        EMAIL.take(&store, now()).await.expect("an answer");
    }
    assert!(matches!(EMAIL.take(&store, now()).await, Ok(Leave::Wait(_))));
    EMAIL.forgive(&store, now()).await.expect("forgiven");
    assert_eq!(EMAIL.take(&store, now()).await, Ok(Leave::Given));
}

pub(crate) async fn of_many_tries_at_once_no_more_get_through(bench: Bench) {
    let stores: Vec<_> = (0..3).map(|_| bench.store_at(&bench.end_point)).collect();
    let tries = stores.iter().flat_map(|store| (0..6).map(move |_| EMAIL.take(store, now())));
    let given = futures_util::future::join_all(tries).await.into_iter().filter(|leave| *leave == Ok(Leave::Given)).count();
    assert_eq!(given, 5);
}

pub(crate) async fn what_is_counted_by_window_is_free_in_the_next(Bench { store, .. }: Bench) {
    let from: IpAddr = "198.51.100.7".parse().expect("an address");
    let limit = Limit::SignInFrom(from);
    let mut given = 0;
    let end = loop {
        match limit.take(&store, now()).await.expect("an answer") {
            Leave::Given => given += 1,
            Leave::Exhausted(end) => break end,
            Leave::Wait(_) => panic!("the first that is too many says so"),
        }
    };
    assert_eq!(given, 30);
    assert_eq!(limit.take(&store, now()).await, Ok(Leave::Wait(end)));
    assert_eq!(limit.take(&store, end).await, Ok(Leave::Given));
}

pub(crate) async fn counters_expire_and_say_nothing_of_whose_they_are(bench: Bench) {
    for _ in 0..6 {
        EMAIL.take(&bench.store, now()).await.expect("an answer");
    }
    let rows = bench.raw.scan().table_name(bench.table("sessions")).send().await.expect("rows").items.unwrap_or_default();
    assert_eq!(rows.len(), 2);
    assert!(!format!("{rows:?}").contains("maya"));
    for row in rows {
        let expires: i64 =
            row.get("expires_at").and_then(|value| AttributeValue::as_n(value).ok()?.parse().ok()).expect("an end");
        assert!(expires > now().as_second(), "{row:?}");
    }
}
