//! A consumer orders broadband and a line with a number they keep.

use tests::browser::Browser;

use crate::people::{begun, signed_in, site, walk};

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_says_the_least_a_plan_costs_and_not_the_least_an_extra_does() {
    let site = site().await;
    let page = Browser::new(site.address()).get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("From $39.95 a month"), "{}", page.html);
    assert_eq!(page.html.matches("From $").count(), 1, "what has no plans has no price here");
    site.stop().await;
}

const ANSWERS: &[(&str, &str)] = &[
    ("number-source", "ported"),
    ("port-number", "404-373-4455"),
    ("losing-company", "Peach State Telephone"),
    ("account-number", "884-20117"),
    ("billing-number", "404-373-4455"),
    ("all-numbers", "404-373-4455"),
    ("not-cancelled", "yes"),
    ("signature", "Sam Ortiz"),
    ("delivery", "email"),
    ("terms", "yes"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_sees_what_can_be_had_at_an_address_before_signing_in() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let page = browser.get("/check-address").await;
    let form = page.form("/check-address").with("address.street", "415 church street").with("address.city", "Decatur");
    let form = form.with("address.state", "GA").with("address.zip", "30030");
    let page = browser.submit(&form).await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("415 Church Street"), "spelled as the directory spells it");
    assert!(page.html.contains("Broadband Facts"), "each plan has its label");
    for said in ["is an introductory rate", "$69.95", "does not require a contract", "$0.00"] {
        assert!(page.html.contains(said), "the label says {said}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_orders_broadband_and_a_line_with_a_ported_number_and_follows_it() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet", "residential-line"]).await;
    let (page, way) = walk(&mut browser, page, ANSWERS, "/placed").await;
    assert_eq!(page.status, 200);
    for step in ["/keep-your-number", ".number-port", "/installation", "/billing", "/review"] {
        assert!(way.iter().any(|path| path.ends_with(step)), "{step} is on the way: {way:#?}");
    }
    assert!(page.html.contains("(404) 373-4455"), "the confirmation says which number is kept");
    let order = page.path.trim_end_matches("/placed").to_owned();
    let tracked = browser.get(&order).await;
    assert_eq!((tracked.status, tracked.path.as_str()), (200, order.as_str()));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn placing_twice_places_once_and_both_clicks_see_the_confirmation() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let (page, _) = walk(&mut browser, page, ANSWERS, "/review").await;
    let form = page.form("/place").answered(ANSWERS);
    let (first, second) = (browser.post(&form).await, browser.post(&form).await);
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_orders_dedicated_internet_with_its_addresses() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Dana Whitfield").await;
    let page = begun(&mut browser, &page, &["dedicated-internet"]).await;
    let answers: Vec<_> = ANSWERS
        .iter()
        .copied()
        .chain([("routing", "static"), ("end-point", "Floor 4, room 410"), ("site-contact", "Dana Whitfield")])
        .collect();
    let (page, way) = walk(&mut browser, page, &answers, "/placed").await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("How many addresses do you need?"), "the dialog's answers are in the order; the way: {way:#?}");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_for_good() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Maya Chen").await;
    let mine = page.path.clone();
    let kept = browser.cookies().clone();
    let bye = browser.submit(&page.form("/sign-out")).await;
    assert_eq!(bye.path, "/signed-out");
    let cookie: Vec<_> = kept.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let again = Browser::new(site.address()).send(hyper::Method::GET, &mine, None, &[("cookie", &cookie.join("; "))]).await;
    assert_eq!(again.status, 303);
    assert!(again.location.is_some_and(|path| path.starts_with("/sign-in")));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_an_answer_brings_up_is_asked_and_not_called_missing() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["residential-line"]).await;
    let action = page.path.clone();
    assert!(!page.form(&action).asks("jack-places"));
    let asked =
        browser.submit(&page.form(&action).answered(&[("new-jacks", "2"), ("long-distance", "us"), ("regional", "us")])).await;
    assert!(asked.path.starts_with(&format!("{action}?saved=yes#")), "leads to the first of them: {}", asked.path);
    assert!(asked.form(&action).asks("jack-places") && asked.html.contains("Your answers are saved"), "{}", asked.html);
    let missing = browser.submit(&asked.form(&action).answered(&[])).await;
    assert_eq!(missing.status, 422, "the second time it is missing");
    site.stop().await;
}
