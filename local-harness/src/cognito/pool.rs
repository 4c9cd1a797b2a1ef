//! A user pool: what the template says of it, its users, and what it has given out to them.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Builder;

use super::{
    challenges::Challenge,
    directory::Directory,
    error::{CognitoError, WRONG},
    hosted::{Away, Grant},
    keys::Keys,
    limits::Limits,
    tokens::SignIn,
    user::User,
};
use crate::{
    HarnessClock, Outbox, Persona,
    template::{REGION, UserPoolClientSpec, UserPoolSpec},
};

/// All pools of the template.
#[derive(Debug)]
pub(super) struct Pools {
    pools: BTreeMap<String, Pool>,
    pub(super) clock: HarnessClock,
    pub(super) outbox: Outbox,
}

/// One pool.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) spec: UserPoolSpec,
    pub(super) keys: Keys,
    /// Scheme and host of its domain.
    pub(super) hosted: String,
    state: Mutex<State>,
}

/// What changes in a pool.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) users: Directory,
    /// By what all tokens of one sign-in have in common.
    pub(super) sign_ins: BTreeMap<String, SignIn>,
    /// The sign-in that a refresh token renews.
    pub(super) refresh_tokens: BTreeMap<String, String>,
    /// By the session string.
    pub(super) challenges: BTreeMap<String, Challenge>,
    pub(super) limits: Limits,
    /// Who is at another provider, by the state that they come back with.
    pub(super) away: BTreeMap<String, Away>,
    /// By the code.
    pub(super) grants: BTreeMap<String, Grant>,
}

impl Pools {
    /// With nobody in them, at a domain.
    pub(super) fn new(specs: Vec<UserPoolSpec>, hosted: &str, clock: HarnessClock, outbox: Outbox) -> Self {
        let pool = |spec: UserPoolSpec| {
            let id = spec.id.clone();
            (id, Pool { spec, keys: Keys::begin(), hosted: hosted.to_owned(), state: Mutex::default() })
        };
        Self { pools: specs.into_iter().map(pool).collect(), clock, outbox }
    }

    pub(super) fn get(&self, id: &str) -> Result<&Pool, CognitoError> {
        self.pools.get(id).ok_or_else(|| CognitoError::ResourceNotFound(format!("User pool {id} does not exist.")))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Pool> {
        self.pools.values()
    }

    /// The pool that a client belongs to: some calls name only the client.
    pub(super) fn of_client(&self, client: &str) -> Result<(&Pool, &UserPoolClientSpec), CognitoError> {
        self.all().find_map(|pool| Some((pool, pool.client(client).ok()?))).ok_or_else(|| no_client(client))
    }

    /// Makes a persona a confirmed user of every pool.
    pub(super) fn add_persona(&self, persona: &Persona) {
        for pool in self.all() {
            // One that is there already is as good.
            let _ = pool.state().users.add(User::of(persona, self.clock.now()));
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

    /// What the pool's tokens say they come from.
    pub(super) fn issuer(&self) -> String {
        format!("https://cognito-idp.{REGION}.amazonaws.com/{}", self.spec.id)
    }

    /// What it says of itself (OpenID Connect Discovery).
    pub(super) fn configuration(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.hosted);
        json!({
            "issuer": self.issuer(),
            "jwks_uri": format!("{}/.well-known/jwks.json", self.issuer()),
            "authorization_endpoint": at("/oauth2/authorize"),
            "token_endpoint": at("/oauth2/token"),
            "revocation_endpoint": at("/oauth2/revoke"),
            "end_session_endpoint": at("/logout"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "phone", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        })
    }

    /// Whether a password is long enough for the pool.
    pub(super) fn conforms(&self, password: &str) -> Result<(), CognitoError> {
        let fewest = self.spec.minimum_password_length;
        if password.chars().count() < fewest { Err(CognitoError::InvalidPassword(fewest)) } else { Ok(()) }
    }
}

impl State {
    /// The user whose name and password these are. A name that nobody has takes as long as a wrong password, and is locked alike.
    pub(super) fn authenticate(
        &mut self,
        client: &UserPoolClientSpec,
        name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<User, CognitoError> {
        let counted = self.counted(name);
        self.limits.may_guess(&counted, now)?;
        let outcome = match self.users.find(name) {
            Ok(user) if user.knows(password) => Ok(user.clone()),
            Ok(_) => Err(WRONG),
            Err(_) if client.hides_unknown_users => Err(WRONG),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(_) => self.limits.guessed_right(&counted),
            Err(_) => self.limits.guessed_wrong(&counted, now),
        }
        outcome
    }

    /// What attempts about a name are counted under: the subject, where somebody is called so.
    pub(super) fn counted(&self, name: &str) -> String {
        self.users.find(name).map_or_else(|_| name.to_ascii_lowercase(), |user| user.sub.clone())
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
pub(crate) fn opaque_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<48>())
}

/// A new code of six digits. One in four thousand is a little likelier than others, which nobody can use.
pub(super) fn digits() -> String {
    format!("{:06}", u32::from_be_bytes(random()) % 1_000_000)
}

pub(super) fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}
