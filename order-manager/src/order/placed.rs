//! An order that was placed, and the states it goes through until service works.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::StaffMember;
use crate::authorisation::AuthorisationKey;
use crate::catalogue::Recall;
use crate::codes::Code;
use crate::id::{MilestoneId, OfferingId, OrderId, OrderItemId, PartnerId, PersonId, Version};
use crate::inventory::Resource;
use crate::money::Money;
use crate::order::{Action, Authorisation, Billing, Installation, OnTheWay, OrderedFor, ServicePlace};
use crate::pricing::OrderPrice;
use crate::telephone::TelephoneNumber;
use crate::text::Text;
use crate::value::Answers;

/// What was placed: frozen, price included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub id: OrderId,
    /// For whom.
    pub ordered_for: OrderedFor,
    /// Where.
    pub place: ServicePlace,
    /// By whom.
    pub placed_by: PlacedBy,
    /// When.
    pub placed: Timestamp,
    /// The catalogue it was priced by.
    pub catalogue: Version,
    /// The terms of service accepted.
    pub terms_of_service: Version,
    /// What.
    pub items: Vec<PlacedItem>,
    /// The changes of carrier and moves of numbers that the customer authorised.
    pub authorisations: BTreeMap<AuthorisationKey, Authorisation>,
    /// When and how service is brought in.
    pub installation: Installation,
    /// Who pays.
    pub billing: Billing,
    /// The price, as it was agreed.
    pub price: OrderPrice,
    /// Numbers and appointments that are the order's now.
    pub resources: Vec<Resource>,
}

/// Who placed an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlacedBy {
    /// The customer's own person.
    Customer(PersonId),
    /// Somebody of our staff, on the customer's word.
    Staff(StaffMember, Consent),
    /// A partner's own system, for a customer of the partner's.
    Partner(PartnerOrder),
}

/// What a partner's own system says of an order of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerOrder {
    /// The partner.
    pub partner: PartnerId,
    /// What the partner knows the order by, where it says so.
    pub external_id: Option<Box<str>>,
}

impl PlacedBy {
    /// The person, where it was one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Customer(person) | Self::Staff(StaffMember { person, .. }, _) => Some(*person),
            Self::Partner(_) => None,
        }
    }
}

/// The customer's word that an order may be placed. It never stands for a letter of agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Who gave it.
    pub given_by: Box<str>,
    /// How.
    pub channel: ConsentChannel,
    /// The day it was given, where service is.
    pub given: Date,
    /// What a recording or a message is found by.
    pub reference: Box<str>,
    /// What the customer was shown or told first.
    pub told: BTreeSet<Disclosure>,
}

/// How a customer's word reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentChannel {
    /// On a call that was recorded.
    Call,
    /// In person.
    InPerson,
    /// In writing.
    Writing,
}

impl ConsentChannel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Call, Self::InPerson, Self::Writing];

    /// Its name in forms and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::InPerson => "in-person",
            Self::Writing => "writing",
        }
    }
}

/// What has to be shown or told before somebody else places an order for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// The broadband label of each plan ordered (47 CFR 8.1(a)): wherever it is sold, and kept for two years.
    BroadbandLabel,
}

impl Disclosure {
    /// Every disclosure.
    pub const ALL: [Self; 1] = [Self::BroadbandLabel];

    /// Its name in forms and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BroadbandLabel => "broadband-label",
        }
    }
}

/// Something ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedItem {
    /// Which.
    pub id: OrderItemId,
    /// What.
    pub offering: OfferingId,
    /// What is done about it.
    pub action: Action,
    /// Its name when it was ordered.
    pub name: Text,
    /// Length of the contract in months; 0 is month to month.
    pub term_months: u16,
    /// The answers that count.
    pub answers: Answers,
    /// The codes that followed from them when it was ordered.
    pub codes: Vec<Code>,
    /// How far it is.
    pub state: ItemState,
    /// The day the customer asked for.
    pub requested: Date,
    /// The day we committed to, once facilities are confirmed.
    pub committed: Option<Date>,
    /// Its way to service.
    pub milestones: Vec<ReachedMilestone>,
    /// Its telephone number, where it has one.
    pub number: Option<TelephoneNumber>,
    /// What else is known of it on that way.
    pub on_the_way: OnTheWay,
}

