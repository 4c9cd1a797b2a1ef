//! Choosing another password.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::entered::FieldError;
use platform::App;
use platform::identity::SetPassword;
use platform::session::Asking;
use templates::mail::Kind;
use templates::pages::account::Notice;
use templates::pages::password::{self, CURRENT, Choose, InsteadOf, PASSWORD};

use super::{Again, again, changed, known};
use crate::form::{Mine, Takes, is_ours, mine, not_ours, said, secret, too_often, wrong_with};

fn page(mine: &Mine, status: StatusCode, errors: &[FieldError]) -> Response<Body> {
    let view = Choose { instead_of: InsteadOf::OwnOne, errors };
    mine.asker.page(status, |context| password::render(context, &view))
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| Ok(page(&mine(app, &incoming, Asking::Page).await?, StatusCode::OK, &[]))).await
}

pub(crate) async fn take(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let wrong = |errors: &[FieldError]| Ok(page(&mine, StatusCode::UNPROCESSABLE_ENTITY, errors));
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[CURRENT, PASSWORD])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(CURRENT, Takes::Password), (PASSWORD, Takes::NewPassword)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        let proof = match again(app, &incoming, &mine, "/account/password").await? {
            Again::Right(proof) => proof,
            Again::Wrong => return wrong(&said(CURRENT, "password-not-right")),
            Again::TooOften => return Ok(page(&mine, StatusCode::TOO_MANY_REQUESTS, &too_often(CURRENT))),
        };
        app.identity.let_go(proof).await;
        if app.identity.set_password(mine.person, &secret(&incoming.entered, PASSWORD)).await? != SetPassword::Done {
            return wrong(&said(PASSWORD, "password-refused"));
        }
        let done = (Act::PasswordChanged, Kind::PasswordChanged, Notice::Password);
        changed(app, &incoming, &mine, &known(app, &mine).await?, done, "/account/password").await
    })
    .await
}
