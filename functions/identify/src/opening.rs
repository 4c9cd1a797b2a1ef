//! A customer's session: opened at sign-in, and anew at every change of privilege.

use futures_util::future::try_join;
use lambda_http::{Body, Response};
use order_manager::access::Actor;
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::id::{CustomerId, PersonId};
use order_manager::party::EmailAddress;
use platform::identity::Person;
use platform::store::Session;
use platform::{App, Asker, Incoming, PageError, respond, session};
use templates::mail::Mail;
use templates::path::Path;

use crate::form::Mine;

/// Opens a session for somebody who has shown who they are, and goes where they were going.
pub(crate) async fn open(
    app: &App,
    incoming: &Incoming,
    person: Person,
    next: Option<Path>,
    page: &'static str,
) -> Result<Response<Body>, PageError> {
    let customers = app.store.customers_of(person.id).await?;
    let now = app.clock.now();
    let leads = match customers.first() {
        Some(first) => next.unwrap_or_else(|| Path::customer(*first)),
        // Whoever has no account yet is led to one first.
        None => Path::ACCOUNT_LINK,
    };
    let event = Event::new(Act::SignedIn, now, Some(person.id), Capacity::Customer).on(page);
    let actor = Actor::Customer { person: person.id, customers };
    let session = Session { actor, name: person.name, began: now, last_used: now, checked: now };
    let subject = Subject::Person(person.id);
    let written = async { app.store.audit(&subject, &event).await.map_err(PageError::from) };
    let device = incoming.viewer(&app.config).device();
    let opened = app.open_session(&session, &device, incoming.session.as_ref());
    let (id, _) = try_join(opened, written).await?;
    Ok(respond::with_cookie(respond::see_other(&leads), &session::given(session::SESSION_COOKIE, &id)))
}

/// Goes on under a new id, for these customers, and to another page.
pub(crate) async fn renew(
    app: &App,
    incoming: &Incoming,
    mine: &Mine,
    customers: Vec<CustomerId>,
    leads: &Path,
) -> Result<Response<Body>, PageError> {
    let actor = Actor::Customer { person: mine.person, customers };
    let Asker { session_id, session, now, .. } = mine.asker.clone();
    let session = Session { actor, last_used: now, ..session };
    let id = app.open_session(&session, &incoming.viewer(&app.config).device(), Some(&session_id)).await?;
    Ok(respond::with_cookie(respond::see_other(leads), &session::given(session::SESSION_COOKIE, &id)))
}

/// Writes down what somebody did about their own sign-in.
pub(crate) async fn record(app: &App, person: PersonId, act: Act, page: &'static str) -> Result<(), PageError> {
    let event = Event::new(act, app.clock.now(), Some(person), Capacity::Customer).on(page);
    app.store.audit(&Subject::Person(person), &event).await?;
    Ok(())
}

/// Sends a message that nothing waits for: what it tells of is done, and stays so.
pub(crate) async fn tell(app: &App, to: &EmailAddress, mail: &Mail) {
    if let Err(error) = app.mailer.send(to, mail, app.clock.now()).await {
        tracing::warn!(?error, kind = mail.kind.as_str(), "a message was not sent");
    }
}
