//! What an order costs in DynamoDB, from the first page to the confirmation: calls and capacity units, as the engine counts them.

use std::collections::BTreeMap;

use tests::walk::{begun, walk};

use crate::people::signed_in;
use crate::round_trips::{Call, counted};

const ANSWERS: &[(&str, &str)] =
    &[("number-source", "new"), ("locks", "local"), ("signature", "Sam Ortiz"), ("delivery", "email"), ("terms", "yes")];

/// Calls that write; all others read.
const WRITES: [&str; 5] = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];

/// What infra/README.md reckons with, for one order from the customer's page to its confirmation: what is ordered, the most units of
/// reading, and the most of writing.
const RECKONED: [(&[&str], f64, f64); 2] =
    [(&["broadband-internet"], 102.0, 38.0), (&["broadband-internet", "residential-line"], 135.0, 63.0)];

#[tokio::test(flavor = "multi_thread")]
async fn an_order_costs_no_more_capacity_than_the_readme_reckons_with() {
    for (offerings, most_read, most_written) in RECKONED {
        let (site, counter) = counted().await;
        let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
        counter.calls();
        let page = begun(&mut browser, &page, offerings).await;
        let (_, way) = walk(&mut browser, page, ANSWERS, "/placed").await;
        let calls = counter.calls();
        site.stop().await;

        let mut by_operation: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
        for call in &calls {
            let (times, units) = by_operation.entry(&call.operation).or_default();
            *times += 1;
            *units += call.units;
        }
        let units = |writes: bool| {
            let of = |call: &&Call| WRITES.contains(&call.operation.as_str()) == writes;
            calls.iter().filter(of).map(|call| call.units).sum::<f64>()
        };
        let (read, written) = (units(false), units(true));
        let summary = format!(
            "{offerings:?}: {} pages, {} calls, {read} read, {written} written: {by_operation:?}",
            way.len(),
            calls.len()
        );
        assert!(read > 0.0 && written > 0.0, "the engine counts: {summary}");
        assert!(read <= most_read && written <= most_written, "{summary}");
    }
}
