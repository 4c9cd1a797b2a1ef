//! Following an order: how it stands, who acts next, and everything that was ordered. A draft goes on where it stands.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::order::{Content, ProductOrder};
use platform::turn::Turn;
use platform::{App, Route, for_person, mint, respond, session};
use templates::pages::track::{self, Track};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[Route { key: "GET /orders/{order}", handler: |app, request| Box::pin(follow(app, request)) }];

async fn follow(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        let order = &turn.order.value;
        let placed = match (order.content(), order, &turn.session.actor) {
            (Content::Placed(placed), ..) => placed,
            (Content::Draft(_), ProductOrder::Draft(_), _) => return Ok(respond::see_other(&turn.stands(order))),
            // What waits for the customer goes on as the customer's; staff see that it waits.
            (Content::Draft(_), ProductOrder::AwaitingCustomer(_), Actor::Customer { .. }) => {
                return Ok(respond::see_other(&turn.stands(order)));
            }
            (Content::Draft(_), _, Actor::Staff(_)) => return Ok(respond::see_other(&Path::offer(order.id()))),
            (Content::Draft(_), _, Actor::Customer { .. }) => return Ok(respond::see_other(&Path::quote(order.id()))),
        };
        let catalogue = app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await;
        let new_order = mint::by_time(turn.now)?.to_string();
        let view = Track { order, catalogue: &catalogue, new_order: &new_order };
        Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
            respond::page(StatusCode::OK, track::render(context, &view))
        }))
    })
    .await
}
