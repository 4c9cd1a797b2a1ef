//! What the contract's conformance profile asks: the attributes that a resource has to have, the filters, and the parts of lists.

use std::collections::BTreeSet;

use hyper::Method;
use serde_json::{Value, json};

use super::bad_input::error;
use super::{ALL, ORDERING, System, broadband, customer, document, harness};

/// What is missing of what has to be there, as paths in which `[]` is each entry of a list, of which there is one at least.
fn missing(resource: &Value, paths: &[&str]) -> Vec<String> {
    let is_there = |path: &str| {
        let mut found = vec![resource];
        for part in path.split('.') {
            let (name, each) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
            found = found.into_iter().map(|value| &value[name]).collect();
            if each {
                found = found.into_iter().flat_map(|value| value.as_array().into_iter().flatten()).collect();
            }
        }
        !found.is_empty() && found.iter().all(|value| !value.is_null() && **value != json!(""))
    };
    paths.iter().filter(|path| !is_there(path)).map(|path| (*path).to_owned()).collect()
}

/// The names of a resource's attributes.
fn names(resource: &Value) -> BTreeSet<&str> {
    resource.as_object().expect("a resource").keys().map(String::as_str).collect()
}

const ORDER: [&str; 14] = [
    "id",
    "href",
    "orderDate",
    "state",
    "@type",
    "productOrderItem[].id",
    "productOrderItem[].action",
    "productOrderItem[].state",
    "productOrderItem[].quantity",
    "productOrderItem[].productOffering.id",
    "productOrderItem[].product.productCharacteristic[].name",
    "productOrderItem[].product.productCharacteristic[].value",
    "relatedParty[].id",
    "relatedParty[].@referredType",
];

const TASK: [&str; 5] = ["id", "href", "state", "productOrder.id", "productOrder.href"];

#[tokio::test]
async fn what_is_answered_has_every_attribute_that_it_has_to_have() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let page = system.send(Method::POST, &orders, Some(&broadband(&site, "CONF-1"))).await;
    let created = document(&page);
    assert_eq!((page.status, page.headers["location"].as_str()), (201, created["href"].as_str().expect("an address")));
    assert_eq!(missing(&created, &ORDER), [""; 0], "{created:#}");
    let path = created["href"].as_str().and_then(|href| href.strip_prefix(&site.origin())).expect("an address here").to_owned();
    let read = system.get(&path).await;
    assert_eq!(missing(&read, &ORDER), [""; 0], "{read:#}");
    for order in system.get(&orders).await.as_array().expect("a list") {
        assert_eq!(missing(order, &ORDER[..9]), [""; 0], "{order:#}");
    }
    let patched = document(&system.send(Method::PATCH, &path, Some(&json!({ "description": "A" }))).await);
    assert_eq!(missing(&patched, &ORDER), [""; 0]);

    // `relatedParty`, and an item's `id` and `action`, are enough to be taken.
    let least = json!({
        "relatedParty": [{ "id": customer(&site, "Sam Ortiz"), "@referredType": "Customer" }],
        "productOrderItem": [{ "id": "1", "action": "add" }],
    });
    let page = system.send(Method::POST, &orders, Some(&least)).await;
    assert_eq!((page.status, &document(&page)["state"]), (201, &json!("acknowledged")), "{}", page.html);

    let ask = json!({ "productOrder": { "id": created["id"], "@referredType": "ProductOrder" } });
    let page = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&ask)).await;
    let task = document(&page);
    assert_eq!((page.status, page.headers["location"].as_str()), (201, task["href"].as_str().expect("an address")));
    assert_eq!(missing(&task, &TASK), [""; 0], "{task}");
    assert_eq!(task["productOrder"]["href"], created["href"]);
    let listed = system.get(&format!("{ORDERING}/cancelProductOrder?fields=state")).await;
    assert_eq!(names(&listed[0]), BTreeSet::from(["href", "id", "state"]));
    site.stop().await;
}

