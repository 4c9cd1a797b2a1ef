//! A form that comes when its session is over: nothing that was entered is lost, and nobody else ever sees it.

use hyper::Method;
use jiff::SignedDuration;
use local_harness::Running;
use tests::browser::{Browser, Page};
use tests::form::Form;

use crate::people::{begun, signed_in, site};

const SESSION: &str = "__Host-sid";
const TO_CONFIRM: &str = "/sign-in?next=/kept&ended=yes";
const NOTHING: &str = "Nothing is waiting to be sent";
/// Longer than a session lasts unused.
const AWAY: SignedDuration = SignedDuration::from_mins(31);

/// Somebody on the first page of an order, their answers filled in and not sent.
async fn filling_in(site: &Running, name: &str) -> (Browser, Form) {
    let (mut browser, page) = signed_in(site, name).await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let form = page.form(&page.path).answered(&[("socket", "yes")]);
    (browser, form)
}

/// Signs in by the page that a form led to.
async fn sign_in(site: &Running, browser: &mut Browser, at: &str, name: &str) -> Page {
    let persona = site.personas().iter().find(|persona| persona.name == name).expect("a persona").clone();
    let page = browser.get(at).await;
    browser.submit(&page.form("/sign-in").with("email", persona.email).with("password", persona.password)).await
}

