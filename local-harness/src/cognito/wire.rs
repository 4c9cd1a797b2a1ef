//! The protocol: AWS JSON 1.1 for the calls, plain HTTP for the public keys.

use std::sync::Arc;

use http::{HeaderValue, Method, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use tokio::task::spawn_blocking;

use super::{error::CognitoError, hosted, operations, pool::Pools};
use crate::{gateway::reply, server::Reply};

const SERVICE: &str = "AWSCognitoIdentityProviderService.";
const LARGEST_CALL: usize = 1 << 20;

/// Answers whatever comes in.
pub(super) async fn answer(pools: Arc<Pools>, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_CALL).collect().await else {
        return refusal(&CognitoError::InvalidParameter("the request cannot be read".to_owned()));
    };
    let body = body.to_bytes();
    if parts.method == Method::GET && parts.uri.path().contains("/.well-known/") {
        let path = parts.uri.path().to_owned();
        // The first request may have to wait for the key; others must not wait for it.
        return spawn_blocking(move || public(&pools, &path)).await.unwrap_or_else(|_| nothing());
    }
    let Some(target) = parts.headers.get("x-amz-target").and_then(|target| target.to_str().ok()) else {
        return hosted::answer(pools, parts, body).await;
    };
    let Some(operation) = target.strip_prefix(SERVICE).map(str::to_owned) else {
        return refusal(&CognitoError::UnknownOperation(target.to_owned()));
    };
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

/// What a pool says of itself to everybody: `/{pool}/.well-known/…`.
fn public(pools: &Pools, path: &str) -> Reply {
    let Some((Ok(pool), document)) =
        path.trim_start_matches('/').split_once("/.well-known/").map(|(id, document)| (pools.get(id), document))
    else {
        return nothing();
    };
    match document {
        "jwks.json" => reply::json(StatusCode::OK, &pool.keys.key_set()),
        "openid-configuration" => reply::json(StatusCode::OK, &pool.configuration()),
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
