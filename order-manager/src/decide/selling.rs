//! What staff do about an order before it is placed.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Refusal, reprice};
use crate::access::{ActedBy, Duty, Role, StaffMember};
use crate::calendar::today_in;
use crate::catalogue::{Catalogue, Negotiability};
use crate::entered::{FieldError, Reason};
use crate::id::OrderItemId;
use crate::journey::Step;
use crate::order::{
    Approval, AwaitingApproval, AwaitingCustomer, Draft, GivenDiscount, ProductOrder, Quote, QuoteRound, QuoteStanding, Quoted,
    Returned,
};

/// The most rounds a quote may go through.
pub const MOST_ROUNDS: usize = 20;

/// For how many days a quote may hold at most.
pub const LONGEST_QUOTE: i32 = 90;

/// Something that a member of staff does.
#[derive(Clone, Debug)]
pub struct StaffAct {
    /// Who.
    pub by: StaffMember,
    /// What they are.
    pub roles: BTreeSet<Role>,
    /// What they do.
    pub deed: Deed,
}

/// What a member of staff does about an order.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Take something off what an item costs each month, in place of what was taken off before.
    Discount {
        /// On which item.
        item: OrderItemId,
        /// How much, in percent.
        percent: u8,
        /// For how many months.
        months: u16,
        /// Why.
        reason: Box<str>,
    },
    /// Take the discount on an item back.
    TakeDiscountBack(OrderItemId),
    /// Ask for approval of what is beyond one's own limit.
    AskApproval,
    /// Approve it.
    Approve,
    /// Give it back.
    Return(Box<str>),
    /// Quote the price.
    Quote {
        /// The last day on which it holds.
        valid_until: Date,
        /// What the sale is known by.
        opportunity: Option<Box<str>>,
    },
    /// Take a quote back to change it.
    Revise,
    /// Send it to the customer to review, sign and place.
    Send(Option<Box<str>>),
    /// Take it back from the customer, or from whoever was to approve it.
    TakeBack,
}

impl Deed {
    /// Whose duty it is.
    const fn duty(&self) -> Duty {
        match self {
            Self::Discount { .. } | Self::TakeDiscountBack(_) | Self::AskApproval => Duty::Discount,
            Self::Approve | Self::Return(_) => Duty::Approve,
            Self::Quote { .. } | Self::Revise | Self::Send(_) | Self::TakeBack => Duty::Serve,
        }
    }
}

/// Carries out what a member of staff does.
pub(super) fn act(order: ProductOrder, act: StaffAct, catalogue: &Catalogue, now: Timestamp) -> Result<ProductOrder, Refusal> {
    use ProductOrder as O;
    if !act.roles.iter().any(|role| role.does(act.deed.duty())) {
        return Err(Refusal::NotTheirDuty);
    }
    let elsewhere = Refusal::NotInState(order.state());
    let StaffAct { by, roles, deed } = act;
    match (order, deed) {
        (O::Draft(draft), Deed::Discount { item, percent, months, reason }) => {
            let given = GivenDiscount { item, percent, months, reason, given_by: by, approval: Approval::Open };
            discount(&draft, given, &roles, catalogue, now).map(O::Draft)
        }
        (O::Draft(draft), Deed::TakeDiscountBack(item)) => {
            let mut changed = draft.clone();
            changed.selling.discounts.retain(|discount| discount.item != item);
            reprice(&draft, changed, catalogue, now).map(O::Draft)
        }
        (O::Draft(mut draft), Deed::AskApproval) => {
            if draft.unapproved().next().is_none() {
                return Err(Refusal::NothingToApprove);
            }
            draft.selling.returned = None;
            Ok(O::AwaitingApproval(AwaitingApproval { draft, asked_by: by, asked: now }))
        }
        (O::AwaitingApproval(waiting), Deed::Approve) => approve(&waiting, &by, &roles, catalogue, now).map(O::Draft),
        (O::AwaitingApproval(mut waiting), Deed::Return(reason)) => {
            waiting.draft.selling.returned = Some(Returned { by, at: now, reason });
            Ok(O::Draft(waiting.draft))
        }
        (O::Draft(draft), Deed::Quote { valid_until, opportunity }) => {
            quote(draft, valid_until, opportunity, by, catalogue, now).map(O::Quoted)
        }
        (O::Quoted(mut quoted), Deed::Revise) => {
            if let Some(quote) = &mut quoted.draft.selling.quote {
                quote.standing = QuoteStanding::Withdrawn;
            }
            Ok(O::Draft(quoted.draft))
        }
        (O::Draft(draft), Deed::Send(note)) => {
            ready(&draft)?;
            Ok(O::AwaitingCustomer(AwaitingCustomer { draft, sent_by: by, sent: now, note }))
        }
        (
            O::AwaitingApproval(AwaitingApproval { draft, .. }) | O::AwaitingCustomer(AwaitingCustomer { draft, .. }),
            Deed::TakeBack,
        ) => Ok(O::Draft(draft)),
        (
            _,
            Deed::Discount { .. }
            | Deed::TakeDiscountBack(_)
            | Deed::AskApproval
            | Deed::Approve
            | Deed::Return(_)
            | Deed::Quote { .. }
            | Deed::Revise
            | Deed::Send(_)
            | Deed::TakeBack,
        ) => Err(elsewhere),
    }
}

