//! What each command makes of an order: given an order, when it is commanded, then it is this order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use order_manager::calendar::company_day;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Saving, begin, decide, price_change};
use order_manager::id::OrderItemId;
use order_manager::inventory::{Hold, Resource};
use order_manager::order::{Action, Draft, DraftItem, ItemState, OrderState, PriceChange, ProductOrder, Visit};
use order_manager::pricing::price;
use order_manager::qualification::can_be_had;
use order_manager::value::{Answers, Value};

use crate::fixtures::{
    act, add, after, answers, at_review, calls, calls_in_service, choice, day, dialog, empty, in_service, installation, line,
    line_page, now, number_of_ours, of_item, order_in, page, pick, port, porting, sign, slot, visit,
};
use crate::publish::{dearer, withdrawn};
use crate::selling;
use crate::small::SMALL;
use crate::states::Event;
use crate::world::{billing, draft_of, is, item_id};

/// A draft, a command, and what it changes in the draft; its price and its time of change apart.
struct Row {
    name: &'static str,
    given: Draft,
    when: Command,
    then: fn(&mut Draft),
}

fn item(id: OrderItemId, offering: &str) -> DraftItem {
    let (answers, saved) = (Answers::new(), BTreeSet::new());
    DraftItem { id, offering: is(offering), action: Action::Add, answers, saved }
}

fn with_a_line() -> Draft {
    after(empty("midtown"), [add(line(), "line"), line_page("new", "plain", true)])
}

/// A line whose new number is picked, beside one that is to bring the same number along.
fn beside() -> Draft {
    let first = [add(line(), "line"), line_page("new", "plain", true), pick("404 872 0199"), add(item_id(2), "line")];
    let second = [line_page("old", "plain", true), port(true)].map(|command| of_item(item_id(2), command));
    after(empty("midtown"), first.into_iter().chain(second))
}

