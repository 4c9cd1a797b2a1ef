//! The way through an order: which steps it has, and at which one it stands. Computed from the order, never stored.

use jiff::Timestamp;

use crate::authorisation::{AuthorisationKey, is_authorised, letters_needed};
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Need, ValueType};
use crate::condition::Circumstances;
use crate::decide::earliest_day;
use crate::id::{DialogId, OrderItemId};
use crate::inventory::Resource;
use crate::order::{AwaitingCustomer, Draft, DraftItem, ProductOrder, Visit};
use crate::qualification::{applicable, broken_rules, fault};
use crate::value::{Answers, Value};

/// A step on the way to a placed order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Choosing services: the order has none yet.
    Services,
    /// An item's own page.
    Item(OrderItemId),
    /// A dialog of an item.
    Dialog(OrderItemId, DialogId),
    /// A letter of agency.
    Authorisation(AuthorisationKey),
    /// When and how service is brought in.
    Installation,
    /// Who pays.
    Billing,
    /// Checking and placing.
    Review,
    /// Following a placed order.
    Track,
}

/// Whether a step has all it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has.
    Done,
    /// Something is open.
    Open,
}

/// The step an order stands at: the first that is open.
#[must_use]
pub fn standing_at(order: &ProductOrder, catalogue: &Catalogue, now: Timestamp) -> Step {
    match order {
        ProductOrder::Draft(draft) | ProductOrder::AwaitingCustomer(AwaitingCustomer { draft, .. }) => {
            let open = steps(draft, catalogue, now).into_iter().find(|(_, progress)| *progress == Progress::Open);
            open.map_or(Step::Review, |(step, _)| step)
        }
        ProductOrder::AwaitingApproval(_)
        | ProductOrder::Quoted(_)
        | ProductOrder::Acknowledged(_)
        | ProductOrder::Rejected(_)
        | ProductOrder::InProgress(_)
        | ProductOrder::Held(_)
        | ProductOrder::Pending(_)
        | ProductOrder::Partial(_)
        | ProductOrder::Completed(_)
        | ProductOrder::Failed(_)
        | ProductOrder::AssessingCancellation(_)
        | ProductOrder::PendingCancellation(_)
        | ProductOrder::Cancelled(_) => Step::Track,
    }
}

/// Whether a step may be shown: it is on this order's way, and nothing before it is open.
///
/// # Errors
/// Where the order stands instead.
pub fn admit(order: &ProductOrder, step: &Step, catalogue: &Catalogue, now: Timestamp) -> Result<(), Step> {
    let standing = standing_at(order, catalogue, now);
    let Some(draft) = order.open_draft() else {
        return if *step == standing { Ok(()) } else { Err(standing) };
    };
    let steps = steps(draft, catalogue, now);
    let place = |wanted: &Step| steps.iter().position(|(step, _)| step == wanted);
    match (place(step), place(&standing)) {
        (Some(wanted), Some(stands)) if wanted <= stands => Ok(()),
        _ => Err(standing),
    }
}

/// The step after one, on this order's way; the last is followed by itself.
#[must_use]
pub fn after(draft: &Draft, step: &Step, catalogue: &Catalogue, now: Timestamp) -> Step {
    let steps = steps(draft, catalogue, now);
    let here = steps.iter().position(|(candidate, _)| candidate == step);
    here.and_then(|here| steps.get(here + 1)).map_or(Step::Review, |(step, _)| step.clone())
}

