//! What administrators do, and what comes of it.

use aws_sdk_cognitoidentityprovider::types::{AttributeType, AuthFlowType, UserStatusType};

use crate::bench::{Bench, NAME, PASSWORD, SignedIn, code_of};

pub(crate) async fn an_administrator_sees_a_user_by_subject_and_by_address(bench: Bench) {
    let sub = bench.user().await;
    let see = |name: &str| bench.client.admin_get_user().user_pool_id(&bench.pool).username(name).send();
    for name in [NAME, &sub] {
        let seen = see(name).await.expect("a user");
        assert!(seen.enabled && seen.user_status == Some(UserStatusType::Confirmed), "{seen:?}");
        assert_eq!(seen.username, sub);
        let value = |name: &str| seen.user_attributes().iter().find(|own| own.name == name).and_then(AttributeType::value);
        assert_eq!((value("sub"), value("email"), value("email_verified")), (Some(&*sub), Some(NAME), Some("true")));
    }
    assert_eq!(code_of(see("nobody@example.com").await), "UserNotFoundException");
}

pub(crate) async fn who_is_disabled_stays_out_until_enabled(bench: Bench) {
    let sub = bench.user().await;
    bench.client.admin_disable_user().user_pool_id(&bench.pool).username(&sub).send().await.expect("disabled");
    let seen = bench.client.admin_get_user().user_pool_id(&bench.pool).username(&sub).send().await.expect("a user");
    assert!(!seen.enabled);
    match bench.sign_in(NAME, PASSWORD).await {
        SignedIn::Refused(error, words) => {
            assert_eq!((&*error, &*words), ("NotAuthorizedException", "User is disabled."));
        }
        other => panic!("{other:?}"),
    }
    bench.client.admin_enable_user().user_pool_id(&bench.pool).username(&sub).send().await.expect("enabled");
    bench.sign_in(NAME, PASSWORD).await.tokens();
}

pub(crate) async fn signing_somebody_out_ends_every_token_of_theirs(bench: Bench) {
    let sub = bench.user().await;
    let tokens = bench.sign_in(NAME, PASSWORD).await.tokens();
    let access = tokens.access_token().expect("an access token");
    bench.client.get_user().access_token(access).send().await.expect("a user");
    bench.client.admin_user_global_sign_out().user_pool_id(&bench.pool).username(&sub).send().await.expect("signed out");
    assert_eq!(code_of(bench.client.get_user().access_token(access).send().await), "NotAuthorizedException");
    let refresh = tokens.refresh_token().expect("a refresh token");
    let renewed = bench.ask(AuthFlowType::RefreshTokenAuth, &[("REFRESH_TOKEN", refresh)]).await;
    assert_eq!(renewed.refused(), "NotAuthorizedException");
}

pub(crate) async fn an_administrators_change_of_an_address_that_is_confirmed_counts_at_once(bench: Bench) {
    let sub = bench.user().await;
    let attribute = |name: &str, value: &str| AttributeType::builder().name(name).value(value).build().expect("an attribute");
    let call = bench.client.admin_update_user_attributes().user_pool_id(&bench.pool).username(&sub);
    let call = call.user_attributes(attribute("email", "lena@example.org")).user_attributes(attribute("email_verified", "true"));
    call.send().await.expect("changed");
    bench.sign_in("lena@example.org", PASSWORD).await.tokens();
    assert_eq!(bench.sign_in(NAME, PASSWORD).await.refused(), "NotAuthorizedException");
}