/// How far an item is (TMF622 v4, order item states).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemState {
    /// Received.
    Acknowledged,
    /// Under way.
    InProgress,
    /// Stopped.
    Held,
    /// Waiting for the customer.
    Pending,
    /// In service.
    Completed,
    /// Could not be brought into service.
    Failed,
    /// Cancelled.
    Cancelled,
    /// Can't be carried out.
    Rejected,
}

/// A milestone, reached or to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedMilestone {
    /// Which.
    pub id: MilestoneId,
    /// What it means to the customer.
    pub label: Text,
    /// Whether the item can still be called back when it has come so far.
    pub recall: Recall,
    /// When it was reached, if it was.
    pub reached: Option<Timestamp>,
}

/// Placed and received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// What was placed.
    pub order: Placed,
}

/// Can't be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// What was placed.
    pub order: Placed,
    /// Why, for the customer.
    pub reason: Text,
    /// When.
    pub at: Timestamp,
}

/// Under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InProgress {
    /// What was placed.
    pub order: Placed,
    /// Since.
    pub since: Timestamp,
}

/// Stopped by something that is ours or another company's to clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What was placed.
    pub order: Placed,
    /// Why, for the customer.
    pub reason: Text,
    /// Since.
    pub since: Timestamp,
}

/// Waiting for the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What was placed.
    pub order: Placed,
    /// What we need to know.
    pub question: Text,
    /// Since.
    pub since: Timestamp,
}

/// Some items in service, others not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// What was placed.
    pub order: Placed,
    /// When the last item was settled.
    pub at: Timestamp,
}

/// Everything in service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// What was placed.
    pub order: Placed,
    /// When.
    pub at: Timestamp,
}

/// Nothing could be brought into service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What was placed.
    pub order: Placed,
    /// Why, for the customer.
    pub reason: Text,
    /// When.
    pub at: Timestamp,
}

/// A cancellation is being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessingCancellation {
    /// What was placed.
    pub order: Placed,
    /// What it costs by how far the order was when it was asked for.
    pub charge: Money,
    /// Asked for when.
    pub since: Timestamp,
}

/// A cancellation is being carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingCancellation {
    /// What was placed.
    pub order: Placed,
    /// What it costs.
    pub charge: Money,
    /// Asked for when.
    pub asked: Timestamp,
    /// Granted when.
    pub since: Timestamp,
}

/// Cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// What was placed.
    pub order: Placed,
    /// What it costs.
    pub charge: Money,
    /// When.
    pub at: Timestamp,
}

impl Placed {
    /// The customer asks for a cancellation, at what it costs now.
    #[must_use]
    pub fn assess_cancellation(self, at: Timestamp) -> AssessingCancellation {
        AssessingCancellation { charge: self.assess().charge, order: self, since: at }
    }

    fn with_items(mut self, state: ItemState) -> Self {
        for item in &mut self.items {
            if !matches!(item.state, ItemState::Completed | ItemState::Failed | ItemState::Cancelled | ItemState::Rejected) {
                item.state = state;
            }
        }
        self
    }

    fn all_items(&self, state: ItemState) -> bool {
        self.items.iter().all(|item| item.state == state)
    }

    fn any_item_open(&self) -> bool {
        self.items.iter().any(PlacedItem::is_open)
    }
}

impl PlacedItem {
    /// Whether something may still come of it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ItemState::Acknowledged | ItemState::InProgress | ItemState::Held | ItemState::Pending)
    }
}

/// Where the last item's end leaves an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Other items are still open.
    InProgress(InProgress),
    /// All in service.
    Completed(Completed),
    /// Some in service.
    Partial(Partial),
    /// None in service.
    Failed(Failed),
}

impl Acknowledged {
    /// Provisioning begins.
    #[must_use]
    pub fn start(self, at: Timestamp) -> InProgress {
        InProgress { order: self.order.with_items(ItemState::InProgress), since: at }
    }

