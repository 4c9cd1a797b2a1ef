//! Why the harness could not start, each with what to do about it.

use std::{fmt, path::PathBuf};

use crate::template::TemplateError;

/// Why the harness could not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartError {
    /// The port is taken.
    PortTaken(u16),
    /// The port cannot be had for another reason.
    Port {
        /// Which.
        port: u16,
        /// What the system said.
        reason: String,
    },
    /// Another harness uses the data folder.
    DataFolderInUse(PathBuf),
    /// The data folder cannot be used.
    DataFolder {
        /// Which.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The template does not do.
    Template(TemplateError),
    /// What the template's rules say against how it is to be deployed.
    Refused(Vec<String>),
    /// A route of the template cannot be.
    Route {
        /// Its key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Functions and routes that only one of the template and the code has.
    Gaps(Vec<String>),
    /// A function cannot be made ready.
    Function {
        /// Its handler name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The store.
    DynamoDb(String),
    /// The user pool.
    Cognito(String),
    /// The store of files.
    S3(String),
    /// The stand-in that takes e-mail.
    Ses(String),
    /// The stand-in that carries orders out.
    Provisioning(String),
    /// What a tester should find could not be put in place.
    Seed(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => {
                write!(f, "port {port} is taken by another program; choose another with --port (0 takes any free one)")
            }
            Self::Seed(reason) => write!(f, "the seeds could not be put in place: {reason}"),
            Self::Port { port, reason } => {
                write!(f, "port {port} cannot be used ({reason}); choose another with --port")
            }
            Self::DataFolderInUse(folder) => {
                write!(f, "another harness is using {}; stop it, or choose another folder with --data", folder.display())
            }
            Self::DataFolder { folder, reason } => {
                write!(f, "the folder {} cannot be used: {reason}", folder.display())
            }
            Self::Template(error) => error.fmt(f),
            Self::Refused(words) => write!(f, "the template refuses its parameters: {}", words.join("; ")),
            Self::Route { key, reason } => write!(f, "the template's route {key} cannot be: {reason}"),
            Self::Gaps(gaps) => write!(f, "the template and the code differ: {}", gaps.join("; ")),
            Self::Function { name, reason } => write!(f, "the function {name} cannot start: {reason}"),
            Self::DynamoDb(reason) | Self::Cognito(reason) | Self::S3(reason) | Self::Ses(reason) => f.write_str(reason),
            Self::Provisioning(reason) => write!(f, "the provisioning system cannot start: {reason}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<TemplateError> for StartError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

/// An error with all its causes, in a line.
pub(crate) fn said(error: impl std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(&format!(": {error}"));
        cause = error.source();
    }
    line
}
