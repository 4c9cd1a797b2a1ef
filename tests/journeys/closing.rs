//! An operator closes placing while orders are on their way: nobody places one, nobody loses anything, and all is as it was when it is
//! opened again.

use hyper::Method;
use iom::placing;
use local_harness::Running;
use tests::form::forms;

use crate::people::{begun, signed_in, site, walk};
use crate::product_order_api::{ALL, ORDERING, System, broadband, document};
use crate::publishing::{catalogue_table, changed, published};

const ANSWERS: &[(&str, &str)] = &[("delivery", "email"), ("terms", "yes")];
const MESSAGE: &str = "We move to new systems tonight. Come back after 6 a.m.";

async fn close(site: &Running) {
    let message = MESSAGE.parse().expect("a message");
    let mut said = vec![];
    placing::close(&catalogue_table(site), message, site.clock().now(), &mut said).await.expect("it is closed");
    assert!(String::from_utf8(said).expect("a text").ends_with(&format!("people are told: {MESSAGE}\n")));
}

async fn open(site: &Running) -> String {
    let mut said = vec![];
    placing::open(&catalogue_table(site), &mut said).await.expect("it is open");
    String::from_utf8(said).expect("a text")
}

#[tokio::test(flavor = "multi_thread")]
async fn while_placing_is_closed_drafts_are_saved_and_nothing_that_was_filled_in_is_lost() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &home, &["broadband-internet"]).await;
    let (billing, _) = walk(&mut browser, page, ANSWERS, "/billing").await;
    close(&site).await;

    // The draft goes on being saved, up to its last page.
    let (seen, _) = walk(&mut browser, billing, ANSWERS, "/review").await;
    assert_eq!(seen.status, 200);
    assert!(seen.html.contains(MESSAGE), "{}", seen.html);
    assert!(forms(&seen.html).iter().all(|form| !form.action.ends_with("/place")), "there is no button that would do nothing");

    // A catalogue that is published meanwhile opens nothing.
    published(&site, &changed("meanwhile", |_| {}), "now").await;
    assert!(browser.get(&seen.path).await.html.contains(MESSAGE));

    assert!(open(&site).await.starts_with("orders are placed again"));
    assert_eq!(open(&site).await, "orders are placed already: nothing is left to do\n");
    let seen = browser.get(&seen.path).await;
    assert!(!seen.html.contains(MESSAGE), "{}", seen.html);

    // Closed between looking and placing: the form comes back as it was sent, and is good when it is open again.
    close(&site).await;
    let refused = browser.post(&seen.form("/place").answered(ANSWERS)).await;
    assert_eq!(refused.status, 503, "{}", refused.html);
    assert!(refused.html.contains(MESSAGE) && refused.html.contains("Your order is saved as it is"), "{}", refused.html);
    let kept = refused.form("/place");
    assert_eq!(kept.value("terms"), Some("yes"), "the box stays ticked");
    open(&site).await;
    let placed = browser.submit(&kept).await;
    assert!(placed.path.ends_with("/placed"), "{} {}", placed.status, placed.path);

    // What was placed is followed while it is closed, and a page sent twice is answered as ever.
    close(&site).await;
    let again = browser.submit(&kept).await;
    assert!(again.path.ends_with("/placed") && again.html == placed.html, "{} {}", again.status, again.path);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_placing_is_closed_partners_are_told_to_send_the_same_again() {
    let site = site().await;
    let mut system = System::with(&site, ALL).await;
    let (orders, order) = (format!("{ORDERING}/productOrder"), broadband(&site, "PO-1"));
    close(&site).await;
    let refused = system.send(Method::POST, &orders, Some(&order)).await;
    let said = document(&refused);
    assert_eq!((refused.status, &said["code"], &said["status"]), (503, &"placingClosed".into(), &"503".into()), "{said}");
    assert!(said["reason"].as_str().is_some_and(|reason| reason.contains(MESSAGE)), "{said}");
    assert_eq!(system.get(&format!("{orders}?externalId=PO-1")).await, serde_json::json!([]), "nothing has come of it");
    open(&site).await;
    let taken = system.send(Method::POST, &orders, Some(&order)).await;
    assert_eq!(taken.status, 201, "{}", taken.html);
    site.stop().await;
}
