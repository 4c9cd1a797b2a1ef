//! What a user does to their own account, by an access token.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Attribute, FactorSettings};
use crate::{
    cognito::{
        error::{CognitoError, Taken, WRONG},
        limits::Purpose,
        pool::{Pool, Pools, random},
        totp::{Authenticator, Secret},
        user::{Asked, Factor, User},
    },
    template::UserPoolClientSpec,
};

/// Whose token it is, where, and what for.
fn owner<'p>(pools: &'p Pools, token: &str) -> Result<(&'p Pool, User, &'p UserPoolClientSpec), CognitoError> {
    let now = pools.clock.now();
    let pool = pools.all().find(|pool| pool.keys.read(token).is_some());
    let pool = pool.ok_or(CognitoError::NotAuthorized("Invalid Access Token"))?;
    let (user, client) = pool.owner(token, now)?;
    Ok((pool, user, client))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ByToken {
    access_token: String,
}

pub(super) fn describe(pools: &Pools, input: &ByToken) -> Result<Value, CognitoError> {
    let (_, user, client) = owner(pools, &input.access_token)?;
    let attributes = user.attribute_list(client.read_attributes.as_deref());
    Ok(user.describe_factor(json!({ "Username": user.username, "UserAttributes": attributes })))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ChangePassword {
    access_token: String,
    previous_password: Option<String>,
    proposed_password: String,
}

/// A wrong password counts like one given at signing in.
pub(super) fn change_password(pools: &Pools, input: ChangePassword) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    let previous = input.previous_password;
    let previous = previous.ok_or_else(|| CognitoError::InvalidParameter("Missing required parameter OldPassword".to_owned()))?;
    let now = pools.clock.now();
    let mut state = pool.state();
    state.limits.may_guess(&user.sub, now).map_err(|_| CognitoError::LimitExceeded)?;
    if !user.knows(&previous) {
        state.limits.guessed_wrong(&user.sub, now);
        return Err(WRONG);
    }
    pool.conforms(&input.proposed_password)?;
    state.limits.guessed_right(&user.sub);
    state.users.find_mut(&user.sub)?.set_password(input.proposed_password, user.status, now);
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Update {
    access_token: String,
    user_attributes: Vec<Attribute>,
}

/// A new address does not count before its code has come back, as the pool is set up.
pub(super) fn update(pools: &Pools, input: Update) -> Result<Value, CognitoError> {
    let (pool, user, client) = owner(pools, &input.access_token)?;
    for attribute in &input.user_attributes {
        client.must_write(&attribute.name)?;
        pool.spec.must_know(&attribute.name)?;
    }
    let now = pools.clock.now();
    let mut state = pool.state();
    let mut sent = Vec::new();
    for Attribute { name, value } in input.user_attributes {
        if name == "email" {
            if state.users.find(&value).is_ok_and(|other| other.sub != user.sub) {
                return Err(CognitoError::AddressTaken(Taken::Changing));
            }
            state.limits.may_send(&user.sub, &Purpose::Address, now)?;
            let own = state.users.find_mut(&user.sub)?;
            if !pool.spec.verified_before_update.contains(&name) {
                own.set("email", &value);
                own.set("email_verified", "false");
            }
            sent.push(pools.send_code(own, Purpose::Address, Some(value), now));
        } else {
            state.users.find_mut(&user.sub)?.set(&name, &value);
        }
    }
    state.users.find_mut(&user.sub)?.changed = now;
    Ok(json!({ "CodeDeliveryDetailsList": sent }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OfAttribute {
    access_token: String,
    attribute_name: String,
}

/// The code of a change goes to the new address again; without one, the user's own is confirmed.
pub(super) fn send_again(pools: &Pools, input: &OfAttribute) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    must_be_mail(&input.attribute_name)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    state.limits.may_send(&user.sub, &Purpose::Address, now)?;
    let user = state.users.find_mut(&user.sub)?;
    let address = user.codes.get(&Purpose::Address).and_then(|code| code.address.clone());
    Ok(json!({ "CodeDeliveryDetails": pools.send_code(user, Purpose::Address, address, now) }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Verify {
    access_token: String,
    attribute_name: String,
    code: String,
}

pub(super) fn verify(pools: &Pools, input: &Verify) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    must_be_mail(&input.attribute_name)?;
    let now = pools.clock.now();
    let mut state = pool.state();
    // Here Cognito has one name for too many of either.
    let limited = |_| CognitoError::LimitExceeded;
    state.limits.may_try(&user.sub, &Purpose::Address, now).map_err(limited)?;
    let address = match user.check_code(&Purpose::Address, &input.code, now) {
        Ok(code) => code.address.clone(),
        Err(error) => {
            state.limits.tried_wrong(&user.sub, &Purpose::Address, now);
            return Err(error);
        }
    };
    // Somebody else may have come to have the address meanwhile.
    if address.as_ref().is_some_and(|address| state.users.find(address).is_ok_and(|other| other.sub != user.sub)) {
        return Err(CognitoError::AddressTaken(Taken::Changing));
    }
    let own = state.users.find_mut(&user.sub)?;
    own.codes.remove(&Purpose::Address);
    if let Some(address) = address {
        own.set("email", &address);
    }
    own.set("email_verified", "true");
    own.changed = now;
    Ok(json!({}))
}

fn must_be_mail(name: &str) -> Result<(), CognitoError> {
    if name == "email" {
        return Ok(());
    }
    Err(CognitoError::InvalidParameter(format!("Invalid attribute name {name}: it can't be verified.")))
}

/// The secret is as long as Cognito's. One in use goes on counting until the new one has shown itself.
pub(super) fn associate(pools: &Pools, input: &ByToken) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    let secret = Secret::new(&random::<32>());
    let text = secret.text();
    pool.state().users.find_mut(&user.sub)?.factor.waiting = Some(secret);
    Ok(json!({ "SecretCode": text }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct VerifySoftwareToken {
    access_token: String,
    user_code: String,
}

/// From here on the authenticator can be asked for, and is once that is preferred.
pub(super) fn verify_software_token(pools: &Pools, input: &VerifySoftwareToken) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    let none = CognitoError::EnableSoftwareToken("No software token MFA has been associated for verification.");
    let secret = user.factor.waiting.ok_or(none)?;
    let shown = Authenticator::shown(secret, &input.user_code, pools.clock.now());
    let authenticator = shown.ok_or(CognitoError::EnableSoftwareToken("Code mismatch"))?;
    let mut state = pool.state();
    let factor = &mut state.users.find_mut(&user.sub)?.factor;
    *factor = Factor { waiting: None, authenticator: Some(authenticator), asked: factor.asked };
    Ok(json!({ "Status": "SUCCESS" }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Prefer {
    access_token: String,
    software_token_mfa_settings: Option<FactorSettings>,
}

pub(super) fn prefer(pools: &Pools, input: &Prefer) -> Result<Value, CognitoError> {
    let (pool, user, _) = owner(pools, &input.access_token)?;
    let mut state = pool.state();
    state.users.find_mut(&user.sub)?.factor.ask(input.software_token_mfa_settings)?;
    Ok(json!({}))
}

impl Factor {
    /// Has signing in ask for the authenticator, or not any more: then it is forgotten, as by Cognito.
    pub(super) fn ask(&mut self, settings: Option<FactorSettings>) -> Result<(), CognitoError> {
        match settings {
            None => {}
            Some(FactorSettings { enabled: false, .. }) => *self = Self::default(),
            Some(_) if self.authenticator.is_none() => {
                return Err(CognitoError::InvalidParameter("User has not verified software token mfa".to_owned()));
            }
            Some(FactorSettings { preferred_mfa: true, .. }) => self.asked = Asked::Preferred,
            Some(_) => self.asked = Asked::Always,
        }
        Ok(())
    }
}
