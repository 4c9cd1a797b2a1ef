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

/// What was sent of an order under a subject.
async fn mail_of(site: &Running, reference: &str, part_of_subject: &str) -> local_harness::Sent {
    let is_it = |mail: &local_harness::Sent| mail.text.contains(reference) && mail.subject.contains(part_of_subject);
    until(|| site.outbox().all().into_iter().find(is_it)).await
}

/// Has the harness's provisioning system do something about an order.
async fn act(site: &Running, order: &str, mut command: Value) {
    command["order"] = json!(order);
    let headers = [("content-type", "application/json")];
    let page =
        Browser::new(site.address()).send(Method::POST, "/_harness/provisioning.json", Some(command.to_string()), &headers).await;
    assert_eq!(page.status, 200, "{command}: {}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_stops_what_may_be_left_out_and_the_rest_comes_in_the_language_that_was_chosen() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let (page, _) = walk(&mut browser, page, &[("delivery", "email"), ("terms", "yes")], "/placed").await;
    let order = page.path.split('/').nth(2).expect("an order").to_owned();
    let reference = order.parse::<order_manager::id::OrderId>().expect("an id").reference();
    let received = mail_of(&site, &reference, "We have your Meridian order").await;
    assert_eq!(received.unsubscribe, None, "what is agreed is always told");
    assert!(received.text.contains(&format!("{}/customers/", site.origin())), "{}", received.text);
    until(|| site.provisioning().service_orders().iter().any(|one| one.external_id.starts_with(&order)).then_some(())).await;
    act(&site, &order, json!({"do": "advance"})).await;
    let started = mail_of(&site, &reference, "About your Meridian order").await;
    let link = started.unsubscribe.expect("it can be stopped");
    let path = link.strip_prefix(&site.origin()).expect("an address of ours").to_owned();

    // Nobody is signed in where mail is read. A page shows what a button would do, and does nothing by itself.
    let mut reader = Browser::new(site.address());
    let customer = path.split(['/', '.']).nth(2).expect("a customer").to_owned();
    let choice = format!("/customers/{customer}/mail");
    let ticked = |html: &str| html.matches("checked").count();
    let asks = reader.get(&path).await;
    assert!(asks.status == 200 && asks.html.contains("Stop these messages"), "{}", asks.html);
    assert_eq!(ticked(&browser.get(&choice).await.html), 3, "both topics and a language");
    let one_click = [("content-type", "application/x-www-form-urlencoded")];
    let other = if path.ends_with('0') { "1" } else { "0" };
    for wrong in
        [format!("{}{other}", &path[..path.len() - 1]), format!("/unsubscribe/{customer}"), "/unsubscribe/nothing".to_owned()]
    {
        for method in [Method::GET, Method::POST] {
            let page = reader.send(method, &wrong, Some("List-Unsubscribe=One-Click".to_owned()), &one_click).await;
            assert!(page.status == 404 && page.html.contains("This link doesn’t work"), "{wrong}: {} {}", page.status, page.html);
        }
    }
    assert_eq!(ticked(&browser.get(&choice).await.html), 3, "nothing has changed");
    let done = reader.send(Method::POST, &path, Some("List-Unsubscribe=One-Click".to_owned()), &one_click).await;
    assert!(done.status == 200 && done.html.contains("You won’t get these messages any more"), "{}", done.html);
    let page = browser.get(&choice).await;
    assert_eq!(ticked(&page.html), 1, "{}", page.html);

    let saved = browser.submit(&page.form("/mail").with("language", "es")).await;
    assert!(saved.status == 200 && saved.html.contains("It counts from the next message on."), "{}", saved.html);
    act(&site, &order, json!({"do": "jeopardy", "kind": "weather"})).await;
    act(&site, &order, json!({"do": "charge", "amount": "1250.00", "text": "A trench of 40 feet."})).await;
    let charge = mail_of(&site, &reference, "necesita su atención").await;
    assert!(charge.text.contains("A trench of 40 feet.") && charge.text.contains("1,250.00"), "{}", charge.text);
    assert!(charge.html.is_some_and(|html| html.contains("<html lang=\"es\">")) && charge.unsubscribe.is_none());
    act(&site, &order, json!({"do": "resume"})).await;
    act(&site, &order, json!({"do": "finish"})).await;
    let done = mail_of(&site, &reference, "Su servicio de Meridian funciona").await;
    assert!(done.text.contains("Todo lo que pidió funciona."), "{}", done.text);
    let all: Vec<_> =
        site.outbox().all().into_iter().filter(|mail| mail.text.contains(&reference)).map(|mail| mail.text).collect();
    assert_eq!(all.iter().filter(|text| text.contains("1,250.00")).count(), 1, "a charge is asked for once");
    let left_out = |text: &String| text.contains("más tarde de lo que dijimos") || text.contains("estará listo el");
    assert!(!all.iter().any(left_out), "{all:#?}");
    site.stop().await;
}
