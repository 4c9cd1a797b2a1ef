//! A sign-in's life at the browser: created and linked with an account, its password changed, protected by an app, got back into, its
//! address changed.

use jiff::SignedDuration;
use local_harness::Running;
use tests::browser::Browser;
use tests::totp::code_at;

use crate::{album::Album, chromium::with_browser, person::Person};

const IRA: &str = "ira.newcomer@example.com";
const FIRST_PASSWORD: &str = "ira likes long walks";
const SECOND_PASSWORD: &str = "ira walks even longer";
const THIRD_PASSWORD: &str = "ira has found a new way";

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_created_linked_protected_and_got_back_into_without_scripts() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let album = Album::of(&browser).await;
        let ira = Person::new(browser, site.origin()).with_album(album);
        creates_and_links(&ira, &site).await;
        changes_the_password_and_ends_sessions(&ira, &site).await;
        let secret = adds_an_app(&ira, &site).await;
        gets_back_in(&ira, &site, &secret).await;
        changes_the_address(&ira, &site).await;
        chooses_a_first_password(&ira, &site).await;
        site.stop().await;
    })
    .await;
}

/// The code that went to an address last.
fn code(site: &Running, to: &str) -> String {
    site.outbox().code(to).unwrap_or_else(|| panic!("no code went to {to}"))
}

async fn signs_up(person: &Person, email: &str) {
    person.visit("/sign-up").await;
    person.arrives("Create an account", "sign-up").await;
    person.fills("Your name", "Ira Newcomer").await;
    person.fills("E-mail address", email).await;
    person.fills("New password", FIRST_PASSWORD).await;
    person.presses("Create account").await;
    person.arrives("Check your e-mail", "sign-up-code").await;
}

async fn creates_and_links(ira: &Person, site: &Running) {
    signs_up(ira, IRA).await;
    ira.presses("Send it again").await;
    ira.reads("Wait a minute before asking for another").await;
    ira.fills("Code", "000000").await;
    ira.presses("Continue").await;
    ira.reads("That code isn’t right").await;
    ira.looks("sign-up-code-wrong").await;
    ira.fills("Code", &code(site, IRA)).await;
    ira.presses("Continue").await;
    ira.arrives("Link your account with us", "link").await;
    let maya = site.personas().iter().find(|persona| persona.name == "Maya Chen").expect("a persona");
    ira.fills("Account number", maya_account(site).await.as_str()).await;
    ira.presses("Send a code").await;
    ira.arrives("Check the account’s e-mail", "link-code").await;
    ira.fills("Code", &code(site, maya.email)).await;
    ira.presses("Continue").await;
    ira.arrives("Your service request", "linked").await;
}

/// Maya's account number, as it stands at the top of her bill.
async fn maya_account(site: &Running) -> String {
    let maya = site.personas().iter().find(|persona| persona.name == "Maya Chen").expect("a persona").clone();
    let app = platform::App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let file = app.store.customer(maya.customer).await.expect("a load").expect("a customer");
    file.customer.account_number.into()
}

async fn changes_the_password_and_ends_sessions(ira: &Person, site: &Running) {
    let mut elsewhere = Browser::new(site.address());
    ira.visit("/account").await;
    ira.arrives("Your sign-in", "account").await;
    ira.follows("Change Password").await;
    ira.arrives("Change your password", "password").await;
    ira.fills("Your password now", FIRST_PASSWORD).await;
    ira.fills("New password", SECOND_PASSWORD).await;
    ira.presses("Save password").await;
    ira.reads("Your password was changed").await;
    ira.looks("account-password-changed").await;

    let page = elsewhere.get("/sign-in").await;
    elsewhere.submit(&page.form("/sign-in").with("email", IRA).with("password", SECOND_PASSWORD)).await;
    assert_eq!(elsewhere.get("/account").await.status, 200, "signed in on another device");
    ira.follows("Where you’re signed in").await;
    ira.arrives("Where you’re signed in", "sessions").await;
    ira.presses("End all others").await;
    ira.reads("What you chose was signed out").await;
    ira.looks("sessions-ended").await;
    assert!(elsewhere.get("/account").await.path.starts_with("/sign-in"), "it ended");
}

