//! What staff do about an order before it is placed: who may, up to where, and what the customer then finds.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};
use order_manager::access::{ActedBy, Role, StaffMember};
use order_manager::decide::{Command, Deed, MOST_ROUNDS, Refusal, StaffAct, decide};
use order_manager::entered::{FieldError, Reason};
use order_manager::journey::Step;
use order_manager::money::{Money, Percent};
use order_manager::order::{Approval, Content, Draft, OrderState, ProductOrder, QuoteStanding};
use order_manager::pricing::{GIVEN, LineKind, OrderPrice, PriceLine};

use crate::fixtures::{after, at_review, calls, empty, line, now, placing, staff_member};
use crate::publish::dearer;
use crate::refusals::number_of;
use crate::small::SMALL;
use crate::states::Event;
use crate::world::{is, person};

/// What has its tests here.
pub(crate) const EVENTS: [Event; 10] = [
    Event::Discount,
    Event::TakeDiscountBack,
    Event::AskApproval,
    Event::Approve,
    Event::Return,
    Event::Quote,
    Event::Revise,
    Event::Send,
    Event::TakeBack,
    Event::AcceptQuote,
];

/// Rita sells.
pub(crate) fn by_rita(deed: Deed) -> Command {
    Command::Staff(StaffAct { by: staff_member(), roles: [Role::SalesRepresentative].into(), deed })
}

/// Ana approves.
pub(crate) fn by_ana(deed: Deed) -> Command {
    Command::Staff(StaffAct { by: ana(), roles: [Role::Approver].into(), deed })
}

fn ana() -> StaffMember {
    StaffMember { person: is("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a00a2"), name: "Ana Brandt".into() }
}

/// Somebody who both sells and approves.
fn by_both(who: StaffMember, deed: Deed) -> Command {
    Command::Staff(StaffAct { by: who, roles: [Role::SalesRepresentative, Role::Approver].into(), deed })
}

pub(crate) fn discount(percent: u8) -> Deed {
    Deed::Discount { item: calls(), percent, months: 12, reason: "Moves three offices to us".into() }
}

pub(crate) fn quote(valid_until: &str) -> Deed {
    Deed::Quote { valid_until: is(valid_until), opportunity: Some("OPP-20417".into()) }
}

fn taken(order: ProductOrder, commands: impl IntoIterator<Item = Command>) -> ProductOrder {
    commands.into_iter().fold(order, |order, command| decide(&order, command, &SMALL, now()).expect("it is decided"))
}

/// A draft at review, with a discount on calls.
pub(crate) fn discounted(percent: u8) -> Draft {
    after(at_review(), [by_rita(discount(percent))])
}

pub(crate) fn awaiting_approval() -> ProductOrder {
    taken(ProductOrder::Draft(discounted(25)), [by_rita(Deed::AskApproval)])
}

pub(crate) fn quoted() -> ProductOrder {
    taken(ProductOrder::Draft(discounted(10)), [by_rita(quote("2026-12-18"))])
}

pub(crate) fn sent(draft: Draft) -> ProductOrder {
    taken(ProductOrder::Draft(draft), [by_rita(Deed::Send(None))])
}

fn draft_of(order: ProductOrder) -> Draft {
    match order {
        ProductOrder::Draft(draft) => draft,
        other => panic!("{other:#?}"),
    }
}

fn held(order: &ProductOrder) -> &Draft {
    match order.content() {
        Content::Draft(draft) => draft,
        Content::Placed(placed) => panic!("{placed:#?}"),
    }
}

fn given_line(price: &OrderPrice) -> Option<&PriceLine> {
    price.lines.iter().find(|line| line.id.as_str() == GIVEN)
}

#[test]
fn a_discount_is_a_line_of_its_own_that_takes_off_so_much_of_the_month() {
    for percent in [1, 10, 25, 50] {
        let (before, after) = (at_review(), discounted(percent));
        let of_calls = |price: &OrderPrice| {
            let lines = price.of_item(calls()).filter(|line| line.id.as_str() != GIVEN);
            Money::sum(price.currency, lines.filter_map(PriceLine::monthly)).expect("a sum")
        };
        let off = of_calls(&before.priced.price).share(Percent::whole(percent)).expect("a share");
        let expected = LineKind::MonthlyDiscount { amount: Money::new(-off.minor(), off.currency()), months: Some(12) };
        assert_eq!(given_line(&after.priced.price).map(|line| (&line.kind, line.item)), Some((&expected, calls())));
        let monthly = |draft: &Draft| draft.priced.price.monthly().expect("a sum").minor();
        assert_eq!(monthly(&after), monthly(&before) - off.minor());
    }
}

