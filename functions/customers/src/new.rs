//! Somebody who has no account yet: a household or a business, whom to reach, and the first place.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::{AccessReason, CustomerAuthentication};
use order_manager::account::AccountTerms;
use order_manager::address::{AddressDirectory, Correction, GeographicAddress};
use order_manager::admits::Reading;
use order_manager::audit::Act;
use order_manager::calendar::company_day;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::{Reach, ValueType};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, SiteId};
use order_manager::party::{Contact, Customer, CustomerKind, EmailAddress, Site};
use order_manager::telephone::TelephoneNumber;
use order_manager::value::Value;
use platform::session::Asking;
use platform::{App, PageError, mint};
use templates::layout::Context;
use templates::pages::new_customer::{self, CONTACT, EMAIL, KIND, KINDS, NAME, NewCustomer, PHONE, PLACE, REASON};

use crate::Member;
use crate::opened::{audit, open};

/// The longest name on an account.
const LONGEST_NAME: usize = 120;

pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Page).await?;
        Ok(page(&member, StatusCode::OK, &Entered::default(), &[]))
    })
    .await
}

pub(crate) async fn add(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::who_serves(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        let place = address_type().field_names(PLACE);
        let known = [KIND, NAME, CONTACT, PHONE, EMAIL, REASON];
        if entered.names().any(|name| !known.contains(&name) && !place.iter().any(|field| field == name)) {
            return Err(PageError::Unprocessable);
        }
        let again = |errors: &[FieldError]| Ok(page(&member, StatusCode::UNPROCESSABLE_ENTITY, entered, errors));
        if let Some(error) = member.asker.not_ours(&incoming) {
            return again(&[error]);
        }
        let catalogue = member.asker.catalogue(app).await?;
        let today = company_day(member.asker.now);
        let told = match read(entered, &catalogue, today) {
            Ok(told) => told,
            Err(errors) => return again(&errors),
        };
        let customer = Customer {
            id: CustomerId::new(mint::by_time(member.asker.now)?),
            kind: told.kind,
            name: told.name,
            account_number: app.new_account_number().await?,
            contact: told.contact,
            partner: None,
            sites: vec![Site { id: SiteId::new(mint::by_time(member.asker.now)?), address: told.place }],
            products: vec![],
            billing_accounts: vec![],
        };
        audit(app, &member, Act::CustomerAdded, customer.id, None).await?;
        app.store.put_account(&customer, AccountTerms::opened(today), &[]).await?;
        open(app, &member, &customer, told.reason, CustomerAuthentication::NewCustomer, None).await
    })
    .await
}

/// What was told of somebody new.
struct Told {
    kind: CustomerKind,
    name: Box<str>,
    contact: Contact,
    place: GeographicAddress,
    reason: AccessReason,
}

const fn address_type() -> ValueType {
    ValueType::Address(Reach::Anywhere)
}

fn read(entered: &Entered, catalogue: &Catalogue, today: jiff::civil::Date) -> Result<Told, Vec<FieldError>> {
    let mut errors = vec![];
    let kind = keep(&mut errors, entered.choice(KIND, KINDS, |(value, _)| value).map(|(_, kind)| kind));
    let name = keep(&mut errors, entered.line(NAME, LONGEST_NAME));
    let contact = match entered.one(CONTACT) {
        Ok(None) => name.clone(),
        _ => keep(&mut errors, entered.line(CONTACT, LONGEST_NAME)),
    };
    let phone = keep(
        &mut errors,
        entered
            .required(PHONE)
            .and_then(|text| text.parse::<TelephoneNumber>().map_err(|_| FieldError::new(PHONE, Reason::NotATelephoneNumber))),
    );
    let email = keep(
        &mut errors,
        entered
            .required(EMAIL)
            .and_then(|text| text.parse::<EmailAddress>().map_err(|_| FieldError::new(EMAIL, Reason::NotAnEmail))),
    );
    let reading = Reading { today, area: None, services: &[], files: &[] };
    let place = match address_type().admit(PLACE, entered, &reading) {
        Ok(Some(Value::Address(address))) => Some(address),
        Ok(_) => keep(&mut errors, Err(FieldError::new(format!("{PLACE}.street"), Reason::Missing))),
        Err(wrong) => {
            errors.extend(wrong);
            None
        }
    };
    let reason = keep(&mut errors, entered.choice(REASON, AccessReason::ALL, AccessReason::as_str));
    match (kind, name, contact, phone, email, place, reason) {
        (Some(kind), Some(name), Some(contact), Some(phone), Some(email), Some(place), Some(reason)) if errors.is_empty() => {
            let place = match catalogue.correct(&place) {
                Correction::Found(found) => found,
                Correction::Alternatives(_) | Correction::Unknown => place,
            };
            Ok(Told { kind, name, contact: Contact { name: contact, phone, email: Some(email) }, place, reason })
        }
        _ => Err(errors),
    }
}

fn keep<T>(errors: &mut Vec<FieldError>, read: Result<T, FieldError>) -> Option<T> {
    read.map_err(|error| errors.push(error)).ok()
}

fn page(member: &Member, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    let show = |context: &Context<'_>| new_customer::render(context, &NewCustomer { entered, errors });
    member.asker.page(status, show)
}
