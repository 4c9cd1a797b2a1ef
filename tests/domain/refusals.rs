//! What is refused, and why: given an order, when it is commanded, then this is the refusal.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};
use order_manager::authorisation::AuthorisationKey;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, MOST_ITEMS, Progress, Refusal, Saving, decide};
use order_manager::entered::{FieldError, Reason};
use order_manager::id::Version;
use order_manager::journey::Step;
use order_manager::money::MoneyError;
use order_manager::order::{Draft, OrderState, PriceChange, ProductOrder, Signature};
use order_manager::pricing::price;
use order_manager::qualification::Availability;
use order_manager::text::Text;
use order_manager::value::{Answers, Value};

use crate::fixtures::{
    add, after, answers, at_review, calls, choice, day, dialog, empty, line, line_page, now, page, pick, placing, port, porting,
    sign, visit,
};
use crate::publish::{dearer, without_option};
use crate::small::SMALL;
use crate::world::{billing, is, item_id};

/// A draft, a command, and why it is refused.
struct Row {
    name: &'static str,
    given: Draft,
    when: Command,
    then: Refusal,
    /// Under this catalogue, at this time.
    under: Catalogue,
    at: Timestamp,
}

fn row(name: &'static str, given: Draft, when: Command, then: Refusal) -> Row {
    Row { name, given, when, then, under: SMALL.clone(), at: now() }
}

/// The number of refusals there are. `number_of` says which has which.
pub(crate) const REFUSALS: usize = 14;

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
    }
}

fn place(draft: &Draft) -> Command {
    Command::Place(placing(draft))
}

fn with_a_line() -> Draft {
    after(empty("midtown"), [add(line(), "line")])
}

fn fields(errors: &[(&str, Reason)]) -> Refusal {
    Refusal::Fields(errors.iter().map(|(field, reason)| FieldError::new(*field, reason.clone())).collect())
}

fn so_far(given: &[(&str, Value)]) -> Command {
    Command::Answer { item: line(), asked: Asked::OnPage, answers: answers(given), hold: None, saving: Saving::SoFar }
}

fn adding() -> Vec<Row> {
    let not_available = |offering, why| Refusal::NotAvailable(is(offering), why);
    let of_a_household = |mut draft: Draft| {
        draft.ordered_for.kind = order_manager::party::CustomerKind::Residential;
        draft
    };
    let elsewhere = |mut draft: Draft| {
        draft.place.address.zip = is("99501");
        draft
    };
    let full = after(empty("midtown"), (1..=MOST_ITEMS).map(|number| add(item_id(number), "line")));
    vec![
        row("nobody sells it", empty("midtown"), add(line(), "nonsense"), Refusal::NoSuchOffering),
        row("not served", elsewhere(empty("midtown")), add(line(), "line"), not_available("line", Availability::AreaNotServed)),
        row("no network", empty("macon"), add(line(), "internet"), not_available("internet", Availability::NoNetwork)),
        row(
            "not for this customer",
            of_a_household(empty("midtown")),
            add(line(), "internet"),
            not_available("internet", Availability::NotForThisCustomer),
        ),
        row("not sold yet", empty("midtown"), add(line(), "later"), not_available("later", Availability::NotSold)),
        row(
            "excluded by what is added",
            after(empty("midtown"), [add(line(), "rival")]),
            add(item_id(2), "internet"),
            Refusal::Excluded(is("rival")),
        ),
        row(
            "excluded by what is there already",
            after(empty("midtown"), [add(line(), "internet")]),
            add(item_id(2), "rival"),
            Refusal::Excluded(is("internet")),
        ),
        row("one too many", full, add(item_id(500), "line"), Refusal::TooManyItems),
        row("not there to be taken out", with_a_line(), Command::RemoveItem(item_id(9)), Refusal::NoSuchItem),
    ]
}

