//! A consumer orders broadband and a line with a number they keep, from the start page to following the order.

use crate::{album::Album, chromium::with_browser, person::Person};

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_orders_broadband_and_a_line_with_a_ported_number_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        order(&Person::new(browser, site.origin())).await;
        site.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_on_the_way_reaches_over_the_side_of_a_narrow_screen() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let album = Album::of(&browser).await;
        order(&Person::new(browser, site.origin()).with_album(album)).await;
        site.stop().await;
    })
    .await;
}

async fn order(sam: &Person) {
    sam.visit("/").await;
    sam.arrives("Internet, networks and phone service, ordered in one place", "start").await;
    sam.follows("Check your address").await;
    check_address(sam).await;
    sign_in(sam).await;
    sam.arrives("Your service request", "service-request").await;
    sam.reads("Hello Sam Ortiz").await;
    sam.chooses("Where should service go?", "415 Church Street").await;
    sam.ticks("Broadband Internet").await;
    sam.ticks("Residential Line").await;
    sam.presses("Start order").await;
    set_up_broadband(sam).await;
    set_up_the_line(sam).await;
    sign_the_letters(sam).await;
    let day = choose_an_appointment(sam).await;
    sam.arrives("Who pays for this order?", "billing").await;
    sam.chooses("How should the bill come?", "By e-mail").await;
    sam.presses("Save and continue").await;
    check_place_and_follow(sam, &day).await;
}

async fn check_address(sam: &Person) {
    sam.arrives("What can you get at your address?", "check-address").await;
    sam.fills("Street address", "415 church street").await;
    sam.fills("City", "Decatur").await;
    sam.chooses("State", "Georgia").await;
    sam.fills("ZIP code", "30030").await;
    sam.presses("Check address").await;
    sam.arrives("Good news: we serve this address", "served").await;
    sam.reads("415 Church Street").await;
    sam.reads("Broadband Facts").await;
    sam.follows("Order at this address").await;
}

async fn sign_in(sam: &Person) {
    sam.arrives("Sign in", "sign-in").await;
    sam.fills("E-mail address", "sam.ortiz@example.com").await;
    sam.fills("Password", "sam-walks-to-sea").await;
    sam.presses("Sign in").await;
}

async fn set_up_broadband(sam: &Person) {
    sam.arrives("Set up Broadband Internet", "broadband").await;
    sam.chooses("How long do you want to commit?", "12 months").await;
    sam.chooses("How fast should it be?", "300 Mbps").await;
    sam.chooses("Which router will you use?", "A router from us").await;
    sam.chooses("Is there a working network socket", "No").await;
    sam.chooses("Who connects it?", "A technician comes").await;
    sam.presses("Update").await;
    sam.reads("Before the technician comes").await;
    sam.looks("broadband-updated").await;
    sam.chooses("Do you need Wi-Fi in far corners too?", "One extender").await;

    sam.presses("Answer these questions: Before the technician comes").await;
    sam.opens("Before the technician comes", "broadband-dialog").await;
    sam.chooses("What kind of building is it?", "A house").await;
    sam.chooses("May we drill a hole", "Yes, the place is yours").await;
    sam.fills("Where should the equipment go?", "Living room, beside the bookcase").await;
    sam.presses("Close").await;
    sam.sees_nothing_open().await;

    sam.presses("Answer these questions: Before the technician comes").await;
    let place = sam.field("Where should the equipment go?").await.value().await.expect("a field");
    assert_eq!(place.as_deref(), Some("Living room, beside the bookcase"), "closing a dialog keeps what was typed");
    sam.presses("Save these answers").await;
    sam.has_answered("Before the technician comes").await;
    sam.answers_the_rest().await;
    sam.presses("Save and continue").await;
}

