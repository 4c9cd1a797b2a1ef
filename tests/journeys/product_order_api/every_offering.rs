//! Whatever is sold can be ordered by a partner's system: each offering with what it needs beside it, with numbers brought along where
//! it takes any, from its order to service.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use hyper::Method;
use jiff::SignedDuration;
use local_harness::Running;
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::characteristic::{Characteristic, ValueType};
use order_manager::condition::Condition;
use order_manager::id::{CharacteristicId, OrderId, ValueId};
use order_manager::order::Content;
use order_manager::value::Value as Answer;
use platform::store::Wanted;
use serde_json::{Value, json};
use tests::filling::Wish;
use tests::plan::{Plan, persona};
use tokio::time::sleep;

use super::{ALL, CATALOGUE, ORDERING, System, document};
use crate::every_offering::ordered;
use crate::people::{signed_in, site};
use crate::provisioning::{act, taken};

/// An offering with what it needs beside it, without what is answered by a file: that is ordered on the site.
fn plan(offering: &ProductOffering, wanted: Option<&Condition>, catalogue: &Catalogue) -> Plan {
    let mut plan = Plan::of(offering, wanted, catalogue);
    for offering in plan.offerings.clone().iter().filter_map(|id| catalogue.offering(id)) {
        for file in files(offering) {
            for (characteristic, choices) in leading_to(&file.applies_when, offering) {
                let unwanted = choices.iter().map(ToString::to_string).collect();
                plan.wishes.add(offering.id.clone(), characteristic, Wish::NoneOf(unwanted));
            }
        }
    }
    plan
}

/// The questions of an offering that take a file.
fn files(offering: &ProductOffering) -> impl Iterator<Item = &Characteristic> {
    let questions = offering.characteristics.iter().map(|spec| &**spec);
    questions.filter(|spec| matches!(spec.value, ValueType::File { .. }))
}

/// The choices with which a condition holds, or with which a rule makes it hold.
fn leading_to(condition: &Condition, offering: &ProductOffering) -> Vec<(CharacteristicId, Vec<ValueId>)> {
    let choice = |part: &Condition| match part {
        Condition::Is { characteristic, any_of } => Some((characteristic.clone(), any_of.clone())),
        _ => None,
    };
    let needs = |part: &Condition| matches!(part, Condition::Not(not) if **not == *condition);
    let rules = offering.rules.iter().filter_map(|rule| match &rule.broken_when {
        Condition::All(parts) if parts.iter().any(needs) => parts.iter().find_map(choice),
        _ => None,
    });
    choice(condition).into_iter().chain(rules).collect()
}

/// The same order, as a partner's system would send it that has read the catalogue: what it read of an order that was put together on
/// the site is what it says, but for what is chosen for it and what is never shown.
async fn as_sent(site: &Running, order: &Value, catalogue: &Catalogue) -> Value {
    let yesterday = (site.clock().now() - SignedDuration::from_hours(24)).to_string();
    let letter = |id: String| json!({ "id": "LOA-2026-118", "agreementItemId": id, "signedBy": "Zoë O’Neil", "signedDate": yesterday[..10] });
    let letters: Vec<_> = catalogue.letters.iter().map(|each| letter(each.id.to_string())).collect();
    let secrets = secrets(site, order).await;
    let item = |item: &Value| {
        let id = item["id"].as_str().expect("an id");
        let offering = item["productOffering"]["id"].as_str().and_then(|id| id.parse().ok());
        let offering = offering.and_then(|id| catalogue.offering(&id)).expect("an offering");
        let takes = |name: &str| offering.characteristics.iter().find(|spec| spec.id.as_str() == name).map(|spec| &spec.value);
        let needs_file = |name: &str| {
            let condition = name.parse().map(Condition::Answered);
            files(offering).any(|file| condition.as_ref().is_ok_and(|condition| *condition == file.applies_when))
        };
        let (mut values, mut places) = (vec![], vec![]);
        for characteristic in item["product"]["productCharacteristic"].as_array().expect("characteristics") {
            let (name, value) = (characteristic["name"].as_str().expect("a name"), &characteristic["value"]);
            match takes(name) {
                // Another one is found for this order.
                Some(ValueType::InventoryNumber) => {}
                _ if needs_file(name) => {}
                Some(ValueType::Address(_)) => places.push(json!({
                    "role": name,
                    "streetName": value["street"],
                    "subUnitNumber": value["unit"],
                    "city": value["city"],
                    "stateOrProvince": value["state"],
                    "postcode": value["zip"],
                })),
                _ => values.push(json!({ "name": name, "value": value })),
            }
        }
        for name in secrets.get(id).into_iter().flatten() {
            values.push(json!({ "name": name, "value": "s3cret-pass-word" }));
        }
        places.push(item["product"]["place"][0].clone());
        json!({
            "id": id,
            "action": item["action"],
            "productOffering": { "id": offering.id.as_str() },
            "product": { "productCharacteristic": values, "place": places, "agreement": letters },
        })
    };
    let items: Vec<_> = order["productOrderItem"].as_array().expect("items").iter().map(item).collect();
    json!({ "relatedParty": order["relatedParty"], "productOrderItem": items })
}

