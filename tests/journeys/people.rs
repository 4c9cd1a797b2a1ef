//! Signing in and walking through an order.

use local_harness::{Options, Running, start};
use tests::browser::{Browser, Page};
pub(crate) use tests::walk::{begun, walk};

/// A site of a test's own.
pub(crate) async fn site() -> Running {
    start(Options::default()).await.expect("the harness starts")
}

/// A browser signed in as a persona, on the page that comes after.
pub(crate) async fn signed_in(site: &Running, name: &str) -> (Browser, Page) {
    let persona = site.personas().iter().find(|persona| persona.name == name).expect("a persona").clone();
    let mut browser = Browser::new(site.address());
    let page = browser.get("/sign-in").await;
    let form = page.form("/sign-in").with("email", persona.email).with("password", persona.password);
    let page = browser.submit(&form).await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.path.starts_with("/customers/"), "signed in, but on {}", page.path);
    (browser, page)
}
