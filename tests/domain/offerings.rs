//! Every offering of the repository's catalogue, each by itself: its questions have answers, and somebody can order it.

use order_manager::calendar::today_in;
use order_manager::catalogue::{Area, ProductOffering};
use order_manager::characteristic::ValueType;
use order_manager::decide::Command;
use order_manager::journey::standing_at;
use order_manager::order::{OrderState, ProductOrder};
use order_manager::party::CustomerKind;
use order_manager::qualification::{Availability, availability, services_beside};
use order_manager::value::Value;

use crate::dice::Dice;
use crate::player::Player;
use crate::values::{Place, is_admitted, value};
use crate::way::way;
use crate::world::{REPOSITORY, draft_of, item_id, opening};

/// Ways through an offering that are tried before it is taken to have none.
const TRIES: u64 = 6;
/// Steps of one such way.
const STEPS: u64 = 80;

fn places() -> impl Iterator<Item = (&'static Area, CustomerKind)> {
    let kinds = [CustomerKind::Residential, CustomerKind::Business];
    REPOSITORY.areas.iter().flat_map(move |area| kinds.map(|kind| (area, kind)))
}

fn is_available(offering: &ProductOffering, area: &Area, kind: CustomerKind) -> bool {
    let today = today_in(Some(area), opening(&REPOSITORY));
    availability(offering, Some(area), Some(kind), today) == Availability::Available
}

/// Goes on with an order for an offering until it is placed; where it stood at the end when it never is.
fn orders(offering: &ProductOffering, area: &Area, kind: CustomerKind, seed: u64) -> Result<(), String> {
    let mut player = Player::at(area, kind, &REPOSITORY);
    player.gives(Command::AddItem { item: item_id(500), offering: offering.id.clone() }).expect("it can be had");
    for step in 0..STEPS {
        if player.order.state() == OrderState::Acknowledged {
            return Ok(());
        }
        player.goes_on(seed.wrapping_mul(1_000).wrapping_add(step));
    }
    let standing = standing_at(&player.order, &REPOSITORY, player.now);
    let missing = draft_of(&player.order).map(|draft| way(draft, &REPOSITORY, player.now));
    Err(format!("it stands at {standing:?} of {missing:#?}"))
}

#[test]
fn every_offering_can_be_ordered_by_each_kind_of_customer_it_is_sold_to() {
    let mut failures = vec![];
    for offering in &REPOSITORY.offerings {
        for kind in &offering.sold_to {
            let here: Vec<_> = places().filter(|(area, of)| of == kind && is_available(offering, area, *of)).collect();
            // Not sold any more, which a catalogue may say.
            if here.is_empty() && offering.sold_until.is_some() {
                continue;
            }
            let tries = (0..TRIES).flat_map(|seed| here.iter().map(move |(area, kind)| (*area, *kind, seed)));
            let mut last = "it can be had nowhere".to_owned();
            let placed = tries.into_iter().any(|(area, kind, seed)| {
                orders(offering, area, kind, seed).map_err(|why| last = format!("in {}: {why}", area.id)).is_ok()
            });
            if !placed {
                failures.push(format!("{} ({kind:?}): {last}", offering.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_question_has_an_answer_that_is_admitted_as_it_is_entered() {
    for offering in &REPOSITORY.offerings {
        let Some((area, kind)) = places().find(|(area, kind)| is_available(offering, area, *kind)) else { continue };
        let player = Player::at(area, kind, &REPOSITORY);
        let ProductOrder::Draft(draft) = &player.order else { unreachable!("nothing was placed") };
        let services = services_beside(draft, item_id(500), &REPOSITORY);
        let today = today_in(Some(area), player.now);
        let at = Place { catalogue: &REPOSITORY, draft, area, today, services: &services };
        for question in &offering.characteristics {
            let name = format!("{} of {}", question.id, offering.id);
            for seed in 0..4 {
                // Nothing is beside it, so there is nothing to point at.
                let Some(value) = value(&question.value, &|_| true, &at, &mut Dice::new(seed)) else {
                    assert!(matches!(question.value, ValueType::Service(_)), "{name}");
                    continue;
                };
                // Neither is typed back.
                let is_kept = matches!(value, Value::Secret(_) | Value::File(_));
                assert!(is_kept || is_admitted(&question.value, &value, &at), "{name}: {value:?}");
            }
        }
    }
}
