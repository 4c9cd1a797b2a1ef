//! What a customer does about an order that is on its way: another day, an answer, a decision, somebody else to call.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::Refusal;
use super::amending::{Agreed, agree, amended, corrected_price};
use crate::calendar::{add_business_days, is_business_day, today_in};
use crate::catalogue::Catalogue;
use crate::id::{CharacteristicId, OrderItemId};
use crate::inventory::{AppointmentSlot, Resource};
use crate::order::{
    Acknowledged, AssessingCancellation, Decision, Held, InProgress, Irrevocable, ItemState, Pending, Placed, PlacedItem,
    ProductOrder, QuestionId, Reply, Visit,
};
use crate::party::{Contact, Product};
use crate::value::Value;

/// How many business days ahead crews are planned: another day is at least so far away.
const NOTICE: u16 = 3;
/// How far ahead a day can be.
const LONGEST_WAIT_DAYS: i64 = 180;

/// What a customer wants of an order that is on its way.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Another day, or another appointment where a technician comes.
    Day(Visit),
    /// Somebody else to call on the day, and how to get in.
    Contact(Contact, Option<Box<str>>),
    /// Other answers to questions of an item that decide its price at most
    /// ([`amendable`](crate::catalogue::ProductOffering::amendable)); none where one is left out.
    Amend {
        /// Of which item.
        item: OrderItemId,
        /// The answers, by question.
        answers: Vec<(CharacteristicId, Option<Value>)>,
        /// The services that the customer has.
        products: Vec<Product>,
        /// What it may cost then.
        agreed: Agreed,
    },
    /// The answer to a question.
    Reply {
        /// Of which item.
        item: OrderItemId,
        /// Which question.
        question: QuestionId,
        /// What is answered, in words.
        text: Box<str>,
        /// What stands in the order instead, where the question was about an answer of it.
        corrected: Option<(CharacteristicId, Value)>,
        /// What the order may cost then.
        agreed: Agreed,
    },
    /// Whether something is to be built at the customer's cost.
    Decide {
        /// For which item.
        item: OrderItemId,
        /// Which charge.
        charge: QuestionId,
        /// Whether.
        decision: Decision,
    },
}

/// The first and the last day that can be asked for instead.
#[must_use]
pub fn new_days(order: &Placed, catalogue: &Catalogue, now: Timestamp) -> (Date, Date) {
    let today = today_in(catalogue.area_of(order.place.address.zip), now);
    (add_business_days(today, NOTICE, &catalogue.holidays), today.saturating_add(LONGEST_WAIT_DAYS.days()))
}

/// The cancellation of an order of which nothing has gone too far, at what it costs now.
pub(super) fn ask_cancellation(order: Placed, now: Timestamp) -> Result<AssessingCancellation, Refusal> {
    match order.assess().irrevocable.first() {
        Some(item) => Err(Refusal::TooLate(*item)),
        None => Ok(order.assess_cancellation(now)),
    }
}

/// The order that a wish makes of it.
pub(super) fn follow(order: ProductOrder, wish: Wish, catalogue: &Catalogue, now: Timestamp) -> Result<ProductOrder, Refusal> {
    let elsewhere = Refusal::NotInState(order.state());
    match order {
        ProductOrder::Acknowledged(Acknowledged { order }) => {
            Ok(ProductOrder::Acknowledged(Acknowledged { order: granted(order, wish, catalogue, now)? }))
        }
        ProductOrder::InProgress(InProgress { order, since }) => {
            Ok(ProductOrder::InProgress(InProgress { order: granted(order, wish, catalogue, now)?, since }))
        }
        ProductOrder::Held(Held { order, reason, since }) => {
            Ok(ProductOrder::Held(Held { order: granted(order, wish, catalogue, now)?, reason, since }))
        }
        ProductOrder::Pending(Pending { order, question, since }) => {
            let says_something = matches!(wish, Wish::Reply { .. } | Wish::Decide { .. });
            let order = granted(order, wish, catalogue, now)?;
            let held = order.items.iter().find(|item| item.state == ItemState::Held);
            Ok(match held.and_then(|item| item.on_the_way.reason.clone()) {
                _ if !says_something || order.items.iter().any(|item| item.state == ItemState::Pending) => {
                    ProductOrder::Pending(Pending { order, question, since })
                }
                Some(reason) => ProductOrder::Held(Held { order, reason, since }),
                None => ProductOrder::InProgress(InProgress { order, since: now }),
            })
        }
        _ => Err(elsewhere),
    }
}

