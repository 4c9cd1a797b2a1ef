//! The interfaces for partners keep to the document that they serve, whatever is sent: held by schemathesis, which makes requests of
//! the document and holds each answer against it.

use std::path::PathBuf;
use std::process::Command;

use crate::people::site;
use crate::product_order_api::{ALL, ORDERING, System};

/// Examples of each operation; as many as `CONTRACT_EXAMPLES` says, where a longer run is wanted.
const EXAMPLES: &str = "8";

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_one_that_the_served_document_knows_and_none_is_a_failure_of_ours() {
    let Some(home) = std::env::var_os("SCHEMATHESIS_HOME").map(PathBuf::from) else {
        eprintln!("SKIPPED: the interfaces' own document is held by schemathesis, and SCHEMATHESIS_HOME is not set");
        return;
    };
    let site = site().await;
    let system = System::with(&site, ALL).await;
    let examples = std::env::var("CONTRACT_EXAMPLES").unwrap_or_else(|_| EXAMPLES.to_owned());
    let (origin, token) = (site.origin(), format!("Authorization: Bearer {}", system.token()));
    let ran = tokio::task::spawn_blocking(move || {
        Command::new(home.join("bin/schemathesis"))
            .args(["run", &format!("{origin}{ORDERING}/openapi.yaml"), "--url", &origin, "--header", &token])
            .args(["--phases", "examples,coverage,fuzzing", "--max-examples", &examples, "--seed", "1", "--no-color"])
            .args([
                "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance,\
                    response_headers_conformance,response_schema_conformance",
            ])
            .output()
    });
    let ran = ran.await.expect("a task").expect("schemathesis runs");
    assert!(ran.status.success(), "{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    site.stop().await;
}
