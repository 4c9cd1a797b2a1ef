//! Signing out, and asking the identity provider again whether somebody may still come in.

use http::{HeaderValue, StatusCode, header};
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::audit::Act;
use platform::session::{Asking, Standing, standing};
use platform::store::Wanted;
use platform::{App, PageError, anybody, respond, session};
use templates::pages::sign_in::NEXT;
use templates::pages::signed_out::{self, Whose};
use templates::path::Path;

use crate::opening::record;
use crate::staff;

/// Said of who signed out, where that was a member of staff.
const STAFF: &str = "staff";

pub(crate) async fn sign_out(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mut path = Path::SIGNED_OUT;
        if let Some(id) = &incoming.session {
            if !session::is_token_of(id, &incoming.token) {
                return Err(PageError::Forbidden);
            }
            let loaded = app.store.load(&Wanted { session: Some(id), ..Wanted::default() }).await?;
            // Whatever comes of the rest, the session itself is gone first.
            if let Some(session) = loaded.session {
                let person = session.actor.person();
                app.store.end_session(person, id).await?;
                match session.actor {
                    Actor::Customer { .. } => record(app, person, Act::SignedOut, "/sign-out").await?,
                    Actor::Staff(_) => path = path.with(STAFF, "yes"),
                }
            }
        }
        let mut response = respond::see_other(&path);
        // What the browser kept of this person's pages goes with the session.
        response.headers_mut().insert(header::HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
        Ok(respond::with_cookie(response, &session::taken(session::SESSION_COOKIE)))
    })
    .await
}

pub(crate) async fn farewell(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let staff = app.identity.has_staff() && incoming.query(STAFF).is_some();
        let whose = if staff { Whose::Staff } else { Whose::Customer };
        Ok(respond::page(StatusCode::OK, signed_out::render(&anybody(""), whose)))
    })
    .await
}

/// Asks the identity provider whether the person may still come in, then goes back to where they were going.
pub(crate) async fn check(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        let sign_in = || PageError::SignIn { return_to: next.clone(), ended: true };
        let id = incoming.session.as_ref().ok_or_else(sign_in)?;
        let loaded = app.store.load(&Wanted { session: Some(id), ..Wanted::default() }).await?;
        let session = loaded.session.ok_or_else(sign_in)?;
        let now = app.clock.now();
        if standing(&session, now, Asking::Page, &app.config) == Standing::Over {
            return Err(sign_in());
        }
        let go_on = respond::see_other(&next.clone().unwrap_or(Path::START));
        if let Actor::Staff(person) = &session.actor {
            let roles = app.identity.staff_roles(&person.username).await?;
            let standing =
                staff::checked(app, (id, &incoming.viewer(&app.config).device()), &session, person, roles, now).await?;
            return standing.map(|standing| standing.answer(go_on)).ok_or_else(sign_in);
        }
        if !app.identity.is_enabled(session.actor.person()).await? {
            app.store.end_sessions_of(session.actor.person(), None).await?;
            app.store.end_session(session.actor.person(), id).await?;
            return Err(sign_in());
        }
        app.store.session_checked(id, now).await?;
        Ok(go_on)
    })
    .await
}
