//! What is refused, and why: given an order, when it is commanded, then this is the refusal.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::ToSpan;
use order_manager::catalogue::Catalogue;
use order_manager::decide::{Command, Placing, Progress, Refusal, decide};
use order_manager::id::Version;
use order_manager::journey::Step;
use order_manager::money::MoneyError;
use order_manager::order::{Disclosure, Draft, OrderState, PlacedBy, PriceChange, ProductOrder};
use order_manager::pricing::price;
use order_manager::qualification::Availability;
use order_manager::value::Value;

use crate::fixtures::{
    add, after, at_review, calls, choice, consent, day, dialog, empty, line, line_page, now, of_item, page, pick, placing, port,
    porting, staff_member,
};
use crate::publish::{dearer, labelled, withdrawn, without_option};
use crate::refused::{Row, of_drafts, place, row, with_a_line};
use crate::selling;
use crate::small::SMALL;
use crate::world::{billing, is, item_id};
use crate::{amending, on_the_way};

/// The number of refusals there are. `number_of` says which has which.
pub(crate) const REFUSALS: usize = 31;

/// The numbers of what only staff are refused.
pub(crate) const OF_STAFF: Range<usize> = 18..27;

/// The numbers of what is refused of an order on its way.
pub(crate) const ON_THE_WAY: Range<usize> = 27..REFUSALS;

/// A refusal's number: each has one, and each number has a row in a table below.
pub(crate) const fn number_of(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::NotInState(_) => 0,
        Refusal::NotYet(_) => 1,
        Refusal::NoSuchItem => 2,
        Refusal::NoSuchOffering => 3,
        Refusal::NotAvailable(..) => 4,
        Refusal::Excluded(_) => 5,
        Refusal::TooManyItems => 6,
        Refusal::Fields(_) => 7,
        Refusal::NotAsked => 8,
        Refusal::LetterChanged => 9,
        Refusal::NotCarried(_) => 10,
        Refusal::PriceChanged(_) => 11,
        Refusal::TermsChanged => 12,
        Refusal::Money(_) => 13,
        Refusal::NoSuchService => 14,
        Refusal::ActedOn(_) => 15,
        Refusal::StillNeeded(..) => 16,
        Refusal::Twice(_) => 17,
        Refusal::NotYetVerified => 18,
        Refusal::NotTold(_) => 19,
        Refusal::NotTheirDuty => 20,
        Refusal::TheirOwn => 21,
        Refusal::NothingToApprove => 22,
        Refusal::NotApproved(_) => 23,
        Refusal::NotNegotiable(_) => 24,
        Refusal::QuoteExpired => 25,
        Refusal::TooManyRounds => 26,
        Refusal::TooLate(_) => 27,
        Refusal::NotThatDay => 28,
        Refusal::Decided => 29,
        Refusal::AgreedOtherwise => 30,
    }
}

fn placing_them() -> Vec<Row> {
    let draft = at_review;
    let not_yet = Refusal::NotYet;
    let unsigned = Draft { authorisations: BTreeMap::new(), ..porting() };
    let key = porting().authorisations.into_keys().next().expect("a letter");
    let dialog_open = after(with_a_line(), [line_page("new", "plain", true)]);
    let rule_broken = after(
        empty("midtown"),
        [add(line(), "line"), line_page("old", "plain", true), port(true), line_page("old", "old-fashioned", true)],
    );
    let slower = after(porting(), [day("2026-11-25"), Command::Bill(billing()), add(calls(), "calls")]);
    let slower = after(slower, [page(calls(), &[("minutes", choice("few"))]), line_page("old", "fast", true)]);
    let twice = after(porting(), [add(item_id(2), "line"), of_item(item_id(2), line_page("new", "plain", true))]);
    let twice = after(twice, [of_item(item_id(2), pick("404 872 0100"))]);
    let under_the_next = dearer(&SMALL, 100);
    let mut of_old_terms = placing(&draft());
    of_old_terms.terms = Version("2025".into());
    let changed = PriceChange {
        before: price(&draft(), &SMALL).expect("a price"),
        after: price(&draft(), &under_the_next).expect("a price"),
    };
    let on_their_word = |told| Placing { by: PlacedBy::Staff(staff_member(), consent(told)), ..placing(&draft()) };
    let untold = Refusal::NotTold(Disclosure::BroadbandLabel);
    vec![
        row("nothing is in it", empty("midtown"), place(&empty("midtown")), not_yet(Step::Services)),
        row("a page is open", with_a_line(), place(&with_a_line()), not_yet(Step::Item(line()))),
        row("a dialog is open", dialog_open.clone(), place(&dialog_open), not_yet(Step::Dialog(line(), is("new-number")))),
        row("a rule is broken since", rule_broken.clone(), place(&rule_broken), not_yet(Step::Dialog(line(), is("old-number")))),
        row("a letter is not signed", unsigned.clone(), place(&unsigned), not_yet(Step::Authorisation(key.clone()))),
        row("a signature is too old", porting(), place(&porting()), not_yet(Step::Authorisation(key)))
            .at(now() + (31 * 24).hours()),
        row("no day", Draft { installation: None, ..porting() }, place(&porting()), not_yet(Step::Installation)),
        row("the day is past", porting(), place(&porting()), not_yet(Step::Installation)).at(now() + (20 * 24).hours()),
        row("the appointment is not held any more", draft(), place(&draft()), not_yet(Step::Dialog(line(), is("new-number"))))
            .at(now() + 31.minutes()),
        row("no account", Draft { billing: None, ..draft() }, place(&draft()), not_yet(Step::Billing)),
        row("an answer is offered no more", slower.clone(), place(&slower), not_yet(Step::Item(line())))
            .under(without_option(&SMALL, "line", "grade", "fast")),
        row(
            "nothing carries it",
            after(draft(), [line_page("new", "plain", false)]),
            place(&draft()),
            Refusal::NotCarried(calls()),
        ),
        row("the same is ordered twice", twice.clone(), place(&twice), Refusal::Twice(vec![is("line")])),
        row("it is sold no more", draft(), place(&draft()), Refusal::NotAvailable(is("line"), Availability::NotSold))
            .under(withdrawn(&SMALL, "line", is("2026-11-01"))),
        row("it is gone from the catalogue", draft(), place(&draft()), Refusal::NoSuchOffering)
            .under(Catalogue { offerings: vec![], ..SMALL.clone() }),
        row("the price is another", draft(), place(&draft()), Refusal::PriceChanged(Box::new(changed))).under(under_the_next),
        row("the customer was not shown the label", draft(), Command::Place(on_their_word(BTreeSet::new())), untold)
            .under(labelled(&SMALL, "line")),
        row("under other terms", draft(), Command::Place(of_old_terms), Refusal::TermsChanged),
    ]
}

