//! The calls. Each takes the fields that the site and its tests send; others are ignored, as harmless here.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    directory::{Status, User},
    error::{CognitoError, WRONG},
    pool::{Pool, Pools, RefreshToken, id, opaque_token},
};

/// Carries out a call.
///
/// # Errors
/// As Cognito would refuse it; a call that this stand-in does not have is refused by name.
pub(super) fn call(pools: &Pools, operation: &str, input: Value) -> Result<Value, CognitoError> {
    match operation {
        "AdminInitiateAuth" => admin_initiate_auth(pools, &read(input)?),
        "AdminGetUser" => of_user(pools, &read(input)?, |user, _, _| Ok(user.describe("UserAttributes"))),
        "AdminEnableUser" => of_user(pools, &read(input)?, |user, _, now| Ok(able(user, true, now))),
        "AdminDisableUser" => of_user(pools, &read(input)?, |user, _, now| Ok(able(user, false, now))),
        "AdminUserGlobalSignOut" => admin_user_global_sign_out(pools, &read(input)?),
        "AdminCreateUser" => admin_create_user(pools, read(input)?),
        "AdminSetUserPassword" => admin_set_user_password(pools, &input),
        "RevokeToken" => revoke_token(pools, &read(input)?),
        other => Err(CognitoError::UnknownOperation(other.to_owned())),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InitiateAuth {
    user_pool_id: String,
    client_id: String,
    auth_flow: String,
    #[serde(default)]
    auth_parameters: BTreeMap<String, String>,
}

fn admin_initiate_auth(pools: &Pools, input: &InitiateAuth) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    let allowed =
        |flow: &str| pool.client(&input.client_id).map(|client| client.auth_flows.iter().any(|allowed| allowed == flow));
    match input.auth_flow.as_str() {
        "ADMIN_USER_PASSWORD_AUTH" if allowed("ALLOW_ADMIN_USER_PASSWORD_AUTH")? => by_password(pools, pool, input),
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" if allowed("ALLOW_REFRESH_TOKEN_AUTH")? => by_refresh_token(pools, pool, input),
        _ => Err(CognitoError::InvalidParameter("Auth flow not enabled for this client".to_owned())),
    }
}

fn by_password(pools: &Pools, pool: &Pool, input: &InitiateAuth) -> Result<Value, CognitoError> {
    let client = pool.client(&input.client_id)?;
    let (name, password) = (parameter(input, "USERNAME")?, parameter(input, "PASSWORD")?);
    let now = pools.clock.now();
    let mut state = pool.state();
    let user = match state.users.authenticate(name, password) {
        Err(CognitoError::UserNotFound) if client.hides_unknown_users => return Err(WRONG),
        other => other?.clone(),
    };
    if user.status == Status::ForceChangePassword {
        return Ok(json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": opaque_token(),
            "ChallengeParameters": { "USER_ID_FOR_SRP": user.sub, "requiredAttributes": "[]", "userAttributes": json!({ "email": user.email }).to_string() },
        }));
    }
    let sign_in = RefreshToken {
        client: client.id.clone(),
        sub: user.sub.clone(),
        origin: id(),
        signed_in: now,
        expires: now.saturating_add(SignedDuration::from_secs(client.refresh_token_seconds)).unwrap_or(now),
        revoked: false,
    };
    let refresh = opaque_token();
    state.refresh_tokens.insert(refresh.clone(), sign_in.clone());
    drop(state);
    let mut tokens = pool.tokens(client, &user, &sign_in, now);
    tokens["RefreshToken"] = refresh.into();
    Ok(json!({ "AuthenticationResult": tokens, "ChallengeParameters": {} }))
}

