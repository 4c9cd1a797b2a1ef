//! The quick page, for people who order every day: everything about an item on one page, with the fields, the checks and the words
//! of the pages apart.

use std::collections::BTreeSet;

use order_manager::catalogue::Catalogue;
use order_manager::id::OfferingId;
use tests::browser::{Browser, Page};
use tests::filling::Filling;
use tests::form::{FieldKind, Form, forms};
use tests::plan::{Plan, persona};

use crate::people::{begun, signed_in, site};

/// What is wrong, by the field that says so.
type Problems = BTreeSet<(String, String)>;

/// The address of the item's quick page and of its own, when this is either or one of its dialogs.
fn item_pages(path: &str) -> Option<(String, String)> {
    let way = if path.contains("/quick/") { "/quick/" } else { "/items/" };
    let (order, item) = path.split_once(way)?;
    let item = item.split(['/', '?', '#']).next()?;
    Some((format!("{order}/quick/{item}"), format!("{order}/items/{item}")))
}

fn form_to(page: &Page, action: &str) -> Form {
    let found = forms(&page.html).into_iter().find(|form| form.action == action);
    found.unwrap_or_else(|| panic!("no form to {action} on {}:\n{}", page.path, page.html))
}

/// The fields that ask something.
fn names(form: &Form) -> BTreeSet<String> {
    form.fields().into_iter().map(|(name, _)| name).collect()
}

/// What the page says is wrong, at the top of it.
fn problems(page: &Page) -> Problems {
    let lines = page.html.split("<li><a href=\"#").skip(1).filter_map(|rest| rest.split("</a>").next());
    lines.filter_map(|line| line.split_once("\">")).map(|(field, words)| (field.to_owned(), words.to_owned())).collect()
}

/// The dialogs' own pages, by the item's.
fn dialogs(item: &Page) -> Vec<String> {
    let opens = item.html.split("name=\"open\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    opens.map(|dialog| format!("{}/{dialog}", item.path.split(['?', '#']).next().unwrap_or_default())).collect()
}

/// The form with nothing in it, or with what no question takes.
fn spoilt(form: Form, text: &str) -> Form {
    form.fields().into_iter().fold(form, |form, (name, kind)| match kind {
        FieldKind::Text if !text.is_empty() => form.with(&name, text),
        FieldKind::Text => form.without(&name).forged(&name, ""),
        FieldKind::Choose(_) | FieldKind::Tick(_) => form.without(&name),
        FieldKind::File => form,
    })
}

/// Once an item is answered, its quick page asks what its pages apart ask, and refuses what they refuse in their words.
async fn is_the_pages_apart(browser: &mut Browser, quick: &str, item: &str) -> usize {
    let at_once = browser.get(quick).await;
    let apart = browser.get(item).await;
    assert_eq!((at_once.status, apart.status, &*apart.path), (200, 200, item), "{}", at_once.html);
    assert_eq!(names(&form_to(&at_once, quick)), names(&form_to(&apart, item)), "the fields of {quick}");
    let dialogs = dialogs(&apart);
    let mut of_dialogs = BTreeSet::new();
    for dialog in &dialogs {
        of_dialogs.extend(names(&form_to(&browser.get(dialog).await, dialog)));
    }
    assert!(of_dialogs.is_subset(&names(&form_to(&at_once, quick))), "the fields of the dialogs of {quick}");

    let mut compared = 0;
    for text in ["", "§§ \u{7} 1"] {
        let wrong = browser.post(&spoilt(form_to(&at_once, quick), text)).await;
        let mut expected = Problems::new();
        // The item's own questions alone: those of its dialogs are spoilt on their own pages.
        let of_item = form_to(&apart, item);
        let saved = of_dialogs.iter().fold(spoilt(of_item.clone(), text), |form, name| {
            of_item.values(name).fold(form.without(name), |form, value| form.forged(name, value))
        });
        let refused = browser.post(&saved).await;
        expected.extend(problems(&refused));
        for dialog in &dialogs {
            let page = browser.get(dialog).await;
            expected.extend(problems(&browser.post(&spoilt(form_to(&page, dialog), text)).await));
        }
        assert_eq!(problems(&wrong), expected, "what is wrong with {text:?} on {quick}");
        assert_eq!(wrong.status, if expected.is_empty() { 303 } else { 422 }, "{text:?} on {quick}");
        compared += expected.len();
    }
    compared
}

/// Orders by quick pages alone; how many refusals were compared on the way.
async fn ordered(browser: &mut Browser, home: &Page, plan: &Plan, catalogue: &Catalogue) -> (Page, usize) {
    let offerings: Vec<&str> = plan.offerings.iter().map(OfferingId::as_str).collect();
    let mut page = begun(browser, home, &offerings).await;
    let (quick, _) = item_pages(&page.path).expect("an order begins with its first item");
    page = browser.get(&quick).await;
    let mut filling = Filling::new(catalogue, plan.offerings.iter().collect(), plan.wishes.clone());
    let (mut way, mut answered, mut compared) = (vec![], BTreeSet::new(), 0);
    for _ in 0..60 {
        way.push(format!("{} {}", page.status, page.path));
        if page.path.ends_with("/placed") {
            return (page, compared);
        }
        let before = item_pages(&page.path);
        assert!(!page.path.contains("/items/"), "the quick page leads to quick pages only: {way:#?}");
        let form = filling.filled(&page);
        page = browser.submit(&form).await;
        assert!([200, 422].contains(&page.status), "{} on {}\n{}", page.status, page.path, page.html);
        if let Some((quick, item)) = before.filter(|pages| item_pages(&page.path).as_ref() != Some(pages))
            && answered.insert(item.clone())
        {
            compared += is_the_pages_apart(browser, &quick, &item).await;
            page = browser.get(&page.path).await;
        }
    }
    panic!("{offerings:?} was not placed; the way: {way:#?}\nproblems: {:#?}\n{}", problems(&page), page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offering_is_placed_by_quick_pages_that_ask_and_refuse_as_the_pages_apart_do() {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    let mut compared = 0;
    for offering in &catalogue.offerings {
        // A site of its own: the numbers on offer are not endless.
        let site = site().await;
        let (mut browser, home) = signed_in(&site, persona(offering)).await;
        let (placed, refusals) = ordered(&mut browser, &home, &Plan::of(offering, None, &catalogue), &catalogue).await;
        let name = offering.name.in_language("en");
        assert!(placed.html.contains(name), "the confirmation names {name}");
        assert!(refusals > 4, "{refusals} refusals of {name} were compared");
        compared += refusals;
        site.stop().await;
    }
    assert!(compared > 1_000, "{compared} refusals were compared");
}
