//! From a placed order to working service: provisioning takes it up, tells of it, asks, is late, and is done.

use std::net::Ipv4Addr;
use std::time::Duration;

use hyper::Method;
use jiff::SignedDuration;
use local_harness::{Options, ProvisioningSystem, Running, start};
use order_manager::audit::{Subject, verify};
use order_manager::catalogue::Family;
use order_manager::id::OrderId;
use order_manager::order::{Content, OrderState};
use platform::provisioning::{SIGNATURE, signature};
use platform::store::{Provisioning, Reached};
use platform::{App, Environment};
use serde_json::{Value, json};
use tests::browser::{Browser, Page};

use crate::people::{begun, signed_in, site, walk};
use crate::product_order_api::{ALL, ORDERING, System};

/// What the harness's provisioning system and the site sign with, as its template's parameter says.
const KEY: &str = "the harness's own provisioning key";

const ANSWERS: &[(&str, &str)] = &[("delivery", "email"), ("terms", "yes")];

/// An order of a customer's for broadband, placed, and the page that confirms it.
pub(crate) async fn placed(site: &Running, name: &str, offerings: &[&str]) -> (Browser, OrderId) {
    let (mut browser, page) = signed_in(site, name).await;
    let page = begun(&mut browser, &page, offerings).await;
    let (page, _) = walk(&mut browser, page, ANSWERS, "/placed").await;
    let id = page.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order's address");
    (browser, id)
}

pub(crate) fn app(site: &Running) -> App {
    let environment: &Environment = site.whole_environment();
    App::new(environment, site.clock().for_functions()).expect("an application")
}

pub(crate) async fn known(site: &Running, id: OrderId) -> Provisioning {
    app(site).store.provisioning(id).await.expect("a read").expect("the order")
}

/// Waits until something is so: streams and events come when they come.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    for _ in 0..2_400 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never: {what}");
}

pub(crate) async fn until_state(site: &Running, id: OrderId, state: OrderState) {
    let what = format!("the order is {}", state.wire_name());
    until(&what, || async { known(site, id).await.order.value.state() == state }).await;
}

/// The system has the order's service orders, so many of them.
pub(crate) async fn taken(site: &Running, id: OrderId, count: usize) {
    let is_of = |external: &str| external.starts_with(&id.to_string());
    let taken = || site.provisioning().service_orders().iter().filter(|one| is_of(&one.external_id)).count();
    until("the system has the service orders", || async { taken() >= count }).await;
}

/// Whether the order can be cancelled is asked, and the system looks into it.
pub(crate) async fn assessed(site: &Running, id: OrderId) {
    until_state(site, id, OrderState::AssessingCancellation).await;
    let asked = |external: &str, state: &str| external.starts_with(&id.to_string()) && state == "assessingCancellation";
    let is_asked = || site.provisioning().service_orders().iter().any(|one| asked(&one.external_id, &one.state));
    until("the system looks into it", || async { is_asked() }).await;
}

/// It is on record that the system has them.
async fn written_down(site: &Running, id: OrderId) {
    let is_there =
        |known: &Provisioning| known.dispatches.iter().all(|dispatch| matches!(dispatch.reached, Reached::System { .. }));
    until("it is written down", || async { is_there(&known(site, id).await) }).await;
}

/// Has the harness's provisioning system do something.
pub(crate) async fn act(site: &Running, command: Value) -> Page {
    let headers = [("content-type", "application/json")];
    let mut tester = Browser::new(site.address());
    let page = tester.send(Method::POST, "/_harness/provisioning.json", Some(command.to_string()), &headers).await;
    assert_eq!(page.status, 200, "{command}: {}", page.html);
    page
}

