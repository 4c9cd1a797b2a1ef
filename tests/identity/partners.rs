//! Programs that act for nobody.

use crate::bench::Bench;
use crate::http::{Answer, Http};

async fn token(bench: &Bench, secret: &str, scope: &str) -> Answer {
    let client = bench.partner().id;
    let form = [("grant_type", "client_credentials"), ("client_id", &*client), ("client_secret", secret), ("scope", scope)];
    Http::default().post(&format!("{}/oauth2/token", bench.harness.hosted_origin()), &form).await
}

pub(crate) async fn a_partner_gets_a_token_with_the_scopes_asked_for(bench: Bench) {
    let partner = bench.partner();
    let answer = token(&bench, &partner.secret.expect("a secret"), "partners/orders.read partners/orders.write").await.json();
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&"Bearer".into(), &3600.into()), "{answer}");
    assert!(answer.get("id_token").is_none() && answer.get("refresh_token").is_none());
    let claims = bench.verified(answer["access_token"].as_str().expect("a token"), None).await;
    assert_eq!((&claims["token_use"], &claims["client_id"]), (&"access".into(), &partner.id.into()));
    let mut scopes: Vec<_> = claims["scope"].as_str().expect("scopes").split(' ').collect();
    scopes.sort_unstable();
    assert_eq!(scopes, ["partners/orders.read", "partners/orders.write"]);
}

pub(crate) async fn a_partner_without_the_secret_or_the_scope_gets_none(bench: Bench) {
    let secret = bench.partner().secret.expect("a secret");
    let wrong = token(&bench, "not-the-secret", "partners/orders.read").await;
    assert_eq!((wrong.status, &wrong.json()["error"]), (400, &"invalid_client".into()));
    for scope in ["provisioning/events.write", "partners/everything"] {
        let answer = token(&bench, &secret, scope).await;
        let error = answer.json()["error"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && ["invalid_scope", "invalid_grant"].contains(&&*error), "{scope}: {}", answer.body);
    }
}
