//! What holds wherever an order goes: over the repository's catalogue, along commands in order and out of order, wrong and stale.
//!
//! That a refusal changes nothing needs no test: `decide` borrows the order it is given.

use order_manager::calendar::today_in;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Placing, Refusal, decide};
use order_manager::entered::Reason;
use order_manager::id::OrderItemId;
use order_manager::inventory::Resource;
use order_manager::journey::{Step, admit, standing_at};
use order_manager::order::{Content, Draft, PlacedBy, ProductOrder};
use order_manager::pricing::price;
use order_manager::qualification::{Availability, availability};
use order_manager::value::Value;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::acts::terms_in_force;
use crate::moves::{Move, Start, cases, moves, start};
use crate::oracle::{Sheet, brings, form};
use crate::placed::check_placed;
use crate::player::{Turn, walk};
use crate::states::{Event, leads_to};
use crate::way::{area_of, is_carried, left_without, numbers_given, stands, way};
use crate::world::{REPOSITORY, draft_of, person};

type Checked = Result<(), TestCaseError>;

fn walks(start: &Start, moves: &[Move], check: impl Fn(&Turn<'_>) -> Checked) -> Checked {
    walk(start, moves, &REPOSITORY, |turn| {
        let why = |error| match error {
            TestCaseError::Fail(reason) => TestCaseError::fail(format!("{reason}\nafter {:#?}", turn.command)),
            TestCaseError::Reject(_) => error,
        };
        check(turn).map_err(why)
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_order_is_placed_with_anything_missing(start in start(), moves in moves()) {
        walks(&start, &moves, |turn| match (turn.before, turn.command, turn.after) {
            (ProductOrder::Draft(draft), Command::Place(placing), Ok(ProductOrder::Acknowledged(order))) => {
                check_placed(draft, placing, &order.order, turn)
            }
            (ProductOrder::Draft(_), _, Ok(after)) => {
                prop_assert!(draft_of(after).is_some(), "only placing ends a draft");
                Ok(())
            }
            _ => Ok(()),
        })?;
    }

    #[test]
    fn a_command_loses_no_answer_but_those_it_gives_anew(start in start(), moves in moves()) {
        walks(&start, &moves, |turn| match (turn.before, turn.after) {
            (ProductOrder::Draft(before), Ok(ProductOrder::Draft(after))) => keeps_answers(before, after, turn),
            _ => Ok(()),
        })?;
    }

    #[test]
    fn an_order_stands_at_the_first_step_that_misses_something(start in start(), moves in moves()) {
        walks(&start, &moves, |turn| match turn.after {
            Ok(after @ ProductOrder::Draft(draft)) => {
                let way = way(draft, turn.catalogue, turn.now);
                let standing = standing_at(after, turn.catalogue, turn.now);
                // Where nothing is missing anywhere, it stands at review.
                let at = way.iter().position(|(_, missing)| !missing.is_empty()).unwrap_or(way.len());
                prop_assert_eq!(&standing, way.get(at).map_or(&Step::Review, |(step, _)| step), "{:#?}", way);
                // The first step, the one it stands at, the one after that, and the last.
                for place in [0, at, at + 1, way.len() - 1] {
                    let Some((step, _)) = way.get(place) else { continue };
                    let expected = if place <= at { Ok(()) } else { Err(standing.clone()) };
                    prop_assert_eq!(admit(after, step, turn.catalogue, turn.now), expected, "{:?}", step);
                }
                Ok(())
            }
            Ok(after) => {
                prop_assert_eq!(standing_at(after, turn.catalogue, turn.now), Step::Track);
                Ok(())
            }
            Err(_) => Ok(()),
        })?;
    }

    #[test]
    fn placing_succeeds_when_the_order_stands_at_review_and_all_of_it_can_be_had_and_never_else(
        start in start(),
        moves in moves(),
    ) {
        walks(&start, &moves, |turn| match turn.after {
            Ok(ProductOrder::Draft(draft)) => placing_is_as_expected(draft, turn),
            _ => Ok(()),
        })?;
    }

    #[test]
    fn what_is_refused_is_a_question_that_is_asked(start in start(), moves in moves()) {
        walks(&start, &moves, |turn| {
            let (ProductOrder::Draft(before), Command::Answer { item, asked, answers, .. }, Err(Refusal::Fields(errors))) =
                (turn.before, turn.command, turn.after)
            else {
                return Ok(());
            };
            let mut item = before.item(*item).expect("an item").clone();
            let offering = form(&item.offering, &item.action, turn.catalogue).expect("a form");
            // What the page shows with these answers in it: those that it did not ask for before stay.
            let shown = Sheet::of(before, before.item(item.id).expect("an item"), offering);
            let mut dialogs = offering.dialogs.iter().filter(|dialog| Asked::InDialog(dialog.id.clone()) == *asked);
            // A dialog that is not on the way is asked of nobody.
            if dialogs.any(|dialog| !shown.holds(&dialog.applies_when)) {
                return Ok(());
            }
            item.answers.retain(|id, _| {
                let question = offering.characteristics.iter().find(|question| question.id == *id);
                question.is_none_or(|question| question.asked != *asked || !shown.holds(&question.applies_when))
            });
            item.answers.extend(answers.clone());
            let sheet = Sheet::of(before, &item, offering);
            for error in errors {
                let question = offering.characteristics.iter().find(|question| *question.id.as_str() == *error.field);
                prop_assert!(question.is_some_and(|question| question.asked == *asked), "{:?} is not on the page", error);
                prop_assert!(question.is_some_and(|question| sheet.holds(&question.applies_when)), "{:?} is not shown", error);
                let is_missing = error.reason == Reason::Missing;
                prop_assert!(!is_missing || !item.answers.contains_key(&*error.field), "{:?} is there", error);
            }
            Ok(())
        })?;
    }

    #[test]
    fn an_order_goes_where_the_table_says_and_what_was_placed_stays_as_it_was(start in start(), moves in moves()) {
        walks(&start, &moves, |turn| {
            let ways: Vec<_> = Event::of(turn.command).into_iter().map(|event| leads_to(turn.before.state(), event)).collect();
            match turn.after {
                Ok(after) => prop_assert!(ways.contains(&Some(after.state())), "{:?} to {:?}", turn.before.state(), after.state()),
                Err(Refusal::NotInState(state)) => {
                    prop_assert_eq!(*state, turn.before.state());
                    prop_assert!(ways.iter().all(Option::is_none), "{:?}", turn.before.state());
                }
                Err(Refusal::TooLate(_)) => {
                    let Content::Placed(placed) = turn.before.content() else { return Err(TestCaseError::fail("a draft")) };
                    prop_assert!(!placed.assess().irrevocable.is_empty(), "nothing has gone too far");
                }
                Err(_) => prop_assert!(draft_of(turn.before).is_some(), "only a draft has anything to put right"),
            }
            if let (Content::Placed(before), Ok(after)) = (turn.before.content(), turn.after) {
                let Content::Placed(after) = after.content() else { return Err(TestCaseError::fail("a draft again")) };
                let mut as_before = after.clone();
                for (item, was) in as_before.items.iter_mut().zip(&before.items) {
                    (item.state, item.committed, item.milestones) = (was.state, was.committed, was.milestones.clone());
                }
                prop_assert_eq!(&as_before, before);
            }
            Ok(())
        })?;
    }
}

/// Whether every answer is still there that the command did not give anew, and everything else that was said.
fn keeps_answers(before: &Draft, after: &Draft, turn: &Turn<'_>) -> Checked {
    for was in &before.items {
        let Some(is) = after.item(was.id) else {
            prop_assert!(matches!(turn.command, Command::RemoveItem(id) if *id == was.id), "{} is gone", was.offering);
            continue;
        };
        prop_assert_eq!((&was.offering, &was.action), (&is.offering, &is.action));
        prop_assert!(was.saved.is_subset(&is.saved), "a page is not saved any more");
        let mut expected = was.answers.clone();
        if let (Command::Answer { item, asked, answers, .. }, Some(offering)) =
            (turn.command, form(&was.offering, &was.action, turn.catalogue))
            && *item == was.id
        {
            let sheet = Sheet::of(before, was, offering);
            for question in offering.characteristics.iter().filter(|question| question.asked == *asked) {
                if sheet.holds(&question.applies_when) {
                    expected.remove(&question.id);
                }
            }
            expected.extend(answers.clone());
        }
        prop_assert_eq!(expected.keys().collect::<Vec<_>>(), is.answers.keys().collect::<Vec<_>>());
        for (id, value) in &expected {
            match (value, &is.answers[id]) {
                // What is pointed at stays; what is said of it may have changed.
                (Value::Service(was), Value::Service(is)) => prop_assert_eq!(was.target, is.target),
                (was, is) => prop_assert_eq!(was, is, "{}", id),
            }
        }
        prop_assert!(keeps_numbers(before, after, was.id, turn), "the number of {} is not held any more", was.offering);
    }
    for (key, signature) in &before.authorisations {
        let may_go = matches!(turn.command, Command::RemoveItem(item) if *item == key.item)
            || matches!(turn.command, Command::Authorise(signed, _) if signed == key);
        prop_assert!(may_go || after.authorisations.get(key) == Some(signature), "the signature of {} is gone", key);
    }
    let schedules = matches!(turn.command, Command::Schedule { .. });
    prop_assert!(schedules || before.installation == after.installation, "another day");
    prop_assert!(matches!(turn.command, Command::Bill(_)) || before.billing == after.billing, "another account");
    Ok(())
}

/// Whether an item's numbers are held as before, unless its own page was answered.
fn keeps_numbers(before: &Draft, after: &Draft, item: OrderItemId, turn: &Turn<'_>) -> bool {
    let own_page = matches!(turn.command, Command::Answer { item: answered, .. } if *answered == item);
    let held = |draft: &Draft, number| {
        let is_it = |resource: &Resource| matches!(resource, Resource::Number { number: held, .. } if *held == number);
        draft.holds.iter().any(|hold| is_it(&hold.resource) && hold.stands_at(turn.now))
    };
    let mut numbers = numbers_given(before, turn.catalogue).into_iter().filter(|(of, _)| *of == item);
    own_page || numbers.all(|(_, number)| !held(before, number) || held(after, number))
}

/// Places a draft at its price and under the terms in force, and sees whether that was to be expected.
fn placing_is_as_expected(draft: &Draft, turn: &Turn<'_>) -> Checked {
    let area = area_of(draft, turn.catalogue);
    let today = today_in(Some(area), turn.now);
    let mut why_not = None;
    for item in &draft.items {
        let Some(offering) = form(&item.offering, &item.action, turn.catalogue) else {
            why_not = Some(Refusal::NoSuchOffering);
            break;
        };
        let availability = availability(offering, Some(area), Some(draft.ordered_for.kind), today);
        if availability != Availability::Available && brings(&item.action) {
            why_not = Some(Refusal::NotAvailable(item.offering.clone(), availability));
            break;
        }
        if let Some(left) = left_without(draft, item, turn.catalogue) {
            why_not = Some(Refusal::StillNeeded(item.id, left));
            break;
        }
        if !is_carried(draft, item, offering, turn.catalogue) {
            why_not = Some(Refusal::NotCarried(item.id));
            break;
        }
    }
    let standing = stands(draft, turn.catalogue, turn.now);
    let why_not = why_not.or((standing != Step::Review).then_some(Refusal::NotYet(standing)));
    let agreed = price(draft, turn.catalogue).expect("a price");
    let meant_twice = draft.items.iter().map(|item| item.offering.clone()).collect();
    let placing = Placing { by: PlacedBy::Customer(person()), terms: terms_in_force(turn.catalogue, today), agreed, meant_twice };
    let placed = decide(&ProductOrder::Draft(draft.clone()), Command::Place(placing), turn.catalogue, turn.now);
    prop_assert_eq!(placed.as_ref().err(), why_not.as_ref());
    prop_assert!(placed.is_err() || matches!(placed, Ok(ProductOrder::Acknowledged(_))));
    Ok(())
}
