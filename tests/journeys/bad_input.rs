//! What nobody should send: each thing has its own clear answer, never a 500, and nothing is lost.

use hyper::Method;
use tests::browser::Browser;

use crate::people::{begun, signed_in, site};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

/// What is sent, with which headers and body, and the status of the answer.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], String, u16);

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_or_is_malformed_is_our_own_404() {
    let site = site().await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    for path in [
        "/nothing",
        "/orders/1",
        "/orders/0192F0C4-7A10-7C01-8A01-536000000000",
        "/orders/0192f0c4-7a10-7c01-8a01-536000000000",
        "/customers/x",
        "/assets/../secret",
        "/orders/0192f0c4-7a10-7c01-8a01-536000000000/authorisations/x",
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.html.contains("<h1"), "{path} has a page");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_customer_and_order_are_not_there() {
    let site = site().await;
    let (mut sam, page) = signed_in(&site, "Sam Ortiz").await;
    let order = begun(&mut sam, &page, &["broadband-internet"]).await.path;
    let (mut maya, _) = signed_in(&site, "Maya Chen").await;
    for path in [page.path.as_str(), order.as_str()] {
        assert_eq!(maya.get(path).await.status, 404, "{path}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_too_large_or_no_form_is_refused_by_name() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let large = format!("email={}", "a".repeat(70_000));
    let cases: [Case; 5] = [
        ("no word of where it comes from", &[FORM], "email=a".into(), 403),
        ("another site", &[FORM, ("sec-fetch-site", "cross-site")], "email=a".into(), 403),
        ("another origin", &[FORM, ("origin", "https://elsewhere.example")], "email=a".into(), 403),
        ("too large", &[FORM, OURS], large, 413),
        ("no form", &[("content-type", "application/json"), OURS], "{}".into(), 415),
    ];
    for (what, headers, body, status) in cases {
        let page = browser.send(Method::POST, "/sign-in", Some(body), headers).await;
        assert_eq!(page.status, status, "{what}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_field_is_said_at_the_field_and_what_was_typed_stays() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let action = page.path.clone();
    let form = page.form(&action).answered(&[]).without("term").with("speed", "300-mbps");
    let missing = browser.post(&form).await;
    assert_eq!(missing.status, 422);
    assert_eq!(missing.form(&action).value("speed"), Some("300-mbps"));
    let doubled = browser.post(&form.clone().forged("speed", "100-mbps")).await;
    assert_eq!(doubled.status, 422);
    let not_a_choice = browser.post(&form.clone().without("speed").forged("speed", "9-gbps")).await;
    assert_eq!(not_a_choice.status, 422);
    let unknown = browser.post(&form.clone().forged("price", "0")).await;
    assert_eq!(unknown.status, 422);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_form_shows_both_versions_and_the_same_one_twice_is_taken_once() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["residential-line"]).await;
    let action = page.path.clone();
    let form = page.form(&action).answered(&[]);
    let mut first = browser.post(&form).await;
    let mut sent = form.clone();
    for _ in 0..4 {
        if first.status == 303 {
            break;
        }
        sent = first.form(&action).answered(&[]);
        first = browser.post(&sent).await;
    }
    assert_eq!(first.status, 303, "{}", first.html);
    let again = browser.post(&sent).await;
    assert_eq!(again.status, 303, "the same again changes nothing");
    let other = page.form(&action).answered(&[]).with("number-source", "ported");
    let stale = browser.post(&other).await;
    assert!([409, 422].contains(&stale.status), "{}", stale.status);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_further_on_than_the_order_leads_back_to_where_it_stands() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let item = begun(&mut browser, &page, &["broadband-internet"]).await.path;
    let order = item.split("/items/").next().unwrap_or_default().to_owned();
    for step in ["review", "installation", "billing", "placed"] {
        let page = browser.get(&format!("{order}/{step}")).await;
        assert_eq!(page.path, item, "{step}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_dialog_of_the_page_is_answered_on_the_dialogs_own_page_and_nothing_typed_is_lost() {
    let site = site().await;
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let action = page.path.clone();
    let page = browser.submit(&page.form(&action).answered(&[("router", "own")]).forged("update", "page")).await;
    assert!(page.form(&action).asks("router-model"), "the dialog stands in the page's form");
    let typed = page.form(&action).with("router-model", "x").with("router-port", "yes").with("speed", "300-mbps");
    let wrong = browser.post(&typed).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("<h1>Your own router</h1>"), "{}", wrong.html);
    let own_page = wrong.form(&action);
    assert!(own_page.asks("router-model") && !own_page.asks("speed"), "only the dialog is shown");
    assert_eq!((own_page.value("router-model"), own_page.value("speed")), (Some("x"), Some("300-mbps")), "all of it goes along");
    let right = browser.submit(&own_page.with("router-model", "Acme R7")).await;
    assert_eq!(right.status, 200, "{}", right.html);
    let saved = browser.get(&action).await;
    assert_eq!(saved.form(&action).value("speed"), Some("300-mbps"));
    assert_eq!(saved.form(&action).value("router-model"), Some("Acme R7"));
    site.stop().await;
}
