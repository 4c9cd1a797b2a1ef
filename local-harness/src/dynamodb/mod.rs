//! Where the tables are: an engine in this process, DynamoDB Local as a child of it, or anything else that speaks the
//! protocol.

mod embedded;
mod local;
mod tables;

use std::path::PathBuf;

use crate::{HarnessClock, StartError};

pub(crate) use tables::create;

/// Which store the site runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// An engine in this process; what it holds ends with it.
    #[default]
    Memory,
    /// The same engine, which keeps what it holds in this folder.
    Data(PathBuf),
    /// The real DynamoDB Local: `java` from the path, its own folder from `DYNAMODB_LOCAL_HOME`.
    DynamoDbLocal,
    /// Whatever answers at this address.
    Url(String),
}

impl Storage {
    /// The folder that it keeps what it holds in.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Data(folder) => Some(folder.clone()),
            Self::Memory | Self::DynamoDbLocal | Self::Url(_) => None,
        }
    }

    /// The folder for files; without one they are kept in memory.
    pub(crate) fn files(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join("files"))
    }
}

/// A store that is running.
#[derive(Debug)]
pub(crate) enum DynamoDb {
    Embedded(embedded::Embedded),
    Local(local::Local),
    Elsewhere(String),
}

impl DynamoDb {
    pub(crate) async fn start(storage: &Storage, clock: &HarnessClock) -> Result<Self, StartError> {
        match storage {
            Storage::Memory => embedded::Embedded::start(None, clock).await.map(Self::Embedded),
            Storage::Data(folder) => embedded::Embedded::start(Some(folder), clock).await.map(Self::Embedded),
            Storage::DynamoDbLocal => local::Local::start().await.map(Self::Local),
            Storage::Url(url) => Ok(Self::Elsewhere(url.trim_end_matches('/').to_owned())),
        }
    }

    pub(crate) fn endpoint(&self) -> String {
        match self {
            Self::Embedded(engine) => engine.endpoint(),
            Self::Local(child) => child.endpoint(),
            Self::Elsewhere(url) => url.clone(),
        }
    }

    pub(crate) async fn stop(self) {
        match self {
            Self::Embedded(engine) => engine.stop().await,
            Self::Local(child) => child.stop().await,
            Self::Elsewhere(_) => {}
        }
    }
}
