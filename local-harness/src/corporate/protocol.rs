//! OpenID Connect as the provider speaks it: the code flow, for its one client.

use std::sync::{Arc, PoisonError};

use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::{
    CLIENT_ID, CLIENT_SECRET, Provider,
    pages::{Attempt, sign_in},
};
use crate::{
    StaffPersona,
    cognito::opaque_token,
    gateway::reply::{self, json, redirect},
    server::Reply,
};

const LARGEST_FORM: usize = 1 << 16;
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Somebody is to sign in.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Question {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    nonce: Option<String>,
}

/// Somebody has.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    person: StaffPersona,
    nonce: Option<String>,
    expires: Timestamp,
}

#[derive(Deserialize)]
struct Signing {
    question: String,
    employee: String,
    password: String,
}

#[derive(Deserialize)]
struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    client_secret: String,
}

/// Answers whatever comes in.
pub(super) async fn answer(provider: Arc<Provider>, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_FORM).collect().await else { return refused("invalid_request") };
    let body = body.to_bytes();
    // A first answer may have to wait for the key; others must not wait for it.
    let outcome = spawn_blocking(move || {
        let query = parts.uri.query().unwrap_or_default();
        match (&parts.method, parts.uri.path()) {
            (&Method::GET, "/.well-known/openid-configuration") => json(StatusCode::OK, &provider.configuration()),
            (&Method::GET, "/jwks.json") => json(StatusCode::OK, &provider.keys.key_set()),
            (&Method::GET, "/authorize") => provider.ask(query),
            (&Method::POST, "/authorize") => provider.sign_in(&body),
            (&Method::POST, "/token") => provider.exchange(&body),
            _ => reply::message(StatusCode::NOT_FOUND, "Not Found"),
        }
    });
    outcome.await.unwrap_or_else(|_| reply::message(StatusCode::INTERNAL_SERVER_ERROR, "the identity provider failed"))
}

impl Provider {
    fn configuration(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks.json"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "scopes_supported": ["openid", "email", "profile"],
        })
    }

    /// Shows the page, to nobody but those whom the user pool sent.
    fn ask(&self, query: &str) -> Reply {
        let question: Question = match serde_html_form::from_str(query) {
            Ok(question) => question,
            Err(_) => return refused("invalid_request"),
        };
        if question.client_id != CLIENT_ID || question.redirect_uri != self.callback || question.response_type != "code" {
            return refused("invalid_request");
        }
        let id = opaque_token();
        let page = sign_in(&self.staff, &id, Attempt::First);
        self.questions.lock().unwrap_or_else(PoisonError::into_inner).insert(id, question);
        reply::typed(StatusCode::OK, "text/html; charset=utf-8", page.into_string())
    }

    /// Sends somebody back who has the password.
    fn sign_in(&self, body: &[u8]) -> Reply {
        let Ok(signing) = serde_html_form::from_bytes::<Signing>(body) else { return refused("invalid_request") };
        let mut questions = self.questions.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(question) = questions.get(&signing.question).cloned() else { return refused("invalid_request") };
        let person = self.staff.iter().find(|person| person.employee == signing.employee);
        let Some(person) = person.filter(|person| person.password == signing.password) else {
            let page = sign_in(&self.staff, &signing.question, Attempt::Again);
            return reply::typed(StatusCode::UNAUTHORIZED, "text/html; charset=utf-8", page.into_string());
        };
        questions.remove(&signing.question);
        let expires = self.clock.now().saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
        let code = opaque_token();
        let grant = Grant { person: person.clone(), nonce: question.nonce, expires };
        self.grants.lock().unwrap_or_else(PoisonError::into_inner).insert(code.clone(), grant);
        redirect(&question.redirect_uri, &[("code", Some(&code)), ("state", question.state.as_deref())])
    }

    /// Gives the tokens for a code, once.
    fn exchange(&self, body: &[u8]) -> Reply {
        let Ok(exchange) = serde_html_form::from_bytes::<Exchange>(body) else { return refused("invalid_request") };
        if exchange.client_id != CLIENT_ID || exchange.client_secret != CLIENT_SECRET {
            return refused("invalid_client");
        }
        let now = self.clock.now();
        let grant = self.grants.lock().unwrap_or_else(PoisonError::into_inner).remove(&exchange.code);
        let good = |grant: &Grant| {
            exchange.grant_type == "authorization_code" && exchange.redirect_uri == self.callback && now < grant.expires
        };
        let Some(Grant { person, nonce, .. }) = grant.filter(good) else { return refused("invalid_grant") };
        let mut claims = json!({
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": person.employee,
            "email": person.email,
            "email_verified": true,
            "name": person.name,
            "groups": person.groups,
            "iat": now.as_second(),
            "exp": now.as_second() + GOOD_FOR.as_secs(),
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        let tokens = json!({
            "id_token": self.keys.sign(&claims),
            "access_token": opaque_token(),
            "token_type": "Bearer",
            "expires_in": GOOD_FOR.as_secs(),
        });
        json(StatusCode::OK, &tokens)
    }
}

fn refused(error: &str) -> Reply {
    json(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}