/// Whether an order can go out to a customer: it has something in it, and nothing waits for approval.
fn ready(draft: &Draft) -> Result<(), Refusal> {
    if draft.items.is_empty() {
        return Err(Refusal::NotYet(Step::Services));
    }
    match draft.unapproved().next() {
        Some(discount) => Err(Refusal::NotApproved(discount.item)),
        None => Ok(()),
    }
}

/// The most that somebody of these roles may take off, in percent.
#[must_use]
pub fn discount_limit<'a>(roles: impl IntoIterator<Item = &'a Role>, catalogue: &Catalogue) -> u8 {
    let Some(discretion) = &catalogue.discretion else { return 0 };
    roles.into_iter().filter_map(|role| discretion.at_most.get(role)).copied().max().unwrap_or(0)
}

fn discount(
    draft: &Draft,
    mut given: GivenDiscount,
    roles: &BTreeSet<Role>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    let item = draft.item(given.item).ok_or(Refusal::NoSuchItem)?;
    let offering = catalogue.form(&item.offering, &item.action).ok_or(Refusal::NoSuchOffering)?;
    match offering.negotiability {
        Negotiability::Negotiable => {}
        Negotiability::Tariffed | Negotiability::IndividualCase => return Err(Refusal::NotNegotiable(item.offering.clone())),
    }
    // Beyond what any role may give there is nobody to ask.
    let most = discount_limit(&Role::ALL, catalogue);
    if !(1..=most).contains(&given.percent) {
        let range = Reason::OutOfRange { min: 1, max: i64::from(most) };
        return Err(Refusal::Fields(vec![FieldError::new("percent", range)]));
    }
    if given.percent <= discount_limit(roles, catalogue) {
        given.approval = Approval::NotNeeded;
    }
    let mut changed = draft.clone();
    changed.selling.discounts.retain(|discount| discount.item != given.item);
    changed.selling.discounts.push(given);
    reprice(draft, changed, catalogue, now)
}

fn approve(
    waiting: &AwaitingApproval,
    by: &StaffMember,
    roles: &BTreeSet<Role>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    let own =
        waiting.asked_by.person == by.person || waiting.draft.unapproved().any(|discount| discount.given_by.person == by.person);
    if own {
        return Err(Refusal::TheirOwn);
    }
    let limit = discount_limit(roles, catalogue);
    let mut draft = waiting.draft.clone();
    for discount in draft.selling.discounts.iter_mut().filter(|discount| discount.approval == Approval::Open) {
        if discount.percent > limit {
            return Err(Refusal::NotTheirDuty);
        }
        discount.approval = Approval::Given { by: by.clone(), at: now };
    }
    reprice(&waiting.draft, draft, catalogue, now)
}

fn quote(
    draft: Draft,
    valid_until: Date,
    opportunity: Option<Box<str>>,
    by: StaffMember,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Quoted, Refusal> {
    ready(&draft)?;
    let area = catalogue.area_of(draft.place.address.zip);
    let today = today_in(area, now);
    let last = today.saturating_add(LONGEST_QUOTE.days());
    let wrong = |reason| Err(Refusal::Fields(vec![FieldError::new("valid-until", reason)]));
    if valid_until < today {
        return wrong(Reason::TooEarly(today));
    }
    if valid_until > last {
        return wrong(Reason::TooLate(last));
    }
    let mut draft = reprice(&draft.clone(), draft, catalogue, now)?;
    let round = QuoteRound { issued: now, issued_by: by, valid_until, priced: draft.priced.clone() };
    let earlier = match draft.selling.quote.take() {
        Some(Quote { earlier, round, .. }) => earlier.into_iter().chain([round]).collect(),
        None => vec![],
    };
    if earlier.len() >= MOST_ROUNDS {
        return Err(Refusal::TooManyRounds);
    }
    draft.selling.quote = Some(Quote { opportunity, earlier, round, standing: QuoteStanding::Open });
    draft.price_change = None;
    Ok(Quoted { draft })
}

/// Accepts a quote: the order goes on from it, with nothing typed again.
pub(super) fn accept(quoted: Quoted, by: ActedBy, catalogue: &Catalogue, now: Timestamp) -> Result<Draft, Refusal> {
    let mut draft = quoted.draft;
    let today = today_in(catalogue.area_of(draft.place.address.zip), now);
    match &mut draft.selling.quote {
        Some(quote) if today <= quote.round.valid_until => {
            quote.standing = QuoteStanding::Accepted { by, at: now };
            Ok(draft)
        }
        _ => Err(Refusal::QuoteExpired),
    }
}
