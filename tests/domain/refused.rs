//! What is refused of a draft that is being put together: rows for the tables of `refusals`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use order_manager::authorisation::AuthorisationKey;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, MOST_ITEMS, Refusal, Saving};
use order_manager::entered::{FieldError, Reason};
use order_manager::order::{Action, Authorisation, Draft, DraftItem, Signature};
use order_manager::party::{CustomerKind, Product, Standing};
use order_manager::qualification::Availability;
use order_manager::text::Text;
use order_manager::value::{Answers, Value};

use crate::fixtures::{
    act, add, after, answers, at_review, calls_in_service, choice, day, empty, in_service, line, line_page, now, of_item, page,
    pick, placing, port, porting, sign, verification, visit,
};
use crate::small::SMALL;
use crate::world::{is, item_id};

/// A draft, a command, and why it is refused.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) given: Draft,
    pub(crate) when: Command,
    pub(crate) then: Refusal,
    /// Under this catalogue, at this time.
    pub(crate) under: Catalogue,
    pub(crate) at: Timestamp,
}

pub(crate) fn row(name: &'static str, given: Draft, when: Command, then: Refusal) -> Row {
    Row { name, given, when, then, under: SMALL.clone(), at: now() }
}

impl Row {
    pub(crate) fn under(self, catalogue: Catalogue) -> Self {
        Self { under: catalogue, ..self }
    }

    pub(crate) fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }
}

pub(crate) fn place(draft: &Draft) -> Command {
    Command::Place(placing(draft))
}

pub(crate) fn with_a_line() -> Draft {
    after(empty("midtown"), [add(line(), "line")])
}

pub(crate) fn fields(errors: &[(&str, Reason)]) -> Refusal {
    Refusal::Fields(errors.iter().map(|(field, reason)| FieldError::new(*field, reason.clone())).collect())
}

pub(crate) fn so_far(given: &[(&str, Value)]) -> Command {
    Command::Answer { item: line(), asked: Asked::OnPage, answers: answers(given), hold: None, saving: Saving::SoFar }
}

/// Every refusal of a change.
pub(crate) fn of_drafts() -> Vec<Row> {
    [adding(), acting(), answering(), signing_and_scheduling()].into_iter().flatten().collect()
}

