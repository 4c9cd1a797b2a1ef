//! Opening a customer's account: why, and how the customer was authenticated; what is open; and the way out.

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::access::{AccessReason, CustomerAuthentication};
use order_manager::audit::Act;
use order_manager::calendar::{company_day, company_zone};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::CustomerId;
use platform::limits::{Leave, Limit};
use platform::session::Asking;
use platform::store::CustomerFile;
use platform::{App, Incoming, PageError, respond};
use templates::layout::Context;
use templates::pages::customer_access::{self, CONFIRMED, HOW, Leaving, NEXT, OpenAccount, Opened, REASON, SWITCH, how_value};
use templates::path::Path;

use crate::opened::{audit, close, open};
use crate::work::FINISHED;
use crate::{Member, code};

/// The button that says what is to be done with an account that is open.
const DO: &str = "do";
/// Said after consent for the call was recorded.
const CONSENTED: &str = "consented";

/// The account that is to be opened, and the one that is open.
struct Asked {
    file: CustomerFile,
    /// The name, and how many orders are not finished, of the customer that is worked for.
    leaving: Option<(CustomerId, Box<str>, usize)>,
    next: Option<Path>,
}

async fn asked(app: &App, incoming: &Incoming, member: &Member) -> Result<Asked, PageError> {
    let customer: CustomerId = incoming.parameter("customer")?;
    let file = app.store.customer(customer).await?.ok_or(PageError::NotFound)?;
    let other = member.staff.acting_for(member.asker.now).filter(|grant| grant.customer != customer);
    let leaving = match other {
        None => None,
        Some(grant) => {
            let drafts = app.store.customer(grant.customer).await?.map_or(0, |file| file.drafts.len());
            Some((grant.customer, grant.name.clone(), drafts))
        }
    };
    let next = incoming.query(NEXT).or_else(|| incoming.entered.one(NEXT).ok().flatten().map(str::to_owned));
    Ok(Asked { file, leaving, next: next.as_deref().and_then(Path::own) })
}

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Page).await?;
        let asked = asked(app, &incoming, &member).await?;
        if member.works_for(asked.file.customer.id) {
            return Ok(opened(&member, &asked, incoming.query(CONSENTED).is_some()));
        }
        Ok(page(&member, StatusCode::OK, &asked, &Entered::default(), &[]))
    })
    .await
}

pub(crate) async fn send(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        if entered.names().any(|name| ![REASON, HOW, SWITCH, NEXT, DO].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let asked = asked(app, &incoming, &member).await?;
        let customer = &asked.file.customer;
        if member.works_for(customer.id) {
            return act(app, &incoming, &member, customer.id).await;
        }
        let again = |status, errors: &[FieldError]| Ok(page(&member, status, &asked, entered, errors));
        if let Some(error) = member.asker.not_ours(&incoming) {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &[error]);
        }
        let ways = asked.file.terms.ways(customer, company_day(member.asker.now));
        let (reason, how) = match read(entered, &ways, &asked) {
            Ok(read) => read,
            Err(errors) => return again(StatusCode::UNPROCESSABLE_ENTITY, &errors),
        };
        let too_often = [FieldError::new(HOW, Reason::Said("access-too-often"))];
        let person = member.person().to_string();
        if Limit::AccessBy(&person).take(&app.store, member.asker.now).await? != Leave::Given {
            return again(StatusCode::TOO_MANY_REQUESTS, &too_often);
        }
        if how == CustomerAuthentication::CodeToRecord {
            return match code::begin(app, &member, customer, reason, asked.next.as_ref()).await? {
                Some(answer) => Ok(answer),
                None => again(StatusCode::TOO_MANY_REQUESTS, &too_often),
            };
        }
        open(app, &member, customer, reason, how, asked.next.clone()).await
    })
    .await
}

/// What is done with an account that is open.
async fn act(app: &App, incoming: &Incoming, member: &Member, customer: CustomerId) -> Result<Response<Body>, PageError> {
    if member.asker.not_ours(incoming).is_some() {
        return Err(PageError::Forbidden);
    }
    match incoming.entered.text(DO) {
        "finish" => close(app, member, customer, &Path::WORK.with(FINISHED, "yes")).await,
        "consent" => {
            audit(app, member, Act::CallConsent, customer, None).await?;
            Ok(respond::see_other(&Path::customer_access(customer).with(CONSENTED, "yes")))
        }
        // The account was opened in another tab meanwhile.
        _ => Ok(respond::see_other(&Path::customer_access(customer))),
    }
}

fn read(
    entered: &Entered,
    ways: &[CustomerAuthentication],
    asked: &Asked,
) -> Result<(AccessReason, CustomerAuthentication), Vec<FieldError>> {
    let reason = entered.choice(REASON, AccessReason::ALL, AccessReason::as_str);
    let how = entered.choice(HOW, ways.iter().copied(), how_value);
    let asks_first = asked.leaving.as_ref().is_some_and(|(_, _, drafts)| *drafts > 0);
    let switch = match entered.one(SWITCH) {
        Ok(Some(CONFIRMED)) => Ok(()),
        _ if asks_first => Err(FieldError::new(SWITCH, Reason::Said("access-switch-missing"))),
        _ => Ok(()),
    };
    match (switch, reason, how) {
        (Ok(()), Ok(reason), Ok(how)) => Ok((reason, how)),
        (switch, reason, how) => Err([switch.err(), reason.err(), how.err()].into_iter().flatten().collect()),
    }
}

fn page(member: &Member, status: StatusCode, asked: &Asked, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    let customer = &asked.file.customer;
    let ways = asked.file.terms.ways(customer, company_day(member.asker.now));
    let address = customer.contact.email.as_ref().map(code::masked);
    let view = OpenAccount {
        customer: customer.id,
        name: &customer.name,
        account_number: &customer.account_number,
        ways: &ways,
        address: address.as_deref(),
        leaving: asked.leaving.as_ref().map(|(customer, name, drafts)| Leaving { customer: *customer, name, drafts: *drafts }),
        next: asked.next.as_ref(),
        entered,
        errors,
    };
    let show = |context: &Context<'_>| customer_access::render(context, &view);
    member.asker.page(status, show)
}

fn opened(member: &Member, asked: &Asked, consented: bool) -> Response<Body> {
    let Some(grant) = member.staff.acting_for(member.asker.now) else { return respond::see_other(&Path::CUSTOMERS) };
    let (given, until) = (clock_of(grant.given), clock_of(grant.until));
    let view = Opened { grant, data_use: asked.file.terms.data_use, times: (&given, &until), consented };
    let show = |context: &Context<'_>| customer_access::render_open(context, &view);
    member.asker.page(StatusCode::OK, show)
}

/// A time of day. Staff work everywhere, so it says by which clock.
fn clock_of(time: Timestamp) -> String {
    time.to_zoned(company_zone()).strftime("%H:%M %Z").to_string()
}
