//! Decisions: an order, a command, and the order that comes of it, or the reason why not. One function, one match.

mod acts;
mod amending;
mod drafting;
mod following;
mod placing;
mod repeating;
mod selling;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

pub use self::amending::{Agreed, amended, as_drafted};
use self::drafting::{act, add_item, change, reprice};
pub use self::drafting::{earliest_day, price_change};
pub use self::following::{Wish, new_days};
use self::placing::place;
pub use self::placing::{disclosures, ordered_twice};
pub use self::repeating::repeat;
pub use self::selling::{Deed, LONGEST_QUOTE, MOST_ROUNDS, StaffAct, discount_limit};
use crate::access::ActedBy;
use crate::authorisation::AuthorisationKey;
use crate::catalogue::{Catalogue, OrderTemplate};
use crate::characteristic::Asked;
use crate::entered::FieldError;
use crate::id::{MilestoneId, OfferingId, OrderItemId, Version};
use crate::inventory::Hold;
use crate::journey::Step;
use crate::money::{Money, MoneyError};
use crate::order::{
    Acknowledged, Action, Authorisation, AwaitingCustomer, Billing, Disclosure, Draft, Held, InProgress, Installation,
    ItemOutcome, OrderState, Pending, PlacedBy, PriceChange, Priced, ProductOrder, Settled,
};
use crate::pricing::{OrderPrice, price};
use crate::qualification::Availability;
use crate::text::Text;
use crate::value::{Answers, Value};

/// The most items an order may have.
pub const MOST_ITEMS: usize = 100;

/// What somebody wants done to an order.
#[derive(Clone, Debug)]
pub enum Command {
    /// Add an item.
    AddItem {
        /// Its id, minted with the page that offered it: a second click adds nothing.
        item: OrderItemId,
        /// What.
        offering: OfferingId,
    },
    /// Do something about a service in place.
    Act {
        /// The item's id, minted with the page that offered it: a second click adds nothing.
        item: OrderItemId,
        /// What.
        action: Action,
    },
    /// Take an item out.
    RemoveItem(OrderItemId),
    /// Answer the questions of a page or dialog.
    Answer {
        /// Of which item.
        item: OrderItemId,
        /// Which page or dialog.
        asked: Asked,
        /// The answers; a question without one is unanswered.
        answers: Answers,
        /// The number held for this order, where one was picked.
        hold: Option<Hold>,
        /// Whether everything must be there.
        saving: Saving,
    },
    /// Authorise what a letter of agency says.
    Authorise(AuthorisationKey, Authorisation),
    /// Say when and how service is to be brought in.
    Schedule {
        /// When and how.
        installation: Installation,
        /// The appointment held for this order, where a technician comes.
        hold: Option<Hold>,
    },
    /// Say who pays.
    Bill(Billing),
    /// Place the order.
    Place(Placing),
    /// Something that staff do about an order before it is placed.
    Staff(StaffAct),
    /// Accept the quote.
    AcceptQuote(ActedBy),
    /// Something the provisioning side says.
    Progress(Progress),
    /// The customer wants a placed order cancelled, at what that costs as it stands ([`crate::order::Assessment`]).
    AskCancellation,
    /// The customer wants something else of an order that is on its way.
    Wish(Wish),
}

/// How complete an answer has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Everything required must be there: the step is done.
    Whole,
    /// As far as it was typed: a dialog is opened, or the page asks again.
    SoFar,
}

/// What placing an order states.
#[derive(Clone, Debug)]
pub struct Placing {
    /// Who places it.
    pub by: PlacedBy,
    /// The terms of service accepted.
    pub terms: Version,
    /// The price that was shown.
    pub agreed: OrderPrice,
    /// What is ordered more than once at the place, and meant so.
    pub meant_twice: BTreeSet<OfferingId>,
}

