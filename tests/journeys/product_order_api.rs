//! A partner's own system: tokens, orders, their cancellation, listeners and the catalogue, over HTTP as TM Forum's contracts say.

mod bad_input;
mod changing;
mod conformance;
mod every_offering;
mod listening;

use std::net::Ipv4Addr;

use hyper::Method;
use local_harness::{Running, start};
use serde_json::{Value, json};
use tests::browser::{Browser, Page};

use crate::people::{begun, signed_in, walk};

pub(crate) const ORDERING: &str = "/tmf-api/productOrderingManagement/v4";
const CATALOGUE: &str = "/tmf-api/productCatalogManagement/v4";
pub(crate) const ALL: &str = "partners/catalogue.read partners/orders.read partners/orders.write";

/// A partner's system.
pub(crate) struct System {
    http: Browser,
    token: String,
}

impl System {
    /// With a token for these scopes.
    pub(crate) async fn with(site: &Running, scopes: &str) -> Self {
        let client = site.app_client("TryOutPartnerClient").expect("a partner");
        let port = site.hosted_origin().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let pool = (Ipv4Addr::LOCALHOST, port).into();
        let secret = client.secret.expect("a secret");
        let body = format!("grant_type=client_credentials&client_id={}&client_secret={secret}&scope={scopes}", client.id);
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let body = body.replace(' ', "%20");
        let answer = Browser::new(pool).send(Method::POST, "/oauth2/token", Some(body), &headers).await;
        let answer: Value = serde_json::from_str(&answer.html).expect("tokens");
        Self { http: Browser::new(site.address()), token: answer["access_token"].as_str().expect("a token").to_owned() }
    }

    /// Its token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Sends a request, its body as JSON.
    pub(crate) async fn send(&mut self, method: Method, path: &str, body: Option<&Value>) -> Page {
        let media = if method == Method::PATCH { "application/merge-patch+json" } else { "application/json" };
        self.send_text(method, path, body.map(Value::to_string), media).await
    }

    /// Sends a request, its body as it is.
    pub(crate) async fn send_text(&mut self, method: Method, path: &str, body: Option<String>, media: &str) -> Page {
        let bearer = format!("Bearer {}", self.token);
        self.http.send(method, path, body, &[("authorization", &bearer), ("content-type", media)]).await
    }

    /// What stands there.
    pub(crate) async fn get(&mut self, path: &str) -> Value {
        let page = self.send(Method::GET, path, None).await;
        assert_eq!(page.status, 200, "{path}: {}", page.html);
        document(&page)
    }
}

/// An answer's document.
pub(crate) fn document(page: &Page) -> Value {
    assert!(page.headers["content-type"].starts_with("application/json"), "{}: {:?}", page.path, page.headers);
    serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{}: {}", page.path, page.html))
}

/// The customer's id and their first place.
pub(crate) fn customer(site: &Running, name: &str) -> String {
    site.personas().iter().find(|persona| persona.name == name).expect("a persona").customer.to_string()
}

fn party(id: &str) -> Value {
    json!([{ "id": id, "role": "customer", "@referredType": "Customer" }])
}

/// Broadband for Sam's only home, as a partner orders it.
pub(crate) fn broadband(site: &Running, external_id: &str) -> Value {
    let answers = [
        ("term", "24-months"),
        ("speed", "300-mbps"),
        ("socket", "yes"),
        ("installation", "self"),
        ("router", "ours"),
        ("wifi-extenders", "none"),
    ];
    let answers = answers.map(|(name, value)| json!({ "name": name, "value": value }));
    json!({
        "externalId": external_id,
        "description": "For a student",
        "priority": "4",
        "relatedParty": party(&customer(site, "Sam Ortiz")),
        "productOrderItem": [{
            "id": "line 1",
            "action": "add",
            "productOffering": { "id": "broadband-internet" },
            "product": { "productCharacteristic": answers },
        }],
    })
}

async fn harness() -> Running {
    start(local_harness::Options::default()).await.expect("the harness starts")
}

