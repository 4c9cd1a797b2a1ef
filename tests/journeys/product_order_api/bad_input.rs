//! Whatever a system sends that is wrong: an error in TM Forum's form, nothing changed, and never a failure of ours.

use hyper::Method;
use serde_json::{Value, json};

use super::{ALL, CATALOGUE, ORDERING, System, broadband, customer, document, harness, party};
use crate::provisioning::{provisioning_of, taken};

/// The error of an answer: its status, and the name of what is wrong.
pub(super) fn error(page: &tests::browser::Page) -> (u16, String) {
    let said = document(page);
    assert_eq!(said["status"], page.status.to_string(), "{said}");
    assert!(said["reason"].as_str().is_some_and(|reason| !reason.is_empty() && !reason.contains('⟦')), "{said}");
    (page.status, said["code"].as_str().expect("a code").to_owned())
}

#[tokio::test]
async fn what_can_not_be_meant_is_named() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let sam = customer(&site, "Sam Ortiz");
    let items = |items: Value| json!({ "relatedParty": party(&sam), "productOrderItem": items });
    let of = |id: &str| json!({ "relatedParty": party(id), "productOrderItem": [{ "id": "1", "action": "add" }] });
    let with = |name: &str, value: Value| {
        let mut order = broadband(&site, "PO-3");
        order[name] = value;
        order
    };
    for (order, code) in [
        (json!([]), "invalidBody"),
        (json!({}), "invalidValue"),
        (items(json!([])), "invalidValue"),
        (items(json!([7])), "invalidValue"),
        (items(json!("all")), "invalidValue"),
        (items(json!([{ "action": "add" }])), "missingProperty"),
        (items(json!([{ "id": "1" }])), "missingProperty"),
        (items(json!([{ "id": 1, "action": "add" }])), "invalidValue"),
        (items(json!([{ "id": "1", "action": "explode" }])), "unknownAction"),
        (items(json!([{ "id": "1", "action": "add" }, { "id": "1", "action": "add" }])), "invalidValue"),
        (items(json!([{ "id": "1", "action": "add", "quantity": "two" }])), "invalidValue"),
        (items(json!([{ "id": "1", "action": "add", "product": [] }])), "invalidValue"),
        (json!({ "productOrderItem": [{ "id": "1", "action": "add" }] }), "unknownCustomer"),
        (of("nobody"), "unknownCustomer"),
        (of("0192f0c4-7a10-7c01-8a01-00000000ffff"), "unknownCustomer"),
        (of(&customer(&site, "Maya Chen")), "unknownCustomer"),
        (with("requestedStartDate", json!("tomorrow")), "invalidValue"),
        (with("externalId", json!({})), "invalidValue"),
        (with("description", json!("x".repeat(2_001))), "invalidValue"),
        (with("billingAccount", json!({ "id": "somebody's" })), "unknownBillingAccount"),
    ] {
        let page = system.send(Method::POST, &orders, Some(&order)).await;
        assert_eq!(error(&page), (400, code.to_owned()), "{order}");
    }
    let of_product = |name: &str, value: Value| {
        let mut order = broadband(&site, "PO-3");
        order["productOrderItem"][0]["product"][name] = value;
        order
    };
    let called = |media: Value| json!([{ "id": sam }, { "role": "contact", "name": "Ana", "contactMedium": media }]);
    let fax = json!([{ "mediumType": "fax", "characteristic": { "phoneNumber": "404-555-0142" } }]);
    let letter = |day: &str| json!([{ "id": "1", "agreementItemId": "number-port", "signedBy": "Ana", "signedDate": day }]);
    let address = json!({ "streetName": "Main Street", "city": "Atlanta", "stateOrProvince": "GA", "postcode": "3030" });
    for (order, code) in [
        (with("relatedParty", called(json!([]))), "invalidValue"),
        (with("relatedParty", called(fax)), "invalidValue"),
        (with("relatedParty", json!([{ "id": sam }, { "role": "contact" }])), "missingProperty"),
        (of_product("place", json!(7)), "invalidValue"),
        (of_product("place", json!([{}])), "missingProperty"),
        (of_product("place", json!([address])), "invalidValue"),
        (of_product("place", json!([{ "id": "nowhere" }])), "invalidPlace"),
        (of_product("agreement", json!([{ "id": "1" }])), "missingProperty"),
        (of_product("agreement", letter("yesterday")), "invalidValue"),
        (of_product("productCharacteristic", json!([{ "name": "speed" }])), "missingProperty"),
        (of_product("productCharacteristic", json!([{ "value": 1 }])), "missingProperty"),
    ] {
        let page = system.send(Method::POST, &orders, Some(&order)).await;
        assert_eq!(error(&page), (400, code.to_owned()), "{order}");
    }
    let mut elsewhere = broadband(&site, "PO-4");
    elsewhere["productOrderItem"][0]["product"]["place"] = json!([{ "id": "0192f0c4-7a10-7c01-8a01-00000000ffff" }]);
    assert_eq!(error(&system.send(Method::POST, &orders, Some(&elsewhere)).await), (400, "invalidPlace".to_owned()));
    assert_eq!(system.get(&format!("{orders}?externalId=PO-3")).await, json!([]), "nothing has come of any of it");
    site.stop().await;
}

