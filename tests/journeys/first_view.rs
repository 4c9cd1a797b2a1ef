//! What a first visit costs: a document and its stylesheet, in one round trip of a new connection; no script, no third party.

use std::collections::BTreeSet;

use hyper::Method;
use scraper::{Html, Selector};
use tests::browser::Browser;

use crate::people::site;

/// What a new connection carries before it waits for the other side: ten packets, less what their heads take.
const MOST_BYTES: usize = 14_000;

/// Bytes of a body as a browser gets it.
async fn bytes_of(browser: &mut Browser, path: &str) -> usize {
    let page = browser.send(Method::GET, path, None, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(page.status, 200, "{path}");
    assert!(page.headers.contains_key("content-encoding"), "{path} is compressed");
    page.headers["content-length"].parse().expect("a length")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_view_is_two_requests_that_fit_in_a_new_connections_first_flight() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let page = browser.get("/").await;
    let document = Html::parse_document(&page.html);
    let select = |selector: &str, attribute: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        document.select(&selector).filter_map(|element| element.attr(attribute).map(str::to_owned)).collect()
    };
    assert!(
        document.select(&Selector::parse("script, iframe, object, embed, [style], style").expect("a selector")).next().is_none()
    );

    // The icon is not in it: browsers ask for that once everything is there, and once only.
    let mut asked: BTreeSet<String> = [("[src]", "src"), ("[srcset]", "srcset"), ("link:not([rel~=icon])", "href")]
        .into_iter()
        .flat_map(|(selector, attribute)| select(selector, attribute))
        .collect();
    asked.insert("/".to_owned());
    assert_eq!(asked.len(), 2, "the document and one file: {asked:?}");

    let anywhere = [("[href]", "href"), ("[src]", "src"), ("[action]", "action")];
    for address in anywhere.into_iter().flat_map(|(selector, attribute)| select(selector, attribute)) {
        assert!(address.starts_with(['/', '#']) && !address.starts_with("//"), "{address} is not ours");
    }
    let mut bytes = 0;
    for path in &asked {
        bytes += bytes_of(&mut browser, path).await;
        let text = browser.get(path).await.html;
        assert!(path == "/" || !text.contains("@import") && !text.contains("url("), "{path} asks for more");
    }
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    site.stop().await;
}