fn rows() -> Vec<Row> {
    let row = |name, given, when, then| Row { name, given, when, then };
    let so_far = |given: &[(&str, Value)]| Command::Answer {
        item: line(),
        asked: Asked::OnPage,
        answers: answers(given),
        hold: None,
        saving: Saving::SoFar,
    };
    vec![
        row("an offering is added", empty("midtown"), add(line(), "line"), |draft| draft.items.push(item(line(), "line"))),
        row(
            "items stand in the order of the catalogue, not in that in which they were added",
            with_a_line(),
            add(item_id(2), "internet"),
            |draft| draft.items.insert(0, item(item_id(2), "internet")),
        ),
        row("a second click adds nothing", with_a_line(), add(line(), "calls"), |_| {}),
        row(
            "a service in place is changed: it begins with what it has, and its dialogs are answered",
            Draft { in_service: vec![in_service()], ..empty("midtown") },
            act(Action::Modify(in_service())),
            |draft| {
                let dialogs = ["new-number", "old-number"].map(|dialog| Asked::InDialog(is(dialog)));
                let (action, answers) = (Action::Modify(in_service()), in_service().answers);
                draft.items.push(DraftItem { action, answers, saved: dialogs.into(), ..item(item_id(3), "line") });
            },
        ),
        row(
            "a service in place is to end, and it is asked what the change asks",
            Draft { in_service: vec![in_service()], ..empty("midtown") },
            act(Action::Disconnect(in_service())),
            |draft| draft.items.push(DraftItem { action: Action::Disconnect(in_service()), ..item(item_id(3), "line") }),
        ),
        row("an item is taken out, and its signatures with it", porting(), Command::RemoveItem(line()), |draft| {
            draft.items.clear();
            draft.authorisations.clear();
        }),
        row("an item's number goes with it, the appointment stays", at_review(), Command::RemoveItem(line()), |draft| {
            draft.items.retain(|item| item.id == calls());
            draft.holds.retain(|hold| matches!(hold.resource, Resource::Slot(_)));
        }),
        row(
            "a page is answered whole",
            after(empty("midtown"), [add(line(), "line")]),
            line_page("new", "fast", true),
            |draft| {
                let given = [
                    ("term", choice("12-months")),
                    ("number", choice("new")),
                    ("grade", choice("fast")),
                    ("jack", Value::Boolean(true)),
                ];
                draft.items[0].answers = answers(&given);
                draft.items[0].saved.insert(Asked::OnPage);
            },
        ),
        row(
            "a page is answered as far as it was typed, and is not saved for that",
            after(empty("midtown"), [add(line(), "line")]),
            so_far(&[("grade", choice("plain"))]),
            |draft| draft.items[0].answers = answers(&[("grade", choice("plain"))]),
        ),
        row("an answer that is left out is taken back", with_a_line(), so_far(&[("number", choice("new"))]), |draft| {
            draft.items[0].answers = answers(&[("number", choice("new"))]);
        }),
        row(
            "answers to questions that no longer apply stay, for choosing back",
            porting(),
            line_page("new", "plain", true),
            |draft| {
                draft.items[0].answers.insert(is("number"), choice("new"));
            },
        ),
        row("a number is picked and held", with_a_line(), pick("404 872 0100"), |draft| {
            draft.items[0].answers.insert(is("our-number"), Value::Telephone(is("404 872 0100")));
            draft.items[0].saved.insert(Asked::InDialog(is("new-number")));
            draft.holds.push(Hold { resource: number_of_ours("404 872 0100"), until: now() + 30.minutes() });
        }),
        row(
            "another number is picked, and the one before is given back",
            after(with_a_line(), [pick("404 872 0100")]),
            pick("404 872 0101"),
            |draft| {
                draft.items[0].answers.insert(is("our-number"), Value::Telephone(is("404 872 0101")));
                draft.holds = vec![Hold { resource: number_of_ours("404 872 0101"), until: now() + 30.minutes() }];
            },
        ),
        row(
            "an item is taken out that names another's number, and that stays held",
            beside(),
            Command::RemoveItem(item_id(2)),
            |draft| {
                draft.items.remove(1);
            },
        ),
        row(
            "an item that named another's number gets one of its own, and the other's stays held",
            after(beside(), [of_item(item_id(2), line_page("new", "plain", true))]),
            of_item(item_id(2), pick("404 872 0101")),
            |draft| {
                draft.items[1].answers.insert(is("our-number"), Value::Telephone(is("404 872 0101")));
                draft.items[1].saved.insert(Asked::InDialog(is("new-number")));
                draft.holds.push(Hold { resource: number_of_ours("404 872 0101"), until: now() + 30.minutes() });
            },
        ),
        row("a letter is signed", Draft { authorisations: BTreeMap::new(), ..porting() }, sign(&porting()), |draft| {
            draft.authorisations = porting().authorisations;
        }),
        row("nobody has to come, and a day is asked for", with_a_line(), day("2026-11-25"), |draft| {
            draft.installation = Some(installation(Visit::None { requested: is("2026-11-25") }));
        }),
        row("another appointment is made, and the one before is given back", at_review(), visit("2026-12-03"), |draft| {
            draft.installation = Some(installation(Visit::Technician(slot("2026-12-03"))));
            draft.holds.retain(|hold| !matches!(hold.resource, Resource::Slot(_)));
            draft.holds.push(Hold { resource: Resource::Slot(slot("2026-12-03")), until: now() + 30.minutes() });
        }),
        row("an account pays", with_a_line(), Command::Bill(billing()), |draft| draft.billing = Some(billing())),
    ]
}

#[test]
fn a_command_changes_of_a_draft_what_it_says_and_nothing_else() {
    let later = now() + 5.minutes();
    for Row { name, given, when, then } in rows() {
        // Holds begin when they are commanded: the same moment for both.
        let decided =
            decide(&ProductOrder::Draft(given.clone()), when, &SMALL, later).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        let mut expected = given;
        then(&mut expected);
        expected.priced.price = price(&expected, &SMALL).expect("a price");
        expected.changed = later;
        assert_eq!(draft_of(&decided), Some(&expected), "{name}");
    }
}

#[test]
fn each_command_has_its_row() {
    let commands = rows().into_iter().map(|row| row.when);
    let of_drafts: Vec<_> = commands.flat_map(|command| Event::of(&command)).collect();
    let placed: Vec<_> = progress().into_iter().flat_map(|(_, event, _)| Event::of(&event.command())).collect();
    for event in Event::ALL {
        // Placing has tests of its own, below; what staff do has a file of its own, and so has what is done to an order on its way.
        let is_elsewhere = matches!(event, Event::Place | Event::Wish) || selling::EVENTS.contains(&event);
        let has_row = of_drafts.contains(&event) || placed.contains(&event) || is_elsewhere;
        assert!(has_row, "{event:?} has no row");
    }
}

