//! An account that opens: the grant in the session, under a new id, and what is written down of it.

use jiff::SignedDuration;
use lambda_http::{Body, Response};
use order_manager::access::{AccessReason, Actor, CustomerAuthentication, Grant, Staff};
use order_manager::audit::{Act, Event, Subject};
use order_manager::id::CustomerId;
use order_manager::party::Customer;
use platform::store::{FoundCustomer, Session};
use platform::{App, Asker, PageError, respond, session};
use templates::pages::customer_access::how_value;
use templates::path::Path;

use crate::Member;

/// The page that all of this happens on, as records name it.
const PAGE: &str = "/customers/{customer}/access";
/// An account stays open for so long.
const LASTS: SignedDuration = SignedDuration::from_mins(60);

/// Adds to a customer's trail what a member of staff did.
pub(crate) async fn audit(
    app: &App,
    member: &Member,
    act: Act,
    customer: CustomerId,
    about: Option<String>,
) -> Result<(), PageError> {
    let event =
        Event::new(act, member.asker.now, Some(member.person()), member.asker.session.actor.capacity()).on(PAGE).of(customer);
    let event = match about {
        Some(about) => event.about(about),
        None => event,
    };
    app.store.audit(&Subject::Customer(customer), &event).await?;
    Ok(())
}

/// Opens a customer's account and goes on. What it is opened for is on record before it is open.
pub(crate) async fn open(
    app: &App,
    member: &Member,
    customer: &Customer,
    reason: AccessReason,
    authenticated: CustomerAuthentication,
    next: Option<Path>,
) -> Result<Response<Body>, PageError> {
    let about = format!("{}, {}", reason.as_str(), how_value(authenticated));
    audit(app, member, Act::AccessOpened, customer.id, Some(about)).await?;
    let given = member.asker.now;
    let grant = Grant {
        customer: customer.id,
        name: customer.name.clone(),
        account_number: customer.account_number.clone(),
        reason,
        authenticated,
        given,
        until: given.saturating_add(LASTS).unwrap_or(given),
    };
    app.store.remember_customer(member.person(), FoundCustomer::of(customer), given).await?;
    let next = next.unwrap_or_else(|| Path::customer(customer.id));
    changed(app, member, Some(grant), &next).await
}

/// Closes the account that is open.
pub(crate) async fn close(app: &App, member: &Member, customer: CustomerId, next: &Path) -> Result<Response<Body>, PageError> {
    audit(app, member, Act::AccessClosed, customer, None).await?;
    changed(app, member, None, next).await
}

/// The session as it is now, under a new id: a change of privilege.
async fn changed(app: &App, member: &Member, grant: Option<Grant>, next: &Path) -> Result<Response<Body>, PageError> {
    let actor = Actor::Staff(Staff { grant, ..member.staff.clone() });
    let Asker { session_id, session, now, .. } = member.asker.clone();
    let session = Session { actor, last_used: now, ..session };
    let id = app.open_session(&session, &member.device, Some(&session_id)).await?;
    Ok(respond::with_cookie(respond::see_other(next), &session::given(session::SESSION_COOKIE, &id)))
}
