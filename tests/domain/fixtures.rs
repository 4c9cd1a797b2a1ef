//! Orders over the small catalogue: drafts as far as each step, and placed orders in every state.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use order_manager::access::StaffMember;
use order_manager::authorisation::letters_needed;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Placing, Saving, decide};
use order_manager::id::{OrderItemId, Version};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::journey::{Step, standing_at};
use order_manager::money::{Currency, Money};
use order_manager::order::{
    Acknowledged, Action, AssessingCancellation, Authorisation, Cancelled, Completed, Consent, ConsentChannel, Disclosure, Draft,
    Failed, Held, InProgress, Installation, ItemState, OrderState, Partial, Pending, PendingCancellation, Placed, PlacedBy,
    ProductOrder, Rejected, Signature, ThirdPartyVerification, Visit,
};
use order_manager::party::{CustomerKind, Product, Standing};
use order_manager::pricing::price;
use order_manager::text::Text;
use order_manager::value::{Answers, Value};

use crate::selling::{awaiting_approval, quoted, sent};
use crate::small::SMALL;
use crate::world::{address_in, at, billing, contact, draft_at, draft_of, is, item_id, person};

/// A Monday, ten in the morning where the orders are for.
pub(crate) fn now() -> Timestamp {
    at(date(2026, 11, 23), 15)
}

pub(crate) fn line() -> OrderItemId {
    item_id(1)
}

