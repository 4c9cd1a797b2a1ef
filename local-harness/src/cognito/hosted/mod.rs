//! The pool's own domain: where browsers are sent to sign in, and where codes become tokens (OAuth 2.0 and OpenID Connect).

mod authorize;
mod federation;
mod pages;
mod pkce;
mod sign_out;
mod token;

use std::sync::Arc;

use http::{Method, StatusCode, request::Parts};
use hyper::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use tokio::task::spawn_blocking;

use super::{
    Pools,
    pool::{Pool, opaque_token},
};
use crate::{
    gateway::reply,
    server::Reply,
    template::{HostedSpec, UserPoolClientSpec},
};

/// How long a code, and a way to a provider elsewhere, is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

/// What a client asked for when it sent somebody to sign in.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    client: String,
    callback: String,
    state: Option<String>,
    scope: String,
    nonce: Option<String>,
    /// What the code's verifier has to hash to.
    challenge: Option<String>,
    expires: Timestamp,
}

/// Somebody who signs in at another provider meanwhile.
#[derive(Clone, Debug)]
pub(super) struct Away {
    authorization: Authorization,
    provider: String,
    nonce: String,
}

/// A code that was not changed for tokens yet.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    authorization: Authorization,
    sub: String,
}

/// Answers a request to the domain.
pub(super) async fn answer(pools: Arc<Pools>, parts: Parts, body: Bytes) -> Reply {
    let query = parts.uri.query().unwrap_or_default().to_owned();
    match (&parts.method, parts.uri.path()) {
        (&Method::GET, "/oauth2/authorize") => authorize::begin(&pools, &query).await,
        (&Method::GET, "/oauth2/idpresponse") => federation::finish(pools, query).await,
        _ => {
            let outcome = spawn_blocking(move || quickly(&pools, &parts, &query, &body));
            outcome.await.unwrap_or_else(|_| reply::message(StatusCode::INTERNAL_SERVER_ERROR, "the user pool failed"))
        }
    }
}

/// What needs nobody else's answer.
fn quickly(pools: &Pools, parts: &Parts, query: &str, body: &[u8]) -> Reply {
    match (&parts.method, parts.uri.path()) {
        (&Method::GET, "/login") => authorize::page(pools, query),
        (&Method::POST, "/login") => authorize::sign_in(pools, query, body),
        (&Method::GET, "/logout") => sign_out::sign_out(pools, query),
        (&Method::POST, "/oauth2/token") => token::exchange(pools, &parts.headers, body),
        (&Method::POST, "/oauth2/revoke") => token::revoke(pools, &parts.headers, body),
        _ => reply::message(StatusCode::NOT_FOUND, "Not Found"),
    }
}

impl Authorization {
    /// Sends somebody back who has signed in, with a code.
    fn granted(self, pool: &Pool, sub: String, now: Timestamp) -> Reply {
        let code = opaque_token();
        let (callback, state) = (self.callback.clone(), self.state.clone());
        let authorization = Self { expires: now.saturating_add(GOOD_FOR).unwrap_or(now), ..self };
        pool.state().grants.insert(code.clone(), Grant { authorization, sub });
        reply::redirect(&callback, &[("code", Some(&code)), ("state", state.as_deref())])
    }

    /// Sends somebody back who has not.
    fn refused(&self, error: &str, description: &str) -> Reply {
        let parameters = [("error_description", Some(description)), ("error", Some(error)), ("state", self.state.as_deref())];
        reply::redirect(&self.callback, &parameters)
    }
}

impl HostedSpec {
    fn has_flow(&self, flow: &str) -> bool {
        self.flows.iter().any(|own| own == flow)
    }

    /// Whether people may be sent back there: exactly there.
    fn calls_back_at(&self, address: &str) -> bool {
        self.callback_urls.iter().any(|own| own == address)
    }
}

/// The scopes that are granted of those asked for; all that the client may have, when it asks for none. `None` when it asks for
/// one that it may not have.
fn granted_scopes(client: &UserPoolClientSpec, asked: Option<&str>) -> Option<String> {
    let own = &client.hosted.scopes;
    match asked.map(str::trim).filter(|asked| !asked.is_empty()) {
        None => Some(own.join(" ")),
        Some(asked) if asked.split_whitespace().all(|scope| own.iter().any(|own| own == scope)) => Some(asked.to_owned()),
        Some(_) => None,
    }
}
