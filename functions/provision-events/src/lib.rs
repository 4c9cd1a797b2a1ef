//! Hears what the provisioning system says: TMF641's listener. What it says is kept with the order that it makes, once, whenever and
//! however often it comes.

mod event;
mod proof;

use http::{HeaderValue, StatusCode, header};
use lambda_http::{Body, Request, RequestExt, Response};
use order_manager::provisioning::NotTaken;
use platform::provisioning::{NotKept, keep};
use platform::respond::{Keeping, answer};
use platform::{App, EventProof, Route};
use serde_json::json;

use crate::event::{EventKind, Unreadable, read};

/// What this function answers.
pub const ROUTES: &[Route] =
    &[Route { key: "POST /tmf-api/serviceOrdering/v4/listener/{event}", handler: |app, request| Box::pin(listen(app, request)) }];

/// The most bytes of a message.
const LARGEST: usize = 64 * 1024;

/// Why a message was not taken, as TMF630's error says it: a status, a code, a reason, and what to do.
struct Problem {
    status: StatusCode,
    code: &'static str,
    reason: &'static str,
    message: String,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, reason: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, reason, message: message.into() }
    }
}

impl From<Unreadable> for Problem {
    fn from(Unreadable(what): Unreadable) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalidBody", "The event can’t be read", what)
    }
}

impl From<NotKept> for Problem {
    fn from(why: NotKept) -> Self {
        let conflict = |code, reason, message: &str| Self::new(StatusCode::CONFLICT, code, reason, message);
        match why {
            NotKept::NotTaken(NotTaken::Unknown) => Self::new(
                StatusCode::NOT_FOUND,
                "unknownServiceOrder",
                "There is no such service order",
                "The externalId has to be the one that the service order was sent with.",
            ),
            NotKept::NotTaken(NotTaken::Ended) => conflict(
                "finishedServiceOrder",
                "The service order has ended",
                "Nothing that is said after its end is taken. What was said before it still is.",
            ),
            NotKept::NotTaken(NotTaken::Impossible) => conflict(
                "illegalTransition",
                "The service order can’t be in that state at that time",
                "See the life cycle of service orders (TMF641 v4.1). Nothing was changed.",
            ),
            NotKept::NotTaken(NotTaken::TooMany) => conflict(
                "tooManyEvents",
                "More was said about the order than is kept",
                "Nothing was changed. Get in touch with us.",
            ),
            // It was taken before, and `keep` says so by saying nothing.
            NotKept::NotTaken(NotTaken::Known) => conflict("knownEvent", "The event was taken before", "Nothing was changed."),
            NotKept::Store(_) | NotKept::Catalogue(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The event can’t be kept just now",
                "Nothing was changed. Send it again later.",
            ),
        }
    }
}

async fn listen(app: &App, request: Request) -> Response<Body> {
    match taken(app, &request).await {
        Ok(id) => {
            let callback = request.uri().path();
            respond(StatusCode::CREATED, &json!({ "id": id, "callback": callback }))
        }
        Err(Problem { status, code, reason, message }) => {
            let mut response = respond(
                status,
                &json!({ "code": code, "reason": reason, "message": message, "status": status.as_u16().to_string(), "@type": "Error" }),
            );
            if status == StatusCode::UNAUTHORIZED {
                let scheme = match app.config.event_proof {
                    EventProof::Signature => "HMAC-SHA256",
                    EventProof::Token => "Bearer",
                };
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
            }
            response
        }
    }
}

/// Takes a message, and gives its id.
async fn taken(app: &App, request: &Request) -> Result<String, Problem> {
    let body: &[u8] = match request.body() {
        Body::Text(text) => text.as_bytes(),
        Body::Binary(bytes) => bytes,
        _ => &[],
    };
    if body.len() > LARGEST {
        let message = format!("An event has {LARGEST} bytes at most.");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "bodyTooLarge", "The event is too large", message));
    }
    proof::check(app, request.headers(), body).await?;
    let name = request.path_parameters_ref().and_then(|parameters| parameters.first("event")).unwrap_or_default();
    let Some(kind) = EventKind::named(name) else {
        let message = "See TMF641 v4.1 for the events that there are.";
        return Err(Problem::new(StatusCode::NOT_FOUND, "unknownEvent", "There is no listener for that event", message));
    };
    let (id, reports) = read(kind, body)?;
    for report in &reports {
        keep(app, report).await.map_err(|error| {
            if let NotKept::Store(error) = &error {
                tracing::error!(%error, "an event is not kept");
            }
            Problem::from(error)
        })?;
    }
    Ok(id)
}

fn respond(status: StatusCode, body: &serde_json::Value) -> Response<Body> {
    answer(status, "application/json;charset=utf-8", Keeping::Personal, Body::Text(body.to_string()))
}
