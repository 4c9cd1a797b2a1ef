//! Signing up.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Attribute;
use crate::{
    cognito::{
        error::{CognitoError, Taken},
        limits::Purpose,
        mail::delivery,
        pool::{Pools, id},
        user::{Status, User},
    },
    template::SignUps,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SignUp {
    client_id: String,
    username: String,
    password: String,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
}

pub(super) fn sign_up(pools: &Pools, input: SignUp) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    if pool.spec.sign_ups == SignUps::ByAdministrators {
        return Err(CognitoError::NotAuthorized("SignUp is not permitted for this user pool"));
    }
    if !input.username.contains('@') {
        return Err(CognitoError::InvalidParameter("Username should be an email.".to_owned()));
    }
    for attribute in &input.user_attributes {
        client.must_write(&attribute.name)?;
        pool.spec.must_know(&attribute.name)?;
    }
    pool.conforms(&input.password)?;
    let now = pools.clock.now();
    let mut user = User::new(id(), &input.username, input.password, Status::Unconfirmed, now);
    for attribute in input.user_attributes.iter().filter(|attribute| attribute.name != "email") {
        user.set(&attribute.name, &attribute.value);
    }
    user.set("email_verified", "false");
    let mut state = pool.state();
    if state.users.find(&input.username).is_ok() {
        return Err(CognitoError::AddressTaken(Taken::SigningUp));
    }
    state.limits.may_send(&user.sub, &Purpose::SignUp, now)?;
    let delivery = pools.send_code(&mut user, Purpose::SignUp, None, now);
    let sub = state.users.add(user)?.sub.clone();
    Ok(json!({ "UserConfirmed": false, "UserSub": sub, "CodeDeliveryDetails": delivery }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Confirm {
    client_id: String,
    username: String,
    confirmation_code: String,
}

pub(super) fn confirm(pools: &Pools, input: &Confirm) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let counted = state.counted(&input.username);
    state.limits.may_try(&counted, &Purpose::SignUp, now)?;
    let checked = match state.users.find(&input.username) {
        Err(_) if client.hides_unknown_users => Err(CognitoError::ExpiredCode),
        Err(_) => Err(CognitoError::ClientUserNotFound),
        Ok(user) if user.status != Status::Unconfirmed => {
            Err(CognitoError::NotAuthorized("User cannot be confirmed. Current status is CONFIRMED"))
        }
        Ok(user) => user.check_code(&Purpose::SignUp, &input.confirmation_code, now).map(|_| ()),
    };
    if let Err(CognitoError::CodeMismatch(_) | CognitoError::ExpiredCode) = checked {
        state.limits.tried_wrong(&counted, &Purpose::SignUp, now);
    }
    checked?;
    let user = state.users.find_mut(&input.username)?;
    user.codes.remove(&Purpose::SignUp);
    user.status = Status::Confirmed;
    user.changed = now;
    user.set("email_verified", "true");
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Resend {
    client_id: String,
    username: String,
}

pub(super) fn resend(pools: &Pools, input: &Resend) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let counted = state.counted(&input.username);
    state.limits.may_send(&counted, &Purpose::SignUp, now)?;
    let sent = match state.users.find_mut(&input.username) {
        Err(_) if client.hides_unknown_users => delivery(&input.username),
        Err(_) => return Err(CognitoError::ClientUserNotFound),
        Ok(user) if !user.enabled => delivery(user.email()),
        Ok(user) if user.status == Status::Unconfirmed => pools.send_code(user, Purpose::SignUp, None, now),
        Ok(_) => return Err(CognitoError::InvalidParameter("User is already confirmed.".to_owned())),
    };
    Ok(json!({ "CodeDeliveryDetails": sent }))
}
