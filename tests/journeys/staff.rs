//! The company's own people: through the corporate provider, to a customer, and through an order for the customer.

use std::net::SocketAddr;

use hyper::Method;
use jiff::SignedDuration;
use local_harness::{Running, Sent};
use order_manager::access::ActedBy;
use order_manager::id::{CustomerId, OrderId};
use order_manager::order::Content;
use platform::App;
use platform::store::Wanted;
use serde_json::{Value, json};
use tests::browser::{Browser, Page};

use crate::people::{begun, site, walk};

/// A page that may be anywhere on this machine.
async fn elsewhere(method: Method, address: &str, body: Option<String>) -> Page {
    let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("{address} is no address"));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host: SocketAddr = host.replace("localhost", "127.0.0.1").parse().expect("a host of this machine");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    Browser::new(host).send(method, &format!("/{path}"), body, &form).await
}

/// The way through the corporate provider: from where the site sends the browser, to where it is sent back.
async fn identified(site: &Running, entrance: &str, name: &str) -> String {
    let person = site.staff().into_iter().find(|person| person.name == name).expect("a member of staff");
    let mut at = entrance.to_owned();
    for _ in 0..10 {
        if at.starts_with(&site.origin()) {
            return at.trim_start_matches(&site.origin()).to_owned();
        }
        let page = elsewhere(Method::GET, &at, None).await;
        at = match page.location {
            Some(next) => next,
            None => {
                let form = page.form("/authorize").with("employee", person.employee).with("password", person.password);
                let origin = at.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
                let answer = elsewhere(Method::POST, &format!("{origin}{}", form.action), Some(form.encoded())).await;
                answer.location.unwrap_or_else(|| panic!("{}", answer.html))
            }
        };
    }
    panic!("never came back to the site, but to {at}");
}

/// Begins to sign in, and comes back with what the provider says.
async fn came_back(site: &Running, browser: &mut Browser, name: &str, from: &str) -> Page {
    let away = browser.send(Method::GET, from, None, &[]).await;
    assert_eq!(away.status, 303, "{}", away.html);
    let back = identified(site, &away.location.expect("an address"), name).await;
    browser.send(Method::GET, &back, None, &[("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")]).await
}

/// A browser signed in as a member of staff.
pub(crate) async fn staff(site: &Running, name: &str) -> Browser {
    let mut browser = Browser::new(site.address());
    let page = came_back(site, &mut browser, name, "/staff/sign-in").await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some("/work")), "{}", page.html);
    browser
}

fn customer(site: &Running, name: &str) -> CustomerId {
    site.personas().iter().find(|persona| persona.name == name).expect("a persona").customer
}

/// The last message with a code that a customer reads back.
fn last_code(site: &Running) -> Sent {
    let has_code = |sent: &Sent| {
        let mut lines = sent.text.lines().map(str::trim);
        lines.any(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()))
    };
    site.outbox().all().into_iter().rfind(has_code).expect("a message with a code")
}

fn app(site: &Running) -> App {
    App::new(site.whole_environment(), site.clock().for_functions()).expect("the application")
}