pub(crate) async fn provisioning_of(site: &Running, id: OrderId, acts: &[Value]) {
    for act_ in acts {
        let mut command = act_.clone();
        command["order"] = json!(id.to_string());
        act(site, command).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_through_a_danger_and_a_later_day_to_a_service_among_the_customers_own() {
    let site = site().await;
    let (mut browser, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert_eq!(page.status, 200);
    let told = |what: &str| {
        let mails = site.outbox().all().into_iter().map(|mail| mail.text.split_whitespace().collect::<Vec<_>>().join(" "));
        mails.filter(|text| text.contains(&id.reference()) && text.contains(what)).count()
    };

    // Nobody is told what is over already.
    until("the order is told of", || async { told("We have your order") > 0 }).await;
    provisioning_of(&site, id, &[json!({"do": "advance"}), json!({"do": "advance"}), json!({"do": "advance"})]).await;
    until_state(&site, id, OrderState::InProgress).await;
    until("the beginning is told", || async { told("We’ve started work") > 0 }).await;
    provisioning_of(&site, id, &[json!({"do": "jeopardy", "kind": "equipment"})]).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("The equipment for it is late"), "the danger is said in plain words: {}", page.html);
    until("the danger is told", || async { told("Equipment is late.") > 0 }).await;
    let later = json!({"do": "delay", "days": 4, "text": "The router came late."});
    provisioning_of(&site, id, &[later, json!({"do": "clear", "kind": "equipment"})]).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("The router came late."), "why the day moved: {}", page.html);
    assert!(!page.html.contains("The equipment for it is late"), "the danger has passed");
    until("the later day is told", || async { told("The router came late.") > 0 }).await;

    provisioning_of(&site, id, &[json!({"do": "finish"})]).await;
    until_state(&site, id, OrderState::Completed).await;
    let services = browser.get("/").await;
    let home =
        services.html.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|path| path.starts_with("/customers/"));
    let home = browser.get(home.expect("the way home")).await;
    assert!(home.html.contains("Broadband Internet"), "it is among the services in place: {}", home.html);
    let customer = known(&site, id).await.order.value.customer();
    let products = app(&site).store.customer(customer).await.expect("a read").expect("the customer").customer.products;
    let item = known(&site, id).await.reports[0].of.item;
    assert_eq!(products.iter().filter(|product| product.id.value() == item.value()).count(), 1);

    // Each of these was told by mail, once; and a partner of the customer's reads how it ended.
    let all =
        ["We have your order", "We’ve started work", "Equipment is late.", "The router came late.", "Everything you ordered is"];
    for what in all {
        until(what, || async { told(what) > 0 }).await;
        assert_eq!(told(what), 1, "{what}");
    }
    let mut system = System::with(&site, ALL).await;
    let order = system.get(&format!("{ORDERING}/productOrder/{id}")).await;
    assert_eq!((&order["state"], &order["productOrderItem"][0]["state"]), (&json!("completed"), &json!("completed")), "{order}");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_placed_on_the_site_is_read_and_cancelled_by_a_partner_and_the_customer_sees_it() {
    let site = site().await;
    let (mut browser, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    let mut system = System::with(&site, ALL).await;
    let path = format!("{ORDERING}/productOrder/{id}");
    let order = system.get(&path).await;
    assert_eq!(order["productOrderItem"][0]["productOffering"]["id"], "broadband-internet", "{order}");
    let ask = json!({ "productOrder": { "id": id.to_string() }, "cancellationReason": "Moved away" });
    let asked = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&ask)).await;
    assert_eq!(asked.status, 201, "{}", asked.html);
    assessed(&site, id).await;
    provisioning_of(&site, id, &[json!({ "do": "finish" })]).await;
    until_state(&site, id, OrderState::Cancelled).await;
    assert_eq!(system.get(&path).await["state"], "cancelled");
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("This order was canceled on"), "{}", page.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_on_the_page_and_a_cancellation_is_carried_out() {
    let site = site().await;
    let (mut browser, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    provisioning_of(&site, id, &[json!({"do": "advance"}), json!({"do": "ask", "text": "Which floor is the socket on?"})]).await;
    until_state(&site, id, OrderState::Pending).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("Which floor is the socket on?"), "{}", page.html);
    let empty = browser.submit(&page.form("/answer").with("answer", " ")).await;
    assert_eq!(empty.status, 422, "an answer is needed");
    browser.submit(&page.form("/answer").with("answer", "The second")).await;
    let changes = || site.provisioning().service_orders().last().map(|one| one.changes.clone()).unwrap_or_default();
    until("the system has the answer", || async { changes().iter().any(|change| change["note"][0]["text"] == "The second") })
        .await;
    until_state(&site, id, OrderState::InProgress).await;

    let page = browser.get(&format!("/orders/{id}/cancel")).await;
    assert_eq!(page.status, 200, "{}", page.html);
    browser.submit(&page.form("/cancel").answered(&[])).await;
    assessed(&site, id).await;
    provisioning_of(&site, id, &[json!({"do": "finish"})]).await;
    until_state(&site, id, OrderState::Cancelled).await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_placed_while_the_system_is_down_waits_and_is_sent_when_it_is_back() {
    let site = site().await;
    let (_, before) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, before, 1).await;
    act(&site, json!({"do": "down"})).await;
    let (mut browser, id) = placed(&site, "Maya Chen", &["broadband-internet"]).await;
    until("it waits", || async {
        known(&site, id).await.dispatches.iter().any(|dispatch| matches!(dispatch.reached, Reached::Waiting { .. }))
    })
    .await;
    assert!(site.provisioning().service_orders().iter().all(|one| !one.external_id.starts_with(&id.to_string())));
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("doesn’t answer at the moment"), "the page says that it waits: {}", page.html);
    act(&site, json!({"do": "up"})).await;
    taken(&site, id, 1).await;
    written_down(&site, id).await;
    assert!(site.dead_letters().all().is_empty());
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_twice_or_the_wrong_way_round_ends_as_it_would_have() {
    let site = site().await;
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    let acts = ["reorder", "duplicate", "reorder", "duplicate", "reorder", "duplicate", "finish", "duplicate"];
    let acts: Vec<_> = acts.into_iter().map(|act| json!({"do": act})).collect();
    // The last one is about what is done: by the service order's own id.
    let service_order = site.provisioning().service_orders().last().expect("a service order").external_id.clone();
    for mut act_ in acts {
        act_["order"] = json!(service_order);
        act(&site, act_).await;
    }
    until_state(&site, id, OrderState::Completed).await;
    let events = site.provisioning().events();
    assert!(events.iter().all(|event| event.status == Some(201)), "{events:#?}");
    let ids =
        |events: &[local_harness::SentEvent]| events.iter().map(|sent| sent.event["eventId"].to_string()).collect::<Vec<_>>();
    let mut distinct = ids(&events);
    distinct.sort();
    distinct.dedup();
    assert!(distinct.len() < events.len(), "some came twice");
    assert_eq!(known(&site, id).await.reports.len(), distinct.len(), "each is kept once");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_ended_between_storing_and_writing_down_sends_the_same_again() {
    let site = site().await;
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    let app = app(&site);
    written_down(&site, id).await;
    // As if the system's answer had come, and the function had ended before it wrote that down.
    let mut dispatch = known(&site, id).await.dispatches.remove(0);
    dispatch.reached = Reached::Nobody;
    dispatch.heard.day = None;
    app.store.save_dispatch(&dispatch).await.expect("a save");
    let machine = machine::functions().into_iter().find(|function| function.name == "provision").expect("the step");
    let environment = site.environment("provision").expect("its environment");
    let function = App::new(environment, site.clock().for_functions()).expect("an application");
    let answer = (machine.handler)(&function, json!({ "orders": [id.to_string(), "no order"] })).await.expect("an answer");
    assert_eq!(answer["failed"][0]["order"], "no order");
    let again = known(&site, id).await.dispatches.remove(0);
    assert!(matches!(again.reached, Reached::System { .. }));
    let of_it = site.provisioning().service_orders().iter().filter(|one| one.external_id.starts_with(&id.to_string())).count();
    assert_eq!(of_it, 1, "it is the same service order, there as here");
    site.stop().await;
}

/// Posts to the listener, signed as it asks for, or with another header.
async fn told(site: &Running, listener: &str, body: &str, header: Option<&str>) -> Page {
    let signed = signature(KEY, site.clock().now().as_second(), body.as_bytes());
    let headers = [("content-type", "application/json"), (SIGNATURE, header.unwrap_or(&signed))];
    let path = format!("/tmf-api/serviceOrdering/v4/listener/{listener}");
    Browser::new(site.address()).send(Method::POST, &path, Some(body.to_owned()), &headers).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_t_be_taken_is_answered_with_its_reason_and_changes_nothing() {
    let site = site().await;
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    let external = site.provisioning().service_orders().last().expect("a service order").external_id.clone();
    let event = |external: &str, event: &str, state: &str, time: &str| {
        let order = json!({ "id": "so-1", "externalId": external, "state": state });
        json!({ "eventId": event, "eventTime": time, "event": { "serviceOrder": order } }).to_string()
    };
    let now = site.clock().now().to_string();
    let listener = "serviceOrderStateChangeEvent";
    let whole = event(&external, "e-1", "inProgress", &now);
    written_down(&site, id).await;
    let before = known(&site, id).await;
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(5_000_000));
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let elsewhere = external.replace(&id.to_string(), "019c0000-0000-7000-8000-00000000ffff");
    let rows = [
        ("unsigned", listener, whole.clone(), Some(""), 401, "invalidSignature"),
        ("signed by another", listener, whole.clone(), Some("t=1,v1=00"), 401, "invalidSignature"),
        ("no such event", "serviceOrderDeleteEvent", whole.clone(), None, 404, "unknownEvent"),
        ("no JSON", listener, "{".to_owned(), None, 400, "invalidBody"),
        ("nothing", listener, String::new(), None, 400, "invalidBody"),
        ("five megabytes", listener, large, None, 413, "bodyTooLarge"),
        ("deep nesting", listener, deep, None, 400, "invalidBody"),
        ("no state of TMF641", listener, event(&external, "e-2", "done", &now), None, 400, "invalidBody"),
        ("another order", listener, event(&elsewhere, "e-3", "inProgress", &now), None, 404, "unknownServiceOrder"),
    ];
    for (name, listener, body, header, status, code) in rows {
        let page = told(&site, listener, &body, header).await;
        let said: Value = serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{name}: {}", page.html));
        assert_eq!((page.status, said["code"].as_str()), (status, Some(code)), "{name}: {said}");
        assert!(said["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{name}");
    }
    assert_eq!(known(&site, id).await, before, "nothing has changed");
    assert_eq!(told(&site, listener, &whole, None).await.status, 201);
    assert_eq!(told(&site, listener, &whole, None).await.status, 201, "the same again is the same");
    let later = (site.clock().now() + SignedDuration::from_secs(1)).to_string();
    let illegal = told(&site, listener, &event(&external, "e-4", "rejected", &later), None).await;
    assert_eq!(illegal.status, 409, "{}", illegal.html);
    let old = format!("t={},v1=00", site.clock().now().as_second() - 3_600);
    assert_eq!(told(&site, listener, &whole, Some(&old)).await.status, 401, "what was overheard is good for five minutes");
    site.stop().await;
}

/// A token of the user pool for a client of the template.
async fn token(site: &Running, client: &str) -> String {
    let client = site.app_client(client).expect("a client");
    let port = site.hosted_origin().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let secret = client.secret.expect("a secret");
    let body = format!("grant_type=client_credentials&client_id={}&client_secret={secret}", client.id);
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = Browser::new((Ipv4Addr::LOCALHOST, port).into()).send(Method::POST, "/oauth2/token", Some(body), &headers).await;
    let answer: Value = serde_json::from_str(&answer.html).expect("tokens");
    answer["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn where_events_are_believed_by_tokens_no_signature_counts_nor_a_partners_token_and_replays_change_nothing() {
    let parameters = [("ProvisioningEventsBy".to_owned(), "token".to_owned())].into();
    let site = start(Options { parameters, ..Options::default() }).await.expect("the harness starts");
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    provisioning_of(&site, id, &[json!({"do": "advance"})]).await;
    until_state(&site, id, OrderState::InProgress).await;
    let sent = site.provisioning().events().last().expect("an event").clone();
    let (listener, body) = (sent.listener, sent.event.to_string());
    written_down(&site, id).await;
    let before = known(&site, id).await;

    let good = token(&site, "ProvisioningClient").await;
    let signed = signature(KEY, site.clock().now().as_second(), body.as_bytes());
    let bearer = |token: &str| ("authorization", format!("Bearer {token}"));
    let partner = token(&site, "TryOutPartnerClient").await;
    let rows = [
        ("signed only", (SIGNATURE, signed), 401, "missingToken"),
        ("no token", bearer("nothing"), 401, "invalidToken"),
        ("a token that was changed", bearer(&format!("{good}x")), 401, "invalidToken"),
        ("another scheme", ("authorization", format!("Basic {good}")), 401, "missingToken"),
        ("a partner's", bearer(&partner), 403, "insufficientScope"),
    ];
    let path = format!("/tmf-api/serviceOrdering/v4/listener/{listener}");
    let mut system = Browser::new(site.address());
    for (name, (header, value), status, code) in rows {
        let page =
            system.send(Method::POST, &path, Some(body.clone()), &[("content-type", "application/json"), (header, &value)]).await;
        let said: Value = serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{name}: {}", page.html));
        assert_eq!((page.status, said["code"].as_str()), (status, Some(code)), "{name}: {said}");
    }
    let again = bearer(&good);
    let headers = [("content-type", "application/json"), (again.0, again.1.as_str())];
    assert_eq!(system.send(Method::POST, &path, Some(body.clone()), &headers).await.status, 201, "it was taken before");
    assert_eq!(known(&site, id).await, before, "nothing has changed");
    site.clock().advance(SignedDuration::from_hours(2));
    let late = system.send(Method::POST, &path, Some(body), &headers).await;
    assert_eq!((late.status, late.headers["www-authenticate"].as_str()), (401, "Bearer"), "{}", late.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_with_a_system_of_its_own_is_carried_out_there_and_everything_else_by_the_other() {
    let options = Options { own_system: Some(Family::Local), ..Options::default() };
    let site = start(options).await.expect("the harness starts");
    let (_, id) = placed(&site, "Sam Ortiz", &["broadband-internet", "residential-line"]).await;
    let own = site.own_provisioning().expect("a second system").clone();
    let categories = |system: &ProvisioningSystem| {
        let orders = system.service_orders();
        let of_it = orders.iter().filter(|one| one.external_id.starts_with(&id.to_string()));
        of_it.map(|one| one.content["category"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    until("both have theirs", || async { categories(&own) == ["local"] && categories(site.provisioning()) == ["data-ip"] }).await;
    written_down(&site, id).await;
    own.finish(&id.to_string()).await.expect("it can be finished");
    until_state(&site, id, OrderState::InProgress).await;
    site.provisioning().finish(&id.to_string()).await.expect("it can be finished");
    until_state(&site, id, OrderState::Completed).await;
    assert!(site.dead_letters().all().is_empty());
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_decides_nothing_else_is_changed_on_the_way_and_the_system_hears_of_it_once() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let answers = [ANSWERS, &[("equipment-place", "In the hall")]].concat();
    let (page, _) = walk(&mut browser, page, &answers, "/placed").await;
    let id: OrderId = page.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order's address");
    taken(&site, id, 1).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    let link = amending(&page);
    let page = browser.get(&link).await;
    assert!(page.html.contains("In the hall") && page.html.contains("What changing costs today"), "{}", page.html);
    let refused = browser.submit(&page.form(&link).with("equipment-place", &"x".repeat(5_000))).await;
    assert_eq!(refused.status, 422, "{}", refused.html);
    browser.submit(&page.form(&link).with("equipment-place", "Under the stairs")).await;
    let told = || {
        let changes = site.provisioning().service_orders().last().map(|one| one.changes.clone()).unwrap_or_default();
        changes.iter().filter(|change| change["serviceOrderItem"].to_string().contains("Under the stairs")).count()
    };
    until("the system has the answer", || async { told() == 1 }).await;
    provisioning_of(&site, id, &[json!({"do": "finish"})]).await;
    until_state(&site, id, OrderState::Completed).await;
    assert_eq!(told(), 1);
    assert_eq!(browser.get(&link).await.path, format!("/orders/{id}"), "what works is changed by another order");
    site.stop().await;
}

/// Where what was ordered can be answered otherwise.
fn amending(page: &Page) -> String {
    let mut links = page.html.split("href=\"").filter_map(|rest| rest.split('"').next());
    links.find(|path| path.contains("/amend/")).expect("a way to change it").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_with_another_price_is_changed_on_the_way_once_its_price_was_agreed_to_and_is_told_and_on_record() {
    let site = site().await;
    let (mut browser, id) = placed(&site, "Sam Ortiz", &["broadband-internet"]).await;
    taken(&site, id, 1).await;
    written_down(&site, id).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    let link = amending(&page);
    let page = browser.get(&link).await;
    assert!(page.html.contains("Until this is reached") || page.html.contains("Until it works"), "until when: {}", page.html);
    assert!(page.html.contains("$79.95 a month"), "what each choice costs: {}", page.html);
    assert!(page.html.contains("Broadband Facts"), "the plans' labels stand beside their choice: {}", page.html);

    let form = page.form(&link).with("speed", "1000-mbps");
    let asked = browser.submit(&form).await;
    assert_eq!(asked.status, 422, "nobody has agreed yet");
    assert!(asked.html.contains("The price changes") && asked.html.contains("Agree to the new price"), "{}", asked.html);
    let speed = || async {
        let Provisioning { order, .. } = known(&site, id).await;
        let Content::Placed(placed) = order.value.content() else { panic!("it is placed") };
        let monthly = placed.price.monthly().expect("a sum").minor();
        (placed.items[0].answers.get("speed").map(|speed| speed.entries(0).join("")), monthly)
    };
    let before = speed().await;
    assert_ne!(before.0.as_deref(), Some("1000-mbps"), "nothing has changed");
    assert_eq!(browser.submit(&form).await.status, 422, "the same again agrees to nothing");
    let none = browser.submit(&asked.form(&link).without("speed")).await;
    assert!(none.status == 422 && none.html.contains("How fast should it be?"), "{}", none.html);
    let saved = browser.submit(&asked.form(&link)).await;
    assert_eq!((saved.status, &*saved.path), (200, &*format!("/orders/{id}")));
    let after = speed().await;
    assert_eq!(after.0.as_deref(), Some("1000-mbps"));
    assert!(after.1 > before.1, "{before:?} and {after:?}");

    let told = || {
        let changes = site.provisioning().service_orders().last().map(|one| one.changes.clone()).unwrap_or_default();
        changes.iter().filter(|change| change["serviceOrderItem"].to_string().contains("1000-mbps")).count()
    };
    until("the system has the choice", || async { told() == 1 }).await;
    until("it is written down", || async { known(&site, id).await.dispatches.iter().all(|one| one.heard.amended.is_some()) })
        .await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("Our technicians have what you changed."), "{}", page.html);
    let trail = app(&site).store.audit_trail(&Subject::Order(id).to_string()).await.expect("a trail");
    assert_eq!(verify(&trail), Ok(()));
    assert_eq!(trail.iter().filter(|entry| &*entry.act == "answers-changed").count(), 1, "{trail:#?}");
    until("it is said by mail", || async {
        site.outbox().all().iter().any(|message| message.text.contains("You changed details of Broadband Internet"))
    })
    .await;

    // An answer to a question does not agree to another price: it is said where that is done.
    let ask = json!({ "do": "ask", "field": "speed", "text": "Which speed is it?" });
    provisioning_of(&site, id, &[ask]).await;
    until_state(&site, id, OrderState::Pending).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    let refused = browser.submit(&page.form("/answer").with("answer", "100-mbps")).await;
    assert_eq!(refused.status, 422, "{}", refused.html);
    assert!(refused.html.contains("Choose it under “Change details”, where you see the new price"), "{}", refused.html);
    assert_eq!(speed().await, after, "nothing has changed");
    assert_eq!(browser.submit(&refused.form("/answer").with("answer", "1000-mbps")).await.status, 200);
    until("the system has the answer", || async {
        known(&site, id).await.dispatches.iter().all(|one| one.heard.answered.is_some())
    })
    .await;
    until_state(&site, id, OrderState::InProgress).await;

    // What the system does not take is nobody's to guess: it is on hold, and the customer reads why.
    let page = browser.get(&link).await;
    act(&site, json!({ "do": "refuse" })).await;
    let asked = browser.submit(&page.form(&link).with("speed", "100-mbps")).await;
    browser.submit(&asked.form(&link)).await;
    until_state(&site, id, OrderState::Held).await;
    let page = browser.get(&format!("/orders/{id}")).await;
    assert!(page.html.contains("What you changed has to be looked at by our people first."), "{}", page.html);
    provisioning_of(&site, id, &[json!({"do": "resume"}), json!({"do": "finish"})]).await;
    until_state(&site, id, OrderState::Completed).await;
    assert_eq!(browser.get(&link).await.path, format!("/orders/{id}"), "what works is changed by another order");
    site.stop().await;
}