/// What the provisioning side says about a placed order.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Work has begun.
    Start,
    /// The order can't be carried out.
    Reject(Text),
    /// Something that is ours or another company's stops it.
    Hold(Text),
    /// Something only the customer can answer stops it.
    Ask(Text),
    /// It goes on.
    Resume,
    /// A milestone is reached.
    Reach(OrderItemId, MilestoneId),
    /// We commit to a day.
    Commit(OrderItemId, Date),
    /// An item is in service, or never will be.
    Settle(OrderItemId, ItemOutcome),
    /// The cancellation is granted, at a charge.
    GrantCancellation(Money),
    /// It is too late to cancel.
    RefuseCancellation,
    /// Everything is undone.
    FinishCancellation,
}

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state.
    NotInState(OrderState),
    /// Not yet: the order stands at this step.
    NotYet(Step),
    /// There is no such item.
    NoSuchItem,
    /// There is no such offering.
    NoSuchOffering,
    /// There is no such service in place, or it is not one this can be done about.
    NoSuchService,
    /// Something is done about the service in this order already.
    ActedOn(OrderItemId),
    /// Ending or changing this leaves a service at the place without what carries it.
    StillNeeded(OrderItemId, OfferingId),
    /// The same is ordered more than once: is that meant?
    Twice(Vec<OfferingId>),
    /// The offering can't be had, and why.
    NotAvailable(OfferingId, Availability),
    /// The offering can't be beside this one.
    Excluded(OfferingId),
    /// The order has as many items as it may.
    TooManyItems,
    /// What was entered must be changed.
    Fields(Vec<FieldError>),
    /// A question that this page does not ask.
    NotAsked,
    /// There is no such letter to sign, or its text has changed since it was shown.
    LetterChanged,
    /// What was verified is said to lie ahead.
    NotYetVerified,
    /// The customer has not been shown or told this.
    NotTold(Disclosure),
    /// What the item runs over is missing.
    NotCarried(OrderItemId),
    /// The price is not what was shown.
    PriceChanged(Box<PriceChange>),
    /// It has another price, and the order's was agreed apart from the catalogue's: by an agreement, or by a discount of ours.
    AgreedOtherwise,
    /// Newer terms of service are in force.
    TermsChanged,
    /// It is not for somebody of these roles.
    NotTheirDuty,
    /// Nobody approves their own.
    TheirOwn,
    /// There is nothing to approve.
    NothingToApprove,
    /// The discount on this item waits for approval.
    NotApproved(OrderItemId),
    /// The price of this is not open to discounts.
    NotNegotiable(OfferingId),
    /// The quote holds no more.
    QuoteExpired,
    /// The quote has gone through as many rounds as it may.
    TooManyRounds,
    /// This item has gone too far to be changed or cancelled.
    TooLate(OrderItemId),
    /// Nobody can come that day, or it is no working day.
    NotThatDay,
    /// It has been decided, or the day to decide it has passed.
    Decided,
    /// The amounts are beyond reckoning.
    Money(MoneyError),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