/// Whether an order says what it is to say.
type Says = fn(&ProductOrder) -> bool;

/// The state of an order, what happens to it, and what the order then says of it, apart from its items.
fn progress() -> Vec<(OrderState, Event, Says)> {
    use ProductOrder as O;
    vec![
        (OrderState::Acknowledged, Event::Start, |order| matches!(order, O::InProgress(order) if order.since == now())),
        (
            OrderState::Acknowledged,
            Event::Reject,
            |order| matches!(order, O::Rejected(order) if order.at == now() && order.reason.in_language("en") == "So it is."),
        ),
        (
            OrderState::InProgress,
            Event::Hold,
            |order| matches!(order, O::Held(order) if order.since == now() && order.reason.in_language("en") == "So it is."),
        ),
        (
            OrderState::InProgress,
            Event::Ask,
            |order| matches!(order, O::Pending(order) if order.since == now() && order.question.in_language("en") == "So it is."),
        ),
        (OrderState::Held, Event::Resume, |order| matches!(order, O::InProgress(order) if order.since == now())),
        (OrderState::Pending, Event::Resume, |order| matches!(order, O::InProgress(order) if order.since == now())),
        // Under way since it began, whatever happens to its items meanwhile.
        (OrderState::InProgress, Event::Reach, |order| matches!(order, O::InProgress(order) if order.since != now())),
        (OrderState::InProgress, Event::Commit, |order| matches!(order, O::InProgress(order) if order.since != now())),
        (OrderState::InProgress, Event::EndsBesideOpen, |order| matches!(order, O::InProgress(order) if order.since != now())),
        (OrderState::InProgress, Event::WorksBesideWorking, |order| matches!(order, O::Completed(order) if order.at == now())),
        (OrderState::InProgress, Event::WorksBesideFailed, |order| matches!(order, O::Partial(order) if order.at == now())),
        (OrderState::InProgress, Event::FailsBesideWorking, |order| matches!(order, O::Partial(order) if order.at == now())),
        (
            OrderState::InProgress,
            Event::FailsBesideFailed,
            |order| matches!(order, O::Failed(order) if order.at == now() && order.reason.in_language("en") == "So it is."),
        ),
        (
            OrderState::InProgress,
            Event::AskCancellation,
            |order| matches!(order, O::AssessingCancellation(order) if order.since == now()),
        ),
        (
            OrderState::AssessingCancellation,
            Event::Grant,
            |order| matches!(order, O::PendingCancellation(order) if order.since == now() && order.charge.minor() == 1_500),
        ),
        (OrderState::AssessingCancellation, Event::Refuse, |order| matches!(order, O::InProgress(order) if order.since == now())),
        (
            OrderState::PendingCancellation,
            Event::Finish,
            |order| matches!(order, O::Cancelled(order) if order.at == now() && order.charge.minor() == 1_500),
        ),
    ]
}

#[test]
fn a_placed_order_says_when_it_came_where_it_is_and_why() {
    for (state, event, says) in progress() {
        let beside = event.beside();
        let before = order_in(state, &[ItemState::InProgress, beside]);
        let after = decide(&before, event.command(), &SMALL, now()).expect("it is in order");
        assert!(says(&after), "{event:?}: {after:#?}");
    }
}

#[test]
fn a_new_catalogue_s_price_is_shown_beside_the_one_before_until_the_order_is_placed() {
    let before = with_a_line();
    let bill = || Command::Bill(billing());
    let [second, third] = [dearer(&SMALL, 100), dearer(&dearer(&SMALL, 100), 100)];
    let decided = decide(&ProductOrder::Draft(before.clone()), bill(), &second, now()).expect("accepted");
    let change = draft_of(&decided).and_then(|draft| draft.price_change.clone());
    let now_costs = |catalogue| price(&before, catalogue).expect("a price");
    assert_eq!(change, Some(PriceChange { before: before.priced.price.clone(), after: now_costs(&second) }));

    let again = decide(&decided, bill(), &third, now()).expect("accepted");
    let change = draft_of(&again).and_then(|draft| draft.price_change.clone());
    assert_eq!(change, Some(PriceChange { before: before.priced.price.clone(), after: now_costs(&third) }), "what was last seen");

    let unchanged = decide(&again, bill(), &third, now()).expect("accepted");
    assert_eq!(draft_of(&unchanged).and_then(|draft| draft.price_change.clone()), change);
}

