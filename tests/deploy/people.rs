//! Who orders through the deployed API.

use std::time::{Duration, Instant};

use hyper::Method;
use tests::browser::{Browser, Page};
use tests::filling::dated;
use tests::walk::{begun, walk};

use crate::operating::closed_for_a_while;
use crate::stack::Stack;

/// What MiniStack takes for the code that it does not send.
pub(crate) const CODE: &str = "123456";

/// The consumer's e-mail address.
pub(crate) const EMAIL: &str = "ira@example.com";

/// What a consumer answers; the rest is each page's first choice.
const ANSWERS: &[(&str, &str)] =
    &[("number-source", "new"), ("signature", "Ira Newcomer"), ("delivery", "email"), ("terms", "yes")];

/// What a representative enters of the customer's word.
const WORD: &[(&str, &str)] = &[
    ("delivery", "email"),
    ("consent-by", "Ines Harbor"),
    ("consent-channel", "call"),
    ("consent-reference", "CALL-77120"),
    ("told", "broadband-label"),
    ("terms", "yes"),
];

/// Somebody who has ordered.
pub(crate) struct Consumer {
    pub(crate) browser: Browser,
    /// The customer's id.
    pub(crate) customer: String,
    /// The order's address.
    pub(crate) order: String,
}

/// Somebody new checks an address, creates a sign-in, begins as a customer, orders and follows the order.
pub(crate) async fn consumer(stack: &Stack) -> Consumer {
    let mut browser = stack.browser();
    let address = |page: &Page, action: &str| {
        let place = [("street", "214 Juniper Street NE"), ("city", "Atlanta"), ("state", "GA"), ("zip", "30308")];
        place.iter().fold(page.form(action), |form, (part, text)| form.with(&format!("address.{part}"), text))
    };
    let page = browser.get("/check-address").await;
    let page = browser.submit(&address(&page, "/check-address")).await;
    assert!(page.status == 200 && page.html.contains("Broadband Facts"), "{} {}", page.status, page.html);

    let page = browser.get("/sign-up").await;
    let form = page.form("/sign-up").with("name", "Ira Newcomer").with("email", EMAIL);
    let page = browser.submit(&form.with("new-password", "ira likes long walks")).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/sign-up/code"), "{}", page.html);
    let page = browser.submit(&page.form("/sign-up/code").with("code", CODE)).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/account/link"), "{}", page.html);
    let page = browser.get("/account/new").await;
    let form = address(&page, "/account/new").with("kind", "home").with("name", "Ira Newcomer").with("phone", "404 555 0123");
    let page = browser.submit(&form).await;
    assert!(page.status == 200 && page.path.starts_with("/customers/"), "{} {}", page.path, page.html);
    let customer = page.path.trim_start_matches("/customers/").to_owned();

    let page = begun(&mut browser, &page, &["broadband-internet", "residential-line"]).await;
    let (page, _) = walk(&mut browser, page, ANSWERS, "/review").await;
    closed_for_a_while(stack, &mut browser, &page.path).await;
    let page = browser.get(&page.path).await;
    let (page, _) = walk(&mut browser, page, ANSWERS, "/placed").await;
    assert_eq!(page.status, 200, "{}", page.html);
    let order = page.path.trim_end_matches("/placed").to_owned();
    let followed = browser.get(&order).await;
    assert_eq!((followed.status, &followed.path), (200, &order));
    Consumer { browser, customer, order }
}

