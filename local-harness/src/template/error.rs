//! Why a template could not be read or understood.

use std::{fmt, path::PathBuf};

/// Why a template could not be read or understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// The file could not be read.
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The text is not YAML.
    NotYaml(String),
    /// An intrinsic function that the harness does not evaluate.
    Intrinsic {
        /// Its name, as in `Fn::Join`.
        name: String,
        /// Where it stands.
        at: String,
    },
    /// A name that the template does not define, or an attribute that the harness does not know.
    Unknown {
        /// The name.
        name: String,
        /// Where it is referred to.
        at: String,
    },
    /// A parameter that has no default and was given no value.
    Parameter(String),
    /// Something has another shape than it must have.
    Shape {
        /// Where.
        at: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, reason } => write!(f, "the template {} cannot be read: {reason}", path.display()),
            Self::NotYaml(reason) => write!(f, "the template is not YAML: {reason}"),
            Self::Intrinsic { name, at } => write!(f, "{at}: the harness does not evaluate {name}"),
            Self::Unknown { name, at } => write!(f, "{at}: the template or the harness does not know `{name}`"),
            Self::Parameter(name) => write!(f, "the parameter {name} has no default and no value"),
            Self::Shape { at, reason } => write!(f, "{at}: {reason}"),
        }
    }
}

impl std::error::Error for TemplateError {}