#[test]
fn what_is_taken_out_of_an_order_is_not_compared_with_before() {
    let (before, second) = (at_review(), dearer(&SMALL, 100));
    let lines_of = |catalogue, item| -> Vec<_> { price(&before, catalogue).expect("a price").of_item(item).cloned().collect() };
    let decided = decide(&ProductOrder::Draft(before.clone()), Command::RemoveItem(line()), &second, now()).expect("accepted");
    let change = draft_of(&decided).and_then(|draft| draft.price_change.clone()).expect("the calls are dearer");
    assert_eq!((change.before.lines, change.after.lines), (lines_of(&SMALL, calls()), lines_of(&second, calls())));

    // Where only what is taken out is another price, nothing is left to compare.
    let mut without = SMALL.clone();
    without.version = second.version;
    without.offerings.retain(|offering| offering.id != is("calls"));
    let order = ProductOrder::Draft(before.clone());
    let shown = price_change(&before, &without).expect("a price").expect("the calls cost nothing any more");
    assert!(shown.after.lines.iter().all(|line| line.item != calls()));
    let decided = decide(&order, Command::RemoveItem(calls()), &without, now()).expect("accepted");
    assert_eq!(draft_of(&decided).and_then(|draft| draft.price_change.clone()), None);
}

#[test]
fn an_item_can_be_had_while_its_offering_is_sold_and_a_service_can_end_whenever() {
    let (draft, today) = (at_review(), company_day(now()));
    let had = |catalogue: &Catalogue, item| can_be_had(&draft, draft.item(item).expect("an item"), catalogue, today);
    let until = |days: i64| withdrawn(&SMALL, "calls", today.saturating_add(days.days()));
    assert!(had(&SMALL, line()) && had(&SMALL, calls()) && had(&until(0), calls()));
    assert!(!had(&until(-1), calls()) && had(&until(-1), line()));
    let mut gone = SMALL.clone();
    gone.offerings.retain(|offering| offering.id != is("calls"));
    assert!(!had(&gone, calls()) && had(&gone, line()));

    let ending = Draft { in_service: vec![calls_in_service()], ..empty("midtown") };
    let ending = after(ending, [act(Action::Disconnect(calls_in_service()))]);
    assert!(ending.items.iter().all(|item| can_be_had(&ending, item, &gone, today)), "what is not sold any more can end");
}

#[test]
fn a_draft_begins_with_what_is_wanted_or_not_at_all() {
    let wanted = |offerings: &[&str]| (1..).map(item_id).zip(offerings.iter().map(|id| is(id))).collect::<Vec<_>>();
    let begun = begin(empty("midtown"), wanted(&["line", "calls"]), &SMALL, now()).expect("begun");
    let by_adding = after(empty("midtown"), [add(line(), "line"), add(calls(), "calls")]);
    assert_eq!(draft_of(&begun), Some(&by_adding));
    assert!(begin(empty("midtown"), wanted(&["line", "later"]), &SMALL, now()).is_err());
}

#[test]
fn a_dialog_that_is_answered_does_not_save_the_page() {
    let draft = after(empty("midtown"), [add(line(), "line")]);
    let command = dialog("new-number", &[], None);
    let Command::Answer { item, asked, answers, hold, .. } = command else { unreachable!("it is an answer") };
    let so_far = Command::Answer { item, asked, answers, hold, saving: Saving::SoFar };
    assert!(after(draft, [so_far, page_so_far()]).items[0].saved.is_empty());
}

fn page_so_far() -> Command {
    match page(line(), &[]) {
        Command::Answer { item, asked, answers, hold, .. } => {
            Command::Answer { item, asked, answers, hold, saving: Saving::SoFar }
        }
        other => other,
    }
}
