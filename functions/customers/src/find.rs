//! Finding a customer. What is sought goes in by POST: a name or a telephone number has no place in an address or a log.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::calendar::company_day;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::search::Sought;
use platform::limits::{Leave, Limit};
use platform::session::Asking;
use platform::store::FoundCustomer;
use platform::{App, PageError};
use templates::layout::Context;
use templates::pages::find_customer::{self, Entry, FindCustomer, Outcome, SOUGHT};

use crate::Member;

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Page).await?;
        recent(app, &member, StatusCode::OK, &Entered::default(), &[]).await
    })
    .await
}

pub(crate) async fn find(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        if entered.names().any(|name| name != SOUGHT) {
            return Err(PageError::Unprocessable);
        }
        let wrong = |reason| [FieldError::new(SOUGHT, reason)];
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        if let Some(error) = member.asker.not_ours(&incoming) {
            return recent(app, &member, unprocessable, entered, &[error]).await;
        }
        let typed = match entered.required(SOUGHT) {
            Ok(typed) => typed,
            Err(error) => return recent(app, &member, unprocessable, entered, &[error]).await,
        };
        let Some(sought) = Sought::read(typed) else {
            let errors = wrong(Reason::Said("find-not-understood"));
            return recent(app, &member, unprocessable, entered, &errors).await;
        };
        // Nobody looks up so many in a quarter of an hour to serve them.
        let person = member.person().to_string();
        if Limit::SearchBy(&person).take(&app.store, member.asker.now).await? != Leave::Given {
            let errors = wrong(Reason::Said("problem-too-many-about"));
            return recent(app, &member, StatusCode::TOO_MANY_REQUESTS, entered, &errors).await;
        }
        let found = app.store.find_customers(&sought).await?;
        let customers = found.customers.iter().map(entry).collect();
        Ok(page(&member, StatusCode::OK, entered, &[], Outcome::Found { customers, more: found.more }))
    })
    .await
}

async fn recent(
    app: &App,
    member: &Member,
    status: StatusCode,
    entered: &Entered,
    errors: &[FieldError],
) -> Result<Response<Body>, PageError> {
    let recent = app.store.recent_customers(member.person()).await?;
    let entries = recent.iter().map(|recent| Entry { opened: Some(company_day(recent.at)), ..entry(&recent.customer) });
    Ok(page(member, status, entered, errors, Outcome::Recent(entries.collect())))
}

fn entry(customer: &FoundCustomer) -> Entry<'_> {
    Entry {
        id: customer.id,
        name: &customer.name,
        account_number: &customer.account_number,
        city: customer.city.as_deref(),
        opened: None,
    }
}

fn page(member: &Member, status: StatusCode, entered: &Entered, errors: &[FieldError], outcome: Outcome<'_>) -> Response<Body> {
    let view = FindCustomer { entered, errors, outcome };
    let show = |context: &Context<'_>| find_customer::render(context, &view);
    member.asker.page(status, show)
}
