//! The bootstrap of every page step's Lambda: the handler name in the environment picks the step.

use std::convert::Infallible;
use std::process::ExitCode;

use lambda_http::{Request, service_fn};
use platform::telemetry::Log;
use platform::{App, Clock, Environment, Function};

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

async fn run(environment: &Environment) -> Result<(), lambda_http::Error> {
    let function = chosen(environment)?;
    let app = App::new(environment, Clock::system())?;
    app.warm().await;
    let (app, log) = (&app, &Log::new(function.name));
    lambda_http::run(service_fn(async |request: Request| {
        Ok::<_, Infallible>(log.request(app, request, |request| function.answer(app, request)).await)
    }))
    .await
}

/// The step that `Handler` in `infra/template.yaml` names.
fn chosen(environment: &Environment) -> Result<Function, String> {
    let name = environment.get("_HANDLER").ok_or("the environment variable _HANDLER is not set")?;
    site::functions().into_iter().find(|function| function.name == name).ok_or_else(|| format!("no step is called `{name}`"))
}
