//! The rules of event buses that start functions (`AWS::Events::Rule`), with how often a function is tried.

use serde::Deserialize;
use serde_json::Value;

use super::filter::Pattern;
use super::intrinsics::{Scope, shape};
use super::wiring::typed;
use super::{FunctionSpec, TemplateError};

/// How often Lambda tries again what a function failed at that nobody waits for, where a template says nothing.
const USUAL_RETRIES: u32 = 2;

/// A rule that starts a function.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSpec {
    /// Logical id in the template.
    pub id: String,
    /// The bus whose events it looks at.
    pub bus: String,
    /// Which events.
    pub pattern: Pattern,
    /// `Handler` of the function it starts.
    pub function: String,
    /// How often an event is tried again.
    pub retries: u32,
    /// The queue for what was tried in vain.
    pub dead_letters: Option<String>,
}

/// The properties that the harness acts on. One that is not here is refused by name.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Properties {
    event_bus_name: String,
    event_pattern: Value,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Target {
    #[serde(rename = "Id")]
    _id: String,
    arn: String,
}

/// What a function says of events that nobody waits for (`EventInvokeConfig`).
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Invoking {
    maximum_retry_attempts: Option<u32>,
    #[serde(rename = "MaximumEventAgeInSeconds")]
    _age: Option<u32>,
    destination_config: Option<Destinations>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Destinations {
    on_failure: OnFailure,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OnFailure {
    #[serde(rename = "Type")]
    _kind: String,
    destination: String,
}

pub(super) fn rules(scope: &Scope<'_>, document: &Value, functions: &[FunctionSpec]) -> Result<Vec<RuleSpec>, TemplateError> {
    let mut rules = vec![];
    for (id, resource) in scope.resources("AWS::Events::Rule")? {
        let Properties { event_bus_name, event_pattern, targets } = typed(scope, &resource["Properties"], id)?;
        for Target { arn, .. } in targets {
            let function = functions.iter().find(|function| arn.ends_with(&format!(":function:{}", function.id)));
            let function = function.ok_or_else(|| shape(id, format!("{arn} is none of the template's functions")))?;
            let invoking = &document["Resources"][&function.id]["Properties"]["EventInvokeConfig"];
            let invoking: Invoking = if invoking.is_null() { Invoking::default() } else { typed(scope, invoking, &function.id)? };
            let queue = invoking.destination_config.map(|config| config.on_failure.destination);
            rules.push(RuleSpec {
                id: id.to_owned(),
                bus: event_bus_name.clone(),
                pattern: Pattern::read(&event_pattern).map_err(|reason| shape(id, reason))?,
                function: function.handler.clone(),
                retries: invoking.maximum_retry_attempts.unwrap_or(USUAL_RETRIES),
                dead_letters: queue.and_then(|arn| arn.rsplit(':').next().map(str::to_owned)),
            });
        }
    }
    Ok(rules)
}