fn leads_to(page: &Page) -> &str {
    assert_eq!(page.status, 303, "{}", page.html);
    page.location.as_deref().expect("a way on")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_too_late_is_sent_by_the_same_person_after_signing_in_again() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    site.clock().advance(AWAY);
    assert_eq!(leads_to(&browser.post(&form).await), TO_CONFIRM);
    let asked = browser.get(TO_CONFIRM).await;
    assert!(asked.html.contains("We kept what you entered for a day"), "{}", asked.html);
    let saved = sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await;
    assert_eq!((saved.status, saved.path.as_str()), (200, "/kept"), "{}", saved.html);
    assert!(saved.html.contains("Send this now?"), "{}", saved.html);

    let kept = saved.form(&form.action);
    assert_eq!(kept.value("version"), form.value("version"));
    assert_ne!(kept.value("form_token"), form.value("form_token"), "the token is the new session's");
    for name in ["speed", "socket", "router"] {
        assert_eq!(kept.values(name).collect::<Vec<_>>(), form.values(name).collect::<Vec<_>>(), "{name}");
    }
    let answer = browser.post(&kept).await;
    assert_ne!(leads_to(&answer), form.action, "it is saved, and the order goes on");
    let page = browser.get(&form.action).await;
    assert_eq!(page.form(&form.action).value("socket"), Some("yes"));
    assert!(browser.get("/kept").await.html.contains(NOTHING), "it is used once");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_kept_at_the_longest_end_too_and_while_a_person_has_to_be_checked_first() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    site.clock().advance(SignedDuration::from_mins(14));
    assert_eq!(browser.get(&form.action).await.path, form.action);
    site.clock().advance(SignedDuration::from_mins(20));
    assert_eq!(leads_to(&browser.post(&form).await), "/session/check?next=/kept");
    let page = browser.get("/session/check?next=/kept").await;
    assert_eq!(page.form(&form.action).value("socket"), Some("yes"));
    let home = browser.submit(&page.form("/kept/discard")).await;
    assert!(home.path.starts_with("/customers/"), "{}", home.path);
    assert!(browser.get("/kept").await.html.contains(NOTHING), "thrown away");

    for _ in 0..24 {
        site.clock().advance(SignedDuration::from_mins(28));
        assert_eq!(browser.get(&form.action).await.path, form.action);
    }
    site.clock().advance(SignedDuration::from_mins(20));
    assert_eq!(leads_to(&browser.post(&form).await), TO_CONFIRM, "twelve hours are over");
    let page = sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await;
    assert_eq!(page.form(&form.action).value("socket"), Some("yes"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_who_signs_in_never_sees_it() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    site.clock().advance(AWAY);
    assert_eq!(leads_to(&browser.post(&form).await), TO_CONFIRM);
    let page = sign_in(&site, &mut browser, TO_CONFIRM, "Maya Chen").await;
    assert!(page.html.contains(NOTHING) && !page.html.contains(&form.action), "{}", page.html);
    // Nor is it there for whoever sent it, once the browser has been somebody else's.
    let page = sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await;
    assert!(page.html.contains(NOTHING), "{}", page.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_nothing_is_kept() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    let old = browser.cookies()[SESSION].clone();
    let page = browser.get(&form.action).await;
    browser.submit(&page.form("/sign-out")).await;
    browser.keep_cookie(SESSION, &old);
    let elsewhere = leads_to(&browser.post(&form).await).to_owned();
    assert!(!elsewhere.contains("kept"), "{elsewhere}");

    // And what was kept is gone when the ended session is signed out of.
    let (mut browser, form) = filling_in(&site, "Maya Chen").await;
    let page = browser.get(&form.action).await;
    site.clock().advance(AWAY);
    let old = browser.cookies()[SESSION].clone();
    assert_eq!(leads_to(&browser.post(&form).await), TO_CONFIRM);
    browser.submit(&page.form("/sign-out")).await;
    browser.keep_cookie(SESSION, &old);
    assert!(sign_in(&site, &mut browser, TO_CONFIRM, "Maya Chen").await.html.contains(NOTHING));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_session_was_ended_from_elsewhere_nothing_is_kept() {
    let site = site().await;
    let (mut before, sent) = filling_in(&site, "Sam Ortiz").await;
    let (mut after, unsent) = filling_in(&site, "Sam Ortiz").await;
    site.clock().advance(AWAY);
    assert_eq!(leads_to(&before.post(&sent).await), TO_CONFIRM);
    let (mut other, _) = signed_in(&site, "Sam Ortiz").await;
    let page = other.get("/account/sessions").await;
    let token = page.form("/sign-out").value("form_token").expect("a token").to_owned();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let body = format!("form_token={token}&end=others");
    let ended = other.send(Method::POST, "/account/sessions", Some(body), &headers).await;
    assert_eq!(leads_to(&ended), "/account/sessions?ended=yes");
    assert!(!leads_to(&after.post(&unsent).await).contains("kept"));
    assert!(sign_in(&site, &mut before, TO_CONFIRM, "Sam Ortiz").await.html.contains(NOTHING));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_first_form_of_a_session_of_our_own_pages_is_kept_and_for_a_day_only() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    site.clock().advance(AWAY);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let forged = browser.send(Method::POST, &form.action, Some("form_token=abc&socket=no".to_owned()), &headers).await;
    assert!(!leads_to(&forged).contains("kept"), "its token is not the session's");
    assert_eq!(leads_to(&browser.post(&form).await), TO_CONFIRM);
    let second = form.clone().with("socket", "no");
    assert_eq!(leads_to(&browser.post(&second).await), TO_CONFIRM);
    let page = sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await;
    assert_eq!(page.form(&form.action).value("socket"), Some("yes"), "the first stays");

    site.clock().advance(AWAY + SignedDuration::from_hours(24));
    assert!(sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await.html.contains(NOTHING), "for a day");
    let page = browser.get(&form.action).await;
    let form = page.form(&form.action).answered(&[("socket", "yes")]);
    site.clock().advance(AWAY + SignedDuration::from_hours(24));
    assert!(!leads_to(&browser.post(&form).await).contains("kept"), "the session proves nothing any more");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_too_large_is_not_kept_and_the_person_is_told() {
    let site = site().await;
    let (mut browser, form) = filling_in(&site, "Sam Ortiz").await;
    let token = form.value("form_token").expect("a token").to_owned();
    site.clock().advance(AWAY);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let body = format!("form_token={token}&socket={}", "y".repeat(64 * 1024));
    let refused = browser.send(Method::POST, &form.action, Some(body), &headers).await;
    assert_eq!(refused.status, 413);
    assert!(refused.html.contains("That’s more than we can take at once"), "{}", refused.html);
    assert!(sign_in(&site, &mut browser, TO_CONFIRM, "Sam Ortiz").await.html.contains(NOTHING));
    site.stop().await;
}
