//! A deal in the browser: written, approved on two levels, signed by both sides, and ordered under; each by who does it.

use local_harness::Running;
use tests::filling::Filling;
use tests::plan::Plan;

use crate::{
    album::Album,
    chromium::with_browser,
    every_offering::{Opened, walk},
    hands::Hands,
    person::Person,
    staff::signs_in,
};

const NAME: &str = "Network services 2027";

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_is_approved_on_two_levels_signed_by_both_sides_and_ordered_under_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let album = Album::of(&browser).await;
        let person = Person::new(browser, site.origin()).with_album(album);

        signs_in(&person, &site, "Noor Haddad", "/work").await;
        open_the_account(&person).await;
        write(&person).await;
        for approver in ["Ana Brandt", "Sergio Lind"] {
            sign_out(&person).await;
            signs_in(&person, &site, approver, "/deals").await;
            open_the_deal(&person).await;
            person.follows("Approvals").await;
            person.arrives("Approvals: Network services 2027", "agreement-approvals").await;
            person.presses("Approve").await;
            person.arrives("Deals", "deals-approved").await;
        }
        sign_out(&person).await;
        signs_in(&person, &site, "Noor Haddad", "/deals").await;
        open_the_deal(&person).await;
        send(&person).await;
        sign_out(&person).await;
        sign(&person, &site).await;
        sign_out(&person).await;
        signs_in(&person, &site, "Noor Haddad", "/deals").await;
        open_the_deal(&person).await;
        person.fills("Your full name", "Noor Haddad").await;
        person.fills("Title", "Contract negotiator").await;
        person.fills("Authority to sign", "Delegation of authority, section 4").await;
        person.presses("Sign for us").await;
        person.reads("In force").await;
        person.looks("agreement-in-force").await;
        person.follows("Order under this agreement").await;
        authenticate(&person).await;
        order(&person).await;
        site.stop().await;
    })
    .await;
}

async fn sign_out(person: &Person) {
    person.presses("Sign out").await;
    person.arrives("You’re signed out", "signed-out").await;
}

async fn open_the_account(noor: &Person) {
    noor.follows("Find a customer").await;
    noor.fills("Account, phone", "whitfield").await;
    noor.presses("Find").await;
    noor.follows("Whitfield Dental").await;
    authenticate(noor).await;
}

async fn authenticate(noor: &Person) {
    noor.arrives("Open Whitfield Dental’s account", "access").await;
    noor.chooses("Why are you opening the account?", "The customer is in the shop").await;
    noor.chooses("How is the customer authenticated?", "I’ve seen photo identification").await;
    noor.presses("Go on").await;
    noor.arrives("Your service request", "service-request-for").await;
}

/// A third off the list price: both levels have to approve it.
async fn write(noor: &Person) {
    noor.follows("Agreements").await;
    noor.arrives("Agreements", "agreements").await;
    noor.fills("Name of the agreement", NAME).await;
    noor.presses("Begin").await;
    noor.arrives(NAME, "agreement").await;
    noor.follows("Terms").await;
    noor.arrives("Terms: Network services 2027", "agreement-terms").await;
    // The second office has an agreement already.
    noor.chooses("Which sites it covers", "Only these").await;
    noor.ticks("1180 Peachtree Street NE").await;
    noor.presses("Save the terms").await;
    noor.reads("Saved").await;
    noor.follows("Prices").await;
    noor.chooses("Service", "Dedicated Internet").await;
    noor.presses("Add").await;
    noor.unfolds("Discount several at once").await;
    noor.chooses("Which services", "All services").await;
    noor.fills("Discount", "33").await;
    noor.presses("Give this discount").await;
    noor.reads("Director of pricing").await;
    noor.arrives("Prices: Network services 2027", "agreement-prices").await;
    noor.follows("Overview").await;
    noor.presses("Ask for approval").await;
    noor.reads("In approval").await;
}

async fn open_the_deal(person: &Person) {
    person.arrives("Deals", "deals").await;
    person.follows("Mine").await;
    if !person.page().await.contains(NAME) {
        person.follows("Awaiting me").await;
    }
    person.follows("Whitfield Dental: Network services 2027").await;
    person.arrives(NAME, "agreement-open").await;
}

async fn send(noor: &Person) {
    let example = noor.page().await;
    let day = example.split("year, like ").nth(1).and_then(|rest| rest.get(..10)).expect("a day").to_owned();
    noor.fills("Open until", &day).await;
    noor.presses("Send to the customer").await;
    noor.reads("With the customer").await;
}

async fn sign(dana: &Person, site: &Running) {
    let persona = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("a persona");
    dana.visit("/sign-in").await;
    dana.fills("E-mail address", persona.email).await;
    dana.fills("Password", persona.password).await;
    dana.presses("Sign in").await;
    dana.arrives("Your service request", "home").await;
    dana.follows("Agreements").await;
    dana.follows(NAME).await;
    dana.arrives(NAME, "agreement-acceptance").await;
    dana.fills("Your full name", "Dana Whitfield").await;
    dana.fills("Title", "Owner").await;
    dana.fills("Authority to sign", "Sole proprietor").await;
    dana.ticks("I have read this agreement").await;
    dana.presses("Sign this agreement").await;
    dana.reads("Waiting for our signature").await;
}

/// Through the same pages as any order, to its confirmation.
async fn order(noor: &Person) {
    let catalogue = platform::catalogue::embedded().expect("a catalogue is built in");
    let offering = catalogue.offerings.iter().find(|offering| offering.id.as_str() == "dedicated-internet").expect("an offering");
    noor.chooses("Where should service go?", "1180 Peachtree Street NE").await;
    noor.ticks("Dedicated Internet Access").await;
    noor.presses("Start order").await;
    noor.reads("Set up Dedicated Internet Access").await;
    let plan = Plan::of(offering, None, &catalogue);
    let mut filling = Filling::new(&catalogue, plan.offerings.iter().collect(), plan.wishes.clone());
    walk(noor, &Hands::new(noor), &mut filling, "agreement-order", &mut Opened::default()).await;
    // The list price and the agreement's stand beside each other, and the agreement's name below.
    noor.reads("List price").await;
    noor.reads("Priced by your agreement “Network services 2027”").await;
}
