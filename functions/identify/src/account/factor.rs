//! An authenticator app: adding one, and removing it.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::entered::FieldError;
use platform::identity::Shown;
use platform::limits::Limit;
use platform::session::Asking;
use platform::{App, PageError};
use secrecy::ExposeSecret;
use templates::mail::Kind;
use templates::pages::account::Notice;
use templates::pages::account::factor::{self, Factor, Step};
use templates::pages::code::CODE;
use templates::pages::password::CURRENT;
use templates::path::Path;

use super::{Again, again, changed, known};
use crate::flow::{Flow, end, over, under_way};
use crate::form::{Mine, Takes, digits, is_ours, leave, mine, not_ours, said, too_often, wrong_with};

fn page(mine: &Mine, status: StatusCode, step: Step<'_>, errors: &[FieldError]) -> Response<Body> {
    mine.asker.page(status, |context| factor::render(context, &Factor { step, errors }))
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        let step = if known(app, &mine).await?.factor { Step::Remove } else { Step::Begin };
        Ok(page(&mine, StatusCode::OK, step, &[]))
    })
    .await
}

/// Takes the password: what comes of it depends on whether there is an app.
pub(crate) async fn take(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let known = known(app, &mine).await?;
        let step = if known.factor { Step::Remove } else { Step::Begin };
        let wrong = |errors: &[FieldError]| Ok(page(&mine, StatusCode::UNPROCESSABLE_ENTITY, step, errors));
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[CURRENT])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(CURRENT, Takes::Password)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        let proof = match again(app, &incoming, &mine, "/account/factor").await? {
            Again::Right(proof) => proof,
            Again::Wrong => return wrong(&said(CURRENT, "password-not-right")),
            Again::TooOften => return Ok(page(&mine, StatusCode::TOO_MANY_REQUESTS, step, &too_often(CURRENT))),
        };
        if known.factor {
            app.identity.let_go(proof).await;
            app.identity.remove_factor(mine.person).await?;
            let done = (Act::FactorRemoved, Kind::FactorRemoved, Notice::FactorRemoved);
            return changed(app, &incoming, &mine, &known, done, "/account/factor").await;
        }
        let secret = app.identity.begin_factor(&proof).await?;
        let secret = secret.ok_or(PageError::SeeOther(Path::ACCOUNT_FACTOR))?.expose_secret().to_owned();
        let flow = Flow::Factor { person: mine.person.to_string(), proof, secret, email: known.email.to_string() };
        flow.begin(app, &Path::ACCOUNT_FACTOR_CODE).await
    })
    .await
}

pub(crate) async fn ask_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        match under_way(app, &incoming, &Path::ACCOUNT_FACTOR).await? {
            (_, Flow::Factor { person, secret, email, .. }) if person == mine.person.to_string() => {
                Ok(page(&mine, StatusCode::OK, Step::Show { secret: &secret, email: &email }, &[]))
            }
            _ => Err(PageError::SeeOther(Path::ACCOUNT_FACTOR)),
        }
    })
    .await
}

pub(crate) async fn take_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let begins = || PageError::SeeOther(Path::ACCOUNT_FACTOR);
        let (id, Flow::Factor { person, proof, secret, email }) = under_way(app, &incoming, &Path::ACCOUNT_FACTOR).await? else {
            return Err(begins());
        };
        if person != mine.person.to_string() {
            return Err(begins());
        }
        let step = Step::Show { secret: &secret, email: &email };
        let wrong = |errors: &[FieldError]| Ok(page(&mine, StatusCode::UNPROCESSABLE_ENTITY, step, errors));
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[CODE])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(CODE, Takes::Code)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        if !leave(app, &[&Limit::CodeOf(&person)], mine.asker.now).await?.is_given() {
            return Ok(page(&mine, StatusCode::TOO_MANY_REQUESTS, step, &too_often(CODE)));
        }
        match app.identity.finish_factor(&proof, &digits(incoming.entered.text(CODE))).await? {
            Shown::Wrong => wrong(&said(CODE, "code-not-right")),
            Shown::Over => {
                end(app, &id, &Path::ACCOUNT_FACTOR).await?;
                Err(begins())
            }
            Shown::Added => {
                end(app, &id, &Path::ACCOUNT_FACTOR).await?;
                app.identity.let_go(proof).await;
                Limit::CodeOf(&person).forgive(&app.store, mine.asker.now).await?;
                let done = (Act::FactorAdded, Kind::FactorAdded, Notice::FactorAdded);
                Ok(over(changed(app, &incoming, &mine, &known(app, &mine).await?, done, "/account/factor/code").await?))
            }
        }
    })
    .await
}
