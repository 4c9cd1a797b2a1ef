//! What may happen to an order: moves in general terms, which `player` turns into commands where the order stands.

use proptest::collection::vec;
use proptest::prelude::*;

/// Something that somebody does, or that happens meanwhile. The number decides the particulars.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    /// Do what the order stands at, rightly where that is possible.
    GoOn(u64),
    /// Add something of the catalogue.
    Add(u64),
    /// Add something that is not in the catalogue.
    AddUnknown,
    /// Add an item that is there already.
    AddAgain(u64),
    /// Do something about a service in place.
    Act(u64),
    /// Take out an item, or one that is not there.
    Remove(u64),
    /// Answer a page or dialog of any item: all of it or some, rightly or not.
    Answer(u64),
    /// Answer what the page does not ask.
    AnswerAstray(u64),
    /// Sign a letter, or something that is none.
    Sign(u64),
    /// Ask for a day, rightly or not.
    Schedule(u64),
    /// Say who pays.
    Bill,
    /// Place the order, at the right price or not, under the right terms or not.
    Place(u64),
    /// The provisioning side says something.
    Progress(u64),
    /// The customer wants the order cancelled.
    AskCancellation,
    /// A command of before comes again.
    Again(u64),
    /// Time passes.
    Wait(u64),
    /// Another catalogue is published.
    Publish(u64),
}

/// Where a walk begins.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// Which area, and for whom.
    pub(crate) seed: u64,
    /// What is in service already, at the place or elsewhere.
    pub(crate) in_service: Vec<u64>,
}

/// So many cases. What fails is printed whole, and can be walked again by its seeds: no file of failures is kept.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

/// A seed says all by its being; there is no smaller one.
fn seed() -> impl Strategy<Value = u64> {
    any::<u64>().no_shrink()
}

pub(crate) fn start() -> impl Strategy<Value = Start> {
    let in_service = prop_oneof![1 => Just(vec![]), 1 => vec(seed(), 1..4)];
    (seed(), in_service).prop_map(|(seed, in_service)| Start { seed, in_service })
}

/// Moves of an order on its way: rightly for a while, and then some of them astray.
pub(crate) fn moves() -> impl Strategy<Value = Vec<Move>> {
    let rightly = vec(prop_oneof![12 => seed().prop_map(Move::GoOn), 1 => seed().prop_map(Move::Add)], 0..40);
    let astray = vec(
        prop_oneof![
            36 => seed().prop_map(Move::GoOn),
            4 => seed().prop_map(Move::Add),
            1 => Just(Move::AddUnknown),
            1 => seed().prop_map(Move::AddAgain),
            3 => seed().prop_map(Move::Act),
            1 => seed().prop_map(Move::Remove),
            12 => seed().prop_map(Move::Answer),
            2 => seed().prop_map(Move::AnswerAstray),
            2 => seed().prop_map(Move::Sign),
            2 => seed().prop_map(Move::Schedule),
            1 => Just(Move::Bill),
            4 => seed().prop_map(Move::Place),
            2 => seed().prop_map(Move::Progress),
            1 => Just(Move::AskCancellation),
            4 => seed().prop_map(Move::Again),
            4 => seed().prop_map(Move::Wait),
            2 => seed().prop_map(Move::Publish),
        ],
        0..50,
    );
    (rightly, astray).prop_map(|(rightly, astray)| [rightly, astray].concat())
}
