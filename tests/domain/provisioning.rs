//! Service orders: how an order comes apart into them, and how what is said of them comes together again, whenever it comes.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use order_manager::catalogue::{Catalogue, Recall};
use order_manager::decide::{Agreed, Command, Refusal, Wish, decide};
use order_manager::id::OfferingId;
use order_manager::order::{
    Action, Content, InProgress, ItemState, JeopardyKind, OrderState, Placed, PlacedItem, ProductOrder, ReachedMilestone,
};
use order_manager::party::CustomerKind;
use order_manager::provisioning::{
    Due, Heard, InventoryChange, Jeopardised, NotTaken, Part, Report, ServiceAction, ServiceOrder, ServiceOrderId,
    ServiceOrderState, Told, due, in_place, service_orders, take,
};
use order_manager::telephone::TelephoneNumber;
use order_manager::text::Text;
use order_manager::value::Value;

use crate::dice::Dice;
use crate::fixtures::{answers, calls, choice, in_service, line, now, order_in, usd};
use crate::small::SMALL;
use crate::world::{REPOSITORY, is, item_id};

/// How many histories are played.
const HISTORIES: u64 = 10_000;

const BOTH: [ItemState; 2] = [ItemState::Acknowledged, ItemState::Acknowledged];

fn placed(order: &ProductOrder) -> &Placed {
    match order.content() {
        Content::Placed(placed) => placed,
        Content::Draft(_) => panic!("a draft"),
    }
}

/// An order of these offerings of the repository's catalogue, with these actions.
fn order_of(items: &[(&str, Action)]) -> Placed {
    let order = order_in(OrderState::Acknowledged, &BOTH);
    let one = placed(&order).items[0].clone();
    let item = |(number, (offering, action)): (usize, &(&str, Action))| PlacedItem {
        id: item_id(number + 1),
        offering: is(offering),
        action: action.clone(),
        ..one.clone()
    };
    Placed { items: items.iter().enumerate().map(item).collect(), ..placed(&order).clone() }
}

/// Service orders by what they are for: offering, action, and the offerings they come after.
fn told(order: &Placed, catalogue: &Catalogue) -> Vec<(String, ServiceAction, Vec<String>)> {
    let offering = |id: &ServiceOrderId| {
        let item = order.items.iter().find(|item| item.id == id.item).expect("the item");
        format!("{}{}", item.offering, if id.part == Part::Left { " left" } else { "" })
    };
    let said = |one: ServiceOrder| (offering(&one.id), one.action, one.after.iter().map(offering).collect());
    service_orders(order, catalogue).into_iter().map(said).collect()
}

#[test]
fn what_carries_comes_first_and_what_ends_does_so_the_other_way_round() {
    let product = |offering: &str| order_manager::party::Product { offering: is(offering), ..in_service() };
    let end = |offering: &'static str| (offering, Action::Disconnect(product(offering)));
    let add = |offering: &'static str| (offering, Action::Add);
    let row =
        |offering: &str, action, after: &[&str]| (offering.to_owned(), action, after.iter().map(ToString::to_string).collect());
    let brought = order_of(&[add("sip-trunk"), add("dedicated-internet")]);
    assert_eq!(
        told(&brought, &REPOSITORY),
        [row("dedicated-internet", ServiceAction::Add, &[]), row("sip-trunk", ServiceAction::Add, &["dedicated-internet"]),]
    );
    let ended = order_of(&[end("dedicated-internet"), end("sip-trunk")]);
    assert_eq!(
        told(&ended, &REPOSITORY),
        [row("sip-trunk", ServiceAction::Delete, &[]), row("dedicated-internet", ServiceAction::Delete, &["sip-trunk"]),]
    );
    let from = brought.place.address.clone();
    let moved = order_of(&[("business-line", Action::Move { product: product("business-line"), from })]);
    assert_eq!(
        told(&moved, &REPOSITORY),
        [row("business-line", ServiceAction::Add, &[]), row("business-line left", ServiceAction::Delete, &["business-line"]),]
    );
    let changed = order_of(&[("business-line", Action::Modify(product("business-line")))]);
    assert_eq!(told(&changed, &REPOSITORY), [row("business-line", ServiceAction::Modify, &[])]);
}

