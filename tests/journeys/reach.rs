//! Who reaches what: each route of the template, asked for by each sort of person, by address and by form.

use hyper::Method;
use local_harness::Running;
use order_manager::access::Role;
use serde_json::Value;
use tests::browser::{Browser, Page};

use crate::people::{begun, signed_in, site};
use crate::selling::staff;

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Customers, each for their own sign-in.
    Customers,
    /// Staff who find customers and work for them.
    WhoServes,
    /// Staff who have something to do.
    Staff,
    /// Staff who negotiate agreements, or approve them.
    Dealing,
    /// The customer, and staff whom the account was opened for.
    TheirOwn,
    /// Staff whom the customer's account was opened for.
    OpenedAccount,
    /// Machines that show a token: no session counts.
    Machines,
}

/// Somebody who asks for what is Dana’s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Person {
    Nobody,
    Owner,
    Stranger,
    Representative,
    Negotiator,
    /// Staff whom another customer's account was opened for.
    Busy,
    /// Staff whom no account was opened for.
    Idle,
    Approver,
}

/// What is not there, whoever asks: nothing is quoted or signed, and there is no such file, dialog, project or agreement, and no
/// offering is said to make an empty file for; and a customer or representative begins no agreement.
const NOT_HERE: [&str; 8] = [
    "/agreements/{agreement}",
    "/customers/{customer}/agreements",
    "/template.csv",
    "/quote",
    "/authorisations/{authorisation}",
    "/files/{item}/{question}",
    "/items/{item}/{dialog}",
    "/projects/",
];

fn whom_for(path: &str) -> For {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["" | "assets" | "favicon.ico" | "help" | "terms" | "privacy" | "accessibility" | "robots.txt" | ".well-known", ..]
        | [
            "check-address" | "sign-in" | "sign-up" | "recover" | "factor" | "sign-out" | "signed-out" | "session" | "staff"
            | "unsubscribe",
            ..,
        ] => For::Everybody,
        ["kept", ..] => For::SignedIn,
        ["account", ..] => For::Customers,
        ["work"] => For::Staff,
        ["deals"] => For::Dealing,
        ["agreements", ..] => For::TheirOwn,
        ["customers"] | ["customers", "new"] | ["customers", _, "access", ..] => For::WhoServes,
        ["customers", _, "sites", ..] | ["orders", _, "offer", ..] => For::OpenedAccount,
        ["customers" | "orders" | "projects", ..] => For::TheirOwn,
        ["tmf-api", _, _, "openapi.yaml"] => For::Everybody,
        ["tmf-api", ..] => For::Machines,
        _ => panic!("{path}: say here whom it is for"),
    }
}

fn reaches(person: Person, whom: For) -> bool {
    use Person::{Approver, Busy, Idle, Negotiator, Nobody, Owner, Representative, Stranger};
    let serves = matches!(person, Representative | Negotiator | Busy | Idle);
    match whom {
        For::Everybody => true,
        For::SignedIn => person != Nobody,
        For::Customers => matches!(person, Owner | Stranger),
        For::WhoServes => serves,
        For::Staff => serves || person == Approver,
        For::Dealing => matches!(person, Negotiator | Approver),
        For::TheirOwn => matches!(person, Owner | Representative | Negotiator),
        For::OpenedAccount => matches!(person, Representative | Negotiator),
        For::Machines => false,
    }
}

/// Whether an answer tells nothing but that one may sign in, or say first why an account is to be opened.
fn turns_away(page: &Page, path: &str) -> bool {
    let leads = |to: &str| page.status == 303 && page.location.as_deref().is_some_and(|location| location.starts_with(to));
    let asks_why = page.status == 303 && page.location.as_deref().is_some_and(|location| location.contains("/access"));
    matches!(page.status, 401 | 404) || leads("/sign-in") || (asks_why && !path.contains("/access"))
}

struct Danas {
    customer: String,
    order: String,
    item: String,
    product: String,
}

