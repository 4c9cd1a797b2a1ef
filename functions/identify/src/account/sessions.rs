//! Where one is signed in, and ending it there.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::calendar::company_day;
use platform::session::{Asking, Standing, standing};
use platform::{App, PageError, respond, session};
use templates::pages::account::sessions::{self, END, Entry, OTHERS, Sessions};
use templates::path::Path;

use crate::form::mine;
use crate::opening::record;

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        let (own, here) = (app.store.sessions_of(mine.person).await?, mine.asker.session_id.key());
        let entries: Vec<_> = own
            .iter()
            .filter(|own| standing(&own.session, mine.asker.now, Asking::Page, &app.config) != Standing::Over)
            .map(|own| Entry {
                key: &own.key,
                device: &own.device,
                began: company_day(own.session.began),
                idle: mine.asker.now.duration_since(own.session.last_used).as_mins(),
                here: own.key == here,
            })
            .collect();
        let view = Sessions { sessions: &entries, ended: incoming.query("ended").is_some() };
        Ok(mine.asker.page(StatusCode::OK, |context| sessions::render(context, &view)))
    })
    .await
}

/// Ends one of one's own sessions, or all but this one. Somebody else's is not there.
pub(crate) async fn end(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        if !session::is_token_of(&mine.asker.session_id, &incoming.token) {
            return Err(PageError::Forbidden);
        }
        let ended = match incoming.entered.text(END) {
            OTHERS => app.store.end_sessions_of(mine.person, Some(&mine.asker.session_id)).await? > 0,
            key => app.store.end_own_session(mine.person, key).await?,
        };
        if !ended && incoming.entered.text(END) != OTHERS {
            return Err(PageError::NotFound);
        }
        if ended {
            record(app, mine.person, Act::SessionEnded, "/account/sessions").await?;
        }
        Ok(respond::see_other(&Path::ACCOUNT_SESSIONS.with("ended", "yes")))
    })
    .await
}
