//! Codes by mail, authenticators, and how long each is good.

use aws_sdk_cognitoidentityprovider::{
    error::ProvideErrorMetadata,
    types::{AttributeType, AuthFlowType, ChallengeNameType, SoftwareTokenMfaSettingsType},
};
use jiff::SignedDuration;
use local_harness::Kind;

use crate::bench::Pool;

const NEW: &str = "lena.vogt@example.com";
const PASSWORD: &str = "lena-counts-clouds";

async fn sign_up(pool: &Pool, name: &str) -> Result<Option<String>, String> {
    let answer = pool.client.sign_up().client_id(&pool.app).username(name).password(PASSWORD).send().await;
    match answer {
        Ok(made) => Ok(made.code_delivery_details.and_then(|details| details.destination)),
        Err(error) => Err(error.code().expect("a code").to_owned()),
    }
}

async fn confirm(pool: &Pool, name: &str, code: &str) -> Result<(), String> {
    let call = pool.client.confirm_sign_up().client_id(&pool.app).username(name).confirmation_code(code);
    call.send().await.map(|_| ()).map_err(|error| error.code().expect("a code").to_owned())
}

async fn forgot(pool: &Pool, name: &str) -> Result<Option<String>, String> {
    let answer = pool.client.forgot_password().client_id(&pool.app).username(name).send().await;
    let answer = answer.map_err(|error| error.code().expect("a code").to_owned())?;
    Ok(answer.code_delivery_details.and_then(|details| details.destination))
}

async fn recover(pool: &Pool, name: &str, code: &str, password: &str) -> Result<(), String> {
    let call = pool.client.confirm_forgot_password().client_id(&pool.app).username(name);
    let call = call.confirmation_code(code).password(password);
    call.send().await.map(|_| ()).map_err(|error| error.code().expect("a code").to_owned())
}

fn code(pool: &Pool, to: &str) -> String {
    pool.harness.outbox().code(to).expect("a code was sent")
}

/// A code of six digits that is not this one.
fn other_than(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}

fn refused(code: &str) -> Result<(), String> {
    Err(code.to_owned())
}

#[tokio::test]
async fn signing_up_sends_a_code_that_confirms_the_address_for_a_day() {
    let pool = Pool::start().await;
    assert_eq!(sign_up(&pool, NEW).await, Ok(Some("l***@e***".to_owned())));
    assert_eq!(sign_up(&pool, &NEW.to_uppercase()).await, Err("UsernameExistsException".to_owned()));
    let unconfirmed = pool.sign_in(NEW, PASSWORD).await.expect_err("not yet");
    assert!(unconfirmed.is_user_not_confirmed_exception(), "{unconfirmed:?}");
    let first = code(&pool, NEW);
    assert_eq!(confirm(&pool, NEW, other_than(&first)).await, refused("CodeMismatchException"));
    pool.harness.clock().advance(SignedDuration::from_hours(24));
    assert_eq!(confirm(&pool, NEW, &first).await, refused("ExpiredCodeException"));
    pool.client.resend_confirmation_code().client_id(&pool.app).username(NEW).send().await.expect("sent again");
    assert_eq!(confirm(&pool, NEW, &code(&pool, NEW)).await, Ok(()));
    assert_eq!(confirm(&pool, NEW, &code(&pool, NEW)).await, refused("NotAuthorizedException"));
    assert!(pool.sign_in(NEW, PASSWORD).await.expect("signed in").authentication_result.is_some());
    let sent: Vec<_> = pool.harness.outbox().all().into_iter().filter(|message| message.to == NEW).collect();
    assert_eq!((sent.len(), sent[0].kind), (2, Kind::Verification));
    assert!(sent[0].text.contains(&first), "{sent:?}");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once_within_an_hour() {
    let pool = Pool::start().await;
    let email = pool.maya().email;
    assert_eq!(forgot(&pool, email).await, Ok(Some("m***@e***".to_owned())));
    let first = code(&pool, email);
    assert_eq!(recover(&pool, email, &first, "short").await, refused("InvalidPasswordException"));
    pool.harness.clock().advance(SignedDuration::from_mins(61));
    assert_eq!(recover(&pool, email, &first, "maya-found-another").await, refused("ExpiredCodeException"));
    assert!(forgot(&pool, email).await.is_ok());
    let second = code(&pool, email);
    assert_eq!(recover(&pool, email, &second, "maya-found-another").await, Ok(()));
    assert_eq!(recover(&pool, email, &second, "maya-found-a-third").await, refused("ExpiredCodeException"));
    assert!(pool.sign_in(email, pool.maya().password).await.is_err());
    assert!(pool.sign_in(email, "maya-found-another").await.is_ok());
}

#[tokio::test]
async fn nobody_learns_from_recovery_who_has_an_account() {
    let pool = Pool::start().await;
    let nobody = "mara.chang@example.com";
    assert_eq!(forgot(&pool, nobody).await, forgot(&pool, pool.maya().email).await);
    let right = code(&pool, pool.maya().email);
    for name in [nobody, pool.maya().email] {
        for _ in 0..5 {
            let outcome = recover(&pool, name, other_than(&right), "a-new-long-password").await;
            assert_eq!(outcome, refused("CodeMismatchException"), "{name}");
        }
        let outcome = recover(&pool, name, &right, "a-new-long-password").await;
        assert_eq!(outcome, refused("TooManyFailedAttemptsException"), "{name}");
        for _ in 0..4 {
            assert!(forgot(&pool, name).await.is_ok(), "{name}");
        }
        assert_eq!(forgot(&pool, name).await, Err("LimitExceededException".to_owned()), "{name}");
    }
    assert!(pool.harness.outbox().all().iter().all(|sent| sent.to != nobody));
}

#[tokio::test]
async fn wrong_passwords_lock_a_name_alike_whether_anybody_has_it() {
    let pool = Pool::start().await;
    // Held, or five attempts might take longer than the first lock.
    pool.harness.clock().fix(pool.harness.clock().now());
    for name in [pool.maya().email, "nobody@example.com"] {
        for _ in 0..5 {
            pool.sign_in(name, "not-the-password").await.expect_err("wrong");
        }
        let locked = pool.sign_in(name, pool.maya().password).await.expect_err("locked");
        assert_eq!(locked.message(), Some("Password attempts exceeded"), "{name}");
    }
    pool.harness.clock().advance(SignedDuration::from_secs(1));
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.is_ok());
}

