//! A quote, to read and to accept.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::calendar::today_in;
use order_manager::decide::{Command, Refusal, decide};
use order_manager::order::{Content, ProductOrder};
use platform::session::Asking;
use platform::turn::Turn;
use platform::{App, PageError, for_person, respond, session};
use templates::pages::{preparing, quote as pages};
use templates::path::Path;

pub(super) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Page).await?;
        let order = &turn.order.value;
        let Content::Draft(draft) = order.content() else { return Ok(respond::see_other(&Path::order(order.id()))) };
        if let (Actor::Customer { .. }, ProductOrder::AwaitingApproval(_)) = (&turn.session.actor, order) {
            return Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
                respond::page(StatusCode::OK, preparing::render(context, draft))
            }));
        }
        let quote = draft.selling.quote.as_ref().ok_or(PageError::NotFound)?;
        // What was quoted is shown by the catalogue it was made by, whatever is in force now.
        let catalogue = app.catalogues.of(&app.store, &quote.round.priced.catalogue, &turn.catalogue).await;
        let view = pages::QuotePage {
            draft,
            quote,
            catalogue: &catalogue,
            version: turn.order.version,
            today: today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now),
            reader: match turn.session.actor {
                Actor::Customer { .. } => pages::Reader::Customer,
                Actor::Staff(_) => pages::Reader::Staff,
            },
        };
        Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
            respond::page(StatusCode::OK, pages::render(context, &view))
        }))
    })
    .await
}

pub(super) async fn accept(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Form).await?;
        let order = &turn.order.value;
        if !session::is_token_of(&turn.session_id, &incoming.token) {
            return Err(PageError::Forbidden);
        }
        if incoming.entered.names().next().is_some() {
            return Err(PageError::Unprocessable);
        }
        // A quote that was revised meanwhile is another quote.
        if matches!(order, ProductOrder::Quoted(_)) && incoming.version != turn.order.version.to_string() {
            return Err(PageError::Conflict);
        }
        let command = Command::AcceptQuote(turn.session.acted_by());
        let act = command.act();
        match decide(order, command, &turn.catalogue, turn.now) {
            Ok(after) => {
                turn.save(app, act, &after).await?;
                Ok(respond::see_other(&turn.stands(&after)))
            }
            // Accepted before, or expired: the quote's page says so.
            Err(Refusal::NotInState(_) | Refusal::QuoteExpired) => Ok(respond::see_other(&Path::quote(order.id()))),
            Err(_) => Err(PageError::Unprocessable),
        }
    })
    .await
}
