//! A sign-in's life: created, got back into, protected, changed, linked with an account; and everything that must not work.

use jiff::SignedDuration;
use local_harness::Running;
use order_manager::account::AccountTerms;
use order_manager::calendar::company_day;
use tests::browser::{Browser, Page};
use tests::totp::code_at;

use crate::people::{signed_in, site};
use crate::selling::store;

const NEW: &str = "ira.newcomer@example.com";
const PASSWORD: &str = "ira likes long walks";
const SESSION: &str = "__Host-sid";
const FLOW: &str = "__Host-flow";

/// The code that went to an address last.
fn code(site: &Running, to: &str) -> String {
    site.outbox().code(to).unwrap_or_else(|| panic!("no code went to {to}"))
}

/// Some code, but not that one.
fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}

fn mail_to(site: &Running, to: &str) -> Vec<String> {
    site.outbox().all().into_iter().filter(|sent| sent.to == to).map(|sent| sent.subject).collect()
}

async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> Page {
    let page = browser.get("/sign-in").await;
    browser.submit(&page.form("/sign-in").with("email", email).with("password", password)).await
}

async fn asked_to_sign_up(browser: &mut Browser, email: &str) -> Page {
    let page = browser.get("/sign-up").await;
    let form = page.form("/sign-up").with("name", "Ira Newcomer").with("email", email).with("new-password", PASSWORD);
    browser.submit(&form).await
}

/// Somebody with a sign-in and no account.
async fn newcomer(site: &Running, email: &str) -> (Browser, Page) {
    let mut browser = Browser::new(site.address());
    let page = asked_to_sign_up(&mut browser, email).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/sign-up/code"), "{}", page.html);
    let page = browser.submit(&page.form("/sign-up/code").with("code", &code(site, email))).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/account/link"), "{}", page.html);
    (browser, page)
}

