//! Stands in for the HTTP API: finds a request's route, makes the event that a Lambda would get of it, and hands that to
//! the very handlers that are deployed.

mod event;
pub(crate) mod reply;
mod routes;

use std::{
    collections::BTreeMap,
    io::Write,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Instant,
};

use http::{Request, StatusCode, header, request::Parts, uri::Authority};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use lambda_http::{Context, RequestExt};
use uuid::Builder;

use crate::{clock::HarnessClock, functions::Mounted, pages::Tester, server::Reply};
use reply::{message, note};

pub(crate) use routes::Routes;

/// What API Gateway takes at most.
const LARGEST_BODY: usize = 10 << 20;
/// What Lambda takes at most, base64 included.
const LARGEST_EVENT: usize = 6 << 20;

/// The site's front.
pub(crate) struct Gateway {
    pub(crate) routes: Routes,
    pub(crate) functions: BTreeMap<String, Mounted>,
    pub(crate) clock: HarnessClock,
    pub(crate) tester: Tester,
    /// Whether to say what was asked.
    pub(crate) log: bool,
}

/// Answers a request, from the site or from the tester's pages.
pub(crate) async fn answer(gateway: Arc<Gateway>, request: Request<Incoming>, peer: SocketAddr) -> Reply {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let (by, reply) = match read(body).await {
        Err(refusal) => ("-".to_owned(), refusal),
        Ok(body) if parts.uri.path().starts_with("/_harness") => {
            ("harness".to_owned(), gateway.tester.answer(&parts, &body).await)
        }
        Ok(body) => from_site(&gateway, &parts, &body, peer.ip()).await,
    };
    if gateway.log {
        let (method, path, status) = (&parts.method, parts.uri.path(), reply.status().as_u16());
        // Nobody reading the log is no reason not to answer.
        let _ = writeln!(std::io::stdout().lock(), "{method:<4} {path} {status} {} ms {by}", started.elapsed().as_millis());
    }
    reply
}

async fn read(body: Incoming) -> Result<Bytes, Reply> {
    match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")),
        Err(_) => Err(message(StatusCode::BAD_REQUEST, "Bad Request")),
    }
}

/// The answer of the function that the request's route leads to, and that function's name.
async fn from_site(gateway: &Gateway, request: &Parts, body: &[u8], source: IpAddr) -> (String, Reply) {
    let known_host = request.headers.get(header::HOST).is_some_and(|host| Authority::try_from(host.as_bytes()).is_ok());
    if !known_host {
        return ("-".to_owned(), message(StatusCode::BAD_REQUEST, "Bad Request"));
    }
    let matched = gateway.routes.find(request.method.as_str(), request.uri.path());
    let found = matched.and_then(|matched| Some((gateway.functions.get(&matched.route.function)?, matched)));
    let Some((mounted, matched)) = found else {
        return ("-".to_owned(), message(StatusCode::NOT_FOUND, "Not Found"));
    };
    let name = matched.route.function.clone();
    let id = request_id();
    let event = event::event(request, body, &matched, source, gateway.clock.now(), &id).to_string();
    if event.len() > LARGEST_EVENT {
        return (name, message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"));
    }
    (name, invoke(mounted, event, id).await)
}

/// Calls a function in a task of its own: what it does is done even if the browser hangs up, and what it breaks is its own.
async fn invoke(mounted: &Mounted, event: String, id: String) -> Reply {
    let (function, app) = (mounted.function, mounted.app.clone());
    let task = tokio::spawn(async move {
        let mut context = Context::default();
        context.request_id = id;
        let request = lambda_http::request::from_str(&event)?.with_lambda_context(context);
        Ok::<_, serde_json::Error>(function.answer(&app, request).await)
    });
    match task.await {
        Ok(Ok(answer)) => reply::reply(answer),
        Ok(Err(error)) => note(StatusCode::INTERNAL_SERVER_ERROR, "The event could not be read", &error.to_string()),
        Err(_) => {
            let text = format!("{} panicked; the reason is on the harness's standard error.", function.name);
            note(StatusCode::INTERNAL_SERVER_ERROR, "The function failed", &text)
        }
    }
}

fn request_id() -> String {
    let mut random = [0; 16];
    // Ids only tell requests apart here; one that repeats is no harm.
    let _ = getrandom::fill(&mut random);
    Builder::from_random_bytes(random).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use platform::{Answer, App, Environment, Function, Route};

    use super::*;

    fn breaks(_: &App, _: lambda_http::Request) -> Answer<'_> {
        Box::pin(async { panic!("as it would on a mistake") })
    }

    fn answers(_: &App, request: lambda_http::Request) -> Answer<'_> {
        Box::pin(async move {
            let id = request.lambda_context_ref().map(|context| context.request_id.clone());
            http::Response::new(id.unwrap_or_default().into())
        })
    }

    const ROUTES: &[Route] = &[Route { key: "GET /breaks", handler: breaks }, Route { key: "GET /answers", handler: answers }];

    fn mounted() -> Mounted {
        let variables = ["AWS_REGION", "SESSIONS_TABLE", "CATALOGUE_TABLE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let environment: Environment = variables.map(|name| (name.to_owned(), "x".to_owned())).into_iter().collect();
        let app = App::new(&environment, HarnessClock::default().for_functions()).expect("an app");
        Mounted { function: Function { name: "step", routes: ROUTES }, app }
    }

    async fn asked(path: &str) -> (StatusCode, String) {
        let key = format!("GET {path}");
        let event = serde_json::json!({
            "version": "2.0", "routeKey": key, "rawPath": path, "headers": {"host": "localhost"}, "isBase64Encoded": false,
            "requestContext": {"routeKey": key, "stage": "$default", "http": {"method": "GET", "path": path}},
        });
        let reply = invoke(&mounted(), event.to_string(), "the id".to_owned()).await;
        let (parts, body) = reply.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (parts.status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_handler_that_panics_is_a_page_and_the_next_request_is_answered() {
        let (status, page) = asked("/breaks").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.contains("step panicked"), "{page}");
        assert_eq!(asked("/answers").await, (StatusCode::OK, "the id".to_owned()));
    }
}
