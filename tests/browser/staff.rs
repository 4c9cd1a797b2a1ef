//! Staff at the browser: to the company's own sign-in on another origin and back, by links and that page's own form alone, for
//! this site's policy lets no form of its own lead there.

use crate::{album::Album, chromium::with_browser, person::Person};

#[tokio::test(flavor = "multi_thread")]
async fn staff_sign_in_across_origins_and_open_an_account_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let password = site.staff().into_iter().find(|person| person.name == "Rita Okafor").expect("a persona").password;
        let album = Album::of(&browser).await;
        let rita = Person::new(browser, site.origin());
        rita.visit("/work").await;
        rita.follows("Staff: sign in with your company account").await;
        rita.arrives("Corporate sign-in", "corporate").await;
        rita.chooses("Who you are", "Rita Okafor").await;
        rita.fills("Password", password).await;
        rita.presses("Sign in").await;
        // From here on the pages are this site's own again.
        let rita = rita.with_album(album);
        rita.arrives("Work", "work").await;
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
