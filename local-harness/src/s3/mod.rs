//! A small S3: the few calls that the site makes of a bucket, answered as the real one answers them, to requests that are signed as
//! the real one demands. It does not expire what waits too long.

mod objects;
mod wire;

use std::{path::Path, sync::Arc};

use tokio::net::TcpListener;

use crate::{StartError, server::Server};
use objects::Objects;

/// Where files are kept: in this process, or somewhere else that is reached by its address.
#[derive(Debug)]
pub(crate) enum S3 {
    Embedded(Server),
    Elsewhere(String),
}

/// The buckets there are, and whose requests are taken.
#[derive(Debug)]
struct Store {
    buckets: Vec<String>,
    objects: Objects,
    access_key: &'static str,
    secret_key: &'static str,
}

impl S3 {
    /// Starts the embedded one with these buckets, in memory or in a folder; or goes by one that runs at `url` and has them.
    pub(crate) async fn start(
        url: Option<&str>,
        buckets: Vec<String>,
        folder: Option<&Path>,
        (access_key, secret_key): (&'static str, &'static str),
    ) -> Result<Self, StartError> {
        if let Some(url) = url {
            return Ok(Self::Elsewhere(url.trim_end_matches('/').to_owned()));
        }
        let failed = |error: std::io::Error| StartError::S3(format!("the embedded store of files cannot start: {error}"));
        let store = Arc::new(Store { buckets, objects: Objects::new(folder), access_key, secret_key });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let server = Server::start(listener, move |request, _| wire::answer(store.clone(), request)).map_err(failed)?;
        Ok(Self::Embedded(server))
    }

    pub(crate) fn endpoint(&self) -> String {
        match self {
            Self::Embedded(server) => format!("http://{}", server.address()),
            Self::Elsewhere(url) => url.clone(),
        }
    }

    pub(crate) async fn stop(self) {
        if let Self::Embedded(server) = self {
            server.stop().await;
        }
    }
}
