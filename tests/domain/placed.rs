//! What a placed order must be, whatever way led to it.

use std::collections::{BTreeMap, BTreeSet};

use order_manager::authorisation::AuthorisationKey;
use order_manager::calendar::is_business_day;
use order_manager::catalogue::DerivedCode;
use order_manager::characteristic::{Need, ValueType};
use order_manager::decide::Placing;
use order_manager::inventory::Resource;
use order_manager::order::{Action, Draft, ItemState, Placed, Visit};
use order_manager::pricing::price;
use order_manager::value::Value;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::oracle::{Sheet, brings, form, product, staying};
use crate::player::Turn;
use crate::way::{is_carried, left_without, letters_of};

/// Everything that is asked is answered, nothing else is, and the order takes what it needs and no more.
pub(crate) fn check_placed(draft: &Draft, placing: &Placing, placed: &Placed, turn: &Turn<'_>) -> Result<(), TestCaseError> {
    prop_assert_eq!(placed.items.len(), draft.items.len());
    prop_assert!(!placed.items.is_empty(), "an order for nothing");
    let (mut numbers, mut letters) = (vec![], BTreeSet::new());
    for (item, before) in placed.items.iter().zip(&draft.items) {
        let offering = form(&item.offering, &item.action, turn.catalogue).expect("a form");
        prop_assert_eq!((item.id, &item.offering, &item.action), (before.id, &before.offering, &before.action));
        let beside: Vec<_> = {
            let others = placed.items.iter().filter(|other| other.id != item.id && brings(&other.action));
            let others = others.map(|other| other.offering.clone());
            others.chain(staying(draft).into_iter().map(|product| product.offering.clone())).collect()
        };
        if item.action == Action::Add {
            for other in &beside {
                prop_assert!(!offering.excludes.contains(other), "{} beside {}", offering.id, other);
            }
            let times =
                placed.items.iter().filter(|other| other.action == Action::Add && other.offering == item.offering).count();
            prop_assert!(times == 1 || placing.meant_twice.contains(&item.offering), "{} times {}", times, offering.id);
        }
        let (kind, state) = (placed.ordered_for.kind, placed.place.address.state);
        let sheet = Sheet::new(offering, &item.answers, kind, state, beside);
        for question in &offering.characteristics {
            let answer = item.answers.get(&question.id);
            if sheet.asks(question) {
                prop_assert!(
                    question.need == Need::Optional || answer.is_some(),
                    "{} of {} has no answer",
                    question.id,
                    offering.id
                );
                let is_new = product(&item.action).is_none_or(|product| product.answers.get(&question.id) != answer);
                let answer = answer.filter(|_| question.value == ValueType::InventoryNumber && is_new);
                numbers.extend(answer.into_iter().filter_map(|answer| match answer {
                    Value::Telephone(number) => Some(*number),
                    _ => None,
                }));
            } else {
                prop_assert!(answer.is_none(), "{} of {} was not asked", question.id, offering.id);
            }
        }
        prop_assert_eq!(&item.answers, &Sheet::of(draft, before, offering).counting());
        for rule in &offering.rules {
            prop_assert!(!sheet.holds(&rule.broken_when), "{} breaks a rule: {:?}", offering.id, rule.because);
        }
        prop_assert!(is_carried(draft, before, offering, turn.catalogue), "{} has nothing to run over", offering.id);
        prop_assert_eq!(left_without(draft, before, turn.catalogue), None, "a service is left without what carries it");
        let needed = letters_of(before, &Sheet::of(draft, before, offering));
        letters.extend(needed.into_iter().map(|letter| AuthorisationKey { item: item.id, letter: letter.clone() }));
        let on_the_way = offering.milestones.iter().filter(|milestone| sheet.holds(&milestone.when));
        prop_assert!(item.milestones.iter().map(|reached| &reached.id).eq(on_the_way.map(|milestone| &milestone.id)));
        let written = |code: &DerivedCode| match code.given_by.as_ref().and_then(|own| sheet.answer(own)) {
            Some(Value::Text(own)) => Some((code.id.clone(), own.to_uppercase())),
            _ => code.cases.iter().find(|case| sheet.holds(&case.when)).map(|case| (code.id.clone(), case.code.to_string())),
        };
        let frozen: Vec<_> = item.codes.iter().map(|code| (code.id.clone(), code.code.to_string())).collect();
        prop_assert_eq!(frozen, offering.codes.iter().filter_map(written).collect::<Vec<_>>());
        prop_assert!(item.milestones.iter().all(|milestone| milestone.reached.is_none()));
        prop_assert_eq!(item.state, ItemState::Acknowledged);
        prop_assert_eq!(item.requested, placed.installation.visit.day());
    }
    prop_assert!(is_business_day(placed.installation.visit.day(), &turn.catalogue.holidays));
    prop_assert_eq!(
        placed.authorisations.keys().cloned().collect::<BTreeSet<_>>(),
        letters,
        "the letters it needs, and no others"
    );

    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for resource in &placed.resources {
        *taken.entry(format!("{:?}", resource_name(resource))).or_default() += 1;
    }
    let mut needed: BTreeMap<String, usize> = BTreeMap::new();
    let slot = match &placed.installation.visit {
        Visit::Technician(slot) => Some(Resource::Slot(slot.clone())),
        Visit::None { .. } => None,
    };
    for name in numbers.iter().map(|number| number.digits()).chain(slot.iter().map(resource_name)) {
        *needed.entry(format!("{name:?}")).or_default() += 1;
    }
    prop_assert!(needed.values().all(|count| *count == 1), "a number given twice: {:?}", needed);
    prop_assert_eq!(taken, needed, "it takes the numbers and the appointment it needs, and no others");

    prop_assert_eq!(&placed.price, &price(draft, turn.catalogue).expect("a price"));
    prop_assert_eq!(&placed.price, &placing.agreed, "at the price that was agreed");
    prop_assert_eq!(&placed.terms_of_service, &placing.terms);
    prop_assert_eq!((placed.placed, &placed.placed_by), (turn.now, &placing.by));
    prop_assert_eq!((placed.id, &placed.ordered_for, &placed.place), (draft.id, &draft.ordered_for, &draft.place));
    Ok(())
}

fn resource_name(resource: &Resource) -> String {
    match resource {
        Resource::Number { number, .. } => number.digits(),
        Resource::Slot(slot) => slot.choice(),
    }
}
