//! `GET productOrder`: a partner's orders, filtered and in parts.

use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::id::{OrderId, PartnerId};
use order_manager::order::{Content, OrderState};
use platform::App;
use platform::store::{Between, PartnerEntry, PartnerView};
use platform::tmf::product_order;
use templates::api::Fault;

use crate::ORDERS_READ;
use crate::answer::{ApiError, part, respond};
use crate::create::id_under;
use crate::query::{COUNTED, Query, wrong};

/// What a list is filtered by.
struct Filter {
    ids: Option<Vec<OrderId>>,
    /// The id of what was sent under a name, or of the row that keeps the name for another order.
    named: Option<OrderId>,
    states: Option<Vec<OrderState>>,
    between: Between,
}

/// Lists them, the newest first.
pub(crate) async fn list(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let mut query = Query::of(&caller.request)?;
        let paging = query.paging()?;
        let filter = filter(&mut query, &caller.partner)?;
        query.end()?;
        let entries = found(app, &caller.partner, &filter).await?;
        let page: Vec<_> = entries.iter().skip(paging.offset).take(paging.limit).map(|entry| entry.order).collect();
        let views = app.store.partner_views(&page).await?;
        let resources = views.iter().filter_map(|(_, view)| product_order(view, &caller.origin));
        Ok(part(resources.map(|resource| paging.fields.of(resource)).collect(), entries.len()))
    })
    .await
}

fn filter(query: &mut Query, partner: &PartnerId) -> Result<Filter, Fault> {
    // What is no id is nobody's.
    let ids = query.take("id").map(|ids| ids.split(',').take(COUNTED).filter_map(|id| id.parse().ok()).collect::<Vec<_>>());
    let named = query.take("externalId").map(|name| id_under(partner, &name));
    let state = |name: &str| {
        let found = OrderState::ALL.into_iter().find(|state| state.is_placed() && state.wire_name() == name);
        found.ok_or_else(|| wrong("state", "a state of a product order, or several with commas between"))
    };
    let states = query.take("state").map(|names| names.split(',').map(state).collect::<Result<_, _>>()).transpose()?;
    Ok(Filter { ids, named, states, between: query.between("orderDate")? })
}

async fn found(app: &App, partner: &PartnerId, filter: &Filter) -> Result<Vec<PartnerEntry>, ApiError> {
    let fits = |entry: &PartnerEntry| filter.states.as_ref().is_none_or(|states| states.contains(&entry.state));
    let named = match filter.named {
        Some(under) => {
            let kept = app.store.partner_view(under).await?.request.and_then(|request| request.value.names);
            Some(kept.unwrap_or(under))
        }
        None => None,
    };
    let ids = match (filter.ids.clone(), named) {
        (None, None) => return Ok(app.store.orders_of_partner(partner, filter.between, COUNTED, fits).await?),
        (None, Some(named)) => vec![named],
        (Some(ids), named) => ids.into_iter().filter(|id| named.is_none_or(|named| named == *id)).collect(),
    };
    let views = app.store.partner_views(&ids).await?;
    let mut entries: Vec<_> = views.iter().filter_map(|(id, view)| entry(*id, view, partner)).collect();
    let between = filter.between;
    entries.retain(|entry| (between.first..=between.last).contains(&entry.ordered) && fits(entry));
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.ordered, entry.order)));
    entries.dedup();
    Ok(entries)
}

/// An order as the index has it, where it is the partner's to see.
fn entry(order: OrderId, view: &PartnerView, partner: &PartnerId) -> Option<PartnerEntry> {
    if !sees(view, partner) {
        return None;
    }
    let placed = view.order.as_ref().and_then(|there| match there.value.content() {
        Content::Placed(placed) => Some((there.value.state(), placed.placed)),
        Content::Draft(_) => None,
    });
    let (state, ordered): (OrderState, Timestamp) =
        placed.or_else(|| view.request.as_ref().map(|request| (OrderState::Rejected, request.value.received)))?;
    Some(PartnerEntry { order, ordered, state })
}

/// Whether an order is a partner's to see: of a customer of its own, or what it sent itself.
pub(crate) fn sees(view: &PartnerView, partner: &PartnerId) -> bool {
    match (&view.order, &view.request) {
        (Some(order), _) => order_manager::partner::sees(partner, &order.value),
        (None, Some(request)) => request.value.partner == *partner,
        (None, None) => false,
    }
}
