//! The e-mail that the deployed functions had SES send: MiniStack keeps it.

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::browser::Browser;

use crate::people::EMAIL;
use crate::stack::Stack;

/// How long a message may take: streams and events come when they come.
const PATIENCE: Duration = Duration::from_secs(120);

/// The messages to an address of which one contains a text, as soon as there is such a one.
pub(crate) async fn told(stack: &Stack, to: &str, text: &str) -> String {
    let (mut emulator, begun) = (Browser::new(stack.address()), Instant::now());
    loop {
        let page = emulator.get("/_ministack/ses/messages").await;
        let kept: Value = serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{} {}", page.status, page.html));
        let all: Vec<&Value> =
            kept["messages"].as_object().into_iter().flatten().flat_map(|(_, of_one)| of_one.as_array()).flatten().collect();
        let is_for = |message: &&&Value| message["To"].as_array().is_some_and(|to_| to_.iter().any(|one| one == to));
        let said = |message: &Value| {
            format!("{}\n{}", message["Subject"].as_str().unwrap_or_default(), message["BodyText"].as_str().unwrap_or_default())
        };
        if let Some(found) = all.iter().filter(is_for).map(|message| said(message)).rfind(|said| said.contains(text)) {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "no message to {to} says `{text}`: {kept}");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// SES does not take the site's mail yet, so that an event of the order becomes a dead letter; once it does, that is redriven, and the
/// customer is told.
pub(crate) async fn redriven(stack: &Stack, order: &str) {
    stack.notify_in_vain(order);
    let begun = Instant::now();
    loop {
        let listed = stack.follow("cargo run -p iom -- letters list --outputs outputs.json", &[], &[]);
        if listed.contains(&format!(" ProductOrderCreateEvent of {order}")) {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "the event has not become a dead letter: {listed}");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    stack.take_mail();
    let said = stack.follow("cargo run -p iom -- letters redrive --outputs outputs.json", &[], &[]);
    assert!(said.contains("NotifyLetters: redriven: ") && !said.contains("stays"), "{said}");
    told(stack, EMAIL, "We have your Meridian order").await;
    let listed = stack.follow("cargo run -p iom -- letters list --outputs outputs.json", &[], &[]);
    assert!(listed.starts_with("NotifyLetters: 0\n"), "{listed}");
}
