//! Other answers of an order that is on its way: whether they can be, and what the order costs with them.

use jiff::Timestamp;

use super::drafting::{earliest_day, errors_in};
use super::placing::placed_item;
use super::{Refusal, Saving};
use crate::access::ActedBy;
use crate::authorisation::letters_needed;
use crate::catalogue::Catalogue;
use crate::characteristic::Asked;
use crate::entered::FieldError;
use crate::id::{CharacteristicId, OrderItemId};
use crate::inventory::Hold;
use crate::journey::needs_visit;
use crate::order::{Draft, DraftItem, Irrevocable, Placed, PlacedBy, PlacedItem, PriceChange};
use crate::party::Product;
use crate::pricing::{OrderPrice, price};
use crate::qualification::{is_carried, left_without};
use crate::value::Value;

/// To which price somebody agrees who wants something otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// To the one that they were shown.
    Shown(Box<OrderPrice>),
    /// To the catalogue's, whatever it comes to: a partner's system has read it.
    Catalogues,
}

/// An order as the draft that it was, to be looked at with other answers: beside what its customer has at its place, but for what the
/// order has brought there itself.
#[must_use]
pub fn as_drafted(order: &Placed, products: &[Product], catalogue: &Catalogue) -> Draft {
    let by = match &order.placed_by {
        PlacedBy::Customer(person) => ActedBy::Customer(*person),
        PlacedBy::Staff(staff, _) => ActedBy::Staff(staff.clone()),
        PlacedBy::Partner(by) => ActedBy::Partner(by.partner.clone()),
    };
    let is_brought = |product: &Product| order.items.iter().any(|item| item.id.value() == product.id.value());
    let beside = products.iter().filter(|product| product.site == order.place.site && !is_brought(product)).cloned().collect();
    let item = |item: &PlacedItem| {
        let dialogs = catalogue.form(&item.offering, &item.action).into_iter().flat_map(|form| &form.dialogs);
        let saved = dialogs.map(|dialog| Asked::InDialog(dialog.id.clone())).chain([Asked::OnPage]).collect();
        let PlacedItem { id, offering, action, answers, .. } = item.clone();
        DraftItem { id, offering, action, answers, saved }
    };
    let hold = |resource| Hold { resource, until: Timestamp::MAX };
    Draft {
        items: order.items.iter().map(item).collect(),
        authorisations: order.authorisations.clone(),
        installation: Some(order.installation.clone()),
        billing: Some(order.billing.clone()),
        holds: order.resources.iter().cloned().map(hold).collect(),
        ..Draft::begun(order.id, order.ordered_for.clone(), (order.place.clone(), beside), (by, order.placed), catalogue)
    }
}

/// The order with other answers in one of its items; none where one is left out. The catalogue is the one that the order was placed
/// by, so that what is not changed stays as it was agreed. What is answered as before changes nothing.
///
/// # Errors
/// [`Refusal::TooLate`] beyond the point of no return; [`Refusal::Fields`] where an answer can't stand beside the others;
/// [`Refusal::NotAsked`] where it decides more than its own price; [`Refusal::AgreedOtherwise`] where it has another price, and the
/// order's is not the catalogue's.
pub fn amended(
    order: &Placed,
    item: OrderItemId,
    answers: &[(CharacteristicId, Option<Value>)],
    products: &[Product],
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Placed, Refusal> {
    let at = order.items.iter().position(|candidate| candidate.id == item && candidate.is_open()).ok_or(Refusal::NoSuchItem)?;
    let placed = &order.items[at];
    if placed.irrevocable() == Irrevocable::Now {
        return Err(Refusal::TooLate(item));
    }
    let form = catalogue.form(&placed.offering, &placed.action).ok_or(Refusal::NoSuchItem)?;
    let is_amendable = |name: &str| form.amendable().any(|asked| asked.id.as_str() == name);
    if !answers.iter().all(|(asked, _)| is_amendable(asked.as_str())) {
        return Err(Refusal::NotAsked);
    }
    let before = as_drafted(order, products, catalogue);
    let mut after = before.clone();
    for (asked, answer) in answers {
        match answer {
            Some(answer) => drop(after.items[at].answers.insert(asked.clone(), answer.clone())),
            None => drop(after.items[at].answers.remove(asked)),
        }
    }
    if after == before {
        return Ok(order.clone());
    }
    let known = wrong(&before, at, catalogue);
    let errors: Vec<_> = wrong(&after, at, catalogue).into_iter().filter(|error| !known.contains(error)).collect();
    // What would be wrong elsewhere then can't be put right here.
    if errors.iter().any(|error| !is_amendable(&error.field)) {
        return Err(Refusal::NotAsked);
    }
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors));
    }
    let changed = others_as_before(order, (&before, &after), at, catalogue, now).ok_or(Refusal::NotAsked)?;
    if answers.iter().any(|(asked, answer)| answer.is_some() != changed.answers.contains_key(asked)) {
        return Err(Refusal::NotAsked);
    }
    let mut amended = order.clone();
    amended.price = repriced(order, (&before, &after), catalogue)?;
    let placed = &mut amended.items[at];
    (placed.answers, placed.codes) = (changed.answers, changed.codes);
    placed.on_the_way.amended = Some(now);
    Ok(amended)
}

