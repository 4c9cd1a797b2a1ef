//! The streams that start functions (`AWS::Lambda::EventSourceMapping`), with everything in them that decides what a function is
//! handed, when again, and what becomes of what it never takes.

use serde::Deserialize;
use serde_json::Value;

use super::filter::Pattern;
use super::intrinsics::{Scope, shape};
use super::wiring::typed;
use super::{FunctionSpec, TableSpec, TemplateError};

/// A table's stream that starts a function.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamSpec {
    /// Logical id in the template.
    pub id: String,
    /// The table.
    pub table: String,
    /// `Handler` of the function it starts.
    pub function: String,
    /// What is handed on: what fits any of these, or everything where there are none.
    pub filters: Vec<Pattern>,
    /// The most changes of one batch.
    pub batch_size: usize,
    /// What happens to a batch that failed as a whole.
    pub on_error: OnError,
    /// How often a batch is tried again; `None` is until it is taken.
    pub most_retries: Option<u32>,
    /// What a function's answer says.
    pub answers: Answers,
    /// The queue for what was tried in vain.
    pub dead_letters: Option<String>,
}

/// What happens to a batch that failed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// It is tried again as it is.
    Whole,
    /// It is tried again in halves.
    Bisect,
}

/// What a function's answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Nothing: that it answered is all.
    Nothing,
    /// From where on the batch has to come again.
    Failures,
}

/// The properties that the harness acts on. One that is not here is refused by name.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Properties {
    function_name: String,
    event_source_arn: String,
    starting_position: StartingPosition,
    #[serde(default = "default_batch_size")]
    batch_size: usize,
    #[serde(default)]
    bisect_batch_on_function_error: bool,
    #[serde(default = "until_taken")]
    maximum_retry_attempts: i64,
    #[serde(default)]
    function_response_types: Vec<ResponseType>,
    destination_config: Option<DestinationConfig>,
    #[serde(default)]
    filter_criteria: FilterCriteria,
}

/// Where a new mapping begins. From the latest on, what is written while it comes into being may be lost.
#[derive(Deserialize)]
enum StartingPosition {
    #[serde(rename = "TRIM_HORIZON")]
    TrimHorizon,
}

#[derive(Deserialize)]
enum ResponseType {
    ReportBatchItemFailures,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DestinationConfig {
    on_failure: OnFailure,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OnFailure {
    destination: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct FilterCriteria {
    filters: Vec<Filter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Filter {
    pattern: String,
}

/// Lambda's own, where a template says nothing.
const fn default_batch_size() -> usize {
    100
}

/// Lambda's own, where a template says nothing.
const fn until_taken() -> i64 {
    -1
}

pub(super) fn streams(
    scope: &Scope<'_>,
    functions: &[FunctionSpec],
    tables: &[TableSpec],
) -> Result<Vec<StreamSpec>, TemplateError> {
    let all = scope.resources("AWS::Lambda::EventSourceMapping")?;
    all.into_iter().map(|(id, resource)| stream(scope, id, &resource["Properties"], functions, tables)).collect()
}

fn stream(
    scope: &Scope<'_>,
    id: &str,
    properties: &Value,
    functions: &[FunctionSpec],
    tables: &[TableSpec],
) -> Result<StreamSpec, TemplateError> {
    let Properties {
        function_name,
        event_source_arn,
        starting_position: StartingPosition::TrimHorizon,
        batch_size,
        bisect_batch_on_function_error,
        maximum_retry_attempts,
        function_response_types,
        destination_config,
        filter_criteria,
    } = typed(scope, properties, id)?;
    let function = functions.iter().find(|function| function.id == function_name);
    let function = function.ok_or_else(|| shape(id, format!("{function_name} is none of the template's functions")))?;
    let of_table = |table: &&TableSpec| event_source_arn.contains(&format!(":table/{}/stream/", table.name));
    let table = tables.iter().find(of_table);
    let table = table.ok_or_else(|| shape(id, format!("{event_source_arn} is no stream of the template's tables")))?;
    if table.properties.stream_specification.is_none() {
        return Err(shape(id, format!("the table {} has no stream", table.name)));
    }
    if !(1..=10_000).contains(&batch_size) {
        return Err(shape(id, "BatchSize is from 1 to 10000"));
    }
    let filters = filter_criteria.filters.iter();
    let filters = filters.map(|filter| Pattern::parse(&filter.pattern).map_err(|reason| shape(id, reason)));
    let queue = |config: DestinationConfig| {
        let arn = config.on_failure.destination;
        let name = arn.strip_prefix("arn:aws:sqs:").and_then(|rest| rest.rsplit(':').next()).map(str::to_owned);
        name.ok_or_else(|| shape(id, format!("{arn} is no queue")))
    };
    Ok(StreamSpec {
        id: id.to_owned(),
        table: table.name.clone(),
        function: function.handler.clone(),
        filters: filters.collect::<Result<_, _>>()?,
        batch_size,
        on_error: if bisect_batch_on_function_error { OnError::Bisect } else { OnError::Whole },
        most_retries: match maximum_retry_attempts {
            -1 => None,
            times => Some(u32::try_from(times).map_err(|_| shape(id, "MaximumRetryAttempts is -1 or more"))?),
        },
        answers: match function_response_types[..] {
            [] => Answers::Nothing,
            [ResponseType::ReportBatchItemFailures, ..] => Answers::Failures,
        },
        dead_letters: destination_config.map(queue).transpose()?,
    })
}
