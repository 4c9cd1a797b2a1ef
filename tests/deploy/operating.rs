//! What an operator does beside deploying and loading: closing placing for a while, looking, redriving what streams
//! started in vain, and giving out what is kept of a customer.

use std::fs;

use tests::browser::Browser;

use crate::stack::Stack;

/// Has nothing placed for a while: where an order would be placed, people read why.
pub(crate) async fn closed_for_a_while(stack: &Stack, browser: &mut Browser, review: &str) {
    let message = "We move to new systems tonight. Come back after 6 a.m.";
    stack.follow(&format!("cargo run -p iom -- placing close --message '{message}' --table CatalogueTable"), &[], &[]);
    let closed = browser.get(review).await;
    assert!(closed.status == 200 && closed.html.contains(message), "{} {}", closed.status, closed.html);
    stack.follow("cargo run -p iom -- placing open --table CatalogueTable", &[], &[]);
    let open = browser.get(review).await;
    assert!(open.status == 200 && !open.html.contains(message), "{} {}", open.status, open.html);
}

/// Everything that is kept of a customer with a service in place is written into a folder, and nothing of it can be erased.
pub(crate) fn data_given_out(stack: &Stack, customer: &str) {
    let folder = stack.path("given out");
    let known = [("CUSTOMER", customer), ("FOLDER", &*folder)];
    stack.follow("cargo run -p iom -- customers export CUSTOMER --outputs outputs.json --to FOLDER", &known, &[]);
    let written: Vec<_> = fs::read_dir(&folder).expect("a folder").flatten().map(|file| file.file_name()).collect();
    assert!(written.len() > 1, "the account and an order at least: {written:?}");
    let refused = stack.refused("cargo run -p iom -- customers erase CUSTOMER --outputs outputs.json", &known);
    assert!(refused.contains("nothing was erased: this has to come to its end first"), "{refused}");
}

/// Letters about changes are redriven: read from the streams, and handed to their functions, which have done it all before.
pub(crate) fn changes_redriven(stack: &Stack) {
    stack.changes_in_vain();
    let said = stack.follow("cargo run -p iom -- letters redrive --outputs outputs.json", &[], &[]);
    for queue in ["ProvisionLetters", "PublishLetters", "BulkLoadLetters"] {
        assert!(said.contains(&format!("{queue}: redriven: ")), "{queue}: {said}");
    }
    let left = stack.follow("cargo run -p iom -- letters list --outputs outputs.json", &[], &[]);
    assert!(left.lines().all(|line| line.ends_with(": 0")), "{left}");
}

/// An order is shown as it is stored, nothing is stuck that was placed just now, and every trail is as it was written.
pub(crate) fn looked_at(stack: &Stack, order: &str) {
    let shown = stack.follow("cargo run -p iom -- orders show ORDER --table OrdersTable", &[("ORDER", order)], &[]);
    assert!(shown.contains(order) && shown.contains("completed"), "{shown}");
    let stuck = stack.follow("cargo run -p iom -- orders stuck --older-than 48 --table OrdersTable", &[], &[]);
    assert_eq!(stuck, "0 orders have not changed for 48 hours\n");
    let verified = stack.follow("cargo run -p iom -- audit verify --table AuditTable", &[], &[]);
    assert!(verified.ends_with("all as they were written\n") && !verified.contains("\n0 trails"), "{verified}");
}