/// What an order costs in which an answer that was wrong is put right.
pub(super) fn corrected_price(
    order: &Placed,
    item: OrderItemId,
    corrected: Option<&(CharacteristicId, Value)>,
    catalogue: &Catalogue,
) -> Result<OrderPrice, Refusal> {
    let Some((asked, answer)) = corrected else { return Ok(order.price.clone()) };
    let before = as_drafted(order, &[], catalogue);
    let mut after = before.clone();
    if let Some(item) = after.items.iter_mut().find(|candidate| candidate.id == item) {
        item.answers.insert(asked.clone(), answer.clone());
    }
    repriced(order, (&before, &after), catalogue)
}

/// What an order costs whose answers are others. What costs the same as it did costs what was agreed.
fn repriced(order: &Placed, (before, after): (&Draft, &Draft), catalogue: &Catalogue) -> Result<OrderPrice, Refusal> {
    let (was, will) = (price(before, catalogue)?, price(after, catalogue)?);
    if !was.charges_otherwise(&will) {
        return Ok(order.price.clone());
    }
    let is_agreed_otherwise = order.price.under.is_some() || was.charges_otherwise(&order.price);
    if is_agreed_otherwise { Err(Refusal::AgreedOtherwise) } else { Ok(will) }
}

/// That a price is the one that was agreed to.
pub(super) fn agree(agreed: &Agreed, before: &OrderPrice, price: &OrderPrice) -> Result<(), Refusal> {
    match agreed {
        Agreed::Shown(shown) if **shown != *price => {
            Err(Refusal::PriceChanged(Box::new(PriceChange { before: before.clone(), after: price.clone() })))
        }
        Agreed::Shown(_) | Agreed::Catalogues => Ok(()),
    }
}

/// What is wrong with an item, on its page and in its dialogs.
fn wrong(draft: &Draft, at: usize, catalogue: &Catalogue) -> Vec<FieldError> {
    let item = &draft.items[at];
    let Some(form) = catalogue.form(&item.offering, &item.action) else { return vec![] };
    item.saved.iter().flat_map(|asked| errors_in(draft, item, form, asked, Saving::Whole, catalogue)).collect()
}

/// The item as it would be placed now, where nothing but what it is answered and its codes comes out otherwise: no other question,
/// number, letter, milestone, visit or day, and nothing about any other service.
fn others_as_before(
    order: &Placed,
    (before, after): (&Draft, &Draft),
    at: usize,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Option<PlacedItem> {
    let day = order.installation.visit.day();
    let placed =
        |draft: &Draft| -> Option<Vec<_>> { draft.items.iter().map(|item| placed_item(draft, item, catalogue, day)).collect() };
    let (was, mut will) = (placed(before)?, placed(after)?);
    let changed = will[at].clone();
    let is_asked = |item: &PlacedItem, id: &CharacteristicId| item.answers.contains_key(id);
    let given = |id: &CharacteristicId| before.items[at].answers.get(id) == after.items[at].answers.get(id);
    let mut unchanged = was[at].answers.keys().chain(changed.answers.keys()).filter(|id| given(id));
    let asks_the_same = unchanged.all(|id| is_asked(&was[at], id) == is_asked(&changed, id));
    (will[at].answers, will[at].codes) = (was[at].answers.clone(), was[at].codes.clone());
    let stands = |draft: &Draft| {
        let of_item = |item: &DraftItem| {
            let form = catalogue.form(&item.offering, &item.action)?;
            Some((is_carried(draft, item, form, catalogue), left_without(draft, item, catalogue).map(|product| product.id)))
        };
        draft.items.iter().map(of_item).collect::<Vec<_>>()
    };
    let is_same = asks_the_same
        && was == will
        && stands(before) == stands(after)
        && letters_needed(before, catalogue) == letters_needed(after, catalogue)
        && needs_visit(before, catalogue) == needs_visit(after, catalogue)
        && earliest_day(before, catalogue, now) == earliest_day(after, catalogue, now);
    let mut others = (0..after.items.len()).filter(|other| *other != at);
    let is_well = |other: usize| wrong(after, other, catalogue) == wrong(before, other, catalogue);
    (is_same && others.all(is_well)).then_some(changed)
}
