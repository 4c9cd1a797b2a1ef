//! What can be had at an address, before anybody signs in. The address goes in by POST, so that none stands in a URL or a log.

use http::StatusCode;
use jiff::ToSpan;
use lambda_http::{Body, Request, Response};
use order_manager::address::{AddressDirectory, Correction, GeographicAddress};
use order_manager::admits::Reading;
use order_manager::broadband;
use order_manager::calendar::{company_day, today_in};
use order_manager::catalogue::{Area, Catalogue, ProductOffering};
use order_manager::characteristic::{Reach, ValueType};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::qualification::{Availability, availability};
use order_manager::value::Value;
use platform::store::{SessionId, Visitor, Wanted};
use platform::telemetry::{self, Stage};
use platform::{App, Incoming, PageError, Route, anybody, respond, session};
use templates::components::broadband_label::BroadbandFacts;
use templates::messages::Words;
use templates::pages::check_address::{self, ADDRESS, ALTERNATIVE, AS_ENTERED, Available, CheckAddress, Outcome};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /check-address", handler: |app, request| Box::pin(show(app, request)) },
    Route { key: "POST /check-address", handler: |app, request| Box::pin(check(app, request)) },
];

/// What a visitor told us is of use for so long.
const KEPT_HOURS: i64 = 24;

async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let visitor = visitor_of(&incoming)?;
        let wanted = Wanted { visitor: incoming.visitor.as_ref(), ..Wanted::default() };
        let loaded = app.store.load(&wanted).await?;
        let now = app.clock.now();
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, now).await?;
        let address = loaded.visitor.filter(|visitor| now < visitor.expires).and_then(|visitor| visitor.address);
        let nothing = Entered::default();
        let outcome = match (&address, incoming.query("checked")) {
            (Some(address), Some(_)) => {
                telemetry::reached(Stage::CheckAddress);
                served(app, &catalogue, address)
            }
            _ => Outcome::Asking,
        };
        let view = CheckAddress { entered: &nothing, errors: &[], outcome };
        let token = session::form_token(&visitor);
        let response = respond::page(StatusCode::OK, check_address::render(&anybody(&token), &view));
        Ok(respond::with_cookie(response, &session::given(session::VISITOR_COOKIE, &visitor)))
    })
    .await
}

async fn check(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let visitor = visitor_of(&incoming)?;
        let loaded = app.store.load(&Wanted::default()).await?;
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, app.clock.now()).await?;
        let token = session::form_token(&visitor);
        let again = |errors: &[FieldError], outcome| {
            telemetry::wrong(errors);
            let view = CheckAddress { entered: &incoming.entered, errors, outcome };
            let response = respond::page(StatusCode::UNPROCESSABLE_ENTITY, check_address::render(&anybody(&token), &view));
            Ok(respond::with_cookie(response, &session::given(session::VISITOR_COOKIE, &visitor)))
        };
        if !session::is_token_of(&visitor, &incoming.token) {
            return again(&[FieldError::new("", Reason::Said("form-not-ours"))], Outcome::Asking);
        }
        let known = ValueType::Address(Reach::Anywhere).field_names(ADDRESS);
        if incoming.entered.names().any(|name| name != ALTERNATIVE && !known.iter().any(|field| field == name)) {
            return Err(PageError::Unprocessable);
        }
        let entered = match address_in(&incoming.entered, app) {
            Ok(address) => address,
            Err(errors) => return again(&errors, Outcome::Asking),
        };
        let address = match (catalogue.correct(&entered), incoming.entered.one(ALTERNATIVE)) {
            (_, Err(reason)) => return again(&[FieldError::new(ALTERNATIVE, reason)], Outcome::Asking),
            (Correction::Found(address), Ok(_)) => address,
            (Correction::Unknown, Ok(_)) | (Correction::Alternatives(_), Ok(Some(AS_ENTERED))) => entered,
            (Correction::Alternatives(addresses), Ok(None)) => return again(&[], Outcome::Alternatives(&addresses)),
            (Correction::Alternatives(addresses), Ok(Some(chosen))) => {
                let index = chosen.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                match index.and_then(|index| addresses.get(index)) {
                    Some(address) => address.clone(),
                    None => return again(&[FieldError::new(ALTERNATIVE, Reason::NotAChoice)], Outcome::Alternatives(&addresses)),
                }
            }
        };
        let expires = app.clock.now().saturating_add(KEPT_HOURS.hours()).map_err(|_| PageError::Broken("the clock"))?;
        app.store.put_visitor(&visitor, &Visitor { address: Some(address), return_to: None, expires }).await?;
        Ok(respond::see_other(&Path::CHECK_ADDRESS.with("checked", "yes")))
    })
    .await
}

fn visitor_of(incoming: &Incoming) -> Result<SessionId, PageError> {
    Ok(match &incoming.visitor {
        Some(visitor) => visitor.clone(),
        None => SessionId::mint()?,
    })
}

fn address_in(entered: &Entered, app: &App) -> Result<GeographicAddress, Vec<FieldError>> {
    let reading = Reading { today: company_day(app.clock.now()), area: None, services: &[], files: &[] };
    match ValueType::Address(Reach::Anywhere).admit(ADDRESS, entered, &reading)? {
        Some(Value::Address(address)) => Ok(address),
        _ => Err(vec![FieldError::new(format!("{ADDRESS}.street"), Reason::Missing)]),
    }
}

fn served<'a>(app: &App, catalogue: &'a Catalogue, address: &'a GeographicAddress) -> Outcome<'a> {
    let area = catalogue.area_of(address.zip);
    let today = today_in(area, app.clock.now());
    if area.is_none() {
        return Outcome::NotServed(address);
    }
    let here = catalogue.offerings.iter().filter(|offering| availability(offering, area, None, today) == Availability::Available);
    let offerings = here.map(|offering| {
        let plans = plans(offering, catalogue, area);
        let from_monthly = plans.iter().map(|plan| plan.monthly).min_by_key(|amount| amount.minor());
        Available { offering, from_monthly, plans }
    });
    let known = matches!(catalogue.correct(address), Correction::Found(_));
    Outcome::Served { address, known, offerings: offerings.collect(), begin: Path::SIGN_IN }
}

/// The plans that can be had, with what their labels say. One whose price does not fit has none, and can't be ordered either.
fn plans<'a>(offering: &'a ProductOffering, catalogue: &'a Catalogue, area: Option<&Area>) -> Vec<BroadbandFacts<'a>> {
    let plans = area.map(|area| broadband::plans(offering, catalogue, area).unwrap_or_default()).unwrap_or_default();
    plans.iter().map(|plan| BroadbandFacts::of(plan, Words::english())).collect()
}
