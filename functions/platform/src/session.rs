//! Sessions: the cookie, the token that ties a form to it, and when it is over.

use cookie::{Cookie, SameSite};
use hmac::{Hmac, KeyInit, Mac};
use http::header;
use jiff::{SignedDuration, Timestamp};
use lambda_http::Request;
use order_manager::access::{Act, Actor};
use order_manager::hex;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::config::Config;
use crate::store::{Session, SessionId};

/// The cookie of a person who is signed in.
pub const SESSION_COOKIE: &str = "__Host-sid";
/// The cookie of a visitor who is not: what they checked, and where they were going.
pub const VISITOR_COOKIE: &str = "__Host-visitor";
/// The cookie of what is under way between two pages, such as signing in with a second factor.
pub const FLOW_COOKIE: &str = "__Host-flow";

/// A session ends after so long without use.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// For so long after its end a session still proves whose a form is, and nothing else.
const PROVES: SignedDuration = SignedDuration::from_hours(24);
/// A customer's session ends so long after it began.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// The last use is written at most so often.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// After so long the identity provider is asked again whether a customer may come in.
const RECHECK_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// After so long it is asked again whether a member of staff may.
const RECHECK_STAFF_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// A form that was being filled in is still taken so long after the last check.
const RECHECK_FORMS_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// The cookie's value, when the request has one that can be ours.
#[must_use]
pub fn cookie(request: &Request, name: &str) -> Option<SessionId> {
    let headers = request.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = headers.flat_map(|text| Cookie::split_parse(text.to_owned()).flatten());
    cookies.find(|cookie| cookie.name() == name).and_then(|cookie| SessionId::parse(cookie.value()))
}

/// The `Set-Cookie` that gives a browser an id.
#[must_use]
pub fn given(name: &'static str, id: &SessionId) -> String {
    Cookie::build((name, id.as_cookie().to_owned())).path("/").secure(true).http_only(true).same_site(SameSite::Lax).to_string()
}

/// The `Set-Cookie` that takes it away.
#[must_use]
pub fn taken(name: &'static str) -> String {
    Cookie::build((name, ""))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(cookie::time::Duration::ZERO)
        .to_string()
}

/// The token that every form of a session carries. The cookie is the key: nobody who has not got it can make one, and another
/// site cannot read it.
#[must_use]
pub fn form_token(id: &SessionId) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(id.as_cookie().as_bytes()) else { return String::new() };
    mac.update(b"form");
    hex::of(&mac.finalize().into_bytes()[..16])
}

/// What only a holder of the session's cookie can prove of some words, each told apart from the next.
#[must_use]
pub(crate) fn proof(id: &SessionId, words: &[&str]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(id.as_cookie().as_bytes()) else { return vec![] };
    for word in words {
        mac.update(&u64::try_from(word.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(word.as_bytes());
    }
    mac.finalize().into_bytes().to_vec()
}

/// Whether a form's token is this session's.
#[must_use]
pub fn is_token_of(id: &SessionId, token: &str) -> bool {
    form_token(id).as_bytes().ct_eq(token.as_bytes()).into()
}

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is good.
    Good,
    /// It is good, and its last use should be written.
    Unwritten,
    /// The identity provider has to be asked first.
    Unchecked,
    /// It is over.
    Over,
}

/// How a session stands at a time, for showing a page or taking a form.
#[must_use]
pub fn standing(session: &Session, now: Timestamp, request: Asking, config: &Config) -> Standing {
    let since = |at: Timestamp| now.duration_since(at);
    let recheck_pages = match session.actor {
        Actor::Customer { .. } => RECHECK_AFTER,
        Actor::Staff(_) => RECHECK_STAFF_AFTER,
    };
    let recheck = match request {
        Asking::Page => recheck_pages,
        Asking::Form => RECHECK_FORMS_AFTER,
    };
    if now >= end(session, config) {
        Standing::Over
    } else if since(session.checked) >= recheck {
        Standing::Unchecked
    } else if since(session.last_used) >= TOUCH_AFTER {
        Standing::Unwritten
    } else {
        Standing::Good
    }
}

/// What is asked of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// To show a page.
    Page,
    /// To take a form.
    Form,
}

impl Asking {
    /// What is done with what is a customer's.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Page => Act::See,
            Self::Form => Act::Change,
        }
    }
}

/// When a session ends that is not used again.
#[must_use]
pub fn end(session: &Session, config: &Config) -> Timestamp {
    let longest = match session.actor {
        Actor::Customer { .. } => LONGEST,
        Actor::Staff(_) => config.longest_staff_session,
    };
    let after = |from: Timestamp, so_long: SignedDuration| from.saturating_add(so_long).unwrap_or(from);
    after(session.last_used, IDLE).min(after(session.began, longest))
}

/// Until when a session that has ended still proves whose a form is.
#[must_use]
pub fn proves_until(session: &Session, config: &Config) -> Timestamp {
    let end = end(session, config);
    end.saturating_add(PROVES).unwrap_or(end)
}

/// Until when the row of a session has to be kept that is used now.
#[must_use]
pub fn row_kept_until(now: Timestamp) -> Timestamp {
    now.saturating_add(IDLE + PROVES).unwrap_or(now)
}
