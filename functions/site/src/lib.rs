//! The page and staff steps, linked into one binary; the handler name picks the step, roles stay per function.

use lambda_http::{Body, Request, RequestExt, Response, request::RequestContext};
use platform::{App, Function};

/// Every function of this binary.
#[must_use]
pub fn functions() -> Vec<Function> {
    vec![]
}

/// Answers a request that API Gateway has routed to `function`.
pub async fn answer(function: Function, app: &App, request: Request) -> Response<Body> {
    let key = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.route_key.clone().unwrap_or_default(),
        _ => String::new(),
    };
    match function.routes.iter().find(|route| route.key == key) {
        Some(route) => (route.handler)(app, request).await,
        None => Response::builder().status(404).body(Body::Empty).unwrap_or_default(),
    }
}
