//! Many sites at the browser: a file is sent, watched on its way, and what is wrong with it downloaded.

use tests::browser::Browser;
use tests::sites::{columns, file};

use crate::{
    album::Album,
    chromium::with_browser,
    hands::Hands,
    person::Person,
    staff::{sign_in, with_an_account_by_code},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_sites_is_sent_watched_and_corrected_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let album = Album::of(&browser).await;
        let rita = Person::new(browser, site.origin());
        sign_in(&rita, &site, "Rita Okafor").await;
        let rita = rita.with_album(album);
        with_an_account_by_code(&rita, &site, "Dana Whitfield", "Whitfield Dental").await;
        rita.follows("Order for many places by a file").await;
        rita.arrives("Order for many sites", "bulk").await;
        rita.follows("Broadband Internet").await;
        rita.arrives("Broadband Internet at many sites", "bulk-sending").await;

        // Files are downloaded past the browser's window, with its own session.
        let mut download = Browser::new(site.address());
        let session = rita.browser.get_named_cookie("__Host-sid").await.expect("a session");
        download.keep_cookie("__Host-sid", &session.value);
        let empty = download.get(&rita.link("Download the empty file").await).await;
        let columns = columns(&empty);
        let rows = [("Midtown", "220", "30308"), ("Downtown", "222", "3030"), ("Uptown", "224", "30308")];
        let hands = Hands::new(&rita);
        let page = hands.page().await;
        let bare = page.form("/sites");
        let none = bare.clone().with_file("file", "none.csv", columns.join(",").as_bytes());
        hands.fill(&page, &none).await;
        hands.send(&none).await;
        rita.reads("The file has no row below the first").await;
        rita.looks("bulk-no-rows").await;
        let page = hands.page().await;
        let sent = page.form("/sites").with_file("file", "stores.csv", file(&columns, &rows).as_bytes());
        hands.fill(&page, &sent).await;
        hands.send(&sent).await;

        rita.arrives("Sites from stores.csv", "project").await;
        while !rita.page().await.contains("All rows are dealt with") {
            rita.follows("Show how far it is now").await;
        }
        rita.reads("Rows to correct").await;
        rita.looks("project-finished").await;
        let wrong = download.get(&rita.link("Download the rows to correct").await).await.html;
        assert!(wrong.contains("Downtown") && !wrong.contains("Uptown"), "{wrong}");
        rita.follows("Midtown").await;
        rita.looks("project-order").await;
        site.stop().await;
    })
    .await;
}