async fn set_up_the_line(sam: &Person) {
    sam.arrives("Set up Residential Line", "line").await;
    sam.chooses("How long do you want to commit?", "12 months").await;
    sam.chooses("Which telephone number?", "Keep the number you have now").await;
    sam.chooses("How do you want to pay for local calls?", "As many as you like").await;
    sam.ticks("Show who is calling").await;
    sam.chooses("Should people you call see your number?", "Yes").await;
    sam.chooses("Is there a telephone jack that works?", "Yes").await;
    sam.chooses("Should we look after the wires", "No").await;
    sam.chooses("Who carries your long-distance calls?", "We do").await;
    sam.chooses("Who carries your regional calls?", "We do").await;
    sam.presses("Update").await;
    sam.reads("Keep your number").await;
    sam.looks("line-updated").await;

    sam.presses("Answer these questions: Keep your number").await;
    sam.opens("Keep your number", "line-dialog").await;
    sam.fills("The number you want to keep", "404-373-4455").await;
    sam.chooses("What kind of company", "A local telephone company").await;
    sam.fills("Its name", "Peach State Telephone").await;
    sam.fills("Account number there", "884-20117").await;
    sam.chooses("Does that account have other numbers too?", "No").await;
    sam.presses("Save these answers").await;
    // Being with a local company brings up two more questions, asked on the dialog's own page.
    sam.arrives("Keep your number", "line-number").await;
    sam.chooses("Does something else come over the same line?", "No").await;
    sam.chooses("Do you pay one company for a line", "No").await;
    sam.ticks("I will not cancel my old service").await;
    sam.presses("Save and continue").await;

    sam.arrives("Set up Residential Line", "line-number-answered").await;
    sam.has_answered("Keep your number").await;
    sam.presses("Answer these questions: Telephone book").await;
    sam.opens("Telephone book", "line-dialog-listing").await;
    sam.chooses("Should your number be listed?", "Nowhere").await;
    sam.presses("Save these answers").await;
    sam.has_answered("Telephone book").await;
    sam.presses("Answer these questions: Where 911 finds you").await;
    sam.opens("Where 911 finds you", "line-dialog-911").await;
    sam.fills("What else helps to find the door?", "Blue door beside the stairs").await;
    sam.presses("Save these answers").await;
    sam.has_answered("Where 911 finds you").await;
    sam.answers_the_rest().await;
    sam.presses("Save and continue").await;
}

async fn sign_the_letters(sam: &Person) {
    sam.arrives("Letter of agency: move my telephone number and local service", "letter-number").await;
    sam.reads("(404) 373-4455").await;
    sam.reads("Peach State Telephone").await;
    sam.fills("Your full name", "Sam Ortiz").await;
    sam.presses("Sign this letter").await;
    // Each kind of call is a company of its own, and has a letter of its own.
    for (letter, picture) in [
        ("Letter of agency: change my long-distance company", "letter-long-distance"),
        ("Letter of agency: change my company for regional calls", "letter-regional"),
    ] {
        sam.arrives(letter, picture).await;
        sam.fills("Your full name", "Sam Ortiz").await;
        sam.presses("Sign this letter").await;
    }
}

/// The first there is; the day that was chosen.
async fn choose_an_appointment(sam: &Person) -> String {
    sam.arrives("When can a technician come?", "installation").await;
    let day = "//fieldset[legend[starts-with(normalize-space(), 'Appointment')]]//fieldset";
    let chosen = sam.finds(&format!("{day}/legend")).await.text().await.expect("a day");
    sam.finds(&format!("{day}//label")).await.click().await.expect("an appointment can be chosen");
    sam.fills("How to get in", "Ring twice").await;
    sam.presses("Save and continue").await;
    chosen
}

async fn check_place_and_follow(sam: &Person, day: &str) {
    sam.arrives("Check your order", "review").await;
    for said in ["300 Mbps", "Living room, beside the bookcase", "(404) 373-4455", "Signed by Sam Ortiz", day, "By e-mail"] {
        sam.reads(said).await;
    }
    let (monthly, first_bill) = (sam.total("Each month").await, sam.total("First bill").await);
    assert!(monthly.starts_with('$') && first_bill.starts_with('$'), "{monthly}, {first_bill}");
    sam.ticks("I accept the terms of service").await;
    sam.presses("Place order").await;

    sam.arrives("Order placed", "placed").await;
    let said = sam.finds("//p[starts-with(normalize-space(), 'Your reference is')]").await.text().await.expect("a sentence");
    let reference = said.trim_start_matches("Your reference is").trim();
    assert!(!reference.is_empty(), "{said}");
    assert_eq!((sam.total("Each month").await, sam.total("First bill").await), (monthly, first_bill));
    sam.reads("(404) 373-4455").await;
    sam.reads("Don’t cancel your old service").await;

    sam.follows("Follow this order").await;
    sam.arrives(&format!("Order {reference}"), "track").await;
    for said in ["Received", "Who acts next", "We have asked your old company for your number", day] {
        sam.reads(said).await;
    }
    sam.follows("Sam Ortiz").await;
    sam.arrives("Your service request", "service-request-ordered").await;
    sam.reads("Orders on their way").await;
    sam.reads(reference).await;
}
