//! Changes of a draft.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Command, MOST_ITEMS, Refusal, Saving};
use crate::authorisation::{AuthorisationKey, letters_needed};
use crate::calendar::{earliest, is_business_day, today_in};
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Need};
use crate::entered::{FieldError, Reason};
use crate::id::{OfferingId, OrderItemId};
use crate::inventory::{Hold, Resource};
use crate::journey::needs_visit;
use crate::money::MoneyError;
use crate::order::{Action, Asks, Authorisation, Draft, DraftItem, Installation, OrderState, PriceChange, Priced, Visit};
use crate::party::{Product, Standing};
use crate::pricing::{OrderPrice, price};
use crate::qualification::{Availability, applicable, availability, broken_rules, excluded_by, fault, services_beside};
use crate::value::{Answers, Value};

/// Carries out a command that changes a draft.
pub(super) fn change(draft: Draft, command: Command, catalogue: &Catalogue, now: Timestamp) -> Result<Draft, Refusal> {
    match command {
        Command::Act { item, action } => act(draft, item, action, catalogue, now),
        Command::AddItem { item, offering } => add_item(draft, item, offering, catalogue, now),
        Command::RemoveItem(item) => remove_item(draft, item),
        Command::Answer { item, asked, answers, hold, saving } => answer(draft, item, &asked, answers, hold, saving, catalogue),
        Command::Authorise(key, authorisation) => authorise(draft, key, authorisation, catalogue, now),
        Command::Schedule { installation, hold } => schedule(draft, installation, hold, catalogue, now),
        Command::Bill(billing) => Ok(Draft { billing: Some(billing), ..draft }),
        Command::Place(_)
        | Command::Progress(_)
        | Command::AskCancellation
        | Command::Wish(_)
        | Command::Staff(_)
        | Command::AcceptQuote(_) => Err(Refusal::NotInState(OrderState::Draft)),
    }
}

/// Says again what each service is that an item points at: it may have changed. One that has gone stays named, and is asked for.
pub(super) fn point_again(mut draft: Draft, catalogue: &Catalogue) -> Draft {
    let beside: Vec<_> = draft.items.iter().map(|item| services_beside(&draft, item.id, catalogue)).collect();
    for (item, services) in draft.items.iter_mut().zip(beside) {
        for value in item.answers.values_mut() {
            if let Value::Service(pointed) = value
                && let Some(now) = services.iter().find(|service| service.target == pointed.target)
            {
                *pointed = now.clone();
            }
        }
    }
    draft
}

/// Prices what came of a change, and remembers when the catalogue moved under the customer.
pub(super) fn reprice(before: &Draft, after: Draft, catalogue: &Catalogue, now: Timestamp) -> Result<Draft, Refusal> {
    let mut after = point_again(after, catalogue).as_of(now);
    if let Some(change) = price_change(before, catalogue)? {
        after.price_change = still(change, &after);
    }
    after.priced = Priced { catalogue: catalogue.version.clone(), price: price(&after, catalogue)? };
    after.changed = now;
    Ok(after)
}

/// What of a change of price is about an order as it is now: what was taken out of it is not compared any more.
fn still(mut change: PriceChange, draft: &Draft) -> Option<PriceChange> {
    change.before.lines.retain(|line| draft.item(line.item).is_some());
    change.after.lines.retain(|line| draft.item(line.item).is_some());
    (change.before.lines != change.after.lines).then_some(change)
}

/// What a new catalogue, or another version of the agreement, changes in the price of the same choices; what was not shown yet from
/// an earlier change comes first.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn price_change(draft: &Draft, catalogue: &Catalogue) -> Result<Option<PriceChange>, MoneyError> {
    let after = price(draft, catalogue)?;
    let agreement = |price: &OrderPrice| price.under.as_ref().map(|under| under.agreement.clone());
    let is_other = draft.priced.catalogue != catalogue.version || agreement(&draft.priced.price) != agreement(&after);
    if is_other && draft.priced.price.charges_otherwise(&after) {
        let before = draft.price_change.as_ref().map_or(&draft.priced.price, |change| &change.before);
        return Ok(Some(PriceChange { before: before.clone(), after }));
    }
    Ok(draft.price_change.clone())
}

pub(super) fn add_item(
    draft: Draft,
    item: OrderItemId,
    offering: OfferingId,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    if draft.item(item).is_some() {
        return Ok(draft);
    }
    let found = can_be_had(&draft, &offering, catalogue, now)?;
    if let Some(other) = excluded_by(&draft, found, catalogue) {
        return Err(Refusal::Excluded(other.clone()));
    }
    push(draft, DraftItem { id: item, offering, action: Action::Add, answers: Answers::new(), saved: BTreeSet::new() }, catalogue)
}