/// The questions of an order's items whose answers are never shown again.
async fn secrets(site: &Running, order: &Value) -> BTreeMap<String, Vec<String>> {
    let app = platform::App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let id: OrderId = order["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let loaded = app.store.load(&Wanted { order: Some(id), ..Wanted::default() }).await.expect("a load").order.expect("it");
    let Content::Placed(placed) = loaded.value.content() else { panic!("it is placed") };
    let names = |answers: &order_manager::value::Answers| {
        answers.iter().filter(|(_, value)| matches!(value, Answer::Secret(_))).map(|(id, _)| id.to_string()).collect()
    };
    placed.items.iter().map(|item| (item.id.to_string(), names(&item.answers))).collect()
}

/// That all an item says is what the catalogue's own answer says can be said.
async fn assert_is_in_the_catalogue(system: &mut System, order: &Value) {
    for item in order["productOrderItem"].as_array().expect("items") {
        let offering = item["productOffering"]["id"].as_str().expect("an id");
        let specification = system.get(&format!("{CATALOGUE}/productSpecification/{offering}")).await;
        let specs = specification["productSpecCharacteristic"].as_array().expect("characteristics").clone();
        let sent = item["product"]["productCharacteristic"].as_array().expect("characteristics");
        let roles = item["product"]["place"].as_array().expect("places").iter().filter_map(|place| place["role"].as_str());
        for name in
            sent.iter().filter_map(|sent| sent["name"].as_str()).chain(roles.filter(|role| *role != "installation address"))
        {
            assert!(specs.iter().any(|spec| spec["name"] == name), "{offering} has no {name}");
        }
        for sent in sent {
            let spec = specs.iter().find(|spec| spec["name"] == sent["name"]).expect("one of them");
            let (value, values) = (&sent["value"], spec["productSpecCharacteristicValue"].as_array().expect("values"));
            let fits = match spec["valueType"].as_str().expect("a type") {
                "number" => value.is_number(),
                "boolean" => value.is_boolean(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                _ => value.is_string(),
            };
            assert!(fits, "{offering}: {sent} against {spec}");
            let listed: Vec<_> = values.iter().map(|value| &value["value"]).filter(|value| !value.is_null()).collect();
            let chosen = value.as_array().map_or_else(|| vec![value], |values| values.iter().collect());
            assert!(listed.is_empty() || chosen.iter().all(|value| listed.contains(value)), "{offering}: {sent}");
        }
    }
}

/// Has the provisioning system carry an order out.
async fn carried_out(site: &Running, system: &mut System, id: OrderId) {
    taken(site, id, 1).await;
    let path = format!("{ORDERING}/productOrder/{id}");
    for _ in 0..400 {
        let open = site.provisioning().service_orders().into_iter();
        let open = open.filter(|one| one.external_id.starts_with(&id.to_string()) && one.state != "completed");
        for one in open.collect::<Vec<_>>() {
            act(site, json!({ "do": "finish", "order": one.external_id })).await;
        }
        if system.get(&path).await["state"] == "completed" {
            return;
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!("{:#}\n{:#?}", system.get(&path).await, site.provisioning().service_orders());
}

/// An offering, and what is wished of it.
type Ordered<'a> = (&'a ProductOffering, Option<&'a Condition>);

/// How many offerings are ordered at one site: the numbers and appointments on offer are not endless.
const AT_ONE_SITE: usize = 6;

/// Orders each as the site's own customers do, and then again as a partner does, and has all that the partner ordered carried out.
async fn ordered_both_ways(wanted: &[Ordered<'_>], catalogue: &Catalogue) {
    let site = site().await;
    let mut system = System::with(&site, ALL).await;
    let mut placed = vec![];
    for (offering, condition) in wanted {
        let (mut browser, home) = signed_in(&site, persona(offering)).await;
        let (page, _) = ordered(&mut browser, &home, &plan(offering, *condition, catalogue), catalogue).await;
        let id = page.path.split('/').nth(2).expect("an order");
        let order = system.get(&format!("{ORDERING}/productOrder/{id}")).await;
        let wanted = as_sent(&site, &order, catalogue).await;
        assert_is_in_the_catalogue(&mut system, &wanted).await;
        let page = system.send(Method::POST, &format!("{ORDERING}/productOrder"), Some(&wanted)).await;
        assert_eq!(page.status, 201, "{}: {}", offering.id, page.html);
        let created = document(&page);
        let id: OrderId = created["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let stands = system.get(&format!("{ORDERING}/productOrder/{id}")).await;
        assert_ne!(stands["state"], "rejected", "{}: {}\n{wanted:#}", offering.id, stands["note"]);
        placed.push(id);
    }
    // What works can stand in the way of what is ordered after it: all is ordered first.
    for id in placed {
        carried_out(&site, &mut system, id).await;
    }
    assert!(site.dead_letters().all().is_empty(), "{:?}", site.dead_letters().all());
    site.stop().await;
}

/// Orders all of them, at several sites at once.
async fn all_ordered(wanted: &[Ordered<'_>], catalogue: &Catalogue) {
    join_all(wanted.chunks(AT_ONE_SITE).map(|some| ordered_both_ways(some, catalogue))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offering_is_ordered_by_a_partner_and_comes_into_service() {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    let wanted: Vec<_> = catalogue.offerings.iter().map(|offering| (offering, None)).collect();
    all_ordered(&wanted, &catalogue).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_has_to_sign_is_ordered_by_the_letter_that_the_partner_keeps() {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    let signed = catalogue.offerings.iter().filter_map(|offering| Some((offering, Some(&offering.letters.first()?.when))));
    let signed: Vec<_> = signed.collect();
    assert!(!signed.is_empty(), "something has to be signed for");
    all_ordered(&signed, &catalogue).await;
}
