//! What goes on record of a command.

use super::{Command, Deed, Wish};
use crate::audit::Act;

impl Command {
    /// What somebody does who has it carried out; nothing where nobody does it, but provisioning says it.
    #[must_use]
    pub const fn act(&self) -> Option<Act> {
        Some(match self {
            Self::AddItem { .. }
            | Self::Act { .. }
            | Self::RemoveItem(_)
            | Self::Answer { .. }
            | Self::Schedule { .. }
            | Self::Bill(_) => Act::OrderEdited,
            Self::Authorise(..) => Act::OrderAuthorised,
            Self::Place(_) => Act::OrderPlaced,
            Self::Staff(act) => act.deed.act(),
            Self::AcceptQuote(_) => Act::QuoteAccepted,
            Self::AskCancellation => Act::CancellationAsked,
            Self::Wish(wish) => wish.act(),
            Self::Progress(_) => return None,
        })
    }
}

impl Deed {
    const fn act(&self) -> Act {
        match self {
            Self::Discount { .. } => Act::DiscountGiven,
            Self::TakeDiscountBack(_) => Act::DiscountTakenBack,
            Self::AskApproval => Act::ApprovalAsked,
            Self::Approve => Act::DiscountApproved,
            Self::Return(_) => Act::DiscountReturned,
            Self::Quote { .. } => Act::QuoteMade,
            Self::Revise => Act::QuoteRevised,
            Self::Send(_) => Act::OrderSent,
            Self::TakeBack => Act::OrderTakenBack,
        }
    }
}

impl Wish {
    const fn act(&self) -> Act {
        match self {
            Self::Day(_) => Act::VisitChanged,
            Self::Contact(..) => Act::ContactChanged,
            Self::Amend { .. } => Act::AnswersChanged,
            Self::Reply { .. } => Act::QuestionAnswered,
            Self::Decide { .. } => Act::ChargeDecided,
        }
    }
}