fn can_be_had<'a>(
    draft: &Draft,
    offering: &OfferingId,
    catalogue: &'a Catalogue,
    now: Timestamp,
) -> Result<&'a ProductOffering, Refusal> {
    let found = catalogue.offering(offering).ok_or(Refusal::NoSuchOffering)?;
    let area = catalogue.area_of(draft.place.address.zip);
    match availability(found, area, Some(draft.ordered_for.kind), today_in(area, now)) {
        Availability::Available => Ok(found),
        why => Err(Refusal::NotAvailable(offering.clone(), why)),
    }
}

fn push(mut draft: Draft, item: DraftItem, catalogue: &Catalogue) -> Result<Draft, Refusal> {
    if draft.items.len() >= MOST_ITEMS {
        return Err(Refusal::TooManyItems);
    }
    draft.items.push(item);
    // What others run over or point at comes first: it is asked about before them, and provisioned before them.
    draft.items.sort_by_key(|item| {
        let position = catalogue.offerings.iter().position(|offering| offering.id == item.offering);
        let family = position.and_then(|position| catalogue.offerings.get(position)).map(|offering| offering.family.rank());
        (family, position)
    });
    Ok(draft)
}

/// Does something about a service in place: its answers are those it has, and what was asked apart from its page counts as
/// answered.
pub(super) fn act(
    draft: Draft,
    item: OrderItemId,
    action: Action,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    if draft.item(item).is_some() {
        return Ok(draft);
    }
    let Some(product) = action.product() else { return Err(Refusal::NoSuchService) };
    if let Some(other) = draft.items.iter().find(|other| other.action.product_id() == Some(product.id)) {
        return Err(Refusal::ActedOn(other.id));
    }
    let here = draft.in_service.contains(product);
    let fits = match &action {
        Action::Add => false,
        Action::Modify(_) | Action::Suspend(_) => here && product.standing == Standing::Active,
        Action::Restore(_) => here && product.standing == Standing::Suspended,
        Action::Disconnect(_) => here,
        Action::Move { .. } => product.site != draft.place.site && product.standing == Standing::Active,
    };
    if !fits {
        return Err(Refusal::NoSuchService);
    }
    let offering = product.offering.clone();
    let (answers, saved) = match action.asks() {
        Asks::OfChange(change) => {
            catalogue.changes.get(&change).ok_or(Refusal::NoSuchOffering)?;
            (Answers::new(), BTreeSet::new())
        }
        Asks::OfOffering => {
            let found = can_be_had(&draft, &offering, catalogue, now)?;
            if matches!(action, Action::Move { .. })
                && let Some(other) = excluded_by(&draft, found, catalogue)
            {
                return Err(Refusal::Excluded(other.clone()));
            }
            let dialogs = found.dialogs.iter().map(|dialog| Asked::InDialog(dialog.id.clone()));
            (still_asked(product, found), dialogs.collect())
        }
    };
    push(draft, DraftItem { id: item, offering, action, answers, saved }, catalogue)
}

/// The answers of a service in place to questions that are still asked, of the type that they still take.
fn still_asked(product: &Product, offering: &ProductOffering) -> Answers {
    let kept = product.answers.iter().filter(|(id, _)| offering.characteristic(id).is_some());
    kept.map(|(id, value)| (id.clone(), value.clone())).collect()
}

fn remove_item(mut draft: Draft, item: OrderItemId) -> Result<Draft, Refusal> {
    let removed = draft.items.iter().position(|candidate| candidate.id == item).map(|at| draft.items.remove(at));
    let removed = removed.ok_or(Refusal::NoSuchItem)?;
    draft.holds.retain(|hold| !is_number_of(hold, &removed) || draft.items.iter().any(|item| is_number_of(hold, item)));
    draft.authorisations.retain(|key, _| key.item != item);
    draft.selling.discounts.retain(|discount| discount.item != item);
    Ok(draft)
}

fn is_number_of(hold: &Hold, item: &DraftItem) -> bool {
    matches!(&hold.resource, Resource::Number { number, .. }
        if item.answers.values().any(|value| *value == Value::Telephone(*number)))
}