/// Every step of a draft, in order, and whether it is done.
#[must_use]
pub fn steps(draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Vec<(Step, Progress)> {
    let mut steps = vec![];
    if draft.items.is_empty() {
        steps.push((Step::Services, Progress::Open));
    }
    let mut visits = false;
    for item in &draft.items {
        let Some(offering) = catalogue.form(&item.offering, &item.action) else { continue };
        let effective = draft.effective_answers(item, offering);
        let beside = draft.beside(item.id);
        let circumstances = draft.circumstances(&effective, offering, &beside);
        visits |= visits_for(item, offering, &circumstances);
        let group = |asked: &Asked| progress_of(draft, item, offering, asked, &effective, catalogue, now);
        steps.push((Step::Item(item.id), group(&Asked::OnPage)));
        for dialog in offering.dialogs.iter().filter(|dialog| dialog.applies_when.holds(&circumstances)) {
            steps.push((Step::Dialog(item.id, dialog.id.clone()), group(&Asked::InDialog(dialog.id.clone()))));
        }
    }
    for letter in letters_needed(draft, catalogue) {
        let progress = done(is_authorised(draft, &letter, catalogue, now));
        steps.push((Step::Authorisation(letter.key), progress));
    }
    steps.push((Step::Installation, done(installation_stands(draft, visits, catalogue, now))));
    steps.push((Step::Billing, done(draft.billing.is_some())));
    steps.push((Step::Review, Progress::Open));
    steps
}

/// Whether any item of a draft needs a technician.
#[must_use]
pub fn needs_visit(draft: &Draft, catalogue: &Catalogue) -> bool {
    draft.items.iter().any(|item| {
        catalogue.form(&item.offering, &item.action).is_some_and(|offering| {
            let effective = draft.effective_answers(item, offering);
            let beside = draft.beside(item.id);
            visits_for(item, offering, &draft.circumstances(&effective, offering, &beside))
        })
    })
}

/// Whether a technician comes for an item. What was brought in for the service in place needs nobody a second time.
fn visits_for(item: &DraftItem, offering: &ProductOffering, circumstances: &Circumstances<'_>) -> bool {
    let is_there =
        item.action.is_in_place() && item.action.stays(circumstances.answers, offering.visit_when.characteristics().into_iter());
    offering.visit_when.holds(circumstances) && !is_there
}

const fn done(is_done: bool) -> Progress {
    if is_done { Progress::Done } else { Progress::Open }
}

fn installation_stands(draft: &Draft, visits: bool, catalogue: &Catalogue, now: Timestamp) -> bool {
    let Some(installation) = &draft.installation else { return false };
    // What was ordered since, or the time that has passed, may have made the day too early.
    installation.visit.day() >= earliest_day(draft, catalogue, now)
        && match &installation.visit {
            Visit::None { .. } => !visits,
            Visit::Technician(slot) => visits && holds(draft, &Resource::Slot(slot.clone()), now),
        }
}

fn holds(draft: &Draft, resource: &Resource, now: Timestamp) -> bool {
    draft.holds.iter().any(|hold| hold.resource == *resource && hold.stands_at(now))
}

fn progress_of(
    draft: &Draft,
    item: &DraftItem,
    offering: &ProductOffering,
    asked: &Asked,
    effective: &Answers,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Progress {
    let beside = draft.beside(item.id);
    let circumstances = draft.circumstances(effective, offering, &beside);
    let answered = applicable(draft, item, offering, asked, effective).into_iter().all(|characteristic| {
        match (effective.get(&characteristic.id), &characteristic.value) {
            (None, _) => characteristic.need == Need::Optional,
            (Some(number), ValueType::InventoryNumber) if item.action.stays(effective, std::iter::once(&characteristic.id)) => {
                fault(draft, item, characteristic, number, &circumstances, catalogue).is_none()
            }
            (Some(value @ Value::Telephone(number)), ValueType::InventoryNumber) => {
                let is_it = |resource: &Resource| matches!(resource, Resource::Number { number: held, .. } if held == number);
                draft.holds.iter().any(|hold| hold.stands_at(now) && is_it(&hold.resource))
                    && fault(draft, item, characteristic, value, &circumstances, catalogue).is_none()
            }
            (Some(value), _) => fault(draft, item, characteristic, value, &circumstances, catalogue).is_none(),
        }
    });
    let follows_rules = broken_rules(offering, asked, &circumstances).next().is_none();
    done(item.saved.contains(asked) && answered && follows_rules)
}
