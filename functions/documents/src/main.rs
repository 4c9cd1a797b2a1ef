//! The bootstrap of the documents' Lambda: a binary of its own, so that no page waits for the weight of typeface and PDF.

use std::convert::Infallible;
use std::process::ExitCode;

use lambda_http::{Request, service_fn};
use platform::telemetry::Log;
use platform::{App, Clock, Environment};

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
    let app = App::new(environment, Clock::system())?;
    app.warm().await;
    let (app, log) = (&app, &Log::new(documents::FUNCTION.name));
    lambda_http::run(service_fn(async |request: Request| {
        Ok::<_, Infallible>(log.request(app, request, |request| documents::FUNCTION.answer(app, request)).await)
    }))
    .await
}
