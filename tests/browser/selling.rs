//! Selling at the browser: a representative, who approves for her, and the customer, each at a screen of their own.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use local_harness::Running;
use order_manager::catalogue::Catalogue;
use order_manager::id::OfferingId;
use tests::filling::{Filling, Wish, Wishes};

use crate::{
    album::Album,
    chromium::with_browser,
    hands::Hands,
    person::Person,
    staff::{sign_in, with_an_account_by_code},
};

const CUSTOMER: &str = "Dana Whitfield";
const BUSINESS: &str = "Whitfield Dental";

/// What a small office orders.
const OFFERINGS: [&str; 2] = ["dedicated-internet", "business-line"];

/// Answers for what a small office orders. The line's carriers are to be locked, which takes a letter that the customer signs.
fn filling(catalogue: &Catalogue) -> Filling<'_> {
    let ids: Vec<OfferingId> = OFFERINGS.iter().map(|id| id.parse().expect("an id")).collect();
    let mut wishes = Wishes::default();
    wishes.add(ids[1].clone(), "locks".parse().expect("an id"), Wish::Answered);
    Filling::new(catalogue, ids.iter().collect(), wishes)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_discounted_approved_quoted_accepted_and_cloned_without_scripts() {
    with_browser(async |first| {
        with_browser(async |second| {
            let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
            let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
            let rita = representative(first, &site).await;
            let order = order_for_dana(&rita, &catalogue).await;
            let ana = Person::new(second.clone(), site.origin());
            discounts_beyond_the_limit(&rita, &ana, &site, &order).await;
            makes_a_quote(&rita, &site, &order).await;
            // The same screen, somebody else before it.
            second.delete_all_cookies().await.expect("cookies are forgotten");
            let dana = customer(second.clone(), &site).await;
            accepts_and_places(&dana, &order).await;
            clones(&rita, &order, &catalogue).await;
            site.stop().await;
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_from_a_template_is_sent_to_the_customer_who_signs_and_places_it_without_scripts() {
    with_browser(async |first| {
        with_browser(async |second| {
            let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
            let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
            let rita = representative(first, &site).await;
            let order = starts_from_a_template(&rita, &catalogue).await;
            rita.visit(&format!("{order}/offer")).await;
            rita.fills("Note to the customer", "As we discussed.").await;
            rita.presses("Send to the customer").await;
            rita.reads("Rita Okafor sent this order to the customer").await;
            rita.looks("offer-sent").await;
            let dana = customer(second.clone(), &site).await;
            signs_and_places(&dana, &order, &catalogue).await;
            site.stop().await;
        })
        .await;
    })
    .await;
}

/// Rita, working for Dana by a code that Dana read to her.
async fn representative(browser: thirtyfour::WebDriver, site: &Running) -> Person {
    let album = Album::of(&browser).await;
    let rita = Person::new(browser, site.origin());
    sign_in(&rita, site, "Rita Okafor").await;
    let rita = rita.with_album(album);
    with_an_account_by_code(&rita, site, CUSTOMER, BUSINESS).await;
    rita
}

/// Dana, at her own page.
async fn customer(browser: thirtyfour::WebDriver, site: &Running) -> Person {
    let album = Album::of(&browser).await;
    let dana = Person::new(browser, site.origin()).with_album(album);
    let persona = site.personas().iter().find(|persona| persona.name == CUSTOMER).expect("a persona");
    dana.visit("/sign-in").await;
    dana.fills("E-mail address", persona.email).await;
    dana.fills("Password", persona.password).await;
    dana.presses("Sign in").await;
    dana.arrives("Your service request", "service-request-business").await;
    dana
}

/// An order that stands at its check; its address.
async fn order_for_dana(rita: &Person, catalogue: &Catalogue) -> String {
    rita.chooses("Where should service go?", "1180 Peachtree").await;
    rita.ticks("Dedicated Internet Access").await;
    rita.presses("Start order").await;
    rita.arrives("Set up Dedicated Internet Access", "item-for").await;
    let page = Hands::new(rita).goes_on(&mut filling(catalogue), |page| page.path.ends_with("/review")).await;
    rita.looks("review-for").await;
    page.path.trim_end_matches("/review").to_owned()
}

async fn discounts_beyond_the_limit(rita: &Person, ana: &Person, site: &Running, order: &str) {
    rita.visit(&format!("{order}/offer")).await;
    rita.arrives("Discount, quote or send", "offer").await;
    rita.fills("Percent off each month", "25").await;
    rita.fills("For how many months", "12").await;
    rita.fills("Reason", "Moves three offices").await;
    rita.answers_the_rest().await;
    rita.presses("Give this discount").await;
    rita.reads("A discount needs approval").await;
    rita.looks("offer-beyond").await;
    rita.presses("Ask for approval").await;
    rita.reads("Rita Okafor asked for approval").await;
    rita.looks("offer-asked").await;

    sign_in(ana, site, "Ana Brandt").await;
    ana.reads("For approval").await;
    ana.visit(&format!("{order}/offer")).await;
    ana.reads("Moves three offices").await;
    ana.presses("Approve").await;
    ana.arrives("Work", "work-approver").await;
    rita.visit(&format!("{order}/offer")).await;
    rita.reads("Given by Ana Brandt").await;
    rita.looks("offer-approved").await;
}

async fn makes_a_quote(rita: &Person, site: &Running, order: &str) {
    let until = (site.clock().now() + (20 * 24).hours()).to_zoned(TimeZone::UTC).date().strftime("%m/%d/%Y").to_string();
    rita.fills("Valid until", &until).await;
    rita.fills("Opportunity", "OPP-20417").await;
    rita.presses("Make the quote").await;
    rita.reads("This price holds until").await;
    rita.looks("quote-for").await;
    assert_eq!(rita.path().await, format!("{order}/quote"));
}

async fn accepts_and_places(dana: &Person, order: &str) {
    dana.visit(order).await;
    dana.reads("This price holds until").await;
    dana.looks("quote").await;
    dana.looks_in_print("quote-print").await;
    dana.presses("Accept this quote").await;
    dana.arrives("Check your order", "review-quoted").await;
    dana.ticks("I accept the terms of service").await;
    dana.presses("Place order").await;
    dana.arrives("Order placed", "placed-quoted").await;
}

async fn clones(rita: &Person, order: &str, catalogue: &Catalogue) {
    rita.visit(order).await;
    rita.looks("track-for").await;
    rita.presses("Order again").await;
    Hands::new(rita).goes_on(&mut filling(catalogue), |page| page.path.ends_with("/review")).await;
    rita.reads("This order repeats order").await;
    rita.looks("review-clone").await;
}

/// By the quick page, as far as only the customer can go on; the order's address.
async fn starts_from_a_template(rita: &Person, catalogue: &Catalogue) -> String {
    rita.chooses("Where should service go?", "1180 Peachtree").await;
    rita.chooses("Start from", "Small office").await;
    rita.presses("Start order").await;
    rita.follows("Answer everything on one page").await;
    rita.arrives("Set up Dedicated Internet Access", "quick").await;
    let page = Hands::new(rita).goes_on(&mut filling(catalogue), |page| page.path.contains("/authorisations/")).await;
    rita.looks("verification").await;
    page.path.split("/authorisations/").next().unwrap_or_default().to_owned()
}

async fn signs_and_places(dana: &Person, order: &str, catalogue: &Catalogue) {
    dana.visit(order).await;
    dana.looks("letter-of-order-sent").await;
    Hands::new(dana).goes_on(&mut filling(catalogue), |page| page.path.ends_with("/review")).await;
    dana.reads("As we discussed.").await;
    dana.reads("Signed by Dana Whitfield").await;
    dana.looks("review-sent").await;
    dana.ticks("I accept the terms of service").await;
    dana.answers_the_rest().await;
    dana.presses("Place order").await;
    dana.arrives("Order placed", "placed-sent").await;
}
