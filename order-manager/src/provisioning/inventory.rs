//! What becomes of a customer's services in place when items of an order are done.

use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::calendar::today_in;
use crate::catalogue::Catalogue;
use crate::id::ProductId;
use crate::money::Money;
use crate::order::{Action, Content, ItemState, Placed, PlacedItem, ProductOrder};
use crate::party::{AgreedTerm, Product, Standing};
use crate::pricing::LineKind;
use crate::telephone::TelephoneNumber;

/// A change of a customer's services in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InventoryChange {
    /// It is so now.
    Put(Product),
    /// It is gone.
    Remove(ProductId),
    /// A number that was given up rests until then; where it is one of ours.
    Rest {
        /// The rate centre that it belongs to.
        rate_centre: Box<str>,
        /// The number.
        number: TelephoneNumber,
        /// When somebody else can have it.
        until: Timestamp,
    },
}

/// What follows for the services in place from items that are done after a change of their order and were not before. A service
/// that is new has the id of the item that brought it, so that it is brought once.
#[must_use]
pub fn in_place(before: &ProductOrder, after: &ProductOrder, catalogue: &Catalogue, at: Timestamp) -> Vec<InventoryChange> {
    let (Content::Placed(was), Content::Placed(is)) = (before.content(), after.content()) else { return vec![] };
    let is_new = |item: &&PlacedItem| {
        let was = was.items.iter().find(|was| was.id == item.id);
        item.state == ItemState::Completed && was.is_none_or(|was| was.state != ItemState::Completed)
    };
    let follows = |item| std::iter::once(done(is, item, catalogue, at)).chain(given_up(is, item, catalogue, at));
    is.items.iter().filter(is_new).flat_map(follows).collect()
}

/// The number that a service had and has no more: it ended, or has another one.
fn given_up(order: &Placed, item: &PlacedItem, catalogue: &Catalogue, at: Timestamp) -> Option<InventoryChange> {
    let (product, place) = match &item.action {
        Action::Disconnect(product) => (product, &order.place.address),
        Action::Modify(product) if product.number != item.number => (product, &order.place.address),
        Action::Move { product, from } if product.number != item.number => (product, from),
        Action::Add | Action::Modify(_) | Action::Move { .. } | Action::Suspend(_) | Action::Restore(_) => return None,
    };
    let rate_centre = catalogue.area_of(place.zip)?.rate_centre.clone();
    let rests = i64::from(catalogue.number_aging.days(order.ordered_for.kind));
    let until = at.saturating_add(SignedDuration::from_hours(24 * rests)).unwrap_or(Timestamp::MAX);
    Some(InventoryChange::Rest { rate_centre, number: product.number?, until })
}

fn done(order: &Placed, item: &PlacedItem, catalogue: &Catalogue, at: Timestamp) -> InventoryChange {
    let since = today_in(catalogue.area_of(order.place.address.zip), at);
    let offering = catalogue.offering(&item.offering).filter(|_| item.term_months > 0);
    let agreed = offering.and_then(|offering| order.price.agreed_end(offering));
    let own_end = (item.term_months > 0).then(|| since.saturating_add(i64::from(item.term_months).months()));
    let brought = |id: ProductId, begun| Product {
        id,
        offering: item.offering.clone(),
        site: order.place.site,
        number: item.number,
        answers: item.answers.clone(),
        monthly: monthly(order, item),
        since: begun,
        term_ends: agreed.and_then(|agreed| agreed.common(since)).or(own_end),
        agreed: agreed.map(|agreed| AgreedTerm { term_begins: since, early_termination: agreed.early_termination.clone() }),
        standing: Standing::Active,
    };
    match &item.action {
        Action::Add => InventoryChange::Put(brought(ProductId::new(item.id.value()), since)),
        Action::Modify(product) => InventoryChange::Put(brought(product.id, product.since)),
        // It keeps its term.
        Action::Move { product, .. } => {
            let (term_ends, agreed) = (product.term_ends, product.agreed.clone());
            InventoryChange::Put(Product { term_ends, agreed, ..brought(product.id, product.since) })
        }
        Action::Disconnect(product) => InventoryChange::Remove(product.id),
        Action::Suspend(product) => InventoryChange::Put(Product { standing: Standing::Suspended, ..product.clone() }),
        Action::Restore(product) => InventoryChange::Put(Product { standing: Standing::Active, ..product.clone() }),
    }
}

/// What an item costs each month, discounts that last taken off and surcharges left out: those are the bill's.
fn monthly(order: &Placed, item: &PlacedItem) -> Money {
    let lines = order.price.lines.iter().filter(|line| line.item == item.id);
    let amounts = lines.filter_map(|line| match line.kind {
        LineKind::Monthly(amount) | LineKind::MonthlyDiscount { amount, months: None } => Some(amount),
        _ => None,
    });
    // What was agreed adds up: it did when the order was placed.
    Money::sum(order.price.currency, amounts).unwrap_or(Money::zero(order.price.currency))
}
