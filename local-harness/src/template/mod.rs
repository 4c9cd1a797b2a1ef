//! `infra/template.yaml` as the harness understands it. It is the only source of functions, routes, environment, tables
//! and user pools, so that what runs here is what deploys; what the harness cannot evaluate it refuses by name.

mod error;
mod event_rules;
mod filter;
mod intrinsics;
mod specs;
mod streams;
mod user_pool;
mod user_pools;
mod wiring;
mod yaml;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::Value;

pub use error::TemplateError;
pub use event_rules::RuleSpec;
pub use filter::Pattern;
pub(crate) use intrinsics::REGION;
pub use specs::{
    AttributeDefinition, FunctionSpec, Index, KeyElement, Projection, RouteSpec, StreamSpecification, TableProperties, TableSpec,
    TimeToLive, Wiring,
};
pub use streams::{Answers, OnError, StreamSpec};
pub use user_pool::{HostedSpec, IdentityProviderSpec, MultiFactor, SignUps, UserPoolClientSpec, UserPoolSpec, is_standard};

/// A template as it was read.
#[derive(Clone, Debug)]
pub struct Template(Value);

/// What a deployment adds to its template.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    /// Values of parameters; the template's defaults hold for the others.
    pub parameters: BTreeMap<String, String>,
    /// What resources are really called, by logical id, where something else than the harness named them.
    pub ids: BTreeMap<String, String>,
    /// What is in Secrets Manager, by the secret's ARN and the key in it.
    pub secrets: BTreeMap<(String, String), String>,
}

impl Template {
    /// Reads a template's file.
    ///
    /// # Errors
    /// When the file cannot be read or is not YAML.
    pub fn read(path: &Path) -> Result<Self, TemplateError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| TemplateError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
        Self::parse(&text)
    }

    /// Parses a template's text.
    ///
    /// # Errors
    /// When it is not YAML.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        yaml::parse(text).map(Self).map_err(TemplateError::NotYaml)
    }

    /// The template's text as JSON, with intrinsic functions in their long form and nothing evaluated: for rules about parts
    /// that the harness does not run.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.0
    }

    /// What the template wires together when it is deployed so.
    ///
    /// # Errors
    /// When a part that the harness runs refers to something unknown, or computes what the harness does not evaluate.
    pub fn wiring(&self, deployment: &Deployment) -> Result<Wiring, TemplateError> {
        wiring::wiring(&self.0, deployment)
    }

    /// What the template's rules say against a deployment: the words of every assertion that does not hold. CloudFormation makes
    /// nothing then.
    ///
    /// # Errors
    /// When a rule computes what the harness does not evaluate.
    pub fn refusals(&self, deployment: &Deployment) -> Result<Vec<String>, TemplateError> {
        intrinsics::Scope::new(&self.0, deployment).refusals()
    }

    /// The user pools alone: they must exist before the functions' environment can name them.
    ///
    /// # Errors
    /// As for [`Template::wiring`].
    pub fn user_pools(&self, deployment: &Deployment) -> Result<Vec<UserPoolSpec>, TemplateError> {
        user_pools::user_pools(&intrinsics::Scope::new(&self.0, deployment))
    }
}

/// The template of the checkout that this harness was built from: it is never run from anywhere else.
#[must_use]
pub fn repository_template() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/template.yaml")
}
