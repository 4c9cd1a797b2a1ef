//! Staff at the browser: to the company's own sign-in on another origin and back, by links and that page's own form alone, for
//! this site's policy lets no form of its own lead there.

use local_harness::Running;

use crate::{album::Album, chromium::with_browser, person::Person};

/// Signs in at the company's own provider, on the way to a page. The provider's page is not this site's: nobody looks at it.
pub(crate) async fn signs_in(person: &Person, site: &Running, name: &str, page: &str) {
    let password = site.staff().into_iter().find(|staff| staff.name == name).expect("a persona").password;
    person.visit(page).await;
    person.follows("Staff: sign in with your company account").await;
    person.reads("Corporate sign-in").await;
    person.chooses("Who you are", name).await;
    person.fills("Password", password).await;
    person.presses("Sign in").await;
}

/// The same, from the orders that wait.
pub(crate) async fn sign_in(person: &Person, site: &Running, name: &str) {
    signs_in(person, site, name, "/work").await;
    person.arrives("Work", "work").await;
}

/// Finds a customer who is on the phone, and opens the account by the code that the customer reads back.
pub(crate) async fn with_an_account_by_code(person: &Person, site: &Running, persona: &str, account: &str) {
    let persona = site.personas().iter().find(|known| known.name == persona).expect("a persona");
    person.follows("Find a customer").await;
    person.fills("Account, phone", account).await;
    person.presses("Find").await;
    person.follows(account).await;
    person.arrives(&format!("Open {account}’s account"), "access-business").await;
    person.chooses("Why are you opening the account?", "The customer is on the phone").await;
    person.chooses("How is the customer authenticated?", "Send a code").await;
    person.presses("Go on").await;
    person.arrives("Enter the customer’s code", "access-code").await;
    person.fills("Code", "000000").await;
    person.presses("Open the account").await;
    person.reads("That’s not the code").await;
    person.looks("access-code-wrong").await;
    person.fills("Code", &site.outbox().code(persona.email).expect("a code")).await;
    person.presses("Open the account").await;
    person.arrives("Your service request", "service-request-for").await;
    person.reads(&format!("Working for {account}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sign_in_across_origins_and_open_an_account_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let album = Album::of(&browser).await;
        let rita = Person::new(browser, site.origin()).with_album(album);
        sign_in(&rita, &site, "Rita Okafor").await;
        rita.follows("Find a customer").await;
        rita.arrives("Find a customer", "find-customer").await;
        rita.fills("Account, phone", "chen").await;
        rita.presses("Find").await;
        rita.reads("Account ending 3027, Atlanta").await;
        rita.follows("Maya Chen").await;
        rita.arrives("Open Maya Chen’s account", "access").await;
        rita.chooses("Why are you opening the account?", "The customer is in the shop").await;
        rita.chooses("How is the customer authenticated?", "I’ve seen photo identification").await;
        rita.presses("Go on").await;
        rita.arrives("Your service request", "service-request-for").await;
        rita.reads("Working for Maya Chen").await;
        rita.follows("Finish or switch").await;
        rita.arrives("You’re working for Maya Chen", "access-open").await;
        rita.presses("Finish").await;
        rita.arrives("Work", "work-finished").await;
        rita.presses("Sign out").await;
        rita.arrives("You’re signed out", "signed-out-staff").await;
        rita.reads("Sign out of my company account").await;
        site.stop().await;
    })
    .await;
}