fn by_refresh_token(pools: &Pools, pool: &Pool, input: &InitiateAuth) -> Result<Value, CognitoError> {
    let client = pool.client(&input.client_id)?;
    let token = parameter(input, "REFRESH_TOKEN")?;
    let now = pools.clock.now();
    let state = pool.state();
    let sign_in = state.refresh_tokens.get(token).filter(|sign_in| sign_in.client == client.id);
    let sign_in = sign_in.ok_or(CognitoError::NotAuthorized("Invalid Refresh Token"))?.clone();
    if sign_in.revoked {
        return Err(CognitoError::NotAuthorized("Refresh Token has been revoked"));
    }
    if sign_in.expires <= now {
        return Err(CognitoError::NotAuthorized("Refresh Token has expired"));
    }
    let user = state.users.find(&sign_in.sub)?.clone();
    drop(state);
    if !user.enabled {
        return Err(CognitoError::NotAuthorized("User is disabled."));
    }
    Ok(json!({ "AuthenticationResult": pool.tokens(client, &user, &sign_in, now), "ChallengeParameters": {} }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OfUser {
    user_pool_id: String,
    username: String,
}

/// A call about one user.
fn of_user(
    pools: &Pools,
    input: &OfUser,
    act: impl FnOnce(&mut User, &Pool, Timestamp) -> Result<Value, CognitoError>,
) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    act(pool.state().users.find_mut(&input.username)?, pool, pools.clock.now())
}

fn able(user: &mut User, enabled: bool, now: Timestamp) -> Value {
    user.enabled = enabled;
    user.changed = now;
    json!({})
}

fn admin_user_global_sign_out(pools: &Pools, input: &OfUser) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    let mut state = pool.state();
    let sub = state.users.find(&input.username)?.sub.clone();
    for sign_in in state.refresh_tokens.values_mut().filter(|sign_in| sign_in.sub == sub) {
        sign_in.revoked = true;
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreateUser {
    user_pool_id: String,
    username: String,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
    temporary_password: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    name: String,
    #[serde(default)]
    value: String,
}

fn admin_create_user(pools: &Pools, input: CreateUser) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    if !input.username.contains('@') {
        return Err(CognitoError::InvalidParameter("Username should be an email.".to_owned()));
    }
    let password = input.temporary_password.unwrap_or_else(opaque_token);
    conforms(pool, &password)?;
    let now = pools.clock.now();
    let attribute = |name: &str| {
        input.user_attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.clone())
    };
    let user = User {
        sub: id(),
        email_verified: attribute("email_verified").is_some_and(|value| value == "true"),
        name: attribute("name"),
        email: input.username,
        password,
        status: Status::ForceChangePassword,
        enabled: true,
        created: now,
        changed: now,
    };
    Ok(json!({ "User": pool.state().users.add(user)?.describe("Attributes") }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SetPassword {
    password: String,
    #[serde(default)]
    permanent: bool,
}

fn admin_set_user_password(pools: &Pools, input: &Value) -> Result<Value, CognitoError> {
    let SetPassword { password, permanent } = read(input.clone())?;
    of_user(pools, &read(input.clone())?, |user, pool, now| {
        conforms(pool, &password)?;
        user.password = password;
        user.changed = now;
        user.status = if permanent { Status::Confirmed } else { Status::ForceChangePassword };
        Ok(json!({}))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Revoke {
    token: String,
    client_id: String,
}

/// Revoking twice is no mistake.
fn revoke_token(pools: &Pools, input: &Revoke) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    let mut state = pool.state();
    let sign_in = state.refresh_tokens.get_mut(&input.token).filter(|sign_in| sign_in.client == client.id);
    sign_in.ok_or(CognitoError::UnsupportedTokenType)?.revoked = true;
    Ok(json!({}))
}

fn conforms(pool: &Pool, password: &str) -> Result<(), CognitoError> {
    if password.chars().count() < pool.spec.minimum_password_length { Err(CognitoError::InvalidPassword) } else { Ok(()) }
}

fn parameter<'i>(input: &'i InitiateAuth, name: &str) -> Result<&'i str, CognitoError> {
    input
        .auth_parameters
        .get(name)
        .map(String::as_str)
        .ok_or_else(|| CognitoError::InvalidParameter(format!("Missing required parameter {name}")))
}

fn read<T: DeserializeOwned>(input: Value) -> Result<T, CognitoError> {
    serde_json::from_value(input).map_err(|error| CognitoError::InvalidParameter(error.to_string()))
}
