//! What is kept of a customer is given to them, and erased as far as nothing asks for it to be kept.

use std::path::Path;

use iom::customers::{Failure, Retention, erase, export};
use iom::publishing::Run;
use local_harness::Running;
use order_manager::id::{CustomerId, OrderId};
use order_manager::order::OrderState;
use serde_json::{Value, json};

use crate::people::{begun, signed_in, site};
use crate::provisioning::{app, assessed, known, placed, provisioning_of, taken, until_state};

const YEARS: Retention = Retention { orders: 7, agreements: 10 };

async fn erased(site: &Running, customer: CustomerId, retention: Retention, run: Run) -> Result<String, Failure> {
    let (app, mut said) = (app(site), vec![]);
    erase(&app.store, &app.files, customer, retention, run, site.clock().now(), &mut said).await?;
    Ok(String::from_utf8(said).expect("a text"))
}

async fn exported(site: &Running, customer: CustomerId, to: &Path) -> String {
    let (app, mut said) = (app(site), vec![]);
    export(&app.store, &app.files, customer, to, site.clock().now(), &mut said).await.expect("it is written");
    String::from_utf8(said).expect("a text")
}

fn document(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).expect("JSON")
}

/// Sam, with a draft, and an order that was placed and is not finished.
async fn sam(site: &Running) -> (CustomerId, OrderId, OrderId) {
    let (mut browser, order) = placed(site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(site, order, 1).await;
    let home = site.personas().iter().find(|persona| persona.name == "Sam Ortiz").expect("Sam").customer;
    let page = browser.get(&format!("/customers/{home}")).await;
    let draft = begun(&mut browser, &page, &["residential-line"]).await;
    let draft = draft.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order's address");
    (home, order, draft)
}

/// Sam's order is cancelled, and finished by that.
async fn cancelled(site: &Running, order: OrderId) {
    let (mut browser, _) = signed_in(site, "Sam Ortiz").await;
    let page = browser.get(&format!("/orders/{order}/cancel")).await;
    browser.submit(&page.form("/cancel").answered(&[])).await;
    assessed(site, order).await;
    provisioning_of(site, order, &[json!({"do": "finish"})]).await;
    until_state(site, order, OrderState::Cancelled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_gets_all_that_is_kept_of_them_as_it_reads() {
    let site = site().await;
    let (sam, order, draft) = sam(&site).await;
    let folder = tempfile::tempdir().expect("a folder");
    let said = exported(&site, sam, folder.path()).await;
    assert!(said.contains(" records and "), "{said}");
    let account = document(folder.path(), "account.json").to_string();
    for kept in ["Sam Ortiz", "415 Church Street", "sam.ortiz@example.com"] {
        assert!(account.contains(kept), "{kept}: {account}");
    }
    let placed = document(folder.path(), &format!("orders/{order}.json"));
    let of_order = |row: &&Value| row["sk"] == "order";
    let row = placed.as_array().expect("rows").iter().find(of_order).expect("the order").clone();
    assert_eq!(row["order"]["acknowledged"]["order"]["ordered_for"]["name"], "Sam Ortiz", "{row:#}");
    assert!(document(folder.path(), &format!("drafts/{draft}.json")).to_string().contains("residential-line"));
    assert!(document(folder.path(), &format!("trails/order-{order}.json")).to_string().contains("order-placed"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_erased_but_for_what_has_to_be_kept_and_for_as_long_as_it_has_to() {
    let site = site().await;
    let (sam, order, draft) = sam(&site).await;
    let open = erased(&site, sam, YEARS, Run::Real).await.expect_err("an order is not finished").to_string();
    assert!(open.contains(&format!("order {}", order.reference())), "{open}");
    cancelled(&site, order).await;

    let (mut browser, home) = signed_in(&site, "Sam Ortiz").await;
    let dry = erased(&site, sam, YEARS, Run::Dry).await.expect("a plan");
    let draft_goes = format!("erased\tdrafts/{draft}.json");
    for said in
        ["erased\taccount.json", &draft_goes, &format!("\torders/{order}.json"), "nothing was erased; with --for-good it is"]
    {
        assert!(dry.contains(said), "{said}: {dry}");
    }
    assert_eq!(browser.get(&home.path).await.status, 200, "nothing is erased by a plan");
    let twenty_six = known(&site, order).await.order.value.customer();
    assert_eq!(twenty_six, sam);

    let said = erased(&site, sam, YEARS, Run::Real).await.expect("it is erased");
    assert!(said.contains("stays until ") && said.contains("admin-delete-user"), "{said}");
    assert_ne!(browser.get(&home.path).await.path, home.path, "the session has ended");
    let store = app(&site).store;
    assert_eq!(store.customer(sam).await.expect("a read"), None);
    assert!(store.orders(&[draft]).await.expect("a read").is_empty(), "the draft is gone");
    assert_eq!(store.orders(&[order]).await.expect("a read").len(), 1, "the order has to be kept");

    // Who did what is as it was written, and the erasure is part of it.
    for trail in store.audit_trails().await.expect("the trails") {
        assert_eq!(order_manager::audit::verify(&trail), Ok(()));
    }
    let acts: Vec<_> =
        store.audit_trail(&format!("customer#{sam}")).await.expect("a trail").into_iter().map(|entry| entry.act).collect();
    assert_eq!(acts.last().map(|act| &**act), Some("customer-erased"));

    // Once its years are over, the order goes as well, and then there is nobody.
    let said = erased(&site, sam, Retention { orders: 0, agreements: 0 }, Run::Real).await.expect("it is erased");
    assert!(said.contains(&format!("erased\torders/{order}.json")), "{said}");
    assert!(matches!(erased(&site, sam, YEARS, Run::Real).await, Err(Failure::Nobody(_))));
    site.stop().await;
}
