//! Signing in by password, and what the user pool may ask after it. Whatever fails, the answer is the same.

use futures_util::future::try_join;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::entered::{Entered, FieldError};
use platform::identity::{Answered, Challenge, Person, Question, SetPassword, SignIn as Outcome};
use platform::limits::{Leave, Limit};
use platform::{App, Incoming, PageError, telemetry};
use templates::pages::code::{self, CODE, Code, For, Sent};
use templates::pages::password::{self, Choose, InsteadOf};
use templates::pages::sign_in::{self, EMAIL, NEXT, PASSWORD, SignIn, Why};
use templates::path::Path;

use crate::flow::{Flow, end, over, person, under_way};
use crate::form::{Takes, digits, is_ours, leave, not_ours, said, secret, to_anybody, too_often, wrong_with};
use crate::opening::open;

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        let why = match (&next, incoming.query("ended"), incoming.query("recovered")) {
            (Some(next), Some(_), _) if *next == Path::KEPT => Why::Kept,
            (_, Some(_), _) => Why::Ended,
            (_, None, Some(_)) => Why::Recovered,
            (Some(_), None, None) => Why::Needed,
            (None, None, None) => Why::Asked,
        };
        page(app, &incoming, StatusCode::OK, &Entered::default(), &[], false, why, next.as_ref())
    })
    .await
}

pub(crate) async fn sign_in(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let next = Path::own(entered.text(NEXT));
        let again = |status, errors: &[FieldError], refused| {
            page(app, &incoming, status, entered, errors, refused, Why::Asked, next.as_ref())
        };
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[EMAIL, PASSWORD, NEXT])? {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &not_ours(), false);
        }
        let errors = wrong_with(entered, &[(EMAIL, Takes::Text(crate::form::LONGEST_EMAIL)), (PASSWORD, Takes::Password)]);
        if !errors.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &errors, false);
        }
        let (email, now, viewer) = (entered.text(EMAIL).trim(), app.clock.now(), incoming.viewer(&app.config));
        let (of, from) = (Limit::SignIn(email), Limit::SignInFrom(viewer.address));
        match leave(app, &[&of, &from], now).await? {
            Leave::Given => {}
            Leave::Wait(_) => return again(StatusCode::TOO_MANY_REQUESTS, &too_often(EMAIL), false),
            Leave::Exhausted(_) => {
                failed(app, email, Act::LockedOut).await?;
                return again(StatusCode::TOO_MANY_REQUESTS, &too_often(EMAIL), false);
            }
        }
        let outcome = app.identity.sign_in(email, &secret(entered, PASSWORD), &viewer, now).await?;
        match outcome {
            Outcome::Person(person) => {
                // Side by side: nothing of it needs what the others find.
                let counted =
                    async { try_join(from.give_back(&app.store, now), of.forgive(&app.store, now)).await.map_err(Into::into) };
                let (_, opened) = try_join(counted, open(app, &incoming, person, next, "/sign-in")).await?;
                Ok(opened)
            }
            Outcome::Asked(challenge) => {
                from.give_back(&app.store, now).await?;
                asked(app, challenge, email.to_owned(), next).await
            }
            Outcome::Refused => {
                failed(app, email, Act::SignInFailed).await?;
                again(StatusCode::UNPROCESSABLE_ENTITY, &[], true)
            }
        }
    })
    .await
}

/// Writes down that somebody could not sign in. Who it was meant to be, nobody knows.
async fn failed(app: &App, email: &str, act: Act) -> Result<(), PageError> {
    telemetry::sign_in_failed();
    let event = Event::new(act, app.clock.now(), None, Capacity::Visitor).on("/sign-in");
    app.store.audit(&Subject::address(email), &event).await?;
    Ok(())
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
    next: Option<&Path>,
) -> Result<Response<Body>, PageError> {
    let and_next = |path: Path| next.map_or(path.clone(), |next| path.with(NEXT, next.as_str()));
    let (create_account, recover) = (Some(and_next(Path::SIGN_UP)), Some(Path::RECOVER));
    let staff = app.identity.has_staff().then(|| and_next(Path::STAFF_SIGN_IN));
    let next = next.cloned();
    to_anybody(incoming, status, |context| {
        sign_in::render(context, &SignIn { entered, errors, refused, why, next, create_account, recover, staff })
    })
}

/// Goes to the page that asks what the pool asks.
async fn asked(app: &App, challenge: Challenge, email: String, next: Option<Path>) -> Result<Response<Body>, PageError> {
    let page = match challenge.question {
        Question::NewPassword => Path::NEW_PASSWORD,
        Question::Code => Path::FACTOR,
    };
    Flow::Asked { challenge, email, next: next.map(|next| next.to_string()) }.begin(app, &page).await
}

