//! The way of an order, written down with everything that is still missing at each of its steps; slowly, by `oracle`'s rules.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use order_manager::authorisation::{AuthorisationKey, letters_needed};
use order_manager::catalogue::{Area, Carriage, Carrier, Catalogue, LetterNeed, ProductOffering};
use order_manager::characteristic::{Asked, Capacity, Characteristic, Need, Reach, ServiceOption, ValueType};
use order_manager::id::{LetterId, OfferingId, OrderItemId, RoleId};
use order_manager::inventory::Resource;
use order_manager::journey::Step;
use order_manager::order::{Action, Authorisation, Draft, DraftItem, Visit};
use order_manager::party::Product;
use order_manager::telephone::TelephoneNumber;
use order_manager::value::{Answers, ServiceTarget, Value};

use crate::oracle::{Sheet, brings, form, product, staying};
use crate::world::item_id;

/// The steps of a draft in their order, each with what is missing there.
pub(crate) fn way(draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Vec<(Step, Vec<String>)> {
    let mut way = vec![];
    if draft.items.is_empty() {
        way.push((Step::Services, vec!["a service".to_owned()]));
    }
    let (mut letters, mut visit, mut first_day) = (vec![], false, None);
    for item in &draft.items {
        let Some(offering) = form(&item.offering, &item.action, catalogue) else { continue };
        let sheet = Sheet::of(draft, item, offering);
        way.push((Step::Item(item.id), lacks(draft, item, &sheet, &Asked::OnPage, catalogue, now)));
        for dialog in offering.dialogs.iter().filter(|dialog| sheet.holds(&dialog.applies_when)) {
            let asked = Asked::InDialog(dialog.id.clone());
            way.push((Step::Dialog(item.id, dialog.id.clone()), lacks(draft, item, &sheet, &asked, catalogue, now)));
        }
        letters.extend(letters_of(item, &sheet).into_iter().map(|letter| (item.id, letter)));
        visit |= visits(item, &sheet);
        first_day = first_day.max(Some(first_day_of(&sheet, draft, catalogue, now)));
    }
    for (item, letter) in letters {
        let key = AuthorisationKey { item, letter: letter.clone() };
        let unsigned = !is_signed(draft, &key, catalogue, now);
        way.push((Step::Authorisation(key), unsigned.then(|| "a signature".to_owned()).into_iter().collect()));
    }
    let slot = |visit: &Visit| match visit {
        Visit::Technician(slot) => holds(draft, now, |resource| matches!(resource, Resource::Slot(held) if held == slot)),
        Visit::None { .. } => true,
    };
    let installation = match draft.installation.as_ref().map(|installation| &installation.visit) {
        None => Some("a day"),
        Some(chosen) if matches!(chosen, Visit::Technician(_)) != visit => Some("a visit, or none"),
        Some(chosen) if first_day.is_some_and(|first| chosen.day() < first) => Some("a day that is not too early"),
        Some(chosen) if !slot(chosen) => Some("an appointment"),
        Some(_) => None,
    };
    way.push((Step::Installation, installation.into_iter().map(str::to_owned).collect()));
    way.push((Step::Billing, if draft.billing.is_none() { vec!["an account".to_owned()] } else { vec![] }));
    way
}

/// The step at which a draft stands: the first that misses something.
pub(crate) fn stands(draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Step {
    way(draft, catalogue, now).into_iter().find(|(_, missing)| !missing.is_empty()).map_or(Step::Review, |(step, _)| step)
}

/// The letters an item needs: none for what was authorised when the service was brought in.
pub(crate) fn letters_of<'a>(item: &DraftItem, sheet: &Sheet<'a>) -> Vec<&'a LetterId> {
    let needed = sheet.offering.letters.iter().filter(|need| sheet.holds(&need.when));
    let stands = |need: &&LetterNeed| sheet.stays(&item.action, need.numbers.iter().chain(&need.states));
    needed.filter(|need| !stands(need)).map(|need| &need.letter).collect()
}

/// Whether a technician comes for an item: not for what is there already.
fn visits(item: &DraftItem, sheet: &Sheet<'_>) -> bool {
    let when = &sheet.offering.visit_when;
    let is_there = matches!(item.action, Action::Modify(_)) && sheet.stays(&item.action, when.characteristics());
    sheet.holds(when) && !is_there
}

