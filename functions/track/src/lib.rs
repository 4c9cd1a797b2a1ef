//! Following an order: how it stands, who acts next, and everything that was ordered. A draft goes on where it stands.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::order::Content;
use platform::turn::Turn;
use platform::{App, Route, respond, session};
use templates::layout::{Context, SignedIn};
use templates::messages::Words;
use templates::pages::track::{self, Track};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[Route { key: "GET /orders/{order}", handler: |app, request| Box::pin(follow(app, request)) }];

async fn follow(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        let order = &turn.order.value;
        if let Content::Draft(_) = order.content() {
            return Ok(respond::see_other(&turn.stands(order)));
        }
        let token = session::form_token(&turn.session_id);
        let home = Path::customer(order.customer());
        let signed_in = Some(SignedIn { name: &turn.session.name, home: Some(&home) });
        let context = Context { words: Words::english(), form_token: &token, signed_in };
        Ok(respond::page(StatusCode::OK, track::render(&context, &Track { order, catalogue: &turn.catalogue })))
    })
    .await
}
