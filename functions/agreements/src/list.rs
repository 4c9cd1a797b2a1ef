//! A customer's agreements, and beginning another.

use futures_util::future::try_join;
use http::StatusCode;
use jiff::civil::Date;
use lambda_http::{Body, Request, Response};
use order_manager::access::{Actor, Duty, StaffMember, authorize};
use order_manager::agreement::{AgreedWith, AgreementState, Facts, RateSheet, begin as begin_agreement};
use order_manager::audit::{Act, End, Entry, Event, Subject};
use order_manager::calendar::company_day;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{AgreementId, CustomerId};
use platform::session::Asking;
use platform::store::{AgreementSummary, Wanted};
use platform::{App, Asker, Incoming, PageError, mint, respond};
use templates::pages::agreement::acceptance::SIGN;
use templates::pages::agreement::list::{self, AGREEMENT, Agreements, Line, NAME};
use templates::path::Path;

use crate::refused;

/// A customer's agreements, as this page knows them.
struct Known {
    asker: Asker,
    customer: CustomerId,
    agreements: Vec<AgreementSummary>,
    sheets: Vec<RateSheet>,
}

impl Known {
    fn negotiates(&self) -> bool {
        self.asker.session.actor.does(Duty::Negotiate)
    }

    fn is_staff(&self) -> bool {
        matches!(self.asker.session.actor, Actor::Staff(_))
    }
}

async fn know(app: &App, incoming: &Incoming, asking: Asking) -> Result<Known, PageError> {
    let customer: CustomerId = incoming.parameter("customer")?;
    let beside = try_join(app.store.agreements_of(customer), app.store.rate_sheets(customer));
    let (asker, _, (agreements, sheets)) = Asker::with(app, incoming, asking, Wanted::default(), beside).await?;
    authorize(&asker.session.actor, asking.act(), customer, asker.now)?;
    Ok(Known { asker, customer, agreements, sheets })
}

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Page).await?;
        page(&known, &Entered::default(), &[], StatusCode::OK)
    })
    .await
}

fn page(known: &Known, entered: &Entered, errors: &[FieldError], status: StatusCode) -> Result<Response<Body>, PageError> {
    let lines: Vec<_> = if known.is_staff() {
        known.agreements.iter().map(|summary| line(Path::agreement(summary.id), summary)).collect()
    } else {
        shown_to_customer(known)
    };
    let minted = mint::by_time(known.asker.now)?.to_string();
    let typed = Some(entered.text(AGREEMENT)).filter(|id| !id.is_empty());
    let view = Agreements {
        customer: known.customer,
        agreements: &lines,
        new: known.negotiates().then(|| typed.unwrap_or(&minted)),
        entered,
        errors,
    };
    Ok(known.asker.page_about(known.customer, status, |context| list::render(context, &view)))
}

/// What a customer sees: what was sent to them, and what is in force while the next version is written.
fn shown_to_customer(known: &Known) -> Vec<Line<'_>> {
    let answer = |id| Path::agreement_page(id, SIGN);
    let unseen = [AgreementState::Draft, AgreementState::InApproval, AgreementState::Approved];
    let sent: Vec<_> = known.agreements.iter().filter(|summary| !unseen.contains(&summary.state)).collect();
    let in_force = known.sheets.iter().filter(|sheet| sent.iter().all(|summary| summary.id != sheet.agreement.id));
    let signed = in_force.map(|sheet| Line {
        path: answer(sheet.agreement.id),
        name: &sheet.agreement.name,
        version: sheet.agreement.version,
        state: AgreementState::InForce,
        changed: sheet.from,
        ends: Some(sheet.until).filter(|until| *until < Date::MAX),
    });
    sent.iter().map(|summary| line(answer(summary.id), summary)).chain(signed).collect()
}

fn line(path: Path, summary: &AgreementSummary) -> Line<'_> {
    Line {
        path,
        name: &summary.name,
        version: summary.version,
        state: summary.state,
        changed: company_day(summary.changed),
        ends: summary.ends.filter(|_| summary.state == AgreementState::InForce),
    }
}

/// Begins an agreement. Sent twice from the same page, it is one.
pub(crate) async fn begin(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Form).await?;
        if !known.negotiates() {
            return Err(PageError::NotFound);
        }
        let entered = &incoming.entered;
        if entered.names().any(|name| ![NAME, AGREEMENT].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let again = |errors: &[FieldError]| page(&known, entered, errors, StatusCode::UNPROCESSABLE_ENTITY);
        if let Some(error) = known.asker.not_ours(&incoming) {
            return again(&[error]);
        }
        let id: AgreementId = entered.text(AGREEMENT).parse().map_err(|_| PageError::Unprocessable)?;
        let wanted = Wanted { agreement: Some(id), ..Wanted::default() };
        let (loaded, file) = try_join(app.store.load(&wanted), app.store.customer(known.customer)).await?;
        if let Some(there) = loaded.agreement {
            let theirs = there.value.customer.id == known.customer;
            return if theirs { Ok(respond::see_other(&Path::agreement(id))) } else { Err(PageError::NotFound) };
        }
        let customer = file.ok_or(PageError::NotFound)?.customer;
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, known.asker.now).await?;
        let facts = Facts { catalogue: &catalogue, sheets: &[], now: known.asker.now };
        let with =
            AgreedWith { id: customer.id, kind: customer.kind, name: customer.name, account_number: customer.account_number };
        let Actor::Staff(staff) = &known.asker.session.actor else { return Err(PageError::NotFound) };
        let by = StaffMember { person: staff.person, name: known.asker.session.name.as_str().into() };
        let begun = match begin_agreement(id, with, entered.text(NAME), by, &staff.roles, &facts) {
            Ok(begun) => begun,
            Err(refusal) => return again(&refused::errors(refusal)?),
        };
        let event = Event::new(Act::AgreementBegun, known.asker.now, Some(staff.person), known.asker.session.actor.capacity());
        let event = event.on("/customers/{customer}/agreements").of(known.customer);
        let entry = Entry::following(End::START, &Subject::Agreement(id), &event);
        app.store.create_agreement(&begun, Some(&entry)).await?;
        Ok(respond::see_other(&Path::agreement(id)))
    })
    .await
}
