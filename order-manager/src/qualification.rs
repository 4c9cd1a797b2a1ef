//! What can be had: at a place, by a customer, beside what else is ordered or in service there.

use jiff::civil::Date;

use crate::catalogue::{Area, Carriage, Carrier, Catalogue, Coverage, ProductOffering, Rule};
use crate::characteristic::{
    Asked, Capacity, Characteristic, NetworkNeed, Reach, ServiceOption, TelephoneUse, ValueOption, ValueType,
};
use crate::condition::{Circumstances, Condition};
use crate::entered::Reason;
use crate::id::{NetworkId, OfferingId, OrderItemId, RoleId};
use crate::inventory::Resource;
use crate::order::{Action, Draft, DraftItem};
use crate::party::{CustomerKind, Product};
use crate::telephone::TelephoneNumber;
use crate::text::Text;
use crate::value::{Answers, ServiceReference, ServiceTarget, Value};

/// Whether an offering can be had at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Available,
    /// We serve nobody there.
    AreaNotServed,
    /// No network that carries it reaches the place.
    NoNetwork,
    /// It is not sold to this kind of customer.
    NotForThisCustomer,
    /// It is not sold today.
    NotSold,
}

/// Whether an offering can be had in an area, by a kind of customer, on a day.
#[must_use]
pub fn availability(
    offering: &ProductOffering,
    area: Option<&Area>,
    customer: Option<CustomerKind>,
    today: Date,
) -> Availability {
    let Some(area) = area else { return Availability::AreaNotServed };
    let reached = match &offering.coverage {
        Coverage::EveryArea => true,
        Coverage::Networks(networks) => networks.iter().any(|network| area.networks.contains_key(network)),
    };
    if !offering.is_sold_on(today) {
        Availability::NotSold
    } else if !customer.is_none_or(|kind| offering.sold_to.contains(&kind)) {
        Availability::NotForThisCustomer
    } else if reached {
        Availability::Available
    } else {
        Availability::NoNetwork
    }
}

/// Whether an item can be ordered as the catalogue is: its offering is still there, and can be had at the place, by the customer,
/// on this day. Ending a service, or letting it rest, asks for none of that.
#[must_use]
pub fn can_be_had(draft: &Draft, item: &DraftItem, catalogue: &Catalogue, today: Date) -> bool {
    let area = catalogue.area_of(draft.place.address.zip);
    catalogue.form(&item.offering, &item.action).is_some_and(|offering| {
        !item.action.brings() || availability(offering, area, Some(draft.ordered_for.kind), today) == Availability::Available
    })
}

/// Why a value can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable<'a> {
    /// For the reason the catalogue gives.
    Because(&'a Text),
    /// The network at the place can't carry it.
    Network,
    /// Another service is that to it already; what that one is called.
    ServedBy(&'a Text),
}

/// Whether a value can be had in these circumstances, in this area.
///
/// # Errors
/// When it can't: why.
pub fn option_available<'a>(
    option: &'a ValueOption,
    circumstances: &Circumstances<'_>,
    area: Option<&Area>,
) -> Result<(), Unavailable<'a>> {
    let because = |fallback| option.unavailable_because.as_ref().map_or(fallback, Unavailable::Because);
    if !option.available_when.holds(circumstances) {
        return Err(because(Unavailable::Network));
    }
    match &option.needs {
        Some(need) if !reaches(area, need) => Err(because(Unavailable::Network)),
        _ => Ok(()),
    }
}

fn reaches(area: Option<&Area>, need: &NetworkNeed) -> bool {
    area.is_some_and(|area| {
        need.any_of.iter().any(|network| area.networks.get(network).is_some_and(|capacity| *capacity >= need.at_least))
    })
}

/// The questions of one page or dialog that apply to an item, by the answers that count.
pub fn applicable<'a>(
    draft: &Draft,
    item: &DraftItem,
    offering: &'a ProductOffering,
    asked: &Asked,
    effective: &Answers,
) -> Vec<&'a Characteristic> {
    let beside = draft.beside(item.id);
    let circumstances = draft.circumstances(effective, offering, &beside);
    offering.asked(asked).filter(|characteristic| characteristic.applies_when.holds(&circumstances)).collect()
}