/// The order that a command makes of an order.
///
/// # Errors
/// Why it was not carried out.
pub fn decide(order: &ProductOrder, command: Command, catalogue: &Catalogue, now: Timestamp) -> Result<ProductOrder, Refusal> {
    use ProductOrder as O;
    let elsewhere = Refusal::NotInState(order.state());
    match (order.clone(), command) {
        (O::Draft(draft) | O::AwaitingCustomer(AwaitingCustomer { draft, .. }), Command::Place(placing)) => {
            place(draft, placing, catalogue, now).map(O::Acknowledged)
        }
        (before, Command::Staff(act)) => selling::act(before, act, catalogue, now),
        (O::Quoted(quoted), Command::AcceptQuote(by)) => selling::accept(quoted, by, catalogue, now).map(O::Draft),
        (
            O::Draft(_) | O::AwaitingCustomer(_),
            Command::Progress(_) | Command::AskCancellation | Command::AcceptQuote(_) | Command::Wish(_),
        ) => Err(elsewhere),
        (before, Command::Wish(wish)) => following::follow(before, wish, catalogue, now),
        (
            O::Acknowledged(Acknowledged { order })
            | O::InProgress(InProgress { order, .. })
            | O::Held(Held { order, .. })
            | O::Pending(Pending { order, .. }),
            Command::AskCancellation,
        ) => following::ask_cancellation(order, now).map(O::AssessingCancellation),
        (O::Draft(draft), command) => {
            let changed = change(draft.clone(), command, catalogue, now)?;
            reprice(&draft, changed, catalogue, now).map(O::Draft)
        }
        (O::AwaitingCustomer(sent), command) => {
            let changed = change(sent.draft.clone(), command, catalogue, now)?;
            let draft = reprice(&sent.draft, changed, catalogue, now)?;
            Ok(O::AwaitingCustomer(AwaitingCustomer { draft, ..sent }))
        }
        (O::Acknowledged(order), Command::Progress(Progress::Start)) => Ok(O::InProgress(order.start(now))),
        (O::Acknowledged(order), Command::Progress(Progress::Reject(reason))) => Ok(O::Rejected(order.reject(reason, now))),
        (O::InProgress(order), Command::Progress(Progress::Hold(reason))) => Ok(O::Held(order.hold(reason, now))),
        (O::InProgress(order), Command::Progress(Progress::Ask(question))) => Ok(O::Pending(order.ask(question, now))),
        (O::InProgress(order), Command::Progress(Progress::Reach(item, milestone))) => {
            Ok(O::InProgress(order.reach(item, &milestone, now)))
        }
        (O::InProgress(order), Command::Progress(Progress::Commit(item, day))) => Ok(O::InProgress(order.commit(item, day))),
        (O::InProgress(order), Command::Progress(Progress::Settle(item, outcome))) => {
            Ok(match order.settle(item, outcome, now) {
                Settled::InProgress(order) => O::InProgress(order),
                Settled::Completed(order) => O::Completed(order),
                Settled::Partial(order) => O::Partial(order),
                Settled::Failed(order) => O::Failed(order),
            })
        }
        (O::Held(order), Command::Progress(Progress::Resume)) => Ok(O::InProgress(order.resume(now))),
        (O::Pending(order), Command::Progress(Progress::Resume)) => Ok(O::InProgress(order.resume(now))),
        (O::AssessingCancellation(order), Command::Progress(Progress::GrantCancellation(charge))) => {
            Ok(O::PendingCancellation(order.grant(charge, now)))
        }
        (O::AssessingCancellation(order), Command::Progress(Progress::RefuseCancellation)) => {
            Ok(O::InProgress(order.refuse(now)))
        }
        (O::PendingCancellation(order), Command::Progress(Progress::FinishCancellation)) => Ok(O::Cancelled(order.finish(now))),
        (
            O::AwaitingApproval(_)
            | O::Quoted(_)
            | O::Acknowledged(_)
            | O::Rejected(_)
            | O::InProgress(_)
            | O::Held(_)
            | O::Pending(_)
            | O::Partial(_)
            | O::Completed(_)
            | O::Failed(_)
            | O::AssessingCancellation(_)
            | O::PendingCancellation(_)
            | O::Cancelled(_),
            _,
        ) => Err(elsewhere),
    }
}

/// A new draft in which something is done about a service in place.
///
/// # Errors
/// As [`Command::Act`].
pub fn begin_with(
    draft: Draft,
    item: OrderItemId,
    action: Action,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<ProductOrder, Refusal> {
    let mut draft = act(draft, item, action, catalogue, now)?;
    draft.priced = Priced { catalogue: catalogue.version.clone(), price: price(&draft, catalogue)? };
    Ok(ProductOrder::Draft(draft))
}

/// A new draft as a template has it: what can be had of it here, with what it chooses. Nothing counts as answered yet.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn begin_from(
    mut draft: Draft,
    template: &OrderTemplate,
    ids: &[OrderItemId],
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<ProductOrder, Refusal> {
    for (wanted, id) in template.items.iter().zip(ids) {
        // What can't be had here is left out; the page says what is in the order.
        if let Ok(added) = add_item(draft.clone(), *id, wanted.offering.clone(), catalogue, now) {
            draft = added;
        }
        if let Some(item) = draft.items.iter_mut().find(|item| item.id == *id) {
            item.answers = wanted.chosen.iter().map(|(id, value)| (id.clone(), Value::Choice(value.clone()))).collect();
        }
    }
    draft.priced = Priced { catalogue: catalogue.version.clone(), price: price(&draft, catalogue)? };
    Ok(ProductOrder::Draft(draft))
}

/// A new draft with the offerings wanted.
///
/// # Errors
/// As [`Command::AddItem`].
pub fn begin(
    mut draft: Draft,
    wanted: Vec<(OrderItemId, OfferingId)>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<ProductOrder, Refusal> {
    for (item, offering) in wanted {
        draft = add_item(draft, item, offering, catalogue, now)?;
    }
    draft.priced = Priced { catalogue: catalogue.version.clone(), price: price(&draft, catalogue)? };
    Ok(ProductOrder::Draft(draft))
}