#[tokio::test]
async fn an_authenticator_is_asked_for_and_its_code_and_session_are_good_once_and_not_for_long() {
    let pool = Pool::start().await;
    let access = pool.tokens().await.access_token().expect("a token").to_owned();
    let secret = pool.client.associate_software_token().access_token(&access).send().await.expect("a secret");
    let secret = secret.secret_code.expect("a secret");
    assert!(secret.len() == 52 && secret.bytes().all(|letter| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains(&letter)), "{secret}");
    let clock = pool.harness.clock();
    clock.fix(clock.now());
    let now = || local_harness::totp_code(&secret, clock.now()).expect("a code");
    let verify = |code: String| pool.client.verify_software_token().access_token(&access).user_code(code).send();
    let wrong = verify(other_than(&now()).to_owned()).await.expect_err("wrong").into_service_error();
    assert!(wrong.is_enable_software_token_mfa_exception(), "{wrong:?}");
    verify(now()).await.expect("it has the secret");
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.expect("not asked yet").authentication_result.is_some());
    let asked = SoftwareTokenMfaSettingsType::builder().enabled(true).preferred_mfa(true).build();
    pool.client.set_user_mfa_preference().access_token(&access).software_token_mfa_settings(asked).send().await.expect("set");

    let ask = || async {
        let answer = pool.sign_in(pool.maya().email, pool.maya().password).await.expect("a question");
        assert_eq!(answer.challenge_name, Some(ChallengeNameType::SoftwareTokenMfa));
        answer.session.expect("a session")
    };
    let answer = async |session: &str, code: &str| {
        let answers = [("USERNAME", pool.maya().email), ("SOFTWARE_TOKEN_MFA_CODE", code)];
        let answer = pool.respond(ChallengeNameType::SoftwareTokenMfa, session, &answers).await;
        answer.map_err(|error| (error.code().expect("a code").to_owned(), error.message().expect("words").to_owned()))
    };
    let session = ask().await;
    // The code that showed the secret was used up by that.
    let (name, words) = answer(&session, &now()).await.expect_err("used");
    assert_eq!((name.as_str(), words.as_str()), ("CodeMismatchException", "Invalid code received for user"));
    clock.advance(SignedDuration::from_secs(30));
    assert!(answer(&session, &now()).await.expect("signed in").authentication_result.is_some());
    clock.advance(SignedDuration::from_secs(30));
    let (_, words) = answer(&session, &now()).await.expect_err("used");
    assert_eq!(words, "Invalid session for the user, session can only be used once.");
    let session = ask().await;
    clock.advance(SignedDuration::from_mins(3));
    let (name, words) = answer(&session, &now()).await.expect_err("too late");
    assert_eq!((name.as_str(), words.as_str()), ("NotAuthorizedException", "Invalid session for the user, session is expired."));
    let (_, words) = answer("no session", &now()).await.expect_err("no session");
    assert_eq!(words, "Invalid session for the user.");
}

