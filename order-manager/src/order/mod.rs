//! The product order and its states.
//!
//! Each state is a struct that holds just what that state has; a transition consumes the state it leaves. From
//! `Acknowledged` on, states are spelled as TM Forum's TMF622 v4 spells them; those before it are ours and never leave the house.

mod action;
mod cancellation;
mod draft;
mod on_the_way;
mod placed;
mod selling;

pub use action::{Action, Asks};
pub use cancellation::{Assessment, Irrevocable};
pub use draft::{
    Authorisation, BillTo, Billing, Draft, DraftItem, FromProject, Installation, KeptLetter, OrderedFor, PriceChange, Priced,
    ServicePlace, Signature, ThirdPartyVerification, UnderAgreement, Visit,
};
pub use on_the_way::{CommittedDay, ConstructionCharge, Decision, Jeopardy, JeopardyKind, OnTheWay, Question, QuestionId, Reply};
pub use placed::{
    Acknowledged, AssessingCancellation, Cancelled, Completed, Consent, ConsentChannel, Disclosure, Failed, Held, InProgress,
    ItemOutcome, ItemState, Partial, PartnerOrder, Pending, PendingCancellation, Placed, PlacedBy, PlacedItem, ReachedMilestone,
    Rejected, Settled,
};

pub use selling::{
    Approval, AwaitingApproval, AwaitingCustomer, GivenDiscount, LeftOut, Quote, QuoteRound, QuoteStanding, Quoted, Repeats,
    Returned, Selling,
};

use crate::id::{CustomerId, OrderId};

/// An order, in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductOrder {
    /// Being put together by the customer, or by staff for the customer.
    Draft(Draft),
    /// Waiting for an approver.
    AwaitingApproval(AwaitingApproval),
    /// Quoted to the customer.
    Quoted(Quoted),
    /// Sent to the customer to review, sign and place.
    AwaitingCustomer(AwaitingCustomer),
    /// Placed and received; provisioning has not begun.
    Acknowledged(Acknowledged),
    /// Received, and can't be carried out.
    Rejected(Rejected),
    /// Provisioning is under way.
    InProgress(InProgress),
    /// Stopped by something that is ours or another company's to clear.
    Held(Held),
    /// Waiting for the customer.
    Pending(Pending),
    /// Some items are in service, others failed or were cancelled.
    Partial(Partial),
    /// Everything is in service.
    Completed(Completed),
    /// Nothing could be brought into service.
    Failed(Failed),
    /// A cancellation was asked for and is being looked at.
    AssessingCancellation(AssessingCancellation),
    /// A cancellation was granted and is being carried out.
    PendingCancellation(PendingCancellation),
    /// Cancelled.
    Cancelled(Cancelled),
}

/// What an order holds: still changing, or frozen when it was placed.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Still being put together.
    Draft(&'a Draft),
    /// Placed.
    Placed(&'a Placed),
}

/// The states' names, as TMF622 spells them (and those before an order is placed, which are ours).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// See [`ProductOrder::Draft`].
    Draft,
    /// See [`ProductOrder::AwaitingApproval`].
    AwaitingApproval,
    /// See [`ProductOrder::Quoted`].
    Quoted,
    /// See [`ProductOrder::AwaitingCustomer`].
    AwaitingCustomer,
    /// See [`ProductOrder::Acknowledged`].
    Acknowledged,
    /// See [`ProductOrder::Rejected`].
    Rejected,
    /// See [`ProductOrder::InProgress`].
    InProgress,
    /// See [`ProductOrder::Held`].
    Held,
    /// See [`ProductOrder::Pending`].
    Pending,
    /// See [`ProductOrder::Partial`].
    Partial,
    /// See [`ProductOrder::Completed`].
    Completed,
    /// See [`ProductOrder::Failed`].
    Failed,
    /// See [`ProductOrder::AssessingCancellation`].
    AssessingCancellation,
    /// See [`ProductOrder::PendingCancellation`].
    PendingCancellation,
    /// See [`ProductOrder::Cancelled`].
    Cancelled,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::AwaitingApproval,
        Self::Quoted,
        Self::AwaitingCustomer,
        Self::Acknowledged,
        Self::Rejected,
        Self::InProgress,
        Self::Held,
        Self::Pending,
        Self::Partial,
        Self::Completed,
        Self::Failed,
        Self::AssessingCancellation,
        Self::PendingCancellation,
        Self::Cancelled,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingApproval => "awaitingApproval",
            Self::Quoted => "quoted",
            Self::AwaitingCustomer => "awaitingCustomer",
            Self::Acknowledged => "acknowledged",
            Self::Rejected => "rejected",
            Self::InProgress => "inProgress",
            Self::Held => "held",
            Self::Pending => "pending",
            Self::Partial => "partial",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::AssessingCancellation => "assessingCancellation",
            Self::PendingCancellation => "pendingCancellation",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the order was placed.
    #[must_use]
    pub const fn is_placed(self) -> bool {
        !matches!(self, Self::Draft | Self::AwaitingApproval | Self::Quoted | Self::AwaitingCustomer)
    }

    /// Whether nothing more happens to an order in it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Rejected | Self::Partial | Self::Completed | Self::Failed | Self::Cancelled)
    }
}

