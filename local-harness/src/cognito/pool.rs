//! A user pool: what the template says of it, its users, and the refresh tokens it has given out.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Builder;

use super::{
    directory::{Directory, Status, User},
    error::CognitoError,
    tokens::SigningKey,
};
use crate::{
    HarnessClock, Persona,
    template::{REGION, UserPoolClientSpec, UserPoolSpec},
};

/// All pools of the template.
#[derive(Debug)]
pub(super) struct Pools {
    pools: BTreeMap<String, Pool>,
    pub(super) clock: HarnessClock,
}

/// One pool.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) spec: UserPoolSpec,
    pub(super) key: SigningKey,
    state: Mutex<State>,
}

/// What changes in a pool.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) users: Directory,
    /// By the token itself.
    pub(super) refresh_tokens: BTreeMap<String, RefreshToken>,
}

/// A sign-in that can be renewed.
#[derive(Clone, Debug)]
pub(super) struct RefreshToken {
    pub(super) client: String,
    pub(super) sub: String,
    /// What all tokens of one sign-in have in common.
    pub(super) origin: String,
    pub(super) signed_in: Timestamp,
    pub(super) expires: Timestamp,
    pub(super) revoked: bool,
}

impl Pools {
    pub(super) fn new(specs: Vec<UserPoolSpec>, clock: HarnessClock) -> Self {
        let pool = |spec: UserPoolSpec| (spec.id.clone(), Pool { spec, key: SigningKey::begin(), state: Mutex::default() });
        Self { pools: specs.into_iter().map(pool).collect(), clock }
    }

    pub(super) fn get(&self, id: &str) -> Result<&Pool, CognitoError> {
        self.pools.get(id).ok_or_else(|| CognitoError::ResourceNotFound(format!("User pool {id} does not exist.")))
    }

    /// The pool that a client belongs to: some calls name only the client.
    pub(super) fn of_client(&self, client: &str) -> Result<(&Pool, &UserPoolClientSpec), CognitoError> {
        let mut pools = self.pools.values();
        pools.find_map(|pool| Some((pool, pool.client(client).ok()?))).ok_or_else(|| no_client(client))
    }

    /// Makes a persona a confirmed user of every pool.
    pub(super) fn add_persona(&self, persona: &Persona) {
        let now = self.clock.now();
        for pool in self.pools.values() {
            let user = User {
                sub: persona.sub.to_string(),
                email: persona.email.to_owned(),
                email_verified: true,
                name: Some(persona.name.to_owned()),
                password: persona.password.to_owned(),
                status: Status::Confirmed,
                enabled: true,
                created: now,
                changed: now,
            };
            // One that is there already is as good.
            let _ = pool.state().users.add(user);
        }
    }
}

impl Pool {
    pub(super) fn client(&self, id: &str) -> Result<&UserPoolClientSpec, CognitoError> {
        self.spec.clients.iter().find(|client| client.id == id).ok_or_else(|| no_client(id))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ID and access tokens of a sign-in, as Cognito fills them.
    pub(super) fn tokens(&self, client: &UserPoolClientSpec, user: &User, sign_in: &RefreshToken, now: Timestamp) -> Value {
        let common = |token_use: &str, seconds: i64| {
            json!({
                "sub": user.sub,
                "iss": format!("https://cognito-idp.{REGION}.amazonaws.com/{}", self.spec.id),
                "origin_jti": sign_in.origin,
                "event_id": id(),
                "jti": id(),
                "token_use": token_use,
                "auth_time": sign_in.signed_in.as_second(),
                "iat": now.as_second(),
                "exp": now.as_second() + seconds,
            })
        };
        let mut identity = common("id", client.id_token_seconds);
        identity["aud"] = client.id.clone().into();
        identity["cognito:username"] = user.sub.clone().into();
        identity["email"] = user.email.clone().into();
        identity["email_verified"] = user.email_verified.into();
        if let Some(name) = &user.name {
            identity["name"] = name.as_str().into();
        }
        let mut access = common("access", client.access_token_seconds);
        access["client_id"] = client.id.clone().into();
        access["username"] = user.sub.clone().into();
        access["scope"] = "aws.cognito.signin.user.admin".into();
        json!({
            "IdToken": self.key.sign(&identity),
            "AccessToken": self.key.sign(&access),
            "ExpiresIn": client.access_token_seconds,
            "TokenType": "Bearer",
        })
    }
}

fn no_client(id: &str) -> CognitoError {
    CognitoError::ResourceNotFound(format!("User pool client {id} does not exist."))
}

/// A new id, as unguessable as the system makes them.
pub(super) fn id() -> String {
    Builder::from_random_bytes(random()).into_uuid().to_string()
}

/// A new opaque token.
pub(super) fn opaque_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<48>())
}

fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}