fn answering() -> Vec<Row> {
    let missing = |ids: &[&'static str]| fields(&ids.iter().map(|id| (*id, Reason::Missing)).collect::<Vec<_>>());
    let because = |text| Reason::Unavailable(Text::english(text));
    let rule = |text| Reason::Rule(Text::english(text));
    let in_macon = after(empty("macon"), [add(line(), "line")]);
    let two_lines = after(
        empty("midtown"),
        [add(line(), "line"), add(item_id(2), "line"), line_page("new", "plain", true), pick("404 872 0100")],
    );
    let of_the_other = |command| match command {
        Command::Answer { asked, answers, hold, saving, .. } => {
            Command::Answer { item: item_id(2), asked, answers, hold, saving }
        }
        other => other,
    };
    let two_lines = after(two_lines, [of_the_other(line_page("new", "plain", true))]);
    let unasked_dialog = Command::Answer {
        item: line(),
        asked: Asked::InDialog(is("nonsense")),
        answers: Answers::new(),
        hold: None,
        saving: Saving::Whole,
    };
    vec![
        row("everything is missing", with_a_line(), page(line(), &[]), missing(&["term", "number", "grade", "jack"])),
        row("no fiber", in_macon, so_far(&[("grade", choice("fast"))]), fields(&[("grade", because("No fiber."))])),
        row(
            "not with that answer",
            with_a_line(),
            so_far(&[("number", choice("new")), ("grade", choice("old-fashioned"))]),
            fields(&[("grade", because("Not with a new number."))]),
        ),
        row(
            "a rule is broken",
            with_a_line(),
            so_far(&[("grade", choice("plain")), ("phones", Value::Integer(5))]),
            fields(&[("phones", rule("Too many telephones."))]),
        ),
        row(
            "a rule is broken in a dialog",
            after(with_a_line(), [line_page("old", "old-fashioned", true)]),
            port(true),
            fields(&[("own-name", rule("Not in your own name."))]),
        ),
        row(
            "another line of the order has that number",
            two_lines,
            of_the_other(pick("404 872 0100")),
            fields(&[("our-number", Reason::Taken)]),
        ),
        row("another page's question", with_a_line(), so_far(&[("company", Value::Text("Old Bell".into()))]), Refusal::NotAsked),
        row("nobody's question", with_a_line(), so_far(&[("nonsense", Value::Boolean(true))]), Refusal::NotAsked),
        row("a dialog there is not", with_a_line(), unasked_dialog, Refusal::NotAsked),
        row("of an item there is not", empty("midtown"), page(line(), &[]), Refusal::NoSuchItem),
        row("of a service there is no more", with_a_line(), page(line(), &[]), Refusal::NoSuchOffering)
            .under(Catalogue { offerings: vec![], ..SMALL.clone() }),
    ]
}

fn signing_and_scheduling() -> Vec<Row> {
    let Command::Sign(key, signature) = sign(&porting()) else { unreachable!("it is a signature") };
    let other_text = Signature { text_sha256: "0".repeat(64).into(), ..signature.clone() };
    let other_letter = AuthorisationKey { letter: is("nonsense"), ..key.clone() };
    let too_early = |field, day| fields(&[(field, Reason::TooEarly(is(day)))]);
    let holiday = |field| fields(&[(field, Reason::Said("not-a-business-day"))]);
    vec![
        row("another text", porting(), Command::Sign(key.clone(), other_text), Refusal::LetterChanged),
        row("another letter", porting(), Command::Sign(other_letter, signature.clone()), Refusal::LetterChanged),
        row("not needed", at_review(), Command::Sign(key, signature), Refusal::LetterChanged),
        row("before the first day of a technician", at_review(), visit("2026-11-30"), too_early("slot", "2026-12-01")),
        row("before the first day without one", porting(), day("2026-11-24"), too_early("requested", "2026-11-25")),
        row("on a Saturday", at_review(), visit("2026-12-05"), holiday("slot")),
        row("on a holiday", porting(), day("2026-11-26"), holiday("requested")),
        row("nobody has to come", porting(), visit("2026-12-04"), Refusal::NotAsked),
        row("somebody has to come", at_review(), day("2026-12-04"), Refusal::NotAsked),
    ]
}

fn placing_them() -> Vec<Row> {
    let draft = at_review;
    let not_yet = Refusal::NotYet;
    let unsigned = Draft { signatures: crate::fixtures::unsigned(), ..porting() };
    let key = porting().signatures.into_keys().next().expect("a letter");
    let dialog_open = after(with_a_line(), [line_page("new", "plain", true)]);
    let rule_broken = after(
        empty("midtown"),
        [add(line(), "line"), line_page("old", "plain", true), port(true), line_page("old", "old-fashioned", true)],
    );
    let slower = after(porting(), [day("2026-11-25"), Command::Bill(billing()), add(calls(), "calls")]);
    let slower = after(slower, [page(calls(), &[("minutes", choice("few"))]), line_page("old", "fast", true)]);
    let under_the_next = dearer(&SMALL, 100);
    let mut of_old_terms = placing(&draft());
    of_old_terms.terms = Version("2025".into());
    let changed = PriceChange {
        before: price(&draft(), &SMALL).expect("a price"),
        after: price(&draft(), &under_the_next).expect("a price"),
    };
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
        row("it is sold no more", draft(), place(&draft()), Refusal::NotAvailable(is("line"), Availability::NotSold))
            .under(crate::publish::withdrawn(&SMALL, "line", is("2026-11-01"))),
        row("it is gone from the catalogue", draft(), place(&draft()), Refusal::NoSuchOffering)
            .under(Catalogue { offerings: vec![], ..SMALL.clone() }),
        row("the price is another", draft(), place(&draft()), Refusal::PriceChanged(Box::new(changed))).under(under_the_next),
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

impl Row {
    fn under(self, catalogue: Catalogue) -> Self {
        Self { under: catalogue, ..self }
    }

    fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }
}

fn rows() -> Vec<Row> {
    [adding(), answering(), signing_and_scheduling(), placing_them(), out_of_place()].into_iter().flatten().collect()
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
