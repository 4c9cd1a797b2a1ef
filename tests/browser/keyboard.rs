//! An order by keyboard alone: nothing is pointed at.

use thirtyfour::{By, Key, WebElement};

use crate::{chromium::with_browser, person::Person};

/// More stops of the Tab key than any page has.
const STOPS: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_set_up_by_keyboard_alone() {
    with_browser(async |browser| {
        let site = local_harness::start(local_harness::Options::default()).await.expect("the harness starts");
        let sam = Person::new(browser, site.origin());
        sign_in(&sam).await;
        start_an_order(&sam).await;
        answer_the_page(&sam).await;
        open_close_and_save_dialogs(&sam).await;
        // The field is one of the page's, and the first buttons after it are those that open dialogs.
        tabs_to(&sam, &field("How many new jacks")).await;
        types(&sam, Key::Enter).await;
        sam.arrives("When should service begin?", "keyboard").await;
        site.stop().await;
    })
    .await;
}

async fn sign_in(sam: &Person) {
    sam.visit("/sign-in").await;
    tabs_to(sam, &field("E-mail address")).await;
    types(sam, "sam.ortiz@example.com").await;
    tabs_to(sam, &field("Password")).await;
    types(sam, "sam-walks-to-sea").await;
    types(sam, Key::Enter).await;
    sam.arrives("Your service request", "keyboard").await;
}

async fn start_an_order(sam: &Person) {
    tabs_to(sam, &field("415 Church Street")).await;
    types(sam, " ").await;
    tabs_to(sam, &field("Residential Line")).await;
    types(sam, " ").await;
    types(sam, Key::Enter).await;
    sam.arrives("Set up Residential Line", "keyboard").await;
}

async fn answer_the_page(sam: &Person) {
    for (question, answer) in [
        ("How long do you want to commit?", "month"),
        ("Which telephone number?", "a new"),
        ("How do you want to pay for local calls?", "by the minute"),
        ("Should people you call see your number?", "yes"),
        ("Is there a telephone jack that works?", "yes"),
        ("Should we look after the wires", "no"),
        ("Who carries your long-distance calls?", "nobody"),
        ("Who carries your regional calls?", "nobody"),
    ] {
        answers(sam, question, answer).await;
    }
    // The catalogue may ask more than this is about.
    for list in sam.open_lists().await {
        goes_to(sam, &list).await;
        types(sam, Key::Down).await;
    }
    for button in sam.open_groups().await {
        goes_to(sam, &button).await;
        types(sam, " ").await;
    }
}

/// A drop-down list goes to the line that begins as typed. Of radio buttons, Space takes the first and the arrow the next.
async fn answers(sam: &Person, question: &str, answer: &str) {
    let group = format!("//fieldset[legend[starts-with(normalize-space(), \"{question}\")]]");
    let labels = By::XPath(format!("{group}//input[not(@disabled)]/following-sibling::label[1]"));
    let labels = sam.browser.find_all(labels).await.expect("the page can be searched");
    if labels.is_empty() {
        tabs_to(sam, &field(question)).await;
        types(sam, answer).await;
        return;
    }
    tabs_to(sam, &format!("{group}//input[not(@disabled)]")).await;
    types(sam, " ").await;
    for label in labels {
        if label.text().await.expect("a label").to_lowercase().starts_with(answer) {
            return;
        }
        types(sam, Key::Down).await;
    }
    panic!("{question} can't be answered by {answer}");
}

async fn open_close_and_save_dialogs(sam: &Person) {
    let opener = |dialog: &str| format!("//button[starts-with(normalize-space(), 'Answer these questions: {dialog}')]");
    let save = "//dialog[@open]//button[normalize-space() = 'Save these answers']";

    tabs_to(sam, &opener("Where 911 finds you")).await;
    types(sam, Key::Enter).await;
    sam.opens("Where 911 finds you", "keyboard").await;
    tabs_to(sam, &field("What else helps to find the door?")).await;
    types(sam, "Blue door beside the stairs").await;
    types(sam, Key::Escape).await;
    sam.sees_nothing_open().await;
    assert!(
        is_at(sam, &sam.finds(&opener("Where 911 finds you")).await).await,
        "closing a dialog leads back to where it was opened"
    );

    types(sam, Key::Enter).await;
    sam.opens("Where 911 finds you", "keyboard").await;
    let typed = sam.field("What else helps to find the door?").await.value().await.expect("a field");
    assert_eq!(typed.as_deref(), Some("Blue door beside the stairs"), "Escape loses nothing");
    tabs_to(sam, save).await;
    types(sam, Key::Enter).await;
    sam.has_answered("Where 911 finds you").await;

    tabs_to(sam, &opener("Telephone book")).await;
    types(sam, Key::Enter).await;
    sam.opens("Telephone book", "keyboard").await;
    answers(sam, "Should your number be listed?", "nowhere").await;
    tabs_to(sam, save).await;
    types(sam, Key::Enter).await;
    sam.has_answered("Telephone book").await;

    tabs_to(sam, &opener("Your new number")).await;
    types(sam, Key::Enter).await;
    sam.opens("Your new number", "keyboard").await;
    tabs_to(sam, "//dialog[@open]//input[@type = 'radio']").await;
    types(sam, " ").await;
    tabs_to(sam, save).await;
    types(sam, Key::Enter).await;
    sam.has_answered("Your new number").await;
}

/// In `XPath`: what has a label that begins so.
fn field(label: &str) -> String {
    format!("//*[@id = //label[starts-with(normalize-space(), \"{label}\")]/@for]")
}

/// Presses keys; what they do is up to what has the focus.
async fn types(sam: &Person, keys: impl Into<thirtyfour::TypingData>) {
    sam.browser.action_chain().send_keys(keys).perform().await.expect("keys");
}

/// Goes there by the Tab key.
async fn tabs_to(sam: &Person, what: &str) {
    goes_to(sam, &sam.finds(what).await).await;
}

async fn goes_to(sam: &Person, there: &WebElement) {
    for _ in 0..STOPS {
        if is_at(sam, there).await {
            return;
        }
        types(sam, Key::Tab).await;
    }
    panic!("the Tab key does not lead to {:?} on {}", there.outer_html().await, sam.path().await);
}

async fn is_at(sam: &Person, there: &WebElement) -> bool {
    sam.browser.active_element().await.is_ok_and(|here| here.element_id() == there.element_id())
}
