//! `cancelProductOrder`: asking for a cancellation, and how far it is.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::decide::{Command, decide};
use order_manager::order::OrderState;
use platform::App;
use platform::store::{CancelRequest, Wanted};
use platform::tmf::cancellation;
use serde_json::Value;
use templates::api::Fault;

use crate::answer::{ApiError, Caller, created, json as answered, part, respond};
use crate::create::event;
use crate::orders::seen;
use crate::query::{COUNTED, Query};
use crate::reading::{Object, document};
use crate::{ORDERS_READ, ORDERS_WRITE};

/// Asks for one.
pub(crate) async fn ask(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_WRITE, async |caller| {
        let body = document(&caller)?;
        let object = Object::whole(&body)?;
        let named = object.object("productOrder")?.ok_or_else(|| Fault::Missing("productOrder".to_owned()))?;
        let id = named.needed_text("id", 100)?;
        let (reason, wanted) = (object.text("cancellationReason", 1_000)?, object.time("requestedCancellationDate")?);
        let (id, view) = match seen(app, &caller, id).await {
            // The address is there; what it is to act on is not.
            Err(ApiError::Fault(Fault::NotFound)) => {
                let expected = "an order of yours";
                return Err(Fault::WrongType { path: "productOrder.id".to_owned(), expected }.into());
            }
            seen => seen?,
        };
        let order = view.order.as_ref().ok_or(Fault::NotCancellable(OrderState::Rejected))?;
        let now = app.clock.now();
        let head = app.store.load(&Wanted::default()).await?.catalogue_head;
        let catalogue = app.catalogues.current(&app.store, &head, now).await?;
        let not_now = |_| Fault::NotCancellable(order.value.state());
        let after = decide(&order.value, Command::AskCancellation, &catalogue, now).map_err(not_now)?;
        let number = u32::try_from(app.store.cancellations(id).await?.len()).unwrap_or(u32::MAX).saturating_add(1);
        let request = CancelRequest {
            order: id,
            number,
            partner: caller.partner.clone(),
            reason: reason.map(Into::into),
            wanted,
            asked: now,
        };
        let event = event(&caller, order.value.customer(), Act::CancellationAsked, now);
        app.store.ask_cancellation(order, &after, &request, &event).await?;
        Ok(created(&cancellation(&request, std::slice::from_ref(&request), &after, &caller.origin)))
    })
    .await
}

/// How far one is.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let mut query = Query::of(&caller.request)?;
        let fields = query.fields();
        query.end()?;
        let id = caller.parameter("id")?;
        let (order, number) = id.rsplit_once('-').ok_or(Fault::NotFound)?;
        let resource = one(app, &caller, order, number.parse().map_err(|_| Fault::NotFound)?).await?;
        Ok(answered(StatusCode::OK, &fields.of(resource.ok_or(Fault::NotFound)?)))
    })
    .await
}

async fn one(app: &App, caller: &Caller, order: &str, number: u32) -> Result<Option<Value>, ApiError> {
    let (order, view) = seen(app, caller, order).await?;
    let all = app.store.cancellations(order).await?;
    let asked = all.iter().find(|asked| asked.number == number && asked.partner == caller.partner);
    Ok(asked.zip(view.order).map(|(asked, order)| cancellation(asked, &all, &order.value, &caller.origin)))
}

/// Those that the partner asked for, the newest first.
pub(crate) async fn list(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let mut query = Query::of(&caller.request)?;
        let paging = query.paging()?;
        query.end()?;
        let found = app.store.cancellations_of_partner(&caller.partner, COUNTED).await?;
        let mut resources = vec![];
        for (order, number) in found.iter().skip(paging.offset).take(paging.limit) {
            let resource = one(app, &caller, &order.to_string(), *number).await?;
            resources.extend(resource.map(|resource| paging.fields.of(resource)));
        }
        Ok(part(resources, found.len()))
    })
    .await
}
