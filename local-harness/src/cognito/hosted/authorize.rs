//! Where a client sends somebody to sign in.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Authorization, GOOD_FOR, federation, granted_scopes, pages, pkce};
use crate::{
    cognito::{
        challenges::Question,
        pool::{Pool, Pools},
    },
    gateway::reply,
    server::Reply,
    template::UserPoolClientSpec,
};

/// The pool's own users, among the providers of a client.
const OWN_USERS: &str = "COGNITO";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    response_type: Option<String>,
    client_id: Option<String>,
    redirect_uri: Option<String>,
    identity_provider: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
}

/// A request that is in order.
struct Admitted<'p> {
    pool: &'p Pool,
    client: &'p UserPoolClientSpec,
    authorization: Authorization,
    provider: Option<String>,
}

/// Who cannot be sent back is told so here: nobody is sent to an address that the client did not register.
fn admit<'p>(pools: &'p Pools, query: &str) -> Result<Admitted<'p>, Box<Reply>> {
    let asked: Asked = serde_html_form::from_str(query).unwrap_or_default();
    let known = asked.client_id.as_deref().and_then(|client| pools.of_client(client).ok());
    let (pool, client) = known.ok_or_else(|| Box::new(pages::error("invalid_client")))?;
    let callback = asked.redirect_uri.filter(|address| client.hosted.calls_back_at(address));
    let callback = callback.ok_or_else(|| Box::new(pages::error("redirect_mismatch")))?;
    let now = pools.clock.now();
    let mut authorization = Authorization {
        client: client.id.clone(),
        callback,
        state: asked.state,
        scope: String::new(),
        nonce: asked.nonce,
        challenge: None,
        expires: now.saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX),
    };
    let refused = |error: &str, description: &str| Err(Box::new(authorization.refused(error, description)));
    if asked.response_type.as_deref() != Some("code") {
        return refused("unsupported_response_type", "response_type must be code");
    }
    if !client.hosted.has_flow("code") {
        return refused("unauthorized_client", "the client may not use this flow");
    }
    let Some(challenge) = pkce::challenge(asked.code_challenge, asked.code_challenge_method.as_deref()) else {
        return refused("invalid_request", "code_challenge must be of the method S256");
    };
    let Some(scope) = granted_scopes(client, asked.scope.as_deref()) else {
        return refused("invalid_request", "invalid_scope");
    };
    authorization.scope = scope;
    authorization.challenge = challenge;
    Ok(Admitted { pool, client, authorization, provider: asked.identity_provider })
}

/// On to the provider that is asked for, or the only one; else to the page where one chooses.
pub(super) async fn begin(pools: &Pools, query: &str) -> Reply {
    let Admitted { pool, client, authorization, provider } = match admit(pools, query) {
        Ok(admitted) => admitted,
        Err(refusal) => return *refusal,
    };
    let allowed = &client.hosted.providers;
    let chosen = match (provider, allowed.as_slice()) {
        (Some(provider), _) => Some(provider),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    };
    match chosen.as_deref() {
        None | Some(OWN_USERS) => reply::redirect(&format!("/login?{query}"), &[]),
        Some(name) if !allowed.iter().any(|allowed| allowed == name) => {
            authorization.refused("invalid_request", "the client does not have this identity provider")
        }
        Some(name) => federation::begin(pool, authorization, name).await,
    }
}

/// The page where one signs in or chooses where to.
pub(super) fn page(pools: &Pools, query: &str) -> Reply {
    match admit(pools, query) {
        Ok(Admitted { client, .. }) => pages::sign_in(client, query, pages::Attempt::First),
        Err(refusal) => *refusal,
    }
}

#[derive(Deserialize)]
struct Signing {
    username: String,
    password: String,
}

/// One of the pool's own users signs in. What would ask them something more can only be answered on the site.
pub(super) fn sign_in(pools: &Pools, query: &str, body: &[u8]) -> Reply {
    let Admitted { pool, client, authorization, .. } = match admit(pools, query) {
        Ok(admitted) => admitted,
        Err(refusal) => return *refusal,
    };
    let again = || pages::sign_in(client, query, pages::Attempt::Again);
    let Ok(Signing { username, password }) = serde_html_form::from_bytes(body) else { return again() };
    if !client.hosted.providers.iter().any(|own| own == OWN_USERS) {
        return again();
    }
    let now = pools.clock.now();
    let outcome = pool.state().authenticate(client, &username, &password, now);
    match outcome {
        Ok(user) if user.may_sign_in() && Question::of(&user, pool.spec.factors).is_none() => {
            authorization.granted(pool, user.sub, now)
        }
        _ => again(),
    }
}
