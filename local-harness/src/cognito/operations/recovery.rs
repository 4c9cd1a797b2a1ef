//! Choosing a new password by a code.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cognito::{
    error::{CodeOf, CognitoError},
    limits::Purpose,
    mail::delivery,
    pool::Pools,
    user::{Status, User},
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Forgot {
    client_id: String,
    username: String,
}

/// Whether somebody can be sent a code: the address has to be known to be theirs.
fn is_reached(user: &User) -> bool {
    user.enabled && user.status == Status::Confirmed && user.attribute("email_verified") == Some("true")
}

pub(super) fn forgot(pools: &Pools, input: &Forgot) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let counted = state.counted(&input.username);
    state.limits.may_send(&counted, &Purpose::Recovery, now)?;
    let sent = match state.users.find_mut(&input.username) {
        Ok(user) if is_reached(user) => pools.send_code(user, Purpose::Recovery, None, now),
        _ if client.hides_unknown_users => delivery(&input.username),
        Err(_) => return Err(CognitoError::ClientUserNotFound),
        Ok(user) if user.status == Status::ForceChangePassword => {
            return Err(CognitoError::NotAuthorized("User password cannot be reset in the current state."));
        }
        Ok(_) => {
            let reason = "Cannot reset password for the user as there is no registered/verified email or phone_number";
            return Err(CognitoError::InvalidParameter(reason.to_owned()));
        }
    };
    Ok(json!({ "CodeDeliveryDetails": sent }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Confirm {
    client_id: String,
    username: String,
    confirmation_code: String,
    password: String,
}

pub(super) fn confirm(pools: &Pools, input: Confirm) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let counted = state.counted(&input.username);
    state.limits.may_try(&counted, &Purpose::Recovery, now)?;
    let checked = match state.users.find(&input.username) {
        Ok(user) if user.enabled => user.check_code(&Purpose::Recovery, &input.confirmation_code, now).map(|_| ()),
        _ if client.hides_unknown_users => Err(CognitoError::CodeMismatch(CodeOf::Mail)),
        _ => Err(CognitoError::ClientUserNotFound),
    };
    if let Err(CognitoError::CodeMismatch(_) | CognitoError::ExpiredCode) = checked {
        state.limits.tried_wrong(&counted, &Purpose::Recovery, now);
    }
    checked?;
    pool.conforms(&input.password)?;
    state.limits.guessed_right(&counted);
    let user = state.users.find_mut(&input.username)?;
    user.codes.remove(&Purpose::Recovery);
    user.set_password(input.password, Status::Confirmed, now);
    Ok(json!({}))
}
