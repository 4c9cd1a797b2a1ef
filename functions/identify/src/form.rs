//! What every form here is held to, and whose pages these are.

use futures_util::future::try_join_all;
use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Response};
use maud::Markup;
use order_manager::access::Actor;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, PersonId};
use order_manager::party::EmailAddress;
use platform::limits::{Leave, Limit};
use platform::session::Asking;
use platform::store::SessionId;
use platform::{App, Asker, Incoming, PageError, anybody, respond, session};
use secrecy::SecretString;
use templates::layout::Context;
use templates::pages::password::SHORTEST;

/// Longer than any password the pool takes.
const LONGEST_PASSWORD: usize = 256;
/// The longest e-mail address (RFC 5321).
pub(crate) const LONGEST_EMAIL: usize = 254;

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// So many characters at most.
    Text(usize),
    /// An e-mail address.
    Email,
    /// The password there is.
    Password,
    /// A password to come.
    NewPassword,
    /// A code of digits.
    Code,
}

/// What is wrong with what was typed.
pub(crate) fn wrong_with(entered: &Entered, fields: &[(&'static str, Takes)]) -> Vec<FieldError> {
    let wrong = |(name, takes): &(&'static str, Takes)| {
        // Spaces at the ends of a password are part of it.
        let text = entered.text(name);
        let text = if matches!(takes, Takes::Password | Takes::NewPassword) { text } else { text.trim() };
        let length = text.chars().count();
        let longest = match takes {
            Takes::Text(longest) => *longest,
            Takes::Email => LONGEST_EMAIL,
            Takes::Password | Takes::NewPassword => LONGEST_PASSWORD,
            Takes::Code => 20,
        };
        let reason = match takes {
            _ if entered.all(name).len() > 1 => Some(Reason::Doubled),
            _ if length == 0 => Some(Reason::Missing),
            _ if length > longest => Some(Reason::TooLong { max: longest }),
            Takes::Text(_) if text.chars().any(char::is_control) => Some(Reason::UnreadableText),
            Takes::Email if text.parse::<EmailAddress>().is_err() => Some(Reason::NotAnEmail),
            Takes::NewPassword if length < SHORTEST => Some(Reason::TooShort { min: SHORTEST }),
            Takes::Code if digits(text).is_empty() => Some(Reason::Said("code-not-right")),
            _ => None,
        };
        reason.map(|reason| FieldError::new(*name, reason))
    };
    fields.iter().filter_map(wrong).collect()
}

/// A code as it is meant, however it was spaced; empty when it has anything else in it.
pub(crate) fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.chars().all(|c| c.is_ascii_digit()) { digits } else { String::new() }
}

/// What was typed as a password, out of sight of any log.
pub(crate) fn secret(entered: &Entered, name: &str) -> SecretString {
    SecretString::from(entered.text(name).to_owned())
}

/// The form's address of e-mail, which [`wrong_with`] has looked at.
pub(crate) fn email(entered: &Entered, name: &str) -> Result<EmailAddress, PageError> {
    entered.text(name).parse().map_err(|_| PageError::Unprocessable)
}

/// Whether a form was sent from a page that was shown to this id, with the fields that such a page has.
pub(crate) fn is_ours(incoming: &Incoming, id: Option<&SessionId>, names: &[&str]) -> Result<bool, PageError> {
    let ours = id.is_some_and(|id| session::is_token_of(id, &incoming.token));
    if ours && incoming.entered.names().any(|name| !names.contains(&name)) {
        return Err(PageError::Unprocessable);
    }
    Ok(ours)
}

/// The error of a form that is not.
pub(crate) fn not_ours() -> [FieldError; 1] {
    [FieldError::new("", Reason::Said("form-not-ours"))]
}

/// The error of a try that may not be made, at the field it stands by.
pub(crate) fn too_often(field: &'static str) -> [FieldError; 1] {
    [FieldError::new(field, Reason::Said("tried-too-often"))]
}

/// What is wrong, at one field, in the page's own words.
pub(crate) fn said(field: &'static str, key: &'static str) -> [FieldError; 1] {
    [FieldError::new(field, Reason::Said(key))]
}

/// Counts a try against each limit; whether it may be made, and whether it is the one that had it come to a wait.
pub(crate) async fn leave(app: &App, limits: &[&Limit<'_>], now: Timestamp) -> Result<Leave, PageError> {
    let mut leave = Leave::Given;
    for this in try_join_all(limits.iter().map(|limit| limit.take(&app.store, now))).await? {
        if leave.is_given() || matches!(this, Leave::Exhausted(_)) {
            leave = this;
        }
    }
    Ok(leave)
}

/// A page shown to nobody in particular, with the forms' token of the browser.
pub(crate) fn to_anybody(
    incoming: &Incoming,
    status: StatusCode,
    show: impl FnOnce(&Context<'_>) -> Markup,
) -> Result<Response<Body>, PageError> {
    let visitor = match &incoming.visitor {
        Some(visitor) => visitor.clone(),
        None => SessionId::mint()?,
    };
    let token = session::form_token(&visitor);
    let response = respond::page(status, show(&anybody(&token)));
    Ok(respond::with_cookie(response, &session::given(session::VISITOR_COOKIE, &visitor)))
}

/// A customer's own session.
#[derive(Debug)]
pub(crate) struct Mine {
    pub(crate) asker: Asker,
    pub(crate) person: PersonId,
    pub(crate) customers: Vec<CustomerId>,
}

/// Who asks, signed in as a customer. Staff have none of these pages.
pub(crate) async fn mine(app: &App, incoming: &Incoming, asking: Asking) -> Result<Mine, PageError> {
    of_a_customer(Asker::of(app, incoming, asking).await?)
}

/// The same, of somebody who is known already.
pub(crate) fn of_a_customer(asker: Asker) -> Result<Mine, PageError> {
    match asker.session.actor.clone() {
        Actor::Customer { person, customers } => Ok(Mine { asker, person, customers }),
        Actor::Staff(_) => Err(PageError::NotFound),
    }
}