/// Opens a persona's account, having seen identification.
async fn opened(browser: &mut Browser, customer: CustomerId) -> Page {
    let page = browser.get(&format!("/customers/{customer}/access")).await;
    let mut form = page.form("/access").with("reason", "visit").with("how", "photo");
    if form.asks("switch") {
        form = form.with("switch", "yes");
    }
    let page = browser.submit(&form).await;
    assert_eq!((page.status, page.path.as_str()), (200, &*format!("/customers/{customer}")), "{}", page.html);
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_staff_signs_in_with_the_company_and_goes_where_they_were_going() {
    let site = site().await;
    let mut browser = Browser::new(site.address());
    let asked = browser.get("/work").await;
    assert!(asked.html.contains("Staff: sign in with your company account"), "{}", asked.html);
    let page = came_back(&site, &mut browser, "Rita Okafor", "/staff/sign-in?next=/customers").await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some("/customers")));
    assert_eq!(page.headers.get("cache-control").map(String::as_str), Some("no-store"));
    let page = browser.get("/customers").await;
    assert!(page.html.contains("Rita Okafor") && page.html.contains("Find a customer"), "{}", page.html);
    assert!(!browser.cookies().contains_key("__Host-flow"), "what began is over");
    // Elsewhere is nowhere.
    let page = came_back(&site, &mut Browser::new(site.address()), "Rita Okafor", "/staff/sign-in?next=//evil.example").await;
    assert_eq!(page.location.as_deref(), Some("/work"));
    let page = browser.get("/work").await;
    let bye = browser.submit(&page.form("/sign-out")).await;
    assert!(bye.html.contains("/staff/sign-out"), "{}", bye.html);
    let away = browser.send(Method::GET, "/staff/sign-out", None, &[]).await;
    assert!(away.location.is_some_and(|to| to.starts_with(&site.hosted_origin()) && to.contains("/logout?client_id=")));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_with_anything_else_is_told_what_happened_and_not_let_in() {
    let site = site().await;
    let refused = async |page: Page, status: u16, title: &str| {
        assert!(page.status == status && page.html.contains(title), "{title}: {} {}", page.status, page.html);
    };
    let mut theo = Browser::new(site.address());
    let page = came_back(&site, &mut theo, "Theo Marsh", "/staff/sign-in").await;
    refused(page, 403, "Your account has no access here").await;
    assert!(!theo.cookies().contains_key("__Host-sid"));

    let begin = async |browser: &mut Browser| {
        let away = browser.send(Method::GET, "/staff/sign-in", None, &[]).await;
        identified(&site, &away.location.expect("an address"), "Rita Okafor").await
    };
    let mut rita = Browser::new(site.address());
    let back = begin(&mut rita).await;
    let mut stranger = Browser::new(site.address());
    refused(stranger.get(&back).await, 400, "That sign-in has been used").await;
    let theirs = begin(&mut stranger).await;
    refused(rita.get(&theirs).await, 400, "That sign-in doesn’t belong to this browser").await;
    refused(rita.get(&back).await, 400, "That sign-in has been used").await;

    let back = begin(&mut rita).await;
    let framed = rita.send(Method::GET, &back, None, &[("sec-fetch-dest", "iframe")]).await;
    assert_eq!(framed.status, 403);
    let first = rita.send(Method::GET, &back, None, &[]).await;
    assert_eq!((first.status, first.location.as_deref()), (303, Some("/work")));
    refused(rita.send(Method::GET, &back, None, &[]).await, 400, "That sign-in has been used").await;

    let state = |back: &str| back.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state").to_owned();
    let back = begin(&mut rita).await;
    let declined = format!("/staff/callback?error=access_denied&state={}", state(&back));
    refused(rita.get(&declined).await, 403, "Your company account didn’t let you in").await;
    let back = begin(&mut rita).await;
    let guessed = format!("/staff/callback?code=guessed&state={}", state(&back));
    refused(rita.get(&guessed).await, 400, "We couldn’t confirm your sign-in").await;
    let back = begin(&mut rita).await;
    site.clock().advance(SignedDuration::from_mins(11));
    refused(rita.get(&back).await, 400, "That took too long").await;
    site.stop().await;
}