/// Whether what an item needs to run over is there.
#[must_use]
pub fn is_carried(draft: &Draft, item: &DraftItem, offering: &ProductOffering, catalogue: &Catalogue) -> bool {
    let Carriage::AnyOf(carriers) = &offering.carried_by else { return true };
    let effective = draft.effective_answers(item, offering);
    carriers.iter().any(|carrier| match carrier {
        Carrier::OwnLoop => true,
        Carrier::Described(characteristic) => effective.contains_key(characteristic),
        Carrier::Offering { offering: wanted, when } => carries(draft, wanted, when, Some(item.id), catalogue),
    })
}

/// Whether an offering with certain answers is in the order, the item itself apart, or stays in service at the place.
fn carries(draft: &Draft, wanted: &OfferingId, when: &Condition, apart: Option<OrderItemId>, catalogue: &Catalogue) -> bool {
    let Some(carrying) = catalogue.offering(wanted) else { return false };
    let fits = |answers: &Answers| when.holds(&draft.circumstances(answers, carrying, &[]));
    draft
        .bringing()
        .any(|other| Some(other.id) != apart && other.offering == *wanted && fits(&draft.effective_answers(other, carrying)))
        || draft.staying().any(|product| product.offering == *wanted && fits(&product.answers))
}

/// A service that stays at the place and that nothing carries any more once this order is done, because the item ends or changes
/// what carries it.
#[must_use]
pub fn left_without<'a>(draft: &'a Draft, item: &DraftItem, catalogue: &Catalogue) -> Option<&'a Product> {
    let ended = item.action.product().filter(|_| item.action.replaces())?;
    draft.staying().find(|product| {
        let Some(Carriage::AnyOf(carriers)) = catalogue.offering(&product.offering).map(|offering| &offering.carried_by) else {
            return false;
        };
        let was =
            carriers.iter().any(|carrier| matches!(carrier, Carrier::Offering { offering, .. } if *offering == ended.offering));
        was && !carriers.iter().any(|carrier| match carrier {
            Carrier::OwnLoop => false,
            Carrier::Described(characteristic) => product.answers.contains_key(characteristic),
            Carrier::Offering { offering, when } => carries(draft, offering, when, None, catalogue),
        })
    })
}

/// The offering of the order, or in service at the place, that this one can't be beside, whichever of the two says so.
#[must_use]
pub fn excluded_by<'a>(draft: &'a Draft, offering: &ProductOffering, catalogue: &Catalogue) -> Option<&'a OfferingId> {
    let excludes = |other: &OfferingId| catalogue.offering(other).is_some_and(|other| other.excludes.contains(&offering.id));
    let ordered = draft.bringing().map(|item| &item.offering);
    ordered
        .chain(draft.staying().map(|product| &product.offering))
        .find(|other| offering.excludes.contains(other) || excludes(other))
}

/// The rules that are broken at a page or dialog.
pub fn broken_rules<'a>(
    offering: &'a ProductOffering,
    asked: &'a Asked,
    circumstances: &'a Circumstances<'_>,
) -> impl Iterator<Item = &'a Rule> {
    let broken = offering.rules.iter().filter(|rule| rule.broken_when.holds(circumstances));
    broken.filter(|rule| offering.characteristic(&rule.field).is_some_and(|field| field.asked == *asked))
}

