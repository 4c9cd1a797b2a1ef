//! `PATCH productOrder`: what is the partner's own to say is taken over as it stands; what is ordered changes by the same decisions as
//! on the site.

mod wishes;

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::audit::Act;
use order_manager::decide::{Command, Refusal, Wish, decide, new_days};
use order_manager::id::{CustomerId, OrderId, PartnerId};
use order_manager::order::{Content, ProductOrder};
use platform::store::{PartnerRequest, PartnerView, StoreError, StoredOrder, Wanted};
use platform::tmf::product_order;
use platform::{App, PageError};
use serde_json::{Map, Value};
use templates::api::Fault;

use self::wishes::{Patch, Wished};
use crate::ORDERS_WRITE;
use crate::answer::{ApiError, Caller, json as answered, respond};
use crate::create::{event, id_under};
use crate::orders::{seen, state};
use crate::reading::{MOST_EXTERNAL_ID, OWN_TEXTS, Object, own, patch};

/// What a partner knows an order by.
const NAME: &str = "externalId";
/// The most things that one patch changes: each goes on record, and all of it is written together.
const MOST_WISHES: usize = 50;
/// How often a patch is tried on an order that somebody else saves meanwhile.
const ATTEMPTS: usize = 3;

/// Changes an order that is not at its end.
pub(crate) async fn change(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_WRITE, async |caller| {
        let body = patch(&caller)?;
        let id = caller.parameter("id")?;
        for _ in 0..ATTEMPTS {
            match attempt(app, &caller, &body, &id).await {
                // A merge patch says what shall be, whatever was: it is good for what is there now as well.
                Err(ApiError::Fault(Fault::Changed) | ApiError::Ours(PageError::Store(StoreError::Taken(_)))) => {}
                answer => return answer,
            }
        }
        Err(Fault::Changed.into())
    })
    .await
}

async fn attempt(app: &App, caller: &Caller, body: &Value, id: &str) -> Result<Response<Body>, ApiError> {
    let (id, view) = seen(app, caller, id).await?;
    let before = product_order(&view, &caller.origin).ok_or(Fault::NotFound)?;
    let Some(change) = Change::of(body, &before, &view)? else { return Ok(answered(StatusCode::OK, &before)) };
    let now = app.clock.now();
    let request = change.document.as_ref().and_then(|document| said(&view, id, &caller.partner, document, now));
    let order = view.order.as_ref().ok_or(Fault::NotFound)?;
    let customer = order.value.customer();
    let named = match &change.name {
        Some(name) => Some(named(app, caller, name, (id, customer), now).await?),
        None => None,
    };
    let said = request.as_ref().map(|request| (view.request.as_ref().map(|there| there.version), request));
    let said: Vec<_> = said.into_iter().chain(named.as_ref().map(|named| (None, named))).collect();
    let (after, acts) = wished(app, order, &change, now).await?;
    let recorded = |act: Act| event(caller, customer, act, now);
    if acts.is_empty() && !said.is_empty() {
        app.store.save_partner_requests(id, &said, (order.trail, &recorded(Act::OrderNoted))).await?;
    }
    if !acts.is_empty() {
        let events: Vec<_> = acts.into_iter().chain(change.noted).map(recorded).collect();
        app.store.change_partner_order(order, &after, &said, (&events, now)).await?;
    }
    let view = app.store.partner_view(id).await?;
    Ok(answered(StatusCode::OK, &product_order(&view, &caller.origin).ok_or(Fault::NotFound)?))
}

/// The row that keeps a name for an order which came without one: nothing else was sent under it, and nothing can be from then on.
async fn named(
    app: &App,
    caller: &Caller,
    name: &str,
    (order, customer): (OrderId, CustomerId),
    now: Timestamp,
) -> Result<PartnerRequest, ApiError> {
    let under = id_under(&caller.partner, name);
    if app.store.partner_view(under).await? != PartnerView::default() {
        return Err(Fault::AlreadyOrdered.into());
    }
    let (partner, document) = (caller.partner.clone(), "{}".into());
    let (items, names) = (vec![], Some(order));
    Ok(PartnerRequest { order: under, partner, customer, received: now, document, items, rejected: None, names })
}

/// What a patch changes (RFC 7396).
struct Change<'a> {
    /// What the partner says of the order from now on, where that changes.
    document: Option<Value>,
    /// That it says something that is no part of what is ordered, where it does.
    noted: Option<Act>,
    /// What the partner knows the order by from now on, which had no name before.
    name: Option<String>,
    /// What is to be done about the order.
    patch: Patch<'a>,
}