fn granted(mut order: Placed, wish: Wish, catalogue: &Catalogue, now: Timestamp) -> Result<Placed, Refusal> {
    match wish {
        Wish::Day(visit) => {
            let (first, last) = new_days(&order, catalogue, now);
            let day = visit.day();
            let is_as_before = slot_of(&visit).is_some() == slot_of(&order.installation.visit).is_some();
            if !is_as_before || !(first..=last).contains(&day) || !is_business_day(day, &catalogue.holidays) {
                return Err(Refusal::NotThatDay);
            }
            revocable(&order)?;
            order.resources.retain(|resource| !matches!(resource, Resource::Slot(_)));
            order.resources.extend(slot_of(&visit).cloned().map(Resource::Slot));
            order.items.iter_mut().filter(|item| item.is_open()).for_each(|item| item.requested = day);
            order.installation.visit = visit;
        }
        Wish::Contact(contact, notes) => {
            revocable(&order)?;
            (order.installation.contact, order.installation.access_notes) = (contact, notes);
        }
        Wish::Amend { item, answers, products, agreed } => {
            let after = amended(&order, item, &answers, &products, catalogue, now)?;
            agree(&agreed, &order.price, &after.price)?;
            order = after;
        }
        Wish::Reply { item, question, text, corrected, agreed } => {
            let price = corrected_price(&order, item, corrected.as_ref(), catalogue)?;
            let item = open_item(&mut order, item)?;
            let asked = item.on_the_way.question.as_mut().filter(|asked| asked.id == question);
            let asked = asked.ok_or(Refusal::NotAsked)?;
            if asked.corrects.as_ref() != corrected.as_ref().map(|(field, _)| field) {
                return Err(Refusal::NotAsked);
            }
            asked.answer = Some(Reply { text, given: now });
            item.answers.extend(corrected);
            go_on(item);
            agree(&agreed, &order.price, &price)?;
            order.price = price;
        }
        Wish::Decide { item, charge, decision } => {
            let today = today_in(catalogue.area_of(order.place.address.zip), now);
            let item = open_item(&mut order, item)?;
            let asked = item.on_the_way.charge.as_mut().filter(|asked| asked.id == charge).ok_or(Refusal::NotAsked)?;
            match asked.decision {
                Some((decided, _)) if decided == decision => return Ok(order),
                Some(_) => return Err(Refusal::Decided),
                None if asked.answer_by < today => return Err(Refusal::Decided),
                None => asked.decision = Some((decision, now)),
            }
            go_on(item);
        }
    }
    Ok(order)
}

/// What waited for the customer goes on when nothing is left to be said.
fn go_on(item: &mut PlacedItem) {
    let on_the_way = &item.on_the_way;
    if item.state == ItemState::Pending && on_the_way.open_question().is_none() && on_the_way.open_charge().is_none() {
        item.state = ItemState::InProgress;
    }
}

/// That nothing of the order has gone so far that it can't be another way.
fn revocable(order: &Placed) -> Result<(), Refusal> {
    let fixed = order.items.iter().find(|item| item.is_open() && item.irrevocable() == Irrevocable::Now);
    fixed.map_or(Ok(()), |item| Err(Refusal::TooLate(item.id)))
}

fn open_item(order: &mut Placed, id: OrderItemId) -> Result<&mut PlacedItem, Refusal> {
    order.items.iter_mut().find(|item| item.id == id && item.is_open()).ok_or(Refusal::NoSuchItem)
}

const fn slot_of(visit: &Visit) -> Option<&AppointmentSlot> {
    match visit {
        Visit::Technician(slot) => Some(slot),
        Visit::None { .. } => None,
    }
}
