//! Decisions: an order, a command, and the order that comes of it, or the reason why not. One function, one match.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::authorisation::{AuthorisationKey, letters_needed};
use crate::calendar::{earliest, today_in};
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Need};
use crate::entered::{FieldError, Reason};
use crate::id::{MilestoneId, OfferingId, OrderItemId, PersonId, Version};
use crate::inventory::{Hold, Resource};
use crate::journey::{Step, needs_visit, standing_at};
use crate::money::{Money, MoneyError};
use crate::order::{
    Acknowledged, Billing, Draft, DraftItem, Installation, ItemOutcome, ItemState, OrderState, Placed, PlacedItem, PriceChange,
    Priced, ProductOrder, ReachedMilestone, Settled, Signature, Visit,
};
use crate::pricing::{OrderPrice, price, term_months};
use crate::qualification::{Availability, applicable, availability, excluded_by, fault, is_carried, services_beside};
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
    /// Sign a letter of agency.
    Sign(AuthorisationKey, Signature),
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
    /// Something the provisioning side says.
    Progress(Progress),
    /// The customer wants a placed order cancelled.
    AskCancellation,
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
    pub person: PersonId,
    /// The terms of service accepted.
    pub terms: Version,
    /// The price that was shown.
    pub agreed: OrderPrice,
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
    /// What the item runs over is missing.
    NotCarried(OrderItemId),
    /// The price is not what was shown.
    PriceChanged(Box<PriceChange>),
    /// Newer terms of service are in force.
    TermsChanged,
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
        (O::Draft(draft), Command::Place(placing)) => place(draft, placing, catalogue, now).map(O::Acknowledged),
        (O::Draft(_), Command::Progress(_) | Command::AskCancellation) => Err(elsewhere),
        (O::Draft(draft), command) => {
            let changed = point_again(change(draft.clone(), command, catalogue, now)?, catalogue);
            reprice(&draft, changed, catalogue, now).map(O::Draft)
        }
        (O::Acknowledged(order), Command::Progress(Progress::Start)) => Ok(O::InProgress(order.start(now))),
        (O::Acknowledged(order), Command::Progress(Progress::Reject(reason))) => Ok(O::Rejected(order.reject(reason, now))),
        (O::Acknowledged(order), Command::AskCancellation) => Ok(O::AssessingCancellation(order.assess_cancellation(now))),
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
        (O::InProgress(order), Command::AskCancellation) => Ok(O::AssessingCancellation(order.assess_cancellation(now))),
        (O::Held(order), Command::Progress(Progress::Resume)) => Ok(O::InProgress(order.resume(now))),
        (O::Held(order), Command::AskCancellation) => Ok(O::AssessingCancellation(order.assess_cancellation(now))),
        (O::Pending(order), Command::Progress(Progress::Resume)) => Ok(O::InProgress(order.resume(now))),
        (O::Pending(order), Command::AskCancellation) => Ok(O::AssessingCancellation(order.assess_cancellation(now))),
        (O::AssessingCancellation(order), Command::Progress(Progress::GrantCancellation(charge))) => {
            Ok(O::PendingCancellation(order.grant(charge, now)))
        }
        (O::AssessingCancellation(order), Command::Progress(Progress::RefuseCancellation)) => {
            Ok(O::InProgress(order.refuse(now)))
        }
        (O::PendingCancellation(order), Command::Progress(Progress::FinishCancellation)) => Ok(O::Cancelled(order.finish(now))),
        (
            O::Acknowledged(_)
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

fn change(draft: Draft, command: Command, catalogue: &Catalogue, now: Timestamp) -> Result<Draft, Refusal> {
    match command {
        Command::AddItem { item, offering } => add_item(draft, item, offering, catalogue, now),
        Command::RemoveItem(item) => remove_item(draft, item),
        Command::Answer { item, asked, answers, hold, saving } => answer(draft, item, &asked, answers, hold, saving, catalogue),
        Command::Sign(key, signature) => sign(draft, key, signature, catalogue),
        Command::Schedule { installation, hold } => schedule(draft, installation, hold, catalogue, now),
        Command::Bill(billing) => Ok(Draft { billing: Some(billing), ..draft }),
        Command::Place(_) | Command::Progress(_) | Command::AskCancellation => Err(Refusal::NotInState(OrderState::Draft)),
    }
}

/// Says again what each service is that an item points at: it may have changed. One that has gone stays named, and is asked for.
fn point_again(mut draft: Draft, catalogue: &Catalogue) -> Draft {
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
fn reprice(before: &Draft, mut after: Draft, catalogue: &Catalogue, now: Timestamp) -> Result<Draft, Refusal> {
    if let Some(change) = price_change(before, catalogue)? {
        after.price_change = Some(change);
    }
    after.priced = Priced { catalogue: catalogue.version.clone(), price: price(&after, catalogue)? };
    after.changed = now;
    Ok(after)
}

/// What a new catalogue changes in the price of the same choices; what was not shown yet from an earlier change comes first.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn price_change(draft: &Draft, catalogue: &Catalogue) -> Result<Option<PriceChange>, MoneyError> {
    let after = price(draft, catalogue)?;
    if draft.priced.catalogue != catalogue.version && draft.priced.price != after {
        let before = draft.price_change.as_ref().map_or(&draft.priced.price, |change| &change.before);
        return Ok(Some(PriceChange { before: before.clone(), after }));
    }
    Ok(draft.price_change.clone())
}

fn add_item(
    mut draft: Draft,
    item: OrderItemId,
    offering: OfferingId,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    if draft.item(item).is_some() {
        return Ok(draft);
    }
    if draft.items.len() >= MOST_ITEMS {
        return Err(Refusal::TooManyItems);
    }
    let found = catalogue.offering(&offering).ok_or(Refusal::NoSuchOffering)?;
    let area = catalogue.area_of(draft.place.address.zip);
    match availability(found, area, Some(draft.ordered_for.kind), today_in(area, now)) {
        Availability::Available => {}
        why => return Err(Refusal::NotAvailable(offering, why)),
    }
    if let Some(other) = excluded_by(&draft, found) {
        return Err(Refusal::Excluded(other.clone()));
    }
    draft.items.push(DraftItem { id: item, offering, answers: Answers::new(), saved: std::collections::BTreeSet::new() });
    // Provisioned in the order of the families: access before what runs over it, a line before its long distance.
    draft.items.sort_by_key(|item| catalogue.offerings.iter().position(|offering| offering.id == item.offering));
    Ok(draft)
}

fn remove_item(mut draft: Draft, item: OrderItemId) -> Result<Draft, Refusal> {
    let removed = draft.items.iter().position(|candidate| candidate.id == item).map(|at| draft.items.remove(at));
    let removed = removed.ok_or(Refusal::NoSuchItem)?;
    draft.holds.retain(|hold| !is_number_of(hold, &removed));
    draft.signatures.retain(|key, _| key.item != item);
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
    let offering = catalogue.offering(&draft.items[at].offering).ok_or(Refusal::NoSuchOffering)?;
    if !answers.keys().all(|id| offering.characteristic(id).is_some_and(|characteristic| characteristic.asked == *asked)) {
        return Err(Refusal::NotAsked);
    }
    if hold.is_some() {
        let earlier = draft.items[at].clone();
        draft.holds.retain(|hold| !is_number_of(hold, &earlier));
        draft.holds.extend(hold);
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
    if saving == Saving::Whole {
        draft.items[at].saved.insert(asked.clone());
    }
    Ok(draft)
}

fn errors_in(
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
    let broken = offering.rules.iter().filter(|rule| rule.broken_when.holds(&circumstances));
    let here = broken.filter(|rule| offering.characteristic(&rule.field).is_some_and(|field| field.asked == *asked));
    errors.extend(here.map(|rule| FieldError::new(rule.field.as_str(), Reason::Rule(rule.because.clone()))));
    errors
}

fn sign(mut draft: Draft, key: AuthorisationKey, signature: Signature, catalogue: &Catalogue) -> Result<Draft, Refusal> {
    let letters = letters_needed(&draft, catalogue);
    let letter = letters.iter().find(|letter| letter.key == key).ok_or(Refusal::LetterChanged)?;
    if *signature.text_sha256 != *letter.sha256("en") {
        return Err(Refusal::LetterChanged);
    }
    draft.signatures.insert(key, signature);
    Ok(draft)
}

/// The first day on which everything in a draft can be in service.
#[must_use]
pub fn earliest_day(draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Date {
    let area = catalogue.area_of(draft.place.address.zip);
    let days = draft.items.iter().filter_map(|item| {
        let offering = catalogue.offering(&item.offering)?;
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
    if !crate::calendar::is_business_day(day, &catalogue.holidays) {
        return refuse(Reason::Said("not-a-business-day"));
    }
    draft.holds.retain(|hold| !matches!(hold.resource, Resource::Slot(_)));
    draft.holds.extend(hold);
    draft.installation = Some(installation);
    Ok(draft)
}

fn place(draft: Draft, placing: Placing, catalogue: &Catalogue, now: Timestamp) -> Result<Acknowledged, Refusal> {
    let area = catalogue.area_of(draft.place.address.zip);
    let today = today_in(area, now);
    for item in &draft.items {
        let offering = catalogue.offering(&item.offering).ok_or(Refusal::NoSuchOffering)?;
        match availability(offering, area, Some(draft.ordered_for.kind), today) {
            Availability::Available => {}
            why => return Err(Refusal::NotAvailable(item.offering.clone(), why)),
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
    let current = price(&draft, catalogue)?;
    if current != placing.agreed {
        return Err(Refusal::PriceChanged(Box::new(PriceChange { before: placing.agreed, after: current })));
    }
    if catalogue.terms_on(today).is_none_or(|terms| terms.version != placing.terms) {
        return Err(Refusal::TermsChanged);
    }
    let (Some(installation), Some(billing)) = (draft.installation.clone(), draft.billing.clone()) else {
        return Err(Refusal::NotYet(Step::Installation));
    };
    let items = draft.items.iter().filter_map(|item| placed_item(&draft, item, catalogue, installation.visit.day())).collect();
    Ok(Acknowledged {
        order: Placed {
            id: draft.id,
            ordered_for: draft.ordered_for,
            place: draft.place,
            placed_by: placing.person,
            placed: now,
            catalogue: catalogue.version.clone(),
            terms_of_service: placing.terms,
            items,
            signatures: draft.signatures,
            installation,
            billing,
            price: current,
            resources: draft.holds.into_iter().filter(|hold| hold.stands_at(now)).map(|hold| hold.resource).collect(),
        },
    })
}

fn placed_item(draft: &Draft, item: &DraftItem, catalogue: &Catalogue, requested: Date) -> Option<PlacedItem> {
    let offering = catalogue.offering(&item.offering)?;
    let answers = draft.effective_answers(item, offering);
    let beside = draft.beside(item.id);
    let circumstances = draft.circumstances(&answers, offering, &beside);
    let on_the_way = offering.milestones.iter().filter(|milestone| milestone.when.holds(&circumstances));
    let milestones = on_the_way
        .map(|milestone| ReachedMilestone { id: milestone.id.clone(), label: milestone.label.clone(), reached: None })
        .collect();
    Some(PlacedItem {
        id: item.id,
        offering: item.offering.clone(),
        name: offering.name.clone(),
        term_months: term_months(offering, &answers),
        answers,
        state: ItemState::Acknowledged,
        requested,
        committed: None,
        milestones,
    })
}
