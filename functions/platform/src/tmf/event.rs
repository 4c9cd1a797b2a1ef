//! What is told of orders (TMF622 v4, notifications): what a change of a row means to who listens.

use jiff::Timestamp;
use order_manager::audit::End;
use order_manager::id::PartnerId;
use order_manager::notice::notices;
use order_manager::order::{Content, OrderState, Placed, PlacedBy, ProductOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::cancellation::asked_for;
use super::{State, cancellation, product_order, state_of};
use crate::store::{CancelRequest, PartnerRequest, PartnerView, StoredOrder, Versioned};

/// The most bytes of an order that goes with an event whole; EventBridge stops at 256 KB.
const MOST_BYTES: usize = 200_000;

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    /// An order was received.
    Create,
    /// It is in another state.
    StateChange,
    /// Something else about it has changed.
    AttributeValueChange,
    /// It waits for something to be said.
    InformationRequired,
    /// It was deleted.
    Delete,
    /// A cancellation was asked for.
    CancelCreate,
    /// A cancellation is further on, or at its end.
    CancelStateChange,
    /// A cancellation waits for something to be said. None ever does: what is known of the order decides it.
    CancelInformationRequired,
}

impl EventType {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::StateChange,
        Self::AttributeValueChange,
        Self::InformationRequired,
        Self::Delete,
        Self::CancelCreate,
        Self::CancelStateChange,
        Self::CancelInformationRequired,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Create => "ProductOrderCreateEvent",
            Self::StateChange => "ProductOrderStateChangeEvent",
            Self::AttributeValueChange => "ProductOrderAttributeValueChangeEvent",
            Self::InformationRequired => "ProductOrderInformationRequiredEvent",
            Self::Delete => "ProductOrderDeleteEvent",
            Self::CancelCreate => "CancelProductOrderCreateEvent",
            Self::CancelStateChange => "CancelProductOrderStateChangeEvent",
            Self::CancelInformationRequired => "CancelProductOrderInformationRequiredEvent",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire_name() == name)
    }
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// What kind of thing.
    pub kind: EventType,
    /// The resource that it happened to, under its name.
    resource: (&'static str, Value),
    /// The partner who may know of it, where there is one.
    partner: Option<PartnerId>,
}

impl Happening {
    /// As it is published, and sent to listeners. The same change has the same id, however often it comes.
    #[must_use]
    pub fn document(&self, id: Uuid, at: Timestamp) -> Value {
        let (name, resource) = &self.resource;
        let mut event = json!({
            "eventId": id.to_string(),
            "eventTime": format!("{at:.3}"),
            "eventType": self.kind.wire_name(),
            "domain": "productOrdering",
            "title": self.kind.wire_name(),
            "event": { *name: shortened(resource) },
        });
        if let Some(partner) = &self.partner {
            event["partner"] = json!(partner.as_str());
        }
        event
    }
}

/// A resource that is not too large to travel: without what was ordered, where it is.
fn shortened(resource: &Value) -> Value {
    let mut resource = resource.clone();
    if resource.to_string().len() > MOST_BYTES
        && let Some(resource) = resource.as_object_mut()
    {
        resource.remove("productOrderItem");
    }
    resource
}

/// What the change of an order's row means; `sent` is what its partner sent, where it did.
#[must_use]
pub fn of_order(
    before: Option<&ProductOrder>,
    after: &ProductOrder,
    sent: Option<&Versioned<PartnerRequest>>,
    cancellations: &[CancelRequest],
    origin: &str,
) -> Vec<Happening> {
    let Content::Placed(placed) = after.content() else { return vec![] };
    let partner = placed.ordered_for.partner.clone();
    let as_resource = |order: &ProductOrder| {
        let order = Some(StoredOrder { version: 0, value: order.clone(), trail: End::START });
        product_order(&PartnerView { order, request: sent.cloned() }, origin)
    };
    let Some(resource) = as_resource(after) else { return vec![] };
    let happened = |kind| Happening { kind, resource: ("productOrder", resource.clone()), partner: partner.clone() };
    let Some(before) = before.filter(|before| before.state().is_placed()) else { return vec![happened(EventType::Create)] };
    let (was, is) = (before.state(), after.state());
    if was == is {
        let unchanged = as_resource(before).is_none_or(|before| before == resource) && !is_news(before, after);
        return if unchanged { vec![] } else { vec![happened(EventType::AttributeValueChange)] };
    }
    let mut happenings = vec![happened(EventType::StateChange)];
    if is == OrderState::Pending {
        happenings.push(happened(EventType::InformationRequired));
    }
    if let Some(asked) = cancellations.last()
        && state_of(was) != state_of(is)
        && is != OrderState::AssessingCancellation
    {
        let resource = ("cancelProductOrder", cancellation(asked, cancellations, after, origin));
        happenings.push(Happening { kind: EventType::CancelStateChange, resource, partner });
    }
    happenings
}

