//! A placed order as service orders: what is to be done at which place, and what has to be done before it.

use super::{Part, ServiceAction, ServiceOrder, ServiceOrderId};
use crate::catalogue::{Carriage, Carrier, Catalogue};
use crate::id::OfferingId;
use crate::order::{Action, Placed, PlacedItem};
use crate::value::{ServiceTarget, Value};

/// The service orders that an order comes to, each after those it depends on: access comes before what runs over it, a line before
/// its long distance; what runs over something ends before that does; and a service leaves a place when it works at the other.
#[must_use]
pub fn service_orders(order: &Placed, catalogue: &Catalogue) -> Vec<ServiceOrder> {
    let mut items: Vec<_> = order.items.iter().collect();
    let family = |item: &PlacedItem| catalogue.offering(&item.offering).map(|offering| offering.family);
    // What carries comes first; and what ends does so the other way round.
    items.sort_by_key(|item| {
        let rank = family(item).map_or(0, |family| i16::from(family.rank()));
        (if ends(item) { -rank } else { rank }, item.id)
    });
    let mut all = vec![];
    for item in items {
        let Some(family) = family(item) else { continue };
        let id = |item: &PlacedItem, part| ServiceOrderId { order: order.id, item: item.id, part };
        let before = order.items.iter().filter(|other| other.id != item.id && comes_before(other, item, catalogue));
        let after = before.map(|other| id(other, Part::Here)).collect();
        let action = match item.action {
            Action::Add | Action::Move { .. } => ServiceAction::Add,
            Action::Modify(_) | Action::Suspend(_) | Action::Restore(_) => ServiceAction::Modify,
            Action::Disconnect(_) => ServiceAction::Delete,
        };
        all.push(ServiceOrder { id: id(item, Part::Here), family, action, after });
        if let Action::Move { .. } = item.action {
            let after = vec![id(item, Part::Here)];
            all.push(ServiceOrder { id: id(item, Part::Left), family, action: ServiceAction::Delete, after });
        }
    }
    all
}

/// Whether an item takes something away from the order's place.
const fn ends(item: &PlacedItem) -> bool {
    matches!(item.action, Action::Disconnect(_) | Action::Suspend(_))
}

/// Whether an item has to be done before another one.
fn comes_before(first: &PlacedItem, item: &PlacedItem, catalogue: &Catalogue) -> bool {
    match (ends(first), ends(item)) {
        (false, false) => points_at(item, first) || is_carried_by(&item.offering, &first.offering, catalogue),
        (true, true) => is_carried_by(&first.offering, &item.offering, catalogue),
        // What replaces something works before that goes: nobody is without service in between.
        (false, true) => first.offering == item.offering && matches!(first.action, Action::Add),
        (true, false) => false,
    }
}

fn points_at(item: &PlacedItem, other: &PlacedItem) -> bool {
    let is_other = |target: ServiceTarget| match target {
        ServiceTarget::Item(id) => id == other.id,
        ServiceTarget::Product(id) => other.action.product_id() == Some(id),
    };
    item.answers.values().any(|value| matches!(value, Value::Service(service) if is_other(service.target)))
}

fn is_carried_by(offering: &OfferingId, carrier: &OfferingId, catalogue: &Catalogue) -> bool {
    let Some(Carriage::AnyOf(carriers)) = catalogue.offering(offering).map(|offering| &offering.carried_by) else {
        return false;
    };
    carriers.iter().any(|candidate| matches!(candidate, Carrier::Offering { offering, .. } if offering == carrier))
}
