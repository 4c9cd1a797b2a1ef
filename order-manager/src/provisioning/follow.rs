//! The order, read off what the provisioning systems said of its service orders.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Part, Report, ServiceOrderId, ServiceOrderState, Standing, Told, standing};
use crate::id::{MilestoneId, OrderItemId};
use crate::money::Money;
use crate::order::{
    Action, AssessingCancellation, Cancelled, Completed, Content, InProgress, ItemOutcome, ItemState, OnTheWay, OrderState,
    Partial, Placed, PlacedItem, ProductOrder, Rejected, Settled,
};
use crate::text::Text;

/// The most reports on one order.
const MOST_REPORTS: usize = 2_000;

/// Why a report changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The order has no such service order, or was not placed.
    Unknown,
    /// It was taken before.
    Known,
    /// The service order has ended, and this was said later.
    Ended,
    /// The state it says can't come after the one before.
    Impossible,
    /// More was said than can be kept.
    TooMany,
}

/// The order that a report makes of an order, by all that was said before.
///
/// # Errors
/// [`NotTaken`]: the order stays as it is, and the report is not to be kept.
pub fn take(order: &ProductOrder, reports: &[Report], report: &Report) -> Result<ProductOrder, NotTaken> {
    let Content::Placed(placed) = order.content() else { return Err(NotTaken::Unknown) };
    if report.of.order != placed.id || !placed.items.iter().any(|item| parts(placed, item).any(|id| id == report.of)) {
        return Err(NotTaken::Unknown);
    }
    if reports.iter().any(|known| known.id == report.id && known.of == report.of) {
        return Err(NotTaken::Known);
    }
    if reports.len() >= MOST_REPORTS {
        return Err(NotTaken::TooMany);
    }
    let before = standing(&report.of, reports);
    if before.ended().is_some_and(|ended| ended < report.at) {
        return Err(NotTaken::Ended);
    }
    let all: Vec<_> = reports.iter().chain([report]).cloned().collect();
    let after = standing(&report.of, &all);
    if let Told::State(state, _) = report.told
        && !fits(state, report, reports)
    {
        return Err(NotTaken::Impossible);
    }
    if before.ended().is_some() && before.state() != after.state() {
        return Err(NotTaken::Impossible);
    }
    let followed = follow(order, &all);
    // What ended by another way than its reports stays as it ended.
    if order.state().is_final() && followed.state() != order.state() { Err(NotTaken::Ended) } else { Ok(followed) }
}

/// Whether a state can stand between those said before and after it.
fn fits(state: ServiceOrderState, report: &Report, reports: &[Report]) -> bool {
    let key = (report.at, &report.id);
    let others = reports.iter().filter(|other| other.of == report.of);
    others.into_iter().all(|other| match other.told {
        Told::State(other_state, _) if other_state != state => {
            if (other.at, &other.id) < key {
                other_state.may_become(state)
            } else {
                state.may_become(other_state)
            }
        }
        _ => true,
    })
}

/// The order as it stands by all that was said. It comes to the same whenever, and in whatever order, each was heard.
#[must_use]
pub fn follow(order: &ProductOrder, reports: &[Report]) -> ProductOrder {
    let Content::Placed(placed) = order.content() else { return order.clone() };
    let read = Read(placed.items.iter().map(|item| ReadItem::of(placed, item, reports)).collect());
    let target = read.target(order);
    read.touch_up(lead(order.clone(), target, &read))
}

/// The service orders of an item.
fn parts(order: &Placed, item: &PlacedItem) -> impl Iterator<Item = ServiceOrderId> {
    let (order, item, moves) = (order.id, item.id, matches!(item.action, Action::Move { .. }));
    let parts = [Some(Part::Here), moves.then_some(Part::Left)];
    parts.into_iter().flatten().map(move |part| ServiceOrderId { order, item, part })
}

/// An item, as its service orders have it.
struct ReadItem {
    id: OrderItemId,
    state: ItemState,
    /// Since when it is in that state.
    since: Option<Timestamp>,
    started: Option<Timestamp>,
    /// What the systems last said about a cancellation, and when.
    cancelling: Option<(ServiceOrderState, Timestamp)>,
    milestones: BTreeMap<MilestoneId, Timestamp>,
    on_the_way: OnTheWay,
}