#[test]
fn a_second_discount_replaces_the_first_and_goes_with_its_item() {
    let twice = after(discounted(10), [by_rita(discount(5))]);
    assert_eq!(twice.selling.discounts.len(), 1);
    assert_eq!(twice.selling.discounts[0].percent, 5);
    let back = after(twice.clone(), [by_rita(Deed::TakeDiscountBack(calls()))]);
    assert_eq!(back.priced.price, at_review().priced.price);
    let without = after(twice, [Command::RemoveItem(calls())]);
    assert_eq!(without.selling.discounts, []);
}

#[test]
fn what_is_within_a_persons_limit_needs_no_approval_and_what_is_beyond_it_does() {
    for (command, approval) in [
        (by_rita(discount(10)), Approval::NotNeeded),
        (by_rita(discount(11)), Approval::Open),
        (by_both(ana(), discount(11)), Approval::NotNeeded),
    ] {
        assert_eq!(after(at_review(), [command]).selling.discounts[0].approval, approval);
    }
}

#[test]
fn approved_by_somebody_else_a_discount_counts_and_changing_it_voids_that() {
    let approved = draft_of(taken(awaiting_approval(), [by_ana(Deed::Approve)]));
    assert_eq!(approved.selling.discounts[0].approval, Approval::Given { by: ana(), at: now() });
    assert_eq!(given_line(&approved.priced.price), given_line(&discounted(25).priced.price));
    assert!(decide(&ProductOrder::Draft(approved.clone()), Command::Place(placing(&approved)), &SMALL, now()).is_ok());
    let more = after(approved, [by_rita(discount(26))]);
    assert_eq!(more.selling.discounts[0].approval, Approval::Open);
}

#[test]
fn an_approver_can_give_it_back_with_a_reason_which_the_next_request_clears() {
    let back = draft_of(taken(awaiting_approval(), [by_ana(Deed::Return("Ask for less.".into()))]));
    let returned = back.selling.returned.clone().expect("why");
    assert_eq!((returned.by, &*returned.reason), (ana(), "Ask for less."));
    let again = taken(ProductOrder::Draft(back), [by_rita(Deed::AskApproval)]);
    assert_eq!(held(&again).selling.returned, None);
}

#[test]
fn a_quote_holds_its_price_until_its_last_day_and_goes_through_rounds() {
    let ProductOrder::Quoted(first) = quoted() else { panic!("quoted") };
    let quote = first.draft.selling.quote.clone().expect("a quote");
    assert_eq!(quote.number(first.draft.id), format!("Q-{}-1", first.draft.id.reference()));
    assert_eq!((quote.round.valid_until, &quote.round.priced), (is("2026-12-18"), &first.draft.priced));

    let revised = draft_of(taken(quoted(), [by_rita(Deed::Revise)]));
    assert_eq!(revised.quoted_on(is("2026-11-24")), None, "a quote that is being revised holds no more");
    let second = taken(ProductOrder::Draft(revised), [by_rita(discount(5)), by_rita(self::quote("2026-12-20"))]);
    let quote = held(&second).selling.quote.clone().expect("a quote");
    assert_eq!((quote.earlier.len(), quote.number(first.draft.id)), (1, format!("Q-{}-2", first.draft.id.reference())));

    let accepted = draft_of(taken(second, [Command::AcceptQuote(ActedBy::Customer(person()))]));
    assert!(matches!(accepted.selling.quote.as_ref().expect("a quote").standing, QuoteStanding::Accepted { .. }));
    let holds = |day: &str| accepted.quoted_on(is(day)).map(|round| &round.priced);
    assert_eq!((holds("2026-12-20"), holds("2026-12-21")), (Some(&accepted.priced), None));
    assert!(decide(&ProductOrder::Draft(accepted.clone()), Command::Place(placing(&accepted)), &SMALL, now()).is_ok());
}

#[test]
fn what_is_sent_to_the_customer_is_the_very_same_draft_and_theirs_to_change_and_place() {
    let ProductOrder::AwaitingCustomer(waiting) = sent(at_review()) else { panic!("sent") };
    assert_eq!((&waiting.draft, waiting.sent_by, waiting.sent), (&at_review(), staff_member(), now()));
    let changed = taken(sent(at_review()), [Command::RemoveItem(calls())]);
    assert_eq!(changed.state(), OrderState::AwaitingCustomer);
    let draft = held(&changed).clone();
    assert_eq!(taken(changed, [Command::Place(placing(&draft))]).state(), OrderState::Acknowledged);
}

