//! One's own sign-in: what it is, and changing it. Every change asks for the password again, and is told to the address there was.

pub(crate) mod begin;
pub(crate) mod email;
pub(crate) mod factor;
pub(crate) mod link;
pub(crate) mod password;
pub(crate) mod sessions;

use futures_util::future::try_join_all;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use platform::identity::{Known, Proof};
use platform::limits::Limit;
use platform::session::Asking;
use platform::{App, Incoming, PageError};
use templates::mail::{Kind, Mail};
use templates::messages::Words;
use templates::pages::account::{self, Account, Notice, Opened};
use templates::pages::password::CURRENT;
use templates::path::Path;

use crate::form::{Mine, leave, mine, secret};
use crate::opening::{record, renew, tell};

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        let known = known(app, &mine).await?;
        let files = try_join_all(mine.customers.iter().map(|customer| app.store.customer(*customer))).await?;
        let customers: Vec<_> = files.iter().flatten().map(|file| &file.customer).collect();
        let opened: Vec<_> = customers
            .iter()
            .map(|customer| Opened { id: customer.id, name: &customer.name, account_number: &customer.account_number })
            .collect();
        let notice = incoming.query(Notice::PARAMETER).as_deref().and_then(Notice::of);
        let view = Account { email: known.email.as_str(), factor: known.factor, customers: &opened, notice };
        Ok(mine.asker.page(StatusCode::OK, |context| account::render(context, &view)))
    })
    .await
}

/// What the user pool knows of who asks.
async fn known(app: &App, mine: &Mine) -> Result<Known, PageError> {
    let known = app.identity.known(&mine.person.to_string()).await?.filter(|known| known.enabled);
    known.ok_or(PageError::SignIn { return_to: Some(Path::ACCOUNT), ended: true })
}

/// Whether the password was given again.
enum Again {
    /// It was.
    Right(Proof),
    /// It was not.
    Wrong,
    /// It was tried too often.
    TooOften,
}

/// Asks the user pool whether the form's password is that of who asks.
async fn again(app: &App, incoming: &Incoming, mine: &Mine, page: &'static str) -> Result<Again, PageError> {
    let (person, now) = (mine.person.to_string(), mine.asker.now);
    let tries = Limit::Reauthentication(&person);
    if !leave(app, &[&tries], now).await?.is_given() {
        return Ok(Again::TooOften);
    }
    let given = secret(&incoming.entered, CURRENT);
    match app.identity.prove(mine.person, &given, &incoming.viewer(&app.config)).await? {
        Some(proof) => {
            tries.forgive(&app.store, now).await?;
            Ok(Again::Right(proof))
        }
        None => {
            record(app, mine.person, Act::ReauthenticationFailed, page).await?;
            Ok(Again::Wrong)
        }
    }
}

/// What every change of a sign-in ends with: it is on record and told, other sessions are over, and this one has a new id.
async fn changed(
    app: &App,
    incoming: &Incoming,
    mine: &Mine,
    known: &Known,
    (act, kind, notice): (Act, Kind, Notice),
    page: &'static str,
) -> Result<Response<Body>, PageError> {
    record(app, mine.person, act, page).await?;
    app.store.end_sessions_of(mine.person, Some(&mine.asker.session_id)).await?;
    // A sign-in has no language of its own.
    let words = match mine.customers.first() {
        Some(customer) => app.words_to(*customer).await,
        None => Words::english(),
    };
    tell(app, &known.email, &Mail::notice(words, kind)).await;
    let leads = Path::ACCOUNT.with(Notice::PARAMETER, notice.name());
    renew(app, incoming, mine, mine.customers.clone(), &leads).await
}