/// Its secret.
async fn adds_an_app(ira: &Person, site: &Running) -> String {
    ira.visit("/account").await;
    ira.follows("Change Authenticator app").await;
    ira.arrives("Add an authenticator app", "factor").await;
    ira.fills("Your password now", SECOND_PASSWORD).await;
    ira.presses("Continue").await;
    ira.arrives("Set up your app", "factor-show").await;
    let secret = ira.finds("//code").await.text().await.expect("a secret");
    ira.fills("Code", &code_at(&secret, site.clock().now().as_second())).await;
    ira.presses("Turn it on").await;
    ira.reads("From now on signing in asks for a code").await;
    ira.looks("account-factor-added").await;
    secret
}

async fn gets_back_in(ira: &Person, site: &Running, secret: &str) {
    ira.presses("Sign out").await;
    ira.arrives("You’re signed out", "signed-out").await;
    ira.visit("/sign-in").await;
    ira.follows("Reset a forgotten password").await;
    ira.arrives("Reset your password", "recover").await;
    ira.fills("E-mail address", IRA).await;
    ira.presses("Send a code").await;
    ira.arrives("Choose a new password", "recover-code").await;
    ira.fills("Code", &code(site, IRA)).await;
    ira.fills("New password", THIRD_PASSWORD).await;
    ira.presses("Save password").await;
    ira.arrives("Sign in", "sign-in-recovered").await;
    ira.reads("Your password was changed").await;
    ira.fills("E-mail address", IRA).await;
    ira.fills("Password", THIRD_PASSWORD).await;
    ira.presses("Sign in").await;
    ira.arrives("Enter the code from your app", "sign-in-factor").await;
    // The code that set the app up was taken: the next one counts.
    site.clock().advance(SignedDuration::from_secs(31));
    ira.fills("Code", &code_at(secret, site.clock().now().as_second())).await;
    ira.presses("Continue").await;
    ira.arrives("Your service request", "signed-in").await;
}

async fn changes_the_address(ira: &Person, site: &Running) {
    const ELSEWHERE: &str = "ira.elsewhere@example.com";
    ira.visit("/account").await;
    ira.follows("Change E-mail address").await;
    ira.arrives("Change your e-mail address", "email").await;
    ira.fills("New e-mail address", ELSEWHERE).await;
    ira.fills("Your password now", THIRD_PASSWORD).await;
    ira.presses("Send a code").await;
    ira.arrives("Check your new e-mail", "email-code").await;
    ira.fills("Code", &code(site, ELSEWHERE)).await;
    ira.presses("Continue").await;
    ira.reads("You now sign in with your new e-mail address").await;
    ira.looks("account-email-changed").await;
    ira.presses("Sign out").await;
}

/// Somebody else signed up with the address first: its owner proves it theirs, and chooses a password of their own.
async fn chooses_a_first_password(owner: &Person, site: &Running) {
    const OWNER: &str = "owner@example.com";
    let mut other = Browser::new(site.address());
    let page = other.get("/sign-up").await;
    let form = page.form("/sign-up").with("name", "Somebody").with("email", OWNER).with("new-password", SECOND_PASSWORD);
    other.submit(&form).await;
    signs_up(owner, OWNER).await;
    owner.fills("Code", &code(site, OWNER)).await;
    owner.presses("Continue").await;
    owner.arrives("Choose a password of your own", "password-first").await;
    owner.fills("New password", THIRD_PASSWORD).await;
    owner.presses("Save password").await;
    owner.arrives("Link your account with us", "link-first").await;
    owner.follows("Begin as a new customer").await;
    owner.arrives("Tell us about you", "begin").await;
}
