//! Signing in at another provider: there, and back with what it says of somebody.

use std::sync::Arc;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Authorization, Away, pages};
use crate::{
    cognito::{
        error::CognitoError,
        pool::{Pool, Pools, State, id, opaque_token},
        user::{Status, User},
    },
    fetch::{get_json, post_form},
    gateway::reply,
    personas::staff,
    server::Reply,
    template::IdentityProviderSpec,
};

/// What the domain is called by others.
fn callback(pool: &Pool) -> String {
    format!("{}/oauth2/idpresponse", pool.hosted)
}

/// Sends somebody to a provider.
pub(super) async fn begin(pool: &Pool, authorization: Authorization, name: &str) -> Reply {
    let Some(provider) = pool.spec.providers.iter().find(|provider| provider.name == name) else {
        return authorization.refused("invalid_request", "the user pool does not have this identity provider");
    };
    let Ok(configuration) = configuration(provider).await else {
        return authorization.refused("server_error", "the identity provider does not say what it is");
    };
    let (state, nonce) = (opaque_token(), opaque_token());
    let parameters = [
        ("response_type", Some("code")),
        ("client_id", Some(provider.client_id.as_str())),
        ("redirect_uri", Some(&*callback(pool))),
        ("scope", Some(&provider.scopes)),
        ("state", Some(&state)),
        ("nonce", Some(&nonce)),
    ];
    let there = reply::redirect(configuration["authorization_endpoint"].as_str().unwrap_or_default(), &parameters);
    pool.state().away.insert(state, Away { authorization, provider: name.to_owned(), nonce });
    there
}

async fn configuration(provider: &IdentityProviderSpec) -> Result<Value, String> {
    let configuration = get_json(&format!("{}/.well-known/openid-configuration", provider.issuer)).await?;
    if configuration["issuer"] == provider.issuer { Ok(configuration) } else { Err("it says it is another".to_owned()) }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Takes somebody back who has been to a provider.
pub(super) async fn finish(pools: Arc<Pools>, query: String) -> Reply {
    let back: Back = serde_html_form::from_str(&query).unwrap_or_default();
    let state = back.state.unwrap_or_default();
    let found = pools.all().find_map(|pool| Some((pool, pool.state().away.remove(&state)?)));
    let now = pools.clock.now();
    let Some((pool, away)) = found.filter(|(_, away)| now < away.authorization.expires) else {
        return pages::error("Invalid state");
    };
    let Away { authorization, provider, nonce } = away;
    let (Some(code), Some(provider)) = (back.code, pool.spec.providers.iter().find(|own| own.name == provider)) else {
        return authorization
            .refused("invalid_request", &back.error.unwrap_or_else(|| "Authorization code is missing".to_owned()));
    };
    let claims = match claims(pool, provider, &code, &nonce, now).await {
        Ok(claims) => claims,
        Err(reason) => return authorization.refused("invalid_request", &reason),
    };
    let taken = take_in(pool, provider, &authorization, &claims, now);
    match taken {
        Ok(sub) => authorization.granted(pool, sub, now),
        Err(reason) => authorization.refused("invalid_request", &reason),
    }
}

/// What the provider says of somebody, once it is known to be the provider that says it, to this pool, just now.
async fn claims(pool: &Pool, provider: &IdentityProviderSpec, code: &str, nonce: &str, now: Timestamp) -> Result<Value, String> {
    let configuration = configuration(provider).await?;
    let at = |name: &str| configuration[name].as_str().unwrap_or_default().to_owned();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &*callback(pool)),
        ("client_id", &provider.client_id),
        ("client_secret", &provider.client_secret),
    ];
    let tokens = post_form(&at("token_endpoint"), &fields).await?;
    let keys = get_json(&at("jwks_uri")).await?;
    let claims = verified(tokens["id_token"].as_str().unwrap_or_default(), &keys).ok_or("the ID token does not verify")?;
    let fits = claims["iss"] == provider.issuer
        && claims["aud"] == provider.client_id
        && claims["nonce"] == nonce
        && claims["exp"].as_i64().is_some_and(|exp| exp > now.as_second());
    if fits { Ok(claims) } else { Err("the ID token is not for this sign-in".to_owned()) }
}

/// The claims of a token that one of these keys signed.
fn verified(token: &str, keys: &Value) -> Option<Value> {
    let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Value = serde_json::from_slice(&part(header)?).ok()?;
    let key = keys["keys"].as_array()?.iter().find(|key| key["kid"] == header["kid"] && key["kty"] == "RSA")?;
    let public = RsaPublicKeyComponents { n: part(key["n"].as_str()?)?, e: part(key["e"].as_str()?)? };
    public.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &part(signature)?).ok()?;
    serde_json::from_slice(&part(claims)?).ok()
}

/// Makes somebody a user of the pool, or brings up to date the user that they are.
fn take_in(
    pool: &Pool,
    provider: &IdentityProviderSpec,
    authorization: &Authorization,
    claims: &Value,
    now: Timestamp,
) -> Result<String, String> {
    let there = claims["sub"].as_str().ok_or("the provider does not say who it is")?;
    let client = pool.client(&authorization.client).map_err(|_| "the client is gone")?;
    let mapped = provider.mapping.iter().filter(|(attribute, _)| *attribute != "username");
    let mut attributes = Vec::new();
    for (attribute, claim) in mapped {
        if !client.writes(attribute) {
            return Err(format!("the client may not write the attribute {attribute}, which is mapped"));
        }
        attributes.extend(text(&claims[claim]).map(|value| (attribute, value)));
    }
    if !attributes.iter().any(|(attribute, _)| *attribute == "email") {
        return Err("attributes required: [email]".to_owned());
    }
    let username = format!("{}_{there}", provider.name);
    let mut state = pool.state();
    let user = federated(&mut state, provider, &username, there, now).map_err(|_| "the user is gone")?;
    if !user.enabled {
        return Err("User is not enabled".to_owned());
    }
    attributes.into_iter().for_each(|(attribute, value)| user.set(attribute, &value));
    user.changed = now;
    Ok(user.sub.clone())
}

/// The user that somebody from elsewhere is, from now on.
fn federated<'s>(
    state: &'s mut State,
    provider: &IdentityProviderSpec,
    username: &str,
    there: &str,
    now: Timestamp,
) -> Result<&'s mut User, CognitoError> {
    if state.users.find(username).is_err() {
        let identity = json!([{
            "userId": there,
            "providerName": provider.name,
            "providerType": "OIDC",
            "issuer": null,
            "primary": "true",
            "dateCreated": now.as_millisecond().to_string(),
        }]);
        let persona = staff().into_iter().find(|person| person.employee == there);
        let sub = persona.map_or_else(id, |person| person.sub.to_string());
        let mut user = User::new(sub, "", String::new(), Status::ExternalProvider, now);
        user.username = username.to_owned();
        user.password = None;
        user.set("identities", &identity.to_string());
        user.set("email_verified", "false");
        state.users.add(user)?;
    }
    state.users.find_mut(username)
}

/// A claim as an attribute's text: a list is written as JSON.
fn text(claim: &Value) -> Option<String> {
    match claim {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