#[tokio::test]
async fn a_partner_orders_reads_notes_and_cancels_for_a_customer_of_its_own() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let page = system.send(Method::POST, &orders, Some(&broadband(&site, "PO-1"))).await;
    assert_eq!(page.status, 201, "{}", page.html);
    let order = document(&page);
    assert_eq!(page.headers["location"], order["href"].as_str().expect("an address"));
    let path = format!("{orders}/{}", order["id"].as_str().expect("an id"));
    let stands = system.get(&path).await;
    assert_eq!((&order["state"], &stands["state"]), (&json!("acknowledged"), &json!("acknowledged")), "{stands}");
    assert_eq!((&order["externalId"], &order["productOrderItem"][0]["id"]), (&json!("PO-1"), &json!("line 1")));
    assert!(order["orderTotalPrice"][0]["price"]["dutyFreeAmount"]["value"].as_f64().is_some_and(|price| price > 0.0), "{order}");
    assert_eq!(stands["productOrderItem"][0]["productOffering"]["id"], "broadband-internet");

    // Sent again, it is the same order; another one under that name is refused.
    let again = system.send(Method::POST, &orders, Some(&broadband(&site, "PO-1"))).await;
    assert_eq!((again.status, &document(&again)["id"]), (201, &order["id"]));
    let mut other = broadband(&site, "PO-1");
    other["description"] = json!("For somebody else");
    let other = system.send(Method::POST, &orders, Some(&other)).await;
    assert_eq!((other.status, &document(&other)["code"]), (409, &json!("alreadyOrdered")));

    let noted = json!({ "description": null, "note": [{ "text": "Call before noon" }] });
    let noted = document(&system.send(Method::PATCH, &path, Some(&noted)).await);
    assert_eq!((&noted["description"], &noted["note"][0]["text"]), (&Value::Null, &json!("Call before noon")));
    let moved = system.send(Method::PATCH, &path, Some(&json!({ "state": "completed" }))).await;
    assert_eq!((moved.status, &document(&moved)["code"]), (409, &json!("notChangeable")));
    assert_eq!(system.send(Method::DELETE, &path, None).await.status, 409, "what is an order stays on record");

    let ask = json!({ "productOrder": { "id": order["id"] }, "cancellationReason": "Moved away" });
    let asked = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&ask)).await;
    assert_eq!(asked.status, 201, "{}", asked.html);
    let task = document(&asked);
    assert_eq!(
        (&task["cancellationReason"], asked.headers["location"].as_str()),
        (&json!("Moved away"), task["href"].as_str().expect("an address"))
    );
    let there = system.get(&format!("{ORDERING}/cancelProductOrder/{}", task["id"].as_str().expect("an id"))).await;
    assert_eq!(there["id"], task["id"]);
    assert!(["acknowledged", "inProgress", "done"].contains(&there["state"].as_str().expect("a state")), "{there}");
    let state = system.get(&path).await["state"].clone();
    assert!(["assessingCancellation", "pendingCancellation", "cancelled"].contains(&state.as_str().expect("a state")), "{state}");
    let twice = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&ask)).await;
    assert_eq!((twice.status, &document(&twice)["code"]), (409, &json!("notCancellable")));
    assert_eq!(system.get(&format!("{ORDERING}/cancelProductOrder")).await.as_array().map(Vec::len), Some(1));
    site.stop().await;
}

#[tokio::test]
async fn what_is_not_sold_or_lacks_an_answer_is_acknowledged_then_rejected_with_its_reason_and_can_be_deleted() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let bare =
        json!({ "relatedParty": party(&customer(&site, "Sam Ortiz")), "productOrderItem": [{ "id": "1", "action": "add" }] });
    let mut unanswered = broadband(&site, "PO-2");
    unanswered["productOrderItem"][0]["product"]["productCharacteristic"] = json!([{ "name": "speed", "value": "1-tbps" }]);
    for (order, said) in [(bare, "names no product offering"), (unanswered, "speed: ")] {
        let page = system.send(Method::POST, &orders, Some(&order)).await;
        let acknowledged = document(&page);
        assert_eq!((page.status, &acknowledged["state"]), (201, &json!("acknowledged")), "{acknowledged}");
        let path = format!("{orders}/{}", acknowledged["id"].as_str().expect("an id"));
        let rejected = system.get(&path).await;
        assert_eq!((&rejected["state"], &rejected["productOrderItem"][0]["state"]), (&json!("rejected"), &json!("rejected")));
        let notes = rejected["note"].as_array().expect("notes");
        assert!(notes.last().expect("a note")["text"].as_str().is_some_and(|text| text.contains(said)), "{rejected}");
        assert_eq!(system.get(&format!("{orders}?state=rejected")).await.as_array().map(Vec::len), Some(1));
        assert_eq!(system.send(Method::DELETE, &path, None).await.status, 204);
        assert_eq!(system.send(Method::GET, &path, None).await.status, 404);
    }
    site.stop().await;
}