/// The way through the corporate provider: from where the site sends the browser, to where it is sent back.
pub(crate) async fn signed_in(stack: &Stack, employee: &str) -> Browser {
    let mut browser = stack.browser();
    let away = browser.send(Method::GET, "/staff/sign-in", None, &[]).await;
    let mut at = away.location.unwrap_or_else(|| panic!("{} {}", away.status, away.html));
    let mut elsewhere: Vec<(String, Browser)> = vec![];
    for _ in 0..20 {
        let rest = at.split_once("://").map(|(_, rest)| rest.to_owned()).unwrap_or_else(|| panic!("{at} is no address"));
        let (host, path) = rest.split_once('/').unwrap_or((&rest, ""));
        if path.starts_with("staff/callback") {
            let back = [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")];
            let page = browser.send(Method::GET, &format!("/{path}"), None, &back).await;
            assert_eq!((page.status, page.location.as_deref()), (303, Some("/work")), "{}", page.html);
            return browser;
        }
        let asks = at.starts_with(stack.issuer()) && !at.contains("/auth/") && at.contains("client_id=");
        let path = if asks { format!("/{path}&login_hint={employee}") } else { format!("/{path}") };
        if !elsewhere.iter().any(|(known, _)| known == host) {
            let address = host.replace("localhost", "127.0.0.1").parse().expect("a host of this machine");
            elsewhere.push((host.to_owned(), Browser::called(address, host)));
        }
        let there = elsewhere.iter_mut().find(|(known, _)| known == host).map(|(_, there)| there).expect("its browser");
        let page = there.send(Method::GET, &path, None, &[]).await;
        let next = page.location.unwrap_or_else(|| panic!("{at}: {} {}", page.status, page.html));
        at = if next.starts_with('/') { format!("http://{host}{next}") } else { next };
    }
    panic!("never came back to the site, but to {at}");
}

/// A member of staff finds the customer of an account and opens it; whose it is.
pub(crate) async fn account_opened(staff: &mut Browser, account: &str) -> String {
    let page = staff.get("/customers").await;
    let found = staff.submit(&page.form("/customers").with("q", account)).await;
    let customer = found.html.split("/customers/").find_map(|rest| rest.get(..36).filter(|id| id.matches('-').count() == 4));
    let customer = customer.unwrap_or_else(|| panic!("the customer is not found: {}", found.html)).to_owned();
    let page = staff.get(&format!("/customers/{customer}/access")).await;
    let page = staff.submit(&page.form("/access").with("reason", "visit").with("how", "photo")).await;
    assert_eq!((page.status, &*page.path), (200, &*format!("/customers/{customer}")), "{}", page.html);
    customer
}

/// A representative signs in with the company, finds the customer that was loaded, opens the account and places an order on the
/// customer's word; then sends a file of two sites, each of which becomes an order by way of the projects' stream.
pub(crate) async fn representative(stack: &Stack, account: &str) {
    let mut rita = signed_in(stack, "e-1041").await;
    let customer = account_opened(&mut rita, account).await;
    let page = rita.get(&format!("/customers/{customer}")).await;

    let page = begun(&mut rita, &page, &["broadband-internet"]).await;
    let (page, _) = walk(&mut rita, page, WORD, "/review").await;
    let placed = rita.submit(&dated(page.form("/place").answered(WORD), &page.html)).await;
    assert!(placed.path.ends_with("/placed") && placed.html.contains("Rita Okafor"), "{}\n{}", placed.path, placed.html);

    many_sites(&mut rita, &customer).await;
}

async fn many_sites(rita: &mut Browser, customer: &str) {
    let sites = format!("/customers/{customer}/sites");
    let empty = rita.get(&format!("{sites}/template.csv?offering=broadband-internet")).await;
    let columns: Vec<_> = empty.html.trim_start_matches('\u{feff}').trim_end().split(',').collect();
    let row = |name: &str, number: u32| {
        let cell = |column: &&str| match *column {
            "site-name" => name.to_owned(),
            "street" => format!("{number} Juniper Street NE"),
            "city" => "Atlanta".to_owned(),
            "state" => "GA".to_owned(),
            "zip" => "30308".to_owned(),
            "contact-name" => "Ines Harbor".to_owned(),
            "contact-phone" => "404-555-0171".to_owned(),
            "speed" => "300 Mbps".to_owned(),
            "router" => "ours".to_owned(),
            "wifi-extenders" => "No".to_owned(),
            "static-address" => "none".to_owned(),
            "socket" => "yes".to_owned(),
            "installation" => "self".to_owned(),
            "term" => "month-to-month".to_owned(),
            _ => String::new(),
        };
        columns.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let file = [columns.join(","), row("North", 200), row("South", 220)].join("\r\n");
    let page = rita.get(&format!("{sites}?offering=broadband-internet")).await;
    let form = page.form("/sites").with_file("file", "sites.csv", file.as_bytes());
    let mut project = rita.submit(&form).await;
    assert!(project.status == 200 && project.path.starts_with("/projects/"), "{} {}", project.path, project.html);
    let begun = Instant::now();
    while !project.html.contains("All rows are dealt with") {
        assert!(begun.elapsed() < Duration::from_secs(120), "the stream starts nothing: {}", project.html);
        tokio::time::sleep(Duration::from_secs(1)).await;
        project = rita.get(&project.path.clone()).await;
    }
    assert_eq!(project.html.matches("href=\"/orders/").count(), 2, "{}", project.html);
}
