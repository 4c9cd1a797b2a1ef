//! The start page, the pages about the site, the stylesheet, and our own 404.

use http::StatusCode;
use http::{HeaderValue, header};
use lambda_http::{Body, Request, Response};
use order_manager::calendar::company_day;
use order_manager::catalogue::{Amount, Charge, ProductOffering};
use order_manager::condition::Condition;
use order_manager::money::Money;
use platform::respond::{Keeping, answer, page};
use platform::session::{Asking, Standing, standing};
use platform::store::Wanted;
use platform::telemetry::{self, Stage};
use platform::{App, PageError, Route, anybody, for_themselves};
use templates::Markup;
use templates::assets;
use templates::layout::Context;
use templates::pages::start::{Offered, Start};
use templates::pages::{accessibility, help, not_found, privacy, start, terms};

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /", handler: |app, request| Box::pin(first(app, request)) },
    Route { key: "GET /assets/{file}", handler: |app, request| Box::pin(asset(app, request)) },
    Route { key: "GET /favicon.ico", handler: |app, request| Box::pin(icon(app, request)) },
    Route { key: "GET /help", handler: |app, request| Box::pin(about(app, request, help::render)) },
    Route { key: "GET /privacy", handler: |app, request| Box::pin(about(app, request, privacy::render)) },
    Route { key: "GET /accessibility", handler: |app, request| Box::pin(about(app, request, accessibility::render)) },
    Route { key: "GET /terms", handler: |app, request| Box::pin(terms_of_service(app, request)) },
    Route { key: "GET /robots.txt", handler: |app, request| Box::pin(text(app, request, ROBOTS)) },
    Route { key: "GET /.well-known/security.txt", handler: |app, request| Box::pin(text(app, request, SECURITY)) },
    Route { key: "$default", handler: |app, request| Box::pin(nothing(app, request)) },
];

/// Search engines may show what is public; the rest needs a session in any case.
const ROBOTS: &str =
    "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /terms\nAllow: /privacy\nAllow: /accessibility\nDisallow: /\n";

/// Where weaknesses are reported (RFC 9116).
const SECURITY: &str = "Contact: mailto:security@meridian.example\nExpires: 2027-12-31T00:00:00Z\nPreferred-Languages: en\n";

/// The start page. Somebody signed in is led to what is theirs.
async fn first(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let wanted = Wanted { session: incoming.session.as_ref(), ..Wanted::default() };
        let loaded = app.store.load(&wanted).await?;
        let now = app.clock.now();
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, now).await?;
        let today = company_day(now);
        let sold = catalogue.offerings.iter().filter(|offering| offering.is_sold_on(today));
        let view = Start { offerings: sold.map(|offering| Offered { offering, from_monthly: from_monthly(offering) }).collect() };
        // A session that is over greets nobody.
        let session = loaded.session.filter(|session| standing(session, now, Asking::Page, &app.config) != Standing::Over);
        let show = |context: &Context<'_>| start::render(context, &view);
        let markup = match incoming.session.as_ref().zip(session.as_ref()) {
            Some((id, session)) => for_themselves(id, session, now, show),
            None => show(&anybody("")),
        };
        telemetry::reached(Stage::Start);
        Ok(page(StatusCode::OK, markup))
    })
    .await
}

/// The least an offering's plans cost each month, for those that come in plans. Anything else depends on too much to say here.
fn from_monthly(offering: &ProductOffering) -> Option<Money> {
    let plans = offering.labels.iter().filter_map(|label| {
        let (plan, value) = &label.plan;
        offering.prices.iter().find_map(|price| match (&price.when, &price.charge) {
            (Condition::Is { characteristic, any_of }, Charge::Recurring { amount: Amount::Flat(amount) })
                if characteristic == plan && any_of.contains(value) =>
            {
                Some(*amount)
            }
            _ => None,
        })
    });
    plans.min_by_key(|amount| amount.minor())
}

async fn about(app: &App, request: Request, render: fn(&Context<'_>) -> Markup) -> Response<Body> {
    app.respond(request, async |_| Ok(page(StatusCode::OK, render(&anybody(""))))).await
}

async fn terms_of_service(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |_| {
        let now = app.clock.now();
        let loaded = app.store.load(&Wanted::default()).await?;
        let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, now).await?;
        let in_force = catalogue.terms_on(company_day(now));
        Ok(page(StatusCode::OK, terms::render(&anybody(""), in_force)))
    })
    .await
}

async fn asset(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| file(incoming.path(), incoming.takes_gzip()).ok_or(PageError::NotFound)).await
}

async fn icon(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| file(assets::FAVICON_PATH, incoming.takes_gzip()).ok_or(PageError::NotFound)).await
}

/// A file by its address: it never changes under one.
fn file(path: &str, takes_gzip: bool) -> Option<Response<Body>> {
    let asset = assets::at(path)?;
    let bytes = if takes_gzip { asset.gzip } else { asset.bytes };
    let mut response = answer(StatusCode::OK, asset.media_type, Keeping::Immutable, Body::Binary(bytes.to_vec()));
    if takes_gzip {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Some(response)
}

async fn text(app: &App, request: Request, text: &'static str) -> Response<Body> {
    app.respond(request, async |_| {
        Ok(answer(StatusCode::OK, "text/plain; charset=utf-8", Keeping::Public, Body::Text(text.to_owned())))
    })
    .await
}

async fn nothing(app: &App, request: Request) -> Response<Body> {
    let _ = app;
    drop(request);
    page(StatusCode::NOT_FOUND, not_found::render(&anybody("")))
}
