//! One order: shown, changed as far as it may be, or deleted where nothing came of it.

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::id::{OrderId, PartnerId};
use order_manager::order::OrderState;
use platform::App;
use platform::store::{PartnerRequest, PartnerView};
use platform::tmf::product_order;
use serde_json::{Map, Value};
use templates::api::Fault;

use crate::answer::{ApiError, Caller, json as answered, nothing, respond};
use crate::create::note;
use crate::list::sees;
use crate::query::Query;
use crate::reading::{OWN_TEXTS, Object, own, patch};
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
fn state(view: &PartnerView) -> OrderState {
    view.order.as_ref().map_or(OrderState::Rejected, |order| order.value.state())
}

/// Changes what is the partner's own to say, as long as the order is not at its end. What is ordered, and for when, is ours to keep.
pub(crate) async fn change(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_WRITE, async |caller| {
        let body = patch(&caller)?;
        let (id, view) = seen(app, &caller, &caller.parameter("id")?).await?;
        let before = product_order(&view, &caller.origin).ok_or(Fault::NotFound)?;
        let after = patched(&body, &before, &view)?;
        let Some(document) = after else { return Ok(answered(StatusCode::OK, &before)) };
        let now = app.clock.now();
        let request = changed(&view, id, &caller.partner, &document, now);
        let request = request.ok_or(Fault::NotFound)?;
        app.store.save_partner_request(view.request.as_ref().map(|request| request.version), &request).await?;
        note(app, &caller, (id, request.customer), Act::OrderNoted, now).await;
        let view = app.store.partner_view(id).await?;
        Ok(answered(StatusCode::OK, &product_order(&view, &caller.origin).ok_or(Fault::NotFound)?))
    })
    .await
}

/// What the partner says of the order once it is patched (RFC 7396); `None` where nothing changes.
fn patched(body: &Value, before: &Value, view: &PartnerView) -> Result<Option<Value>, Fault> {
    let object = Object::whole(body)?;
    let state = state(view);
    let own_name = |name: &str| OWN_TEXTS.iter().any(|(own, _)| *own == name) || name == "note";
    // What stays as it is is no change, whoever says it.
    let changes: Vec<_> = object.names().filter(|name| body.get(name) != before.get(name)).collect();
    if let Some(name) = changes.iter().find(|name| !own_name(name) || state.is_final()) {
        return Err(Fault::NotChangeable((*name).clone(), state));
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let mut checked = Map::new();
    own(&object, &mut checked)?;
    let mut document = match view.request.as_ref().map(|request| serde_json::from_str(&request.value.document)) {
        Some(Ok(Value::Object(document))) => document,
        _ => Map::new(),
    };
    for name in changes {
        match checked.get(name) {
            Some(value) => document.insert(name.clone(), value.clone()),
            None => document.remove(name),
        };
    }
    Ok(Some(Value::Object(document)))
}

/// What is stored of it.
fn changed(view: &PartnerView, id: OrderId, partner: &PartnerId, document: &Value, now: Timestamp) -> Option<PartnerRequest> {
    let document = document.to_string().into();
    match (&view.request, &view.order) {
        (Some(request), _) => Some(PartnerRequest { document, ..request.value.clone() }),
        // Ordered on the site: what the partner says of it stands beside it from now on.
        (None, Some(order)) => Some(PartnerRequest {
            order: id,
            partner: partner.clone(),
            customer: order.value.customer(),
            received: now,
            document,
            items: vec![],
            rejected: None,
        }),
        (None, None) => None,
    }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_of_an_order_at_its_end_is_changed_and_what_stays_is_no_change() {
        let before = json!({ "id": "1", "state": "rejected", "description": "A" });
        let view = PartnerView::default();
        assert_eq!(patched(&json!({ "description": "A", "id": "1" }), &before, &view), Ok(None));
        let refused = |name: &str| Err(Fault::NotChangeable(name.to_owned(), OrderState::Rejected));
        assert_eq!(patched(&json!({ "description": "B" }), &before, &view), refused("description"));
        assert_eq!(patched(&json!({ "state": "completed" }), &before, &view), refused("state"));
    }
}
