//! What an administrator does to users.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Attribute, FactorSettings};
use crate::cognito::{
    error::{CognitoError, Taken},
    limits::Purpose,
    pool::{Pools, id, opaque_token},
    user::{Status, User},
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OfUser {
    user_pool_id: String,
    username: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Create {
    user_pool_id: String,
    username: String,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
    temporary_password: Option<String>,
    message_action: Option<String>,
}

pub(super) fn create(pools: &Pools, input: Create) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    if !input.username.contains('@') {
        return Err(CognitoError::InvalidParameter("Username should be an email.".to_owned()));
    }
    for attribute in &input.user_attributes {
        pool.spec.must_know(&attribute.name)?;
    }
    let password = input.temporary_password.unwrap_or_else(opaque_token);
    pool.conforms(&password)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let action = input.message_action.as_deref();
    let user = if action == Some("RESEND") {
        let user = state.users.find_mut(&input.username)?;
        user.set_password(password.clone(), Status::ForceChangePassword, now);
        user
    } else {
        let mut user = User::new(id(), &input.username, password.clone(), Status::ForceChangePassword, now);
        for attribute in input.user_attributes.iter().filter(|attribute| !["email", "sub"].contains(&attribute.name.as_str())) {
            user.set(&attribute.name, &attribute.value);
        }
        state.users.add(user)?
    };
    if action != Some("SUPPRESS") {
        pools.send_invitation(user, &password, now);
    }
    Ok(json!({ "User": user.describe("Attributes") }))
}

pub(super) fn describe(pools: &Pools, input: &OfUser) -> Result<Value, CognitoError> {
    let state = pools.get(&input.user_pool_id)?.state();
    let user = state.users.find(&input.username)?;
    Ok(user.describe_factor(user.describe("UserAttributes")))
}

pub(super) fn enable(pools: &Pools, input: &OfUser) -> Result<Value, CognitoError> {
    change(pools, &input.user_pool_id, &input.username, |user| {
        user.enabled = true;
        Ok(())
    })
}

pub(super) fn disable(pools: &Pools, input: &OfUser) -> Result<Value, CognitoError> {
    change(pools, &input.user_pool_id, &input.username, |user| {
        user.enabled = false;
        Ok(())
    })?;
    // Cognito ends the sign-ins of somebody who is disabled.
    sign_out(pools, input)
}

pub(super) fn sign_out(pools: &Pools, input: &OfUser) -> Result<Value, CognitoError> {
    let mut state = pools.get(&input.user_pool_id)?.state();
    let sub = state.users.find(&input.username)?.sub.clone();
    state.revoke_all(&sub);
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SetPassword {
    user_pool_id: String,
    username: String,
    password: String,
    #[serde(default)]
    permanent: bool,
}

pub(super) fn set_password(pools: &Pools, input: SetPassword) -> Result<Value, CognitoError> {
    let (pool, now) = (pools.get(&input.user_pool_id)?, pools.clock.now());
    let status = if input.permanent { Status::Confirmed } else { Status::ForceChangePassword };
    change(pools, &input.user_pool_id, &input.username, |user| {
        pool.conforms(&input.password)?;
        user.set_password(input.password, status, now);
        Ok(())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Update {
    user_pool_id: String,
    username: String,
    user_attributes: Vec<Attribute>,
}

/// A new address has to be confirmed by a code first, unless the administrator says in the same call that it is.
pub(super) fn update(pools: &Pools, input: Update) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    for attribute in &input.user_attributes {
        pool.spec.must_know(&attribute.name)?;
    }
    let says_verified = |attribute: &Attribute| attribute.name == "email_verified" && attribute.value == "true";
    let verified = input.user_attributes.iter().any(says_verified);
    let now = pools.clock.now();
    let mut state = pool.state();
    let sub = state.users.find(&input.username)?.sub.clone();
    for Attribute { name, value } in input.user_attributes {
        if name == "email" && state.users.find(&value).is_ok_and(|other| other.sub != sub) {
            return Err(CognitoError::AddressTaken(Taken::Changing));
        }
        let user = state.users.find_mut(&sub)?;
        if name == "email" && !verified && pool.spec.verified_before_update.contains(&name) {
            pools.send_code(user, Purpose::Address, Some(value), now);
        } else {
            user.set(&name, &value);
        }
    }
    state.users.find_mut(&sub)?.changed = now;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Prefer {
    user_pool_id: String,
    username: String,
    software_token_mfa_settings: Option<FactorSettings>,
}

pub(super) fn prefer(pools: &Pools, input: &Prefer) -> Result<Value, CognitoError> {
    change(pools, &input.user_pool_id, &input.username, |user| user.factor.ask(input.software_token_mfa_settings))
}

/// Changes a user.
fn change(
    pools: &Pools,
    pool: &str,
    name: &str,
    act: impl FnOnce(&mut User) -> Result<(), CognitoError>,
) -> Result<Value, CognitoError> {
    let mut state = pools.get(pool)?.state();
    let user = state.users.find_mut(name)?;
    act(user)?;
    user.changed = pools.clock.now();
    Ok(json!({}))
}
