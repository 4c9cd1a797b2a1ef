//! Signing in, tokens, and what administrators do.

use aws_sdk_cognitoidentityprovider::{
    error::ProvideErrorMetadata,
    types::{AttributeType, AuthFlowType, ChallengeNameType, MessageActionType, UserStatusType},
};
use jiff::SignedDuration;
use serde_json::Value;

use crate::bench::Pool;

#[tokio::test]
async fn a_personas_password_gives_tokens_that_verify() {
    let pool = Pool::start().await;
    let tokens = pool.tokens().await;
    assert_eq!((tokens.token_type(), tokens.expires_in()), (Some("Bearer"), 300));
    let identity = pool.verified(tokens.id_token().expect("an ID token"), Some(&pool.app)).await;
    let access = pool.verified(tokens.access_token().expect("an access token"), None).await;
    for claims in [&identity, &access] {
        assert_eq!(claims["sub"], pool.maya().sub.to_string());
        assert_eq!(claims["iss"], format!("https://cognito-idp.us-east-1.amazonaws.com/{}", pool.pool));
        assert_eq!(claims["origin_jti"], identity["origin_jti"]);
        assert_eq!(claims["auth_time"], claims["iat"]);
    }
    assert_eq!(
        (&identity["token_use"], &identity["email"], &identity["email_verified"]),
        (&"id".into(), &pool.maya().email.into(), &true.into())
    );
    assert_eq!((&identity["name"], &access["name"]), (&pool.maya().name.into(), &Value::Null));
    assert_eq!((&access["token_use"], &access["client_id"]), (&"access".into(), &Value::from(pool.app.as_str())));
    assert_ne!(identity["jti"], access["jti"]);
}

#[tokio::test]
async fn tokens_of_an_old_key_and_of_a_new_one_verify() {
    let pool = Pool::start().await;
    let before = pool.tokens().await;
    pool.rotate_keys().await;
    let after = pool.tokens().await;
    for tokens in [before, after] {
        pool.verified(tokens.id_token().expect("an ID token"), Some(&pool.app)).await;
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_are_answered_alike() {
    let pool = Pool::start().await;
    for (name, password) in [(pool.maya().email, "not-her-password"), ("nobody@example.com", pool.maya().password)] {
        let error = pool.sign_in(name, password).await.expect_err("refused");
        assert!(error.is_not_authorized_exception(), "{error:?}");
        assert_eq!(error.message(), Some("Incorrect username or password."));
    }
    let upper_case = pool.maya().email.to_uppercase();
    assert!(pool.sign_in(&upper_case, pool.maya().password).await.is_ok());
}

#[tokio::test]
async fn a_refresh_token_works_until_it_is_revoked_or_expires() {
    let pool = Pool::start().await;
    let refresh = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    let renewed = pool.refresh(&refresh).await.expect("renewed").authentication_result.expect("tokens");
    assert!(renewed.id_token().is_some() && renewed.refresh_token().is_none());
    for _ in 0..2 {
        pool.client.revoke_token().client_id(&pool.app).token(&refresh).send().await.expect("revoked");
    }
    let error = pool.refresh(&refresh).await.expect_err("revoked");
    assert!(error.is_not_authorized_exception(), "{error:?}");

    let later = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    pool.harness.clock().advance(SignedDuration::from_mins(61));
    assert_eq!(pool.refresh(&later).await.expect_err("expired").message(), Some("Refresh Token has expired"));
}

#[tokio::test]
async fn signing_somebody_out_everywhere_revokes_all_refresh_tokens() {
    let pool = Pool::start().await;
    let refresh = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    pool.client
        .admin_user_global_sign_out()
        .user_pool_id(&pool.pool)
        .username(pool.maya().email)
        .send()
        .await
        .expect("signed out");
    assert!(pool.refresh(&refresh).await.is_err());
}

#[tokio::test]
async fn an_administrator_sees_who_is_disabled_and_they_cannot_sign_in() {
    let pool = Pool::start().await;
    let sub = pool.maya().sub.to_string();
    let seen = pool.client.admin_get_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("a user");
    assert!(seen.enabled && seen.username == sub && seen.user_status == Some(UserStatusType::Confirmed));
    let email = seen.user_attributes().iter().find(|attribute| attribute.name == "email").and_then(AttributeType::value);
    assert_eq!(email, Some(pool.maya().email));

    pool.client.admin_disable_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("disabled");
    let seen = pool.client.admin_get_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("a user");
    assert!(!seen.enabled);
    assert_eq!(
        pool.sign_in(pool.maya().email, pool.maya().password).await.expect_err("disabled").message(),
        Some("User is disabled.")
    );
    pool.client.admin_enable_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("enabled");
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.is_ok());

    let nobody = pool.client.admin_get_user().user_pool_id(&pool.pool).username("nobody").send().await.expect_err("nobody");
    assert!(nobody.into_service_error().is_user_not_found_exception());
}

#[tokio::test]
async fn a_user_made_by_an_administrator_must_choose_a_password_unless_it_was_set_for_good() {
    let pool = Pool::start().await;
    let make = || {
        let call = pool
            .client
            .admin_create_user()
            .user_pool_id(&pool.pool)
            .username("new@example.com")
            .message_action(MessageActionType::Suppress);
        call.temporary_password("for-the-first-time").send()
    };
    let made = make().await.expect("a user").user.expect("a user");
    assert_eq!(made.user_status, Some(UserStatusType::ForceChangePassword));
    assert!(make().await.expect_err("taken").into_service_error().is_username_exists_exception());

    let challenged = pool.sign_in("new@example.com", "for-the-first-time").await.expect("a challenge");
    assert_eq!(challenged.challenge_name, Some(ChallengeNameType::NewPasswordRequired));
    assert!(challenged.authentication_result.is_none());

    let set = |password: &str| {
        let call = pool.client.admin_set_user_password().user_pool_id(&pool.pool).username("new@example.com");
        call.password(password).permanent(true).send()
    };
    assert!(set("short").await.expect_err("short").into_service_error().is_invalid_password_exception());
    set("chosen-for-good").await.expect("set");
    assert!(pool.sign_in("new@example.com", "chosen-for-good").await.expect("signed in").authentication_result.is_some());
}

#[tokio::test]
async fn what_the_stand_in_does_not_have_it_refuses_by_name() {
    let pool = Pool::start().await;
    let error = pool.client.list_devices().access_token("x").send().await.expect_err("refused").into_service_error();
    assert!(error.message().is_some_and(|message| message.contains("ListDevices")), "{error:?}");
    let flow = pool.ask(AuthFlowType::UserPasswordAuth, &[]).await.expect_err("refused");
    assert!(flow.is_invalid_parameter_exception(), "{flow:?}");
    let elsewhere = pool.client.admin_get_user().user_pool_id("us-east-1_Other").username("x").send().await.expect_err("refused");
    assert!(elsewhere.into_service_error().is_resource_not_found_exception());
}