impl ReadItem {
    fn of(order: &Placed, item: &PlacedItem, reports: &[Report]) -> Self {
        let parts: Vec<_> = parts(order, item).map(|id| standing(&id, reports)).collect();
        let on_the_way = OnTheWay {
            // The day that counts is the one on which service begins here.
            days: parts.first().map(|here| here.days.clone()).unwrap_or_default(),
            jeopardies: parts.iter().flat_map(|part| part.jeopardies.iter().copied()).collect(),
            question: parts.iter().find_map(|part| part.question.clone()),
            charge: parts.iter().find_map(|part| part.charge.clone()),
            reason: None,
            amended: None,
        };
        let on_the_way = on_the_way.with_replies_of(&item.on_the_way);
        // What nothing was said of is as it was.
        let of_it = reports.iter().any(|report| report.of.order == order.id && report.of.item == item.id);
        let on_the_way = if of_it { on_the_way } else { item.on_the_way.clone() };
        let said = parts.iter().any(|part| part.state.is_some());
        let (state, telling) = if said { state_of(&parts, &on_the_way) } else { (item.state, None) };
        let (since, reason) = telling.and_then(|part| part.state.clone()).map(|(_, at, why)| (at, why)).unzip();
        let is_stopped = !matches!(state, ItemState::Acknowledged | ItemState::InProgress | ItemState::Completed);
        Self {
            id: item.id,
            state,
            since,
            started: parts.iter().filter_map(|part| part.started).min(),
            cancelling: parts.iter().filter_map(|part| part.cancelling).max_by_key(|(_, at)| *at),
            milestones: parts.iter().rev().flat_map(|part| part.milestones.clone()).collect(),
            on_the_way: if said {
                OnTheWay { reason: reason.flatten().filter(|_| is_stopped), ..on_the_way }
            } else {
                on_the_way
            },
        }
    }

    /// Writes down what was said.
    fn put_into(&self, item: &mut PlacedItem) {
        item.state = self.state;
        item.on_the_way.clone_from(&self.on_the_way);
        item.committed = self.on_the_way.days.last().map(|last| last.day).or(item.committed);
        for milestone in &mut item.milestones {
            let said = self.milestones.get(&milestone.id).copied();
            // What works has come all the way, whatever was said of the way.
            let arrived = self.since.filter(|_| self.state == ItemState::Completed);
            milestone.reached = said.or(arrived).or(milestone.reached);
        }
    }

    const fn is_over(&self) -> bool {
        matches!(self.state, ItemState::Completed | ItemState::Failed | ItemState::Cancelled | ItemState::Rejected)
    }
}

/// The state of an item, and the part that says so: the worst of its parts, and working only when all of it does.
fn state_of<'a>(parts: &'a [Standing], on_the_way: &OnTheWay) -> (ItemState, Option<&'a Standing>) {
    use ServiceOrderState as S;
    let was_asked = on_the_way.question.is_some() || on_the_way.charge.is_some();
    let is_answered = was_asked && on_the_way.open_question().is_none() && on_the_way.open_charge().is_none();
    let of = |part: &Standing| match part.state() {
        S::Acknowledged if part.started.is_none() => ItemState::Acknowledged,
        S::Acknowledged | S::InProgress | S::AssessingCancellation | S::PendingCancellation => ItemState::InProgress,
        // What was answered is on its way.
        S::Pending if is_answered => ItemState::InProgress,
        S::Pending => ItemState::Pending,
        S::Held => ItemState::Held,
        S::Completed => ItemState::Completed,
        S::Cancelled => ItemState::Cancelled,
        S::Rejected => ItemState::Rejected,
        S::Failed | S::Partial => ItemState::Failed,
    };
    let worst = [ItemState::Failed, ItemState::Rejected, ItemState::Cancelled, ItemState::Pending, ItemState::Held];
    let states: Vec<_> = parts.iter().map(|part| (of(part), part)).collect();
    for state in worst {
        if let Some((_, part)) = states.iter().find(|(of, _)| *of == state) {
            return (state, Some(part));
        }
    }
    if states.iter().all(|(state, _)| *state == ItemState::Completed) {
        return (ItemState::Completed, states.iter().map(|(_, part)| *part).max_by_key(|part| part.ended()));
    }
    if states.iter().all(|(state, _)| *state == ItemState::Acknowledged) {
        return (ItemState::Acknowledged, None);
    }
    (ItemState::InProgress, states.iter().map(|(_, part)| *part).find(|part| part.started.is_some()))
}