#[tokio::test]
async fn bodies_that_do_not_read_are_refused_before_anything_else_is_looked_at() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let deep = "[".repeat(100_000);
    let nested = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let large = json!({ "description": "x".repeat(5_000_000) }).to_string();
    for (body, media, expected) in [
        ("{", "application/json", (400, "invalidBody")),
        ("", "application/json", (400, "invalidBody")),
        ("\u{0}", "application/json", (400, "invalidBody")),
        ("{\"a\": 1e999}", "application/json", (400, "invalidBody")),
        (&deep, "application/json", (400, "invalidBody")),
        (&nested, "application/json", (400, "invalidBody")),
        (&large, "application/json", (413, "bodyTooLarge")),
        ("a=b", "application/x-www-form-urlencoded", (415, "unsupportedMediaType")),
        ("{}", "", (415, "unsupportedMediaType")),
    ] {
        for (method, path) in [
            (Method::POST, &orders),
            (Method::POST, &format!("{ORDERING}/hub")),
            (Method::POST, &format!("{ORDERING}/cancelProductOrder")),
            (Method::PATCH, &format!("{orders}/0192f0c4-7a10-7c01-8a01-00000000ffff")),
        ] {
            let page = system.send_text(method, path, Some(body.to_owned()), media).await;
            let (status, code) = expected;
            assert_eq!(error(&page), (status, code.to_owned()), "{}", &body[..body.len().min(40)]);
        }
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_is_past_is_said_and_changes_nothing() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let done = document(&system.send(Method::POST, &orders, Some(&broadband(&site, "PO-7"))).await);
    let id: order_manager::id::OrderId = done["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    taken(&site, id, 1).await;
    provisioning_of(&site, id, &[json!({ "do": "finish" })]).await;
    let bare =
        json!({ "relatedParty": party(&customer(&site, "Sam Ortiz")), "productOrderItem": [{ "id": "1", "action": "add" }] });
    let refused = document(&system.send(Method::POST, &orders, Some(&bare)).await);
    let cancel = format!("{ORDERING}/cancelProductOrder");
    for (order, state, deleted) in [(&done, "completed", 409), (&refused, "rejected", 204)] {
        let path = format!("{orders}/{}", order["id"].as_str().expect("an id"));
        let stands = system.get(&path).await;
        assert_eq!(stands["state"], state, "{stands}");
        for (name, value) in [
            ("description", json!("Too late")),
            ("requestedStartDate", json!("2026-12-24T00:00:00Z")),
            ("state", json!("acknowledged")),
            ("productOrderItem", json!([])),
            ("relatedParty", json!(null)),
        ] {
            let page = system.send(Method::PATCH, &path, Some(&json!({ name: value }))).await;
            assert_eq!(error(&page), (409, "notChangeable".to_owned()), "{state}: {name}");
            assert!(document(&page)["reason"].as_str().is_some_and(|reason| reason.contains(name) && reason.contains(state)));
        }
        let page = system.send(Method::POST, &cancel, Some(&json!({ "productOrder": { "id": order["id"] } }))).await;
        assert_eq!(error(&page), (409, "notCancellable".to_owned()), "{state}");
        assert_eq!(system.get(&path).await, stands, "nothing has changed");
        assert_eq!(system.send(Method::DELETE, &path, None).await.status, deleted, "{state}");
    }
    site.stop().await;
}

#[tokio::test]
async fn without_a_token_that_holds_and_is_good_for_it_nothing_is_said() {
    let site = harness().await;
    let mut reader = System::with(&site, "partners/orders.read").await;
    let orders = format!("{ORDERING}/productOrder");
    let post = reader.send(Method::POST, &orders, Some(&broadband(&site, "PO-5"))).await;
    assert_eq!(error(&post), (403, "insufficientScope".to_owned()));
    let good = reader.token.clone();
    let (signed, _) = good.rsplit_once('.').expect("a token of three parts");
    for token in ["x", "a.b.c", &format!("{signed}."), &format!("{signed}.AAAA"), &format!("{good}x")] {
        reader.token = token.to_owned();
        let page = reader.send(Method::GET, &orders, None).await;
        assert_eq!(error(&page), (401, "invalidToken".to_owned()), "{token}");
        assert_eq!(page.headers["www-authenticate"], "Bearer");
    }
    let bare = reader.http.send(Method::GET, &orders, None, &[]).await;
    assert_eq!(error(&bare), (401, "missingToken".to_owned()));
    // An hour later, the good one holds no more.
    site.clock().advance(jiff::SignedDuration::from_secs(3_700));
    reader.token = good;
    assert_eq!(error(&reader.send(Method::GET, &orders, None).await), (401, "invalidToken".to_owned()));
    site.stop().await;
}

#[tokio::test]
async fn other_partners_customers_orders_are_not_there() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let mayas = crate::people::signed_in(&site, "Maya Chen").await;
    let page = mayas.1;
    let (start, rest) = page.html.split_once("/orders/").expect("an order of hers");
    assert!(!start.is_empty());
    let order = &rest[..36];
    let path = format!("{ORDERING}/productOrder/{order}");
    for (method, body) in [(Method::GET, None), (Method::PATCH, Some(json!({}))), (Method::DELETE, None)] {
        assert_eq!(error(&system.send(method, &path, body.as_ref()).await), (404, "notFound".to_owned()));
    }
    assert_eq!(system.get(&format!("{ORDERING}/productOrder?id={order}")).await, json!([]));
    let cancel = json!({ "productOrder": { "id": order } });
    let page = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&cancel)).await;
    assert_eq!(error(&page), (400, "invalidValue".to_owned()));
    let page = system.send(Method::GET, &format!("{ORDERING}/cancelProductOrder/{order}-1"), None).await;
    assert_eq!(page.status, 404);
    site.stop().await;
}

