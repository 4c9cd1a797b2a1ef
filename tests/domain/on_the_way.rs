//! What a customer can do about an order that is on its way, and what is refused.

use std::collections::BTreeSet;

use jiff::ToSpan;
use order_manager::catalogue::Recall;
use order_manager::decide::{Agreed, Command, Refusal, Wish, decide, new_days};
use order_manager::inventory::Resource;
use order_manager::money::Money;
use order_manager::order::{Content, Decision, Irrevocable, ItemState, OrderState, Placed, ProductOrder, Visit};
use order_manager::provisioning::{Part, Report, ServiceOrderId, ServiceOrderState, Told, take};
use order_manager::text::Text;

use crate::fixtures::{calls, line, now, order_in, slot, usd};
use crate::refusals::number_of;
use crate::small::SMALL;
use crate::world::{contact, is};

const BOTH: [ItemState; 2] = [ItemState::Acknowledged, ItemState::Acknowledged];

fn placed_of(order: &ProductOrder) -> &Placed {
    match order.content() {
        Content::Placed(placed) => placed,
        Content::Draft(_) => panic!("a draft"),
    }
}

/// An order of whose line so much was said, minutes apart.
fn told(said: &[Told]) -> ProductOrder {
    let mut order = order_in(OrderState::Acknowledged, &BOTH);
    let mut reports = vec![];
    for (number, told) in said.iter().enumerate() {
        let at = now() + i64::try_from(number).expect("few").minutes();
        let of = ServiceOrderId { order: order.id(), item: line(), part: Part::Here };
        let report = Report { id: is(&format!("r-{number}")), of, at, told: told.clone() };
        order = take(&order, &reports, &report).expect("a report that fits");
        reports.push(report);
    }
    order
}

fn state(state: ServiceOrderState) -> Told {
    Told::State(state, None)
}

fn question() -> Told {
    Told::Question { id: is("q-1"), text: Text::english("Which account number?"), corrects: None }
}

fn charge() -> Told {
    Told::Charge { id: is("c-1"), amount: usd(90_000), why: Text::english("A trench"), answer_by: is("2026-12-03") }
}

fn waiting(what: Told) -> ProductOrder {
    told(&[state(ServiceOrderState::InProgress), state(ServiceOrderState::Pending), what])
}

fn working() -> ProductOrder {
    told(&[state(ServiceOrderState::InProgress), Told::Milestone(is("in-service")), state(ServiceOrderState::Completed)])
}

fn day(day: &str) -> Wish {
    Wish::Day(Visit::Technician(slot(day)))
}

fn reply(question: &str) -> Wish {
    Wish::Reply { item: line(), question: is(question), text: "551-48120".into(), corrected: None, agreed: Agreed::Catalogues }
}

fn decision(decision: Decision) -> Wish {
    Wish::Decide { item: line(), charge: is("c-1"), decision }
}

fn wish(order: &ProductOrder, wish: Wish) -> Result<ProductOrder, Refusal> {
    decide(order, Command::Wish(wish), &SMALL, now() + 1.hour())
}

fn refused() -> Vec<(&'static str, Result<ProductOrder, Refusal>, Refusal)> {
    let under_way = || told(&[state(ServiceOrderState::InProgress)]);
    let accepted = wish(&waiting(charge()), decision(Decision::Accepted)).expect("accepted");
    let cancelled = decide(&working(), Command::AskCancellation, &SMALL, now());
    let late = decide(&waiting(charge()), Command::Wish(decision(Decision::Accepted)), &SMALL, now() + 1000.hours());
    let of_no_item =
        Wish::Decide { item: is("019d0000-0000-7000-8000-0000000003e7"), charge: is("c-1"), decision: Decision::Refused };
    vec![
        ("a Sunday", wish(&under_way(), day("2026-12-06")), Refusal::NotThatDay),
        ("tomorrow", wish(&under_way(), day("2026-11-24")), Refusal::NotThatDay),
        ("in a year", wish(&under_way(), day("2027-12-01")), Refusal::NotThatDay),
        ("nobody would come", wish(&under_way(), Wish::Day(Visit::None { requested: is("2026-12-09") })), Refusal::NotThatDay),
        ("a cancellation when something works", cancelled, Refusal::TooLate(line())),
        ("the answer to another question", wish(&waiting(question()), reply("q-2")), Refusal::NotAsked),
        ("an answer when nothing was asked", wish(&under_way(), reply("q-1")), Refusal::NotAsked),
        ("a charge for another item", wish(&waiting(charge()), of_no_item), Refusal::NoSuchItem),
        ("another decision than before", wish(&accepted, decision(Decision::Refused)), Refusal::Decided),
        ("a decision after its day", late, Refusal::Decided),
    ]
}

