//! Signing in and walking through an order.

use local_harness::{Options, Running, start};
use tests::browser::{Browser, Page};
use tests::filling::dated;
use tests::form::forms;

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

/// Begins an order of these offerings at the first place.
pub(crate) async fn begun(browser: &mut Browser, page: &Page, offerings: &[&str]) -> Page {
    let mut form = page.form("/orders").answered(&[]);
    // Staff could start from a template; here they name what they want.
    if form.asks("template") {
        form = form.without("template");
    }
    for offering in offerings {
        form = form.with("offering", offering);
    }
    browser.submit(&form).await
}

/// Goes on, answering each page with the first choice there is or what the list says, until an address ending so.
pub(crate) async fn walk(browser: &mut Browser, mut page: Page, answers: &[(&str, &str)], until: &str) -> (Page, Vec<String>) {
    let mut way = vec![page.path.clone()];
    for _ in 0..60 {
        if page.path.ends_with(until) {
            return (page, way);
        }
        let onward = |action: &str| !["/remove", "/discard", "/sign-out"].iter().any(|end| action.ends_with(end));
        let form = forms(&page.html).into_iter().find(|form| onward(&form.action));
        let form = form.unwrap_or_else(|| panic!("nowhere to go from {}:\n{}", page.path, page.html));
        let form = dated(form.answered(answers), &page.html);
        page = browser.submit(&form).await;
        assert!([200, 422].contains(&page.status), "{} on {}\n{}", page.status, page.path, page.html);
        way.push(page.path.clone());
    }
    panic!("never came to …{until}; the way: {way:#?}\n{}", page.html);
}