/// An order, a command at a time, and why it is refused.
pub(crate) fn refused() -> Vec<(&'static str, ProductOrder, Command, Timestamp, Refusal)> {
    let draft = ProductOrder::Draft;
    let wrong = |field, reason| Refusal::Fields(vec![FieldError::new(field, reason)]);
    let percent = |max| wrong("percent", Reason::OutOfRange { min: 1, max });
    let until = |reason| wrong("valid-until", reason);
    let on_the_line = Deed::Discount { item: line(), percent: 5, months: 12, reason: "Because".into() };
    let of_nothing =
        Deed::Discount { item: is("019c0000-0000-7000-8000-0000000000ff"), percent: 5, months: 12, reason: "Because".into() };
    let mut worn = quoted();
    for _ in 1..MOST_ROUNDS {
        worn = taken(worn, [by_rita(Deed::Revise), by_rita(quote("2026-12-18"))]);
    }
    let worn = taken(worn, [by_rita(Deed::Revise)]);
    vec![
        ("an approver sells nothing", draft(at_review()), by_ana(discount(5)), now(), Refusal::NotTheirDuty),
        ("a representative approves nothing", awaiting_approval(), by_rita(Deed::Approve), now(), Refusal::NotTheirDuty),
        ("nobody approves their own", awaiting_approval(), by_both(staff_member(), Deed::Approve), now(), Refusal::TheirOwn),
        ("nothing is beyond the limit", draft(discounted(10)), by_rita(Deed::AskApproval), now(), Refusal::NothingToApprove),
        ("less than nothing", draft(at_review()), by_rita(discount(0)), now(), percent(50)),
        ("more than anybody may give", draft(at_review()), by_rita(discount(51)), now(), percent(50)),
        ("a tariff fixes it", draft(at_review()), by_rita(on_the_line), now(), Refusal::NotNegotiable(is("line"))),
        ("nothing of the order", draft(at_review()), by_rita(of_nothing), now(), Refusal::NoSuchItem),
        ("sent unapproved", draft(discounted(25)), by_rita(Deed::Send(None)), now(), Refusal::NotApproved(calls())),
        ("quoted unapproved", draft(discounted(25)), by_rita(quote("2026-12-18")), now(), Refusal::NotApproved(calls())),
        (
            "placed unapproved",
            draft(discounted(25)),
            Command::Place(placing(&discounted(25))),
            now(),
            Refusal::NotApproved(calls()),
        ),
        ("nothing to send", draft(empty("midtown")), by_rita(Deed::Send(None)), now(), Refusal::NotYet(Step::Services)),
        ("until yesterday", draft(at_review()), by_rita(quote("2026-11-22")), now(), until(Reason::TooEarly(is("2026-11-23")))),
        ("for too long", draft(at_review()), by_rita(quote("2027-02-22")), now(), until(Reason::TooLate(is("2027-02-21")))),
        ("round after round", worn, by_rita(quote("2026-12-18")), now(), Refusal::TooManyRounds),
        (
            "too late",
            quoted(),
            Command::AcceptQuote(ActedBy::Customer(person())),
            now() + (30 * 24).hours(),
            Refusal::QuoteExpired,
        ),
    ]
}

#[test]
fn what_staff_may_not_do_is_refused_and_the_refusal_says_why() {
    for (name, order, command, at, refusal) in refused() {
        assert_eq!(decide(&order, command, &SMALL, at), Err(refusal), "{name}");
    }
}

#[test]
fn a_quoted_order_keeps_its_price_under_a_dearer_catalogue_only_by_the_quoted_one() {
    let accepted = draft_of(taken(quoted(), [Command::AcceptQuote(ActedBy::Customer(person()))]));
    let placed = |catalogue| decide(&ProductOrder::Draft(accepted.clone()), Command::Place(placing(&accepted)), catalogue, now());
    assert!(placed(&SMALL).is_ok());
    assert!(matches!(placed(&dearer(&SMALL, 100)), Err(Refusal::PriceChanged(_))));
}

/// The numbers of the refusals that have a row here.
pub(crate) fn numbers() -> BTreeSet<usize> {
    refused().iter().map(|(.., refusal)| number_of(refusal)).collect()
}