/// The numbers of the refusals that have a row here.
pub(crate) fn numbers() -> BTreeSet<usize> {
    refused().iter().map(|(.., refusal)| number_of(refusal)).collect()
}

#[test]
fn what_can_t_be_had_of_an_order_on_its_way_is_refused_and_the_refusal_says_why() {
    for (name, decided, refusal) in refused() {
        assert_eq!(decided.err(), Some(refusal), "{name}");
    }
}

#[test]
fn another_day_takes_another_appointment_and_gives_the_first_one_back() {
    let order = wish(&told(&[state(ServiceOrderState::InProgress)]), day("2026-12-09")).expect("another day");
    let placed = placed_of(&order);
    assert_eq!(placed.items.iter().map(|item| item.requested).collect::<Vec<_>>(), [is("2026-12-09"), is("2026-12-09")]);
    assert!(placed.resources.contains(&Resource::Slot(slot("2026-12-09"))));
    assert!(!placed.resources.contains(&Resource::Slot(slot("2026-12-02"))));
    assert_eq!(order.state(), OrderState::InProgress);
    let (first, last) = new_days(placed, &SMALL, now());
    assert!(first < is("2026-12-09") && is::<jiff::civil::Date>("2026-12-09") < last);
}

#[test]
fn an_answer_and_a_decision_have_the_order_go_on() {
    for (what, said) in
        [(question(), reply("q-1")), (charge(), decision(Decision::Accepted)), (charge(), decision(Decision::Refused))]
    {
        let order = waiting(what);
        assert_eq!(order.state(), OrderState::Pending);
        let after = wish(&order, said.clone()).expect("taken");
        assert_eq!(after.state(), OrderState::InProgress, "{said:?}");
        let again = wish(&after, said).expect("the same again");
        assert_eq!(again.state(), OrderState::InProgress);
    }
}

#[test]
fn a_question_and_a_charge_are_both_waited_for() {
    let states = [state(ServiceOrderState::InProgress), state(ServiceOrderState::Pending), question(), charge()];
    let order = wish(&told(&states), reply("q-1")).expect("taken");
    assert_eq!(order.state(), OrderState::Pending);
    assert_eq!(wish(&order, decision(Decision::Accepted)).expect("taken").state(), OrderState::InProgress);
}

#[test]
fn somebody_else_to_call_changes_nothing_else() {
    let order = told(&[state(ServiceOrderState::InProgress)]);
    let after = wish(&order, Wish::Contact(contact(), Some("Ring twice".into()))).expect("taken");
    assert_eq!(placed_of(&after).installation.access_notes.as_deref(), Some("Ring twice"));
    assert_eq!(after.state(), order.state());
}

#[test]
fn cancelling_costs_what_was_begun_and_nothing_before() {
    let order = order_in(OrderState::Acknowledged, &BOTH);
    let assessment = placed_of(&order).assess();
    assert_eq!((assessment.charge, assessment.irrevocable), (Money::zero(assessment.charge.currency()), vec![]));
    assert_eq!(placed_of(&working()).assess().irrevocable, [line()]);
    let items = &placed_of(&order).items;
    assert!(matches!(items[0].irrevocable(), Irrevocable::From(milestone) if milestone.id.as_str() == "in-service"));
    assert_eq!(items.iter().find(|item| item.id == calls()).map(|item| item.is_open()), Some(true));
    let mut begun = placed_of(&order).clone();
    begun.items[0].milestones.insert(
        0,
        order_manager::order::ReachedMilestone {
            id: is("designed"),
            label: Text::english("Designed"),
            recall: Recall::Possible,
            reached: Some(now()),
        },
    );
    let once = begun.price.lines.iter().filter(|line| line.item == begun.items[0].id).filter_map(|line| line.once());
    assert_eq!(begun.assess().charge, Money::sum(begun.price.currency, once).expect("a sum"));
}