#[tokio::test]
async fn lists_are_filtered_counted_and_hold_the_partners_own_customers_orders_however_they_were_placed() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let orders = format!("{ORDERING}/productOrder");
    let seeded = system.get(&orders).await.as_array().expect("a list").clone();
    let (sam, dana) = (customer(&site, "Sam Ortiz"), customer(&site, "Dana Whitfield"));
    let of = |order: &Value| order["relatedParty"][0]["id"].as_str().expect("a customer").to_owned();
    assert!(!seeded.is_empty() && seeded.iter().all(|order| [&sam, &dana].contains(&&of(order))), "{seeded:?}");

    // Placed on the site by the customer himself.
    let (mut browser, page) = signed_in(&site, "Sam Ortiz").await;
    let page = begun(&mut browser, &page, &["broadband-internet"]).await;
    let (page, _) = walk(&mut browser, page, &[("delivery", "email"), ("terms", "yes")], "/placed").await;
    let id = page.path.split('/').nth(2).expect("an order").to_owned();
    let order = system.get(&format!("{orders}/{id}")).await;
    assert_eq!((of(&order), &order["externalId"]), (sam, &Value::Null));

    let all = system.send(Method::GET, &format!("{orders}?limit=1&fields=state"), None).await;
    let total = seeded.len() + 1;
    assert_eq!((&*all.headers["x-result-count"], &*all.headers["x-total-count"]), ("1", &*total.to_string()));
    let first = &document(&all)[0];
    assert_eq!(first["id"], *id, "the newest first");
    assert_eq!(first.as_object().expect("an order").len(), 3, "id, href and state: {first}");
    let count =
        async |system: &mut System, query: &str| system.get(&format!("{orders}?{query}")).await.as_array().expect("a list").len();
    assert_eq!(count(&mut system, &format!("id={id}")).await, 1);
    assert_eq!(count(&mut system, "id=nobody").await, 0);
    assert_eq!(count(&mut system, "externalId=PO-9").await, 0);
    let placed = order["orderDate"].as_str().expect("a time");
    assert_eq!(count(&mut system, &format!("orderDate.gte={placed}&offset=1")).await, 0);
    assert_eq!(count(&mut system, "orderDate.gt=2999-01-01").await, 0);
    assert_eq!(
        count(&mut system, "orderDate.gt=2026-02-01&orderDate.lt=2026-01-01").await,
        0,
        "a range that ends before it begins"
    );
    assert_eq!(count(&mut system, &format!("offset={total}")).await, 0);
    site.stop().await;
}

#[tokio::test]
async fn the_catalogue_is_the_one_that_the_site_sells_by() {
    let site = harness().await;
    let mut system = System::with(&site, "partners/catalogue.read").await;
    let sold = platform::catalogue::embedded().expect("a catalogue");
    let offerings = system.get(&format!("{CATALOGUE}/productOffering?limit=100")).await;
    assert_eq!(offerings.as_array().map(Vec::len), Some(sold.offerings.len()));
    for kind in ["catalog", "category", "productOffering", "productSpecification", "productOfferingPrice"] {
        let first = system.get(&format!("{CATALOGUE}/{kind}?limit=1")).await[0].clone();
        let (id, href) = (first["id"].as_str().expect("an id"), first["href"].as_str().expect("an address"));
        assert!(href.ends_with(&format!("{CATALOGUE}/{kind}/{id}")), "{href}");
        assert_eq!(system.get(&format!("{CATALOGUE}/{kind}/{id}")).await, first);
    }
    let specification = system.get(&format!("{CATALOGUE}/productSpecification/broadband-internet")).await;
    let names: Vec<_> =
        specification["productSpecCharacteristic"].as_array().expect("questions").iter().map(|spec| &spec["name"]).collect();
    assert!(names.contains(&&json!("speed")) && names.contains(&&json!("term")), "{names:?}");
    let ending = specification["productSpecificationRelationship"][0].clone();
    assert_eq!(ending["relationshipType"], "delete", "{specification}");
    let ending = system.get(&format!("{CATALOGUE}/productSpecification/{}", ending["id"].as_str().expect("an id"))).await;
    let asked: Vec<_> =
        ending["productSpecCharacteristic"].as_array().expect("questions").iter().map(|spec| &spec["name"]).collect();
    assert!(asked.contains(&&json!("reason")), "{asked:?}");
    for missing in ["productOffering/none", "nothing", "nothing/1"] {
        assert_eq!(system.send(Method::GET, &format!("{CATALOGUE}/{missing}"), None).await.status, 404, "{missing}");
    }
    let orders = system.send(Method::GET, &format!("{ORDERING}/productOrder"), None).await;
    assert_eq!((orders.status, &document(&orders)["code"]), (403, &json!("insufficientScope")));
    site.stop().await;
}