/// All items of an order, as their service orders have them.
struct Read(Vec<ReadItem>);

impl Read {
    fn any(&self, state: ItemState) -> bool {
        self.0.iter().any(|item| item.state == state)
    }

    fn all(&self, state: ItemState) -> bool {
        self.0.iter().all(|item| item.state == state)
    }

    fn started(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(|item| item.started).min()
    }

    fn ended(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(|item| item.since).max()
    }

    /// The item that was first in a state, and why it is.
    fn first(&self, state: ItemState) -> Option<(Timestamp, Text)> {
        let items = self.0.iter().filter(|item| item.state == state).filter_map(|item| Some((item.since?, item)));
        let first = items.min_by_key(|(since, item)| (*since, item.id));
        first.map(|(since, item)| (since, item.on_the_way.reason.clone().unwrap_or_else(unsaid)))
    }

    /// The state that the order is in.
    fn target(&self, order: &ProductOrder) -> OrderState {
        if self.0.iter().all(ReadItem::is_over) {
            return if self.all(ItemState::Completed) {
                OrderState::Completed
            } else if self.any(ItemState::Completed) {
                OrderState::Partial
            } else if self.all(ItemState::Rejected) {
                OrderState::Rejected
            } else if self.any(ItemState::Cancelled) {
                OrderState::Cancelled
            } else {
                OrderState::Failed
            };
        }
        let under_way = if self.any(ItemState::Pending) {
            OrderState::Pending
        } else if self.any(ItemState::Held) {
            OrderState::Held
        } else if self.0.iter().all(|item| matches!(item.state, ItemState::Acknowledged | ItemState::Rejected)) {
            OrderState::Acknowledged
        } else {
            OrderState::InProgress
        };
        match order {
            ProductOrder::AssessingCancellation(asked) => self.cancelling(asked.since, under_way),
            ProductOrder::PendingCancellation(granted) => self.cancelling(granted.asked, under_way),
            _ => under_way,
        }
    }

    /// What came of a cancellation that was asked for at a time.
    fn cancelling(&self, asked: Timestamp, otherwise: OrderState) -> OrderState {
        let answer = |item: &ReadItem| item.cancelling.filter(|(_, at)| *at >= asked).map(|(state, _)| state);
        let is_granted = |item: &ReadItem| item.is_over() || answer(item) == Some(ServiceOrderState::PendingCancellation);
        let is_refused = |item: &ReadItem| {
            item.state == ItemState::Completed
                || answer(item).is_some_and(|state| {
                    !matches!(state, ServiceOrderState::AssessingCancellation | ServiceOrderState::PendingCancellation)
                })
        };
        if self.0.iter().any(is_refused) {
            otherwise
        } else if self.0.iter().all(is_granted) {
            OrderState::PendingCancellation
        } else {
            OrderState::AssessingCancellation
        }
    }

    /// Puts what was said where it belongs, whichever way the order came to its state.
    fn touch_up(&self, mut order: ProductOrder) -> ProductOrder {
        let ended = self.ended();
        match &mut order {
            ProductOrder::InProgress(order) => order.since = self.started().unwrap_or(order.since),
            ProductOrder::Held(order) => {
                if let Some((since, reason)) = self.first(ItemState::Held) {
                    (order.since, order.reason) = (since, reason);
                }
            }
            ProductOrder::Pending(order) => {
                if let Some((since, question)) = self.first(ItemState::Pending) {
                    order.since = since;
                    let asked = self.0.iter().find_map(|item| {
                        let building = || item.on_the_way.open_charge().map(|charge| charge.why.clone());
                        item.on_the_way.open_question().map(|question| question.text.clone()).or_else(building)
                    });
                    order.question = asked.unwrap_or(question);
                }
            }
            ProductOrder::PendingCancellation(order) => {
                let granted = self.0.iter().filter_map(|item| item.cancelling.map(|(_, at)| at).or(item.since)).max();
                order.since = granted.unwrap_or(order.since);
            }
            ProductOrder::Failed(order) => {
                order.at = ended.unwrap_or(order.at);
                let first = self.first(ItemState::Failed).or_else(|| self.first(ItemState::Rejected));
                order.reason = first.map_or_else(|| order.reason.clone(), |(_, reason)| reason);
            }
            ProductOrder::Rejected(Rejected { at, .. })
            | ProductOrder::Partial(Partial { at, .. })
            | ProductOrder::Completed(Completed { at, .. })
            | ProductOrder::Cancelled(Cancelled { at, .. }) => *at = ended.unwrap_or(*at),
            _ => {}
        }
        if let Some(placed) = order.placed_mut() {
            for (item, read) in placed.items.iter_mut().zip(&self.0) {
                read.put_into(item);
            }
        }
        order
    }
}

