//! The bootstrap of the documents' Lambda: a binary of its own, so that no page waits for the weight of typeface and PDF.

use std::process::ExitCode;

use platform::bootstrap::{begin, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    begin(async |environment| serve(environment, documents::FUNCTION).await).await
}