impl ProductOrder {
    /// The same order, priced by an agreement or by none, where it is open to that.
    #[must_use]
    pub fn priced_under(self, agreement: Option<UnderAgreement>) -> Self {
        match self {
            Self::Draft(draft) => Self::Draft(draft.priced_under(agreement)),
            Self::AwaitingCustomer(sent) => {
                Self::AwaitingCustomer(AwaitingCustomer { draft: sent.draft.priced_under(agreement), ..sent })
            }
            other => other,
        }
    }

    /// What the order holds, whatever its state.
    #[must_use]
    pub const fn content(&self) -> Content<'_> {
        match self {
            Self::Draft(draft)
            | Self::AwaitingApproval(AwaitingApproval { draft, .. })
            | Self::Quoted(Quoted { draft })
            | Self::AwaitingCustomer(AwaitingCustomer { draft, .. }) => Content::Draft(draft),
            Self::Acknowledged(Acknowledged { order })
            | Self::Rejected(Rejected { order, .. })
            | Self::InProgress(InProgress { order, .. })
            | Self::Held(Held { order, .. })
            | Self::Pending(Pending { order, .. })
            | Self::Partial(Partial { order, .. })
            | Self::Completed(Completed { order, .. })
            | Self::Failed(Failed { order, .. })
            | Self::AssessingCancellation(AssessingCancellation { order, .. })
            | Self::PendingCancellation(PendingCancellation { order, .. })
            | Self::Cancelled(Cancelled { order, .. }) => Content::Placed(order),
        }
    }

    /// What was placed, to be changed as the order's state allows.
    pub(crate) const fn placed_mut(&mut self) -> Option<&mut Placed> {
        match self {
            Self::Draft(_) | Self::AwaitingApproval(_) | Self::Quoted(_) | Self::AwaitingCustomer(_) => None,
            Self::Acknowledged(Acknowledged { order })
            | Self::Rejected(Rejected { order, .. })
            | Self::InProgress(InProgress { order, .. })
            | Self::Held(Held { order, .. })
            | Self::Pending(Pending { order, .. })
            | Self::Partial(Partial { order, .. })
            | Self::Completed(Completed { order, .. })
            | Self::Failed(Failed { order, .. })
            | Self::AssessingCancellation(AssessingCancellation { order, .. })
            | Self::PendingCancellation(PendingCancellation { order, .. })
            | Self::Cancelled(Cancelled { order, .. }) => Some(order),
        }
    }

    /// The draft that can be changed and placed as it stands: one that nobody waits for, or that waits for the customer, whose
    /// it is then.
    #[must_use]
    pub const fn open_draft(&self) -> Option<&Draft> {
        match self {
            Self::Draft(draft) | Self::AwaitingCustomer(AwaitingCustomer { draft, .. }) => Some(draft),
            Self::AwaitingApproval(_)
            | Self::Quoted(_)
            | Self::Acknowledged(_)
            | Self::Rejected(_)
            | Self::InProgress(_)
            | Self::Held(_)
            | Self::Pending(_)
            | Self::Partial(_)
            | Self::Completed(_)
            | Self::Failed(_)
            | Self::AssessingCancellation(_)
            | Self::PendingCancellation(_)
            | Self::Cancelled(_) => None,
        }
    }

    /// Which order.
    #[must_use]
    pub const fn id(&self) -> OrderId {
        match self.content() {
            Content::Draft(draft) => draft.id,
            Content::Placed(placed) => placed.id,
        }
    }

    /// Whose order.
    #[must_use]
    pub const fn customer(&self) -> CustomerId {
        match self.content() {
            Content::Draft(draft) => draft.ordered_for.id,
            Content::Placed(placed) => placed.ordered_for.id,
        }
    }

    /// The state's name.
    #[must_use]
    pub const fn state(&self) -> OrderState {
        match self {
            Self::Draft(_) => OrderState::Draft,
            Self::AwaitingApproval(_) => OrderState::AwaitingApproval,
            Self::Quoted(_) => OrderState::Quoted,
            Self::AwaitingCustomer(_) => OrderState::AwaitingCustomer,
            Self::Acknowledged(_) => OrderState::Acknowledged,
            Self::Rejected(_) => OrderState::Rejected,
            Self::InProgress(_) => OrderState::InProgress,
            Self::Held(_) => OrderState::Held,
            Self::Pending(_) => OrderState::Pending,
            Self::Partial(_) => OrderState::Partial,
            Self::Completed(_) => OrderState::Completed,
            Self::Failed(_) => OrderState::Failed,
            Self::AssessingCancellation(_) => OrderState::AssessingCancellation,
            Self::PendingCancellation(_) => OrderState::PendingCancellation,
            Self::Cancelled(_) => OrderState::Cancelled,
        }
    }
}

impl OrderId {
    /// The reference a person reads out on the telephone: eight characters without those that look or sound alike
    /// (Crockford's base 32), made of the identifier's random end.
    #[must_use]
    pub fn reference(self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let tail = self.value().as_u128() & ((1 << 40) - 1);
        let digit = |i: u32| char::from(DIGITS[((tail >> (5 * i)) & 31) as usize]);
        let text: String = (0..8).rev().map(digit).collect();
        format!("{}-{}", &text[..4], &text[4..])
    }
}
