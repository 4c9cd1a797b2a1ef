//! The bootstrap of every machine step's Lambda: the handler name in the environment picks the step.

use std::process::ExitCode;

use lambda_runtime::{Error, LambdaEvent, service_fn};
use platform::bootstrap::{begin, chosen};
use platform::telemetry::Log;
use platform::{App, Clock, Environment};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    begin(run).await
}

async fn run(environment: &Environment) -> Result<(), Error> {
    let function = chosen(environment, machine::functions(), |function| function.name)?;
    let app = App::new(environment, Clock::system())?;
    // Nobody waits for the first answer of a machine step, and not each needs words or a catalogue: what is needed is made then.
    let (app, log) = (&app, &Log::new(function.name));
    lambda_runtime::run(service_fn(async |event: LambdaEvent<Value>| {
        log.event(app, event.payload, |event| (function.handler)(app, event)).await
    }))
    .await
}
