//! Choosing a new password by a code. An address without a sign-in gets the same answers as one with.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::entered::{Entered, FieldError};
use platform::identity::SetPassword;
use platform::limits::{Limit, no_sooner};
use platform::{App, Incoming, PageError, respond};
use templates::mail::{Kind, Mail};
use templates::messages::Words;
use templates::pages::code::CODE;
use templates::pages::password::PASSWORD;
use templates::pages::recover::{self, Recover, Step};
use templates::pages::sign_in::EMAIL;
use templates::path::Path;

use crate::flow::{Flow, end, over, under_way};
use crate::form::{Takes, digits, email, is_ours, leave, not_ours, said, secret, to_anybody, too_often, wrong_with};
use crate::opening::{record, tell};
use crate::sign_up::EVEN;

fn page(incoming: &Incoming, status: StatusCode, step: Step<'_>, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let nothing = Entered::default();
    // What is chosen with a code is not shown again.
    let entered = if step == Step::Asking { &incoming.entered } else { &nothing };
    to_anybody(incoming, status, |context| recover::render(context, &Recover { step, entered, errors }))
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| page(&incoming, StatusCode::OK, Step::Asking, &[])).await
}

pub(crate) async fn send(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let again = |status, errors: &[FieldError]| page(&incoming, status, Step::Asking, errors);
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[EMAIL])? {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(EMAIL, Takes::Email)]);
        if !errors.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let (email, now) = (email(&incoming.entered, EMAIL)?, app.clock.now());
        let from = incoming.viewer(&app.config).address;
        if !leave(app, &[&Limit::CodeTo(email.as_str()), &Limit::CodeFrom(from)], now).await?.is_given() {
            return again(StatusCode::TOO_MANY_REQUESTS, &too_often(EMAIL));
        }
        no_sooner(EVEN, app.identity.recover(&email)).await?;
        Flow::Recover { email }.begin(app, &Path::RECOVER_CODE).await
    })
    .await
}

pub(crate) async fn ask_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| match under_way(app, &incoming, &Path::RECOVER).await? {
        (_, Flow::Recover { email }) => page(&incoming, StatusCode::OK, Step::Sent(email.as_str()), &[]),
        _ => Err(PageError::SeeOther(Path::RECOVER)),
    })
    .await
}

pub(crate) async fn take_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let entered = &incoming.entered;
        let (id, Flow::Recover { email }) = under_way(app, &incoming, &Path::RECOVER).await? else {
            return Err(PageError::SeeOther(Path::RECOVER));
        };
        let again = |status, errors: &[FieldError]| page(&incoming, status, Step::Sent(email.as_str()), errors);
        if !is_ours(&incoming, incoming.visitor.as_ref(), &[CODE, PASSWORD])? {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(entered, &[(CODE, Takes::Code), (PASSWORD, Takes::NewPassword)]);
        if !errors.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let now = app.clock.now();
        if !leave(app, &[&Limit::CodeOf(email.as_str())], now).await?.is_given() {
            return again(StatusCode::TOO_MANY_REQUESTS, &too_often(CODE));
        }
        let (code, new) = (digits(entered.text(CODE)), secret(entered, PASSWORD));
        match app.identity.finish_recovery(&email, &code, &new).await? {
            SetPassword::WrongCode => return again(StatusCode::UNPROCESSABLE_ENTITY, &said(CODE, "code-not-right")),
            SetPassword::Refused => return again(StatusCode::UNPROCESSABLE_ENTITY, &said(PASSWORD, "password-refused")),
            SetPassword::Done => {}
        }
        end(app, &id, &Path::RECOVER).await?;
        if let Some(known) = app.identity.known(email.as_str()).await? {
            app.store.end_sessions_of(known.id, None).await?;
            record(app, known.id, Act::PasswordRecovered, "/recover/code").await?;
            tell(app, &email, &Mail::notice(Words::english(), Kind::PasswordChanged)).await;
        }
        for limit in [Limit::CodeOf(email.as_str()), Limit::SignIn(email.as_str())] {
            limit.forgive(&app.store, now).await?;
        }
        // A second factor is asked for all the same: the code shows whose the address is, and no more.
        Ok(over(respond::see_other(&Path::SIGN_IN.with("recovered", "yes"))))
    })
    .await
}
