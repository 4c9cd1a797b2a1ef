//! Somebody who has no account yet: a household or a business, whom to reach, and the first place.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::{AccessReason, CustomerAuthentication};
use order_manager::account::AccountTerms;
use order_manager::address::{AddressDirectory, Correction, GeographicAddress};
use order_manager::admits::Reading;
use order_manager::audit::Act;
use order_manager::calendar::today_in;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::{Reach, ValueType};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, SiteId};
use order_manager::party::{Contact, Customer, CustomerKind, EmailAddress, Site};
use order_manager::telephone::TelephoneNumber;
use order_manager::value::Value;
use platform::session::Asking;
use platform::store::Wanted;
use platform::{App, PageError, for_staff, mint, respond};
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
        if let Some(error) = member.not_ours(&incoming) {
            return again(&[error]);
        }
        let loaded = app.store.load(&Wanted::default()).await?;
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, member.now).await?;
        let today = today_in(None, member.now);
        let told = match read(entered, &catalogue, today) {
            Ok(told) => told,
            Err(errors) => return again(&errors),
        };
        let number = mint::digits(10)?;
        let customer = Customer {
            id: CustomerId::new(mint::by_time(member.now)?),
            kind: told.kind,
            name: told.name,
            // Grouped as no telephone number is, so that the two are told apart where either can be typed.
            account_number: format!("{}-{}-{}", &number[..4], &number[4..8], &number[8..]).into(),
            contact: told.contact,
            sites: vec![Site { id: SiteId::new(mint::by_time(member.now)?), address: told.place }],
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
    let kind = keep(
        &mut errors,
        one(entered, KIND).and_then(|text| {
            let kind = KINDS.into_iter().find(|(value, _)| *value == text).map(|(_, kind)| kind);
            kind.ok_or_else(|| FieldError::new(KIND, Reason::NotAChoice))
        }),
    );
    let name = keep(&mut errors, one(entered, NAME).and_then(|text| named(NAME, text)));
    let contact = match entered.one(CONTACT) {
        Ok(None) => name.clone(),
        Ok(Some(text)) => keep(&mut errors, named(CONTACT, text)),
        Err(reason) => keep(&mut errors, Err(FieldError::new(CONTACT, reason))),
    };
    let phone = keep(
        &mut errors,
        one(entered, PHONE)
            .and_then(|text| text.parse::<TelephoneNumber>().map_err(|_| FieldError::new(PHONE, Reason::NotATelephoneNumber))),
    );
    let email = keep(
        &mut errors,
        one(entered, EMAIL).and_then(|text| text.parse::<EmailAddress>().map_err(|_| FieldError::new(EMAIL, Reason::NotAnEmail))),
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
    let reason = keep(
        &mut errors,
        one(entered, REASON).and_then(|text| {
            let reason = AccessReason::ALL.into_iter().find(|reason| reason.as_str() == text);
            reason.ok_or_else(|| FieldError::new(REASON, Reason::NotAChoice))
        }),
    );
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

fn one<'a>(entered: &'a Entered, name: &'static str) -> Result<&'a str, FieldError> {
    match entered.one(name) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(FieldError::new(name, Reason::Missing)),
        Err(reason) => Err(FieldError::new(name, reason)),
    }
}

fn named(field: &'static str, text: &str) -> Result<Box<str>, FieldError> {
    if text.chars().count() > LONGEST_NAME {
        return Err(FieldError::new(field, Reason::TooLong { max: LONGEST_NAME }));
    }
    if text.chars().any(char::is_control) {
        return Err(FieldError::new(field, Reason::UnreadableText));
    }
    Ok(text.into())
}

fn page(member: &Member, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Response<Body> {
    let show = |context: &Context<'_>| new_customer::render(context, &NewCustomer { entered, errors });
    respond::page(status, for_staff(&member.session_id, &member.session, member.now, show))
}