#[tokio::test]
async fn an_address_changes_when_its_code_comes_back_and_the_old_one_signs_in_until_then() {
    let pool = Pool::start().await;
    let access = pool.tokens().await.access_token().expect("a token").to_owned();
    let change = |to: &str| {
        let email = AttributeType::builder().name("email").value(to).build().expect("an attribute");
        pool.client.update_user_attributes().access_token(&access).user_attributes(email).send()
    };
    let taken = change("sam.ortiz@example.com").await.expect_err("taken").into_service_error();
    assert!(taken.is_alias_exists_exception(), "{taken:?}");
    let sent = change("maya@example.org").await.expect("sent");
    assert_eq!(sent.code_delivery_details_list()[0].destination(), Some("m***@e***"));
    let verify =
        |code: String| pool.client.verify_user_attribute().access_token(&access).attribute_name("email").code(code).send();
    let right = code(&pool, "maya@example.org");
    let wrong = verify(other_than(&right).to_owned()).await.expect_err("wrong").into_service_error();
    assert!(wrong.is_code_mismatch_exception(), "{wrong:?}");
    assert!(pool.sign_in("maya@example.org", pool.maya().password).await.is_err());
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.is_ok());
    verify(right).await.expect("changed");
    assert!(pool.sign_in("maya@example.org", pool.maya().password).await.is_ok());
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.is_err());
    let own = pool.client.get_user().access_token(&access).send().await.expect("a user");
    let verified = own.user_attributes().iter().find(|attribute| attribute.name == "email_verified");
    assert_eq!(verified.and_then(AttributeType::value), Some("true"));
}

#[tokio::test]
async fn customers_neither_read_nor_write_the_groups_of_the_corporate_directory() {
    let pool = Pool::start().await;
    let groups = || AttributeType::builder().name("custom:idp_groups").value("[telco-sales]").build().expect("an attribute");
    let sign_up = pool.client.sign_up().client_id(&pool.app).username(NEW).password(PASSWORD).user_attributes(groups());
    assert!(sign_up.send().await.expect_err("refused").into_service_error().is_not_authorized_exception());
    let access = pool.tokens().await.access_token().expect("a token").to_owned();
    let update = pool.client.update_user_attributes().access_token(&access).user_attributes(groups());
    assert!(update.send().await.expect_err("refused").into_service_error().is_not_authorized_exception());
    let admin = pool.client.admin_update_user_attributes().user_pool_id(&pool.pool).username(pool.maya().email);
    admin.user_attributes(groups()).send().await.expect("an administrator may");
    let tokens = pool.tokens().await;
    let claims = pool.verified(tokens.id_token().expect("a token"), Some(&pool.app)).await;
    assert!(claims.get("custom:idp_groups").is_none(), "{claims}");
}

#[tokio::test]
async fn a_first_password_is_replaced_within_its_days() {
    let pool = Pool::start().await;
    pool.client.admin_create_user().user_pool_id(&pool.pool).username(NEW).send().await.expect("made");
    let first = code(&pool, NEW);
    let asked = pool.sign_in(NEW, &first).await.expect("a question");
    let session = asked.session.expect("a session");
    let answer = |password: &'static str| {
        let answers = [("USERNAME", NEW), ("NEW_PASSWORD", password)];
        let session = session.clone();
        let pool = &pool;
        async move { pool.respond(ChallengeNameType::NewPasswordRequired, &session, &answers).await }
    };
    assert!(answer("short").await.expect_err("short").is_invalid_password_exception());
    assert!(answer(PASSWORD).await.expect("signed in").authentication_result.is_some());
    assert!(answer(PASSWORD).await.expect_err("used").is_not_authorized_exception());

    pool.client.admin_create_user().user_pool_id(&pool.pool).username("late@example.com").send().await.expect("made");
    pool.harness.clock().advance(SignedDuration::from_hours(73));
    let late = pool.sign_in("late@example.com", &code(&pool, "late@example.com")).await.expect_err("too late");
    assert!(late.message().is_some_and(|words| words.starts_with("Temporary password has expired")), "{late:?}");
}

#[tokio::test]
async fn a_token_of_a_sign_in_that_has_ended_does_nothing() {
    let pool = Pool::start().await;
    let tokens = pool.tokens().await;
    let access = tokens.access_token().expect("a token");
    let change = |previous: &str| {
        let call = pool.client.change_password().access_token(access).previous_password(previous);
        call.proposed_password("maya-found-another").send()
    };
    assert!(change("not-hers").await.expect_err("wrong").into_service_error().is_not_authorized_exception());
    change(pool.maya().password).await.expect("changed");
    assert!(
        pool.ask(AuthFlowType::AdminUserPasswordAuth, &[("USERNAME", pool.maya().email), ("PASSWORD", "maya-found-another")])
            .await
            .is_ok()
    );
    let refresh = tokens.refresh_token().expect("a token");
    pool.client.revoke_token().client_id(&pool.app).token(refresh).send().await.expect("revoked");
    let refused = change("maya-found-another").await.expect_err("revoked").into_service_error();
    assert_eq!(refused.message(), Some("Access Token has been revoked"));
}
