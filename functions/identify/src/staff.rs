//! The company's own people: to the company's sign-in and back, and whether they are still what they were.

use std::collections::BTreeSet;

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::access::{Actor, Role, Staff};
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::id::PersonId;
use platform::identity::staff::{CALLBACK, CameBack, StaffPerson, StaffWay};
use platform::store::{Session, SessionId};
use platform::{App, Incoming, PageError, anybody, respond, session, telemetry};
use subtle::ConstantTimeEq;
use templates::pages::sign_in::NEXT;
use templates::pages::staff_sign_in::{self, Why};
use templates::path::Path;

/// Sends the browser to the company's sign-in, with what must come back with it.
pub(crate) async fn begin(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        let (id, now) = (SessionId::mint()?, app.clock.now());
        let way = StaffWay::mint(next.map(|next| next.to_string()), now)?;
        let entrance = app.identity.staff_entrance(&way)?;
        app.store.begin_flow(&id, &way, way.kept).await?;
        Ok(respond::with_cookie(respond::away(&entrance), &session::given(session::FLOW_COOKIE, &id)))
    })
    .await
}

/// Takes the browser back. Whatever comes of it, what began is over: nothing comes back twice.
pub(crate) async fn come_back(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        if !app.identity.has_staff() {
            return Err(PageError::NotFound);
        }
        // A page is what comes back, never a picture or a frame of somebody else's page.
        if incoming.header("sec-fetch-dest").is_some_and(|wanted| wanted != "document") {
            return Err(PageError::Forbidden);
        }
        let now = app.clock.now();
        let way = match incoming.flow() {
            Some(id) => app.store.end_flow(&id, now).await?,
            None => None,
        };
        let answer = match proven(app, &incoming, way, now).await? {
            Ok((person, next)) => let_in(app, &incoming, person, next, now).await?,
            Err(why) => refusal(why),
        };
        Ok(respond::with_cookie(answer, &session::taken(session::FLOW_COOKIE)))
    })
    .await
}

/// Who came back, and where they were going; or why that is not known.
async fn proven(
    app: &App,
    incoming: &Incoming,
    way: Option<StaffWay>,
    now: Timestamp,
) -> Result<Result<(StaffPerson, Option<Path>), Why>, PageError> {
    let Some(way) = way else { return Ok(Err(Why::Repeated)) };
    if way.expires <= now {
        return Ok(Err(Why::Late));
    }
    let state = incoming.query("state").unwrap_or_default();
    if !bool::from(state.as_bytes().ct_eq(way.state.as_bytes())) {
        return Ok(Err(Why::MixedUp));
    }
    let Some(code) = incoming.query("code").filter(|_| incoming.query("error").is_none()) else {
        return Ok(Err(Why::Declined));
    };
    match app.identity.staff_came_back(&code, &way, now).await? {
        CameBack::Unproven => Ok(Err(Why::Unproven)),
        CameBack::Person(person) if person.roles.is_empty() => {
            refused(app, person.id, now).await?;
            Ok(Err(Why::NoRole))
        }
        CameBack::Person(person) => Ok(Ok((person, way.next.as_deref().and_then(Path::own)))),
    }
}

async fn refused(app: &App, person: PersonId, now: Timestamp) -> Result<(), PageError> {
    telemetry::sign_in_failed();
    let event = Event::new(Act::SignInFailed, now, Some(person), Capacity::Visitor);
    app.store.audit(&Subject::Person(person), &event.on(CALLBACK).about(Why::NoRole.as_str())).await?;
    Ok(())
}

fn refusal(why: Why) -> Response<Body> {
    let reference = respond::reference();
    tracing::warn!(%reference, why = why.as_str(), "a member of staff is not let in");
    let status = match why {
        Why::Declined | Why::NoRole => StatusCode::FORBIDDEN,
        Why::Late | Why::Repeated | Why::MixedUp | Why::Unproven => StatusCode::BAD_REQUEST,
    };
    respond::page(status, staff_sign_in::render(&anybody(""), why, &Path::STAFF_SIGN_IN, &reference))
}

async fn let_in(
    app: &App,
    incoming: &Incoming,
    person: StaffPerson,
    next: Option<Path>,
    now: Timestamp,
) -> Result<Response<Body>, PageError> {
    let StaffPerson { id: person, username, name, roles } = person;
    let actor = Actor::Staff(Staff { person, username: username.into(), roles, grant: None });
    let event = Event::new(Act::SignedIn, now, Some(person), actor.capacity());
    app.store.audit(&Subject::Person(person), &event.on(CALLBACK)).await?;
    let session = Session { actor, name, began: now, last_used: now, checked: now };
    let id = app.open_session(&session, &incoming.viewer(&app.config).device(), incoming.session.as_ref()).await?;
    let response = respond::see_other(&next.unwrap_or(Path::WORK));
    Ok(respond::with_cookie(response, &session::given(session::SESSION_COOKIE, &id)))
}

/// Sends the browser to where the company's own sign-in ends.
pub(crate) async fn leave(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |_| Ok(respond::away(&app.identity.staff_exit()?))).await
}

/// A member of staff who may still come in.
pub(crate) enum Checked {
    /// As before.
    Same,
    /// As something else than before, under this id.
    Changed(SessionId),
}

impl Checked {
    /// An answer to the person, who is told of a new id.
    pub(crate) fn answer(self, response: Response<Body>) -> Response<Body> {
        match self {
            Self::Same => response,
            Self::Changed(id) => respond::with_cookie(response, &session::given(session::SESSION_COOKIE, &id)),
        }
    }
}

/// Writes down what a member of staff turned out to be now; `None` when they may not come in any more.
pub(crate) async fn checked(
    app: &App,
    (id, device): (&SessionId, &str),
    session: &Session,
    person: &Staff,
    roles: BTreeSet<Role>,
    now: Timestamp,
) -> Result<Option<Checked>, PageError> {
    if roles.is_empty() {
        app.store.end_session(person.person, id).await?;
        return Ok(None);
    }
    if roles == person.roles {
        app.store.session_checked(id, now).await?;
        return Ok(Some(Checked::Same));
    }
    let changed = Session { actor: Actor::Staff(Staff { roles, ..person.clone() }), checked: now, ..session.clone() };
    Ok(Some(Checked::Changed(app.open_session(&changed, device, Some(id)).await?)))
}