pub(crate) fn calls() -> OrderItemId {
    item_id(2)
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A draft without anything in it, of a business in an area.
pub(crate) fn empty(area: &str) -> Draft {
    let area = SMALL.areas.iter().find(|candidate| candidate.id.as_str() == area).expect("an area");
    draft_at(address_in(&SMALL, area), CustomerKind::Business, &SMALL, now())
}

/// What becomes of a draft by commands that are all accepted.
pub(crate) fn after(draft: Draft, commands: impl IntoIterator<Item = Command>) -> Draft {
    let decided = commands.into_iter().fold(ProductOrder::Draft(draft), |order, command| {
        let said = format!("{command:?}");
        decide(&order, command, &SMALL, now()).unwrap_or_else(|refusal| panic!("{refusal:?} to {said}"))
    });
    draft_of(&decided).expect("a draft still").clone()
}

pub(crate) fn add(item: OrderItemId, offering: &str) -> Command {
    Command::AddItem { item, offering: is(offering) }
}

pub(crate) fn answers(given: &[(&str, Value)]) -> Answers {
    given.iter().map(|(id, value)| (is(id), value.clone())).collect()
}

pub(crate) fn choice(id: &str) -> Value {
    Value::Choice(is(id))
}

/// An item's own page, saved whole.
pub(crate) fn page(item: OrderItemId, given: &[(&str, Value)]) -> Command {
    Command::Answer { item, asked: Asked::OnPage, answers: answers(given), hold: None, saving: Saving::Whole }
}

/// A dialog of the line, saved whole.
pub(crate) fn dialog(dialog: &str, given: &[(&str, Value)], hold: Option<Hold>) -> Command {
    let asked = Asked::InDialog(is(dialog));
    Command::Answer { item: line(), asked, answers: answers(given), hold, saving: Saving::Whole }
}

/// A fast line in service at the place, on a term of a year that began in May; nobody has to come for its jack.
pub(crate) fn in_service() -> Product {
    Product {
        id: is("019e0000-0000-7000-8000-000000000001"),
        offering: is("line"),
        site: empty("midtown").place.site,
        number: Some(is("404 872 0150")),
        answers: answers(&[
            ("term", choice("12-months")),
            ("number", choice("new")),
            ("grade", choice("fast")),
            ("jack", Value::Boolean(false)),
            ("our-number", Value::Telephone(is("404 872 0150"))),
        ]),
        monthly: usd(4_500),
        since: is("2026-05-10"),
        term_ends: Some(is("2027-05-10")),
        agreed: None,
        standing: Standing::Active,
    }
}

/// Calls in service at the place, over the line there.
pub(crate) fn calls_in_service() -> Product {
    Product {
        id: is("019e0000-0000-7000-8000-000000000002"),
        offering: is("calls"),
        number: None,
        answers: answers(&[("minutes", choice("few"))]),
        monthly: usd(500),
        term_ends: None,
        agreed: None,
        ..in_service()
    }
}

/// Something is done about a service in place.
pub(crate) fn act(action: Action) -> Command {
    Command::Act { item: item_id(3), action }
}

/// The page of a line: its number, its grade, and whether there is a jack.
pub(crate) fn line_page(number: &str, grade: &str, jack: bool) -> Command {
    let given =
        [("term", choice("12-months")), ("number", choice(number)), ("grade", choice(grade)), ("jack", Value::Boolean(jack))];
    page(line(), &given)
}

/// The dialog for a new number, with the number held for a time.
pub(crate) fn pick(number: &str) -> Command {
    let resource = number_of_ours(number);
    dialog("new-number", &[("our-number", Value::Telephone(is(number)))], Some(Hold::from_now(resource, now())))
}

pub(crate) fn number_of_ours(number: &str) -> Resource {
    Resource::Number { rate_centre: "ATLANTA".into(), number: is(number) }
}

/// The dialog for a number that is brought along.
pub(crate) fn port(own_name: bool) -> Command {
    let given = [
        ("port-number", Value::Telephone(is("404 872 0199"))),
        ("company", Value::Text("Old Bell".into())),
        ("own-name", Value::Boolean(own_name)),
    ];
    dialog("old-number", &given, None)
}

/// An answer, of another item.
pub(crate) fn of_item(item: OrderItemId, command: Command) -> Command {
    match command {
        Command::Answer { asked, answers, hold, saving, .. } => Command::Answer { item, asked, answers, hold, saving },
        other => other,
    }
}

/// A member of staff, as records name them.
pub(crate) fn staff_member() -> StaffMember {
    StaffMember { person: is("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a00a1"), name: "Rita Okafor".into() }
}

/// A customer's word that an order may be placed, given after being told this.
pub(crate) fn consent(told: BTreeSet<Disclosure>) -> Consent {
    Consent {
        given_by: "Zoë O’Neil".into(),
        channel: ConsentChannel::Call,
        given: is("2026-11-23"),
        reference: "CALL-77120".into(),
        told,
    }
}

/// What a third party verified in place of this signature, on this day.
pub(crate) fn verification(signature: &Signature, day: &str) -> ThirdPartyVerification {
    ThirdPartyVerification {
        text_sha256: signature.text_sha256.clone(),
        letter_version: signature.letter_version.clone(),
        verifier: "Calibre Verification".into(),
        reference: "CV-44817".into(),
        confirmed_by: signature.name.clone(),
        verified: is(day),
        recorded_by: staff_member(),
        recorded: now(),
    }
}

/// The signature under the one letter that a draft needs.
pub(crate) fn sign(draft: &Draft) -> Command {
    let letters = letters_needed(draft, &SMALL);
    let letter = letters.first().expect("a letter");
    let signature = Authorisation::Signed(Signature {
        text_sha256: letter.sha256("en").into(),
        letter_version: letter.version.clone(),
        name: "Zoë O’Neil".into(),
        person: person(),
        signed: now(),
    });
    Command::Authorise(letter.key.clone(), signature)
}

pub(crate) fn slot(day: &str) -> AppointmentSlot {
    AppointmentSlot { area: is("midtown"), day: is(day), window: "morning".into(), crew: 1 }
}

/// An appointment, held for a time.
pub(crate) fn visit(day: &str) -> Command {
    let hold = Some(Hold::from_now(Resource::Slot(slot(day)), now()));
    Command::Schedule { installation: installation(Visit::Technician(slot(day))), hold }
}

/// A day on which nobody comes.
pub(crate) fn day(requested: &str) -> Command {
    Command::Schedule { installation: installation(Visit::None { requested: is(requested) }), hold: None }
}

pub(crate) fn installation(visit: Visit) -> Installation {
    Installation { visit, contact: contact(), access_notes: None, fault_contact: None, expedite: None }
}

/// Placed at a draft's price, under the terms in force.
pub(crate) fn placing(draft: &Draft) -> Placing {
    let agreed = price(draft, &SMALL).expect("a price");
    Placing { by: PlacedBy::Customer(person()), terms: Version("2026".into()), agreed, meant_twice: BTreeSet::new() }
}

/// A draft that stands at review: a fast line with a new number and a technician's visit, and calls over it.
pub(crate) fn at_review() -> Draft {
    let commands = [
        add(line(), "line"),
        line_page("new", "fast", false),
        pick("404 872 0100"),
        add(calls(), "calls"),
        page(calls(), &[("minutes", choice("few"))]),
        visit("2026-12-02"),
        Command::Bill(billing()),
    ];
    let draft = after(empty("midtown"), commands);
    assert_eq!(standing_at(&ProductOrder::Draft(draft.clone()), &SMALL, now()), Step::Review);
    draft
}

/// A draft that stands at review with a number that is brought along, for which a letter is signed.
pub(crate) fn porting() -> Draft {
    let unsigned = after(
        empty("midtown"),
        [add(line(), "line"), line_page("old", "plain", true), port(true), day("2026-12-02"), Command::Bill(billing())],
    );
    let signature = sign(&unsigned);
    after(unsigned, [signature])
}

/// What is placed of a draft at review, with these states of its items.
pub(crate) fn placed(items: &[ItemState]) -> Placed {
    let draft = at_review();
    let placing = placing(&draft);
    match decide(&ProductOrder::Draft(draft), Command::Place(placing), &SMALL, now()) {
        Ok(ProductOrder::Acknowledged(Acknowledged { mut order })) => {
            assert_eq!(order.items.len(), items.len());
            order.items.sort_by_key(|item| item.id);
            order.items.iter_mut().zip(items).for_each(|(item, state)| item.state = *state);
            order
        }
        other => panic!("{other:?}"),
    }
}

/// An order in a state, its items in theirs; a draft has none.
pub(crate) fn order_in(state: OrderState, items: &[ItemState]) -> ProductOrder {
    let order = placed(items);
    let (reason, charge) = (Text::english("So it is."), usd(1_500));
    let (at, since) = (now() + 1.hour(), now() + 1.hour());
    match state {
        OrderState::Draft => ProductOrder::Draft(at_review()),
        OrderState::AwaitingApproval => awaiting_approval(),
        OrderState::Quoted => quoted(),
        OrderState::AwaitingCustomer => sent(at_review()),
        OrderState::Acknowledged => ProductOrder::Acknowledged(Acknowledged { order }),
        OrderState::Rejected => ProductOrder::Rejected(Rejected { order, reason, at }),
        OrderState::InProgress => ProductOrder::InProgress(InProgress { order, since }),
        OrderState::Held => ProductOrder::Held(Held { order, reason, since }),
        OrderState::Pending => ProductOrder::Pending(Pending { order, question: reason, since }),
        OrderState::Partial => ProductOrder::Partial(Partial { order, at }),
        OrderState::Completed => ProductOrder::Completed(Completed { order, at }),
        OrderState::Failed => ProductOrder::Failed(Failed { order, reason, at }),
        OrderState::AssessingCancellation => ProductOrder::AssessingCancellation(AssessingCancellation { order, charge, since }),
        OrderState::PendingCancellation => {
            ProductOrder::PendingCancellation(PendingCancellation { order, charge, asked: at, since })
        }
        OrderState::Cancelled => ProductOrder::Cancelled(Cancelled { order, charge, at }),
    }
}
