//! Where a client gets tokens, and gives them back.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::{Grant, granted_scopes, pkce};
use crate::{
    cognito::pool::{Pool, Pools, id},
    gateway::reply,
    server::Reply,
    template::UserPoolClientSpec,
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    code: Option<String>,
    code_verifier: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
    scope: Option<String>,
    token: Option<String>,
}

type Outcome = Result<Value, &'static str>;

/// Gives tokens for a code, for a refresh token, or to a client that acts for nobody.
pub(super) fn exchange(pools: &Pools, headers: &HeaderMap, body: &[u8]) -> Reply {
    let asked: Asked = serde_html_form::from_bytes(body).unwrap_or_default();
    let now = pools.clock.now();
    let outcome = client(pools, headers, &asked).and_then(|(pool, client)| match asked.grant_type.as_deref() {
        Some("authorization_code") => by_code(pool, client, &asked, now),
        Some("refresh_token") => by_refresh_token(pool, client, &asked, now),
        Some("client_credentials") => by_credentials(pool, client, &asked, now),
        _ => Err("unsupported_grant_type"),
    });
    match outcome {
        Ok(tokens) => reply::json(StatusCode::OK, &tokens),
        Err(error) => refused(error),
    }
}

/// The client that asks; one with a secret has to give it, in the form or in the header.
fn client<'p>(pools: &'p Pools, headers: &HeaderMap, asked: &Asked) -> Result<(&'p Pool, &'p UserPoolClientSpec), &'static str> {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let basic = basic.and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    let (id, secret) = match basic.as_ref().and_then(|pair| pair.split_once(':')) {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (asked.client_id.as_deref(), asked.client_secret.as_deref()),
    };
    let known = id.and_then(|id| pools.of_client(id).ok()).ok_or("invalid_client")?;
    let proved = match (&known.1.secret, secret) {
        (None, None) => true,
        (Some(own), Some(given)) => own.as_bytes().ct_eq(given.as_bytes()).into(),
        _ => false,
    };
    if proved { Ok(known) } else { Err("invalid_client") }
}

/// A code is gone with the first attempt of its client, whatever comes of it.
fn by_code(pool: &Pool, client: &UserPoolClientSpec, asked: &Asked, now: Timestamp) -> Outcome {
    let code = asked.code.as_deref().ok_or("invalid_request")?;
    let mut state = pool.state();
    if state.grants.get(code).is_none_or(|grant| grant.authorization.client != client.id) {
        return Err("invalid_grant");
    }
    let Grant { authorization, sub } = state.grants.remove(code).ok_or("invalid_grant")?;
    let fits = now < authorization.expires
        && asked.redirect_uri.as_deref() == Some(&authorization.callback)
        && pkce::answers(authorization.challenge.as_deref(), asked.code_verifier.as_deref());
    let user = state.users.find(&sub).map_err(|_| "invalid_grant")?.clone();
    if !fits || !user.enabled {
        return Err("invalid_grant");
    }
    let (sign_in, refresh) = state.sign_in(client, &user, &authorization.scope, now);
    drop(state);
    let mut tokens = json!({
        "access_token": pool.access_token(client, &user, &sign_in, now),
        "refresh_token": refresh,
        "token_type": "Bearer",
        "expires_in": client.access_token_seconds,
    });
    if authorization.scope.split(' ').any(|scope| scope == "openid") {
        tokens["id_token"] = pool.id_token(client, &user, &sign_in, authorization.nonce.as_deref(), now).into();
    }
    Ok(tokens)
}

fn by_refresh_token(pool: &Pool, client: &UserPoolClientSpec, asked: &Asked, now: Timestamp) -> Outcome {
    let token = asked.refresh_token.as_deref().ok_or("invalid_request")?;
    let (sign_in, user) = pool.state().renewed(client, token, now).map_err(|_| "invalid_grant")?;
    Ok(json!({
        "access_token": pool.access_token(client, &user, &sign_in, now),
        "id_token": pool.id_token(client, &user, &sign_in, None, now),
        "token_type": "Bearer",
        "expires_in": client.access_token_seconds,
    }))
}

fn by_credentials(pool: &Pool, client: &UserPoolClientSpec, asked: &Asked, now: Timestamp) -> Outcome {
    if client.secret.is_none() || !client.hosted.flows.iter().any(|flow| flow == "client_credentials") {
        return Err("unauthorized_client");
    }
    let scope = granted_scopes(client, asked.scope.as_deref()).ok_or("invalid_scope")?;
    if !scope.split(' ').all(|scope| pool.spec.resource_scopes.iter().any(|known| known == scope)) {
        return Err("invalid_scope");
    }
    let claims = json!({
        "sub": client.id,
        "token_use": "access",
        "scope": scope,
        "auth_time": now.as_second(),
        "iss": pool.issuer(),
        "exp": now.as_second() + client.access_token_seconds,
        "iat": now.as_second(),
        "version": 2,
        "jti": id(),
        "client_id": client.id,
    });
    Ok(json!({ "access_token": pool.keys.sign(&claims), "token_type": "Bearer", "expires_in": client.access_token_seconds }))
}

/// A token that is none, or not any more, is as good as revoked; an access token cannot be.
pub(super) fn revoke(pools: &Pools, headers: &HeaderMap, body: &[u8]) -> Reply {
    let asked: Asked = serde_html_form::from_bytes(body).unwrap_or_default();
    let Ok((pool, client)) = client(pools, headers, &asked) else { return refused("invalid_client") };
    let Some(token) = asked.token.as_deref() else { return refused("invalid_request") };
    if pool.keys.read(token).is_some() {
        return refused("unsupported_token_type");
    }
    // Unknown or not, it does nothing from now on.
    let _ = pool.state().revoke(client, token);
    reply::typed(StatusCode::OK, "application/json", String::new())
}

fn refused(error: &str) -> Reply {
    reply::json(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}
