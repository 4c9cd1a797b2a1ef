//! The machine steps, linked into one binary: those started by a stream or an event, not by a browser.
//! The handler name picks the step; roles stay per function.

use std::pin::Pin;

use platform::App;
use serde_json::Value;

/// What a step makes of an event, to come.
pub type Outcome<'a> = Pin<Box<dyn Future<Output = Result<Value, lambda_runtime::Error>> + Send + 'a>>;

/// Takes one event, as a stream or EventBridge delivers it.
pub type Handler = for<'a> fn(&'a App, Value) -> Outcome<'a>;

/// A Lambda function of the `machine` binary: `infra/template.yaml` names it in `Handler`.
#[derive(Clone, Copy)]
pub struct Function {
    /// The handler name.
    pub name: &'static str,
    /// Takes its events.
    pub handler: Handler,
}

/// Every function of this binary.
#[must_use]
pub fn functions() -> Vec<Function> {
    vec![
        Function { name: bulk_load::NAME, handler: |app, event| Box::pin(async move { Ok(bulk_load::take(app, event).await?) }) },
        Function { name: provision::NAME, handler: |app, event| Box::pin(async move { Ok(provision::take(app, event).await?) }) },
        Function { name: publish::NAME, handler: |app, event| Box::pin(async move { Ok(publish::take(app, event).await?) }) },
        Function { name: deliver::NAME, handler: |app, event| Box::pin(async move { Ok(deliver::take(app, event).await?) }) },
        Function { name: notify::NAME, handler: |app, event| Box::pin(async move { Ok(notify::take(app, event).await?) }) },
    ]
}
