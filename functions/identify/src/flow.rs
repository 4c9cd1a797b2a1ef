//! What is under way between two pages. The browser holds an id; what it stands for is in the store for some minutes, and works
//! once.

use jiff::{SignedDuration, Timestamp};
use lambda_http::{Body, Response};
use order_manager::id::{CustomerId, PersonId};
use order_manager::party::EmailAddress;
use platform::identity::{Challenge, Proof};
use platform::store::SessionId;
use platform::{App, Incoming, PageError, respond, session};
use serde::{Deserialize, Serialize};
use templates::path::Path;

/// How long a page may be looked at before its form is sent.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// The pool itself forgets its questions after this long.
const CHALLENGE_LASTS: SignedDuration = SignedDuration::from_mins(3);

/// What is under way.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Flow {
    /// The password was right, and the pool asks something more.
    Asked { challenge: Challenge, email: String, next: Option<String> },
    /// A sign-in was asked for; a code went to its address.
    SignUp(NewSignIn),
    /// A password of one's own is chosen by somebody who has shown who they are.
    Choose { person: String, name: String, next: Option<String> },
    /// A code may have gone to an address, to choose a new password with.
    Recover { email: EmailAddress },
    /// A code went to an address that somebody wants to sign in with.
    Email { person: String, email: EmailAddress, code: String },
    /// An authenticator app is to show a code.
    Factor { person: String, proof: Proof, secret: String, email: String },
    /// A code may have gone to the contact of an account.
    Link { person: String, customer: Option<String>, code: String },
}

/// A sign-in that was asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewSignIn {
    pub(crate) email: EmailAddress,
    pub(crate) name: String,
    pub(crate) made: Made,
    /// When a code was last sent.
    pub(crate) sent: Timestamp,
    pub(crate) next: Option<String>,
}

/// Whether it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Made {
    /// With the password that was typed, for this person.
    Now(String),
    /// Before, by whomever, and never confirmed: its password is not to be believed.
    Before,
    /// It is in use, or cannot be made: no code will ever be right.
    Not,
}

impl Flow {
    const fn lasts(&self) -> SignedDuration {
        match self {
            Self::Asked { .. } => CHALLENGE_LASTS,
            _ => LASTS,
        }
    }

    /// Begins it, and goes to its page. It gets an id of its own, whatever the browser had before.
    pub(crate) async fn begin(&self, app: &App, page: &Path) -> Result<Response<Body>, PageError> {
        let now = app.clock.now();
        let id = SessionId::mint()?;
        app.store.begin_flow(&id, self, now.saturating_add(self.lasts()).unwrap_or(now)).await?;
        Ok(respond::with_cookie(respond::see_other(page), &session::given(session::FLOW_COOKIE, &id)))
    }

    /// Puts it in the place of what the browser's id stood for.
    pub(crate) async fn replace(&self, app: &App, id: &SessionId) -> Result<(), PageError> {
        let now = app.clock.now();
        Ok(app.store.begin_flow(id, self, now.saturating_add(self.lasts()).unwrap_or(now)).await?)
    }
}

/// What is under way in this browser; otherwise back to where it begins.
pub(crate) async fn under_way(app: &App, incoming: &Incoming, begins: &Path) -> Result<(SessionId, Flow), PageError> {
    let elsewhere = || PageError::SeeOther(begins.clone());
    let id = incoming.flow().ok_or_else(elsewhere)?;
    let flow = app.store.flow(&id, app.clock.now()).await?.ok_or_else(elsewhere)?;
    Ok((id, flow))
}

/// Ends what is under way: of several requests that do so at once, one goes on.
pub(crate) async fn end(app: &App, id: &SessionId, begins: &Path) -> Result<Flow, PageError> {
    app.store.end_flow(id, app.clock.now()).await?.ok_or_else(|| PageError::SeeOther(begins.clone()))
}

/// An answer that takes the browser's id away.
pub(crate) fn over(response: Response<Body>) -> Response<Body> {
    respond::with_cookie(response, &session::taken(session::FLOW_COOKIE))
}

pub(crate) fn person(text: &str) -> Result<PersonId, PageError> {
    text.parse().map_err(|_| PageError::Broken("a person without an id"))
}

pub(crate) fn customer(text: &str) -> Result<CustomerId, PageError> {
    text.parse().map_err(|_| PageError::Broken("a customer without an id"))
}