#[tokio::test]
async fn a_listener_is_registered_once_and_forgotten() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let hub = format!("{ORDERING}/hub");
    let wanted = json!({ "callback": "https://198.41.0.4/events", "query": "eventType=ProductOrderStateChangeEvent" });
    let first = system.send(Method::POST, &hub, Some(&wanted)).await;
    assert_eq!(first.status, 201, "{}", first.html);
    let again = system.send(Method::POST, &hub, Some(&wanted)).await;
    assert_eq!(document(&first), document(&again));
    let path = format!("{hub}/{}", document(&first)["id"].as_str().expect("an id"));
    assert_eq!(system.send(Method::DELETE, &path, None).await.status, 204);
    assert_eq!(system.send(Method::DELETE, &path, None).await.status, 404);
    site.stop().await;
}

#[tokio::test]
async fn a_place_is_named_by_its_id_or_by_its_address_and_who_is_called_by_name() {
    let site = harness().await;
    let mut system = System::with(&site, ALL).await;
    let app = platform::App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let sam = customer(&site, "Sam Ortiz").parse().expect("an id");
    let home = app.store.customer(sam).await.expect("a read").expect("Sam").customer.sites.remove(0);
    let address = |street: &str, zip: &str| {
        json!([{
            "role": "installation address",
            "streetName": street,
            "subUnitNumber": home.address.unit,
            "city": home.address.city,
            "stateOrProvince": home.address.state.name(),
            "postcode": zip,
            "@type": "GeographicAddress",
        }])
    };
    let zip = home.address.zip.to_string();
    let mut sites = vec![];
    for (name, place) in [
        ("PLACE-1", json!([{ "id": home.id.to_string() }])),
        ("PLACE-2", address(&home.address.street.to_uppercase(), &zip)),
        ("PLACE-3", address("1 Another Street", &zip)),
        ("PLACE-4", address("1  another street", &format!("{zip}-0001"))),
        ("PLACE-5", address("1 Main Street", "99950")),
    ] {
        let mut order = broadband(&site, name);
        order["productOrderItem"][0]["product"]["place"] = place;
        let medium = json!({ "mediumType": "telephoneNumber", "characteristic": { "phoneNumber": "404-373-0177" } });
        let ana = json!({ "role": "contact", "name": "Ana Ruiz", "contactMedium": [medium] });
        order["relatedParty"].as_array_mut().expect("parties").push(ana);
        let page = system.send(Method::POST, &format!("{ORDERING}/productOrder"), Some(&order)).await;
        assert_eq!(page.status, 201, "{}", page.html);
        let id = document(&page)["id"].as_str().expect("an id").to_owned();
        let stands = system.get(&format!("{ORDERING}/productOrder/{id}")).await;
        assert_eq!(stands["relatedParty"][1]["name"], "Ana Ruiz", "{stands}");
        let place = stands["productOrderItem"][0]["product"]["place"][0]["id"].as_str().unwrap_or_default().to_owned();
        sites.push((stands["state"].as_str().expect("a state").to_owned(), place));
    }
    let known = home.id.to_string();
    assert_eq!(sites[..2], [("acknowledged".to_owned(), known.clone()), ("acknowledged".to_owned(), known.clone())]);
    assert_eq!(sites[2], sites[3], "the same address is the same place, however it is written");
    assert!(sites[2].0 == "acknowledged" && sites[2].1 != known, "{sites:?}");
    assert_eq!(sites[4].0, "rejected", "we serve nobody there");
    site.stop().await;
}

#[tokio::test]
async fn the_document_that_describes_the_interfaces_is_there_for_everybody() {
    let site = harness().await;
    let page = Browser::new(site.address()).get(&format!("{ORDERING}/openapi.yaml")).await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].starts_with("application/yaml") && page.html.starts_with("openapi: 3.1.0"));
    site.stop().await;
}
