//! The way through an order, as anybody goes it.

use crate::browser::{Browser, Page};
use crate::filling::dated;
use crate::form::{Form, forms};

/// Begins an order of these offerings at the first place.
pub async fn begun(browser: &mut Browser, page: &Page, offerings: &[&str]) -> Page {
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

/// The page's form that leads on.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn onward(page: &Page) -> Form {
    let leads_on = |action: &str| !["/remove", "/discard", "/sign-out"].iter().any(|end| action.ends_with(end));
    let form = forms(&page.html).into_iter().find(|form| leads_on(&form.action));
    form.unwrap_or_else(|| panic!("nowhere to go from {}:\n{}", page.path, page.html))
}

/// Goes on, answering each page with the first choice there is or what the list says, until an address ending so.
///
/// # Panics
/// When there is no way on, or it does not lead there.
pub async fn walk(browser: &mut Browser, mut page: Page, answers: &[(&str, &str)], until: &str) -> (Page, Vec<String>) {
    let mut way = vec![page.path.clone()];
    for _ in 0..60 {
        if page.path.ends_with(until) {
            return (page, way);
        }
        let form = dated(onward(&page).answered(answers), &page.html);
        page = browser.submit(&form).await;
        assert!([200, 422].contains(&page.status), "{} on {}\n{}", page.status, page.path, page.html);
        way.push(page.path.clone());
    }
    panic!("never came to …{until}; the way: {way:#?}\n{}", page.html);
}