#[test]
fn every_offering_comes_to_one_service_order_and_none_waits_for_itself_in_the_end() {
    let every: Vec<OfferingId> = REPOSITORY.offerings.iter().map(|offering| offering.id.clone()).collect();
    let items: Vec<_> = every.iter().map(|id| (id.as_str(), Action::Add)).collect();
    let order = order_of(&items);
    let all = service_orders(&order, &REPOSITORY);
    assert_eq!(all.len(), every.len());
    assert_eq!(all, service_orders(&order, &REPOSITORY), "the same each time");
    let mut done: Vec<ServiceOrderId> = vec![];
    while done.len() < all.len() {
        let next = all.iter().find(|one| !done.contains(&one.id) && one.after.iter().all(|id| done.contains(id)));
        done.push(next.expect("something that waits for nothing that is not done").id);
    }
}

#[test]
fn an_id_reads_as_it_is_written_and_nothing_else_does() {
    let id = ServiceOrderId { order: order_in(OrderState::Acknowledged, &BOTH).id(), item: line(), part: Part::Left };
    assert_eq!(id.to_string().parse(), Ok(id));
    for other in ["", ".", "a.b.here", &format!("{id}.x"), &id.to_string().replace("left", "there")] {
        assert!(other.parse::<ServiceOrderId>().is_err(), "{other}");
    }
}

/// Where each state of a service order can lead, whatever is between: a row a state, in the order of [`ServiceOrderState::ALL`].
#[rustfmt::skip]
const LEADS: [[u8; 11]; 11] = [
    //  ack rej pen held run can com fai par ass pca
    [   0,  1,  1,  1,   1,  1,  1,  1,  1,  1,  1],   // acknowledged
    [   0,  0,  0,  0,   0,  0,  0,  0,  0,  0,  0],   // rejected
    [   0,  0,  1,  1,   1,  1,  1,  1,  1,  1,  1],   // pending
    [   0,  0,  1,  1,   1,  1,  1,  1,  1,  1,  1],   // held
    [   0,  0,  1,  1,   1,  1,  1,  1,  1,  1,  1],   // inProgress
    [   0,  0,  0,  0,   0,  0,  0,  0,  0,  0,  0],   // cancelled
    [   0,  0,  0,  0,   0,  0,  0,  0,  0,  0,  0],   // completed
    [   0,  0,  0,  0,   0,  0,  0,  0,  0,  0,  0],   // failed
    [   0,  0,  0,  0,   0,  0,  0,  0,  0,  0,  0],   // partial
    [   0,  0,  1,  1,   1,  1,  1,  1,  1,  1,  1],   // assessingCancellation
    [   0,  0,  0,  0,   0,  1,  0,  0,  0,  0,  1],   // pendingCancellation
];

