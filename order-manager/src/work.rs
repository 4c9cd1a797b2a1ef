//! What waits for staff, and in which list it stands.

use jiff::Timestamp;

use crate::id::PersonId;
use crate::order::{Content, OrderState, ProductOrder};

/// A list of a member of staff's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkList {
    /// Something stopped, or somebody has to be asked.
    Attention,
    /// Drafts and quotes of one's own.
    Mine,
    /// The customer has to review, sign and place it.
    WithCustomer,
    /// An approver has to decide.
    ForApproval,
    /// Placed today.
    Submitted,
}

impl WorkList {
    /// Every list, in the order they are worked through.
    pub const ALL: [Self; 5] = [Self::Attention, Self::Mine, Self::WithCustomer, Self::ForApproval, Self::Submitted];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Mine => "mine",
            Self::WithCustomer => "with-customer",
            Self::ForApproval => "for-approval",
            Self::Submitted => "submitted",
        }
    }

    /// The list of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == name)
    }
}

/// What a list of work is made of: an order, as far as the lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its state.
    pub state: OrderState,
    /// Who began it, or placed it; nobody for what a partner's system did.
    pub by: Option<PersonId>,
    /// When it was placed, if it was.
    pub placed: Option<Timestamp>,
}

impl Waiting {
    /// As far as the lists show an order; `None` for one that nothing more happens to.
    #[must_use]
    pub fn of(order: &ProductOrder) -> Option<Self> {
        let (by, placed) = match order.content() {
            Content::Draft(draft) => (draft.started_by.person(), None),
            Content::Placed(placed) => (placed.placed_by.person(), Some(placed.placed)),
        };
        (!order.state().is_final()).then_some(Self { state: order.state(), by, placed })
    }

    /// The list it stands in, for this person; `None` when it waits for nobody of staff. `today` is when the day began.
    #[must_use]
    pub fn list(&self, person: PersonId, today: Timestamp) -> Option<WorkList> {
        match self.state {
            OrderState::Held | OrderState::Pending | OrderState::AssessingCancellation => Some(WorkList::Attention),
            OrderState::Draft | OrderState::Quoted => (self.by == Some(person)).then_some(WorkList::Mine),
            OrderState::AwaitingCustomer => Some(WorkList::WithCustomer),
            OrderState::AwaitingApproval => Some(WorkList::ForApproval),
            OrderState::Acknowledged | OrderState::InProgress | OrderState::PendingCancellation => {
                self.placed.is_some_and(|placed| placed >= today).then_some(WorkList::Submitted)
            }
            OrderState::Rejected | OrderState::Partial | OrderState::Completed | OrderState::Failed | OrderState::Cancelled => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_state_has_its_list() {
        let (me, other) = (PersonId::new(Uuid::from_u128(1)), PersonId::new(Uuid::from_u128(2)));
        let today = Timestamp::UNIX_EPOCH;
        let yesterday = today - 1.hour();
        let list = |state, by, placed| Waiting { state, by: Some(by), placed }.list(me, today);
        for state in OrderState::ALL {
            let mine = list(state, me, Some(today));
            let expected = match state.wire_name() {
                "held" | "pending" | "assessingCancellation" => Some(WorkList::Attention),
                "draft" | "quoted" => Some(WorkList::Mine),
                "awaitingCustomer" => Some(WorkList::WithCustomer),
                "awaitingApproval" => Some(WorkList::ForApproval),
                "acknowledged" | "inProgress" | "pendingCancellation" => Some(WorkList::Submitted),
                _ => None,
            };
            assert_eq!(mine, expected, "{state:?}");
        }
        assert_eq!(list(OrderState::Draft, other, None), None, "somebody else's draft");
        assert_eq!(list(OrderState::InProgress, me, Some(yesterday)), None, "placed before today");
        assert_eq!(list(OrderState::Held, other, Some(yesterday)), Some(WorkList::Attention), "whoever placed it");
    }

    #[test]
    fn a_list_is_known_by_its_name() {
        for list in WorkList::ALL {
            assert_eq!(WorkList::named(list.as_str()), Some(list));
        }
        assert_eq!(WorkList::named("all"), None);
    }
}
