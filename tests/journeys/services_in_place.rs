//! What can be done about a service in place: other options, another place, a pause, its end. And adding to an order.

use tests::browser::{Browser, Page};

use crate::people::{begun, signed_in, site, walk};

const ANSWERS: &[(&str, &str)] = &[
    ("contact-name", "Maya Chen"),
    ("contact-phone", "404-373-0121"),
    ("delivery", "email"),
    ("terms", "yes"),
    ("emergency-understood", "yes"),
];

/// The page of the customer's first service whose page says all of these.
async fn service(browser: &mut Browser, page: &Page, says: &[&str]) -> Page {
    let paths = page.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let paths: Vec<String> = paths.filter(|path| path.contains("/products/")).map(str::to_owned).collect();
    assert!(!paths.is_empty(), "the customer has services in place");
    for path in paths {
        let service = browser.get(&path).await;
        if says.iter().all(|said| service.html.contains(said)) {
            return service;
        }
    }
    panic!("no service says {says:?}");
}

async fn act(browser: &mut Browser, service: &Page, what: &str) -> Page {
    let form = service.form(&service.path).forged("do", what);
    browser.submit(&form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_in_place_gets_other_options_without_paying_again_for_what_is_there() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Maya Chen").await;
    let service = service(&mut browser, &page, &["Broadband Internet", "Change its options"]).await;
    let item = act(&mut browser, &service, "modify").await;
    assert_eq!(item.status, 200, "{}", item.html);
    assert!(item.html.contains("Change Broadband Internet"), "{}", item.html);
    assert!(!item.html.contains("$20.00 once"), "what was paid once is not paid again");
    let (placed, _) = walk(&mut browser, item, ANSWERS, "/placed").await;
    assert!(placed.html.contains("Change Broadband Internet"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_a_service_shows_what_it_costs_before_anything_ends() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Maya Chen").await;
    let service = service(&mut browser, &page, &["Broadband Internet", "Ending it today would cost"]).await;
    let item = act(&mut browser, &service, "disconnect").await;
    assert!(item.html.contains("Ending the agreement early"), "{}", item.html);
    let (placed, _) = walk(&mut browser, item, ANSWERS, "/placed").await;
    assert!(placed.html.contains("End Broadband Internet"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_paused() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Maya Chen").await;
    let service = service(&mut browser, &page, &["Pause it"]).await;
    let item = act(&mut browser, &service, "suspend").await;
    let (placed, _) = walk(&mut browser, item, ANSWERS, "/placed").await;
    assert!(placed.html.contains("Keeping its numbers and its place"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_asks_where_to_and_what_cannot_be_done_is_said() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Maya Chen").await;
    let service = service(&mut browser, &page, &["Pause it"]).await;
    let nowhere = browser.post(&service.form(&service.path).forged("do", "move")).await;
    assert_eq!(nowhere.status, 422);
    let not_paused = browser.post(&service.form(&service.path).forged("do", "restore")).await;
    assert_eq!(not_paused.status, 422, "{}", not_paused.html);
    let nonsense = browser.post(&service.form(&service.path).forged("do", "explode")).await;
    assert_eq!(nonsense.status, 422);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_service_twice_is_asked_about_and_never_dropped() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["residential-line"]).await;
    let order = page.path.split("/items/").next().unwrap_or_default().to_owned();
    let add = browser.get(&format!("{order}/items")).await;
    let added = browser.submit(&add.form(&format!("{order}/items")).with("offering", "residential-line")).await;
    assert_eq!(added.status, 200, "{}", added.html);
    let answers = [ANSWERS, &[("number-source", "new")]].concat();
    let (review, _) = walk(&mut browser, added, &answers, "/review").await;
    assert!(review.html.contains("Did you mean to order this more than once?"), "{}", review.html);
    let asked = browser.post(&review.form("/place").answered(&answers)).await;
    assert_eq!(asked.status, 422, "{}", asked.html);
    let meant = review.form("/place").answered(&answers).with("twice", "residential-line");
    let placed = browser.submit(&meant).await;
    assert!(placed.path.ends_with("/placed"), "{}", placed.html);
    assert!(placed.html.matches("Residential Line").count() >= 2, "both are ordered");
    site.stop().await;
}