fn said(page: &Page, words: &str) {
    assert!(page.html.contains(words), "{words} is not on {} ({}):\n{}", page.path, page.status, page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_creates_a_sign_in_begins_as_a_customer_and_can_order() {
    let site = site().await;
    let (mut browser, _) = newcomer(&site, NEW).await;
    let before = browser.cookies()[SESSION].clone();
    let page = browser.get("/account/new").await;
    let form = page.form("/account/new").with("kind", "home").with("name", "Ira Newcomer").with("phone", "404 555 0123");
    let missing = browser.post(&form).await;
    assert_eq!(missing.status, 422);
    assert_eq!(missing.form("/account/new").value("phone"), Some("404 555 0123"), "what was typed stays");
    let place = [("street", "214 Juniper Street NE"), ("city", "Atlanta"), ("state", "GA"), ("zip", "30308")];
    let form = place.iter().fold(form, |form, (part, text)| form.with(&format!("address.{part}"), text));
    let page = browser.submit(&form).await;
    assert!(page.status == 200 && page.path.starts_with("/customers/"), "{} {}", page.path, page.html);
    said(&page, "214 Juniper Street NE");
    assert_ne!(browser.cookies()[SESSION], before, "what a session may do has grown: it has another id");
    assert_eq!(browser.get("/account/new").await.path, page.path, "one begins once");
    let again = sign_in(&mut Browser::new(site.address()), NEW, PASSWORD).await;
    assert_eq!(again.path, page.path);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_taken_gets_the_same_answers_and_is_told_by_mail() {
    let site = site().await;
    let (mut stranger, mut visitor) = (Browser::new(site.address()), Browser::new(site.address()));
    let (taken, fresh) =
        (asked_to_sign_up(&mut stranger, "sam.ortiz@example.com").await, asked_to_sign_up(&mut visitor, NEW).await);
    let neutral = |page: &Page, email: &str| {
        page.html.replace(email, "…").replace(page.form("/sign-up/code").value("form_token").unwrap_or_default(), "…")
    };
    assert_eq!((taken.status, &taken.path), (fresh.status, &fresh.path));
    assert_eq!(neutral(&taken, "sam.ortiz@example.com"), neutral(&fresh, NEW), "not a word more or less");
    assert_eq!(mail_to(&site, "sam.ortiz@example.com"), ["You have a Meridian account already"]);
    for (browser, page) in [(&mut stranger, &taken), (&mut visitor, &fresh)] {
        let wrong = browser.post(&page.form("/sign-up/code").with("code", other_than(&code(&site, NEW)))).await;
        assert_eq!(wrong.status, 422);
        said(&wrong, "That code isn’t right");
    }
    let theirs = stranger.post(&taken.form("/sign-up/code").with("code", &code(&site, NEW))).await;
    assert_eq!(theirs.status, 422, "somebody else's code is no good");
    let sam = sign_in(&mut Browser::new(site.address()), "sam.ortiz@example.com", PASSWORD).await;
    assert_eq!(sam.status, 422, "nor did the password change");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_up_again_before_confirming_chooses_the_password_after_the_code() {
    let site = site().await;
    // Somebody else was first, and waits for the owner of the address to confirm it.
    let mut other = Browser::new(site.address());
    asked_to_sign_up(&mut other, NEW).await;
    let mut owner = Browser::new(site.address());
    let page = asked_to_sign_up(&mut owner, NEW).await;
    let page = owner.submit(&page.form("/sign-up/code").with("code", &code(&site, NEW))).await;
    assert_eq!(page.path, "/sign-in/new-password", "{}", page.html);
    assert_eq!(sign_in(&mut other, NEW, PASSWORD).await.status, 422, "the first one's password opens nothing");
    let page = owner.submit(&page.form("/sign-in/new-password").with("new-password", "an owner's own words")).await;
    assert_eq!(page.path, "/account/link");
    assert_eq!(sign_in(&mut Browser::new(site.address()), NEW, "an owner's own words").await.path, "/account/link");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_sent_again_after_a_minute_and_not_sooner() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let page = asked_to_sign_up(&mut browser, NEW).await;
    let first = code(&site, NEW);
    let early = browser.submit(&page.form("/sign-up/again")).await;
    said(&early, "Not sent yet");
    assert_eq!(mail_to(&site, NEW).len(), 1);
    site.clock().advance(SignedDuration::from_secs(61));
    let again = browser.submit(&page.form("/sign-up/again")).await;
    said(&again, "Sent again");
    assert_eq!(mail_to(&site, NEW).len(), 2);
    let newest = code(&site, NEW);
    if newest != first {
        assert_eq!(browser.post(&again.form("/sign-up/code").with("code", &first)).await.status, 422, "the older one is over");
    }
    assert_eq!(browser.submit(&again.form("/sign-up/code").with("code", &newest)).await.path, "/account/link");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_must_be_an_address_and_a_password_long_enough() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let form = browser.get("/sign-up").await.form("/sign-up").with("name", "Ira").with("email", "ira@nowhere");
    let page = browser.post(&form.with("new-password", "short")).await;
    assert_eq!(page.status, 422);
    said(&page, "12 characters or more");
    said(&page, "in the correct format");
    assert!(!page.html.contains("short"), "a password is never sent back");
    assert!(mail_to(&site, "ira@nowhere").is_empty());
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_a_code_and_ends_every_session() {
    let site = site().await;
    let (mut elsewhere, _) = signed_in(&site, "Sam Ortiz").await;
    let mut browser = Browser::new(site.address());
    let asked = browser.get("/recover").await.form("/recover").with("email", "sam.ortiz@example.com");
    let page = browser.submit(&asked).await;
    assert_eq!(page.path, "/recover/code");
    let right = code(&site, "sam.ortiz@example.com");
    let form = page.form("/recover/code").with("new-password", "sam walks elsewhere now");
    let wrong = browser.post(&form.clone().with("code", other_than(&right))).await;
    assert_eq!(wrong.status, 422);
    said(&wrong, "That code isn’t right");
    let page = browser.submit(&form.clone().with("code", &right)).await;
    said(&page, "Your password was changed");
    assert_eq!(page.path, "/sign-in?recovered=yes");
    assert!(!browser.cookies().contains_key(SESSION), "a code shows whose the address is, and no more");
    let replayed = browser.post(&form.with("code", &right)).await;
    assert_eq!((replayed.status, replayed.location.as_deref()), (303, Some("/recover")), "it worked once");
    assert_eq!(elsewhere.get("/account").await.path, "/sign-in?next=/account&ended=yes");
    assert_eq!(sign_in(&mut browser, "sam.ortiz@example.com", "sam-walks-to-sea").await.status, 422);
    assert_eq!(sign_in(&mut browser, "sam.ortiz@example.com", "sam walks elsewhere now").await.status, 200);
    assert!(mail_to(&site, "sam.ortiz@example.com").contains(&"Your Meridian password was changed".to_owned()));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recovery_says_the_same_of_an_address_that_nobody_has() {
    let site = site().await;
    let mut pages = vec![];
    for email in ["nobody@example.com", "sam.ortiz@example.com"] {
        let mut browser = Browser::new(site.address());
        let asked = browser.get("/recover").await.form("/recover").with("email", email);
        let page = browser.submit(&asked).await;
        let form = page.form("/recover/code").with("code", "000000").with("new-password", PASSWORD);
        let wrong = browser.post(&form).await;
        let token = form.value("form_token").unwrap_or_default();
        pages.push([&page, &wrong].map(|page| (page.status, page.html.replace(email, "…").replace(token, "…"))));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(mail_to(&site, "nobody@example.com"), Vec::<String>::new());
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_the_password_asks_for_it_again_and_ends_other_sessions() {
    let site = site().await;
    let (mut elsewhere, _) = signed_in(&site, "Sam Ortiz").await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    let before = browser.cookies()[SESSION].clone();
    let form = browser.get("/account/password").await.form("/account/password").with("new-password", "sam has another now");
    let wrong = browser.post(&form.clone().with("current-password", "not my password")).await;
    assert_eq!(wrong.status, 422);
    said(&wrong, "That isn’t your password");
    let page = browser.submit(&form.with("current-password", "sam-walks-to-sea")).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/account?done=password"), "{}", page.html);
    assert_ne!(browser.cookies()[SESSION], before, "another id");
    assert_eq!(elsewhere.get("/account").await.path, "/sign-in?next=/account&ended=yes");
    assert_eq!(mail_to(&site, "sam.ortiz@example.com"), ["Your Meridian password was changed"]);
    assert_eq!(sign_in(&mut elsewhere, "sam.ortiz@example.com", "sam has another now").await.status, 200);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_counts_once_its_code_came_back_and_the_old_one_is_told() {
    let site = site().await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    let new = "sam.elsewhere@example.com";
    let form = browser.get("/account/email").await.form("/account/email").with("current-password", "sam-walks-to-sea");
    let page = browser.submit(&form.clone().with("email", new)).await;
    assert_eq!(page.path, "/account/email/code", "{}", page.html);
    let right = code(&site, new);
    let wrong = browser.post(&page.form("/account/email/code").with("code", other_than(&right))).await;
    assert_eq!(wrong.status, 422);
    // Somebody else who got hold of what is under way is not who began it.
    let (mut maya, _) = signed_in(&site, "Maya Chen").await;
    maya.keep_cookie(FLOW, &browser.cookies()[FLOW]);
    assert_eq!(maya.get("/account/email/code").await.path, "/account/email");
    let done = browser.submit(&page.form("/account/email/code").with("code", &right)).await;
    assert_eq!((done.status, done.path.as_str()), (200, "/account?done=email"), "{}", done.html);
    said(&done, "sam.elsewhere@");
    assert_eq!(mail_to(&site, "sam.ortiz@example.com"), ["Your Meridian sign-in has a new e-mail address"]);
    assert_eq!(sign_in(&mut Browser::new(site.address()), "sam.ortiz@example.com", "sam-walks-to-sea").await.status, 422);
    assert_eq!(sign_in(&mut Browser::new(site.address()), new, "sam-walks-to-sea").await.status, 200);
    // An address that is somebody else's looks the same, and gets nothing.
    let taken = maya.get("/account/email").await.form("/account/email").with("current-password", "maya-likes-maple");
    assert_eq!(maya.submit(&taken.with("email", new)).await.path, "/account/email/code");
    assert_eq!(mail_to(&site, new).len(), 1);
    site.stop().await;
}

/// The secret on the page that sets an app up.
fn secret_on(page: &Page) -> String {
    let (_, rest) = page.html.split_once("<code>").unwrap_or_else(|| panic!("no secret:\n{}", page.html));
    rest.split("</code>").next().unwrap_or_default().replace(' ', "")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_app_is_added_asked_for_and_removed() {
    let site = site().await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    let now = || site.clock().now().as_second();
    let form = browser.get("/account/factor").await.form("/account/factor");
    let wrong = browser.post(&form.clone().with("current-password", "guessed at random")).await;
    assert_eq!(wrong.status, 422);
    let page = browser.submit(&form.with("current-password", "sam-walks-to-sea")).await;
    assert_eq!(page.path, "/account/factor/code", "{}", page.html);
    said(&page, "<svg");
    let secret = secret_on(&page);
    let shown = code_at(&secret, now());
    let wrong = browser.post(&page.form("/account/factor/code").with("code", other_than(&shown))).await;
    assert_eq!(wrong.status, 422);
    let page = browser.submit(&page.form("/account/factor/code").with("code", &shown)).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/account?done=factor-added"), "{}", page.html);

    let mut other = Browser::new(site.address());
    let page = sign_in(&mut other, "sam.ortiz@example.com", "sam-walks-to-sea").await;
    assert_eq!(page.path, "/factor", "{}", page.html);
    assert_eq!(other.get("/account").await.path, "/sign-in?next=/account", "the password alone opens nothing");
    let replayed = other.post(&page.form("/factor").with("code", &shown)).await;
    assert_eq!(replayed.status, 422, "a code is taken once");
    site.clock().advance(SignedDuration::from_secs(31));
    let flow = other.cookies()[FLOW].clone();
    let page = other.submit(&page.form("/factor").with("code", &code_at(&secret, now()))).await;
    assert!(page.path.starts_with("/customers/"), "{} {}", page.path, page.html);
    let mut late = Browser::new(site.address());
    late.keep_cookie(FLOW, &flow);
    assert_eq!(late.get("/factor").await.path, "/sign-in", "what was under way is over");

    let form = other.get("/account/factor").await.form("/account/factor").with("current-password", "sam-walks-to-sea");
    assert_eq!(other.submit(&form).await.path, "/account?done=factor-removed");
    let page = sign_in(&mut Browser::new(site.address()), "sam.ortiz@example.com", "sam-walks-to-sea").await;
    assert!(page.path.starts_with("/customers/"), "{}", page.path);
    let told = mail_to(&site, "sam.ortiz@example.com");
    assert_eq!(told.len(), 2, "{told:?}");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_that_was_left_lying_is_over() {
    let site = site().await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    let page = browser.get("/account/factor").await.form("/account/factor").with("current-password", "sam-walks-to-sea");
    let page = browser.submit(&page).await;
    site.clock().advance(SignedDuration::from_mins(11));
    let late = browser.post(&page.form("/account/factor/code").with("code", "123456")).await;
    assert_eq!((late.status, late.location.as_deref()), (303, Some("/account/factor")));
    let mut visitor = Browser::new(site.address());
    for (page, begins) in [
        ("/factor", "/sign-in"),
        ("/sign-in/new-password", "/sign-in"),
        ("/sign-up/code", "/sign-up"),
        ("/recover/code", "/recover"),
    ] {
        assert_eq!(visitor.get(page).await.path, begins, "{page} without anything under way");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_and_ends_ones_own_sessions_and_nobody_elses() {
    let site = site().await;
    let (mut one, _) = signed_in(&site, "Sam Ortiz").await;
    let (mut two, _) = signed_in(&site, "Sam Ortiz").await;
    let (mut maya, _) = signed_in(&site, "Maya Chen").await;
    let page = one.get("/account/sessions").await;
    assert_eq!(page.html.matches("name=\"end\"").count(), 2, "the other one, and all others:\n{}", page.html);
    let key = page.html.split("name=\"end\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
    let theirs = maya.get("/account/sessions").await;
    let form =
        tests::form::forms(&theirs.html).into_iter().find(|form| form.action == "/sign-out").expect("a form with her token");
    let mut forged = form.forged("end", &key);
    forged.action = "/account/sessions".to_owned();
    assert_eq!(maya.post(&forged).await.status, 404, "somebody else's session is not there");
    assert_eq!(two.get("/account").await.status, 200, "and goes on");
    let end = page.form("/account/sessions").forged("end", &key);
    let page = one.submit(&end).await;
    said(&page, "What you chose was signed out");
    assert_eq!(two.get("/account").await.path, "/sign-in?next=/account&ended=yes");
    assert_eq!(one.get("/account").await.status, 200);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_linked_with_an_account_by_a_code_to_its_contact_and_by_nothing_else() {
    let site = site().await;
    let (mut maya, page) = signed_in(&site, "Maya Chen").await;
    let customer = page.path.clone();
    let persona = site.personas().iter().find(|persona| persona.name == "Maya Chen").expect("Maya").clone();
    let number = store(&site).customer(persona.customer).await.expect("a load").expect("a customer").customer.account_number;
    said(&maya.get("/account").await, &number);
    let (mut ira, page) = newcomer(&site, NEW).await;
    let asked = page.form("/account/link");
    let unknown = ira.submit(&asked.clone().with("account-number", "0000 0000 00")).await;
    let known = ira.submit(&asked.with("account-number", &number)).await;
    assert_eq!((unknown.status, &unknown.path, &unknown.html), (known.status, &known.path, &known.html), "the same answer");
    let right = code(&site, "maya.chen@example.com");
    let wrong = ira.post(&known.form("/account/link/code").with("code", other_than(&right))).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(ira.get(&customer).await.status, 404, "not yet");
    let page = ira.submit(&known.form("/account/link/code").with("code", &right)).await;
    assert_eq!((page.status, page.path.as_str()), (200, customer.as_str()), "{}", page.html);
    let again = ira.post(&known.form("/account/link/code").with("code", &right)).await;
    assert_ne!(again.status, 200, "a code works once");
    assert!(mail_to(&site, "maya.chen@example.com").contains(&"Your Meridian account can now be used online".to_owned()));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_code_goes_to_a_contact_that_is_new_on_an_account_with_services() {
    let site = site().await;
    let maya = site.personas().iter().find(|persona| persona.name == "Maya Chen").expect("Maya").clone();
    let store = store(&site);
    let file = store.customer(maya.customer).await.expect("a load").expect("a customer");
    let terms = AccountTerms { contact_since: company_day(site.clock().now()), ..file.terms };
    store.put_account(&file.customer, terms, &[]).await.expect("a save");

    let (mut ira, page) = newcomer(&site, NEW).await;
    let asked = page.form("/account/link");
    let unknown = ira.submit(&asked.clone().with("account-number", "0000 0000 00")).await;
    let known = ira.submit(&asked.with("account-number", &file.customer.account_number)).await;
    assert_eq!((unknown.status, &unknown.path, &unknown.html), (known.status, &known.path, &known.html), "the same answer");
    said(&known, "less than 30 days");
    said(&known, "photo identification");
    assert_eq!(site.outbox().code(maya.email), None);
    let guessed = ira.post(&known.form("/account/link/code").with("code", "123456")).await;
    assert_eq!(guessed.status, 422, "no code is right");

    site.clock().advance(SignedDuration::from_hours(24 * 30));
    let page = sign_in(&mut ira, NEW, PASSWORD).await;
    ira.submit(&page.form("/account/link").with("account-number", &file.customer.account_number)).await;
    assert!(site.outbox().code(maya.email).is_some(), "by then it is of record");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_wrong_passwords_have_to_wait_known_or_not() {
    let site = site().await;
    let mut answers = vec![];
    for email in ["sam.ortiz@example.com", "nobody@example.com"] {
        let mut browser = Browser::new(site.address());
        let mut statuses = vec![];
        for _ in 0..6 {
            let page = sign_in(&mut browser, email, "a password that is wrong").await;
            statuses.push(page.status);
        }
        answers.push(statuses);
    }
    assert_eq!(answers[0], [422, 422, 422, 422, 422, 429]);
    assert_eq!(answers[0], answers[1]);
    let mut browser = Browser::new(site.address());
    let right = sign_in(&mut browser, "sam.ortiz@example.com", "sam-walks-to-sea").await;
    assert_eq!(right.status, 429, "even the right one");
    said(&right, "tried too often");
    site.clock().advance(SignedDuration::from_mins(16));
    assert_eq!(sign_in(&mut browser, "sam.ortiz@example.com", "sam-walks-to-sea").await.status, 200);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_to_another_site() {
    let site = site().await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = Browser::new(site.address());
        let page = browser.get("/sign-in").await;
        let form = page.form("/sign-in").with("email", "sam.ortiz@example.com").with("password", "sam-walks-to-sea");
        let page = browser.post(&form.forged("next", next)).await;
        assert!(page.location.is_some_and(|location| location.starts_with("/customers/")), "{next}");
    }
    let mut browser = Browser::new(site.address());
    let page = browser.get("/sign-in?next=/account/sessions").await;
    let form = page.form("/sign-in").with("email", "sam.ortiz@example.com").with("password", "sam-walks-to-sea");
    assert_eq!(browser.submit(&form).await.path, "/account/sessions");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_an_account_are_taken_from_their_own_page_only() {
    let site = site().await;
    let (mut browser, _) = signed_in(&site, "Sam Ortiz").await;
    let filled = [
        ("/account/password", &[("current-password", "sam-walks-to-sea"), ("new-password", PASSWORD)][..]),
        ("/account/email", &[("email", NEW), ("current-password", "sam-walks-to-sea")]),
        ("/account/factor", &[("current-password", "sam-walks-to-sea")]),
        ("/account/link", &[("account-number", "1")]),
    ];
    for (path, fields) in filled {
        let form = browser.get(path).await.form(path);
        let form = fields.iter().fold(form, |form, (name, value)| form.with(name, value));
        let forged = browser.post(&form.clone().without("form_token").forged("form_token", "0123456789abcdef")).await;
        assert_eq!(forged.status, 422, "{path} with another token");
        let unknown = browser.post(&form.forged("price", "0")).await;
        assert_eq!(unknown.status, 422, "{path} with a field that no page sends");
    }
    for to in [NEW, "sam.ortiz@example.com"] {
        assert!(mail_to(&site, to).is_empty(), "nothing came of it");
    }
    site.stop().await;
}