fn answer(
    mut draft: Draft,
    item: OrderItemId,
    asked: &Asked,
    answers: Answers,
    hold: Option<Hold>,
    saving: Saving,
    catalogue: &Catalogue,
) -> Result<Draft, Refusal> {
    let at = draft.items.iter().position(|candidate| candidate.id == item).ok_or(Refusal::NoSuchItem)?;
    let offering = catalogue.form(&draft.items[at].offering, &draft.items[at].action).ok_or(Refusal::NoSuchOffering)?;
    if !answers.keys().all(|id| offering.characteristic(id).is_some_and(|characteristic| characteristic.asked == *asked)) {
        return Err(Refusal::NotAsked);
    }
    if let Asked::InDialog(dialog) = asked
        && offering.dialog(dialog).is_none()
    {
        return Err(Refusal::NotAsked);
    }
    if let Some(hold) = hold {
        let is_of = |hold: &Hold, here: bool| {
            draft.items.iter().any(|candidate| (candidate.id == item) == here && is_number_of(hold, candidate))
        };
        // What another item names too stays held for it; and nothing is held twice.
        draft.holds.retain(|held| held.resource != hold.resource && (!is_of(held, true) || is_of(held, false)));
        draft.holds.push(hold);
    }
    // Answers to questions that the page showed are replaced; those it did not show, because they did not apply, stay: choosing
    // back brings them back.
    let asked_now: Vec<_> = {
        let effective = draft.effective_answers(&draft.items[at], offering);
        applicable(&draft, &draft.items[at], offering, asked, &effective).into_iter().map(|c| c.id.clone()).collect()
    };
    draft.items[at].answers.retain(|id, _| !asked_now.contains(id));
    draft.items[at].answers.extend(answers);
    let errors = errors_in(&draft, &draft.items[at], offering, asked, saving, catalogue);
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors));
    }
    // A dialog that was filled in whole and closed is answered; an item's page is saved by its own button.
    let is_whole = || errors_in(&draft, &draft.items[at], offering, asked, Saving::Whole, catalogue).is_empty();
    if saving == Saving::Whole || *asked != Asked::OnPage && is_whole() {
        draft.items[at].saved.insert(asked.clone());
    }
    Ok(draft)
}

/// What is wrong with the answers of a page or dialog.
pub(super) fn errors_in(
    draft: &Draft,
    item: &DraftItem,
    offering: &ProductOffering,
    asked: &Asked,
    saving: Saving,
    catalogue: &Catalogue,
) -> Vec<FieldError> {
    let effective = draft.effective_answers(item, offering);
    let beside = draft.beside(item.id);
    let circumstances = draft.circumstances(&effective, offering, &beside);
    let mut errors = vec![];
    for characteristic in applicable(draft, item, offering, asked, &effective) {
        let error = |reason| FieldError::new(characteristic.id.as_str(), reason);
        match effective.get(&characteristic.id) {
            None if characteristic.need == Need::Required && saving == Saving::Whole => errors.push(error(Reason::Missing)),
            None => {}
            Some(value) => errors.extend(fault(draft, item, characteristic, value, &circumstances, catalogue).map(error)),
        }
    }
    let broken = broken_rules(offering, asked, &circumstances);
    errors.extend(broken.map(|rule| FieldError::new(rule.field.as_str(), Reason::Rule(rule.because.clone()))));
    errors
}

fn authorise(
    mut draft: Draft,
    key: AuthorisationKey,
    authorisation: Authorisation,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    let letters = letters_needed(&draft, catalogue);
    let letter = letters.iter().find(|letter| letter.key == key).ok_or(Refusal::LetterChanged)?;
    if authorisation.text_sha256() != letter.sha256("en") {
        return Err(Refusal::LetterChanged);
    }
    let area = catalogue.area_of(draft.place.address.zip);
    if authorisation.given(area) > today_in(area, now) {
        return Err(Refusal::NotYetVerified);
    }
    draft.authorisations.insert(key, authorisation);
    Ok(draft)
}

/// The first day on which everything in a draft can be in service.
#[must_use]
pub fn earliest_day(draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Date {
    let area = catalogue.area_of(draft.place.address.zip);
    let days = draft.items.iter().filter_map(|item| {
        let offering = catalogue.form(&item.offering, &item.action)?;
        let effective = draft.effective_answers(item, offering);
        let beside = draft.beside(item.id);
        Some(earliest(offering, &draft.circumstances(&effective, offering, &beside), area, catalogue, now))
    });
    days.max().unwrap_or_else(|| today_in(area, now))
}

fn schedule(
    mut draft: Draft,
    installation: Installation,
    hold: Option<Hold>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    let first = earliest_day(&draft, catalogue, now);
    let day = installation.visit.day();
    let field = match &installation.visit {
        Visit::Technician(_) => "slot",
        Visit::None { .. } => "requested",
    };
    let refuse = |reason| Err(Refusal::Fields(vec![FieldError::new(field, reason)]));
    if day < first {
        return refuse(Reason::TooEarly(first));
    }
    if matches!(installation.visit, Visit::Technician(_)) != needs_visit(&draft, catalogue) {
        return Err(Refusal::NotAsked);
    }
    if !is_business_day(day, &catalogue.holidays) {
        return refuse(Reason::Said("not-a-business-day"));
    }
    draft.holds.retain(|hold| !matches!(hold.resource, Resource::Slot(_)));
    draft.holds.extend(hold);
    draft.installation = Some(installation);
    Ok(draft)
}
