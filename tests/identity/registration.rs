//! Signing up.

use aws_sdk_cognitoidentityprovider::operation::sign_up::{SignUpError, SignUpOutput};
use aws_sdk_cognitoidentityprovider::{error::SdkError, types::AttributeType};

use crate::bench::{Bench, NAME, PASSWORD, code_of};
use crate::gaps::Gap;

/// The code that MiniStack takes from whoever signs up.
const CODE: &str = "123456";

async fn sign_up(bench: &Bench, password: &str) -> Result<SignUpOutput, SdkError<SignUpError>> {
    let email = AttributeType::builder().name("email").value(NAME).build().expect("an attribute");
    let call = bench.client.sign_up().client_id(&bench.customers).username(NAME).password(password);
    call.user_attributes(email).send().await
}

pub(crate) async fn who_signs_up_comes_in_once_the_code_that_was_sent_is_given(bench: Bench) {
    let made = sign_up(&bench, PASSWORD).await.expect("a user");
    assert!(!made.user_confirmed && !made.user_sub.is_empty());
    let to = made.code_delivery_details.and_then(|details| details.destination).expect("a destination");
    assert_eq!(to.contains("***"), !bench.lacks(Gap::MaskedDestination), "{to}");
    assert_eq!(bench.sign_in(NAME, PASSWORD).await.refused(), "UserNotConfirmedException");
    let right = bench.code(NAME, CODE);
    let wrong = if right == "111111" { "222222" } else { "111111" };
    let confirm = |name: &str, code: &str| {
        bench.client.confirm_sign_up().client_id(&bench.customers).username(name).confirmation_code(code).send()
    };
    assert_eq!(code_of(confirm(NAME, wrong).await), "CodeMismatchException");
    let unknown = if bench.lacks(Gap::UnknownNameExpires) { "CodeMismatchException" } else { "ExpiredCodeException" };
    assert_eq!(code_of(confirm("nobody@example.com", wrong).await), unknown);
    confirm(NAME, &right).await.expect("confirmed");
    assert_eq!(code_of(confirm(NAME, &right).await), "NotAuthorizedException");
    bench.sign_in(NAME, PASSWORD).await.tokens();
}

pub(crate) async fn an_address_signs_up_once_and_with_a_long_password(bench: Bench) {
    assert_eq!(code_of(sign_up(&bench, "short").await), "InvalidPasswordException");
    sign_up(&bench, PASSWORD).await.expect("a user");
    assert_eq!(code_of(sign_up(&bench, PASSWORD).await), "UsernameExistsException");
}

pub(crate) async fn a_code_is_sent_again_and_an_unknown_name_is_told_the_like(bench: Bench) {
    sign_up(&bench, PASSWORD).await.expect("a user");
    let resend = |name: &str| bench.client.resend_confirmation_code().client_id(&bench.customers).username(name).send();
    let mut told = Vec::new();
    for name in [NAME, "laura.vance@example.com"] {
        let details = resend(name).await.expect("sent").code_delivery_details.expect("details");
        told.push((details.destination, details.delivery_medium, details.attribute_name));
    }
    assert_eq!(told[0], told[1]);
    let confirm = bench.client.confirm_sign_up().client_id(&bench.customers).username(NAME);
    confirm.confirmation_code(bench.code(NAME, CODE)).send().await.expect("confirmed");
}
