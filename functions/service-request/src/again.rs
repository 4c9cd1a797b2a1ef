//! A new order of what another one ordered.

use lambda_http::{Body, Request, Response};
use order_manager::decide::repeat;
use order_manager::id::{OrderId, OrderItemId};
use order_manager::order::{Content, Draft, OrderedFor, ServicePlace};
use platform::turn::Turn;
use platform::{App, PageError, mint, session};
use templates::pages::track::ORDER;

use super::{agreement_at, created};

/// Begins it. A second click on the same page leads to the order that the first one began.
pub(crate) async fn begin(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Form).await?;
        if !session::is_token_of(&turn.session_id, &incoming.token) {
            return Err(PageError::Forbidden);
        }
        if incoming.entered.names().any(|name| name != ORDER) {
            return Err(PageError::Unprocessable);
        }
        let id: OrderId = incoming.entered.text(ORDER).parse().map_err(|_| PageError::Unprocessable)?;
        let other = turn.order.value.content();
        let (customer, place, items) = match other {
            Content::Draft(draft) => (draft.ordered_for.id, &draft.place, draft.items.len()),
            Content::Placed(placed) => (placed.ordered_for.id, &placed.place, placed.items.len()),
        };
        let file = app.store.customer(customer).await?.ok_or(PageError::NotFound)?;
        let place = ServicePlace { site: place.site, address: place.address.clone() };
        let ids = (0..items).map(|_| mint::by_time(turn.now).map(OrderItemId::new)).collect::<Result<Vec<_>, _>>()?;
        let (site, by) = (place.site, (turn.session.acted_by(), turn.now));
        let agreement = agreement_at(&file, &place, &turn.catalogue, turn.now)?;
        let here = (place, file.customer.in_service_at(site));
        let draft = Draft::begun(id, OrderedFor::of(&file.customer), here, by, &turn.catalogue).priced_under(agreement);
        let begun = repeat(draft, other, &ids, &turn.catalogue, turn.now).map_err(|_| PageError::Unprocessable)?;
        created(app, &turn.session, begun, turn.now).await
    })
    .await
}
