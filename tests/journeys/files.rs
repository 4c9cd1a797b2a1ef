//! Letters that customers send: taken by what they are, kept whatever else is wrong, given back to nobody else.

use hyper::Method;
use hyper::body::Bytes;
use local_harness::{Options, Running, Storage, start};
use platform::{App, FilesError};
use tests::browser::{Browser, Page};
use tests::form::{Form, SMALL_PDF};

use crate::people::{begun, signed_in, site, walk};

const ANSWERS: &[(&str, &str)] = &[
    ("routing", "bgp"),
    ("multihomed", "yes"),
    ("end-point", "Floor 4, room 410"),
    ("site-contact", "Dana Whitfield"),
    ("as-number", "3356"),
    ("prefixes", "198.35.26.0/23"),
    ("proof", "letter"),
    ("letter-holder", "Pat Holder"),
    ("peer-contact", "Robin Peer"),
    ("terms", "yes"),
];

/// Dana's order of dedicated Internet, on the page that asks for the letter.
async fn asked_for_a_letter(browser: &mut Browser, home: &Page) -> Page {
    let page = begun(browser, home, &["dedicated-internet"]).await;
    let (page, _) = walk(browser, page, ANSWERS, "/bgp").await;
    let form = page.form("/bgp").answered(&[("proof", "letter")]);
    browser.submit(&form.forged("update", "bgp")).await
}

fn filled(page: &Page) -> Form {
    assert!(page.form("/bgp").asks("letter-file"), "{}", page.html);
    page.form("/bgp").answered(ANSWERS)
}

