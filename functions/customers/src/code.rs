//! The code that goes to the customer's contact of record, and that the customer reads back.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::{AccessReason, CustomerAuthentication};
use order_manager::audit::Act;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::CustomerId;
use order_manager::party::{Customer, EmailAddress};
use platform::limits::{Leave, Limit};
use platform::session::Asking;
use platform::store::AccessCode;
use platform::{App, PageError, mint, respond};
use templates::layout::Context;
use templates::mail::Mail;
use templates::pages::customer_access::{self, CODE, EnterCode, NEXT};
use templates::path::Path;

use crate::Member;
use crate::opened::{audit, open};

/// So many digits.
const DIGITS: usize = 6;

/// An address as far as staff may see it: enough for the customer to say which it is.
pub(crate) fn masked(email: &EmailAddress) -> String {
    let (local, domain) = email.as_str().rsplit_once('@').unwrap_or_default();
    format!("{}•••@{domain}", local.chars().take(1).collect::<String>())
}

/// Sends a code; `None` when too many were sent there.
pub(crate) async fn begin(
    app: &App,
    member: &Member,
    customer: &Customer,
    reason: AccessReason,
    next: Option<&Path>,
) -> Result<Option<Response<Body>>, PageError> {
    let email = customer.contact.email.as_ref().ok_or(PageError::Unprocessable)?;
    if Limit::CodeTo(email.as_str()).take(&app.store, member.asker.now).await? != Leave::Given {
        return Ok(None);
    }
    audit(app, member, Act::AccessAsked, customer.id, Some(reason.as_str().to_owned())).await?;
    let code = mint::digits(DIGITS)?;
    let kept = AccessCode::new(&member.asker.session_id, customer.id, reason, &code, member.asker.now);
    app.store.put_access_code(&member.asker.session_id, &kept).await?;
    app.mailer.send(email, &Mail::access_code(app.words_to(customer.id).await, &code), member.asker.now).await?;
    let path = Path::customer_access_code(customer.id);
    Ok(Some(respond::see_other(&next.map_or(path.clone(), |next| path.with(NEXT, next.as_str())))))
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Page).await?;
        let customer: CustomerId = incoming.parameter("customer")?;
        let waits = app.store.access_code(&member.asker.session_id).await?.is_some_and(|code| code.customer == customer);
        if !waits {
            return Err(PageError::SeeOther(Path::customer_access(customer)));
        }
        let customer = app.store.customer(customer).await?.ok_or(PageError::NotFound)?.customer;
        let next = incoming.query(NEXT).as_deref().and_then(Path::own);
        page(&member, StatusCode::OK, &customer, next.as_ref(), &Entered::default(), &[])
    })
    .await
}

pub(crate) async fn enter(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        if entered.names().any(|name| ![CODE, NEXT].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let customer: CustomerId = incoming.parameter("customer")?;
        let customer = app.store.customer(customer).await?.ok_or(PageError::NotFound)?.customer;
        let next = Path::own(entered.text(NEXT));
        let again = |status, errors: &[FieldError]| page(&member, status, &customer, next.as_ref(), entered, errors);
        let wrong = |reason| [FieldError::new(CODE, reason)];
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        if let Some(error) = member.asker.not_ours(&incoming) {
            return again(unprocessable, &[error]);
        }
        let typed: String = match entered.required(CODE) {
            Ok(typed) => typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect(),
            Err(error) => return again(unprocessable, &[error]),
        };
        let kept = app.store.access_code(&member.asker.session_id).await?;
        let kept = kept.filter(|kept| kept.customer == customer.id && member.asker.now < kept.expires);
        let Some(kept) = kept else { return again(unprocessable, &wrong(Reason::Said("access-code-late"))) };
        let tries = member.person().to_string();
        let tries = Limit::CodeOf(&tries);
        if tries.take(&app.store, member.asker.now).await? != Leave::Given {
            return again(StatusCode::TOO_MANY_REQUESTS, &wrong(Reason::Said("access-code-too-many")));
        }
        if !kept.is(&member.asker.session_id, &typed) {
            audit(app, &member, Act::AccessFailed, customer.id, None).await?;
            return again(unprocessable, &wrong(Reason::Said("access-code-wrong")));
        }
        app.store.delete_access_code(&member.asker.session_id).await?;
        tries.forgive(&app.store, member.asker.now).await?;
        open(app, &member, &customer, kept.reason, CustomerAuthentication::CodeToRecord, next).await
    })
    .await
}

fn page(
    member: &Member,
    status: StatusCode,
    customer: &Customer,
    next: Option<&Path>,
    entered: &Entered,
    errors: &[FieldError],
) -> Result<Response<Body>, PageError> {
    let address = customer.contact.email.as_ref().map(masked).ok_or(PageError::NotFound)?;
    let view = EnterCode { customer: customer.id, address: &address, next, entered, errors };
    let show = |context: &Context<'_>| customer_access::render_code(context, &view);
    Ok(member.asker.page(status, show))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_its_first_letter_and_where_it_is() {
        let shown = |email: &str| masked(&email.parse().expect("an address"));
        assert_eq!(shown("maya.chen@example.com"), "m•••@example.com");
        assert_eq!(shown("é@example.com"), "é•••@example.com");
    }
}
