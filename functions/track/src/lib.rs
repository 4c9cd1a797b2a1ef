//! Following an order: how it stands, who acts next, and everything that was ordered. A draft goes on where it stands.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::order::Content;
use platform::turn::Turn;
use platform::{App, Route, for_person, respond, session};
use templates::pages::track::{self, Track};

/// What this function answers.
pub const ROUTES: &[Route] = &[Route { key: "GET /orders/{order}", handler: |app, request| Box::pin(follow(app, request)) }];

async fn follow(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        let order = &turn.order.value;
        let Content::Placed(placed) = order.content() else { return Ok(respond::see_other(&turn.stands(order))) };
        let catalogue = app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await;
        let view = Track { order, catalogue: &catalogue };
        Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
            respond::page(StatusCode::OK, track::render(context, &view))
        }))
    })
    .await
}
