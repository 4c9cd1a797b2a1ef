//! Documents to keep: what the file says is what the page says, and nobody else is given it.

use lopdf::Document;
use scraper::{Html, Selector};
use tests::browser::{Browser, Page};

use crate::agreements::{ANSWERS, NAME, agreement, in_force, noor, with_prices};
use crate::people::{begun, signed_in, site, walk};

/// Every word of a text, so that where its lines end does not count.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file at an address, read: it is a PDF to keep, and tagged.
async fn file(browser: &mut Browser, path: &str) -> (Document, String) {
    let (answer, bytes) = browser.file(path).await;
    assert_eq!((answer.status, answer.headers["content-type"].as_str()), (200, "application/pdf"), "{path}");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(answer.headers["content-disposition"].starts_with("attachment; filename="), "{:?}", answer.headers);
    let read = Document::load_mem(&bytes).expect("a PDF");
    assert!(read.catalog().expect("a catalog").has(b"StructTreeRoot"), "it is tagged");
    let pages: Vec<u32> = read.get_pages().into_keys().collect();
    let text = words(&read.extract_text(&pages).expect("its text"));
    (read, text)
}

/// What a page says in its document's own parts: paragraphs, questions and answers, prices.
fn said(page: &Page) -> Vec<String> {
    let selector = Selector::parse("main :is(h1, h2, h3, h4, dt, dd, td, th[scope=row])").expect("a selector");
    Html::parse_document(&page.html).select(&selector).map(|part| words(&part.text().collect::<Vec<_>>().join(" "))).collect()
}

fn agree(page: &Page, text: &str) {
    let parts = said(page);
    assert!(parts.len() > 20, "{}", page.html);
    for part in parts {
        // A line of many words may be broken where another column begins: its words are there, in their order.
        let all = part.split(' ').all(|word| text.contains(word));
        assert!(all, "“{part}” is not in\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_under_an_agreement_has_a_form_before_and_after_it_is_placed_and_so_has_the_agreement() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    in_force(&site, &mut noor, &deal).await;
    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;

    let page = dana.get(&format!("{deal}/acceptance")).await;
    let (_, text) = file(&mut dana, &format!("{deal}/agreement.pdf")).await;
    for said in [NAME, "In force.", "Dana Whitfield, Owner", "Noor Haddad, Negotiator", "Fingerprint of this text (SHA-256):"] {
        assert!(text.contains(said) && page.html.contains(said.trim_end_matches('.')), "{said}\n{text}");
    }
    let (_, by_number) = file(&mut noor, &format!("{deal}/agreement.pdf?version=1")).await;
    assert_eq!(by_number, text, "staff are given any version");
    assert_eq!(noor.get(&format!("{deal}/agreement.pdf?version=7")).await.status, 404, "there is no such version");

    let page = begun(&mut dana, &home, &["dedicated-internet"]).await;
    let order = page.path.split('/').nth(2).expect("an order").to_owned();
    let early = dana.get(&format!("/orders/{order}/order-form")).await;
    assert!(early.path.contains("/items/"), "there is no form of what cannot be placed: {}", early.path);
    let (review, _) = walk(&mut dana, page, ANSWERS, "/review").await;
    assert!(review.html.contains(&format!("/orders/{order}/order-form")), "{}", review.html);
    let before = dana.get(&format!("/orders/{order}/order-form")).await;
    assert!(before.html.contains("not placed yet") && before.html.contains(&format!("{NAME}, version 1")), "{}", before.html);
    let (_, text) = file(&mut dana, &format!("/orders/{order}/order-form.pdf")).await;
    agree(&before, &text);

    let placed = dana.submit(&review.form("/place").answered(ANSWERS)).await;
    assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    let after = dana.get(&format!("/orders/{order}/order-form")).await;
    assert!(!after.html.contains("not placed yet") && after.html.contains("List price"), "{}", after.html);
    let (read, text) = file(&mut dana, &format!("/orders/{order}/order-form.pdf")).await;
    agree(&after, &text);
    assert!(text.contains(&format!("{NAME}, version 1")) && text.contains("The customer"), "{text}");
    if let Some(folder) = std::env::var_os("DOCUMENTS") {
        let mut read = read;
        read.save(std::path::Path::new(&folder).join("order-form.pdf")).expect("it is kept");
    }

    let (mut sam, _) = signed_in(&site, "Sam Ortiz").await;
    for path in
        [format!("{deal}/agreement.pdf"), format!("/orders/{order}/order-form"), format!("/orders/{order}/order-form.pdf")]
    {
        assert_eq!(sam.get(&path).await.status, 404, "{path}");
    }
    site.stop().await;
}