fn adding() -> Vec<Row> {
    let not_available = |offering, why| Refusal::NotAvailable(is(offering), why);
    let of_a_household = |mut draft: Draft| {
        draft.ordered_for.kind = CustomerKind::Residential;
        draft
    };
    let elsewhere = |mut draft: Draft| {
        draft.place.address.zip = is("99501");
        draft
    };
    let mut full = with_a_line();
    let one = full.items[0].clone();
    full.items = (1..=MOST_ITEMS).map(|number| DraftItem { id: item_id(number), ..one.clone() }).collect();
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

fn acting() -> Vec<Row> {
    let here = |products: &[Product]| Draft { in_service: products.to_vec(), ..empty("midtown") };
    let resting = || Product { standing: Standing::Suspended, ..in_service() };
    let from = || empty("macon").place.address;
    let elsewhere = || Product { site: is("019a0000-0000-7000-8000-000000000002"), ..in_service() };
    let from_macon = || {
        let mut product = elsewhere();
        product.answers.insert(is("our-number"), Value::Telephone(is("478 741 0150")));
        product
    };
    let rival_elsewhere = || Product { offering: is("rival"), answers: Answers::new(), ..elsewhere() };
    let no_such = Refusal::NoSuchService;
    let line_ends = || after(here(&[in_service()]), [act(Action::Disconnect(in_service()))]);
    let again = |action| Command::Act { item: item_id(4), action };
    let under_calls = after(
        here(&[in_service(), calls_in_service()]),
        [act(Action::Disconnect(in_service())), page(item_id(3), &[("reason", choice("other"))]), day("2026-11-30")],
    );
    let slower = after(
        here(&[in_service(), calls_in_service()]),
        [
            act(Action::Modify(in_service())),
            Command::Answer {
                item: item_id(3),
                asked: Asked::OnPage,
                answers: answers(&[("grade", choice("plain"))]),
                hold: None,
                saving: Saving::SoFar,
            },
        ],
    );
    let still_needed = || Refusal::StillNeeded(item_id(3), is("calls"));
    vec![
        row("nothing is in place", empty("midtown"), act(Action::Modify(in_service())), no_such.clone()),
        row("it is another than is in place", here(&[resting()]), act(Action::Modify(in_service())), no_such.clone()),
        row("what rests can't be changed", here(&[resting()]), act(Action::Modify(resting())), no_such.clone()),
        row("what rests can't rest", here(&[resting()]), act(Action::Suspend(resting())), no_such.clone()),
        row("what works can't go on", here(&[in_service()]), act(Action::Restore(in_service())), no_such.clone()),
        row("adding is about no service", here(&[in_service()]), act(Action::Add), no_such.clone()),
        row(
            "it can't be moved to where it is",
            here(&[in_service()]),
            act(Action::Move { product: in_service(), from: from() }),
            no_such,
        ),
        row(
            "it can't be moved beside what excludes it",
            after(empty("midtown"), [add(line(), "internet")]),
            act(Action::Move { product: rival_elsewhere(), from: from() }),
            Refusal::Excluded(is("internet")),
        ),
        row(
            "it can't be had there",
            here(&[in_service()]),
            act(Action::Move { product: Product { offering: is("later"), ..elsewhere() }, from: from() }),
            Refusal::NotAvailable(is("later"), Availability::NotSold),
        ),
        row(
            "its number belongs to where it was",
            after(empty("midtown"), [act(Action::Move { product: from_macon(), from: from() })]),
            Command::Answer {
                item: item_id(3),
                asked: Asked::InDialog(is("new-number")),
                answers: answers(&[("our-number", from_macon().answers["our-number"].clone())]),
                hold: None,
                saving: Saving::Whole,
            },
            fields(&[("our-number", Reason::OtherRateCentre)]),
        ),
        row(
            "something is done about it already",
            line_ends(),
            again(Action::Suspend(in_service())),
            Refusal::ActedOn(item_id(3)),
        ),
        row("calls run over what ends", under_calls.clone(), place(&under_calls), still_needed()),
        row("calls run over what changes", slower.clone(), place(&slower), still_needed()),
        row(
            "nobody says what is asked when it ends",
            here(&[in_service()]),
            act(Action::Disconnect(in_service())),
            Refusal::NoSuchOffering,
        )
        .under(Catalogue { changes: BTreeMap::new(), ..SMALL.clone() }),
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
    let two_lines = after(two_lines, [of_item(item_id(2), line_page("new", "plain", true))]);
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
            of_item(item_id(2), pick("404 872 0100")),
            fields(&[("our-number", Reason::Said("number-of-another"))]),
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
    let Command::Authorise(key, signature) = sign(&porting()) else { unreachable!("it is a signature") };
    let Authorisation::Signed(signed) = signature.clone() else { unreachable!("it is a signature") };
    let other_text = Authorisation::Signed(Signature { text_sha256: "0".repeat(64).into(), ..signed.clone() });
    let verified_on = |day: &str| Command::Authorise(key.clone(), Authorisation::Verified(verification(&signed, day)));
    let other_letter = AuthorisationKey { letter: is("nonsense"), ..key.clone() };
    let too_early = |field, day| fields(&[(field, Reason::TooEarly(is(day)))]);
    let holiday = |field| fields(&[(field, Reason::Said("not-a-business-day"))]);
    vec![
        row("another text", porting(), Command::Authorise(key.clone(), other_text), Refusal::LetterChanged),
        row("another letter", porting(), Command::Authorise(other_letter, signature.clone()), Refusal::LetterChanged),
        row("verified tomorrow", porting(), verified_on("2026-11-24"), Refusal::NotYetVerified),
        row("not needed", at_review(), Command::Authorise(key, signature), Refusal::LetterChanged),
        row("before the first day of a technician", at_review(), visit("2026-11-30"), too_early("slot", "2026-12-01")),
        row("before the first day without one", porting(), day("2026-11-24"), too_early("requested", "2026-11-25")),
        row("on a Saturday", at_review(), visit("2026-12-05"), holiday("slot")),
        row("on a holiday", porting(), day("2026-11-26"), holiday("requested")),
        row("nobody has to come", porting(), visit("2026-12-04"), Refusal::NotAsked),
        row("somebody has to come", at_review(), day("2026-12-04"), Refusal::NotAsked),
    ]
}
