//! What is on record of a representative's day: every act for a customer, once, in its order, on trails that are whole.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use local_harness::Running;
use order_manager::access::Role;
use order_manager::audit::{Entry, verify};
use tests::sites::file;

use crate::bulk::{columns, finished, orders, send, sending, sites};
use crate::people::{begun, signed_in, site, walk};
use crate::selling::{ANSWERS, at_review, deed, item, rita, staff, store};

/// What is on the trail of an order, or of a project, by its address: whole, and all for Dana.
async fn trail(site: &Running, path: &str) -> Vec<Entry> {
    let trail = path.trim_start_matches('/').replacen("orders/", "order#", 1).replacen("projects/", "project#", 1);
    let trail = store(site).audit_trail(&trail).await.expect("a trail");
    assert_eq!(verify(&trail), Ok(()), "{path}");
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").customer.to_string();
    assert!(trail.iter().all(|entry| entry.customer.as_deref() == Some(&*dana)), "{trail:#?}");
    trail
}

/// What was done, by whom; saving one page of an order after another is told once.
fn acts(trail: &[Entry]) -> Vec<(&str, &str)> {
    let mut acts: Vec<_> = trail.iter().map(|entry| (&*entry.act, &*entry.capacity)).collect();
    acts.dedup_by(|one, before| one == before && one.0 == "order-edited");
    acts
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_of_a_representatives_day_is_on_record_once() {
    const RITA: &str = "sales-representative";
    let site = site().await;
    let mut rita = rita(&site).await;
    let (_, order) = at_review(&site, &mut rita).await;

    let item = item(&rita.get(&format!("{order}/offer")).await);
    let discount = |percent| [("item", &*item), ("percent", percent), ("months", "12"), ("reason", "Moves three offices")];
    let refused = deed(&mut rita, &order, "discount", &discount("36")).await;
    assert_eq!(refused.status, 422, "what is refused was not done");
    deed(&mut rita, &order, "discount", &discount("25")).await;
    deed(&mut rita, &order, "ask-approval", &[]).await;
    let mut ana = staff(&site, "Ana Brandt", &[Role::Approver], None).await;
    let page = ana.get(&format!("{order}/offer")).await;
    ana.submit(&page.form("/offer/return").with("return-reason", "Ask for less.")).await;
    deed(&mut rita, &order, "ask-approval", &[]).await;
    let page = ana.get(&format!("{order}/offer")).await;
    ana.submit(&page.form("/offer/approve")).await;
    let until = (site.clock().now() + (20 * 24).hours()).to_zoned(TimeZone::UTC).date().strftime("%m/%d/%Y").to_string();
    deed(&mut rita, &order, "quote", &[("valid-until", &until)]).await;
    deed(&mut rita, &order, "revise", &[]).await;
    deed(&mut rita, &order, "quote", &[("valid-until", &until)]).await;
    let page = rita.get(&format!("{order}/quote")).await;
    rita.submit(&page.form("/quote")).await;
    deed(&mut rita, &order, "send", &[]).await;
    deed(&mut rita, &order, "take-back", &[]).await;
    deed(&mut rita, &order, "send", &[]).await;

    let (mut dana, _) = signed_in(&site, "Dana Whitfield").await;
    let page = dana.get(&order).await;
    let twice = page.form("/place").answered(ANSWERS);
    for _ in 0..2 {
        let placed = dana.submit(&twice).await;
        assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    }
    let page = rita.get(&format!("{order}/amend")).await;
    rita.submit(&page.form("/amend").with("contact-name", "Noel Whitfield")).await;
    let page = rita.get(&format!("{order}/cancel")).await;
    rita.submit(&page.form("/cancel").answered(&[])).await;

    let whole = trail(&site, &order).await;
    assert_eq!(
        acts(&whole),
        [
            ("order-begun", RITA),
            ("order-edited", RITA),
            ("discount-given", RITA),
            ("approval-asked", RITA),
            ("discount-returned", "approver"),
            ("approval-asked", RITA),
            ("discount-approved", "approver"),
            ("quote-made", RITA),
            ("quote-revised", RITA),
            ("quote-made", RITA),
            ("quote-accepted", RITA),
            ("order-sent", RITA),
            ("order-taken-back", RITA),
            ("order-sent", RITA),
            ("order-placed", "customer"),
            ("contact-changed", RITA),
            ("cancellation-asked", RITA),
        ],
        "{whole:#?}"
    );
    let person = |name: &str| site.staff().into_iter().find(|person| person.name == name).expect("staff").sub.to_string();
    assert_eq!(whole[0].person.as_deref(), Some(&*person("Rita Okafor")));
    assert!(whole.iter().any(|entry| entry.person.as_deref() == Some(&*person("Ana Brandt"))));
    assert!(whole.iter().all(|entry| entry.at <= site.clock().now()));

    // The same again, thrown away.
    let page = rita.get(&order).await;
    let again = rita.submit(&page.form("/again")).await;
    let (review, _) = walk(&mut rita, again, ANSWERS, "/review").await;
    rita.submit(&review.form("/discard")).await;
    let copy = trail(&site, review.path.trim_end_matches("/review")).await;
    assert_eq!(acts(&copy), [("order-begun", RITA), ("order-edited", RITA), ("order-discarded", RITA)], "{copy:#?}");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_many_sites_and_each_order_that_comes_of_it_are_on_record() {
    let site = site().await;
    let (mut rita, sites) = (rita(&site).await, sites(&site));
    let (page, columns) = (sending(&mut rita, &sites).await, columns(&mut rita, &sites).await);
    let rows = [("Midtown", "220", "30308"), ("Uptown", "224", "30308")];
    let project = send(&mut rita, &page, file(&columns, &rows).as_bytes()).await.path;
    let made = orders(&finished(&mut rita, &site, &project).await);
    let sent = trail(&site, &project).await;
    assert_eq!(acts(&sent), [("sites-sent", "sales-representative")]);
    assert_eq!(made.len(), rows.len());
    for order in made {
        let begun = trail(&site, &order).await;
        assert_eq!(acts(&begun), [("order-begun", "staff")]);
        assert_eq!(begun[0].person, sent[0].person, "it is ordered by who sent the file");
        assert_eq!(begun[0].about.as_deref(), Some(&*sent[0].subject));
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_customers_do_themselves_what_binds_them_is_on_record() {
    let site = site().await;
    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;
    let page = begun(&mut dana, &home, &["dedicated-internet"]).await;
    let (placed, _) = walk(&mut dana, page, ANSWERS, "/placed").await;
    let order = placed.path.trim_end_matches("/placed");
    assert_eq!(acts(&trail(&site, order).await), [("order-placed", "customer")]);
    site.stop().await;
}
