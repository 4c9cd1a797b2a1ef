//! A small Cognito: the calls that the site makes of a user pool, answered as the real one answers them, with real tokens
//! and public keys. It forgets everything when it stops; the personas are there anew each time.

mod attributes;
mod challenges;
mod directory;
mod error;
mod hosted;
mod keys;
mod limits;
mod mail;
mod operations;
mod pool;
mod tokens;
mod totp;
mod user;
mod wire;

use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{HarnessClock, Outbox, Persona, StartError, identity::AppClient, server::Server, template::UserPoolSpec};
pub(crate) use keys::Keys;
use pool::Pools;
pub(crate) use pool::opaque_token;
use totp::Secret;

/// The code that an authenticator with this secret (base 32) shows at a time; `None` when that is no secret.
#[must_use]
pub fn totp_code(secret: &str, at: Timestamp) -> Option<String> {
    Secret::read(secret).map(|secret| secret.code_at(at))
}

/// The keys of all pools, for whoever wants others.
#[derive(Clone, Debug)]
pub(crate) struct KeyRing(Arc<Pools>);

impl KeyRing {
    /// Signs tokens with new keys from now on; the old ones stay in the key sets.
    pub(crate) fn rotate(&self) {
        self.0.all().for_each(|pool| pool.keys.rotate());
    }
}

/// The running stand-in.
#[derive(Debug)]
pub(crate) struct Cognito {
    server: Server,
    pools: Arc<Pools>,
}

impl Cognito {
    /// Starts with these user pools, empty.
    pub(crate) async fn start(specs: Vec<UserPoolSpec>, clock: &HarnessClock, outbox: &Outbox) -> Result<Self, StartError> {
        let failed = |error: std::io::Error| StartError::Cognito(format!("the embedded user pool cannot start: {error}"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let hosted = hosted_at(listener.local_addr().map_err(failed)?.port());
        let pools = Arc::new(Pools::new(specs, &hosted, clock.clone(), outbox.clone()));
        let answering = pools.clone();
        let server = Server::start(listener, move |request, _| wire::answer(answering.clone(), request)).map_err(failed)?;
        Ok(Self { server, pools })
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Scheme and host of the pools' domains, which are one here.
    pub(crate) fn hosted(&self) -> String {
        hosted_at(self.server.address().port())
    }

    /// An app client of the template.
    pub(crate) fn app_client(&self, logical_id: &str) -> Option<AppClient> {
        let mut clients = self.pools.all().flat_map(|pool| &pool.spec.clients);
        let client = clients.find(|client| client.logical_id == logical_id)?;
        Some(AppClient { id: client.id.clone(), secret: client.secret.clone() })
    }

    /// Makes a persona a confirmed user of every pool, with the subject it always has.
    pub(crate) fn add(&self, persona: &Persona) {
        self.pools.add_persona(persona);
    }

    /// What the tokens are signed with.
    pub(crate) fn key_ring(&self) -> KeyRing {
        KeyRing(self.pools.clone())
    }

    pub(crate) async fn stop(self) {
        self.server.stop().await;
    }
}

/// For a browser the domain is another site than the one under test, as it is when that is deployed.
fn hosted_at(port: u16) -> String {
    format!("http://localhost:{port}")
}
