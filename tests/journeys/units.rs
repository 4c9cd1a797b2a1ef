//! What an order costs in DynamoDB, from the first page to the confirmation and on to working service: calls and capacity units, as the
//! engine counts them, and how often functions are started.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use local_harness::{Running, SentEvent, ServiceOrder, Streaming};
use order_manager::id::OrderId;
use order_manager::order::OrderState;
use serde_json::json;
use tests::walk::{begun, walk};

use crate::people::signed_in;
use crate::provisioning::{act, known};
use crate::round_trips::{Call, Counter, counted_with};

const ANSWERS: &[(&str, &str)] =
    &[("number-source", "new"), ("locks", "local"), ("signature", "Sam Ortiz"), ("delivery", "email"), ("terms", "yes")];

/// Calls that write; all others read.
const WRITES: [&str; 5] = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];

/// What infra/README.md reckons with, for one order from the customer's page to its confirmation: what is ordered, the most units of
/// reading, and the most of writing.
const RECKONED: [(&[&str], f64, f64); 2] =
    [(&["broadband-internet"], 102.0, 38.0), (&["broadband-internet", "residential-line"], 135.0, 63.0)];

/// What it reckons with from there on to working service: a function, how often it is started, the most units of reading, and the
/// most of writing.
type Reckoned = (&'static str, usize, f64, f64);
const CARRIED_OUT: [(&[&str], [Reckoned; 5]); 2] = [
    (
        &["broadband-internet"],
        [
            ("provision", 8, 25.0, 6.0),
            ("provision-events", 8, 23.0, 81.0),
            ("publish", 9, 0.0, 0.0),
            ("notify", 4, 14.0, 5.0),
            ("deliver", 0, 0.0, 0.0),
        ],
    ),
    (
        &["broadband-internet", "residential-line"],
        [
            ("provision", 15, 63.0, 12.0),
            ("provision-events", 15, 61.0, 183.0),
            ("publish", 16, 0.0, 0.0),
            ("notify", 7, 24.0, 7.0),
            ("deliver", 0, 0.0, 0.0),
        ],
    ),
];

/// What operators read.
const README: &str = include_str!("../../infra/README.md");

#[test]
fn the_readme_reckons_with_what_is_held_here() {
    let [(_, one), (_, two)] = CARRIED_OUT;
    for ((function, started, read, written), (_, of_one, read_of_one, written_of_one)) in two.into_iter().zip(one) {
        let both = |two: f64, one: f64| if two == 0.0 { "0".to_owned() } else { format!("{two} ({one})") };
        let started = if started == 0 { "0".to_owned() } else { format!("{started} ({of_one})") };
        let cells = format!("| {started} | {} | {} |", both(read, read_of_one), both(written, written_of_one));
        let row = README.lines().find(|line| line.starts_with(&format!("| `{function}`"))).unwrap_or_default();
        assert!(row.ends_with(&cells), "{function}: `{row}` ends with `{cells}`");
    }
}

/// Units of reading and of writing, and the calls that they are for.
fn units<'a>(calls: impl Iterator<Item = &'a Call>) -> (f64, f64, BTreeMap<&'a str, (usize, f64)>) {
    let (mut read, mut written, mut by_operation) = (0.0, 0.0, BTreeMap::<_, (usize, f64)>::new());
    for call in calls {
        let sum = if WRITES.contains(&call.operation.as_str()) { &mut written } else { &mut read };
        *sum += call.units;
        let (times, units) = by_operation.entry(&*call.operation).or_default();
        *times += 1;
        *units += call.units;
    }
    (read, written, by_operation)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_costs_no_more_capacity_than_the_readme_reckons_with() {
    for (offerings, most_read, most_written) in RECKONED {
        let (site, counter) = counted_with(Streaming::Off, &[]).await;
        let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
        counter.calls();
        let page = begun(&mut browser, &page, offerings).await;
        let (_, way) = walk(&mut browser, page, ANSWERS, "/placed").await;
        let calls = counter.calls();
        site.stop().await;

        let (read, written, by_operation) = units(calls.iter());
        let summary = format!(
            "{offerings:?}: {} pages, {} calls, {read} read, {written} written: {by_operation:?}",
            way.len(),
            calls.len()
        );
        assert!(read > 0.0 && written > 0.0, "the engine counts: {summary}");
        assert!(read <= most_read && written <= most_written, "{summary}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn carrying_an_order_out_and_telling_of_it_costs_no_more_than_the_readme_reckons_with() {
    let (mut said, mut is_within) = (vec![], true);
    for (offerings, most) in CARRIED_OUT {
        let (site, counter) = counted_with(Streaming::On, &[("TryOutPartner", "no")]).await;
        let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
        let page = begun(&mut browser, &page, offerings).await;
        // What the harness begins with is dealt with before: only this order is counted.
        settled(&counter).await;
        let before: Vec<_> = most.iter().map(|(function, ..)| site.starts(function)).collect();
        let (page, _) = walk(&mut browser, page, ANSWERS, "/placed").await;
        let id: OrderId = page.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order's address");
        let mut calls = settled(&counter).await;
        while let Some(next) = unfinished(&site, id) {
            act(&site, json!({ "do": "advance", "order": next })).await;
            calls.extend(settled(&counter).await);
        }
        let is_of_order = |event: &SentEvent| event.event.to_string().contains(&id.to_string());
        let heard: Vec<_> = site.provisioning().events().into_iter().filter(is_of_order).collect();
        assert!(heard.iter().all(|event| event.status == Some(201)), "{heard:?}");
        let state = known(&site, id).await.order.value.state();
        assert_eq!(state, OrderState::Completed, "all is done");
        assert!(site.dead_letters().all().is_empty());

        let told = site.outbox().all().iter().filter(|mail| mail.text.contains(&id.reference())).count();
        said.push(format!("{offerings:?}: {} events heard, {told} messages", heard.len()));
        for ((function, most_started, most_read, most_written), before) in most.into_iter().zip(before) {
            let started = if function == "provision-events" { heard.len() } else { site.starts(function) - before };
            let (read, written, by_operation) = units(calls.iter().filter(|call| call.caller == function));
            is_within &= started <= most_started && read <= most_read && written <= most_written;
            said.push(format!("{function}: {started} times, {read} read, {written} written: {by_operation:?}"));
        }
        site.stop().await;
    }
    assert!(is_within, "{}", said.join("\n"));
}

/// A service order of an order's that the system has not finished.
fn unfinished(site: &Running, id: OrderId) -> Option<String> {
    let is_it = |one: &ServiceOrder| one.external_id.starts_with(&id.to_string()) && one.state != "completed";
    site.provisioning().service_orders().into_iter().find(is_it).map(|one| one.external_id)
}

/// The calls up to when none comes any more: stages of an order are days apart, and each is dealt with before the next.
async fn settled(counter: &Counter) -> Vec<Call> {
    const STILL: Duration = Duration::from_millis(700);
    let (mut calls, mut last, begun) = (vec![], Instant::now(), Instant::now());
    while last.elapsed() < STILL {
        assert!(begun.elapsed() < Duration::from_secs(60), "the calls go on and on");
        tokio::time::sleep(Duration::from_millis(25)).await;
        let more = counter.calls();
        if !more.is_empty() {
            last = Instant::now();
        }
        calls.extend(more);
    }
    calls
}
