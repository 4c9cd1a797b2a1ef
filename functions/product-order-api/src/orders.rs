//! One order: shown, or deleted where nothing came of it.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::id::OrderId;
use order_manager::order::OrderState;
use platform::App;
use platform::store::PartnerView;
use platform::tmf::product_order;
use templates::api::Fault;

use crate::answer::{ApiError, Caller, json as answered, nothing, respond};
use crate::create::note;
use crate::list::sees;
use crate::query::Query;
use crate::{ORDERS_READ, ORDERS_WRITE};

/// Shows it.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let mut query = Query::of(&caller.request)?;
        let fields = query.fields();
        query.end()?;
        let (_, view) = seen(app, &caller, &caller.parameter("id")?).await?;
        let resource = product_order(&view, &caller.origin).ok_or(Fault::NotFound)?;
        Ok(answered(StatusCode::OK, &fields.of(resource)))
    })
    .await
}

/// An order that the caller may see.
pub(crate) async fn seen(app: &App, caller: &Caller, id: &str) -> Result<(OrderId, PartnerView), ApiError> {
    let id: OrderId = id.parse().map_err(|_| Fault::NotFound)?;
    let view = app.store.partner_view(id).await?;
    let is_there = sees(&view, &caller.partner) && product_order(&view, "").is_some();
    if is_there { Ok((id, view)) } else { Err(Fault::NotFound.into()) }
}

/// The state of an order that is there.
pub(crate) fn state(view: &PartnerView) -> OrderState {
    view.order.as_ref().map_or(OrderState::Rejected, |order| order.value.state())
}

/// Deletes what no order came of. What is an order of ours stays on record.
pub(crate) async fn delete(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_WRITE, async |caller| {
        let (id, view) = seen(app, &caller, &caller.parameter("id")?).await?;
        match (&view.order, &view.request) {
            (None, Some(request)) => {
                app.store.delete_partner_request(request).await?;
                note(app, &caller, (id, request.value.customer), Act::OrderDeleted, app.clock.now()).await;
                Ok(nothing())
            }
            _ => Err(Fault::NotDeletable(state(&view)).into()),
        }
    })
    .await
}