impl Danas {
    fn address(&self, path: &str) -> String {
        let known = [
            ("{customer}", &*self.customer),
            ("{order}", &*self.order),
            ("{item}", &*self.item),
            ("{product}", &*self.product),
            ("{deed}", "quote"),
            ("{project}", "018f3a2e-0000-7000-8000-000000000001"),
        ];
        let path = known.into_iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
        path.replace(['{', '}'], "")
    }
}

async fn danas(site: &Running, browser: &mut Browser, page: &Page) -> Danas {
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").customer.to_string();
    let between = |html: &str, before: &str| {
        let rest = html.split_once(before).unwrap_or_else(|| panic!("{before} is nowhere in {html}")).1;
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>()
    };
    let product = between(&page.html, "/products/");
    let begun = begun(browser, page, &["dedicated-internet"]).await;
    let parts: Vec<_> = begun.path.split('/').map(str::to_owned).collect();
    let [_, _, order, _, item] = &parts[..] else { panic!("{} is no item's page", begun.path) };
    Danas { customer: dana, item: item.clone(), order: order.clone(), product }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_of_the_header_leads_to_a_page_that_is_there() {
    let site = site().await;
    for (name, role) in
        [("Rita Okafor", Role::SalesRepresentative), ("Noor Haddad", Role::ContractNegotiator), ("Ana Brandt", Role::Approver)]
    {
        let mut browser = staff(&site, name, &[role], None).await;
        let page = browser.get("/work").await;
        let header = page.html.split("</header>").next().expect("a header").to_owned();
        let links: Vec<_> = header.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.contains(&"work"), "{header}");
        for link in links {
            assert_eq!(browser.get(&format!("/{link}")).await.status, 200, "/{link} for {name}");
        }
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_is_there_for_those_it_is_for_and_for_nobody_else() {
    let site = site().await;
    let (mut dana, page) = signed_in(&site, "Dana Whitfield").await;
    let danas = danas(&site, &mut dana, &page).await;
    let (maya, _) = signed_in(&site, "Maya Chen").await;
    let people = [
        (Person::Nobody, Browser::new(site.address())),
        (Person::Owner, dana),
        (Person::Stranger, maya),
        (Person::Representative, staff(&site, "Rita Okafor", &[Role::SalesRepresentative], Some("Dana Whitfield")).await),
        (Person::Negotiator, staff(&site, "Noor Haddad", &[Role::ContractNegotiator], Some("Dana Whitfield")).await),
        (Person::Busy, staff(&site, "Sergio Lind", &[Role::SalesRepresentative], Some("Maya Chen")).await),
        (Person::Idle, staff(&site, "Sergio Lind", &[Role::SalesRepresentative], None).await),
        (Person::Approver, staff(&site, "Ana Brandt", &[Role::Approver], None).await),
    ];
    let listed = Browser::new(site.address()).get("/_harness/routes.json").await;
    let routes: Vec<Value> = serde_json::from_str(&listed.html).expect("the routes");
    // What is no route's is nobody's.
    let mut routes: Vec<_> = routes.iter().filter_map(|route| route["key"].as_str()?.split_once(' ')).collect();
    assert!(routes.len() > 60, "{routes:?}");
    // What is everybody's comes last: among it is what ends a session.
    routes.sort_by_key(|(_, path)| whom_for(path) == For::Everybody);
    let mut wrong = vec![];
    for (person, mut browser) in people {
        for (method, path) in &routes {
            let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let headers = if method == Method::GET { &[][..] } else { &form[..] };
            let page = browser.send(method.clone(), &danas.address(path), None, headers).await;
            let whom = whom_for(path);
            let as_it_should = match (whom, reaches(person, whom)) {
                (For::Everybody, _) => true,
                (_, false) => turns_away(&page, path),
                (_, true) => !turns_away(&page, path) || NOT_HERE.iter().any(|missing| path.contains(missing)),
            };
            if page.status >= 500 || !as_it_should {
                wrong.push(format!("{method} {path}, for {whom:?}: {person:?} gets {} {:?}", page.status, page.location));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    site.stop().await;
}