#[tokio::test]
async fn queries_addresses_and_methods_that_are_not_taken_are_said_to_be_so() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    for query in ["color=red", "state=draft", "state=", "limit=101", "limit=0", "offset=-1", "orderDate=2026-01-01", "id=1&id=2"]
    {
        let page = system.send(Method::GET, &format!("{ORDERING}/productOrder?{query}"), None).await;
        assert_eq!(page.status, 400, "{query}: {}", page.html);
        assert!(error(&page).1.ends_with("QueryParameter"), "{query}");
    }
    for path in ["productOrder/1", "productOrder/x/y", "cancelProductOrder/x", "nothing", "hub/x/y"] {
        let page = system.send(Method::GET, &format!("{ORDERING}/{path}"), None).await;
        assert_eq!(error(&page), (404, "notFound".to_owned()), "{path}");
    }
    for (method, path) in [
        (Method::PUT, format!("{ORDERING}/productOrder")),
        (Method::DELETE, format!("{ORDERING}/productOrder")),
        (Method::POST, format!("{ORDERING}/productOrder/1")),
        (Method::GET, format!("{ORDERING}/hub")),
        (Method::POST, format!("{CATALOGUE}/productOffering")),
    ] {
        assert_eq!(error(&system.send(method, &path, None).await), (405, "methodNotAllowed".to_owned()), "{path}");
    }
    site.stop().await;
}

#[tokio::test]
async fn listeners_are_called_on_the_internet_only() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    for callback in [
        "https://127.0.0.1/",
        "https://localhost:8443/events",
        "https://10.0.0.1/events",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "http://198.41.0.4/events",
        "https://user@198.41.0.4/",
        "https://198.41.0.4:22/",
        "ftp://198.41.0.4/",
        "not an address",
    ] {
        let page = system.send(Method::POST, &format!("{ORDERING}/hub"), Some(&json!({ "callback": callback }))).await;
        assert_eq!(error(&page), (400, "invalidCallback".to_owned()), "{callback}");
    }
    let unknown = json!({ "callback": "https://198.41.0.4/", "query": "eventType=SomethingElse" });
    let page = system.send(Method::POST, &format!("{ORDERING}/hub"), Some(&unknown)).await;
    assert_eq!(error(&page), (400, "invalidQuery".to_owned()));
    site.stop().await;
}
