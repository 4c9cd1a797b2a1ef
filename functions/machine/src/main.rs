//! The bootstrap of every machine step's Lambda: the handler name in the environment picks the step.

use std::process::ExitCode;

use lambda_runtime::{LambdaEvent, service_fn};
use machine::Function;
use platform::telemetry::Log;
use platform::{App, Clock, Environment};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().json().with_ansi(false).with_current_span(true).with_span_list(false).without_time().init();
    match run(&Environment::of_process()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the function cannot start");
            ExitCode::FAILURE
        }
    }
}

async fn run(environment: &Environment) -> Result<(), lambda_runtime::Error> {
    let function = chosen(environment)?;
    let app = App::new(environment, Clock::system())?;
    // Nobody waits for the first answer of a machine step, and not each needs words or a catalogue: what is needed is made then.
    let (app, log) = (&app, &Log::new(function.name));
    lambda_runtime::run(service_fn(async |event: LambdaEvent<Value>| {
        log.event(app, event.payload, |event| (function.handler)(app, event)).await
    }))
    .await
}

/// The step that `Handler` in `infra/template.yaml` names.
fn chosen(environment: &Environment) -> Result<Function, String> {
    let name = environment.get("_HANDLER").ok_or("the environment variable _HANDLER is not set")?;
    machine::functions().into_iter().find(|function| function.name == name).ok_or_else(|| format!("no step is called `{name}`"))
}