fn out_of_place() -> Vec<Row> {
    let elsewhere = || Refusal::NotInState(OrderState::Draft);
    let internet = after(empty("midtown"), [add(line(), "internet")]);
    vec![
        row("not placed yet", at_review(), Command::Progress(Progress::Start), elsewhere()),
        row("nothing to cancel", at_review(), Command::AskCancellation, elsewhere()),
        row(
            "more than can be reckoned",
            internet,
            page(line(), &[("gigabits", Value::Integer(100_000))]),
            Refusal::Money(MoneyError::Overflow),
        ),
    ]
}

fn rows() -> Vec<Row> {
    [of_drafts(), placing_them(), out_of_place()].into_iter().flatten().collect()
}

#[test]
fn what_can_t_be_done_is_refused_and_the_refusal_says_why() {
    for Row { name, given, when, then, under, at } in rows() {
        assert_eq!(decide(&ProductOrder::Draft(given), when, &under, at), Err(then), "{name}");
    }
}

#[test]
fn each_refusal_has_its_row() {
    let numbers: BTreeSet<_> = rows().iter().map(|row| number_of(&row.then)).collect();
    let others = selling::numbers().into_iter().chain(on_the_way::numbers()).chain(amending::numbers());
    let numbers: BTreeSet<_> = numbers.into_iter().chain(others).collect();
    assert_eq!(numbers, (0..REFUSALS).collect());
    let availabilities = rows().into_iter().filter_map(|row| match row.then {
        Refusal::NotAvailable(_, why) => Some(match why {
            Availability::Available => panic!("{}: it is available", row.name),
            Availability::AreaNotServed => 0,
            Availability::NoNetwork => 1,
            Availability::NotForThisCustomer => 2,
            Availability::NotSold => 3,
        }),
        _ => None,
    });
    assert_eq!(availabilities.collect::<BTreeSet<_>>(), (0..4).collect());
}

#[test]
fn each_step_before_review_has_a_row_in_which_an_order_stands_there() {
    let steps: BTreeSet<_> = rows()
        .into_iter()
        .filter_map(|row| match row.then {
            Refusal::NotYet(step) => Some(match step {
                Step::Services => 0,
                Step::Item(_) => 1,
                Step::Dialog(..) => 2,
                Step::Authorisation(_) => 3,
                Step::Installation => 4,
                Step::Billing => 5,
                Step::Review | Step::Track => panic!("{}: nothing is missing", row.name),
            }),
            _ => None,
        })
        .collect();
    assert_eq!(steps, (0..6).collect());
}

#[test]
fn a_dialog_that_does_not_apply_takes_no_whole_answer() {
    let draft = after(with_a_line(), [line_page("old", "plain", true)]);
    let answered = dialog("new-number", &[("our-number", Value::Telephone(is("404 872 0100")))], None);
    assert!(decide(&ProductOrder::Draft(draft), answered, &SMALL, now()).is_err());
}
