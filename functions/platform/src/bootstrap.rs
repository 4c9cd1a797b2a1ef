//! How every binary begins: its log, its environment, and which function it is.

use std::convert::Infallible;
use std::process::ExitCode;

use lambda_http::{Error, Request, service_fn};

use crate::telemetry::Log;
use crate::{App, Clock, Environment, Function};

/// Runs what a binary is for. What happens is said in lines of JSON on standard output, which is a function's log.
pub async fn begin(run: impl AsyncFnOnce(&Environment) -> Result<(), Error>) -> ExitCode {
    tracing_subscriber::fmt().json().with_ansi(false).with_current_span(true).with_span_list(false).without_time().init();
    match run(&Environment::of_process()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the function cannot start");
            ExitCode::FAILURE
        }
    }
}

/// The function that `Handler` in `infra/template.yaml` names.
///
/// # Errors
/// When it names none of these.
pub fn chosen<F>(environment: &Environment, functions: Vec<F>, name: impl Fn(&F) -> &'static str) -> Result<F, String> {
    let wanted = environment.get("_HANDLER").ok_or("the environment variable _HANDLER is not set")?;
    functions.into_iter().find(|function| name(function) == wanted).ok_or_else(|| format!("no step is called `{wanted}`"))
}

/// Answers requests, one after the other, for as long as the process is kept.
///
/// # Errors
/// When something it needs is not to be had.
pub async fn serve(environment: &Environment, function: Function) -> Result<(), Error> {
    let app = App::new(environment, Clock::system())?;
    app.warm().await;
    let (app, log) = (&app, &Log::new(function.name));
    lambda_http::run(service_fn(async |request: Request| {
        Ok::<_, Infallible>(log.request(app, request, |request| function.answer(app, request)).await)
    }))
    .await
}
