//! Linking a sign-in with an account, by a code that goes to the account's contact of record. What somebody knows of an account
//! proves nothing (47 CFR 64.2010): neither its number nor anything else on a bill opens it.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::calendar::company_day;
use order_manager::entered::{Entered, FieldError};
use order_manager::party::Customer;
use order_manager::search::account_key;
use platform::limits::{Limit, no_sooner};
use platform::session::Asking;
use platform::store::CustomerFile;
use platform::{App, PageError, mint};
use subtle::ConstantTimeEq;
use templates::mail::{Kind, Mail};
use templates::pages::account::Notice;
use templates::pages::account::link::{self, ACCOUNT_NUMBER, Link};
use templates::pages::code::{self, CODE, Code, For, Sent};
use templates::path::Path;

use super::email::DIGITS;
use crate::flow::{self, Flow, end, over, under_way};
use crate::form::{Mine, Takes, digits, is_ours, leave, mine, not_ours, said, too_often, wrong_with};
use crate::opening::{self, renew, tell};
use crate::sign_up::EVEN;

/// The longest account number.
const LONGEST_NUMBER: usize = 40;

fn page(mine: &Mine, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    // Whoever has an account begins no other here.
    let begin = mine.customers.is_empty().then_some(Path::ACCOUNT_NEW);
    mine.asker.page(status, |context| link::render(context, &Link { entered, errors, begin: begin.as_ref() }))
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
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[ACCOUNT_NUMBER])? {
            return refused(StatusCode::UNPROCESSABLE_ENTITY, &not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(ACCOUNT_NUMBER, Takes::Text(LONGEST_NUMBER))]);
        if !errors.is_empty() {
            return refused(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        let (number, person) = (incoming.entered.text(ACCOUNT_NUMBER).trim(), mine.person.to_string());
        if !leave(app, &[&Limit::LinkBy(&person), &Limit::LinkTo(&account_key(number))], mine.asker.now).await?.is_given() {
            return refused(StatusCode::TOO_MANY_REQUESTS, &too_often(ACCOUNT_NUMBER));
        }
        let code = mint::digits(DIGITS)?;
        let customer = no_sooner(EVEN, async {
            let Some(CustomerFile { customer, terms, .. }) = account(app, number).await? else { return Ok(None) };
            let Some(email) = terms.links_by_code_to(&customer, company_day(mine.asker.now)) else { return Ok(None) };
            record(app, &mine, &customer, Act::LinkAsked).await?;
            tell(app, email, &Mail::link_code(app.words_to(customer.id).await, &code)).await;
            Ok::<_, PageError>(Some(customer.id.to_string()))
        })
        .await?;
        Flow::Link { person, customer, code }.begin(app, &Path::ACCOUNT_LINK_CODE).await
    })
    .await
}

async fn account(app: &App, number: &str) -> Result<Option<CustomerFile>, PageError> {
    match app.store.customer_of_account(number).await? {
        Some(id) => Ok(app.store.customer(id).await?),
        None => Ok(None),
    }
}

/// Goes on the record of the account: its owner is to find who asked for it.
async fn record(app: &App, mine: &Mine, customer: &Customer, act: Act) -> Result<(), PageError> {
    let event = Event::new(act, mine.asker.now, Some(mine.person), Capacity::Customer).of(customer.id).on("/account/link");
    app.store.audit(&Subject::Customer(customer.id), &event).await?;
    Ok(())
}

fn code_page(mine: &Mine, status: StatusCode, errors: &[FieldError]) -> Response<Body> {
    mine.asker.page(status, |context| code::render(context, &Code { for_what: For::Linking, errors, sent: Sent::Once }))
}

pub(crate) async fn ask_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Page).await?;
        match under_way(app, &incoming, &Path::ACCOUNT_LINK).await? {
            (_, Flow::Link { person, .. }) if person == mine.person.to_string() => Ok(code_page(&mine, StatusCode::OK, &[])),
            _ => Err(PageError::SeeOther(Path::ACCOUNT_LINK)),
        }
    })
    .await
}

pub(crate) async fn take_code(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = mine(app, &incoming, Asking::Form).await?;
        let begins = || PageError::SeeOther(Path::ACCOUNT_LINK);
        let (id, Flow::Link { person, customer, code }) = under_way(app, &incoming, &Path::ACCOUNT_LINK).await? else {
            return Err(begins());
        };
        if person != mine.person.to_string() {
            return Err(begins());
        }
        let wrong = |errors: &[FieldError]| Ok(code_page(&mine, StatusCode::UNPROCESSABLE_ENTITY, errors));
        if !is_ours(&incoming, Some(&mine.asker.session_id), &[CODE])? {
            return wrong(&not_ours());
        }
        let errors = wrong_with(&incoming.entered, &[(CODE, Takes::Code)]);
        if !errors.is_empty() {
            return wrong(&errors);
        }
        if !leave(app, &[&Limit::LinkBy(&person)], mine.asker.now).await?.is_given() {
            return Ok(code_page(&mine, StatusCode::TOO_MANY_REQUESTS, &too_often(CODE)));
        }
        let right = bool::from(digits(incoming.entered.text(CODE)).as_bytes().ct_eq(code.as_bytes()));
        let customer = match customer {
            Some(customer) => app.store.customer(flow::customer(&customer)?).await?.map(|file| file.customer),
            None => None,
        };
        let customer = match (customer, right) {
            (Some(customer), true) => customer,
            (Some(customer), false) => {
                record(app, &mine, &customer, Act::LinkFailed).await?;
                return wrong(&said(CODE, "code-not-right"));
            }
            (None, _) => return wrong(&said(CODE, "code-not-right")),
        };
        end(app, &id, &Path::ACCOUNT_LINK).await?;
        app.store.link(customer.id, mine.person).await?;
        record(app, &mine, &customer, Act::Linked).await?;
        opening::record(app, mine.person, Act::Linked, "/account/link/code").await?;
        Limit::LinkBy(&person).forgive(&app.store, mine.asker.now).await?;
        if let Some(email) = &customer.contact.email {
            tell(app, email, &Mail::notice(app.words_to(customer.id).await, Kind::AccountLinked)).await;
        }
        let first = mine.customers.is_empty();
        let mut customers = mine.customers.clone();
        customers.retain(|known| *known != customer.id);
        customers.push(customer.id);
        let leads =
            if first { Path::customer(customer.id) } else { Path::ACCOUNT.with(Notice::PARAMETER, Notice::Linked.name()) };
        Ok(over(renew(app, &incoming, &mine, customers, &leads).await?))
    })
    .await
}