/// Has an administrator of the user pool do something about Rita.
async fn administered(site: &Running, call: &str, more: Value) {
    let pool = site.whole_environment().get("USER_POOL_ID").expect("a user pool");
    let mut body = json!({ "UserPoolId": pool, "Username": "Corporate_e-1041" });
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    let host = site.cognito_endpoint().trim_start_matches("http://").replace("localhost", "127.0.0.1").parse().expect("a host");
    let target = format!("AWSCognitoIdentityProviderService.{call}");
    let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", &*target)];
    let answer = Browser::new(host).send(Method::POST, "/", Some(body.to_string()), &headers).await;
    assert_eq!(answer.status, 200, "{call}: {}", answer.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_groups_or_leaves_is_something_else_or_out_within_minutes() {
    let site = site().await;
    let mut rita = staff(&site, "Rita Okafor").await;
    let id = |browser: &Browser| browser.cookies().get("__Host-sid").cloned();
    let first = id(&rita);
    site.clock().advance(SignedDuration::from_mins(6));
    let asked = rita.send(Method::GET, "/customers", None, &[]).await;
    assert!(asked.location.is_some_and(|to| to.starts_with("/session/check")), "asked again after five minutes");
    assert_eq!((rita.get("/customers").await.status, id(&rita)), (200, first.clone()), "and nothing has changed");

    let groups = json!({ "UserAttributes": [{ "Name": "custom:idp_groups", "Value": "[telco-approvers]" }] });
    administered(&site, "AdminUpdateUserAttributes", groups).await;
    site.clock().advance(SignedDuration::from_mins(6));
    assert_eq!(rita.get("/customers").await.status, 404, "who approves does not find customers");
    assert_eq!(rita.get("/work").await.status, 200);
    assert_ne!(id(&rita), first, "a new id at a change of privilege");

    administered(&site, "AdminDisableUser", json!({})).await;
    site.clock().advance(SignedDuration::from_mins(6));
    let page = rita.get("/work").await;
    assert!(page.path.starts_with("/sign-in") && !page.html.contains("Rita Okafor"), "on {}", page.path);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_representative_finds_a_customer_and_orders_for_them_with_a_code_read_back() {
    let site = site().await;
    let mut rita = staff(&site, "Rita Okafor").await;
    let maya = customer(&site, "Maya Chen");
    let page = rita.get("/customers").await;
    for typed in ["4041-8830-27", "(404) 872-0198", "MAYA.CHEN@example.com", "chen may", "214 Juniper 30308", "702 30030"] {
        let found = rita.submit(&page.form("/customers").with("q", typed)).await;
        assert!(found.html.contains(&format!("/customers/{maya}/access")), "{typed}: {}", found.html);
        for known in ["4041-8830-27", "872-0198", "maya.chen@", "Juniper"] {
            let told = typed.to_lowercase().contains(&known.to_lowercase()) || !found.html.contains(known);
            assert!(told, "{typed} says {known}, and no more than it must should be said");
        }
        assert!(found.html.contains("Account ending 3027"), "{typed}");
    }
    for (typed, said) in [("nobody at all", "Nobody found"), ("x@", "Enter more of a name"), ("", "Error")] {
        let found = rita.submit(&page.form("/customers").with("q", typed)).await;
        assert!(found.html.contains(said), "{typed}: {}", found.html);
    }

    let closed = rita.get(&format!("/customers/{maya}")).await;
    assert!(closed.path.starts_with(&format!("/customers/{maya}/access")), "on {}", closed.path);
    assert!(!closed.html.contains("4048720198") && !closed.html.contains("Juniper"), "nothing of the account before it is open");
    let asked = rita.submit(&closed.form("/access").with("reason", "call").with("how", "code")).await;
    assert!(asked.path.contains("/access/code") && asked.html.contains("m•••@example.com"), "{}", asked.html);
    let sent = last_code(&site);
    assert_eq!(sent.to, "maya.chen@example.com");
    let code = sent.text.lines().map(str::trim).find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()));
    let code = code.expect("a code").to_owned();
    let other: String = code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
    let wrong = rita.submit(&asked.form("/code").with("code", &other)).await;
    assert!(wrong.status == 422 && wrong.html.contains("That’s not the code"), "{}", wrong.html);
    let before = rita.cookies()["__Host-sid"].clone();
    let page = rita.submit(&asked.form("/code").with("code", &format!("{} {}", &code[..3], &code[3..]))).await;
    assert_eq!((page.status, page.path.as_str()), (200, &*format!("/customers/{maya}")), "{}", page.html);
    assert_ne!(rita.cookies()["__Host-sid"], before, "a new id at a change of privilege");
    assert!(page.html.contains("Working for") && page.html.contains("– for Maya Chen"), "{}", page.html);

    let page = begun(&mut rita, &page, &["residential-line"]).await;
    let (page, way) = walk(&mut rita, page, &[("number-source", "new"), ("delivery", "email")], "/review").await;
    assert!(page.html.contains("Working for"), "on every page: {way:#?}");
    let order: OrderId = page.path.trim_start_matches("/orders/").trim_end_matches("/review").parse().expect("an order");
    let loaded = app(&site).store.load(&Wanted { order: Some(order), ..Wanted::default() }).await.expect("a load");
    let order = loaded.order.expect("the order").value;
    let Content::Draft(draft) = order.content() else { panic!("placed already") };
    assert!(matches!(&draft.started_by, ActedBy::Staff(by) if &*by.name == "Rita Okafor"), "who: {:?}", draft.started_by);
    assert_eq!(draft.ordered_for.id, maya, "for whom");

    let acts: Vec<_> = app(&site).store.audit_trail(&format!("customer#{maya}")).await.expect("a trail");
    let acts: Vec<_> = acts.iter().map(|entry| format!("{entry:?}")).collect();
    for act in ["access-asked", "access-failed", "access-opened"] {
        assert!(acts.iter().any(|entry| entry.contains(act)), "{act} is on record: {acts:#?}");
    }

    let work = rita.get("/work?list=mine").await;
    assert!(work.html.contains(&draft.id.reference()) && work.html.contains("Maya Chen"), "{}", work.html);
    let open = rita.get(&format!("/customers/{maya}/access")).await;
    let finished = rita.submit(&open.form("/access").forged("do", "finish")).await;
    assert!(finished.path.starts_with("/work") && !finished.html.contains("Working for"), "{}", finished.html);
    assert_eq!(rita.get(&format!("/orders/{}", draft.id)).await.status, 404, "closed with the account");
    assert!(rita.get("/customers").await.html.contains("Maya Chen"), "among the customers of late");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_asked_for_so_often_goes_nowhere_new_and_opens_one_account_in_one_session() {
    let site = site().await;
    let mut rita = staff(&site, "Rita Okafor").await;
    let (maya, sam, dana) = (customer(&site, "Maya Chen"), customer(&site, "Sam Ortiz"), customer(&site, "Dana Whitfield"));
    let page = rita.get(&format!("/customers/{sam}/access")).await;
    assert!(page.html.contains("No code can be sent"), "an address that is new on record: {}", page.html);
    let forged = page.form("/access").with("reason", "call").forged("how", "code");
    assert_eq!(rita.submit(&forged).await.status, 422);
    let page = rita.get(&format!("/customers/{dana}/access")).await;
    assert!(page.form("/access").asks("how") && page.html.contains("By their contract"), "{}", page.html);

    let ask = async |browser: &mut Browser| {
        let page = browser.get(&format!("/customers/{maya}/access")).await;
        browser.submit(&page.form("/access").with("reason", "call").with("how", "code")).await
    };
    let asked = ask(&mut rita).await;
    let code = last_code(&site).text;
    let code = code.lines().map(str::trim).find(|line| line.len() == 6).expect("a code").to_owned();
    let mut noor = staff(&site, "Noor Haddad").await;
    let hers = ask(&mut noor).await;
    let stolen = noor.submit(&hers.form("/code").with("code", &code)).await;
    assert_eq!(stolen.status, 422, "another session's code");
    site.clock().advance(SignedDuration::from_mins(10));
    let late = rita.submit(&asked.form("/code").with("code", &code)).await;
    assert!(late.status == 422 && late.html.contains("no longer good"), "{}", late.html);
    let mut statuses = vec![];
    for _ in 0..4 {
        statuses.push(ask(&mut rita).await.status);
    }
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_customers_with_an_order_unfinished_asks_first_and_an_account_closes_by_itself() {
    let site = site().await;
    let mut rita = staff(&site, "Rita Okafor").await;
    let (sam, dana) = (customer(&site, "Sam Ortiz"), customer(&site, "Dana Whitfield"));
    let page = opened(&mut rita, sam).await;
    begun(&mut rita, &page, &["residential-line"]).await;
    let page = rita.get(&format!("/customers/{dana}/access")).await;
    assert!(page.html.contains("You’re working for Sam Ortiz"), "{}", page.html);
    let unasked = rita.submit(&page.form("/access").with("reason", "call").with("how", "contract")).await;
    assert!(unasked.status == 422 && unasked.html.contains("Confirm that you want to switch"), "{}", unasked.html);
    opened(&mut rita, dana).await;
    assert!(rita.get(&format!("/customers/{sam}")).await.path.contains("/access"), "one at a time");
    let page = rita.get(&format!("/customers/{dana}/access")).await;
    assert!(page.html.contains("Opted out"), "{}", page.html);
    let page = rita.submit(&page.form("/access").forged("do", "consent")).await;
    assert!(page.html.contains("on record"), "{}", page.html);
    for _ in 0..3 {
        site.clock().advance(SignedDuration::from_mins(20));
        rita.get("/work").await;
    }
    let page = rita.get(&format!("/customers/{dana}")).await;
    assert!(page.path.contains("/access") && !page.html.contains("Working for"), "after an hour: {}", page.path);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_is_added_found_and_worked_for_at_once() {
    let site = site().await;
    let mut rita = staff(&site, "Rita Okafor").await;
    let page = rita.get("/customers/new").await;
    let missing = rita.submit(&page.form("/customers/new")).await;
    assert_eq!(missing.status, 422);
    let form = page.form("/customers/new").with("kind", "household").with("name", "Zoë O’Neil").with("phone", "404 881 0199");
    let form = form.with("email", "zoe.oneil@example.com").with("reason", "call").with("place.street", "415 church street");
    let form = form.with("place.city", "Decatur").with("place.state", "GA").with("place.zip", "30030");
    let page = rita.submit(&form).await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.html.contains("415 Church Street") && page.html.contains("– for Zoë O’Neil"), "{}", page.html);
    let page = rita.get("/customers").await;
    let found = rita.submit(&page.form("/customers").with("q", "oneil zoe")).await;
    assert!(found.html.contains("Zoë O’Neil"), "{}", found.html);
    site.stop().await;
}

/// What each sort of person gets of a page, by its address: own is what is their own customer's, or the one they work for.
#[tokio::test(flavor = "multi_thread")]
async fn each_page_answers_each_role_as_it_should() {
    let site = site().await;
    let (sam, maya) = (customer(&site, "Sam Ortiz"), customer(&site, "Maya Chen"));
    let order = async |browser: &mut Browser, page: &Page| {
        let path = begun(browser, page, &["residential-line"]).await.path;
        path.split('/').nth(2).expect("an order").to_owned()
    };
    let (mut consumer, page) = crate::people::signed_in(&site, "Sam Ortiz").await;
    let own = order(&mut consumer, &page).await;
    let (mut other, page) = crate::people::signed_in(&site, "Maya Chen").await;
    let others = order(&mut other, &page).await;
    let mut rita = staff(&site, "Rita Okafor").await;
    opened(&mut rita, sam).await;
    let mut noor = staff(&site, "Noor Haddad").await;
    opened(&mut noor, sam).await;
    let mut idle = staff(&site, "Sergio Lind").await;
    let mut ana = staff(&site, "Ana Brandt").await;
    let mut nobody = Browser::new(site.address());
    // Who asks for: nobody, the customer, a representative, a negotiator (both for that customer), one for nobody, an approver.
    let rows: [(String, [u16; 6]); 12] = [
        ("/work".to_owned(), [303, 404, 200, 200, 200, 200]),
        ("/customers".to_owned(), [303, 404, 200, 200, 200, 404]),
        ("/customers/new".to_owned(), [303, 404, 200, 200, 200, 404]),
        (format!("/customers/{sam}"), [303, 200, 200, 200, 303, 404]),
        (format!("/customers/{maya}"), [303, 404, 303, 303, 303, 404]),
        (format!("/customers/{sam}/access"), [303, 404, 200, 200, 200, 404]),
        (format!("/customers/{maya}/access"), [303, 404, 200, 200, 200, 404]),
        (format!("/customers/{maya}/access/code"), [303, 404, 303, 303, 303, 404]),
        (format!("/customers/{sam}/orders"), [303, 200, 200, 200, 303, 404]),
        (format!("/orders/{own}/items"), [303, 200, 200, 200, 404, 404]),
        (format!("/orders/{others}/items"), [303, 404, 404, 404, 404, 404]),
        (format!("/orders/{others}"), [303, 404, 404, 404, 404, 404]),
    ];
    let people = [&mut nobody, &mut consumer, &mut rita, &mut noor, &mut idle, &mut ana];
    for (place, browser) in people.into_iter().enumerate() {
        for (path, statuses) in &rows {
            let page = browser.send(Method::GET, path, None, &[]).await;
            assert_eq!(page.status, statuses[place], "{path} for the {place}th: {}", page.html);
        }
    }
    site.stop().await;
}
