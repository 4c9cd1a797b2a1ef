//! Staff, who sign in at the company's own identity provider and come back by the pool's domain.

use aws_sdk_cognitoidentityprovider::types::UserStatusType;
use serde_json::Value;

use crate::bench::Bench;
use crate::gaps::Gap;
use crate::http::{Answer, Http};

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const SERGIO: &str = "e-1007";

fn callback(bench: &Bench) -> String {
    format!("{}/staff/callback", bench.harness.origin())
}

/// Where the site sends staff, with parameters of its own in place of these.
fn authorize(bench: &Bench, instead: &[(&str, &str)]) -> String {
    let (client, callback) = (bench.staff().id, callback(bench));
    let usual = [
        ("response_type", "code"),
        ("client_id", &*client),
        ("redirect_uri", &*callback),
        ("identity_provider", "Corporate"),
        ("scope", "openid email profile"),
        ("state", "a-state"),
        ("nonce", "a-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| !instead.iter().any(|(other, _)| other == name));
    let parameters: Vec<_> = kept.chain(instead.iter().copied()).collect();
    format!("{}/oauth2/authorize?{}", bench.harness.hosted_origin(), serde_html_form::to_string(parameters).expect("a query"))
}

/// Signs somebody in at the provider; the address that leads back to the domain.
async fn signed_in_there(bench: &Bench, page: &str, employee: &str) -> String {
    let mut browser = Http::default();
    let mut shown = browser.get(&format!("{page}&login_hint={employee}")).await;
    for _ in 0..10 {
        match &shown.location {
            Some(back) if back.contains("/oauth2/idpresponse?") => return back.clone(),
            Some(next) => shown = browser.get(&next.clone()).await,
            None => break,
        }
    }
    // The harness's own has a page, where the password is typed.
    let question = shown.body.split_once("name=\"question\" value=\"").and_then(|(_, rest)| rest.split('"').next());
    let question = question.unwrap_or_else(|| panic!("no way to sign in: {shown:?}"));
    let password = bench.harness.staff().into_iter().find(|person| person.employee == employee).expect("a person").password;
    let form = [("question", question), ("employee", employee), ("password", password)];
    let answer = browser.post(page.split('?').next().expect("a page"), &form).await;
    answer.location.unwrap_or_else(|| panic!("not signed in: {}", answer.body))
}

/// The answer that sends somebody back to the site.
async fn come_back(bench: &Bench, employee: &str) -> Answer {
    let mut browser = Http::default();
    let there = browser.get(&authorize(bench, &[])).await;
    let page = there.location.unwrap_or_else(|| panic!("no way to the provider: {}", there.body));
    let back = signed_in_there(bench, &page, employee).await;
    browser.get(&back).await
}

async fn code(bench: &Bench, employee: &str) -> String {
    let back = come_back(bench, employee).await;
    assert!(back.location.as_ref().is_some_and(|to| to.starts_with(&callback(bench))), "{back:?}");
    assert_eq!(back.parameter("state").as_deref(), Some("a-state"));
    back.parameter("code").unwrap_or_else(|| panic!("no code: {back:?}"))
}

async fn exchange(bench: &Bench, client: &str, code: &str, verifier: Option<&str>) -> Answer {
    let callback = callback(bench);
    let mut form =
        vec![("grant_type", "authorization_code"), ("client_id", client), ("code", code), ("redirect_uri", &*callback)];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    Http::default().post(&format!("{}/oauth2/token", bench.harness.hosted_origin()), &form).await
}

async fn tokens(bench: &Bench, employee: &str) -> Value {
    let answer = exchange(bench, &bench.staff().id, &code(bench, employee).await, Some(VERIFIER)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

async fn claims(bench: &Bench, tokens: &Value) -> Value {
    bench.verified(tokens["id_token"].as_str().expect("an ID token"), Some(&bench.staff().id)).await
}

pub(crate) async fn staff_come_back_as_who_they_are_with_their_groups(bench: Bench) {
    let tokens = tokens(&bench, SERGIO).await;
    let claims = claims(&bench, &tokens).await;
    assert_eq!((&claims["token_use"], &claims["nonce"]), (&"id".into(), &"a-nonce".into()));
    assert_eq!((&claims["email"], &claims["name"]), (&"sergio.lind@telco.example.com".into(), &"Sergio Lind".into()));
    assert_eq!(claims["cognito:username"], format!("Corporate_{SERGIO}"));
    let identity = &claims["identities"][0];
    assert_eq!((&identity["providerName"], &identity["providerType"]), (&"Corporate".into(), &"OIDC".into()), "{claims}");
    assert_eq!(identity["userId"], SERGIO);
    let groups = claims["custom:idp_groups"].as_str().expect("groups").replace(['[', ']', '"', ' '], "");
    assert_eq!(groups, "telco-sales,telco-approvers");

    let access = bench.verified(tokens["access_token"].as_str().expect("an access token"), None).await;
    assert_eq!((&access["client_id"], &access["sub"]), (&bench.staff().id.into(), &claims["sub"]));
    assert!(!access["scope"].as_str().expect("scopes").contains("aws.cognito"), "{access}");
    let seen = bench.client.admin_get_user().user_pool_id(&bench.pool).username(claims["sub"].as_str().expect("a subject"));
    let seen = seen.send().await.expect("a user");
    assert!(seen.enabled && seen.user_status == Some(UserStatusType::ExternalProvider), "{seen:?}");
}

pub(crate) async fn who_comes_again_is_the_same_user(bench: Bench) {
    let first = claims(&bench, &tokens(&bench, SERGIO).await).await;
    let second = claims(&bench, &tokens(&bench, SERGIO).await).await;
    assert_eq!(first["sub"], second["sub"]);
    let other = claims(&bench, &tokens(&bench, "e-1041").await).await;
    assert_ne!(first["sub"], other["sub"]);
}

pub(crate) async fn nobody_is_sent_to_an_address_that_is_not_registered(bench: Bench) {
    let longer = format!("{}/more", callback(&bench));
    for address in ["http://evil.example.com/", &longer] {
        let answer = Http::default().get(&authorize(&bench, &[("redirect_uri", address)])).await;
        assert!(answer.status == 400 && answer.location.is_none(), "{answer:?}");
    }
    let answer = Http::default().get(&authorize(&bench, &[("client_id", "nobody")])).await;
    assert!(answer.status == 400 && answer.location.is_none(), "{answer:?}");
}

pub(crate) async fn what_the_client_may_not_have_is_said_at_its_own_address(bench: Bench) {
    let answer = Http::default().get(&authorize(&bench, &[("scope", "openid aws.cognito.signin.user.admin")])).await;
    assert!(answer.location.as_ref().is_some_and(|to| to.starts_with(&callback(&bench))), "{answer:?}");
    assert_eq!(answer.parameter("error").as_deref(), Some("invalid_request"));
    assert_eq!(answer.parameter("state").as_deref(), Some("a-state"));
}

pub(crate) async fn a_code_is_good_once_and_for_its_own_client(bench: Bench) {
    let staff = bench.staff().id;
    let good = code(&bench, SERGIO).await;
    assert_eq!(exchange(&bench, &staff, &good, Some(VERIFIER)).await.status, 200);
    for (client, code) in [(&staff, &*good), (&staff, "no-code"), (&bench.customers, &*code(&bench, SERGIO).await)] {
        let answer = exchange(&bench, client, code, Some(VERIFIER)).await;
        assert_eq!((answer.status, &answer.json()["error"]), (400, &"invalid_grant".into()));
    }
}

pub(crate) async fn a_code_is_good_for_who_has_its_verifier_alone(bench: Bench) {
    for verifier in [None, Some(CHALLENGE)] {
        let answer = exchange(&bench, &bench.staff().id, &code(&bench, SERGIO).await, verifier).await;
        if bench.lacks(Gap::PkceAfterAnotherProvider) {
            assert_eq!(answer.status, 200);
        } else {
            assert_eq!((answer.status, &answer.json()["error"]), (400, &"invalid_grant".into()));
        }
    }
    let plain = Http::default().get(&authorize(&bench, &[("code_challenge_method", "plain")])).await;
    if bench.lacks(Gap::PkceAfterAnotherProvider) {
        assert_eq!(plain.parameter("error"), None);
    } else {
        assert_eq!(plain.parameter("error").as_deref(), Some("invalid_request"));
    }
}

pub(crate) async fn what_did_not_begin_here_does_not_end_here(bench: Bench) {
    let back = format!("{}/oauth2/idpresponse?code=some-code&state=some-state", bench.harness.hosted_origin());
    let answer = Http::default().get(&back).await;
    assert!(answer.status == 400 && answer.location.is_none(), "{answer:?}");
}

pub(crate) async fn a_refresh_token_is_revoked_at_the_domain(bench: Bench) {
    let refresh = tokens(&bench, SERGIO).await["refresh_token"].as_str().expect("a refresh token").to_owned();
    let (client, hosted) = (bench.staff().id, bench.harness.hosted_origin());
    let revoked = Http::default().post(&format!("{hosted}/oauth2/revoke"), &[("token", &refresh), ("client_id", &client)]).await;
    if bench.lacks(Gap::RevokeEndPoint) {
        assert_ne!(revoked.status, 200);
        bench.client.revoke_token().client_id(&client).token(&refresh).send().await.expect("revoked by the call");
    } else {
        assert_eq!(revoked.status, 200, "{}", revoked.body);
    }
    let form = [("grant_type", "refresh_token"), ("client_id", &*client), ("refresh_token", &*refresh)];
    let renewed = Http::default().post(&format!("{hosted}/oauth2/token"), &form).await;
    assert_eq!((renewed.status, &renewed.json()["error"]), (400, &"invalid_grant".into()));
}

pub(crate) async fn who_is_disabled_does_not_come_in_from_elsewhere_either(bench: Bench) {
    tokens(&bench, SERGIO).await;
    let name = format!("Corporate_{SERGIO}");
    bench.client.admin_disable_user().user_pool_id(&bench.pool).username(name).send().await.expect("disabled");
    let back = come_back(&bench, SERGIO).await;
    if bench.lacks(Gap::DisabledAtTheDomain) {
        assert!(back.parameter("code").is_some(), "{back:?}");
    } else {
        assert!(back.parameter("code").is_none() && back.parameter("error").is_some(), "{back:?}");
    }
}
