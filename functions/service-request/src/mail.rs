//! What a customer is written, and in which language: choosing it, and stopping from a message what may be left out.

use futures_util::future::try_join;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::authorize;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::CustomerId;
use order_manager::mailing::{MailChoice, MailLanguage, Topic};
use platform::session::Asking;
use platform::stop_mail::customer_of;
use platform::store::{CustomerFile, Mailing, Wanted};
use platform::{App, Asker, Incoming, PageError, Taking, anybody, respond, telemetry};
use templates::layout::Context;
use templates::pages::mail_choice::{self, LANGUAGE, MailChoicePage, Notice, TOPICS};
use templates::pages::stop_mail::{self, StopMail};
use templates::path::Path;

/// The query parameter that says that the choice was saved.
const SAVED: &str = "saved";

/// A customer, and how they are written to.
struct Chooser {
    asker: Asker,
    file: CustomerFile,
    mailing: Mailing,
}

async fn chooser(app: &App, incoming: &Incoming, asking: Asking) -> Result<Chooser, PageError> {
    let customer: CustomerId = incoming.parameter("customer")?;
    let beside = try_join(app.store.customer(customer), app.store.mailing(customer));
    let (asker, _, (file, mailing)) = Asker::with(app, incoming, asking, Wanted::default(), beside).await?;
    authorize(&asker.session.actor, asking.act(), customer, asker.now)?;
    let file = file.ok_or(PageError::NotFound)?;
    Ok(Chooser { asker, file, mailing })
}

fn page(
    chooser: &Chooser,
    entered: &Entered,
    errors: &[FieldError],
    notice: Option<Notice>,
    status: StatusCode,
) -> Response<Body> {
    let customer = &chooser.file.customer;
    let view = MailChoicePage { customer: customer.id, email: customer.contact.email.as_ref(), entered, errors, notice };
    chooser.asker.page_about(customer.id, status, |context: &Context<'_>| mail_choice::render(context, &view))
}

/// Shows what is chosen.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let chooser = chooser(app, &incoming, Asking::Page).await?;
        let notice = incoming.query(SAVED).map(|_| Notice::Saved);
        Ok(page(&chooser, &mail_choice::known(&chooser.mailing.choice), &[], notice, StatusCode::OK))
    })
    .await
}

/// Takes another choice.
pub(crate) async fn choose(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let chooser = chooser(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        let chosen = match chooser.asker.not_ours(&incoming) {
            Some(error) => Err(error),
            None => chosen(entered)?,
        };
        match chosen {
            Ok(choice) => {
                let customer = chooser.file.customer.id;
                app.store.choose_mail(customer, &choice).await?;
                Ok(respond::see_other(&Path::mail_choice(customer).with(SAVED, "yes")))
            }
            Err(error) => {
                let errors = [error];
                telemetry::wrong(&errors);
                Ok(page(&chooser, entered, &errors, None, StatusCode::UNPROCESSABLE_ENTITY))
            }
        }
    })
    .await
}

/// What a form chooses, or what is wrong with it.
///
/// # Errors
/// When it is none of ours.
fn chosen(entered: &Entered) -> Result<Result<MailChoice, FieldError>, PageError> {
    if entered.names().any(|name| ![TOPICS, LANGUAGE].contains(&name)) {
        return Err(PageError::Unprocessable);
    }
    let wanted: Option<Vec<_>> = entered.all(TOPICS).iter().map(|name| Topic::named(name)).collect();
    let Some(wanted) = wanted else { return Ok(Err(FieldError::new(TOPICS, Reason::NotAChoice))) };
    let language = match entered.one(LANGUAGE) {
        Ok(None) => Err(Reason::Missing),
        Ok(Some(tag)) => MailLanguage::tagged(tag).ok_or(Reason::NotAChoice),
        Err(reason) => Err(reason),
    };
    let without = Topic::ALL.into_iter().filter(|topic| !wanted.contains(topic)).collect();
    Ok(language.map(|language| MailChoice { language, without }).map_err(|reason| FieldError::new(LANGUAGE, reason)))
}

/// Shows what following a message's link would stop: nothing is done by it alone, for programs follow links too.
pub(crate) async fn ask_to_stop(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let view = match whose(app, &incoming).await? {
            Some(_) => StopMail::Asked { here: Path::stop_mail(&incoming.parameter::<String>("token")?) },
            None => StopMail::Unknown,
        };
        Ok(stopping(&view))
    })
    .await
}

/// Stops what may be left out, at once and whoever sends it: the link is all it takes (RFC 8058).
pub(crate) async fn stop(app: &App, request: Request) -> Response<Body> {
    app.respond_taking(request, Taking::Address, async |incoming| {
        let Some((customer, mailing)) = whose(app, &incoming).await? else { return Ok(stopping(&StopMail::Unknown)) };
        app.store.choose_mail(customer, &mailing.choice.stopped()).await?;
        Ok(stopping(&StopMail::Done { choice: Path::mail_choice(customer) }))
    })
    .await
}

/// The customer whose messages the address's token stops, and how they are written to.
async fn whose(app: &App, incoming: &Incoming) -> Result<Option<(CustomerId, Mailing)>, PageError> {
    let token: String = incoming.parameter("token")?;
    let Some(customer) = customer_of(&token) else { return Ok(None) };
    let mailing = app.store.mailing(customer).await?;
    let is_theirs = mailing.key.as_ref().is_some_and(|key| key.has_made(&token, customer));
    Ok(is_theirs.then_some((customer, mailing)))
}

fn stopping(view: &StopMail) -> Response<Body> {
    let status = if *view == StopMail::Unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
    respond::page(status, stop_mail::render(&anybody(""), view))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<Result<MailChoice, (String, Reason)>, String> {
        let entered = fields.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        let chosen = chosen(&entered).map_err(|error| format!("{error:?}"))?;
        Ok(chosen.map_err(|error| (error.field.to_string(), error.reason)))
    }

    #[test]
    fn what_is_not_ticked_is_left_out_and_what_there_is_not_can_t_be_chosen() {
        let spanish =
            |without: &[Topic]| MailChoice { language: MailLanguage::Spanish, without: without.iter().copied().collect() };
        assert_eq!(read(&[(LANGUAGE, "es")]), Ok(Ok(spanish(&Topic::ALL))));
        assert_eq!(read(&[(TOPICS, "outlook"), (LANGUAGE, "es")]), Ok(Ok(spanish(&[Topic::Progress]))));
        assert_eq!(read(&[(TOPICS, "outlook"), (TOPICS, "progress"), (LANGUAGE, "es")]), Ok(Ok(spanish(&[]))));
        let wrong = |field: &str, reason| Ok(Err((field.to_owned(), reason)));
        assert_eq!(read(&[]), wrong(LANGUAGE, Reason::Missing));
        assert_eq!(read(&[(LANGUAGE, "fr")]), wrong(LANGUAGE, Reason::NotAChoice));
        assert_eq!(read(&[(TOPICS, "charges"), (LANGUAGE, "en")]), wrong(TOPICS, Reason::NotAChoice));
        assert_eq!(read(&[(LANGUAGE, "en"), ("email", "x")]), Err("Unprocessable".to_owned()));
    }
}
