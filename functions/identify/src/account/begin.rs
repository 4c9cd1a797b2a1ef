//! Beginning as a new customer of one's own.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::account::AccountTerms;
use order_manager::address::{AddressDirectory, Correction, GeographicAddress};
use order_manager::admits::Reading;
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::calendar::company_day;
use order_manager::characteristic::{Reach, ValueType};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, SiteId};
use order_manager::party::{Contact, Customer, CustomerKind, Site};
use order_manager::telephone::TelephoneNumber;
use order_manager::value::Value;
use platform::session::Asking;
use platform::store::Wanted;
use platform::{App, Incoming, PageError, mint};
use templates::pages::account::begin::{self, ADDRESS, Begin, KIND, NAME, PHONE, kind_of};
use templates::path::Path;

use super::known;
use crate::form::{Mine, Takes, is_ours, mine, not_ours, wrong_with};
use crate::opening::renew;

/// The longest name of a customer.
const LONGEST_NAME: usize = 100;

fn page(mine: &Mine, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    mine.asker.page(status, |context| begin::render(context, &Begin { entered, errors }))
}

/// Who asks, if they have no account yet; others have nothing to begin.
async fn nobodys(app: &App, incoming: &Incoming, asking: Asking) -> Result<Mine, PageError> {
    let mine = mine(app, incoming, asking).await?;
    match mine.customers.first() {
        None => Ok(mine),
        Some(customer) => Err(PageError::SeeOther(Path::customer(*customer))),
    }
}

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = nobodys(app, &incoming, Asking::Page).await?;
        let wanted = Wanted { visitor: incoming.visitor.as_ref(), ..Wanted::default() };
        let visitor = app.store.load(&wanted).await?.visitor.filter(|visitor| mine.asker.now < visitor.expires);
        let entered = visitor.and_then(|visitor| visitor.address).map(|address| filled(&address)).unwrap_or_default();
        Ok(page(&mine, StatusCode::OK, &entered, &[]))
    })
    .await
}

/// The address that was checked before signing in.
fn filled(address: &GeographicAddress) -> Entered {
    let field = |part: &str, text: &str| (format!("{ADDRESS}.{part}"), text.to_owned());
    let unit = address.unit.as_deref().unwrap_or_default();
    Entered::from_iter([
        field("street", &address.street),
        field("unit", unit),
        field("city", &address.city),
        field("state", address.state.abbreviation()),
        field("zip", &address.zip.to_string()),
    ])
}

pub(crate) async fn take(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mine = nobodys(app, &incoming, Asking::Form).await?;
        let wrong = |errors: &[FieldError]| Ok(page(&mine, StatusCode::UNPROCESSABLE_ENTITY, &incoming.entered, errors));
        let parts = ValueType::Address(Reach::Anywhere).field_names(ADDRESS);
        let names: Vec<&str> = [KIND, NAME, PHONE].into_iter().chain(parts.iter().map(String::as_str)).collect();
        if !is_ours(&incoming, Some(&mine.asker.session_id), &names)? {
            return wrong(&not_ours());
        }
        let (kind, phone, address) = match read(app, &incoming.entered) {
            Ok(read) => read,
            Err(errors) => return wrong(&errors),
        };
        let catalogue = mine.asker.catalogue(app).await?;
        let address = match catalogue.correct(&address) {
            Correction::Found(address) => address,
            Correction::Alternatives(_) | Correction::Unknown => address,
        };
        let known = known(app, &mine).await?;
        // The same of the same session: a form that is sent twice begins one customer.
        let occasion = mine.asker.session_id.key();
        let id = CustomerId::new(mint::of_content(&occasion, b"customer"));
        let name: Box<str> = incoming.entered.text(NAME).trim().into();
        let customer = Customer {
            id,
            kind,
            name: name.clone(),
            account_number: app.new_account_number().await?,
            contact: Contact { name: mine.asker.session.name.as_str().into(), phone, email: Some(known.email) },
            partner: None,
            sites: vec![Site { id: SiteId::new(mint::of_content(&occasion, b"site")), address }],
            products: vec![],
            billing_accounts: vec![],
        };
        let terms = AccountTerms::opened(company_day(mine.asker.now));
        app.store.begin_customer(&customer, terms, mine.person).await?;
        let event =
            Event::new(Act::CustomerBegun, mine.asker.now, Some(mine.person), Capacity::Customer).of(id).on("/account/new");
        app.store.audit(&Subject::Customer(id), &event).await?;
        renew(app, &incoming, &mine, vec![id], &Path::customer(id)).await
    })
    .await
}

/// What was typed, or what is wrong with it.
fn read(app: &App, entered: &Entered) -> Result<(CustomerKind, TelephoneNumber, GeographicAddress), Vec<FieldError>> {
    let mut errors = vec![];
    let kind = match entered.one(KIND) {
        Ok(Some(value)) => kind_of(value).ok_or(Reason::NotAChoice),
        Ok(None) => Err(Reason::Missing),
        Err(reason) => Err(reason),
    };
    let kind = kind.map_err(|reason| errors.push(FieldError::new(KIND, reason)));
    errors.extend(wrong_with(entered, &[(NAME, Takes::Text(LONGEST_NAME)), (PHONE, Takes::Text(40))]));
    let phone: Result<TelephoneNumber, _> = entered.text(PHONE).parse();
    if phone.is_err() && errors.iter().all(|error| *error.field != *PHONE) {
        errors.push(FieldError::new(PHONE, Reason::NotATelephoneNumber));
    }
    let reading = Reading { today: company_day(app.clock.now()), area: None, services: &[], files: &[] };
    let address = match ValueType::Address(Reach::Anywhere).admit(ADDRESS, entered, &reading) {
        Ok(Some(Value::Address(address))) => Some(address),
        Ok(_) => {
            errors.push(FieldError::new(format!("{ADDRESS}.street"), Reason::Missing));
            None
        }
        Err(wrong) => {
            errors.extend(wrong);
            None
        }
    };
    match (kind, phone, address) {
        (Ok(kind), Ok(phone), Some(address)) if errors.is_empty() => Ok((kind, phone, address)),
        _ => Err(errors),
    }
}
