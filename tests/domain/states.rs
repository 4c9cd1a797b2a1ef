//! The states of an order, and where each event leads from each of them.

use order_manager::access::ActedBy;
use order_manager::decide::{Command, Deed, Progress, Refusal, Wish, decide};
use order_manager::order::{Action, Draft, ItemOutcome, ItemState, OrderState, ProductOrder};
use order_manager::text::Text;

use crate::fixtures::{
    add, after, at_review, calls, day, in_service, line, line_page, now, order_in, placing, porting, sign, usd,
};
use crate::selling::{by_ana, by_rita, discount, discounted, quote, sent};
use crate::small::SMALL;
use crate::world::{billing, contact, is, item_id, person};

/// What may happen to an order. The ends of an item are told apart by what they leave: other items open, or how those ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Add,
    Act,
    Remove,
    Answer,
    Sign,
    Schedule,
    Bill,
    Place,
    Discount,
    TakeDiscountBack,
    AskApproval,
    Approve,
    Return,
    Quote,
    Revise,
    Send,
    TakeBack,
    AcceptQuote,
    Start,
    Reject,
    Hold,
    Ask,
    Resume,
    Reach,
    Commit,
    /// An item ends, another is still open.
    EndsBesideOpen,
    /// The last item comes into service, as the others did.
    WorksBesideWorking,
    /// The last item comes into service, and another failed.
    WorksBesideFailed,
    /// The last item fails, and another is in service.
    FailsBesideWorking,
    /// The last item fails, as the others did.
    FailsBesideFailed,
    Grant,
    Refuse,
    Finish,
    AskCancellation,
    /// The customer names somebody else to call.
    Wish,
}

/// Where each event leads from a state, in the order of [`Event::ALL`]; `__` is refused.
#[rustfmt::skip]
const fn row(from: OrderState) -> [Option<OrderState>; Event::ALL.len()] {
    use OrderState as S;
    const __: Option<OrderState> = None;
    const DR: Option<OrderState> = Some(OrderState::Draft);
    const AK: Option<OrderState> = Some(OrderState::Acknowledged);
    const RJ: Option<OrderState> = Some(OrderState::Rejected);
    const IP: Option<OrderState> = Some(OrderState::InProgress);
    const HD: Option<OrderState> = Some(OrderState::Held);
    const PD: Option<OrderState> = Some(OrderState::Pending);
    const PT: Option<OrderState> = Some(OrderState::Partial);
    const CP: Option<OrderState> = Some(OrderState::Completed);
    const FL: Option<OrderState> = Some(OrderState::Failed);
    const AC: Option<OrderState> = Some(OrderState::AssessingCancellation);
    const PC: Option<OrderState> = Some(OrderState::PendingCancellation);
    const CN: Option<OrderState> = Some(OrderState::Cancelled);
    const AA: Option<OrderState> = Some(OrderState::AwaitingApproval);
    const QU: Option<OrderState> = Some(OrderState::Quoted);
    const AW: Option<OrderState> = Some(OrderState::AwaitingCustomer);
    match from {
        //                          the customer, until it is placed        staff, until it is placed                        provisioning                        an item ends         a cancellation
        //                          add act rem ans sgn sch bil  place  dis back ask appr ret  quo  rev send take acc   start rej hold ask resu rea com   open w/w  w/f  f/w f/f   gra  ref  fin  ask
        S::Draft                  => [DR, DR, DR, DR, DR, DR, DR, AK,     DR, DR, AA, __, __, QU, __, AW, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::AwaitingApproval       => [__, __, __, __, __, __, __, __,     __, __, __, DR, DR, __, __, __, DR, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::Quoted                 => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, DR, __, __, DR,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::AwaitingCustomer       => [AW, AW, AW, AW, AW, AW, AW, AK,     __, __, __, __, __, __, __, __, DR, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::Acknowledged           => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     IP, RJ, __, __, __, __, __,     __, __, __, __, __,     __, __, __, AC, AK],
        S::Rejected               => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::InProgress             => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, HD, PD, __, IP, IP,     IP, CP, PT, PT, FL,     __, __, __, AC, IP],
        S::Held                   => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, IP, __, __,     __, __, __, __, __,     __, __, __, AC, HD],
        S::Pending                => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, IP, __, __,     __, __, __, __, __,     __, __, __, AC, PD],
        S::Partial                => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::Completed              => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::Failed                 => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
        S::AssessingCancellation  => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     PC, IP, __, __, __],
        S::PendingCancellation    => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, CN, __, __],
        S::Cancelled              => [__, __, __, __, __, __, __, __,     __, __, __, __, __, __, __, __, __, __,     __, __, __, __, __, __, __,     __, __, __, __, __,     __, __, __, __, __],
    }
}