/// Where the answer to the question is given back.
fn place_of_letter(page: &Page) -> String {
    let (item, _) = page.path.rsplit_once('/').expect("a dialog of an item");
    format!("{}/letter-file", item.replace("/items/", "/files/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_goes_with_its_order_to_the_end_and_is_given_back_to_nobody_else() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let letter = place_of_letter(&page);
    assert_eq!(browser.get(&letter).await.status, 404, "nothing was sent yet");
    let saved = browser.submit(&filled(&page).with_file("letter-file", "The letter.pdf", SMALL_PDF)).await;
    assert_eq!(saved.status, 200, "{}", saved.html);
    let again = browser.get(&page.path).await;
    assert!(again.html.contains("We have your file The letter.pdf"), "{}", again.html);
    assert_eq!(browser.submit(&again.form("/bgp")).await.status, 200, "saved again without choosing another");

    let given = browser.get(&letter).await;
    assert_eq!((given.status, given.html.as_bytes()), (200, SMALL_PDF));
    let header = |name: &str| given.headers.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!(header("content-disposition"), "attachment; filename=\"The letter.pdf\"; filename*=UTF-8''The%20letter.pdf");
    assert_eq!((header("content-type"), header("x-content-type-options")), ("application/pdf", "nosniff"));
    assert_eq!(header("cache-control"), "no-store");

    let (review, _) = walk(&mut browser, saved, ANSWERS, "/review").await;
    let link = format!("<a href=\"{letter}\">The letter.pdf (1 KB)</a>");
    assert!(review.html.contains(&link), "{}", review.html);
    let (placed, _) = walk(&mut browser, review, ANSWERS, "/placed").await;
    let order = placed.path.trim_end_matches("/placed").to_owned();
    assert!(placed.html.contains(&link) && browser.get(&order).await.html.contains(&link));
    assert_eq!(browser.get(&letter).await.html.as_bytes(), SMALL_PDF, "of the order that was placed");

    let (mut other, _) = signed_in(&site, "Maya Chen").await;
    let refused = other.get(&letter).await;
    assert_eq!(refused.status, 404);
    assert!(!refused.html.contains("PDF"));
    let stranger = Browser::new(site.address()).send(Method::GET, &letter, None, &[]).await;
    assert!(stranger.status == 303 && stranger.location.is_some_and(|path| path.starts_with("/sign-in")));
    for nothing in ["/billing-number", "/../letter-file", "/no-such-question", "/letter-file/x"] {
        let path = letter.replace("/letter-file", nothing);
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_letter_is_refused_at_its_field_and_the_rest_stays() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let form = filled(&page);
    let too_large = [SMALL_PDF, &vec![b' '; 4 << 20]].concat();
    let kinds = "The letter must be a PDF, PNG or JPEG file";
    let cases: [(&str, Form, &str); 5] = [
        ("a program", form.clone().with_file("letter-file", "letter.pdf", b"MZ\x90\x00 program"), kinds),
        ("a page", form.clone().with_file("letter-file", "letter.pdf", b"<!DOCTYPE html><script>alert(1)</script>"), kinds),
        ("too large", form.clone().with_file("letter-file", "letter.pdf", &too_large), "The letter must be 4 MB or smaller"),
        ("empty", form.clone().with_file("letter-file", "letter.pdf", b""), "The letter is an empty file. Choose another"),
        (
            "two",
            form.clone().with_file("letter-file", "a.pdf", SMALL_PDF).forged_file("letter-file", "b.pdf", SMALL_PDF),
            "Give the letter once",
        ),
    ];
    for (what, form, said) in cases {
        let refused = browser.post(&form).await;
        assert_eq!(refused.status, 422, "{what}");
        assert_eq!(refused.html.matches(said).count(), 2, "{what}: at the field and above\n{}", refused.html);
        let again = refused.form("/bgp");
        assert_eq!((again.value("letter-holder"), again.value("letter-file.kept")), (Some("Pat Holder"), None), "{what}");
    }
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let name_only = form.clone().forged("letter-file", "letter.pdf").encoded();
    let lost = browser.send(Method::POST, &form.action, Some(name_only), &headers).await;
    assert!(lost.status == 422 && lost.html.contains("Choose the letter again: the file did not arrive"), "{}", lost.html);
    let missing = browser.post(&form).await;
    assert!(missing.status == 422 && missing.html.contains("Choose a file for the letter"), "{}", missing.html);
    for (what, forged) in [
        ("a field that is no upload", form.clone().forged_file("letter-holder", "a.pdf", SMALL_PDF)),
        ("a field that is none", form.clone().forged_file("nothing", "a.pdf", SMALL_PDF)),
    ] {
        assert_eq!(browser.post(&forged).await.status, 422, "{what}");
    }
    for (name, content) in [("scan.png", &b"\x89PNG\r\n\x1a\n.."[..]), ("scan.jpg", b"\xff\xd8\xff\xe0..")] {
        let form = browser.get(&page.path).await.form("/bgp").answered(ANSWERS).with_file("letter-file", name, content);
        let sent = browser.post(&form).await;
        assert_eq!(sent.status, 303, "{name}: {}", sent.html);
        let again = browser.get(&page.path).await;
        assert!(again.html.contains(&format!("We have your file {name}")), "{}", again.html);
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_arrived_need_not_be_sent_again_when_something_else_is_wrong() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let wrong = filled(&page).with("prefixes", "192.168.0.0/16").with_file("letter-file", "letter.pdf", SMALL_PDF);
    let refused = browser.post(&wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("We have your file letter.pdf"), "{}", refused.html);
    assert_eq!(browser.get(&place_of_letter(&page)).await.status, 404, "it is not saved yet");
    // Another one that is wrong does not take the place of the one that is right.
    let worse = refused.form("/bgp").with_file("letter-file", "other.pdf", b"no letter");
    let refused = browser.post(&worse).await;
    assert!(refused.status == 422 && refused.html.contains("We have your file letter.pdf"), "{}", refused.html);
    let right = browser.post(&refused.form("/bgp").with("prefixes", "198.35.26.0/23")).await;
    assert_eq!(right.status, 303, "{}", right.html);
    assert_eq!(browser.get(&place_of_letter(&page)).await.html.as_bytes(), SMALL_PDF);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_may_be_left_out_can_be_taken_back_and_one_that_may_not_is_only_replaced() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    assert!(!page.html.contains("Remove this file"), "there is none yet");
    let form = filled(&page).with_file("letter-file", "first.pdf", SMALL_PDF);
    let sent = browser.post(&form.with_file("second-letter-file", "second.pdf", SMALL_PDF)).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    let letter = place_of_letter(&page);
    let second = letter.replace("/letter-file", "/second-letter-file");
    assert_eq!(browser.get(&second).await.status, 200);

    let held = browser.get(&page.path).await;
    let taken_back = held.form("/bgp").with("second-letter-file.removed", "yes");
    assert!(!held.form("/bgp").asks("letter-file.removed"), "an order can't do without it");
    let wrong = browser.post(&taken_back.clone().with("prefixes", "192.168.0.0/16")).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.form("/bgp").value("second-letter-file.removed"), Some("yes"), "what was ticked stays ticked");
    assert_eq!(browser.get(&second).await.status, 200, "nothing is saved that is wrong");
    assert_eq!(browser.post(&taken_back).await.status, 303);
    assert_eq!(browser.post(&taken_back).await.status, 303, "a second click has nothing left to take back");
    assert_eq!(browser.get(&second).await.status, 404);
    assert_eq!(browser.get(&letter).await.html.as_bytes(), SMALL_PDF, "the other stays");

    let forged = browser.get(&page.path).await.form("/bgp").forged("letter-file.removed", "yes");
    let missing = browser.post(&forged).await;
    assert!(missing.status == 422 && missing.html.contains("Choose a file for the letter"), "{}", missing.html);
    let other = [SMALL_PDF, b"% another"].concat();
    let replaced = browser.get(&page.path).await.form("/bgp").forged("letter-file.removed", "yes");
    assert_eq!(browser.post(&replaced.with_file("letter-file", "third.pdf", &other)).await.status, 303);
    assert_eq!(browser.get(&letter).await.html.as_bytes(), other, "to take back and send is to replace");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_in_a_dialog_of_the_page_stays_when_the_dialog_is_wrong() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let item = page.path.trim_end_matches("/bgp").to_owned();
    let form = browser.get(&item).await.form(&item).answered(ANSWERS).with("prefixes", "192.168.0.0/16");
    let wrong = browser.post(&form.with_file("letter-file", "letter.pdf", SMALL_PDF)).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("<h1>Route exchange (BGP)</h1>"), "{}", wrong.html);
    assert_eq!(wrong.html.matches("name=\"letter-file.kept\"").count(), 1, "it goes along once: {}", wrong.html);
    let right = browser.post(&wrong.form(&item).with("prefixes", "198.35.26.0/23")).await;
    assert_eq!(right.status, 303, "{}", right.html);
    assert_eq!(browser.get(&place_of_letter(&page)).await.html.as_bytes(), SMALL_PDF);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_sent_from_another_session_is_asked_for_again_with_everything_else_in_place() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let sent = filled(&page).without("form_token").forged("form_token", "0123456789abcdef0123456789abcdef");
    let refused = browser.post(&sent.with_file("letter-file", "letter.pdf", SMALL_PDF)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("couldn’t confirm that this form came from this page"), "{}", refused.html);
    assert!(refused.html.contains("Choose the letter again: the file did not arrive"), "{}", refused.html);
    assert_eq!(refused.form("/bgp").value("letter-holder"), Some("Pat Holder"));

    let saved = browser.post(&refused.form("/bgp").with_file("letter-file", "letter.pdf", SMALL_PDF)).await;
    assert_eq!(saved.status, 303, "{}", saved.html);
    // The page from the session before says of the file what only that session knows; the order knows better.
    let (mut later, _) = signed_in(&site, "Dana Whitfield").await;
    let before = browser.get(&page.path).await.form("/bgp").with("letter-holder", "Pat H. Holder");
    let refused = later.post(&before).await;
    assert_eq!(refused.status, 422);
    let sent_again = later.post(&refused.form("/bgp")).await;
    assert_eq!(sent_again.status, 303, "{}", sent_again.html);
    assert_eq!(later.get(&page.path).await.form("/bgp").value("letter-holder"), Some("Pat H. Holder"));
    assert_eq!(later.get(&place_of_letter(&page)).await.html.as_bytes(), SMALL_PDF);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_waited_too_long_is_asked_for_again_and_a_store_that_fails_half_way_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let storage = Storage::Data(folder.path().to_owned());
    let site = start(Options { storage, ..Options::default() }).await.expect("the harness starts");
    let bucket = folder.path().join("files/filesbucket");
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let wrong = filled(&page).with("prefixes", "192.168.0.0/16").with_file("letter-file", "letter.pdf", SMALL_PDF);
    let refused = browser.post(&wrong).await;
    let right = refused.form("/bgp").with("prefixes", "198.35.26.0/23");

    std::fs::write(bucket.join("orders"), "in the way").expect("a file where the folder should be");
    let failed = browser.post(&right).await;
    assert_eq!(failed.status, 503, "{}", failed.html);
    assert_eq!(failed.form("/bgp").value("letter-file.kept"), right.value("letter-file.kept"), "it still waits");

    std::fs::remove_file(bucket.join("orders")).expect("out of the way");
    std::fs::rename(bucket.join("unplaced"), bucket.join("away")).expect("swept away");
    let gone = browser.post(&failed.form("/bgp")).await;
    assert!(gone.status == 422 && gone.html.contains("Choose the letter again: the file did not arrive"), "{}", gone.html);
    assert_eq!(gone.form("/bgp").value("letter-file.kept"), None);

    std::fs::rename(bucket.join("away"), bucket.join("unplaced")).expect("there again");
    assert_eq!(browser.post(&failed.form("/bgp")).await.status, 303);
    let letter = browser.get(&place_of_letter(&page)).await;
    assert_eq!(letter.html.as_bytes(), SMALL_PDF);
    std::fs::remove_dir_all(&bucket).expect("lost");
    assert_eq!(browser.get(&place_of_letter(&page)).await.status, 404);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_can_name_only_a_letter_that_was_received_for_it() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let refused =
        browser.post(&filled(&page).with("prefixes", "192.168.0.0/16").with_file("letter-file", "mine.pdf", SMALL_PDF)).await;
    let kept = refused.form("/bgp").value("letter-file.kept").expect("it is named").to_owned();

    let (mut elsewhere, home) = signed_in(&site, "Dana Whitfield").await;
    let other = asked_for_a_letter(&mut elsewhere, &home).await;
    for (what, named) in [
        ("of another order and session", kept.clone()),
        ("made up", "orders/0192f0c4-7a10-7c01-8a01-536000000000/x/y".to_owned()),
        ("changed", format!("{kept}A")),
    ] {
        let forged = elsewhere.post(&filled(&other).forged("letter-file.kept", &named)).await;
        assert_eq!(forged.status, 422, "{what}");
        assert!(forged.html.contains("Choose the letter again: the file did not arrive"), "{what}: {}", forged.html);
        assert_eq!(forged.form("/bgp").value("letter-file.kept"), None, "{what}: it is forgotten");
    }
    assert_eq!(elsewhere.get(&place_of_letter(&other)).await.status, 404);
    let of_another_question = filled(&page).forged("second-letter-file.kept", &kept);
    assert_eq!(browser.post(&of_another_question).await.status, 422);
    site.stop().await;
}

/// What the store of files says of an order's letter, by the order as it is saved.
async fn stored(site: &Running, key: &str) -> Result<Bytes, FilesError> {
    let app = App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let file = order_manager::value::FileReference { key: key.into(), name: "x".into(), media: "x".into(), bytes: 0 };
    app.files.get(&file, app.clock.now()).await
}

/// The key of the letter that an order holds.
async fn key_of_letter(site: &Running, page: &Page) -> String {
    let app = App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let order = page.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order");
    let wanted = platform::store::Wanted { order: Some(order), ..platform::store::Wanted::default() };
    let loaded = app.store.load(&wanted).await.expect("the store answers").order.expect("the order").value;
    let order_manager::order::Content::Draft(draft) = loaded.content() else { panic!("a draft") };
    let letter = draft.items[0].answers.iter().find(|(question, _)| question.as_str() == "letter-file");
    let Some((_, order_manager::value::Value::File(file))) = letter else { panic!("a letter, not {letter:?}") };
    file.key.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_click_is_one_letter_and_what_no_order_holds_any_more_is_let_go() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let form = filled(&page).with_file("letter-file", "first.pdf", SMALL_PDF);
    let sent = browser.post(&form).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    assert_eq!(browser.post(&form).await.status, 303, "the same again");
    let first = key_of_letter(&site, &page).await;
    assert_eq!(stored(&site, &first).await, Ok(Bytes::from_static(SMALL_PDF)));

    let stale = browser.get(&page.path).await;
    let other = [SMALL_PDF, b"% another"].concat();
    let replaced = stale.form("/bgp").with_file("letter-file", "second.pdf", &other);
    assert_eq!(browser.post(&replaced).await.status, 303);
    let second = key_of_letter(&site, &page).await;
    assert_ne!(first, second);
    assert_eq!(stored(&site, &first).await, Err(FilesError::Missing), "the one it replaced");

    // The page from before is a version that somebody has not seen.
    let third = [SMALL_PDF, b"% a third"].concat();
    let conflict = browser.post(&stale.form("/bgp").with_file("letter-file", "third.pdf", &third)).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.html.contains("second.pdf") && conflict.html.contains("third.pdf"), "{}", conflict.html);
    assert_eq!(browser.post(&conflict.form("/bgp")).await.status, 303, "the one that was sent is taken after all");
    assert_eq!(browser.get(&place_of_letter(&page)).await.html.as_bytes(), third);

    let third = key_of_letter(&site, &page).await;
    let order = page.path.split("/items/").next().unwrap_or_default();
    let token = page.form("/bgp").value("form_token").unwrap_or_default().to_owned();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let path = format!("{order}/discard");
    let discarded = browser.send(Method::POST, &path, Some(format!("form_token={token}")), &headers).await;
    assert_eq!(discarded.status, 303, "{}", discarded.html);
    assert_eq!(stored(&site, &third).await, Err(FilesError::Missing), "an order that was thrown away");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_files_cannot_be_taken_everything_else_stays_and_nothing_fails() {
    // Files are kept by another, which goes away once the site is there.
    let other = start(Options::default()).await.expect("another harness");
    let site = start(Options { s3: Some(other.s3_endpoint()), ..Options::default() }).await.expect("the harness starts");
    other.stop().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let sent = filled(&page).with_file("letter-file", "letter.pdf", SMALL_PDF);
    let refused = browser.post(&sent).await;
    assert_eq!(refused.status, 503, "{}", refused.html);
    assert_eq!(refused.html.matches("We can’t take your file just now").count(), 2, "{}", refused.html);
    let again = refused.form("/bgp");
    assert_eq!((again.value("letter-holder"), again.value("prefixes")), (Some("Pat Holder"), Some("198.35.26.0/23")));
    let updated = browser.post(&again.forged("update", "bgp")).await;
    assert_eq!(updated.status, 303, "what was typed can be saved without it");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_files_is_taken_only_where_files_are_asked_for() {
    let site = site().await;
    let (mut browser, home) = signed_in(&site, "Dana Whitfield").await;
    let page = asked_for_a_letter(&mut browser, &home).await;
    let form = filled(&page).with_file("letter-file", "letter.pdf", SMALL_PDF);
    let (media, content) = form.content();
    let order = page.path.split("/items/").next().unwrap_or_default().to_owned();
    let headers = [("content-type", &*media), ("sec-fetch-site", "same-origin")];
    for path in ["/sign-in".to_owned(), format!("{order}/items"), format!("{order}/discard"), format!("{order}/place")] {
        let refused = browser.send_bytes(Method::POST, &path, content.clone().into(), &headers).await;
        assert_eq!(refused.status, 415, "{path}");
    }
    for (what, headers, status) in [
        ("from elsewhere", [("content-type", &*media), ("sec-fetch-site", "cross-site")], 403),
        ("in other parts", [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")], 400),
        ("in no parts", [("content-type", "multipart/form-data"), ("sec-fetch-site", "same-origin")], 400),
        ("of another kind", [("content-type", "multipart/mixed; boundary=x"), ("sec-fetch-site", "same-origin")], 415),
    ] {
        let refused = browser.send_bytes(Method::POST, &form.action, content.clone().into(), &headers).await;
        assert_eq!(refused.status, status, "{what}");
    }
    let huge = filled(&page).with_file("letter-file", "letter.pdf", &vec![b'%'; 4_600_000]);
    assert_eq!(browser.post(&huge).await.status, 413);
    let chatty = filled(&page).forged("letter-holder", &"a".repeat(70_000));
    assert_eq!(browser.post(&chatty).await.status, 413, "fields are held to what they may have in any form");
    site.stop().await;
}