/// What a page or dialog of an item misses.
fn lacks(
    draft: &Draft,
    item: &DraftItem,
    sheet: &Sheet<'_>,
    asked: &Asked,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Vec<String> {
    let mut missing = vec![];
    for question in sheet.offering.characteristics.iter().filter(|question| question.asked == *asked && sheet.asks(question)) {
        match sheet.answers.get(&question.id) {
            None if question.need == Need::Required => missing.push(format!("an answer to {}", question.id)),
            Some(answer) if !stands_up(draft, item, sheet, question, answer, catalogue, now) => {
                missing.push(format!("another answer to {}", question.id));
            }
            _ => {}
        }
    }
    let broken = sheet.offering.rules.iter().filter(|rule| sheet.holds(&rule.broken_when));
    let here = broken.filter(|rule| sheet.offering.characteristics.iter().any(|one| one.id == rule.field && one.asked == *asked));
    missing.extend(here.map(|rule| format!("another answer to {}, by a rule", rule.field)));
    if !item.saved.contains(asked) {
        missing.push("to be saved".to_owned());
    }
    missing
}

/// Whether an answer can stand: what was chosen can be had, the number is held for this item alone, what it points at is there.
fn stands_up(
    draft: &Draft,
    item: &DraftItem,
    sheet: &Sheet<'_>,
    question: &Characteristic,
    answer: &Value,
    catalogue: &Catalogue,
    now: Timestamp,
) -> bool {
    let area = area_of(draft, catalogue);
    match (&question.value, answer) {
        (ValueType::InventoryNumber, Value::Telephone(number)) => {
            let of_another = numbers_given(draft, catalogue).iter().any(|(other, taken)| *other != item.id && taken == number);
            let held = holds(draft, now, |resource| matches!(resource, Resource::Number { number: held, .. } if held == number));
            let is_its_own = product(&item.action).is_some_and(|product| product.answers.get(&question.id) == Some(answer));
            let belongs = !matches!(item.action, Action::Move { .. }) || area.exchanges.contains(&number.exchange());
            !of_another && if is_its_own { belongs } else { held }
        }
        (ValueType::Choice(options), Value::Choice(chosen)) => {
            options.iter().any(|option| option.id == *chosen && sheet.offers(option, area))
        }
        (ValueType::Choices { options, .. }, Value::Choices(chosen)) => {
            chosen.iter().all(|chosen| options.iter().any(|option| option.id == *chosen && sheet.offers(option, area)))
        }
        (ValueType::Address(Reach::Networks { any_of, capacity }), Value::Address(address)) => {
            let there = catalogue.areas.iter().find(|area| area.zips.contains(&address.zip));
            let least = match capacity {
                Capacity::Any => 0,
                Capacity::AtLeast(least) => (*least).into(),
                Capacity::NumberOf(other) => sheet.number(other).unwrap_or(0),
            };
            there.is_some_and(|there| {
                any_of.iter().any(|network| there.networks.get(network).is_some_and(|carried| i128::from(*carried) >= least))
            })
        }
        (ValueType::Service(options), Value::Service(service)) => options.iter().any(|option| {
            points_at(draft, item.id, option, service.target, catalogue)
                && !option.alone_as.as_ref().is_some_and(|role| is_taken(draft, item, service.target, role, catalogue))
        }),
        _ => true,
    }
}

/// Whether another service of the order or at the place has a role to a service that only one can have.
fn is_taken(draft: &Draft, from: &DraftItem, target: ServiceTarget, role: &RoleId, catalogue: &Catalogue) -> bool {
    let in_place = |target| {
        let changed = draft.items.iter().find(|item| target == ServiceTarget::Item(item.id)).map(|item| &item.action);
        match changed {
            Some(Action::Modify(product)) => ServiceTarget::Product(product.id),
            _ => target,
        }
    };
    catalogue.offerings.iter().any(|offering| {
        beside(draft, from.id, &offering.id, catalogue).iter().any(|(_, answers, _)| {
            offering.characteristics.iter().any(|question| match (&question.value, answers.get(&question.id)) {
                (ValueType::Service(options), Some(Value::Service(pointed))) => {
                    let mut options = options.iter().filter(|option| option.offering == pointed.offering);
                    in_place(pointed.target) == in_place(target) && options.any(|option| option.alone_as.as_ref() == Some(role))
                }
                _ => false,
            })
        })
    })
}

/// Whether an option of a question that points at a service is this one.
fn points_at(draft: &Draft, from: OrderItemId, option: &ServiceOption, target: ServiceTarget, catalogue: &Catalogue) -> bool {
    beside(draft, from, &option.offering, catalogue).iter().any(|(other, answers, offering)| {
        *other == target && Sheet::as_it_is(draft, offering, answers, vec![]).holds(&option.when)
    })
}

/// The services of an offering beside an item, with the answers that count.
fn beside<'a>(
    draft: &Draft,
    item: OrderItemId,
    wanted: &OfferingId,
    catalogue: &'a Catalogue,
) -> Vec<(ServiceTarget, Answers, &'a ProductOffering)> {
    let Some(offering) = catalogue.offerings.iter().find(|offering| offering.id == *wanted) else { return vec![] };
    let ordered = draft.items.iter().filter(|other| brings(&other.action) && other.offering == *wanted && other.id != item);
    let ordered = ordered.map(|other| (ServiceTarget::Item(other.id), Sheet::of(draft, other, offering).counting(), offering));
    let in_service = staying(draft).into_iter().filter(|product| product.offering == *wanted);
    let in_service = in_service.map(|product| (ServiceTarget::Product(product.id), product.answers.clone(), offering));
    ordered.chain(in_service).collect()
}