    /// The order can't be carried out.
    #[must_use]
    pub fn reject(self, reason: Text, at: Timestamp) -> Rejected {
        Rejected { order: self.order.with_items(ItemState::Rejected), reason, at }
    }
}

impl InProgress {
    /// Something that is ours or another company's stops it.
    #[must_use]
    pub fn hold(self, reason: Text, at: Timestamp) -> Held {
        Held { order: self.order.with_items(ItemState::Held), reason, since: at }
    }

    /// Something only the customer can answer stops it.
    #[must_use]
    pub fn ask(self, question: Text, at: Timestamp) -> Pending {
        Pending { order: self.order.with_items(ItemState::Pending), question, since: at }
    }

    /// A milestone of an item is reached; one that the item does not have, or has reached before, changes nothing.
    #[must_use]
    pub fn reach(mut self, item: OrderItemId, milestone: &MilestoneId, at: Timestamp) -> Self {
        let found = self.order.items.iter_mut().find(|candidate| candidate.id == item);
        if let Some(reached) = found.and_then(|item| item.milestones.iter_mut().find(|candidate| candidate.id == *milestone)) {
            reached.reached.get_or_insert(at);
        }
        self
    }

    /// We commit to a day for an item.
    #[must_use]
    pub fn commit(mut self, item: OrderItemId, day: Date) -> Self {
        if let Some(item) = self.order.items.iter_mut().find(|candidate| candidate.id == item) {
            item.committed = Some(day);
        }
        self
    }

    /// An item is in service, or never will be.
    #[must_use]
    pub fn settle(mut self, item: OrderItemId, outcome: ItemOutcome, at: Timestamp) -> Settled {
        let mut why = None;
        if let Some(item) = self.order.items.iter_mut().find(|candidate| candidate.id == item && candidate.is_open()) {
            item.state = match outcome {
                ItemOutcome::InService => ItemState::Completed,
                ItemOutcome::Failed(reason) => {
                    why = Some(reason);
                    ItemState::Failed
                }
            };
            if item.state == ItemState::Completed {
                item.milestones.iter_mut().for_each(|milestone| {
                    milestone.reached.get_or_insert(at);
                });
            }
        }
        match (self.order.any_item_open(), self.order.all_items(ItemState::Completed), why) {
            (true, ..) => Settled::InProgress(self),
            (false, true, _) => Settled::Completed(Completed { order: self.order, at }),
            (false, false, Some(reason)) if self.order.items.iter().all(|item| item.state != ItemState::Completed) => {
                Settled::Failed(Failed { order: self.order, reason, at })
            }
            (false, false, _) => Settled::Partial(Partial { order: self.order, at }),
        }
    }
}

/// How an item's way to service ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemOutcome {
    /// It works.
    InService,
    /// It can't be brought into service, and why.
    Failed(Text),
}

impl Held {
    /// What stopped it is cleared.
    #[must_use]
    pub fn resume(self, at: Timestamp) -> InProgress {
        InProgress { order: self.order.with_items(ItemState::InProgress), since: at }
    }
}

impl Pending {
    /// The customer has answered.
    #[must_use]
    pub fn resume(self, at: Timestamp) -> InProgress {
        InProgress { order: self.order.with_items(ItemState::InProgress), since: at }
    }
}

impl AssessingCancellation {
    /// It is granted, at a charge.
    #[must_use]
    pub fn grant(self, charge: Money, at: Timestamp) -> PendingCancellation {
        PendingCancellation { order: self.order, charge, asked: self.since, since: at }
    }

    /// It is too late; the order goes on.
    #[must_use]
    pub fn refuse(self, at: Timestamp) -> InProgress {
        InProgress { order: self.order.with_items(ItemState::InProgress), since: at }
    }
}

impl PendingCancellation {
    /// Something that was to be cancelled works already: the order goes on to what came of each item.
    #[must_use]
    pub fn overtake(self, at: Timestamp) -> InProgress {
        InProgress { order: self.order, since: at }
    }

    /// Everything is undone.
    #[must_use]
    pub fn finish(self, at: Timestamp) -> Cancelled {
        Cancelled { order: self.order.with_items(ItemState::Cancelled), charge: self.charge, at }
    }
}
