//! The protocol: AWS JSON 1.1 for the calls, plain HTTP for the public keys.

use std::sync::Arc;

use http::{HeaderValue, Method, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use tokio::task::spawn_blocking;

use super::{error::CognitoError, operations, pool::Pools};
use crate::{gateway::reply, server::Reply};

const SERVICE: &str = "AWSCognitoIdentityProviderService.";
const LARGEST_CALL: usize = 1 << 20;

/// Answers whatever comes in.
pub(super) async fn answer(pools: Arc<Pools>, request: Request<Incoming>) -> Reply {
    if request.method() == Method::GET {
        let path = request.uri().path().to_owned();
        // The first request may have to wait for the key; others must not wait for it.
        return spawn_blocking(move || public(&pools, &path)).await.unwrap_or_else(|_| nothing());
    }
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default().to_owned();
    let Some(operation) = target.strip_prefix(SERVICE).map(str::to_owned) else {
        return refusal(&CognitoError::UnknownOperation(target));
    };
    let Ok(body) = Limited::new(request.into_body(), LARGEST_CALL).collect().await else {
        return refusal(&CognitoError::InvalidParameter("the request cannot be read".to_owned()));
    };
    let body = body.to_bytes();
    let outcome = spawn_blocking(move || {
        let input: Value = serde_json::from_slice(&body).map_err(|error| CognitoError::InvalidParameter(error.to_string()))?;
        operations::call(&pools, &operation, input)
    });
    match outcome.await {
        Ok(Ok(output)) => reply::typed(StatusCode::OK, "application/x-amz-json-1.1", output.to_string()),
        Ok(Err(error)) => refusal(&error),
        Err(_) => reply::message(StatusCode::INTERNAL_SERVER_ERROR, "the user pool failed"),
    }
}

/// `/{pool}/.well-known/jwks.json`.
fn public(pools: &Pools, path: &str) -> Reply {
    match path.strip_suffix("/.well-known/jwks.json").and_then(|path| path.strip_prefix('/')).map(|id| pools.get(id)) {
        Some(Ok(pool)) => reply::json(StatusCode::OK, &pool.keys.key_set()),
        _ => nothing(),
    }
}

fn nothing() -> Reply {
    reply::message(StatusCode::NOT_FOUND, "Not Found")
}

fn refusal(error: &CognitoError) -> Reply {
    let mut refusal = reply::typed(StatusCode::BAD_REQUEST, "application/x-amz-json-1.1", error.document().to_string());
    refusal.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(error.name()));
    refusal
}