#[tokio::test]
async fn each_filter_holds_by_itself_and_with_others_and_any_other_is_an_error() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let mut placed = vec![];
    for name in ["CONF-2", "CONF-3"] {
        placed.push(document(&system.send(Method::POST, &orders, Some(&broadband(&site, name))).await));
        site.clock().advance(jiff::SignedDuration::from_secs(60));
    }
    let refused = json!({
        "externalId": "CONF-4",
        "relatedParty": [{ "id": customer(&site, "Sam Ortiz") }],
        "productOrderItem": [{ "id": "1", "action": "add" }],
    });
    placed.push(document(&system.send(Method::POST, &orders, Some(&refused)).await));
    let text = |order: &Value, name: &str| order[name].as_str().expect("a text").replace('+', "%2B");
    let ids: Vec<String> = placed.iter().map(|order| text(order, "id")).collect();
    let dates: Vec<String> = placed.iter().map(|order| text(order, "orderDate")).collect();
    let since = format!("orderDate.gte={}", dates[0]);
    for (query, expected) in [
        (format!("id={}", ids[0]), vec![0]),
        (format!("id={},{}", ids[0], ids[2]), vec![0, 2]),
        ("externalId=CONF-3".to_owned(), vec![1]),
        ("externalId=CONF-4".to_owned(), vec![2]),
        ("externalId=CONF".to_owned(), vec![]),
        (format!("externalId=CONF-3&id={}", ids[0]), vec![]),
        (format!("{since}&state=rejected"), vec![2]),
        (format!("{since}&state=acknowledged,inProgress"), vec![0, 1]),
        (format!("{since}&state=acknowledged,inProgress,rejected"), vec![0, 1, 2]),
        (format!("id={},{}&state=rejected", ids[0], ids[2]), vec![2]),
        (since.clone(), vec![0, 1, 2]),
        (format!("orderDate.gt={}", dates[0]), vec![1, 2]),
        (format!("{since}&orderDate.lt={}", dates[2]), vec![0, 1]),
        (format!("{since}&orderDate.lte={}", dates[1]), vec![0, 1]),
        (format!("{since}&offset=1"), vec![0, 1]),
        (format!("{since}&offset=1&limit=1"), vec![1]),
        (format!("{since}&offset=3"), vec![]),
    ] {
        let page = system.send(Method::GET, &format!("{orders}?{query}"), None).await;
        assert_eq!(page.status, 200, "{query}: {}", page.html);
        let found: BTreeSet<String> = document(&page).as_array().expect("a list").iter().map(|order| text(order, "id")).collect();
        assert_eq!(found, expected.iter().map(|at| ids[*at].clone()).collect(), "{query}");
        assert_eq!(page.headers["x-result-count"], found.len().to_string(), "{query}");
        let total: usize = page.headers["x-total-count"].parse().expect("a count");
        assert!(total >= found.len() && (query.contains("offset") || total == found.len()), "{query}: {total}");
    }
    for query in
        ["category=a", "orderDate=2026-11-23", "completionDate.gt=2026-11-23", "state.ne=held", "sort=id", "filter=$", "ID=1"]
    {
        let page = system.send(Method::GET, &format!("{orders}?{query}"), None).await;
        assert_eq!(error(&page), (400, "unknownQueryParameter".to_owned()), "{query}");
    }
    for query in ["limit=101", "limit=0", "limit=ten", "offset=-1", "state=open", "orderDate.gt=soon", "id=1&id=2"] {
        let page = system.send(Method::GET, &format!("{orders}?{query}"), None).await;
        assert_eq!(error(&page), (400, "invalidQueryParameter".to_owned()), "{query}");
    }
    let some = system.get(&format!("{orders}/{}?fields=state,orderDate,nothing", ids[0])).await;
    assert_eq!(names(&some), BTreeSet::from(["href", "id", "orderDate", "state"]));
    site.stop().await;
}
