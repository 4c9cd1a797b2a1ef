//! Who is asking: signing in, signing out, and asking the identity provider again.

mod staff;

use http::{HeaderValue, StatusCode, header};
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::entered::{Entered, FieldError, Reason};
use platform::identity::SignIn as Outcome;
use platform::store::{Session, SessionId, Wanted};
use platform::{App, Incoming, PageError, Route, anybody, respond, session};
use secrecy::SecretString;
use templates::pages::sign_in::{self, EMAIL, NEXT, PASSWORD, SignIn, Why};
use templates::pages::signed_out::{self, Whose};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /sign-in", handler: |app, request| Box::pin(ask(app, request)) },
    Route { key: "POST /sign-in", handler: |app, request| Box::pin(sign_in(app, request)) },
    Route { key: "POST /sign-out", handler: |app, request| Box::pin(sign_out(app, request)) },
    Route { key: "GET /signed-out", handler: |app, request| Box::pin(farewell(app, request)) },
    Route { key: "GET /staff/sign-in", handler: |app, request| Box::pin(staff::begin(app, request)) },
    Route { key: "GET /staff/callback", handler: |app, request| Box::pin(staff::come_back(app, request)) },
    Route { key: "GET /staff/sign-out", handler: |app, request| Box::pin(staff::leave(app, request)) },
    Route { key: "GET /session/check", handler: |app, request| Box::pin(check(app, request)) },
];

/// Said of who signed out, where that was a member of staff.
const STAFF: &str = "staff";
/// Longer than any password the pool takes.
const LONGEST_PASSWORD: usize = 256;

async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        let why = match (&next, incoming.query("ended")) {
            (_, Some(_)) => Why::Ended,
            (Some(_), None) => Why::Needed,
            (None, None) => Why::Asked,
        };
        page(app, &incoming, StatusCode::OK, &Entered::default(), &[], false, why, next)
    })
    .await
}

async fn sign_in(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let next = Path::own(entered.text(NEXT));
        let again = |errors: &[FieldError], refused| {
            page(app, &incoming, StatusCode::UNPROCESSABLE_ENTITY, entered, errors, refused, Why::Asked, next.clone())
        };
        let ours = incoming.visitor.as_ref().is_some_and(|visitor| session::is_token_of(visitor, &incoming.token));
        if !ours {
            return again(&[FieldError::new("", Reason::Said("form-not-ours"))], false);
        }
        if entered.names().any(|name| ![EMAIL, PASSWORD, NEXT].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let mut errors = vec![];
        for (name, max) in [(EMAIL, 254), (PASSWORD, LONGEST_PASSWORD)] {
            match (entered.all(name), entered.text(name).chars().count()) {
                ([_, _, ..], _) => errors.push(FieldError::new(name, Reason::Doubled)),
                (_, 0) => errors.push(FieldError::new(name, Reason::Missing)),
                (_, length) if length > max => errors.push(FieldError::new(name, Reason::TooLong { max })),
                _ => {}
            }
        }
        if !errors.is_empty() {
            return again(&errors, false);
        }
        let now = app.clock.now();
        let password = SecretString::from(entered.text(PASSWORD).to_owned());
        let Outcome::Person(person) = app.identity.sign_in(entered.text(EMAIL).trim(), &password, now).await? else {
            return again(&[], true);
        };
        let customers = app.store.customers_of(person.id).await?;
        let Some(first) = customers.first().copied() else { return again(&[], true) };
        // A new id at every change of privilege: one that was planted before is worth nothing.
        let id = SessionId::mint()?;
        let actor = Actor::Customer { person: person.id, customers };
        let session = Session { actor, name: person.name, began: now, last_used: now, checked: now };
        app.store.put_session(&id, &session).await?;
        if let Some(old) = &incoming.session {
            app.store.delete_session(old).await?;
        }
        let response = respond::see_other(&next.unwrap_or_else(|| Path::customer(first)));
        Ok(respond::with_cookie(response, &session::given(session::SESSION_COOKIE, &id)))
    })
    .await
}

#[expect(clippy::too_many_arguments, reason = "what the page shows, each of it once")]
fn page(
    app: &App,
    incoming: &Incoming,
    status: StatusCode,
    entered: &Entered,
    errors: &[FieldError],
    refused: bool,
    why: Why,
    next: Option<Path>,
) -> Result<Response<Body>, PageError> {
    let visitor = match &incoming.visitor {
        Some(visitor) => visitor.clone(),
        None => SessionId::mint()?,
    };
    let token = session::form_token(&visitor);
    let staff = app.identity.has_staff().then(|| match &next {
        Some(next) => Path::STAFF_SIGN_IN.with(NEXT, next.as_str()),
        None => Path::STAFF_SIGN_IN,
    });
    let view = SignIn { entered, errors, refused, why, next, create_account: None, recover: None, staff };
    let response = respond::page(status, sign_in::render(&anybody(&token), &view));
    Ok(respond::with_cookie(response, &session::given(session::VISITOR_COOKIE, &visitor)))
}

async fn sign_out(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mut path = Path::SIGNED_OUT;
        if let Some(id) = &incoming.session {
            if !session::is_token_of(id, &incoming.token) {
                return Err(PageError::Forbidden);
            }
            let loaded = app.store.load(&Wanted { session: Some(id), ..Wanted::default() }).await?;
            app.store.delete_session(id).await?;
            if matches!(loaded.session, Some(Session { actor: Actor::Staff(_), .. })) {
                path = path.with(STAFF, "yes");
            }
        }
        let mut response = respond::see_other(&path);
        // What the browser kept of this person's pages goes with the session.
        response.headers_mut().insert(header::HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
        Ok(respond::with_cookie(response, &session::taken(session::SESSION_COOKIE)))
    })
    .await
}

async fn farewell(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let staff = app.identity.has_staff() && incoming.query(STAFF).is_some();
        let whose = if staff { Whose::Staff } else { Whose::Customer };
        Ok(respond::page(StatusCode::OK, signed_out::render(&anybody(""), whose)))
    })
    .await
}

/// Asks the identity provider whether the person may still come in, then goes back to where they were going.
async fn check(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        let sign_in = || PageError::SignIn { return_to: next.clone(), ended: true };
        let id = incoming.session.as_ref().ok_or_else(sign_in)?;
        let loaded = app.store.load(&Wanted { session: Some(id), ..Wanted::default() }).await?;
        let session = loaded.session.ok_or_else(sign_in)?;
        let now = app.clock.now();
        if session::standing(&session, now, session::Asking::Page, &app.config) == session::Standing::Over {
            return Err(sign_in());
        }
        let go_on = respond::see_other(&next.clone().unwrap_or(Path::START));
        if let Actor::Staff(person) = &session.actor {
            let roles = app.identity.staff_roles(&person.username).await?;
            let standing = staff::checked(app, id, &session, person, roles, now).await?;
            return standing.map(|standing| standing.answer(go_on)).ok_or_else(sign_in);
        }
        if !app.identity.is_enabled(session.actor.person()).await? {
            app.store.delete_session(id).await?;
            return Err(sign_in());
        }
        app.store.session_checked(id, now).await?;
        Ok(go_on)
    })
    .await
}
