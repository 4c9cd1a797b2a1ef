//! What a partner changes of an order on its way: the day, whom to call, answers; and what stays as it was ordered.

use hyper::Method;
use local_harness::Running;
use order_manager::audit::{Subject, verify};
use order_manager::id::OrderId;
use serde_json::{Value, json};

use super::bad_input::error;
use super::{ALL, ORDERING, System, broadband, document, harness};
use crate::provisioning::{app, placed, provisioning_of, taken, until};

/// An order of Sam's that the provisioning system has.
async fn on_its_way(site: &Running, system: &mut System, external_id: &str) -> (String, OrderId, Value) {
    let page = system.send(Method::POST, &format!("{ORDERING}/productOrder"), Some(&broadband(site, external_id))).await;
    let order = document(&page);
    let id: OrderId = order["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    taken(site, id, 1).await;
    let path = format!("{ORDERING}/productOrder/{id}");
    let order = system.get(&path).await;
    (path, id, order)
}

/// The kinds of events of an order that were published.
fn published(site: &Running, id: OrderId) -> Vec<String> {
    let of_order = |event: &Value| event["detail"]["event"]["productOrder"]["id"] == id.to_string();
    let kind = |event: Value| event["detail-type"].as_str().unwrap_or_default().to_owned();
    site.events().all().into_iter().map(|event| event.event).filter(of_order).map(kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_and_whom_to_call_are_changed_and_the_provisioning_system_hears_of_it() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let (path, id, order) = on_its_way(&site, &mut system, "PATCH-1").await;
    let day = site.clock().now() + jiff::SignedDuration::from_hours(24 * 21);
    let day = format!("{}T00:00:00.000Z", day.to_string().split('T').next().expect("a day"));
    let mut parties = order["relatedParty"].clone();
    parties[1]["name"] = json!("Ana Ruiz");
    parties[1]["contactMedium"][0]["characteristic"]["phoneNumber"] = json!("404-373-0177");
    let patch = json!({ "requestedStartDate": day, "relatedParty": parties, "description": "Moved" });
    let changed = system.send(Method::PATCH, &path, Some(&patch)).await;
    let changed = (changed.status, document(&changed));
    assert_eq!((changed.0, &changed.1["requestedStartDate"]), (200, &json!(day)), "{}", changed.1);
    let trail = app(&site).store.audit_trail(&Subject::Order(id).to_string()).await.expect("a trail");
    assert_eq!(verify(&trail), Ok(()));
    let acts: Vec<_> = trail.iter().map(|entry| (&*entry.act, &*entry.capacity)).skip(1).collect();
    assert_eq!(acts, [("contact-changed", "partner"), ("visit-changed", "partner"), ("order-noted", "partner")], "each once");
    let stands = system.get(&path).await;
    assert_eq!((&stands["relatedParty"][1]["name"], &stands["description"]), (&json!("Ana Ruiz"), &json!("Moved")));
    assert_eq!(stands["requestedStartDate"], json!(day), "{stands}");
    until("the system hears of the day", || async {
        let changes = site.provisioning().service_orders().last().map(|one| json!(one.changes).to_string());
        changes.is_some_and(|changes| changes.contains(&day[..10]) && changes.contains("Ana Ruiz"))
    })
    .await;
    until("it is published", || async {
        published(&site, id).iter().any(|kind| kind == "ProductOrderAttributeValueChangeEvent")
    })
    .await;
    let said = published(&site, id).len();
    system.send(Method::PATCH, &path, Some(&json!({ "description": "Moved again" }))).await;
    until("what is only said is published too", || async { published(&site, id).len() > said }).await;

    for (name, value, code) in [
        ("requestedStartDate", json!("2026-01-01T00:00:00Z"), "dayNotAvailable"),
        ("requestedCompletionDate", json!("2999-01-01T00:00:00Z"), "dayNotAvailable"),
        ("requestedStartDate", json!(null), "notChangeable"),
        ("requestedStartDate", json!("soon"), "invalidValue"),
        ("relatedParty", json!([parties[0]]), "notChangeable"),
        ("relatedParty", json!([{ "id": super::customer(&site, "Maya Chen"), "role": "customer" }, parties[1]]), "notChangeable"),
        ("externalId", json!("PATCH-9"), "notChangeable"),
        ("productOrderItem", json!([]), "notChangeable"),
        ("orderDate", json!("2026-01-01T00:00:00Z"), "notChangeable"),
        ("color", json!("red"), "notChangeable"),
    ] {
        let page = system.send(Method::PATCH, &path, Some(&json!({ name: value }))).await;
        assert_eq!(error(&page).1, code, "{name}: {value}");
    }
    let mut items = stands["productOrderItem"].clone();
    let values = items[0]["product"]["productCharacteristic"].as_array().expect("characteristics");
    let term = values.iter().position(|value| value["name"] == "term").expect("the length of the contract");
    items[0]["product"]["productCharacteristic"][term]["value"] = json!("12-months");
    let page = system.send(Method::PATCH, &path, Some(&json!({ "productOrderItem": items }))).await;
    let said = document(&page);
    assert_eq!(error(&page), (409, "notChangeable".to_owned()));
    let reason = said["reason"].as_str().expect("a reason");
    assert!(reason.contains(&format!("productOrderItem[0].product.productCharacteristic[{term}].value")), "{reason}");
    let mut after = system.get(&path).await;
    after["description"] = stands["description"].clone();
    assert_eq!(after, stands, "none of it has changed anything");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_the_site_is_given_a_name_once_and_is_found_by_it_from_then_on() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    let orders = format!("{ORDERING}/productOrder");
    let path = format!("{orders}/{id}");
    let name = |name: &str| json!({ "externalId": name });
    assert_eq!(system.get(&path).await["externalId"], Value::Null);
    for (wrong, code) in
        [(name(""), "invalidValue"), (name(&"x".repeat(101)), "invalidValue"), (json!({ "externalId": 7 }), "invalidValue")]
    {
        assert_eq!(error(&system.send(Method::PATCH, &path, Some(&wrong)).await).1, code, "{wrong}");
    }
    let named = system.send(Method::PATCH, &path, Some(&json!({ "externalId": "CRM-7", "description": "Ours" }))).await;
    let named = (named.status, document(&named));
    assert_eq!((named.0, &named.1["externalId"], &named.1["description"]), (200, &json!("CRM-7"), &json!("Ours")), "{}", named.1);
    let found = system.get(&format!("{orders}?externalId=CRM-7")).await;
    assert_eq!((found.as_array().map(Vec::len), &found[0]["id"]), (Some(1), &json!(id.to_string())));
    let both = system.get(&format!("{orders}?externalId=CRM-7&id={id}")).await;
    assert_eq!(both.as_array().map(Vec::len), Some(1));

    assert_eq!(system.send(Method::PATCH, &path, Some(&name("CRM-7"))).await.status, 200, "as it is, it is no change");
    assert_eq!(error(&system.send(Method::PATCH, &path, Some(&name("CRM-8"))).await), (409, "notChangeable".to_owned()));
    let sent = system.send(Method::POST, &orders, Some(&broadband(&site, "CRM-7"))).await;
    assert_eq!(error(&sent), (409, "alreadyOrdered".to_owned()), "nothing is sent under a name that an order has");
    let (_, other) = placed(&site, "Sam Ortiz", &["residential-line"]).await;
    let other = format!("{orders}/{other}");
    assert_eq!(error(&system.send(Method::PATCH, &other, Some(&name("CRM-7"))).await), (409, "alreadyOrdered".to_owned()));
    let trail = app(&site).store.audit_trail(&Subject::Order(id).to_string()).await.expect("a trail");
    assert_eq!((verify(&trail), trail.iter().filter(|entry| &*entry.act == "order-noted").count()), (Ok(()), 1));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_characteristic_that_decides_its_price_alone_is_changed_at_the_catalogues_price() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let (path, id, order) = on_its_way(&site, &mut system, "PATCH-3").await;
    let monthly = |order: &Value| order["orderTotalPrice"][0]["price"]["dutyFreeAmount"]["value"].as_f64().expect("a price");
    let mut items = order["productOrderItem"].clone();
    let values = items[0]["product"]["productCharacteristic"].as_array().expect("characteristics");
    let at = values.iter().position(|value| value["name"] == "speed").expect("the speed");
    let mut with_speed = |speed: &str| {
        items[0]["product"]["productCharacteristic"][at]["value"] = json!(speed);
        json!({ "productOrderItem": items })
    };
    let page = system.send(Method::PATCH, &path, Some(&with_speed("1-tbps"))).await;
    assert_eq!(error(&page), (400, "invalidValue".to_owned()));
    let page = system.send(Method::PATCH, &path, Some(&with_speed("1000-mbps"))).await;
    let faster = document(&page);
    assert_eq!(page.status, 200, "{faster}");
    assert!(monthly(&faster) > monthly(&order), "{faster:#}");
    until("the system hears of it", || async {
        let changes = site.provisioning().service_orders().last().map(|one| json!(one.changes).to_string());
        changes.is_some_and(|changes| changes.contains("1000-mbps"))
    })
    .await;
    provisioning_of(&site, id, &[json!({ "do": "finish" })]).await;
    until("it is done", || async { published(&site, id).last().is_some_and(|kind| kind == "ProductOrderStateChangeEvent") })
        .await;
    assert_eq!(error(&system.send(Method::PATCH, &path, Some(&with_speed("100-mbps"))).await), (409, "notChangeable".to_owned()));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_answered_by_a_note_of_its_id_or_by_the_characteristic_that_was_wrong() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let (path, id, _) = on_its_way(&site, &mut system, "PATCH-2").await;
    let advance = json!({ "do": "advance" });
    provisioning_of(&site, id, &[advance, json!({ "do": "ask", "text": "Which floor is it on?" })]).await;
    let asked = system.get(&path).await;
    assert_eq!((&asked["state"], &asked["note"][0]["text"]), (&json!("pending"), &json!("Which floor is it on?")));
    let mut notes = asked["note"].as_array().expect("notes").clone();
    notes.push(json!({ "id": notes[0]["id"], "author": "Ana", "text": "The second" }));
    let page = system.send(Method::PATCH, &path, Some(&json!({ "note": notes }))).await;
    let answered = document(&page);
    assert_eq!((page.status, &answered["state"]), (200, &json!("inProgress")), "{answered}");
    assert_eq!(answered["note"].as_array().map(Vec::len), Some(1), "what we asked is ours to say: {answered}");
    until("the system hears it", || async {
        let changes = site.provisioning().service_orders().last().map(|one| json!(one.changes).to_string());
        changes.is_some_and(|changes| changes.contains("The second"))
    })
    .await;

    let wrong = json!({ "do": "ask", "text": "There is no such speed there.", "field": "speed" });
    provisioning_of(&site, id, &[wrong]).await;
    let asked = system.get(&path).await;
    assert_eq!(asked["state"], "pending");
    let mut items = asked["productOrderItem"].clone();
    let values = items[0]["product"]["productCharacteristic"].as_array_mut().expect("characteristics");
    let at = values.iter().position(|value| value["name"] == "speed").expect("the speed");
    values[at]["value"] = json!("1-tbps");
    let page = system.send(Method::PATCH, &path, Some(&json!({ "productOrderItem": items }))).await;
    assert_eq!(error(&page), (400, "invalidValue".to_owned()));
    items[0]["product"]["productCharacteristic"][at]["value"] = json!("1000-mbps");
    let page = system.send(Method::PATCH, &path, Some(&json!({ "productOrderItem": items }))).await;
    let corrected = document(&page);
    assert_eq!((page.status, &corrected["state"]), (200, &json!("inProgress")), "{corrected}");
    assert_eq!(corrected["productOrderItem"][0]["product"]["productCharacteristic"][at]["value"], "1000-mbps");

    provisioning_of(&site, id, &[json!({ "do": "charge", "amount": "1200", "text": "A trench." })]).await;
    let asked = system.get(&path).await;
    let notes = asked["note"].as_array().expect("notes").clone();
    let charge = notes.last().expect("the charge");
    assert!(charge["text"].as_str().is_some_and(|text| text.contains("A trench.") && text.contains("1,200")), "{charge}");
    let answer = |text: &str| json!({ "note": [{ "id": charge["id"], "text": text }] });
    assert_eq!(error(&system.send(Method::PATCH, &path, Some(&answer("maybe"))).await), (400, "invalidValue".to_owned()));
    let accepted = system.send(Method::PATCH, &path, Some(&answer("accepted"))).await;
    assert_eq!(document(&accepted)["state"], "inProgress");

    provisioning_of(&site, id, &[json!({ "do": "finish" })]).await;
    until("it is done", || async { published(&site, id).last().is_some_and(|kind| kind == "ProductOrderStateChangeEvent") })
        .await;
    for patch in [json!({ "description": "Late" }), json!({ "requestedStartDate": "2026-12-24T00:00:00Z" })] {
        assert_eq!(error(&system.send(Method::PATCH, &path, Some(&patch)).await), (409, "notChangeable".to_owned()));
    }
    site.stop().await;
}
