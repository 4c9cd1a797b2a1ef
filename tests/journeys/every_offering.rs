//! Every offering of the catalogue is ordered through its pages, with each of its dialogs. The list is the catalogue's own: an
//! offering is covered by being there.

use std::collections::{BTreeMap, BTreeSet};

use local_harness::Running;
use order_manager::catalogue::Catalogue;
use order_manager::id::{OfferingId, OrderId, ProductId};
use order_manager::money::Money;
use order_manager::order::Content;
use order_manager::party::{Product, Standing};
use platform::Config;
use platform::store::{Store, Wanted};
use tests::browser::{Browser, Page};
use tests::filling::Filling;
use tests::plan::{Plan, persona};

use crate::people::{begun, signed_in, site};

/// Walks a plan's order to its confirmation; the dialogs that were on the way.
pub(crate) async fn ordered(browser: &mut Browser, home: &Page, plan: &Plan, catalogue: &Catalogue) -> (Page, BTreeSet<String>) {
    let offerings: Vec<&str> = plan.offerings.iter().map(OfferingId::as_str).collect();
    let page = browser.get(&home.path).await;
    let mut page = begun(browser, &page, &offerings).await;
    let mut filling = Filling::new(catalogue, plan.offerings.iter().collect(), plan.wishes.clone());
    let (mut dialogs, mut way) = (BTreeSet::new(), vec![]);
    for _ in 0..120 {
        way.push(format!("{} {}", page.status, page.path));
        if page.path.ends_with("/placed") {
            return (page, dialogs);
        }
        if let Some((_, dialog)) = page.path.split_once("/items/").and_then(|(_, item)| item.split_once('/')) {
            dialogs.insert(dialog.split(['?', '#']).next().unwrap_or_default().to_owned());
        }
        let form = filling.filled(&page);
        page = browser.submit(&form).await;
        assert!([200, 422].contains(&page.status), "{} on {}\n{}", page.status, page.path, page.html);
    }
    let problems: Vec<_> = page.html.split("<li><a href=\"#").skip(1).filter_map(|rest| rest.split("</a>").next()).collect();
    panic!(
        "{offerings:?} was not placed; the way: {:#?}\nproblems: {problems:#?}\n{}",
        &way[way.len().saturating_sub(12)..],
        page.html
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offering_is_placed_with_each_of_its_dialogs() {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    let mut never = BTreeMap::new();
    for offering in &catalogue.offerings {
        // A site of its own: the numbers on offer are not endless.
        let site = site().await;
        let (mut browser, home) = signed_in(&site, persona(offering)).await;
        let own: BTreeSet<String> = offering.dialogs.iter().map(|dialog| dialog.id.to_string()).collect();
        let (placed, mut met) = ordered(&mut browser, &home, &Plan::of(offering, None, &catalogue), &catalogue).await;
        let name = offering.name.in_language("en");
        assert!(placed.html.contains(name), "the confirmation names {name}");
        for dialog in &offering.dialogs {
            if !met.contains(dialog.id.as_str()) {
                let plan = Plan::of(offering, Some(&dialog.applies_when), &catalogue);
                met.extend(ordered(&mut browser, &home, &plan, &catalogue).await.1);
            }
        }
        let missed: Vec<_> = own.difference(&met).cloned().collect();
        if !missed.is_empty() {
            never.insert(offering.id.to_string(), missed);
        }
        site.stop().await;
    }
    assert!(never.is_empty(), "dialogs that no order came to: {never:#?}");
}

/// What was just placed, in service: all of it but the last offering's own item.
async fn in_service(site: &Running, page: &Page, apart: &OfferingId) {
    let store = Store::new(&Config::read(site.whole_environment()).expect("a configuration"));
    let order: OrderId = page.path.trim_start_matches("/orders/").trim_end_matches("/placed").parse().expect("an order");
    let loaded = store.load(&Wanted { order: Some(order), ..Wanted::default() }).await.expect("a load");
    let order = loaded.order.expect("the order is there").value;
    let Content::Placed(placed) = order.content() else { panic!("it is placed") };
    let mut customer = store.customer(placed.ordered_for.id).await.expect("a load").expect("a customer").customer;
    for item in placed.items.iter().filter(|item| item.offering != *apart) {
        customer.products.push(Product {
            id: ProductId::new(item.id.value()),
            offering: item.offering.clone(),
            site: placed.place.site,
            number: None,
            answers: item.answers.clone(),
            monthly: Money::zero(placed.price.currency),
            since: item.requested,
            term_ends: None,
            agreed: None,
            standing: Standing::Active,
        });
    }
    let logins: Vec<_> =
        site.personas().iter().filter(|persona| persona.customer == customer.id).map(|persona| persona.sub).collect();
    store.put_customer(&customer, &logins).await.expect("a save");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_service_carries_is_placed_over_one_in_service_as_well() {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    for offering in &catalogue.offerings {
        let mut plan = Plan::of(offering, None, &catalogue);
        if plan.offerings.len() == 1 {
            continue;
        }
        let site = site().await;
        let (mut browser, home) = signed_in(&site, persona(offering)).await;
        let (placed, _) = ordered(&mut browser, &home, &plan, &catalogue).await;
        in_service(&site, &placed, &offering.id).await;
        plan.offerings = vec![offering.id.clone()];
        let (placed, _) = ordered(&mut browser, &home, &plan, &catalogue).await;
        assert!(placed.html.contains(offering.name.in_language("en")));
        site.stop().await;
    }
}
