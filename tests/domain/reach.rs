//! Whether the walks get anywhere: properties hold easily of walks that never leave the first step.

use std::collections::BTreeSet;

use order_manager::catalogue::{Carriage, Carrier, ProductOffering};
use order_manager::decide::Refusal;
use order_manager::money::MoneyError;
use order_manager::order::OrderState;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::moves::{moves, start};
use crate::player::walk;
use crate::refusals::{OF_STAFF, ON_THE_WAY, REFUSALS, number_of};
use crate::world::{REPOSITORY, item_id};

/// Walks after which what was not met is taken to be out of reach.
const MOST: usize = 3_000;

/// Refusals that the repository's catalogue need not provoke; each has its row in a table over the small one.
fn not_for_certain() -> Vec<usize> {
    let id = || REPOSITORY.offerings[0].id.clone();
    let still_needed = Refusal::StillNeeded(item_id(1), id());
    let mut not_for_certain =
        vec![Refusal::Excluded(id()), still_needed, Refusal::TooManyItems, Refusal::Money(MoneyError::Overflow)];
    let brings_no_loop = |offering: &ProductOffering| match &offering.carried_by {
        Carriage::Nothing => false,
        Carriage::AnyOf(carriers) => !carriers.contains(&Carrier::OwnLoop),
    };
    if !REPOSITORY.offerings.iter().any(brings_no_loop) {
        not_for_certain.push(Refusal::NotCarried(item_id(1)));
    }
    not_for_certain.iter().map(number_of).collect()
}

#[test]
fn walks_reach_every_state_and_meet_every_refusal() {
    let mut runner = TestRunner::deterministic();
    // The walks are a customer's and provisioning's: what staff do has tables of its own.
    let walked_to = |state: &OrderState| state.is_placed() || *state == OrderState::Draft;
    let mut states: BTreeSet<_> = OrderState::ALL.into_iter().filter(walked_to).collect();
    let wanted =
        |number: &usize| !not_for_certain().contains(number) && !OF_STAFF.contains(number) && !ON_THE_WAY.contains(number);
    let mut refusals: BTreeSet<_> = (0..REFUSALS).filter(wanted).collect();
    for _ in 0..MOST {
        let start = start().new_tree(&mut runner).expect("a start").current();
        let moves = moves().new_tree(&mut runner).expect("moves").current();
        let walked = walk::<()>(&start, &moves, &REPOSITORY, |turn| {
            match turn.after {
                Ok(order) => {
                    states.remove(&order.state());
                }
                Err(refusal) => {
                    refusals.remove(&number_of(refusal));
                }
            }
            Ok(())
        });
        assert_eq!(walked, Ok(()));
        if states.is_empty() && refusals.is_empty() {
            return;
        }
    }
    panic!("not met in {MOST} walks: states {states:?}, refusals {refusals:?}");
}
