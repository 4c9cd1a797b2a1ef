//! Orders, customers and answers to store: every field filled, every state, every kind of answer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use order_manager::access::{ActedBy, StaffMember};
use order_manager::address::GeographicAddress;
use order_manager::agreement::{AgreedEnd, AgreementReference};
use order_manager::audit::{Act, Capacity, Event};
use order_manager::authorisation::AuthorisationKey;
use order_manager::catalogue::{EarlyTermination, Recall};
use order_manager::characteristic::Asked;
use order_manager::codes::Code;
use order_manager::id::{CustomerId, OrderId, OrderItemId, PersonId, Version};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::money::{Currency, Money, Percent};
use order_manager::order::{
    Acknowledged, Action, Approval, AssessingCancellation, Authorisation, AwaitingApproval, AwaitingCustomer, BillTo, Billing,
    Cancelled, CommittedDay, Completed, Consent, ConsentChannel, ConstructionCharge, Decision, Disclosure, Draft, DraftItem,
    Failed, GivenDiscount, Held, InProgress, Installation, ItemState, Jeopardy, JeopardyKind, LeftOut, OnTheWay, OrderedFor,
    Partial, Pending, PendingCancellation, Placed, PlacedBy, PlacedItem, PriceChange, Priced, ProductOrder, Question, Quote,
    QuoteRound, QuoteStanding, Quoted, ReachedMilestone, Rejected, Repeats, Reply, Returned, Selling, ServicePlace, Signature,
    ThirdPartyVerification, Visit,
};
use order_manager::party::{AgreedTerm, BillDelivery, BillingAccount, Contact, Customer, CustomerKind, Product, Site, Standing};
use order_manager::pricing::{LineKind, ListLine, OrderPrice, PriceLine, PricedUnder};
use order_manager::text::Text;
use order_manager::value::{Answers, FileReference, SecretText, ServiceReference, ServiceTarget, Value};

/// A text as whatever it is the text of.
pub(crate) fn is<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} does not read"))
}

/// The time it is in these tests: with digits below the second, which must not get lost.
pub(crate) fn now() -> Timestamp {
    is("2026-03-02T15:04:05.678901234Z")
}

/// What goes on record of something that a member of staff does to an order, so many minutes after [`now`].
pub(crate) fn by_staff(act: Act, minutes: i64) -> Event {
    Event::new(act, later(minutes), Some(person()), Capacity::SalesRepresentative).of(customer_id()).by(version())
}

/// Some time after [`now`].
pub(crate) fn later(minutes: i64) -> Timestamp {
    now() + minutes.minutes()
}

pub(crate) fn order_id(number: u64) -> OrderId {
    is(&format!("019c0000-0000-7000-8000-{number:012x}"))
}

pub(crate) fn customer_id() -> CustomerId {
    is("019b0000-0000-7000-8000-0000000000c1")
}

pub(crate) fn person() -> PersonId {
    is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2b")
}

pub(crate) fn item_id(number: u64) -> OrderItemId {
    is(&format!("019d0000-0000-7000-8000-{number:012x}"))
}

