//! Choosing a new password by a code.

use crate::bench::{Bench, NAME, PASSWORD, code_of};

/// The code that MiniStack takes from whoever has forgotten theirs.
const CODE: &str = "654321";
const ANOTHER: &str = "lena-counts-stars";

pub(crate) async fn a_forgotten_password_is_replaced_by_the_code_that_was_sent(bench: Bench) {
    bench.user().await;
    let confirm = |code: &str, password: &str| {
        let call = bench.client.confirm_forgot_password().client_id(&bench.customers).username(NAME);
        call.confirmation_code(code).password(password).send()
    };
    assert_eq!(code_of(confirm(CODE, ANOTHER).await), "ExpiredCodeException");
    bench.client.forgot_password().client_id(&bench.customers).username(NAME).send().await.expect("sent");
    let right = bench.code(NAME, CODE);
    let wrong = if right == "111111" { "222222" } else { "111111" };
    assert_eq!(code_of(confirm(wrong, ANOTHER).await), "CodeMismatchException");
    assert_eq!(code_of(confirm(&right, "short").await), "InvalidPasswordException");
    confirm(&right, ANOTHER).await.expect("changed");
    assert_eq!(code_of(confirm(&right, PASSWORD).await), "ExpiredCodeException");
    assert_eq!(bench.sign_in(NAME, PASSWORD).await.refused(), "NotAuthorizedException");
    bench.sign_in(NAME, ANOTHER).await.tokens();
}

pub(crate) async fn an_unknown_name_is_told_what_a_known_one_is(bench: Bench) {
    bench.user().await;
    let mut told = Vec::new();
    for name in [NAME, "laura.vance@example.com"] {
        let sent = bench.client.forgot_password().client_id(&bench.customers).username(name).send().await.expect("sent");
        let details = sent.code_delivery_details.expect("details");
        let wrong = if bench.code(NAME, CODE) == "111111" { "222222" } else { "111111" };
        let confirm = bench.client.confirm_forgot_password().client_id(&bench.customers).username(name);
        let refused = code_of(confirm.confirmation_code(wrong).password(ANOTHER).send().await);
        told.push((details.destination, details.delivery_medium, details.attribute_name, refused));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].3, "CodeMismatchException");
}
