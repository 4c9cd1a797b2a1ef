//! What customers are told of their orders, and what is published of them: once each, and nothing that did not happen.

use std::time::Duration;

use hyper::Method;
use local_harness::Running;
use order_manager::decide::{Command, Progress, decide};
use order_manager::order::ProductOrder;
use order_manager::text::Text;
use platform::store::{StoredOrder, Wanted};
use serde_json::{Value, json};
use tests::browser::Browser;
use tokio::time::sleep;

use crate::people::{begun, signed_in, site, walk};

/// Waits until something has come about that comes by itself.
async fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..200 {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come about");
}

/// The subjects of what somebody was told of an order.
fn told(site: &Running, reference: &str) -> Vec<String> {
    let about = |mail: &&local_harness::Sent| mail.text.contains(reference);
    site.outbox().all().iter().filter(about).map(|mail| mail.subject.clone()).collect()
}

/// The events of an order, by their names.
fn published(site: &Running, order: &str) -> Vec<(String, String)> {
    let of_order = |event: &Value| event["detail"]["event"]["productOrder"]["id"] == *order;
    let named = |event: Value| {
        let state = event["detail"]["event"]["productOrder"]["state"].as_str().expect("a state").to_owned();
        (event["detail-type"].as_str().expect("a name").to_owned(), state)
    };
    site.events().all().into_iter().map(|event| event.event).filter(of_order).map(named).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_hears_of_an_order_that_is_placed_and_of_what_becomes_of_it_once_each() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let (page, _) = walk(&mut browser, page, &[("delivery", "email"), ("terms", "yes")], "/placed").await;
    let order = page.path.split('/').nth(2).expect("an order").to_owned();
    let id: order_manager::id::OrderId = order.parse().expect("an id");
    let reference = id.reference();
    until(|| told(&site, &reference).contains(&format!("We have your Meridian order {reference}")).then_some(())).await;
    let first = until(|| published(&site, &order).into_iter().next()).await;
    assert_eq!(first, ("ProductOrderCreateEvent".to_owned(), "acknowledged".to_owned()));

    // Somebody asks the customer something; the order's row is changed by the domain's own decision.
    let app = platform::App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let catalogue = platform::catalogue::embedded().expect("a catalogue");
    let ask = Text::english("Which floor is it on?");
    for _ in 0..100 {
        let before = read(&app, id).await;
        let now = app.clock.now();
        let progress = match &before.value {
            ProductOrder::Acknowledged(_) => Progress::Start,
            ProductOrder::InProgress(_) => Progress::Ask(ask.clone()),
            _ => break,
        };
        let after = decide(&before.value, Command::Progress(progress), &catalogue, now).expect("a next state");
        let _ = app.store.save_order(&before, &after, None, now).await;
    }
    let question = format!("Your Meridian order {reference} needs your attention");
    until(|| told(&site, &reference).contains(&question).then_some(())).await;
    let asked = site.outbox().all().into_iter().find(|mail| mail.subject == question).expect("the question");
    assert!(asked.text.contains("Which floor is it on?") && asked.html.is_some_and(|html| html.contains("Which floor")));
    let has = |name: &str, state: &str| {
        let wanted = (name.to_owned(), state.to_owned());
        move |all: &Vec<(String, String)>| all.contains(&wanted)
    };
    let (changed, required) =
        (has("ProductOrderStateChangeEvent", "pending"), has("ProductOrderInformationRequiredEvent", "pending"));
    until(|| Some(published(&site, &order)).filter(|all| changed(all) && required(all))).await;

    // Whatever comes again tells nothing again.
    let event = site.events().all().into_iter().rev().find(|event| event.event["detail-type"] == "ProductOrderStateChangeEvent");
    let before = told(&site, &reference);
    let environment = site.environment("notify").expect("the function");
    let again = platform::App::new(environment, site.clock().for_functions()).expect("an application");
    let notify = machine::functions().into_iter().find(|function| function.name == "notify").expect("the function");
    for _ in 0..3 {
        (notify.handler)(&again, event.clone().expect("an event").event).await.expect("an answer");
    }
    assert_eq!(told(&site, &reference), before);
    let mut once = before.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), before.len(), "each once: {before:?}");
    assert!(site.dead_letters().all().is_empty(), "{:?}", site.dead_letters().all());

    let shown = Browser::new(site.address()).send(Method::GET, "/_harness/events.json", None, &[]).await;
    let shown: Value = serde_json::from_str(&shown.html).expect("events");
    assert!(shown.as_array().expect("a list").iter().any(|event| event["event"]["source"] == json!("order-manager")));
    site.stop().await;
}

async fn read(app: &platform::App, id: order_manager::id::OrderId) -> StoredOrder {
    let wanted = Wanted { order: Some(id), ..Wanted::default() };
    app.store.load(&wanted).await.expect("the store").order.expect("the order")
}
