//! Signing in: by password, with the questions that may follow, and again by a refresh token.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cognito::{
        challenges::Question,
        error::{CodeOf, CognitoError},
        pool::{Pool, Pools},
        user::{Status, User},
    },
    template::UserPoolClientSpec,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Begin {
    user_pool_id: String,
    client_id: String,
    auth_flow: String,
    #[serde(default)]
    auth_parameters: BTreeMap<String, String>,
}

pub(super) fn begin(pools: &Pools, input: &Begin) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    let client = pool.client(&input.client_id)?;
    let allowed = |flow: &str| client.auth_flows.iter().any(|allowed| allowed == flow);
    let now = pools.clock.now();
    match input.auth_flow.as_str() {
        "ADMIN_USER_PASSWORD_AUTH" if allowed("ALLOW_ADMIN_USER_PASSWORD_AUTH") => {
            let (name, password) = (given(&input.auth_parameters, "USERNAME")?, given(&input.auth_parameters, "PASSWORD")?);
            by_password(pool, client, name, password, now)
        }
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" if allowed("ALLOW_REFRESH_TOKEN_AUTH") => {
            let (sign_in, user) = pool.state().renewed(client, given(&input.auth_parameters, "REFRESH_TOKEN")?, now)?;
            Ok(json!({ "AuthenticationResult": pool.tokens(client, &user, &sign_in, now), "ChallengeParameters": {} }))
        }
        _ => Err(CognitoError::InvalidParameter("Auth flow not enabled for this client".to_owned())),
    }
}

fn by_password(
    pool: &Pool,
    client: &UserPoolClientSpec,
    name: &str,
    password: &str,
    now: Timestamp,
) -> Result<Value, CognitoError> {
    let authenticated = {
        let mut state = pool.state();
        // Said whatever the password is: nobody can sign in so.
        if state.users.find(name).is_ok_and(|user| user.enabled && user.status == Status::Unconfirmed) {
            return Err(CognitoError::UserNotConfirmed);
        }
        state.authenticate(client, name, password, now)?
    };
    if !authenticated.enabled {
        return Err(CognitoError::NotAuthorized("User is disabled."));
    }
    if authenticated.waited_too_long(SignedDuration::from_hours(24 * pool.spec.temporary_password_days), now) {
        return Err(CognitoError::NotAuthorized("Temporary password has expired and must be reset by an administrator."));
    }
    Ok(next(pool, client, &authenticated, now))
}

/// What comes after an answer that was right: the next question, or the tokens.
fn next(pool: &Pool, client: &UserPoolClientSpec, user: &User, now: Timestamp) -> Value {
    match Question::of(user, pool.spec.factors) {
        Some(question) => pool.state().ask(question, client, user, now),
        None => pool.signed_in(client, user, now),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Respond {
    user_pool_id: String,
    client_id: String,
    challenge_name: String,
    session: Option<String>,
    #[serde(default)]
    challenge_responses: BTreeMap<String, String>,
}

pub(super) fn respond(pools: &Pools, input: &Respond) -> Result<Value, CognitoError> {
    let pool = pools.get(&input.user_pool_id)?;
    let client = pool.client(&input.client_id)?;
    let question = [Question::NewPassword, Question::SoftwareToken]
        .into_iter()
        .find(|question| question.name() == input.challenge_name)
        .ok_or_else(|| CognitoError::InvalidParameter(format!("Unsupported challenge: {}", input.challenge_name)))?;
    let session = input.session.as_deref();
    let session = session.ok_or_else(|| CognitoError::InvalidParameter("Missing required parameter Session".to_owned()))?;
    let name = given(&input.challenge_responses, "USERNAME")?;
    let now = pools.clock.now();
    let mut state = pool.state();
    let challenge = state.challenge(session, question, client, now)?;
    let user = state.users.find_mut(&challenge.sub)?;
    if name != user.sub && name != user.username && !name.eq_ignore_ascii_case(user.email()) {
        return Err(CognitoError::NotAuthorized("Invalid session for the user."));
    }
    if !user.enabled {
        return Err(CognitoError::NotAuthorized("User is disabled."));
    }
    match question {
        Question::NewPassword => {
            let password = given(&input.challenge_responses, "NEW_PASSWORD")?;
            pool.conforms(password)?;
            let attributes = input.challenge_responses.iter();
            let attributes = attributes.filter_map(|(name, value)| Some((name.strip_prefix("userAttributes.")?, value)));
            attributes.clone().try_for_each(|(name, _)| client.must_write(name))?;
            attributes.for_each(|(name, value)| user.set(name, value));
            user.set_password(password.to_owned(), Status::Confirmed, now);
        }
        Question::SoftwareToken => {
            let code = given(&input.challenge_responses, "SOFTWARE_TOKEN_MFA_CODE")?;
            if !user.factor.authenticator.as_mut().is_some_and(|authenticator| authenticator.accepts(code, now)) {
                return Err(CognitoError::CodeMismatch(CodeOf::Authenticator));
            }
        }
    }
    let user = user.clone();
    state.answered(session);
    drop(state);
    match question {
        Question::NewPassword => Ok(next(pool, client, &user, now)),
        Question::SoftwareToken => Ok(pool.signed_in(client, &user, now)),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Revoke {
    token: String,
    client_id: String,
    client_secret: Option<String>,
}

pub(super) fn revoke(pools: &Pools, input: &Revoke) -> Result<Value, CognitoError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    if client.secret != input.client_secret {
        return Err(CognitoError::NotAuthorized("Unable to verify secret hash for client"));
    }
    pool.state().revoke(client, &input.token)?;
    Ok(json!({}))
}

fn given<'i>(parameters: &'i BTreeMap<String, String>, name: &str) -> Result<&'i str, CognitoError> {
    let given = parameters.get(name).map(String::as_str);
    given.ok_or_else(|| CognitoError::InvalidParameter(format!("Missing required parameter {name}")))
}
