//! A provisioning system on this machine, as TMF641 has it, that the deployed function sends service orders to; and what it says of
//! them, through the deployed API.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use platform::Clock;
use platform::provisioning::{SIGNATURE, is_signed, signature};
use serde_json::{Value, json};
use tests::browser::{Browser, Page};
use tokio::net::TcpListener;

use crate::stack::Stack;

/// What it and the stack sign with.
pub(crate) const KEY: &str = "what only the provisioning system and the stack know";
/// Where its interface begins.
const ROOT: &str = "/tmf-api/serviceOrdering/v4";
/// How long the streams may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// The system: it takes whatever is signed, and remembers it.
#[derive(Clone)]
pub(crate) struct System {
    port: u16,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl System {
    /// Starts to listen; it ends with the runtime.
    pub(crate) async fn started() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let system = Self { port: listener.local_addr().expect("an address").port(), taken: Arc::default() };
        let answering = system.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let answering = answering.clone();
                let service = service_fn(move |request| answering.clone().answer(request));
                tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(caller), service));
            }
        });
        system
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{ROOT}", self.port)
    }

    /// The service orders it has, each once, in the order they came.
    fn taken(&self) -> Vec<Value> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn answer(self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        let signed = parts.headers.get(SIGNATURE).and_then(|signed| signed.to_str().ok()).unwrap_or_default();
        let (status, said) = if !is_signed(KEY, signed, &body, Clock::system().now()) {
            (StatusCode::UNAUTHORIZED, json!({ "reason": "not signed" }))
        } else if parts.method == Method::POST && parts.uri.path() == format!("{ROOT}/serviceOrder") {
            let content: Value = serde_json::from_slice(&body).unwrap_or_default();
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            if !taken.iter().any(|there| there["externalId"] == content["externalId"]) {
                taken.push(content.clone());
            }
            (StatusCode::CREATED, json!({ "id": content["externalId"], "state": "acknowledged" }))
        } else {
            (StatusCode::OK, json!({}))
        };
        let mut response = Response::new(Full::new(said.to_string().into()));
        *response.status_mut() = status;
        Ok(response)
    }
}

/// Tells the deployed API that a service order has come to a state.
async fn told(stack: &Stack, external_id: &str, state: &str) -> Page {
    let now = Clock::system().now();
    let order = json!({ "id": external_id, "externalId": external_id, "state": state, "@type": "ServiceOrder" });
    let kind = "serviceOrderStateChangeEvent";
    let event = json!({
        "eventId": format!("{external_id}.{state}"),
        "eventTime": now,
        "eventType": kind,
        "event": { "serviceOrder": order },
    });
    let body = event.to_string();
    let signed = signature(KEY, now.as_second(), body.as_bytes());
    let headers = [("content-type", "application/json"), (SIGNATURE, &*signed)];
    stack.browser().send(Method::POST, &format!("{ROOT}/listener/{kind}"), Some(body), &headers).await
}

/// An order comes to the system by the orders' stream, is carried out, and is complete.
pub(crate) async fn carried_out(stack: &Stack, system: &System, browser: &mut Browser, order: &str) {
    let id = order.trim_start_matches("/orders/");
    let (mut finished, begun) = (vec![], Instant::now());
    let page = loop {
        let page = browser.get(order).await;
        if page.html.contains("is in service since") {
            break page;
        }
        assert!(begun.elapsed() < PATIENCE, "{order} is not carried out; {finished:?} are: {}", page.html);
        for service_order in system.taken() {
            let external = service_order["externalId"].as_str().expect("an id").to_owned();
            if !external.starts_with(id) || finished.contains(&external) {
                continue;
            }
            for state in ["inProgress", "completed"] {
                let answer = told(stack, &external, state).await;
                assert_eq!(answer.status, 201, "{external} is {state}: {}", answer.html);
            }
            finished.push(external);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    };
    assert!(!finished.is_empty(), "something was carried out: {}", page.html);
    let unsigned = stack
        .browser()
        .send(Method::POST, &format!("{ROOT}/listener/serviceOrderStateChangeEvent"), Some("{}".to_owned()), &[])
        .await;
    assert_eq!(unsigned.status, 401, "nobody else is believed: {}", unsigned.html);
}