fn version() -> Version {
    Version("2026-02-01".into())
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub(crate) fn text(en: &str, es: &str) -> Text {
    let wordings = BTreeMap::from([("en".to_owned(), en.to_owned()), ("es".to_owned(), es.to_owned())]);
    Text::from_wordings(wordings).expect("English")
}

fn address(unit: Option<&str>) -> GeographicAddress {
    GeographicAddress {
        street: "214 Juniper St NE".into(),
        unit: unit.map(Into::into),
        city: "Atlanta".into(),
        state: is("GA"),
        zip: is("30309"),
    }
}

fn contact(email: Option<&str>) -> Contact {
    Contact { name: "Zoë O’Neil".into(), phone: is("404 555 0123"), email: email.map(is) }
}

/// One answer of every kind, and some of every shape that is stored in a way of its own.
pub(crate) fn every_value() -> Vec<Value> {
    let file = FileReference {
        key: "a/b".into(),
        name: "lettre d’agence.pdf".into(),
        media: "application/pdf".into(),
        bytes: u64::from(u32::MAX) + 1,
    };
    vec![
        Value::Choice(is("fiber-1000")),
        Value::Choices(BTreeSet::from([is("voicemail"), is("caller-id")])),
        Value::Choices(BTreeSet::new()),
        Value::Integer(i64::MIN),
        Value::Integer(i64::MAX),
        Value::Text("".into()),
        Value::Text("two\nlines, “quotes”, 日本".into()),
        Value::Boolean(true),
        Value::Boolean(false),
        Value::Acknowledged,
        Value::Telephone(is("(404) 555-0100")),
        Value::Email(is("o'neil@example.com")),
        Value::Date(is("2026-04-01")),
        Value::Address(address(Some("Apt 3"))),
        Value::Address(address(None)),
        Value::File(file),
        Value::AutonomousSystemNumber(u32::MAX),
        Value::Prefixes(vec![is("203.0.113.0/24"), is("2001:db8::/48")]),
        Value::IpAddress(is("203.0.113.7")),
        Value::IpAddress(is("2001:db8::7")),
        Value::DomainName("example.com".into()),
        Value::VlanIds(vec![(1, 1), (100, 4094)]),
        Value::Secret(SecretText::new("hunter2")),
        Value::Service(ServiceReference {
            target: ServiceTarget::Item(item_id(7)),
            offering: is("business-line"),
            name: text("Business line", "Línea"),
            number: Some(is("4045550102")),
        }),
        Value::Service(ServiceReference {
            target: ServiceTarget::Product(is("019e0000-0000-7000-8000-000000000002")),
            offering: is("dsl"),
            name: text("DSL", "DSL"),
            number: None,
        }),
        Value::List(vec![]),
        Value::List(vec![Value::Telephone(is("4045550101")), Value::Secret(SecretText::new(""))]),
        Value::Rows(vec![vec![Some(Value::Text("a".into())), None], vec![None, Some(Value::Acknowledged)], vec![]]),
    ]
}

/// Everything that can be done about a service.
fn every_action() -> Vec<Action> {
    let product = || customer().products.swap_remove(0);
    vec![
        Action::Add,
        Action::Modify(product()),
        Action::Move { product: product(), from: address(None) },
        Action::Disconnect(product()),
        Action::Suspend(product()),
        Action::Restore(product()),
    ]
}

/// Answers to characteristics `c0`, `c1` and so on.
pub(crate) fn answers(values: Vec<Value>) -> Answers {
    (0..).zip(values).map(|(number, value): (u32, _)| (is(&format!("c{number}")), value)).collect()
}

fn price(monthly: i64) -> OrderPrice {
    let line = |id: &str, kind| PriceLine { item: item_id(1), id: is(id), label: text("Line", "Línea"), kind };
    OrderPrice {
        currency: Currency::USD,
        lines: vec![
            line("install", LineKind::OneTime(usd(9900))),
            line("monthly", LineKind::Monthly(usd(monthly))),
            line("waived", LineKind::OneTimeDiscount(usd(-9900))),
            line("promotion", LineKind::MonthlyDiscount { amount: usd(-500), months: Some(12) }),
            line("bundle", LineKind::MonthlyDiscount { amount: usd(-100), months: None }),
            line("usf", LineKind::Surcharge(usd(123))),
            line("minutes", LineKind::Usage { rate: is("0.0490"), unit: Text::english("minute") }),
        ],
        horizon_months: 24,
        open: vec![item_id(2)],
        under: Some(Box::new(PricedUnder {
            agreement: AgreementReference {
                id: is("019d0000-0000-7000-8000-000000000001"),
                version: 2,
                name: "Network services 2027".into(),
            },
            list: vec![ListLine { item: item_id(1), price: is("monthly"), kind: LineKind::Monthly(usd(9900)) }],
            ending: Some(AgreedEnd { early_termination: early_termination(), together: Some(is("2029-12-31")) }),
        })),
    }
}

fn early_termination() -> EarlyTermination {
    EarlyTermination { first_year: Percent::whole(100), after: Percent::whole(50), at_most: Some(usd(90_000)) }
}

/// Whom the orders are for.
pub(crate) fn ordered_for() -> OrderedFor {
    OrderedFor::of(&customer())
}

fn authorisations() -> BTreeMap<AuthorisationKey, Authorisation> {
    let signature = Signature {
        text_sha256: "ab".repeat(32).into(),
        letter_version: Version("3".into()),
        name: "Zoë O’Neil".into(),
        person: person(),
        signed: now(),
    };
    let verification = ThirdPartyVerification {
        text_sha256: "0f".repeat(32).into(),
        letter_version: Version("2026-01".into()),
        verifier: "Calibre Verification".into(),
        reference: "CV-44817".into(),
        confirmed_by: "Zoë O’Neil".into(),
        verified: jiff::civil::date(2026, 3, 2),
        recorded_by: staff_member(),
        recorded: later(4),
    };
    let key = |letter: &str| AuthorisationKey { item: item_id(1), letter: is(letter) };
    BTreeMap::from([
        (key("port-in"), Authorisation::Signed(signature)),
        (key("carrier-change"), Authorisation::Verified(verification)),
    ])
}

/// A member of staff, as records name them.
pub(crate) fn staff_member() -> StaffMember {
    StaffMember { person: is("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a00a1"), name: "Rita Okafor".into() }
}

/// A customer's word that an order may be placed.
fn consent() -> Consent {
    Consent {
        given_by: "Zoë O’Neil".into(),
        channel: ConsentChannel::Call,
        given: jiff::civil::date(2026, 3, 2),
        reference: "CALL-77120".into(),
        told: BTreeSet::from([Disclosure::BroadbandLabel]),
    }
}

/// What staff added: a discount of each standing, and a quote in its second round.
fn selling() -> Selling {
    let given = |item, approval| GivenDiscount {
        item: item_id(item),
        percent: 15,
        months: 24,
        reason: "Moves three offices to us".into(),
        given_by: staff_member(),
        approval,
    };
    let round = |minutes| QuoteRound {
        issued: later(minutes),
        issued_by: staff_member(),
        valid_until: jiff::civil::date(2026, 4, 1),
        priced: Priced { catalogue: version(), price: price(5995) },
    };
    let by = StaffMember { name: "Ana Brandt".into(), ..staff_member() };
    Selling {
        discounts: vec![
            given(1, Approval::NotNeeded),
            given(2, Approval::Open),
            given(3, Approval::Given { by: by.clone(), at: later(6) }),
        ],
        quote: Some(Quote {
            opportunity: Some("OPP-20417".into()),
            earlier: vec![round(1)],
            round: round(7),
            standing: QuoteStanding::Accepted { by: ActedBy::Customer(person()), at: later(8) },
        }),
        returned: Some(Returned { by, at: later(5), reason: "Ask for less.".into() }),
        repeats: Some(Repeats {
            of: order_id(77),
            left_out: vec![
                LeftOut { offering: is("fiber"), question: None },
                LeftOut { offering: is("home-phone"), question: Some(is("wanted-number")) },
            ],
        }),
    }
}

fn installation(visit: Visit) -> Installation {
    Installation {
        visit,
        contact: contact(None),
        access_notes: Some("Ring twice.".into()),
        fault_contact: Some(contact(Some("zoe@example.com"))),
        expedite: Some(is("2026-03-05")),
    }
}

/// A number of the rate centre that these tests use.
pub(crate) fn number(line: u32) -> Resource {
    Resource::Number { rate_centre: RATE_CENTRE.into(), number: is(&format!("404555{line:04}")) }
}

/// The rate centre that these tests use.
pub(crate) const RATE_CENTRE: &str = "ATLANTA NE";

/// An appointment.
pub(crate) fn slot(day: &str, window: &str, crew: u8) -> AppointmentSlot {
    AppointmentSlot { area: is("atlanta"), day: is(day), window: window.into(), crew }
}

/// A draft with nothing in it but one item.
pub(crate) fn plain_draft(order: u64) -> Draft {
    Draft {
        id: order_id(order),
        ordered_for: ordered_for(),
        place: ServicePlace { site: customer().sites[0].id, address: address(None) },
        in_service: vec![],
        started_by: ActedBy::Customer(person()),
        started: now(),
        changed: now(),
        priced: Priced { catalogue: version(), price: price(5995) },
        price_change: None,
        project: None,
        items: vec![DraftItem {
            id: item_id(1),
            offering: is("home-phone"),
            action: Action::Add,
            answers: Answers::new(),
            saved: BTreeSet::new(),
        }],
        authorisations: BTreeMap::new(),
        installation: None,
        billing: None,
        holds: vec![],
        selling: Selling::default(),
        agreement: None,
    }
}

/// A draft that holds things until a time.
pub(crate) fn draft_holding(order: u64, resources: &[Resource], until: Timestamp) -> Draft {
    let holds = resources.iter().map(|resource| Hold { resource: resource.clone(), until }).collect();
    Draft { holds, ..plain_draft(order) }
}

/// A draft with every field filled and every kind of answer.
pub(crate) fn full_draft(order: u64) -> Draft {
    let saved = BTreeSet::from([Asked::OnPage, Asked::InDialog(is("features"))]);
    let item =
        DraftItem { id: item_id(1), offering: is("home-phone"), action: Action::Add, answers: answers(every_value()), saved };
    let other = |number, action| DraftItem {
        id: item_id(number),
        offering: is("fiber"),
        action,
        answers: Answers::new(),
        saved: BTreeSet::new(),
    };
    let others = (2..).zip(every_action()).map(|(number, action)| other(number, action));
    Draft {
        in_service: customer().products,
        price_change: Some(PriceChange { before: price(4995), after: price(5995) }),
        items: std::iter::once(item).chain(others).collect(),
        authorisations: authorisations(),
        installation: Some(installation(Visit::Technician(slot("2026-03-10", "morning", 1)))),
        billing: Some(Billing {
            to: BillTo::New { name: "O’Neil, Zoë".into(), address: address(Some("Apt 3")) },
            delivery: BillDelivery::Email,
            purchase_order: Some("PO-77".into()),
            tax_exemption: Some("GA 17-20041".into()),
        }),
        selling: selling(),
        ..draft_holding(order, &[number(1), Resource::Slot(slot("2026-03-10", "morning", 1))], later(30))
    }
}

/// All that can be known of an item on its way.
fn on_the_way() -> OnTheWay {
    OnTheWay {
        days: vec![
            CommittedDay { day: is("2026-03-10"), why: None, told: later(60) },
            CommittedDay { day: is("2026-03-13"), why: Some(text("Rain", "Lluvia")), told: later(70) },
        ],
        jeopardies: JeopardyKind::ALL.map(|kind| Jeopardy { kind, since: later(80) }).into(),
        question: Some(Question {
            id: is("q-1"),
            text: text("Which account?", "¿Qué cuenta?"),
            corrects: Some(is("account-number")),
            asked: later(81),
            answer: Some(Reply { text: "551-48120".into(), given: later(82) }),
        }),
        charge: Some(ConstructionCharge {
            id: is("c-1"),
            amount: usd(125_000),
            why: text("A trench", "Una zanja"),
            answer_by: is("2026-03-09"),
            decision: Some((Decision::Accepted, later(83))),
        }),
        reason: Some(text("No line", "Sin línea")),
        amended: None,
    }
}

/// What is placed of [`full_draft`], with these numbers and appointments.
pub(crate) fn placed(order: u64, resources: Vec<Resource>) -> Placed {
    let draft = full_draft(order);
    let milestone = |reached| ReachedMilestone {
        id: is("port-requested"),
        label: text("Requested", "Pedido"),
        recall: Recall::Possible,
        reached,
    };
    let item = |number: u64, state, committed| PlacedItem {
        id: item_id(number),
        offering: is("home-phone"),
        action: every_action().swap_remove(usize::try_from(number).unwrap_or_default() % every_action().len()),
        name: text("Home phone", "Teléfono"),
        term_months: 24,
        answers: answers(every_value()),
        codes: vec![Code { id: is("nci"), label: text("Interface code", "Código de interfaz"), code: "04DU9.1S".into() }],
        state,
        requested: is("2026-03-10"),
        committed,
        milestones: vec![milestone(Some(later(90))), milestone(None)],
        number: (number == 1).then(|| "404-555-0123".parse().expect("a number")),
        on_the_way: if number == 2 { OnTheWay::default() } else { on_the_way() },
    };
    let states = [
        ItemState::Acknowledged,
        ItemState::InProgress,
        ItemState::Held,
        ItemState::Pending,
        ItemState::Completed,
        ItemState::Failed,
        ItemState::Cancelled,
        ItemState::Rejected,
    ];
    Placed {
        id: draft.id,
        ordered_for: draft.ordered_for,
        place: draft.place,
        placed_by: PlacedBy::Staff(staff_member(), consent()),
        placed: later(1),
        catalogue: version(),
        terms_of_service: Version("7".into()),
        items: (1..).zip(states).map(|(number, state)| item(number, state, (number > 4).then(|| is("2026-03-12")))).collect(),
        authorisations: draft.authorisations,
        installation: installation(Visit::None { requested: is("2026-03-10") }),
        billing: Billing {
            to: BillTo::Existing(customer().billing_accounts[0].id),
            delivery: BillDelivery::Paper,
            purchase_order: None,
            tax_exemption: None,
        },
        price: price(5995),
        resources,
    }
}

/// A placed order in its first state.
pub(crate) fn acknowledged(order: u64, resources: Vec<Resource>) -> ProductOrder {
    ProductOrder::Acknowledged(Acknowledged { order: placed(order, resources) })
}

/// An order in every state.
pub(crate) fn every_state() -> Vec<ProductOrder> {
    let (order, waiting) = (|| placed(1, vec![]), || plain_draft(1));
    let (reason, question, at, since, charge) =
        (text("No line", "Sin línea"), text("Which door?", "¿Qué puerta?"), later(5), later(6), usd(15000));
    vec![
        ProductOrder::Draft(plain_draft(1)),
        ProductOrder::Draft(Draft { holds: vec![], ..full_draft(1) }),
        ProductOrder::Acknowledged(Acknowledged { order: order() }),
        ProductOrder::Rejected(Rejected { order: order(), reason: reason.clone(), at }),
        ProductOrder::InProgress(InProgress { order: order(), since }),
        ProductOrder::Held(Held { order: order(), reason: reason.clone(), since }),
        ProductOrder::Pending(Pending { order: order(), question, since }),
        ProductOrder::Partial(Partial { order: order(), at }),
        ProductOrder::Completed(Completed { order: order(), at }),
        ProductOrder::Failed(Failed { order: order(), reason, at }),
        ProductOrder::AssessingCancellation(AssessingCancellation { order: order(), charge, since }),
        ProductOrder::PendingCancellation(PendingCancellation { order: order(), charge, asked: at, since }),
        ProductOrder::Cancelled(Cancelled { order: order(), charge, at }),
        ProductOrder::AwaitingApproval(AwaitingApproval { draft: waiting(), asked_by: staff_member(), asked: at }),
        ProductOrder::Quoted(Quoted { draft: waiting() }),
        ProductOrder::AwaitingCustomer(AwaitingCustomer {
            draft: waiting(),
            sent_by: staff_member(),
            sent: at,
            note: Some("As we discussed.".into()),
        }),
    ]
}

/// A customer with several of everything, in an order that is not their keys'.
pub(crate) fn customer() -> Customer {
    let site = |id: &str, unit| Site { id: is(id), address: address(unit) };
    let (home, office) = ("019a0000-0000-7000-8000-000000000009", "019a0000-0000-7000-8000-000000000001");
    let product = |id: &str, number: Option<&str>, ends: Option<&str>| Product {
        id: is(id),
        offering: is("dsl"),
        site: is(home),
        number: number.map(is),
        answers: answers(every_value()),
        monthly: usd(4995),
        since: is("2020-02-29"),
        term_ends: ends.map(is),
        agreed: ends.map(|_| AgreedTerm { term_begins: is("2025-01-31"), early_termination: early_termination() }),
        standing: if ends.is_some() { Standing::Active } else { Standing::Suspended },
    };
    let account =
        |id: &str, delivery| BillingAccount { id: is(id), name: "Z. O’Neil".into(), address: address(None), delivery };
    Customer {
        id: customer_id(),
        kind: CustomerKind::Residential,
        name: "Zoë O’Neil".into(),
        account_number: "A-1001".into(),
        contact: contact(Some("zoe@example.com")),
        partner: None,
        sites: vec![site(home, None), site(office, Some("Suite 900"))],
        products: vec![
            product("019e0000-0000-7000-8000-000000000002", Some("4045550199"), Some("2027-01-31")),
            product("019e0000-0000-7000-8000-000000000001", None, None),
        ],
        billing_accounts: vec![
            account("019f0000-0000-7000-8000-000000000002", BillDelivery::Email),
            account("019f0000-0000-7000-8000-000000000001", BillDelivery::Paper),
        ],
    }
}
