//! The tester's own pages under `/_harness/`. All that they show or do is JSON too, so that anybody can script it.

mod clock;
mod index;

use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use platform::tmf::{CATALOGUE, ORDERING};
use serde_json::{Value, json};

use crate::{
    HarnessClock, Outbox, Persona,
    cognito::KeyRing,
    eventbridge::Events,
    gateway::reply::{json, message, typed},
    identity::AppClient,
    personas::{customers_of_partner, staff},
    provisioning::{Command, ProvisioningSystem},
    server::Reply,
    streams::DeadLetters,
    template::RouteSpec,
};

/// What the pages show.
pub(crate) struct Tester {
    pub(crate) origin: String,
    pub(crate) personas: Vec<Persona>,
    pub(crate) routes: Vec<RouteSpec>,
    pub(crate) clock: HarnessClock,
    pub(crate) outbox: Outbox,
    pub(crate) dead_letters: DeadLetters,
    pub(crate) provisioning: ProvisioningSystem,
    pub(crate) events: Events,
    pub(crate) key_ring: Option<KeyRing>,
    pub(crate) partner: Option<AppClient>,
    /// Where tokens are had.
    pub(crate) tokens: String,
}

impl Tester {
    /// Answers a request for one of the pages.
    pub(crate) async fn answer(&self, request: &Parts, body: &[u8]) -> Reply {
        if request.method == Method::POST && from_elsewhere(request) {
            return message(StatusCode::FORBIDDEN, "only the harness's own pages and programs on this machine may do that");
        }
        let path = request.uri.path().trim_start_matches("/_harness").trim_matches('/');
        match (request.method.as_str(), path) {
            ("GET", "") => typed(StatusCode::OK, "text/html; charset=utf-8", index::page(self).into_string()),
            ("GET", "personas.json") => json(StatusCode::OK, &self.everybody()),
            ("GET", "partners.json") => json(StatusCode::OK, &self.partners()),
            ("GET", "routes.json") => json(StatusCode::OK, &self.routes.iter().map(route).collect()),
            ("GET", "outbox.json") => json(StatusCode::OK, &json!(self.outbox.all())),
            ("GET", "events.json") => json(StatusCode::OK, &json!(self.events.all())),
            ("GET", "dead-letters.json") => json(StatusCode::OK, &json!(self.dead_letters.all())),
            ("GET", "clock.json") => self.clock_reading(),
            ("GET", "provisioning.json") => json(StatusCode::OK, &json!(self.provisioning.shown())),
            ("POST", "provisioning.json") => match serde_json::from_slice(body) {
                Ok(command) => self.have_done(command, || json(StatusCode::OK, &json!(self.provisioning.shown()))).await,
                Err(error) => message(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
            },
            ("POST", "provisioning") => match serde_html_form::from_bytes(body) {
                Ok(command) => self.have_done(command, to_index).await,
                Err(error) => message(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
            },
            ("POST", "clock.json") => self.set_clock(clock::from_json(body), Self::clock_reading),
            ("POST", "keys.json") => self.rotate_keys(),
            ("POST", "clock") => self.set_clock(clock::from_form(body), |_| to_index()),
            _ => message(StatusCode::NOT_FOUND, "the harness has no such page"),
        }
    }

    /// Has the provisioning system do something.
    async fn have_done(&self, command: Command, then: impl FnOnce() -> Reply) -> Reply {
        match self.provisioning.act(command).await {
            Ok(()) => then(),
            Err(reason) => message(StatusCode::UNPROCESSABLE_ENTITY, &reason),
        }
    }

    /// Customers, who sign in on the site, and staff, who sign in at the corporate provider.
    fn everybody(&self) -> Value {
        let customers = self.personas.iter().map(|persona| (json!(persona), "customer"));
        let staff = staff().into_iter().map(|persona| (json!(persona), "staff"));
        let told = customers.chain(staff).map(|(mut persona, capacity)| {
            persona["capacity"] = capacity.into();
            persona
        });
        told.collect()
    }

    /// Partners, whose systems get tokens for themselves (RFC 6749, section 4.4), and their customers.
    fn partners(&self) -> Value {
        let told = |client: &AppClient| {
            json!({
                "name": "A partner that tries the interfaces out",
                "client_id": client.id,
                "client_secret": client.secret,
                "token_url": self.tokens,
                "grant_type": "client_credentials",
                "ordering": format!("{}{ORDERING}", self.origin),
                "catalogue": format!("{}{CATALOGUE}", self.origin),
                "customers": customers_of_partner().map(|customer| customer.to_string()).collect::<Vec<_>>(),
            })
        };
        self.partner.iter().map(told).collect()
    }

    /// Tokens are signed with new keys from now on.
    fn rotate_keys(&self) -> Reply {
        match &self.key_ring {
            Some(keys) => {
                keys.rotate();
                json(StatusCode::OK, &json!({ "rotated": true }))
            }
            None => message(StatusCode::NOT_FOUND, "the user pool is not the harness's own"),
        }
    }

    fn clock_reading(&self) -> Reply {
        json(StatusCode::OK, &json!(self.clock.read()))
    }

    fn set_clock(&self, command: Result<clock::Command, String>, then: impl FnOnce(&Self) -> Reply) -> Reply {
        match command {
            Ok(command) => {
                command.apply(&self.clock);
                then(self)
            }
            Err(reason) => message(StatusCode::UNPROCESSABLE_ENTITY, &reason),
        }
    }
}

/// Whether some other site's page makes the browser ask.
fn from_elsewhere(request: &Parts) -> bool {
    let site = request.headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

fn to_index() -> Reply {
    let mut reply = typed(StatusCode::SEE_OTHER, "text/plain", String::new());
    reply.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/_harness/"));
    reply
}

/// A route for a script: `$default` has neither method nor path.
fn route(route: &RouteSpec) -> Value {
    let (method, path) = route.key.split_once(' ').unzip();
    json!({ "method": method, "path": path, "key": route.key, "function": route.function })
}
