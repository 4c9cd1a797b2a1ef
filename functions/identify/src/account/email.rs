//! Taking another e-mail address to sign in with: it counts once a code that went to it has come back.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::entered::{Entered, FieldError};
use order_manager::party::EmailAddress;
use platform::limits::{Limit, no_sooner};
use platform::session::Asking;
use platform::store::SessionId;
use platform::{App, Incoming, PageError, mint};
use subtle::ConstantTimeEq;
use templates::mail::{Kind, Mail};
use templates::messages::Words;
use templates::pages::account::Notice;
use templates::pages::account::email::{self, Email};
use templates::pages::code::{self, CODE, Code, For, Sent};
use templates::pages::password::CURRENT;
use templates::pages::sign_in::EMAIL;
use templates::path::Path;

use super::{Again, again, changed, known};
use crate::flow::{Flow, end, over, under_way};
use crate::form::{self, Mine, Takes, digits, is_ours, leave, mine, not_ours, said, too_often, wrong_with};
use crate::opening::tell;
use crate::sign_up::EVEN;

/// The digits of our own codes.
pub(crate) const DIGITS: usize = 6;

fn page(mine: &Mine, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    mine.asker.page(status, |context| email::render(context, &Email { entered, errors }))
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        Ok(page(&mine(app, &incoming, Asking::Page).await?, StatusCode::OK, &Entered::default(), &[]))
    })
    .await
}

pub(crate) async fn take(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let refused = |status, errors: &[FieldError]| Ok(page(&mine, status, &incoming.entered, errors));
        let wrong = |errors: &[FieldError]| refused(StatusCode::UNPROCESSABLE_ENTITY, errors);
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[EMAIL, CURRENT])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(EMAIL, Takes::Email), (CURRENT, Takes::Password)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        match again(app, &incoming, &mine, "/account/email").await? {
            Again::Right(proof) => app.identity.let_go(proof).await,
            Again::Wrong => return wrong(&said(CURRENT, "password-not-right")),
            Again::TooOften => return refused(StatusCode::TOO_MANY_REQUESTS, &too_often(CURRENT)),
        }
        let email = form::email(&incoming.entered, EMAIL)?;
        if !leave(app, &[&Limit::CodeTo(email.as_str())], mine.asker.now).await?.is_given() {
            return refused(StatusCode::TOO_MANY_REQUESTS, &too_often(EMAIL));
        }
        let code = mint::digits(DIGITS)?;
        no_sooner(EVEN, async {
            // An address that somebody else signs in with gets no code, and nobody here is told.
            if app.identity.known(email.as_str()).await?.is_none() {
                tell(app, &email, &Mail::email_code(Words::english(), &code)).await;
            }
            Ok::<_, PageError>(())
        })
        .await?;
        Flow::Email { person: mine.person.to_string(), email, code }.begin(app, &Path::ACCOUNT_EMAIL_CODE).await
    })
    .await
}

/// The change that is under way, of who asks and nobody else.
async fn changing(app: &App, incoming: &Incoming, mine: &Mine) -> Result<(SessionId, EmailAddress, String), PageError> {
    match under_way(app, incoming, &Path::ACCOUNT_EMAIL).await? {
        (id, Flow::Email { person, email, code }) if person == mine.person.to_string() => Ok((id, email, code)),
        _ => Err(PageError::SeeOther(Path::ACCOUNT_EMAIL)),
    }
}

fn code_page(mine: &Mine, status: StatusCode, email: &EmailAddress, errors: &[FieldError]) -> Response<Body> {
    let view = Code { for_what: For::Email(email.as_str()), errors, sent: Sent::Once };
    mine.asker.page(status, |context| code::render(context, &view))
}

pub(crate) async fn ask_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        let (_, email, _) = changing(app, &incoming, &mine).await?;
        Ok(code_page(&mine, StatusCode::OK, &email, &[]))
    })
    .await
}

pub(crate) async fn take_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let (id, email, code) = changing(app, &incoming, &mine).await?;
        let refused = |status, errors: &[FieldError]| Ok(code_page(&mine, status, &email, errors));
        let wrong = |errors: &[FieldError]| refused(StatusCode::UNPROCESSABLE_ENTITY, errors);
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[CODE])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(CODE, Takes::Code)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        let tries = Limit::CodeOf(email.as_str());
        if !leave(app, &[&tries], mine.asker.now).await?.is_given() {
            return refused(StatusCode::TOO_MANY_REQUESTS, &too_often(CODE));
        }
        if !bool::from(digits(incoming.entered.text(CODE)).as_bytes().ct_eq(code.as_bytes())) {
            return wrong(&said(CODE, "code-not-right"));
        }
        let before = known(app, &mine).await?;
        end(app, &id, &Path::ACCOUNT_EMAIL).await?;
        if !app.identity.set_email(mine.person, &email).await? {
            return wrong(&said(CODE, "code-not-right"));
        }
        tries.forgive(&app.store, mine.asker.now).await?;
        let done = (Act::EmailChanged, Kind::EmailChanged, Notice::Email);
        Ok(over(changed(app, &incoming, &mine, &before, done, "/account/email/code").await?))
    })
    .await
}
