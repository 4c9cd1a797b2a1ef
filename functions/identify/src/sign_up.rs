//! Creating a sign-in: its address is shown to be theirs by a code. Nothing here tells whether an address has one already; only
//! the address itself is told.

use std::time::Duration;

use http::StatusCode;
use jiff::SignedDuration;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::entered::{Entered, FieldError};
use platform::identity::{Person, SignUp as Outcome};
use platform::limits::{Limit, no_sooner};
use platform::store::SessionId;
use platform::{App, Incoming, PageError, respond};
use secrecy::SecretString;
use templates::mail::Mail;
use templates::messages::Words;
use templates::pages::code::{self, AGAIN, CODE, Code, For, Sent};
use templates::pages::password::PASSWORD;
use templates::pages::sign_in::{EMAIL, NEXT};
use templates::pages::sign_up::{self, NAME, SignUp};
use templates::path::Path;

use crate::flow::{Flow, Made, NewSignIn, end, over, person, under_way};
use crate::form::{Takes, digits, email, is_ours, leave, not_ours, said, secret, to_anybody, too_often, wrong_with};
use crate::opening::{open, record, tell};

/// The longest name.
const LONGEST_NAME: usize = 100;
/// A code is not sent again sooner.
const NOT_SOONER: SignedDuration = SignedDuration::from_secs(60);
/// What takes as long for an address that is known as for one that is not.
pub(crate) const EVEN: Duration = Duration::from_millis(300);

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        page(&incoming, StatusCode::OK, &Entered::default(), &[], next)
    })
    .await
}

fn page(
    incoming: &Incoming,
    status: StatusCode,
    entered: &Entered,
    errors: &[FieldError],
    next: Option<Path>,
) -> Result<Response<Body>, PageError> {
    to_anybody(incoming, status, |context| sign_up::render(context, &SignUp { entered, errors, next }))
}

pub(crate) async fn sign_up(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let next = Path::own(entered.text(NEXT));
        let again = |status, errors: &[FieldError]| page(&incoming, status, entered, errors, next.clone());
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[NAME, EMAIL, PASSWORD, NEXT])? {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let fields = [(NAME, Takes::Text(LONGEST_NAME)), (EMAIL, Takes::Email), (PASSWORD, Takes::NewPassword)];
        let errors = wrong_with(entered, &fields);
        if !errors.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let (email, name, now) = (email(entered, EMAIL)?, entered.text(NAME).trim(), app.clock.now());
        let from = incoming.viewer(&app.config).address;
        if !leave(app, &[&Limit::SignUpFrom(from), &Limit::CodeTo(email.as_str())], now).await?.is_given() {
            return again(StatusCode::TOO_MANY_REQUESTS, &too_often(EMAIL));
        }
        let password = secret(entered, PASSWORD);
        let made = no_sooner(EVEN, async {
            Ok::<_, PageError>(match app.identity.sign_up(&email, name, &password).await? {
                Outcome::Made(person) => Some(Made::Now(person.to_string())),
                Outcome::Taken if app.identity.send_again(&email).await? => Some(Made::Before),
                Outcome::Taken => {
                    tell(app, &email, &Mail::account_exists(Words::english())).await;
                    Some(Made::Not)
                }
                Outcome::Refused => Some(Made::Not),
                Outcome::PasswordRefused => None,
            })
        })
        .await?;
        let Some(made) = made else { return again(StatusCode::UNPROCESSABLE_ENTITY, &said(PASSWORD, "password-refused")) };
        let (name, next) = (name.to_owned(), next.map(|next| next.to_string()));
        Flow::SignUp(NewSignIn { email, name, made, sent: now, next }).begin(app, &Path::SIGN_UP_CODE).await
    })
    .await
}

async fn new_sign_in(app: &App, incoming: &Incoming) -> Result<(SessionId, NewSignIn), PageError> {
    match under_way(app, incoming, &Path::SIGN_UP).await? {
        (id, Flow::SignUp(new)) => Ok((id, new)),
        _ => Err(PageError::SeeOther(Path::SIGN_UP)),
    }
}

fn code_page(
    incoming: &Incoming,
    status: StatusCode,
    new: &NewSignIn,
    errors: &[FieldError],
    sent: Sent,
) -> Result<Response<Body>, PageError> {
    let view = Code { for_what: For::SigningUp(new.email.as_str()), errors, sent };
    to_anybody(incoming, status, |context| code::render(context, &view))
}

pub(crate) async fn ask_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let (_, new) = new_sign_in(app, &incoming).await?;
        let sent = match incoming.query("sent").as_deref() {
            Some("again") => Sent::Again,
            Some(_) => Sent::NotYet,
            None => Sent::Once,
        };
        code_page(&incoming, StatusCode::OK, &new, &[], sent)
    })
    .await
}

pub(crate) async fn send_again(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let (id, new) = new_sign_in(app, &incoming).await?;
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[AGAIN])? {
            return code_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &new, &not_ours(), Sent::Once);
        }
        let now = app.clock.now();
        let not_yet = now.duration_since(new.sent) < NOT_SOONER
            || !leave(app, &[&Limit::CodeTo(new.email.as_str())], now).await?.is_given();
        if not_yet {
            return Ok(respond::see_other(&Path::SIGN_UP_CODE.with("sent", "not-yet")));
        }
        no_sooner(EVEN, app.identity.send_again(&new.email)).await?;
        Flow::SignUp(NewSignIn { sent: now, ..new }).replace(app, &id).await?;
        Ok(respond::see_other(&Path::SIGN_UP_CODE.with("sent", "again")))
    })
    .await
}

pub(crate) async fn take_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let (id, new) = new_sign_in(app, &incoming).await?;
        let again = |status, errors: &[FieldError]| code_page(&incoming, status, &new, errors, Sent::Once);
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[CODE])? {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(entered, &[(CODE, Takes::Code)]);
        if !errors.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let now = app.clock.now();
        let tries = Limit::CodeOf(new.email.as_str());
        if !leave(app, &[&tries], now).await?.is_given() {
            return again(StatusCode::TOO_MANY_REQUESTS, &too_often(CODE));
        }
        let right = app.identity.confirm_sign_up(&new.email, &digits(entered.text(CODE))).await?;
        let made = match (&new.made, right) {
            (Made::Now(_) | Made::Before, true) => new.made.clone(),
            _ => return again(StatusCode::UNPROCESSABLE_ENTITY, &said(CODE, "code-not-right")),
        };
        end(app, &id, &Path::SIGN_UP).await?;
        tries.forgive(&app.store, now).await?;
        match made {
            Made::Now(id) => {
                let person = Person { id: person(&id)?, name: new.name };
                record(app, person.id, Act::SignedUp, "/sign-up/code").await?;
                let next = new.next.as_deref().and_then(Path::own);
                Ok(over(open(app, &incoming, person, next, "/sign-up/code").await?))
            }
            Made::Before | Made::Not => {
                // Whoever asked for it first chose its password, and need not be who has shown that the address is theirs.
                let known = app.identity.known(new.email.as_str()).await?.ok_or(PageError::Broken("nobody was confirmed"))?;
                let nobodys = SecretString::from(SessionId::mint()?.as_cookie().to_owned());
                app.identity.set_password(known.id, &nobodys).await?;
                record(app, known.id, Act::SignedUp, "/sign-up/code").await?;
                let chosen = Flow::Choose { person: known.id.to_string(), name: new.name, next: new.next };
                chosen.begin(app, &Path::NEW_PASSWORD).await
            }
        }
    })
    .await
}
