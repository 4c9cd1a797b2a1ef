//! Placing: everything is checked once more, and what was a draft is frozen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Placing, Refusal};
use crate::authorisation::letters_needed;
use crate::calendar::today_in;
use crate::catalogue::Catalogue;
use crate::codes::codes;
use crate::id::OfferingId;
use crate::inventory::Resource;
use crate::journey::{Step, standing_at};
use crate::order::{
    Acknowledged, Action, Disclosure, Draft, DraftItem, Installation, ItemState, OnTheWay, Placed, PlacedBy, PlacedItem,
    PriceChange, ProductOrder, ReachedMilestone, Visit,
};
use crate::pricing::{price, term_months};
use crate::qualification::{Availability, availability, is_carried, left_without, number_of, numbers_given};

/// Places a draft.
pub(super) fn place(draft: Draft, placing: Placing, catalogue: &Catalogue, now: Timestamp) -> Result<Acknowledged, Refusal> {
    let area = catalogue.area_of(draft.place.address.zip);
    let today = today_in(area, now);
    let draft = draft.as_of(now);
    for item in &draft.items {
        let offering = catalogue.form(&item.offering, &item.action).ok_or(Refusal::NoSuchOffering)?;
        match availability(offering, area, Some(draft.ordered_for.kind), today) {
            Availability::Available => {}
            _ if !item.action.brings() => {}
            why => return Err(Refusal::NotAvailable(item.offering.clone(), why)),
        }
        if let Some(product) = left_without(&draft, item, catalogue) {
            return Err(Refusal::StillNeeded(item.id, product.offering.clone()));
        }
        if !is_carried(&draft, item, offering, catalogue) {
            return Err(Refusal::NotCarried(item.id));
        }
    }
    let order = ProductOrder::Draft(draft.clone());
    match standing_at(&order, catalogue, now) {
        Step::Review => {}
        step => return Err(Refusal::NotYet(step)),
    }
    if let Some(discount) = draft.unapproved().next() {
        return Err(Refusal::NotApproved(discount.item));
    }
    let twice: Vec<_> = ordered_twice(&draft).into_iter().filter(|offering| !placing.meant_twice.contains(offering)).collect();
    if !twice.is_empty() {
        return Err(Refusal::Twice(twice));
    }
    let current = price(&draft, catalogue)?;
    if current != placing.agreed {
        return Err(Refusal::PriceChanged(Box::new(PriceChange { before: placing.agreed, after: current })));
    }
    if catalogue.terms_on(today).is_none_or(|terms| terms.version != placing.terms) {
        return Err(Refusal::TermsChanged);
    }
    if let PlacedBy::Staff(_, consent) = &placing.by
        && let Some(untold) = disclosures(&draft, catalogue).into_iter().find(|disclosure| !consent.told.contains(disclosure))
    {
        return Err(Refusal::NotTold(untold));
    }
    let (Some(installation), Some(billing)) = (draft.installation.clone(), draft.billing.clone()) else {
        return Err(Refusal::NotYet(Step::Installation));
    };
    let items = draft.items.iter().filter_map(|item| placed_item(&draft, item, catalogue, installation.visit.day())).collect();
    let resources = needed_resources(&draft, &installation, catalogue, now);
    let letters = letters_needed(&draft, catalogue);
    let authorisations =
        draft.authorisations.into_iter().filter(|(key, _)| letters.iter().any(|letter| letter.key == *key)).collect();
    Ok(Acknowledged {
        order: Placed {
            id: draft.id,
            ordered_for: draft.ordered_for,
            place: draft.place,
            placed_by: placing.by,
            placed: now,
            catalogue: catalogue.version.clone(),
            terms_of_service: placing.terms,
            items,
            authorisations,
            installation,
            billing,
            price: current,
            resources,
        },
    })
}

/// What a customer has to be shown or told before somebody else places a draft for them.
#[must_use]
pub fn disclosures(draft: &Draft, catalogue: &Catalogue) -> BTreeSet<Disclosure> {
    let offerings = draft.bringing().filter_map(|item| catalogue.offering(&item.offering));
    let mut labelled = offerings.flat_map(|offering| &offering.labels);
    labelled.next().map(|_| Disclosure::BroadbandLabel).into_iter().collect()
}

/// The offerings that a draft brings to its place more than once. All of an order is for one place and one day.
#[must_use]
pub fn ordered_twice(draft: &Draft) -> Vec<OfferingId> {
    let mut counts = BTreeMap::<&OfferingId, usize>::new();
    for item in draft.items.iter().filter(|item| item.action == Action::Add) {
        *counts.entry(&item.offering).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(offering, _)| offering.clone()).collect()
}

/// What is held and needed: what was picked once and given up since is not taken.
fn needed_resources(draft: &Draft, installation: &Installation, catalogue: &Catalogue, now: Timestamp) -> Vec<Resource> {
    let numbers: Vec<_> = draft.items.iter().flat_map(|item| numbers_given(draft, item, catalogue)).collect();
    let is_needed = |resource: &Resource| match resource {
        Resource::Number { number, .. } => numbers.contains(number),
        Resource::Slot(slot) => matches!(&installation.visit, Visit::Technician(chosen) if chosen == slot),
    };
    let held = draft.holds.iter().filter(|hold| hold.stands_at(now)).map(|hold| &hold.resource);
    held.filter(|resource| is_needed(resource)).cloned().collect()
}

/// An item as it is frozen.
pub(super) fn placed_item(draft: &Draft, item: &DraftItem, catalogue: &Catalogue, requested: Date) -> Option<PlacedItem> {
    let offering = catalogue.form(&item.offering, &item.action)?;
    let answers = draft.effective_answers(item, offering);
    let beside = draft.beside(item.id);
    let circumstances = draft.circumstances(&answers, offering, &beside);
    let on_the_way = offering.milestones.iter().filter(|milestone| milestone.when.holds(&circumstances));
    let milestones = on_the_way
        .map(|milestone| ReachedMilestone {
            id: milestone.id.clone(),
            label: milestone.label.clone(),
            recall: milestone.recall,
            reached: None,
        })
        .collect();
    let codes = codes(offering, &circumstances);
    let number = number_of(offering, &answers).or_else(|| item.action.product().and_then(|product| product.number));
    Some(PlacedItem {
        id: item.id,
        offering: item.offering.clone(),
        action: item.action.clone(),
        name: catalogue.offering(&item.offering).unwrap_or(offering).name.clone(),
        term_months: term_months(offering, &answers),
        answers,
        codes,
        state: ItemState::Acknowledged,
        requested,
        committed: None,
        milestones,
        number,
        on_the_way: OnTheWay::default(),
    })
}