#[test]
fn each_state_of_a_service_order_leads_where_the_table_says_and_a_report_of_another_is_refused() {
    for (from, row) in ServiceOrderState::ALL.into_iter().zip(LEADS) {
        for (to, leads) in ServiceOrderState::ALL.into_iter().zip(row) {
            assert_eq!(from.may_become(to), leads == 1, "{from:?} to {to:?}");
            let order = order_in(OrderState::Acknowledged, &BOTH);
            let of = ServiceOrderId { order: order.id(), item: line(), part: Part::Here };
            let first = Report { id: is("one"), of, at: now(), told: Told::State(from, None) };
            let second = Report { id: is("two"), of, at: now() + 1.minute(), told: Told::State(to, None) };
            let order = take(&order, &[], &first).expect("the first");
            let taken = take(&order, std::slice::from_ref(&first), &second);
            let expected = match (leads, from.is_final()) {
                (1, _) => None,
                (_, true) => Some(NotTaken::Ended),
                // Said twice in a row, it says nothing new.
                _ if from == to => None,
                _ => Some(NotTaken::Impossible),
            };
            assert_eq!(taken.err(), expected, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn states_are_spelled_as_tmf641_spells_them_and_read_back() {
    for state in ServiceOrderState::ALL {
        assert_eq!(ServiceOrderState::named(state.wire_name()), Some(state));
    }
    assert_eq!(ServiceOrderState::named("done"), None);
}

#[test]
fn what_is_due_follows_from_what_was_said_and_heard() {
    let order = order_in(OrderState::Acknowledged, &BOTH);
    let all = service_orders(placed(&order), &SMALL);
    let (of_line, of_calls) = (&all[0], &all[1]);
    assert_eq!((of_line.id.item, of_calls.id.item, &of_calls.after), (line(), calls(), &vec![of_line.id]));
    let unheard = Heard::default();
    assert_eq!(due(&order, of_line, &unheard, &[]), [Due::Send]);
    assert_eq!(due(&order, of_calls, &unheard, &[]), [], "it waits for the line");
    let requested = placed(&order).items[0].requested;
    let sent = Heard { day: Some(requested), ..Heard::default() };
    assert_eq!(due(&order, of_line, &sent, &[]), [], "nothing is sent twice");
    let ended = |state| vec![Report { id: is("end"), of: of_line.id, at: now(), told: Told::State(state, None) }];
    assert_eq!(due(&order, of_calls, &unheard, &ended(ServiceOrderState::Completed)), [Due::Send]);
    assert_eq!(due(&order, of_calls, &unheard, &ended(ServiceOrderState::Failed)), [Due::GiveUp]);
    let asked = decide(&order, Command::AskCancellation, &SMALL, now()).expect("a cancellation");
    assert_eq!(due(&asked, of_line, &sent, &[]), [Due::Cancel]);
    assert_eq!(due(&asked, of_line, &Heard { cancelling: Some(now()), ..sent }, &[]), []);
    assert_eq!(due(&asked, of_calls, &unheard, &[]), [Due::Withdraw]);
}

/// A history of one service order, as its system would tell it: states that follow each other to an end, and the rest in between.
fn history(of: ServiceOrderId, is_cancelled: bool, start: Timestamp, dice: &mut Dice) -> Vec<Report> {
    use ServiceOrderState as S;
    let mut said = vec![Told::State(S::Acknowledged, None)];
    let reason = |dice: &mut Dice| dice.percent(50).then(|| Text::english("So it is."));
    if !is_cancelled && dice.percent(5) {
        said.push(Told::State(S::Rejected, reason(dice)));
    } else {
        said.push(Told::State(S::InProgress, None));
        for _ in 0..dice.below(5) {
            match dice.below(8) {
                0 => said.extend([Told::State(S::Held, reason(dice)), Told::State(S::InProgress, None)]),
                1 => {
                    let (id, text) = (is(&format!("q-{}", dice.below(9))), Text::english("Which?"));
                    said.push(Told::State(S::Pending, None));
                    said.push(Told::Question { id, text, corrects: None });
                    said.push(Told::State(S::InProgress, None));
                }
                2 => said.push(Told::Charge {
                    id: is(&format!("c-{}", dice.below(9))),
                    amount: usd(dice.within(1, 900_000)),
                    why: Text::english("A trench"),
                    answer_by: is("2026-12-24"),
                }),
                3 | 4 => said.push(Told::Day(is(&format!("2026-12-{:02}", 1 + dice.below(28))), reason(dice))),
                5 => said.push(Told::Milestone(is("in-service"))),
                6 => said.push(Told::Jeopardy(JeopardyKind::Weather, Jeopardised::Stands)),
                _ => said.push(Told::Jeopardy(JeopardyKind::Weather, Jeopardised::Passed)),
            }
        }
        let refuses = is_cancelled && dice.percent(30);
        if is_cancelled {
            said.push(Told::State(S::AssessingCancellation, None));
            said.push(Told::State(if refuses { S::InProgress } else { S::PendingCancellation }, None));
        }
        let end = match dice.below(10) {
            _ if is_cancelled && !refuses => S::Cancelled,
            0 | 1 => S::Failed,
            2 if !is_cancelled => S::Cancelled,
            _ => S::Completed,
        };
        if dice.percent(85) {
            said.push(Told::State(end, reason(dice)));
        }
    }
    let mut at = start;
    let report = |(number, told)| {
        // Some things are said in one moment.
        at += i64::try_from(dice.below(3)).expect("few").minutes();
        at += 1.second();
        Report { id: is(&format!("{}-{number:02}", of.item)), of, at, told }
    };
    said.into_iter().enumerate().map(report).collect()
}

/// Hears reports one after the other, as a listener does; a report that came before changes nothing.
fn hear<'a>(order: &ProductOrder, deliveries: impl IntoIterator<Item = &'a Report>) -> ProductOrder {
    let (mut order, mut reports) = (order.clone(), vec![]);
    for report in deliveries {
        match take(&order, &reports, report) {
            Ok(after) => {
                order = after;
                reports.push(report.clone());
            }
            Err(NotTaken::Known) => assert!(reports.contains(report)),
            Err(other) => panic!("{other:?}: {report:?} after {reports:?}"),
        }
    }
    order
}

/// The same reports again: some twice, some late, some dropped at first and sent again, in another order.
fn disturbed(clean: &[Report], dice: &mut Dice) -> Vec<Report> {
    let mut late = BTreeMap::new();
    for (number, report) in clean.iter().enumerate() {
        let times = 1 + usize::from(dice.percent(25));
        for _ in 0..times {
            let delay = if dice.percent(40) { dice.below(clean.len() + 1) } else { 0 };
            late.insert((number + delay, dice.next()), report.clone());
        }
    }
    late.into_values().collect()
}

#[test]
fn however_reports_are_delivered_the_order_ends_as_in_the_clean_history() {
    let mut ends = BTreeMap::<&str, usize>::new();
    for seed in 0..HISTORIES {
        let mut dice = Dice::new(seed);
        let mut order = order_in(OrderState::Acknowledged, &BOTH);
        let is_cancelled = dice.percent(30);
        if is_cancelled {
            order = decide(&order, Command::AskCancellation, &SMALL, now()).expect("a cancellation");
        }
        let mut clean: Vec<_> = [line(), calls()]
            .into_iter()
            .flat_map(|item| {
                let of = ServiceOrderId { order: order.id(), item, part: Part::Here };
                history(of, is_cancelled, now() + 1.minute(), &mut dice)
            })
            .collect();
        clean.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        let expected = hear(&order, &clean);
        let deliveries = disturbed(&clean, &mut dice);
        let heard = hear(&order, &deliveries);
        assert_eq!(heard.state(), expected.state(), "seed {seed}: {deliveries:#?}");
        assert_eq!(heard, expected, "seed {seed}");
        *ends.entry(expected.state().wire_name()).or_default() += 1;
    }
    let reached = ["completed", "partial", "failed", "cancelled", "inProgress"];
    assert!(reached.iter().all(|state| ends.get(state).is_some_and(|count| *count > 100)), "{ends:?}");
}

#[test]
fn what_is_said_of_what_the_order_does_not_have_or_of_what_ended_is_not_taken() {
    let order = order_in(OrderState::Acknowledged, &BOTH);
    let of = ServiceOrderId { order: order.id(), item: line(), part: Part::Here };
    let report = |id: &str, of, minutes: i64, told| Report { id: is(id), of, at: now() + minutes.minutes(), told };
    let state = |state| Told::State(state, None);
    let elsewhere = ServiceOrderId { part: Part::Left, ..of };
    let nobody = ServiceOrderId { item: item_id(99), ..of };
    for unknown in [elsewhere, nobody] {
        let said = report("a", unknown, 0, state(ServiceOrderState::InProgress));
        assert_eq!(take(&order, &[], &said), Err(NotTaken::Unknown));
    }
    let draft = order_in(OrderState::Draft, &BOTH);
    assert_eq!(take(&draft, &[], &report("a", of, 0, state(ServiceOrderState::InProgress))), Err(NotTaken::Unknown));
    let done = report("b", of, 5, state(ServiceOrderState::Completed));
    let order = take(&order, &[], &done).expect("done");
    let again = take(&order, std::slice::from_ref(&done), &done);
    assert_eq!(again, Err(NotTaken::Known));
    let after = report("c", of, 6, Told::Milestone(is("in-service")));
    assert_eq!(take(&order, std::slice::from_ref(&done), &after), Err(NotTaken::Ended));
    let before = report("d", of, 4, Told::Milestone(is("in-service")));
    let order = take(&order, &[done], &before).expect("what was said before the end comes late");
    assert_eq!(placed(&order).items[0].milestones.last().and_then(|milestone| milestone.reached), Some(before.at));
}

#[test]
fn a_number_that_is_given_up_rests_as_long_as_the_catalogue_says_and_one_that_is_kept_does_not() {
    let product = |number: Option<&str>| order_manager::party::Product { number: number.map(is), ..in_service() };
    let aging = REPOSITORY.number_aging;
    assert_eq!((aging.residential, aging.business), (90, 365));
    let rests = |kind: CustomerKind, action: Action, number: Option<&str>| {
        let mut before = order_of(&[("business-line", action)]);
        before.ordered_for.kind = kind;
        before.items[0].number = number.map(is);
        before.items[0].state = ItemState::InProgress;
        let mut after = before.clone();
        after.items[0].state = ItemState::Completed;
        let order = |order| ProductOrder::InProgress(InProgress { order, since: now() });
        let changes = in_place(&order(before), &order(after), &REPOSITORY, now());
        let rest = changes.into_iter().find_map(|change| match change {
            InventoryChange::Rest { number, until, .. } => Some((number, until)),
            InventoryChange::Put(_) | InventoryChange::Remove(_) => None,
        });
        rest.map(|(number, until)| (number.digits(), until.duration_since(now()).as_hours() / 24))
    };
    let (old, new) = (Some("404 555 0101"), Some("404 555 0102"));
    let from = order_of(&[]).place.address;
    let (home, business) = (CustomerKind::Residential, CustomerKind::Business);
    let resting = |days: i64| Some((is::<TelephoneNumber>("404 555 0101").digits(), days));
    assert_eq!(rests(business, Action::Disconnect(product(old)), None), resting(365));
    assert_eq!(rests(home, Action::Disconnect(product(old)), None), resting(90));
    assert_eq!(rests(home, Action::Disconnect(product(None)), None), None);
    assert_eq!(rests(home, Action::Modify(product(old)), new), resting(90), "it has another one now");
    assert_eq!(rests(home, Action::Modify(product(old)), old), None, "it keeps it");
    assert_eq!(rests(home, Action::Move { product: product(old), from: from.clone() }, new), resting(90));
    assert_eq!(rests(home, Action::Suspend(product(old)), old), None, "it comes back");
}

#[test]
fn an_answer_that_decides_nothing_else_can_be_another_until_the_point_of_no_return_and_is_told_once() {
    let order = |change: &dyn Fn(&mut Placed)| {
        let mut order = order_of(&[("broadband-internet", Action::Add)]);
        order.items[0].answers = answers(&[("installation", choice("technician"))]);
        change(&mut order);
        ProductOrder::InProgress(InProgress { order, since: now() })
    };
    let open = order(&|_| ());
    let item = placed(&open).items[0].id;
    let amended = |order: &ProductOrder, question: &str, answer: Option<Value>| {
        let agreed = Agreed::Shown(Box::new(placed(order).price.clone()));
        let wish = Wish::Amend { item, answers: vec![(is(question), answer)], products: vec![], agreed };
        decide(order, Command::Wish(wish), &REPOSITORY, now() + 1.hour())
    };
    let place = |text: &str| Some(Value::Text(text.into()));
    assert_eq!(amended(&open, "term", Some(Value::Choice(is("24-months")))), Err(Refusal::NotAsked), "it is a contract's length");
    assert_eq!(amended(&open, "no-such-question", place("x")), Err(Refusal::NotAsked));
    let after = amended(&open, "equipment-place", place("In the hall")).expect("another answer");
    assert_eq!(placed(&after).items[0].answers.get("equipment-place"), place("In the hall").as_ref());
    assert_eq!(placed(&after).price, placed(&open).price, "it costs nothing");
    assert_eq!(amended(&after, "equipment-place", place("In the hall")).as_ref(), Ok(&after), "as before, it is nothing new");

    let service_order = &service_orders(placed(&after), &REPOSITORY)[0];
    let at = placed(&after).items[0].on_the_way.amended.expect("when");
    let heard = |amended| Heard { day: Some(placed(&after).items[0].requested), amended, ..Heard::default() };
    assert_eq!(due(&after, service_order, &heard(None), &[]), [Due::Amend(at)]);
    assert_eq!(due(&after, service_order, &heard(Some(at)), &[]), []);
    let report = Report {
        id: is("r-1"),
        of: service_order.id,
        at: now() + 2.hours(),
        told: Told::State(ServiceOrderState::InProgress, None),
    };
    let followed = take(&after, &[], &report).expect("a report that fits");
    assert_eq!(placed(&followed).items[0].on_the_way.amended, Some(at), "what is said of it changes nothing about that");

    let past = order(&|order| {
        let of_no_return = |milestone: &&mut ReachedMilestone| milestone.recall == Recall::Impossible;
        order.items[0].milestones.iter_mut().find(of_no_return).expect("a point of no return").reached = Some(now());
    });
    assert_eq!(amended(&past, "equipment-place", place("In the hall")), Err(Refusal::TooLate(item)));
}
