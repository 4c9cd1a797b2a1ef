//! What a company's staff do about an order before it is placed: a discount, its approval, a quote, and sending it to the
//! customer. These states are ours: none of them leaves the house by the standard interface.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::{ActedBy, StaffMember};
use crate::id::{CharacteristicId, OfferingId, OrderId, OrderItemId};
use crate::order::{Draft, Priced};

/// What staff added to an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selling {
    /// Discounts, one an item at most.
    pub discounts: Vec<GivenDiscount>,
    /// What was quoted.
    pub quote: Option<Quote>,
    /// Why an approver last gave it back.
    pub returned: Option<Returned>,
    /// The order that this one repeats.
    pub repeats: Option<Repeats>,
}

/// An order that was made of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// Of which.
    pub of: OrderId,
    /// What could not be carried over.
    pub left_out: Vec<LeftOut>,
}

/// Something that could not be carried over from another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Of which offering.
    pub offering: OfferingId,
    /// The answer to this question; all of the item where there is none.
    pub question: Option<CharacteristicId>,
}

/// A discount that a member of staff gave on what an item costs each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDiscount {
    /// On which item.
    pub item: OrderItemId,
    /// How much, in percent.
    pub percent: u8,
    /// For how many months.
    pub months: u16,
    /// Why.
    pub reason: Box<str>,
    /// By whom.
    pub given_by: StaffMember,
    /// Whether that was theirs to give.
    pub approval: Approval,
}

/// Whether a discount counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// It was within the giver's own limit.
    NotNeeded,
    /// Somebody else has to approve it.
    Open,
    /// Somebody else approved it.
    Given {
        /// Who.
        by: StaffMember,
        /// When.
        at: Timestamp,
    },
}

/// An approver's no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// By whom.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Box<str>,
}

/// What was quoted for an order: a price that holds until a day, perhaps in several rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What the sale is known by where sales are followed.
    pub opportunity: Option<Box<str>>,
    /// The rounds before the one that counts, the first first.
    pub earlier: Vec<QuoteRound>,
    /// The round that counts.
    pub round: QuoteRound,
    /// How that round stands.
    pub standing: QuoteStanding,
}

/// One round of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRound {
    /// When it was made out.
    pub issued: Timestamp,
    /// By whom.
    pub issued_by: StaffMember,
    /// The last day on which its price holds, where service is.
    pub valid_until: Date,
    /// The price, and the catalogue it was reckoned by.
    pub priced: Priced,
}

/// How a quote's last round stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteStanding {
    /// It may be accepted.
    Open,
    /// It was accepted: until its last day, its catalogue prices the order.
    Accepted {
        /// By whom.
        by: ActedBy,
        /// When.
        at: Timestamp,
    },
    /// It is being revised, and holds no more.
    Withdrawn,
}

impl Quote {
    /// The number on the paper: the order's reference, and the round.
    #[must_use]
    pub fn number(&self, order: OrderId) -> String {
        format!("Q-{}-{}", order.reference(), self.earlier.len() + 1)
    }
}

impl Draft {
    /// The discounts that nobody has approved yet and somebody has to.
    pub fn unapproved(&self) -> impl Iterator<Item = &GivenDiscount> {
        self.selling.discounts.iter().filter(|discount| discount.approval == Approval::Open)
    }

    /// The quoted price that holds on a day: one that was accepted and has not expired.
    #[must_use]
    pub fn quoted_on(&self, day: Date) -> Option<&QuoteRound> {
        let quote = self.selling.quote.as_ref()?;
        let accepted = matches!(quote.standing, QuoteStanding::Accepted { .. });
        (accepted && day <= quote.round.valid_until).then_some(&quote.round)
    }
}

/// Waiting for somebody who may approve its discounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitingApproval {
    /// The order, which nobody changes meanwhile.
    pub draft: Draft,
    /// Who asked.
    pub asked_by: StaffMember,
    /// When.
    pub asked: Timestamp,
}

/// Quoted to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The order, which nobody changes while the quote is open.
    pub draft: Draft,
}

/// Sent to the customer, who reviews, signs and places it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitingCustomer {
    /// The order, which is the customer's to change now.
    pub draft: Draft,
    /// Who sent it.
    pub sent_by: StaffMember,
    /// When.
    pub sent: Timestamp,
    /// What was written to the customer with it.
    pub note: Option<Box<str>>,
}