/// Why an answer that was admitted can't stand where the item is and beside what it is ordered with; `None` when it can.
#[must_use]
pub fn fault(
    draft: &Draft,
    item: &DraftItem,
    characteristic: &Characteristic,
    value: &Value,
    circumstances: &Circumstances<'_>,
    catalogue: &Catalogue,
) -> Option<Reason> {
    let because = |unavailable: Unavailable<'_>| match unavailable {
        Unavailable::Because(why) => Reason::Unavailable(why.clone()),
        Unavailable::Network => Reason::NotAChoice,
        Unavailable::ServedBy(other) => Reason::ServedAlready { by: other.clone() },
    };
    match (&characteristic.value, value) {
        (ValueType::Address(Reach::Networks { any_of, capacity }), Value::Address(address)) => {
            match greatest(any_of, catalogue.area_of(address.zip)) {
                None => Some(Reason::AddressNotReached),
                Some(most) => (needed(capacity, circumstances) > most).then_some(Reason::AddressServedWithLess { most }),
            }
        }
        (ValueType::Service(options), Value::Service(service)) => {
            let candidates = candidates(draft, item.id, options, catalogue);
            match candidates.into_iter().find(|candidate| candidate.service.target == service.target) {
                None => Some(Reason::NotAChoice),
                Some(candidate) => candidate.fits.err().map(because),
            }
        }
        // A number is one service's alone, and one that comes along to another place must belong there.
        (ValueType::InventoryNumber, Value::Telephone(number)) => {
            let comes_along =
                matches!(&item.action, Action::Move { product, .. } if product.answers.get(&characteristic.id) == Some(value));
            let belongs =
                catalogue.area_of(draft.place.address.zip).is_some_and(|area| area.exchanges.contains(&number.exchange()));
            let others = draft.items.iter().filter(|other| other.id != item.id);
            if others.flat_map(|other| numbers_given(draft, other, catalogue)).any(|taken| taken == *number) {
                return Some(Reason::Said("number-of-another"));
            }
            (comes_along && !belongs).then_some(Reason::OtherRateCentre)
        }
        // Offered once, and not any more.
        (ValueType::Choice(options), Value::Choice(chosen)) if !options.iter().any(|option| option.id == *chosen) => {
            Some(Reason::NotAChoice)
        }
        (ValueType::Choices { options, .. }, Value::Choices(chosen))
            if !chosen.iter().all(|chosen| options.iter().any(|option| option.id == *chosen)) =>
        {
            Some(Reason::NotAChoice)
        }
        (value_type, value) => {
            let area = catalogue.area_of(draft.place.address.zip);
            let chosen = value_type.options().iter().filter(|option| value.chooses(&option.id));
            chosen.filter_map(|option| option_available(option, circumstances, area).err()).next().map(because)
        }
    }
}

/// The numbers that the order's other items have picked.
#[must_use]
pub fn numbers_of_others(draft: &Draft, item: OrderItemId) -> Vec<TelephoneNumber> {
    let held = |number: &TelephoneNumber| {
        draft.holds.iter().any(|hold| matches!(&hold.resource, Resource::Number { number: held, .. } if held == number))
    };
    let others = draft.items.iter().filter(|other| other.id != item).flat_map(|other| other.answers.values());
    let picked = others.filter_map(|value| match value {
        Value::Telephone(number) => Some(*number),
        _ => None,
    });
    picked.filter(held).collect()
}

/// The greatest capacity that any of these networks has in an area; `None` where none reaches it.
fn greatest(networks: &[NetworkId], area: Option<&Area>) -> Option<i64> {
    networks.iter().filter_map(|network| area?.networks.get(network)).copied().max()
}

fn needed(capacity: &Capacity, circumstances: &Circumstances<'_>) -> i64 {
    match capacity {
        Capacity::Any => 0,
        Capacity::AtLeast(least) => *least,
        Capacity::NumberOf(other) => circumstances.number_of(other).unwrap_or(0),
    }
}

/// A service that a question may point at.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Which.
    pub service: ServiceReference,
    /// Whether it can be chosen.
    pub fits: Result<(), Unavailable<'a>>,
}

/// The services that a question may point at, those that don't fit included.
#[must_use]
pub fn candidates<'a>(
    draft: &Draft,
    item: OrderItemId,
    options: &'a [ServiceOption],
    catalogue: &'a Catalogue,
) -> Vec<Candidate<'a>> {
    let candidate = |(service, answers): (ServiceReference, Answers)| {
        let option = options.iter().find(|option| option.offering == service.offering)?;
        let offering = catalogue.offering(&service.offering)?;
        let fits = option.when.holds(&draft.circumstances(&answers, offering, &[]));
        let because = || option.unavailable_because.as_ref().map_or(Unavailable::Network, Unavailable::Because);
        let taken = option.alone_as.as_ref().and_then(|role| served_by(draft, item, service.target, role, catalogue));
        let fits = if fits { taken.map_or(Ok(()), |other| Err(Unavailable::ServedBy(other))) } else { Err(because()) };
        Some(Candidate { service, fits })
    };
    beside(draft, item, catalogue).into_iter().filter_map(candidate).collect()
}

