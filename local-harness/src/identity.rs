//! Where people are known: the small Cognito of this process, or another that is reached by its address.

mod elsewhere;

use std::collections::BTreeMap;

use crate::{
    HarnessClock, Outbox, Persona, StartError,
    cognito::{Cognito, KeyRing},
    template::UserPoolSpec,
};
use elsewhere::Elsewhere;

/// An app client as a program that uses it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppClient {
    /// Its id.
    pub id: String,
    /// What it proves itself with, if it has to.
    pub secret: Option<String>,
}

/// A running user pool.
#[derive(Debug)]
pub(crate) enum Identity {
    Embedded(Cognito),
    Elsewhere(Elsewhere),
}

impl Identity {
    /// Starts the embedded one, or makes the template's pools at `url`.
    pub(crate) async fn start(
        url: Option<&str>,
        pools: Vec<UserPoolSpec>,
        clock: &HarnessClock,
        outbox: &Outbox,
    ) -> Result<Self, StartError> {
        match url {
            None => Cognito::start(pools, clock, outbox).await.map(Self::Embedded),
            Some(url) => {
                Elsewhere::start(url.trim_end_matches('/'), &pools).await.map(Self::Elsewhere).map_err(StartError::Cognito)
            }
        }
    }

    pub(crate) fn endpoint(&self) -> String {
        match self {
            Self::Embedded(cognito) => cognito.endpoint(),
            Self::Elsewhere(elsewhere) => elsewhere.url.clone(),
        }
    }

    /// Ids that the template's resources really have, where they differ.
    pub(crate) fn ids(&self) -> BTreeMap<String, String> {
        match self {
            Self::Embedded(_) => BTreeMap::new(),
            Self::Elsewhere(elsewhere) => elsewhere.ids.clone(),
        }
    }

    /// Scheme and host of the pools' domain.
    pub(crate) fn hosted(&self) -> String {
        match self {
            Self::Embedded(cognito) => cognito.hosted(),
            Self::Elsewhere(elsewhere) => elsewhere.url.clone(),
        }
    }

    /// An app client of the template.
    pub(crate) fn app_client(&self, logical_id: &str) -> Option<AppClient> {
        match self {
            Self::Embedded(cognito) => cognito.app_client(logical_id),
            Self::Elsewhere(elsewhere) => elsewhere.app_clients.get(logical_id).cloned(),
        }
    }

    /// What the embedded one signs tokens with.
    pub(crate) fn key_ring(&self) -> Option<KeyRing> {
        match self {
            Self::Embedded(cognito) => Some(cognito.key_ring()),
            Self::Elsewhere(_) => None,
        }
    }

    /// Makes a persona somebody who can sign in.
    pub(crate) async fn add(&self, persona: &mut Persona) -> Result<(), StartError> {
        match self {
            Self::Embedded(cognito) => cognito.add(persona),
            Self::Elsewhere(elsewhere) => elsewhere.add(persona).await.map_err(StartError::Cognito)?,
        }
        Ok(())
    }

    pub(crate) async fn stop(self) {
        if let Self::Embedded(cognito) = self {
            cognito.stop().await;
        }
    }
}