/// Where an event leads from a state; `None` where it is refused.
pub(crate) fn leads_to(from: OrderState, event: Event) -> Option<OrderState> {
    let column = Event::ALL.iter().position(|candidate| *candidate == event).expect("a column");
    row(from)[column]
}

impl Event {
    /// Every event, in the order of the table's columns.
    pub(crate) const ALL: [Self; 35] = [
        Self::Add,
        Self::Act,
        Self::Remove,
        Self::Answer,
        Self::Sign,
        Self::Schedule,
        Self::Bill,
        Self::Place,
        Self::Discount,
        Self::TakeDiscountBack,
        Self::AskApproval,
        Self::Approve,
        Self::Return,
        Self::Quote,
        Self::Revise,
        Self::Send,
        Self::TakeBack,
        Self::AcceptQuote,
        Self::Start,
        Self::Reject,
        Self::Hold,
        Self::Ask,
        Self::Resume,
        Self::Reach,
        Self::Commit,
        Self::EndsBesideOpen,
        Self::WorksBesideWorking,
        Self::WorksBesideFailed,
        Self::FailsBesideWorking,
        Self::FailsBesideFailed,
        Self::Grant,
        Self::Refuse,
        Self::Finish,
        Self::AskCancellation,
        Self::Wish,
    ];

    /// What a command may be, whatever else is true of the order.
    pub(crate) fn of(command: &Command) -> Vec<Self> {
        match command {
            Command::AddItem { .. } => vec![Self::Add],
            Command::Act { .. } => vec![Self::Act],
            Command::RemoveItem(_) => vec![Self::Remove],
            Command::Answer { .. } => vec![Self::Answer],
            Command::Authorise(..) => vec![Self::Sign],
            Command::Schedule { .. } => vec![Self::Schedule],
            Command::Bill(_) => vec![Self::Bill],
            Command::Place(_) => vec![Self::Place],
            Command::AskCancellation => vec![Self::AskCancellation],
            Command::Wish(_) => vec![Self::Wish],
            Command::AcceptQuote(_) => vec![Self::AcceptQuote],
            Command::Staff(act) => match act.deed {
                Deed::Discount { .. } => vec![Self::Discount],
                Deed::TakeDiscountBack(_) => vec![Self::TakeDiscountBack],
                Deed::AskApproval => vec![Self::AskApproval],
                Deed::Approve => vec![Self::Approve],
                Deed::Return(_) => vec![Self::Return],
                Deed::Quote { .. } => vec![Self::Quote],
                Deed::Revise => vec![Self::Revise],
                Deed::Send(_) => vec![Self::Send],
                Deed::TakeBack => vec![Self::TakeBack],
            },
            Command::Progress(progress) => match progress {
                Progress::Start => vec![Self::Start],
                Progress::Reject(_) => vec![Self::Reject],
                Progress::Hold(_) => vec![Self::Hold],
                Progress::Ask(_) => vec![Self::Ask],
                Progress::Resume => vec![Self::Resume],
                Progress::Reach(..) => vec![Self::Reach],
                Progress::Commit(..) => vec![Self::Commit],
                Progress::Settle(_, ItemOutcome::InService) => {
                    vec![Self::EndsBesideOpen, Self::WorksBesideWorking, Self::WorksBesideFailed]
                }
                Progress::Settle(_, ItemOutcome::Failed(_)) => {
                    vec![Self::EndsBesideOpen, Self::FailsBesideWorking, Self::FailsBesideFailed]
                }
                Progress::GrantCancellation(_) => vec![Self::Grant],
                Progress::RefuseCancellation => vec![Self::Refuse],
                Progress::FinishCancellation => vec![Self::Finish],
            },
        }
    }

