//! A small Cognito: the calls that the site makes of a user pool, answered as the real one answers them, with real tokens
//! and public keys. It forgets everything when it stops; the personas are there anew each time.

mod directory;
mod error;
mod operations;
mod pool;
mod tokens;
mod wire;

use std::sync::Arc;

use tokio::net::TcpListener;

use crate::{HarnessClock, Persona, StartError, server::Server, template::UserPoolSpec};
use pool::Pools;

/// The running stand-in.
#[derive(Debug)]
pub(crate) struct Cognito {
    server: Server,
    pools: Arc<Pools>,
}

impl Cognito {
    /// Starts with these user pools, empty.
    pub(crate) async fn start(specs: Vec<UserPoolSpec>, clock: &HarnessClock) -> Result<Self, StartError> {
        let failed = |error: std::io::Error| StartError::Cognito(format!("the embedded user pool cannot start: {error}"));
        let pools = Arc::new(Pools::new(specs, clock.clone()));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let answering = pools.clone();
        let server = Server::start(listener, move |request, _| wire::answer(answering.clone(), request)).map_err(failed)?;
        Ok(Self { server, pools })
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Makes a persona a confirmed user of every pool, with the subject it always has.
    pub(crate) fn add(&self, persona: &Persona) {
        self.pools.add_persona(persona);
    }

    pub(crate) async fn stop(self) {
        self.server.stop().await;
    }
}
