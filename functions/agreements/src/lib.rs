//! Agreements: the lists of deals, an agreement's pages for staff, what is done about it, and the customer's answer.

mod acceptance;
mod deal;
mod deals;
mod deeds;
mod list;
mod marked_up;
mod pages;
mod prices;
mod refused;
mod terms;
mod wordings;

use lambda_http::{Body, Request, Response};
use platform::session::Asking;
use platform::{App, PageError, Route, Taking};
use templates::pages::agreement::acceptance::{COUNTER, DECLINE, SIGN};
use templates::pages::agreement::approvals::{APPROVE, RETURN, WAIVE};
use templates::pages::agreement::overview::Deed;
use templates::pages::agreement::{MARKED_UP, Tab};

use crate::deal::Deal;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /deals", handler: |app, request| Box::pin(deals::show(app, request)) },
    Route { key: "GET /customers/{customer}/agreements", handler: |app, request| Box::pin(list::show(app, request)) },
    Route { key: "POST /customers/{customer}/agreements", handler: |app, request| Box::pin(list::begin(app, request)) },
    Route { key: "GET /agreements/{agreement}", handler: |app, request| Box::pin(overview(app, request)) },
    Route { key: "GET /agreements/{agreement}/{page}", handler: |app, request| Box::pin(page(app, request)) },
    Route { key: "POST /agreements/{agreement}/{page}", handler: |app, request| Box::pin(act(app, request)) },
];

async fn overview(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let deal = Deal::begin(app, &incoming, Asking::Page).await?;
        pages::show(app, &deal, &incoming, Tab::Overview).await
    })
    .await
}

async fn page(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let deal = Deal::begin(app, &incoming, Asking::Page).await?;
        let name: String = incoming.parameter("page")?;
        match (name.as_str(), Tab::named(&name)) {
            (_, Some(tab)) => pages::show(app, &deal, &incoming, tab).await,
            (SIGN, None) => acceptance::show(&deal),
            (MARKED_UP, None) => marked_up::show(app, &deal).await,
            _ => Err(PageError::NotFound),
        }
    })
    .await
}

async fn act(app: &App, request: Request) -> Response<Body> {
    app.respond_taking(request, Taking::Files, async |incoming| {
        let deal = Deal::begin(app, &incoming, Asking::Form).await?;
        let name: String = incoming.parameter("page")?;
        if name != COUNTER && !incoming.uploads.is_empty() {
            return Err(PageError::Unprocessable);
        }
        match (name.as_str(), Tab::named(&name), Deed::named(&name)) {
            (_, Some(Tab::Terms), _) => terms::save(app, &deal, &incoming).await,
            (_, Some(Tab::Prices), _) => prices::save(app, &deal, &incoming).await,
            (_, Some(Tab::Ladder), _) => wordings::take_term(app, &deal, &incoming).await,
            (_, Some(Tab::Clauses), _) => wordings::save(app, &deal, &incoming).await,
            (_, _, Some(deed)) => deeds::act(app, &deal, &incoming, deed).await,
            (APPROVE | RETURN | WAIVE, ..) => deeds::decide(app, &deal, &incoming, &name).await,
            (SIGN, ..) => acceptance::sign(app, &deal, &incoming).await,
            (COUNTER, ..) => acceptance::counter(app, &deal, &incoming).await,
            (DECLINE, ..) => acceptance::decline(app, &deal, &incoming).await,
            _ => Err(PageError::NotFound),
        }
    })
    .await
}