/// Leads an order to a state by the transitions that its lifecycle has; one that is final stays.
fn lead(mut order: ProductOrder, target: OrderState, read: &Read) -> ProductOrder {
    let started = |otherwise| read.started().or(read.ended()).unwrap_or(otherwise);
    let first = |state, otherwise| read.first(state).unwrap_or_else(|| (otherwise, unsaid()));
    while order.state() != target {
        order = match (order, target) {
            (ProductOrder::Acknowledged(order), OrderState::Rejected) => {
                let (at, reason) = first(ItemState::Rejected, order.order.placed);
                ProductOrder::Rejected(order.reject(reason, at))
            }
            (ProductOrder::Acknowledged(order), _) => {
                let at = started(order.order.placed);
                ProductOrder::InProgress(order.start(at))
            }
            (ProductOrder::Held(order), _) => {
                let at = started(order.since);
                ProductOrder::InProgress(order.resume(at))
            }
            (ProductOrder::Pending(order), _) => {
                let at = started(order.since);
                ProductOrder::InProgress(order.resume(at))
            }
            (ProductOrder::InProgress(order), OrderState::Held) => {
                let (at, reason) = first(ItemState::Held, order.since);
                ProductOrder::Held(order.hold(reason, at))
            }
            (ProductOrder::InProgress(order), OrderState::Pending) => {
                let (at, question) = first(ItemState::Pending, order.since);
                ProductOrder::Pending(order.ask(question, at))
            }
            (
                ProductOrder::InProgress(order),
                OrderState::Completed | OrderState::Partial | OrderState::Failed | OrderState::Rejected,
            ) => {
                return settled(order, read);
            }
            (ProductOrder::InProgress(order), OrderState::Cancelled) => {
                // Nobody asked for it: it costs nothing.
                let charge = Money::zero(order.order.price.currency);
                ProductOrder::AssessingCancellation(AssessingCancellation { charge, since: order.since, order: order.order })
            }
            (ProductOrder::AssessingCancellation(order), OrderState::PendingCancellation | OrderState::Cancelled) => {
                let (charge, at) = (order.charge, read.ended().unwrap_or(order.since));
                ProductOrder::PendingCancellation(order.grant(charge, at))
            }
            (ProductOrder::AssessingCancellation(order), _) => {
                let at = started(order.since);
                ProductOrder::InProgress(order.refuse(at))
            }
            (ProductOrder::PendingCancellation(order), OrderState::Cancelled) => {
                let at = read.ended().unwrap_or(order.since);
                ProductOrder::Cancelled(order.finish(at))
            }
            (ProductOrder::PendingCancellation(order), _) => {
                let at = started(order.since);
                ProductOrder::InProgress(order.overtake(at))
            }
            (stays, _) => return stays,
        };
    }
    order
}

/// Ends every item as it ended, the first first.
fn settled(mut order: InProgress, read: &Read) -> ProductOrder {
    let mut ends: Vec<_> = read.0.iter().filter_map(|item| Some((item.since?, item.id, item))).collect();
    ends.sort_by_key(|(at, id, _)| (*at, *id));
    for (at, id, item) in ends {
        let outcome = match item.state {
            ItemState::Completed => ItemOutcome::InService,
            _ => ItemOutcome::Failed(item.on_the_way.reason.clone().unwrap_or_else(unsaid)),
        };
        order = match order.settle(id, outcome, at) {
            Settled::InProgress(open) => open,
            Settled::Completed(done) => return ProductOrder::Completed(done),
            Settled::Partial(done) => return ProductOrder::Partial(done),
            Settled::Failed(done) => return ProductOrder::Failed(done),
        };
    }
    ProductOrder::InProgress(order)
}

/// What is said where a system gives no reason, or has not said yet what it asks.
#[must_use]
pub fn unsaid() -> Text {
    Text::english("We have not been told more yet.")
}
