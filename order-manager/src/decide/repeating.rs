//! Ordering the same again: what can be carried over is, and what can't is named.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Refusal;
use super::drafting::{add_item, point_again};
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Characteristic, TelephoneUse, ValueType};
use crate::id::{CharacteristicId, OfferingId, OrderId, OrderItemId};
use crate::order::{Action, BillTo, Content, Draft, LeftOut, PriceChange, Priced, ProductOrder, Repeats};
use crate::pricing::{OrderPrice, price};
use crate::qualification::fault;
use crate::value::{Answers, ServiceTarget, Value};

/// An item as it was ordered.
struct Source<'a> {
    id: OrderItemId,
    offering: &'a OfferingId,
    action: &'a Action,
    answers: Answers,
}

/// A new order of what another one ordered: `draft` is begun for the same customer and place, with nothing in it; `ids` are for
/// its items, as many as the other has.
///
/// Numbers, dates, files, secrets and letters are never carried over: they belong to the order they were given for. What changed
/// a service in place is not done again. What the catalogue no longer takes is left out, and a price that changed is shown.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn repeat(
    mut draft: Draft,
    other: Content<'_>,
    ids: &[OrderItemId],
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<ProductOrder, Refusal> {
    let (of, sources, price_then) = sources(other, catalogue);
    let mut left_out = vec![];
    let mut renamed = BTreeMap::new();
    for (source, id) in sources.iter().zip(ids) {
        let nothing = LeftOut { offering: source.offering.clone(), question: None };
        if *source.action != Action::Add {
            left_out.push(nothing);
            continue;
        }
        match add_item(draft.clone(), *id, source.offering.clone(), catalogue, now) {
            Ok(added) => {
                draft = added;
                renamed.insert(source.id, *id);
            }
            Err(_) => left_out.push(nothing),
        }
    }
    for source in &sources {
        let Some(offering) = catalogue.offering(source.offering) else { continue };
        let Some(item) = renamed.get(&source.id).and_then(|id| draft.items.iter_mut().find(|item| item.id == *id)) else {
            continue;
        };
        let dialogs = offering.dialogs.iter().map(|dialog| Asked::InDialog(dialog.id.clone()));
        item.saved = dialogs.chain([Asked::OnPage]).collect();
        for (question, value) in &source.answers {
            match offering.characteristic(question) {
                Some(characteristic) if is_carried_over(characteristic) => {
                    item.answers.insert(question.clone(), pointing(value, &renamed));
                }
                // It is asked again on its page.
                Some(_) => {}
                None => left_out.push(LeftOut { offering: offering.id.clone(), question: Some(question.clone()) }),
            }
        }
    }
    draft = point_again(draft, catalogue);
    left_out.extend(taken_out(&mut draft, catalogue));
    if let Content::Draft(Draft { billing, .. }) = other {
        draft.billing.clone_from(billing);
    } else if let Content::Placed(placed) = other {
        draft.billing = Some(placed.billing.clone());
    }
    let accounts = &draft.ordered_for.billing_accounts;
    draft.billing = draft.billing.filter(|billing| match &billing.to {
        BillTo::Existing(id) => accounts.iter().any(|account| account.id == *id),
        BillTo::New { .. } => true,
    });
    let after = price(&draft, catalogue)?;
    draft.price_change = change(price_then, &renamed, &after);
    draft.priced = Priced { catalogue: catalogue.version.clone(), price: after };
    draft.selling.repeats = Some(Repeats { of, left_out });
    Ok(ProductOrder::Draft(draft))
}

fn sources<'a>(other: Content<'a>, catalogue: &Catalogue) -> (OrderId, Vec<Source<'a>>, &'a OrderPrice) {
    match other {
        Content::Draft(draft) => {
            let items = draft.items.iter().map(|item| {
                let answers = catalogue.form(&item.offering, &item.action).map(|form| draft.effective_answers(item, form));
                Source { id: item.id, offering: &item.offering, action: &item.action, answers: answers.unwrap_or_default() }
            });
            (draft.id, items.collect(), &draft.priced.price)
        }
        Content::Placed(placed) => {
            let items = placed.items.iter().map(|item| Source {
                id: item.id,
                offering: &item.offering,
                action: &item.action,
                answers: item.answers.clone(),
            });
            (placed.id, items.collect(), &placed.price)
        }
    }
}

/// Whether an answer to a question means the same in another order.
const fn is_carried_over(characteristic: &Characteristic) -> bool {
    match &characteristic.value {
        ValueType::InventoryNumber
        | ValueType::Secret { .. }
        | ValueType::File { .. }
        | ValueType::Date { .. }
        | ValueType::Acknowledgement(_) => false,
        ValueType::TelephoneNumber(used) => matches!(used, TelephoneUse::Contact),
        _ => true,
    }
}

/// A value that points to an item of the other order points to the same item of this one.
fn pointing(value: &Value, renamed: &BTreeMap<OrderItemId, OrderItemId>) -> Value {
    let mut value = value.clone();
    if let Value::Service(pointed) = &mut value
        && let ServiceTarget::Item(item) = &mut pointed.target
        && let Some(now) = renamed.get(item)
    {
        *item = *now;
    }
    value
}

/// Takes out the answers that can't stand in this order, and names them.
fn taken_out(draft: &mut Draft, catalogue: &Catalogue) -> Vec<LeftOut> {
    let mut left_out = vec![];
    for at in 0..draft.items.len() {
        let item = &draft.items[at];
        let Some(offering) = catalogue.offering(&item.offering) else { continue };
        let wrong = wrong_answers(draft, at, offering, catalogue);
        for question in wrong {
            draft.items[at].answers.remove(&question);
            left_out.push(LeftOut { offering: offering.id.clone(), question: Some(question) });
        }
    }
    left_out
}

fn wrong_answers(draft: &Draft, at: usize, offering: &ProductOffering, catalogue: &Catalogue) -> BTreeSet<CharacteristicId> {
    let item = &draft.items[at];
    let beside = draft.beside(item.id);
    let answers = draft.effective_answers(item, offering);
    let circumstances = draft.circumstances(&answers, offering, &beside);
    let wrong = answers.iter().filter(|(id, value)| {
        let characteristic = offering.characteristic(id);
        characteristic.is_none_or(|spec| fault(draft, item, spec, value, &circumstances, catalogue).is_some())
    });
    wrong.map(|(id, _)| id.clone()).collect()
}

/// What costs another amount now than it did then, of what was carried over.
fn change(then: &OrderPrice, renamed: &BTreeMap<OrderItemId, OrderItemId>, after: &OrderPrice) -> Option<PriceChange> {
    let mut before = then.clone();
    before.lines.retain_mut(|line| match renamed.get(&line.item) {
        Some(now) => {
            line.item = *now;
            true
        }
        None => false,
    });
    before.open.clear();
    (before.lines != after.lines).then(|| PriceChange { before, after: after.clone() })
}