pub(crate) async fn ask_factor(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| match under_way(app, &incoming, &Path::SIGN_IN).await? {
        (_, Flow::Asked { challenge, .. }) if challenge.question == Question::Code => factor_page(&incoming, StatusCode::OK, &[]),
        _ => Err(PageError::SeeOther(Path::SIGN_IN)),
    })
    .await
}

fn factor_page(incoming: &Incoming, status: StatusCode, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let view = Code { for_what: For::SigningIn, errors, sent: Sent::Once };
    to_anybody(incoming, status, |context| code::render(context, &view))
}

pub(crate) async fn take_factor(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let (id, flow) = under_way(app, &incoming, &Path::SIGN_IN).await?;
        let Flow::Asked { challenge, email, next } = flow else { return Err(PageError::SeeOther(Path::SIGN_IN)) };
        if challenge.question != Question::Code {
            return Err(PageError::SeeOther(Path::SIGN_IN));
        }
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[CODE])? {
            return factor_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(entered, &[(CODE, Takes::Code)]);
        if !errors.is_empty() {
            return factor_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let (now, viewer) = (app.clock.now(), incoming.viewer(&app.config));
        if !leave(app, &[&Limit::CodeOf(&email)], now).await?.is_given() {
            return factor_page(&incoming, StatusCode::TOO_MANY_REQUESTS, &too_often(CODE));
        }
        let code = digits(entered.text(CODE)).into();
        match app.identity.answer(&challenge, &code, &viewer, now).await? {
            Answered::SignIn(Outcome::Person(person)) => {
                end(app, &id, &Path::SIGN_IN).await?;
                for limit in [Limit::SignIn(&email), Limit::CodeOf(&email)] {
                    limit.forgive(&app.store, now).await?;
                }
                Ok(over(open(app, &incoming, person, next.as_deref().and_then(Path::own), "/factor").await?))
            }
            Answered::Wrong => {
                failed(app, &email, Act::SignInFailed).await?;
                factor_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &said(CODE, "code-not-right"))
            }
            // Nothing that can follow a code, or the pool has forgotten that it asked.
            Answered::SignIn(_) | Answered::PasswordRefused | Answered::Over => {
                end(app, &id, &Path::SIGN_IN).await?;
                Err(PageError::SignIn { return_to: next.as_deref().and_then(Path::own), ended: false })
            }
        }
    })
    .await
}

pub(crate) async fn ask_password(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| match under_way(app, &incoming, &Path::SIGN_IN).await? {
        (_, Flow::Choose { .. }) => password_page(&incoming, StatusCode::OK, &[]),
        (_, Flow::Asked { challenge, .. }) if challenge.question == Question::NewPassword => {
            password_page(&incoming, StatusCode::OK, &[])
        }
        _ => Err(PageError::SeeOther(Path::SIGN_IN)),
    })
    .await
}

fn password_page(incoming: &Incoming, status: StatusCode, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let view = Choose { instead_of: InsteadOf::GivenOne, errors };
    to_anybody(incoming, status, |context| password::render(context, &view))
}

pub(crate) async fn take_password(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let (id, flow) = under_way(app, &incoming, &Path::SIGN_IN).await?;
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[password::PASSWORD])? {
            return password_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(entered, &[(password::PASSWORD, Takes::NewPassword)]);
        if !errors.is_empty() {
            return password_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let new = secret(entered, password::PASSWORD);
        let refused =
            || password_page(&incoming, StatusCode::UNPROCESSABLE_ENTITY, &said(password::PASSWORD, "password-refused"));
        match flow {
            Flow::Choose { person: id_text, name, next } => {
                let chosen = person(&id_text)?;
                if app.identity.set_password(chosen, &new).await? != SetPassword::Done {
                    return refused();
                }
                end(app, &id, &Path::SIGN_IN).await?;
                let next = next.as_deref().and_then(Path::own);
                Ok(over(open(app, &incoming, Person { id: chosen, name }, next, "/sign-in/new-password").await?))
            }
            Flow::Asked { challenge, email, next } if challenge.question == Question::NewPassword => {
                let next = next.as_deref().and_then(Path::own);
                match app.identity.answer(&challenge, &new, &incoming.viewer(&app.config), app.clock.now()).await? {
                    Answered::SignIn(Outcome::Person(person)) => {
                        end(app, &id, &Path::SIGN_IN).await?;
                        Ok(over(open(app, &incoming, person, next, "/sign-in/new-password").await?))
                    }
                    Answered::SignIn(Outcome::Asked(challenge)) => {
                        end(app, &id, &Path::SIGN_IN).await?;
                        asked(app, challenge, email, next).await
                    }
                    Answered::PasswordRefused => refused(),
                    Answered::SignIn(Outcome::Refused) | Answered::Wrong | Answered::Over => {
                        end(app, &id, &Path::SIGN_IN).await?;
                        Err(PageError::SignIn { return_to: next, ended: false })
                    }
                }
            }
            _ => Err(PageError::SeeOther(Path::SIGN_IN)),
        }
    })
    .await
}