    /// A command that is this event, and would be in order.
    pub(crate) fn command(self) -> Command {
        let reason = || Text::english("So it is.");
        let settle = |outcome| Command::Progress(Progress::Settle(line(), outcome));
        match self {
            Self::Add => add(item_id(3), "line"),
            Self::Act => Command::Act { item: item_id(3), action: Action::Disconnect(in_service()) },
            Self::Remove => Command::RemoveItem(calls()),
            Self::Answer => line_page("new", "plain", true),
            Self::Sign => sign(&porting()),
            Self::Schedule => day("2026-12-04"),
            Self::Bill => Command::Bill(billing()),
            Self::Place => Command::Place(placing(&at_review())),
            Self::Discount => by_rita(discount(10)),
            Self::TakeDiscountBack => by_rita(Deed::TakeDiscountBack(calls())),
            Self::AskApproval => by_rita(Deed::AskApproval),
            Self::Approve => by_ana(Deed::Approve),
            Self::Return => by_ana(Deed::Return("Ask for less.".into())),
            Self::Quote => by_rita(quote("2026-12-18")),
            Self::Revise => by_rita(Deed::Revise),
            Self::Send => by_rita(Deed::Send(None)),
            Self::TakeBack => by_rita(Deed::TakeBack),
            Self::AcceptQuote => Command::AcceptQuote(ActedBy::Customer(person())),
            Self::Start => Command::Progress(Progress::Start),
            Self::Reject => Command::Progress(Progress::Reject(reason())),
            Self::Hold => Command::Progress(Progress::Hold(reason())),
            Self::Ask => Command::Progress(Progress::Ask(reason())),
            Self::Resume => Command::Progress(Progress::Resume),
            Self::Reach => Command::Progress(Progress::Reach(line(), is("in-service"))),
            Self::Commit => Command::Progress(Progress::Commit(line(), is("2026-12-03"))),
            Self::EndsBesideOpen | Self::WorksBesideWorking | Self::WorksBesideFailed => settle(ItemOutcome::InService),
            Self::FailsBesideWorking | Self::FailsBesideFailed => settle(ItemOutcome::Failed(reason())),
            Self::Grant => Command::Progress(Progress::GrantCancellation(usd(1_500))),
            Self::Refuse => Command::Progress(Progress::RefuseCancellation),
            Self::Finish => Command::Progress(Progress::FinishCancellation),
            Self::AskCancellation => Command::AskCancellation,
            Self::Wish => Command::Wish(Wish::Contact(contact(), None)),
        }
    }

    /// How the item beside the one that ends is.
    pub(crate) const fn beside(self) -> ItemState {
        match self {
            Self::WorksBesideWorking | Self::FailsBesideWorking => ItemState::Completed,
            Self::WorksBesideFailed | Self::FailsBesideFailed => ItemState::Failed,
            _ => ItemState::InProgress,
        }
    }
}

/// An order in a state to which an event is about to happen.
fn given(state: OrderState, event: Event) -> ProductOrder {
    match (state, event) {
        (OrderState::Draft, Event::Act) => ProductOrder::Draft(Draft { in_service: vec![in_service()], ..at_review() }),
        (OrderState::Draft, Event::AskApproval) => ProductOrder::Draft(discounted(25)),
        (OrderState::AwaitingCustomer, Event::Act) => sent(Draft { in_service: vec![in_service()], ..at_review() }),
        (OrderState::AwaitingCustomer, Event::Sign) => sent(porting()),
        (OrderState::AwaitingCustomer, Event::Schedule) => sent(after(at_review(), [line_page("new", "fast", true)])),
        (OrderState::Draft, Event::Sign) => ProductOrder::Draft(porting()),
        (OrderState::Draft, Event::Schedule) => {
            let nobody_comes = line_page("new", "fast", true);
            ProductOrder::Draft(after(at_review(), [nobody_comes]))
        }
        _ => order_in(state, &[ItemState::InProgress, event.beside()]),
    }
}

#[test]
fn each_event_leads_from_each_state_where_the_table_says_and_is_refused_where_it_says_nothing() {
    for state in OrderState::ALL {
        for (event, expected) in Event::ALL.into_iter().zip(row(state)) {
            let order = given(state, event);
            assert_eq!(order.state(), state);
            let decided = decide(&order, event.command(), &SMALL, now());
            let expected = expected.ok_or(Refusal::NotInState(state));
            assert_eq!(decided.map(|order| order.state()), expected, "{event:?} in {state:?}");
        }
    }
}

#[test]
fn a_state_that_is_final_has_no_way_out_and_every_other_has_one() {
    for state in OrderState::ALL {
        assert_eq!(state.is_final(), row(state).iter().all(Option::is_none), "{state:?}");
    }
}

#[test]
fn every_state_is_reached_from_a_draft() {
    let mut reached = vec![OrderState::Draft];
    let mut looked_at = 0;
    while let Some(state) = reached.get(looked_at) {
        let next: Vec<_> = row(*state).into_iter().flatten().filter(|to| !reached.contains(to)).collect();
        reached.extend(next);
        looked_at += 1;
    }
    assert!(OrderState::ALL.iter().all(|state| reached.contains(state)), "{reached:?}");
}

#[test]
fn states_are_spelled_as_tmf622_spells_them() {
    let tmf622 = [
        "acknowledged",
        "assessingCancellation",
        "cancelled",
        "completed",
        "failed",
        "held",
        "inProgress",
        "partial",
        "pending",
        "pendingCancellation",
        "rejected",
    ];
    let placed = OrderState::ALL.into_iter().filter(|state| state.is_placed());
    let mut placed: Vec<_> = placed.map(OrderState::wire_name).collect();
    placed.sort_unstable();
    assert_eq!(placed, tmf622);
}