/// Whether customers would want to know of a change, though it may be of nothing that the resource has an attribute for: TMF622 v4
/// has none for a jeopardy.
fn is_news(before: &ProductOrder, after: &ProductOrder) -> bool {
    let known: Vec<_> = notices(before).into_iter().map(|notice| notice.key).collect();
    notices(after).iter().any(|notice| !known.contains(&notice.key))
}

/// What it means that a partner says something else of an order than before.
#[must_use]
pub fn of_said(
    before: Option<&PartnerRequest>,
    after: Option<&PartnerRequest>,
    order: &StoredOrder,
    origin: &str,
) -> Vec<Happening> {
    let Some(after) = after else { return vec![] };
    // What came with the order is told of with the order.
    if before.is_none() && is_sent_by_partner(&order.value) {
        return vec![];
    }
    let as_resource = |request: Option<&PartnerRequest>| {
        let request = request.map(|request| Versioned { version: 0, value: request.clone() });
        product_order(&PartnerView { order: Some(order.clone()), request }, origin)
    };
    let (was, is) = (as_resource(before), as_resource(Some(after)));
    let Some(resource) = is.filter(|is| was.as_ref() != Some(is)) else { return vec![] };
    let (kind, partner) = (EventType::AttributeValueChange, Some(after.partner.clone()));
    vec![Happening { kind, resource: ("productOrder", resource), partner }]
}

fn is_sent_by_partner(order: &ProductOrder) -> bool {
    matches!(order.content(), Content::Placed(Placed { placed_by: PlacedBy::Partner(_), .. }))
}

/// What the change of the row means that holds what a partner sent and no order came of.
#[must_use]
pub fn of_request(before: Option<&PartnerRequest>, after: Option<&PartnerRequest>, origin: &str) -> Vec<Happening> {
    let Some(request) = after.or(before).filter(|request| request.rejected.is_some()) else { return vec![] };
    let view = PartnerView { order: None, request: Some(Versioned { version: 0, value: request.clone() }) };
    let Some(rejected) = product_order(&view, origin) else { return vec![] };
    let partner = Some(request.partner.clone());
    let happened =
        |kind, resource: &Value| Happening { kind, resource: ("productOrder", resource.clone()), partner: partner.clone() };
    match (before, after) {
        (None, Some(_)) => {
            let mut received = rejected.clone();
            received["state"] = json!(OrderState::Acknowledged.wire_name());
            vec![happened(EventType::Create, &received), happened(EventType::StateChange, &rejected)]
        }
        (Some(_), None) => vec![happened(EventType::Delete, &rejected)],
        _ => vec![happened(EventType::AttributeValueChange, &rejected)],
    }
}

/// What it means that a partner asked for a cancellation.
#[must_use]
pub fn of_cancellation(asked: &CancelRequest, origin: &str) -> Happening {
    let resource = ("cancelProductOrder", asked_for(asked, State::Acknowledged, origin));
    Happening { kind: EventType::CancelCreate, resource, partner: Some(asked.partner.clone()) }
}

/// The kinds that a listener's query asks for, as `eventType=ProductOrderCreateEvent,ProductOrderStateChangeEvent`, or with the
/// parameter again for each; `None` where it asks for anything else.
#[must_use]
pub fn events_asked_for(query: &str) -> Option<Vec<EventType>> {
    let mut kinds = vec![];
    for part in query.trim_start_matches('?').split('&') {
        let (name, values) = part.split_once('=')?;
        if name != "eventType" {
            return None;
        }
        for value in values.split(',') {
            kinds.push(EventType::named(value)?);
        }
    }
    Some(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_asks_for_kinds_of_events_and_for_nothing_else() {
        let (create, change) = (EventType::Create, EventType::StateChange);
        let both = "eventType=ProductOrderCreateEvent,ProductOrderStateChangeEvent";
        assert_eq!(events_asked_for(both), Some(vec![create, change]));
        let again = "eventType=ProductOrderCreateEvent&eventType=ProductOrderStateChangeEvent";
        assert_eq!(events_asked_for(again), Some(vec![create, change]));
        for wrong in ["", "eventType", "eventType=", "eventType=OrderEvent", "id=1", "eventType=ProductOrderCreateEvent&id=1"] {
            assert_eq!(events_asked_for(wrong), None, "{wrong}");
        }
    }
}
