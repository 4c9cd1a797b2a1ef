//! Signing in by password.

use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, ChallengeNameType, MessageActionType};

use crate::bench::{Bench, NAME, PASSWORD, SignedIn, code_of};
use crate::gaps::Gap;

pub(crate) async fn a_password_gives_tokens_that_verify_by_the_pools_keys(bench: Bench) {
    let sub = bench.user().await;
    let shouted = bench.sign_in(&NAME.to_uppercase(), PASSWORD).await;
    assert_eq!(matches!(shouted, SignedIn::Refused(..)), bench.lacks(Gap::AddressesWithoutCase), "{shouted:?}");
    let tokens = bench.sign_in(NAME, PASSWORD).await.tokens();
    let identity = bench.verified(tokens.id_token().expect("an ID token"), Some(&bench.customers)).await;
    assert_eq!((&identity["sub"], &identity["token_use"]), (&sub.as_str().into(), &"id".into()));
    assert_eq!((&identity["email"], &identity["email_verified"]), (&NAME.into(), &true.into()));
    let access = bench.verified(tokens.access_token().expect("an access token"), None).await;
    assert_eq!((&access["sub"], &access["token_use"]), (&sub.as_str().into(), &"access".into()));
    assert_eq!(access["client_id"], bench.customers);
    assert!(access.get("email").is_none() && identity.get("identities").is_none());
}

pub(crate) async fn a_wrong_password_and_an_unknown_user_are_answered_alike(bench: Bench) {
    bench.user().await;
    for name in [NAME, "nobody@example.com"] {
        match bench.sign_in(name, "not-the-password").await {
            SignedIn::Refused(error, words) => {
                assert_eq!((&*error, &*words), ("NotAuthorizedException", "Incorrect username or password."), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

pub(crate) async fn a_refresh_token_renews_until_it_is_revoked(bench: Bench) {
    bench.user().await;
    let refresh = bench.sign_in(NAME, PASSWORD).await.tokens().refresh_token.expect("a refresh token");
    let renew = async || bench.ask(AuthFlowType::RefreshTokenAuth, &[("REFRESH_TOKEN", &refresh)]).await;
    assert!(renew().await.tokens().id_token.is_some());
    bench.client.revoke_token().client_id(&bench.customers).token(&refresh).send().await.expect("revoked");
    assert_eq!(renew().await.refused(), "NotAuthorizedException");
}

pub(crate) async fn changing_a_password_takes_the_old_one(bench: Bench) {
    bench.user().await;
    let access = bench.access_token().await;
    let change = |previous: &str, proposed: &str| {
        bench.client.change_password().access_token(&access).previous_password(previous).proposed_password(proposed).send()
    };
    assert_eq!(code_of(change("not-the-password", "lena-counts-stars").await), "NotAuthorizedException");
    assert_eq!(code_of(change(PASSWORD, "short").await), "InvalidPasswordException");
    change(PASSWORD, "lena-counts-stars").await.expect("changed");
    assert_eq!(bench.sign_in(NAME, PASSWORD).await.refused(), "NotAuthorizedException");
    bench.sign_in(NAME, "lena-counts-stars").await.tokens();
}

pub(crate) async fn who_must_choose_a_password_is_asked_for_one(bench: Bench) {
    let call = bench.client.admin_create_user().user_pool_id(&bench.pool).username(NAME);
    let call = call.temporary_password("for-the-first-time").message_action(MessageActionType::Suppress);
    call.send().await.expect("a user");
    let asked = ChallengeNameType::NewPasswordRequired;
    let session = bench.sign_in(NAME, "for-the-first-time").await.asked(&asked);
    let answers = [("USERNAME", NAME), ("NEW_PASSWORD", PASSWORD)];
    let astray = bench.answer(asked.clone(), "a-session-that-nobody-was-given", &answers).await;
    if bench.lacks(Gap::ChallengeSessions) {
        astray.tokens();
    } else {
        assert_eq!(astray.refused(), "NotAuthorizedException");
        bench.answer(asked.clone(), &session, &answers).await.tokens();
        assert_eq!(bench.answer(asked, &session, &answers).await.refused(), "NotAuthorizedException");
    }
    bench.sign_in(NAME, PASSWORD).await.tokens();
}

pub(crate) async fn a_flow_that_the_client_does_not_have_is_refused(bench: Bench) {
    bench.user().await;
    let call = bench.client.admin_initiate_auth().user_pool_id(&bench.pool).client_id(bench.staff().id);
    let call = call.auth_flow(AuthFlowType::AdminUserPasswordAuth);
    let call = call.auth_parameters("USERNAME", NAME).auth_parameters("PASSWORD", PASSWORD);
    assert_eq!(code_of(call.send().await), "InvalidParameterException");
}