/// The name of another service, of this order or in service at the place, that has a role to a service which only one can have.
fn served_by<'a>(
    draft: &Draft,
    item: OrderItemId,
    target: ServiceTarget,
    role: &RoleId,
    catalogue: &'a Catalogue,
) -> Option<&'a Text> {
    // A line that the order changes is the line in place.
    let settled = |target| match target {
        ServiceTarget::Item(id) => {
            let changed = draft.item(id).filter(|item| item.action.is_in_place()).and_then(|item| item.action.product_id());
            changed.map_or(target, ServiceTarget::Product)
        }
        ServiceTarget::Product(_) => target,
    };
    let has_role = |offering: &OfferingId, answers: &Answers| {
        let offering = catalogue.offering(offering)?;
        let points = offering.characteristics.iter().any(|characteristic| {
            let (ValueType::Service(options), Some(Value::Service(service))) =
                (&characteristic.value, answers.get(&characteristic.id))
            else {
                return false;
            };
            let is_so = |option: &ServiceOption| option.offering == service.offering && option.alone_as.as_ref() == Some(role);
            settled(service.target) == settled(target) && options.iter().any(is_so)
        });
        points.then_some(&offering.name)
    };
    let ordered = draft.bringing().filter(|other| other.id != item).find_map(|other| {
        let answers = draft.effective_answers(other, catalogue.offering(&other.offering)?);
        has_role(&other.offering, &answers)
    });
    let mut in_service = draft.staying();
    ordered.or_else(|| in_service.find_map(|product| has_role(&product.offering, &product.answers)))
}

/// The services beside an item: of the same order, and in service at the place.
#[must_use]
pub fn services_beside(draft: &Draft, item: OrderItemId, catalogue: &Catalogue) -> Vec<ServiceReference> {
    beside(draft, item, catalogue).into_iter().map(|(service, _)| service).collect()
}

fn beside(draft: &Draft, item: OrderItemId, catalogue: &Catalogue) -> Vec<(ServiceReference, Answers)> {
    let reference = |target, id: &OfferingId, answers: Answers| {
        let offering = catalogue.offering(id)?;
        let number = number_of(offering, &answers);
        Some((ServiceReference { target, offering: id.clone(), name: offering.name.clone(), number }, answers))
    };
    let ordered = draft.bringing().filter(|other| other.id != item).filter_map(|other| {
        let offering = catalogue.offering(&other.offering)?;
        reference(ServiceTarget::Item(other.id), &other.offering, draft.effective_answers(other, offering))
    });
    let in_service = draft
        .staying()
        .filter_map(|product| reference(ServiceTarget::Product(product.id), &product.offering, product.answers.clone()));
    ordered.chain(in_service).collect()
}

/// The numbers of ours that an item is given.
#[must_use]
pub fn numbers_given(draft: &Draft, item: &DraftItem, catalogue: &Catalogue) -> Vec<TelephoneNumber> {
    let Some(offering) = catalogue.form(&item.offering, &item.action) else { return vec![] };
    let effective = draft.effective_answers(item, offering);
    let ours = offering
        .characteristics
        .iter()
        .map(AsRef::as_ref)
        .filter(|characteristic| characteristic.value == ValueType::InventoryNumber);
    let number = |characteristic: &Characteristic| match effective.get(&characteristic.id) {
        Some(Value::Telephone(number)) => Some(*number),
        _ => None,
    };
    ours.filter_map(number).collect()
}

/// The telephone number of a service: the one it is given, or the one it brings along.
#[must_use]
pub fn number_of(offering: &ProductOffering, answers: &Answers) -> Option<TelephoneNumber> {
    let is_its_own = |characteristic: &&Characteristic| {
        matches!(characteristic.value, ValueType::InventoryNumber | ValueType::TelephoneNumber(TelephoneUse::Port))
    };
    offering.characteristics.iter().map(AsRef::as_ref).filter(is_its_own).find_map(|characteristic| {
        match answers.get(&characteristic.id) {
            Some(Value::Telephone(number)) => Some(*number),
            _ => None,
        }
    })
}