/// Whether what an item runs over is there.
pub(crate) fn is_carried(draft: &Draft, item: &DraftItem, offering: &ProductOffering, catalogue: &Catalogue) -> bool {
    let carries = |carrier: &Carrier| match carrier {
        Carrier::OwnLoop => true,
        Carrier::Described(question) => Sheet::of(draft, item, offering).answer(question).is_some(),
        Carrier::Offering { offering, when } => beside(draft, item.id, offering, catalogue)
            .iter()
            .any(|(_, answers, offering)| Sheet::as_it_is(draft, offering, answers, vec![]).holds(when)),
    };
    match &offering.carried_by {
        Carriage::Nothing => true,
        Carriage::AnyOf(carriers) => carriers.iter().any(carries),
    }
}

/// A service that stays, and that nothing carries any more when the order is done, by an item that ends or changes its carrier.
pub(crate) fn left_without(draft: &Draft, item: &DraftItem, catalogue: &Catalogue) -> Option<OfferingId> {
    let (Action::Modify(ended) | Action::Disconnect(ended)) = &item.action else { return None };
    let is_left = |staying: &&&Product| {
        let offering = catalogue.offerings.iter().find(|offering| offering.id == staying.offering);
        let Some(Carriage::AnyOf(carriers)) = offering.map(|offering| &offering.carried_by) else { return false };
        let is_carrier = |carrier: &Carrier| matches!(carrier, Carrier::Offering { offering, .. } if *offering == ended.offering);
        let carries = |carrier: &Carrier| match carrier {
            Carrier::OwnLoop => false,
            Carrier::Described(question) => staying.answers.contains_key(question),
            Carrier::Offering { offering, when } => beside(draft, nobody(), offering, catalogue)
                .iter()
                .any(|(_, answers, offering)| Sheet::as_it_is(draft, offering, answers, vec![]).holds(when)),
        };
        carriers.iter().any(is_carrier) && !carriers.iter().any(carries)
    };
    staying(draft).iter().find(is_left).map(|product| product.offering.clone())
}

/// An item that no order has.
fn nobody() -> OrderItemId {
    item_id(0)
}

/// The numbers of ours that items are given.
pub(crate) fn numbers_given(draft: &Draft, catalogue: &Catalogue) -> Vec<(OrderItemId, TelephoneNumber)> {
    let mut given = vec![];
    for item in &draft.items {
        let Some(offering) = form(&item.offering, &item.action, catalogue) else { continue };
        let sheet = Sheet::of(draft, item, offering);
        for question in offering.characteristics.iter().filter(|question| question.value == ValueType::InventoryNumber) {
            if let Some(Value::Telephone(number)) = sheet.answer(&question.id) {
                given.push((item.id, *number));
            }
        }
    }
    given
}

/// The area of a draft's place; every draft of these tests is somewhere that is served.
pub(crate) fn area_of<'a>(draft: &Draft, catalogue: &'a Catalogue) -> &'a Area {
    catalogue.areas.iter().find(|area| area.zips.contains(&draft.place.address.zip)).expect("a place that is served")
}

fn holds(draft: &Draft, now: Timestamp, wanted: impl Fn(&Resource) -> bool) -> bool {
    draft.holds.iter().any(|hold| hold.until > now && wanted(&hold.resource))
}

fn is_signed(draft: &Draft, key: &AuthorisationKey, catalogue: &Catalogue, now: Timestamp) -> bool {
    let Some(document) = letters_needed(draft, catalogue).into_iter().find(|letter| letter.key == *key) else { return false };
    let days = catalogue.letters.iter().find(|letter| letter.id == key.letter).map_or(0, |letter| i64::from(letter.valid_days));
    draft.authorisations.get(key).is_some_and(|authorisation| match authorisation {
        Authorisation::Signed(signature) => {
            *signature.text_sha256 == *document.sha256("en") && now < signature.signed + (24 * days).hours()
        }
        Authorisation::Verified(_) | Authorisation::Kept(_) => false,
    })
}

/// The first day on which an item can be in service, counted day by day.
fn first_day_of(sheet: &Sheet<'_>, draft: &Draft, catalogue: &Catalogue, now: Timestamp) -> Date {
    let zone = TimeZone::get(&area_of(draft, catalogue).time_zone).expect("a time zone");
    let local = now.to_zoned(zone).datetime();
    let interval = sheet.offering.intervals.iter().find(|interval| sheet.holds(&interval.when));
    let is_late = interval.and_then(|interval| interval.cut_off).is_some_and(|cut_off| local.time() > cut_off);
    let works = |day: Date| day.weekday().to_monday_one_offset() < 6 && !catalogue.holidays.contains(&day);
    let mut day = local.date() + i64::from(is_late).days();
    let mut left = interval.map_or(0, |interval| interval.business_days);
    loop {
        if works(day) {
            if left == 0 {
                return day;
            }
            left -= 1;
        }
        day = day.tomorrow().expect("another day");
    }
}
