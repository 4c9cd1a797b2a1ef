//! The protocol: objects by path, errors as XML.

use std::sync::Arc;

use http::{Method, Request, Response, StatusCode, request::Parts};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use tokio::task::spawn_blocking;

use super::{Store, objects::is_plain};
use crate::{gateway::reply, server::Reply, signature::Signer};

const LARGEST_OBJECT: usize = 16 << 20;

/// Answers whatever comes in.
pub(super) async fn answer(store: Arc<Store>, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_OBJECT).collect().await else {
        return refusal(StatusCode::BAD_REQUEST, "IncompleteBody", "The content cannot be read.");
    };
    let body = body.to_bytes();
    let outcome = spawn_blocking(move || carry_out(&store, &parts, body)).await;
    outcome.ok().and_then(Result::ok).unwrap_or_else(|| {
        refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "The store of files failed; its folder may be gone.")
    })
}

fn carry_out(store: &Store, request: &Parts, body: Bytes) -> std::io::Result<Reply> {
    let signer = Signer { service: "s3", access_key: store.access_key, secret_key: store.secret_key };
    if let Err((code, words)) = signer.check(&request.method, &request.uri, &request.headers, &body) {
        return Ok(refusal(StatusCode::FORBIDDEN, code, words));
    }
    let Some(name) = store.object(request.uri.path()) else {
        return Ok(refusal(StatusCode::NOT_FOUND, "NoSuchBucket", "There is no such bucket, or that is no key."));
    };
    let source = request.headers.get("x-amz-copy-source").map(|source| source.to_str().unwrap_or_default());
    match (&request.method, source, request.uri.query()) {
        (&Method::PUT, None, None) => {
            store.objects.put(name, body)?;
            Ok(done(StatusCode::OK))
        }
        (&Method::PUT, Some(source), None) => {
            match store.object(source).map(|source| store.objects.get(source)).transpose()?.flatten() {
                None => Ok(missing()),
                Some(content) => {
                    store.objects.put(name, content)?;
                    Ok(document(StatusCode::OK, "<CopyObjectResult><ETag>&quot;copied&quot;</ETag></CopyObjectResult>"))
                }
            }
        }
        (&Method::GET, None, None) => Ok(store.objects.get(name)?.map_or_else(missing, content)),
        (&Method::DELETE, None, None) => {
            store.objects.delete(name)?;
            Ok(done(StatusCode::NO_CONTENT))
        }
        _ => Ok(refusal(StatusCode::NOT_IMPLEMENTED, "NotImplemented", "The local harness's S3 does not know that call.")),
    }
}

impl Store {
    /// The name of an object, out of a path that begins with its bucket.
    fn object<'p>(&self, path: &'p str) -> Option<&'p str> {
        let name = path.trim_start_matches('/');
        let (bucket, key) = name.split_once('/')?;
        (self.buckets.iter().any(|known| known == bucket) && is_plain(key)).then_some(name)
    }
}

/// Who may not list a bucket is not told whether something is there; none of the site's roles may.
fn missing() -> Reply {
    refusal(StatusCode::FORBIDDEN, "AccessDenied", "Access Denied")
}

fn content(content: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(content));
    reply.headers_mut().insert("content-type", http::HeaderValue::from_static("application/octet-stream"));
    reply
}

fn done(status: StatusCode) -> Reply {
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = status;
    reply
}

fn refusal(status: StatusCode, code: &str, words: &str) -> Reply {
    document(status, &format!("<Error><Code>{code}</Code><Message>{words}</Message></Error>"))
}

fn document(status: StatusCode, root: &str) -> Reply {
    reply::typed(status, "application/xml", format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n"))
}