impl<'a> Change<'a> {
    /// Nothing where nothing changes.
    fn of(body: &'a Value, before: &'a Value, view: &PartnerView) -> Result<Option<Self>, Fault> {
        let object = Object::whole(body)?;
        let state = state(view);
        // What stays as it is is no change, whoever says it; neither is taking away what is not there.
        let stays = |name: &str| object.member(name) == before.get(name);
        let changes: Vec<_> = object.names().filter(|name| !stays(name)).map(String::as_str).collect();
        let Some(first) = changes.first() else { return Ok(None) };
        if state.is_final() {
            return Err(Fault::NotChangeable((*first).to_owned(), state));
        }
        let is_said = |name: &str| OWN_TEXTS.iter().any(|(own, _)| *own == name) || name == "note";
        let is_date = |name: &str| ["requestedStartDate", "requestedCompletionDate"].contains(&name);
        let mut checked = Map::new();
        own(&object, &mut checked)?;
        let name = match object.text(NAME, MOST_EXTERNAL_ID)? {
            Some(_) if !changes.contains(&NAME) || before.get(NAME).is_some() => None,
            Some("") => return Err(Fault::WrongType { path: NAME.to_owned(), expected: "a text, not too long" }),
            name => name.map(str::to_owned),
        };
        let mut document = match view.request.as_ref().map(|request| serde_json::from_str(&request.value.document)) {
            Some(Ok(Value::Object(document))) => document,
            _ => Map::new(),
        };
        for name in changes.iter().filter(|name| is_said(name) || is_date(name)) {
            match checked.get(*name) {
                Some(value) => document.insert((*name).to_owned(), value.clone()),
                None if is_date(name) => return Err(Fault::NotChangeable((*name).to_owned(), state)),
                None => document.remove(*name),
            };
        }
        if let Some(name) = &name {
            document.insert(NAME.to_owned(), name.as_str().into());
        }
        let is_new = name.is_some() || changes.iter().any(|name| is_said(name) || is_date(name));
        let noted = (name.is_some() || changes.iter().any(|name| is_said(name))).then_some(Act::OrderNoted);
        let patch = Patch { object, before, wanted: changes, state };
        Ok(Some(Self { document: is_new.then_some(Value::Object(document)), noted, name, patch }))
    }
}

/// The order as it is wished, and what was done to it.
async fn wished(
    app: &App,
    order: &StoredOrder,
    change: &Change<'_>,
    now: Timestamp,
) -> Result<(ProductOrder, Vec<Act>), ApiError> {
    let Content::Placed(placed) = order.value.content() else { return Err(Fault::NotFound.into()) };
    let head = app.store.load(&Wanted::default()).await?.catalogue_head;
    let current = app.catalogues.current(&app.store, &head, now).await?;
    // What is answered costs what it did when it was placed; the days there are, are today's.
    let own = app.catalogues.of(&app.store, &placed.catalogue, &current).await;
    let (mut after, mut acts) = (order.value.clone(), vec![]);
    let wishes = change.patch.wishes(app, placed, (&own, &current), now).await?;
    if wishes.len() > MOST_WISHES {
        return Err(Fault::WrongType { path: "productOrderItem".to_owned(), expected: "at most 50 changes at once" }.into());
    }
    for Wished { path, wish } in wishes {
        let state = after.state();
        let refused = |refusal| match refusal {
            Refusal::NotThatDay => {
                let (first, last) = new_days(placed, &current, now);
                Fault::NotThatDay { path: path.clone(), first, last }
            }
            Refusal::TooLate(_) => Fault::GoneTooFar(path.clone()),
            Refusal::AgreedOtherwise => Fault::AgreedOtherwise(path.clone()),
            Refusal::Fields(_) => {
                Fault::WrongType { path: path.clone(), expected: "what can be had there, beside the other answers" }
            }
            _ => Fault::NotChangeable(path.clone(), state),
        };
        let catalogue = if matches!(wish, Wish::Day(_)) { &current } else { &own };
        let command = Command::Wish(wish);
        acts.extend(command.act());
        after = decide(&after, command, catalogue, now).map_err(refused)?;
    }
    Ok((after, acts))
}

/// What is stored of what a partner says.
fn said(view: &PartnerView, id: OrderId, partner: &PartnerId, document: &Value, now: Timestamp) -> Option<PartnerRequest> {
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
            names: None,
        }),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use order_manager::order::OrderState;
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_of_an_order_at_its_end_is_changed_and_what_stays_is_no_change() {
        let before = json!({ "id": "1", "state": "rejected", "description": "A" });
        let view = PartnerView::default();
        let change = |body: Value| Change::of(&body, &before, &view).map(|change| change.is_some());
        assert_eq!(change(json!({ "description": "A", "id": "1", "category": null })), Ok(false));
        let refused = |name: &str| Err(Fault::NotChangeable(name.to_owned(), OrderState::Rejected));
        assert_eq!(change(json!({ "description": "B" })), refused("description"));
        assert_eq!(change(json!({ "state": "completed" })), refused("state"));
    }
}
