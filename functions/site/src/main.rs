//! The bootstrap of every page step's Lambda: the handler name in the environment picks the step.

use std::process::ExitCode;

use platform::bootstrap::{begin, chosen, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    begin(async |environment| serve(environment, chosen(environment, site::functions(), |function| function.name)?).await).await
}
