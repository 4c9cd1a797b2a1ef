//! What a change of an order means for the rest of the store: numbers and appointments, and the customer's pointers.
//! Worked out from the order before and after, so that no step can forget it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use order_manager::inventory::{Hold, Resource};
use order_manager::order::{Content, ProductOrder};

use super::record::summary::SummaryRecord;

/// What is to be done with a number or an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Hold it until then.
    Hold(Resource, Timestamp),
    /// What is held becomes the order's own.
    Firm(Resource),
    /// What was not held becomes the order's own.
    Claim(Resource),
    /// Give it back.
    Free(Resource),
}

/// What is to be done with a pointer in the customer's partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// List the draft, as it is now.
    PutDraft,
    /// List the draft no more.
    DropDraft,
    /// List the order as just placed.
    PutPlaced,
    /// Have the customer found by the order's reference.
    PutReference,
    /// Have the customer found by it no more.
    DropReference,
}

/// Hours for which a placed order stays listed with the customer: the index by which it is found later may lag.
pub(super) const JUST_PLACED_HOURS: i64 = 24;

/// What an order lays claim to: held until a time, or its own. An order that ended without service claims nothing.
pub(super) fn claims(order: &ProductOrder) -> BTreeMap<Resource, Option<Timestamp>> {
    match (order, order.content()) {
        (ProductOrder::Rejected(_) | ProductOrder::Failed(_) | ProductOrder::Cancelled(_), _) => BTreeMap::new(),
        (_, Content::Draft(draft)) => {
            draft.holds.iter().map(|Hold { resource, until }| (resource.clone(), Some(*until))).collect()
        }
        (_, Content::Placed(placed)) => placed.resources.iter().map(|resource| (resource.clone(), None)).collect(),
    }
}

/// What a change does to numbers and appointments. A hold that has lapsed by `now` is not given back: it is as good as
/// free, and may be somebody else's already.
pub(super) fn steps(before: Option<&ProductOrder>, after: Option<&ProductOrder>, now: Timestamp) -> Vec<Step> {
    let (before, after) = (before.map(claims).unwrap_or_default(), after.map(claims).unwrap_or_default());
    let taken = after.iter().filter_map(|(resource, until)| match (before.get(resource), until) {
        (Some(had), until) if had == until => None,
        (_, Some(until)) => Some(Step::Hold(resource.clone(), *until)),
        (Some(_), None) => Some(Step::Firm(resource.clone())),
        (None, None) => Some(Step::Claim(resource.clone())),
    });
    let lapsed = |until: &Option<Timestamp>| until.is_some_and(|until| until <= now);
    let freed = before.iter().filter(|(resource, until)| !after.contains_key(*resource) && !lapsed(until));
    taken.chain(freed.map(|(resource, _)| Step::Free(resource.clone()))).collect()
}

/// Whether an order came of a project and is not placed yet.
pub(super) fn is_of_project(order: &ProductOrder) -> bool {
    matches!(order.content(), Content::Draft(draft) if draft.project.is_some())
}

/// What a change does to the pointers by which a customer's drafts and newest orders are found without an index.
pub(super) fn pointers(before: Option<&ProductOrder>, after: Option<&ProductOrder>) -> Vec<Pointer> {
    match (before, after) {
        // A project lists its own drafts: thousands of them would hide what a customer's page is about.
        (_, Some(is)) if !is.state().is_placed() && is_of_project(is) => vec![],
        (Some(was), Some(is)) if !is.state().is_placed() => {
            let looks_the_same = was.state() == is.state() && SummaryRecord::of(was) == SummaryRecord::of(is);
            if looks_the_same { vec![] } else { vec![Pointer::PutDraft] }
        }
        (None, Some(is)) if !is.state().is_placed() => vec![Pointer::PutDraft, Pointer::PutReference],
        // Nobody looked for it by its reference while it was one of many.
        (Some(was), Some(_)) if is_of_project(was) => vec![Pointer::PutPlaced, Pointer::PutReference],
        (Some(was), Some(_)) if !was.state().is_placed() => vec![Pointer::DropDraft, Pointer::PutPlaced],
        (Some(was), None) if !was.state().is_placed() => vec![Pointer::DropDraft, Pointer::DropReference],
        (None, Some(_)) => vec![Pointer::PutPlaced, Pointer::PutReference],
        (_, _) => vec![],
    }
}
