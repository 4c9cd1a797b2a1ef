//! Every offering of the catalogue is placed in the browser, its forms filled in from what is on the page. Of each item's dialogs
//! the first is opened above its page and the second as a page of its own; the others come by themselves.

use std::collections::BTreeSet;

use local_harness::Running;
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::id::OfferingId;
use tests::filling::Filling;
use tests::plan::{Plan, persona};
use thirtyfour::{By, WebElement};

use crate::{album::Album, chromium::with_browser, hands::Hands, person::Person};

/// More pages than any order has.
const PAGES: usize = 80;

/// How dialogs were opened.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    above_their_page: usize,
    on_their_own: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offering_is_placed_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
        let album = Album::of(&browser).await;
        let person = Person::new(browser, site.origin()).with_album(album);
        let (mut opened, mut signed_in) = (Opened::default(), "");
        for offering in &catalogue.offerings {
            if signed_in != persona(offering) {
                sign_in(&person, &site, persona(offering)).await;
                signed_in = persona(offering);
            }
            place(&person, offering, &catalogue, &mut opened).await;
            person.follows(signed_in).await;
            person.arrives("Your service request", "home").await;
        }
        assert!(opened.above_their_page > 10 && opened.on_their_own > 5, "{opened:?}");
        site.stop().await;
    })
    .await;
}

async fn sign_in(person: &Person, site: &Running, name: &str) {
    let persona = site.personas().iter().find(|persona| persona.name == name).expect("a persona");
    if !person.browser.find_all(By::XPath("//form[@action='/sign-out']")).await.expect("the page can be searched").is_empty() {
        person.presses("Sign out").await;
        person.arrives("You’re signed out", "signed-out").await;
    }
    person.visit("/sign-in").await;
    person.fills("E-mail address", persona.email).await;
    person.fills("Password", persona.password).await;
    person.presses("Sign in").await;
    person.arrives("Your service request", "home").await;
}

/// From the customer's page to the confirmation.
async fn place(person: &Person, offering: &ProductOffering, catalogue: &Catalogue, opened: &mut Opened) {
    let plan = Plan::of(offering, None, catalogue);
    let hands = Hands::new(person);
    let home = hands.page().await;
    let order = plan
        .offerings
        .iter()
        .map(OfferingId::as_str)
        .fold(home.form("/orders").answered(&[]), |form, offering| form.with("offering", offering));
    hands.fill(&home, &order).await;
    hands.send(&order).await;

    let mut filling = Filling::new(catalogue, plan.offerings.iter().collect(), plan.wishes.clone());
    walk(person, &hands, &mut filling, offering.id.as_str(), opened).await;
    person.reads(offering.name.in_language("en")).await;
}

/// From an order's first step to its confirmation, with dialogs above their pages and on their own in turns.
pub(crate) async fn walk(person: &Person, hands: &Hands<'_>, filling: &mut Filling<'_>, called: &str, opened: &mut Opened) {
    let (mut way, mut met) = (vec![], BTreeSet::new());
    for number in 0..PAGES {
        let page = hands.page().await;
        way.push(page.path.clone());
        person.looks(&format!("{called}-{number:02}-{}", page.path.rsplit('/').next().unwrap_or_default())).await;
        if page.path.ends_with("/placed") {
            return;
        }
        let form = filling.filled(&page);
        hands.fill(&page, &form).await;
        let openers = if page.status == 200 { openers(person).await } else { vec![] };
        let mut openers = openers.into_iter().filter(|(dialog, _)| met.insert((page.path.clone(), dialog.clone())));
        match openers.next() {
            Some((dialog, _)) if met.iter().filter(|(path, _)| *path == page.path).count() % 2 == 0 => {
                hands.press(&form, &format!("[name=open][value='{dialog}']")).await;
                opened.on_their_own += 1;
            }
            Some((dialog, opener)) => {
                opener.click().await.expect("the opener can be pressed");
                person.finds(&format!("//dialog[@open and @id='{dialog}--dialog']//h2")).await;
                person.looks(&format!("{called}-{number:02}-{dialog}-above")).await;
                let answered = filling.filled_with_dialog(&page, &dialog);
                hands.change(&form, &answered).await;
                hands.press(&form, &format!("[name=update][value='{dialog}']")).await;
                opened.above_their_page += 1;
            }
            None => hands.send(&form).await,
        }
    }
    panic!("{called} was not placed; the way: {way:#?}\n{}", person.page().await);
}

/// The page's dialogs that wait for answers, each with the button that opens it in place.
async fn openers(person: &Person) -> Vec<(String, WebElement)> {
    let waiting = "//section[contains(@class, 'opener')][.//*[contains(@class, 'attention')]]//button[@command='show-modal']";
    let mut openers = vec![];
    for opener in person.browser.find_all(By::XPath(waiting)).await.expect("the page can be searched") {
        let dialog = opener.attr("commandfor").await.expect("a button").unwrap_or_default();
        openers.push((dialog.trim_end_matches("--dialog").to_owned(), opener));
    }
    openers
}
