//! A made-up order with everything in it, taken through the domain's own decisions to each of its states.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{date, time};
use order_manager::access::{ActedBy, Role, StaffMember};
use order_manager::authorisation::{LetterDocument, letters_needed};
use order_manager::calendar::today_in;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Deed, Placing, Progress, StaffAct, decide};
use order_manager::id::{OfferingId, OrderItemId, Version};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::order::{
    Action, Authorisation, BillTo, Billing, Draft, DraftItem, Installation, ItemOutcome, JeopardyKind, OrderState, OrderedFor,
    PlacedBy, PriceChange, Priced, ProductOrder, Selling, ServicePlace, Signature, ThirdPartyVerification, Visit,
};
use order_manager::party::{BillDelivery, Contact, CustomerKind};
use order_manager::pricing::{OrderPrice, price};
use order_manager::provisioning::{Jeopardised, Part, Report, ServiceOrderId, ServiceOrderState, Told, follow};
use order_manager::value::{Answers, SecretText, Value};

use super::fixtures::{address, customer, order_id, parsed, text, usd};
use super::orders_catalogue::{INTERNET, LINE};

/// The moment at which the samples are seen.
pub(crate) fn now() -> Timestamp {
    parsed("2026-11-23T15:30:00Z")
}

/// A secret that was answered, which no page may show.
pub(crate) const SECRET: &str = "correct-horse-battery";

const INTERNET_ITEM: &str = "018f3a2e-0000-7000-8000-00000000b001";
const LINE_ITEM: &str = "018f3a2e-0000-7000-8000-00000000b002";

fn item(id: &str, offering: &str, asked: &[&str], answers: Vec<(&str, Value)>) -> DraftItem {
    let dialogs = asked.iter().map(|dialog| Asked::InDialog(parsed(dialog)));
    DraftItem {
        id: parsed(id),
        offering: parsed(offering),
        action: Action::Add,
        answers: answers.into_iter().map(|(id, value)| (parsed(id), value)).collect(),
        saved: std::iter::once(Asked::OnPage).chain(dialogs).collect(),
    }
}

fn choice(value: &str) -> Value {
    Value::Choice(parsed(value))
}

fn internet_answers() -> Vec<(&'static str, Value)> {
    let site = |cells: [&str; 2]| cells.map(|cell| Some(Value::Text(cell.into()))).to_vec();
    vec![
        ("bandwidth", choice("100")),
        ("term", choice("36")),
        ("routing", choice("bgp")),
        ("largest-frame", Value::Integer(1522)),
        ("vlans", Value::VlanIds(vec![(100, 100), (200, 210)])),
        ("as-number", Value::AutonomousSystemNumber(64_500)),
        ("prefixes", Value::Prefixes(vec![parsed("198.51.100.0/24"), parsed("2001:db8::/48")])),
        ("md5-key", Value::Secret(SecretText::new(SECRET))),
        (
            "proof",
            Value::File(order_manager::value::FileReference {
                key: "orders/0192f0c4-7a10-7c01-8a01-536000000001/0192f0c4-7a10-7c01-8a01-536000000002/1".into(),
                name: "letter-of-authorization.pdf".into(),
                media: "application/pdf".into(),
                bytes: 187_392,
            }),
        ),
        ("rooms", Value::Rows(vec![site(["Ground floor", "Main distribution frame"]), site(["3", "Server room"])])),
    ]
}

fn line_answers() -> Vec<(&'static str, Value)> {
    vec![
        ("number", Value::Telephone(parsed("404 555 0177"))),
        ("old-company", Value::Text("Peachtree Telephone".into())),
        ("old-account", Value::Text("88-204-1175".into())),
        ("features", Value::Choices(BTreeSet::from([parsed("caller-id"), parsed("voicemail")]))),
        ("emergency", Value::Address(address())),
        ("emergency-limits", Value::Acknowledged),
        ("listed", Value::Boolean(false)),
    ]
}

/// An appointment.
pub(crate) fn slot(day: i8, window: &str) -> AppointmentSlot {
    AppointmentSlot { area: parsed("atlanta"), day: date(2026, 12, day), window: window.into(), crew: 1 }
}

/// Appointments that are open, two crews in one of them.
pub(crate) fn open_slots() -> Vec<AppointmentSlot> {
    let second = AppointmentSlot { crew: 2, ..slot(10, "morning") };
    vec![slot(10, "morning"), second, slot(10, "afternoon"), slot(11, "morning"), slot(14, "midday"), slot(14, "afternoon")]
}

fn contact() -> Contact {
    Contact { name: "Marcus Whitfield".into(), phone: parsed("404 555 0188"), email: None }
}

/// The draft: an Internet line that a technician connects and a phone line whose number comes along; all answered.
pub(crate) fn draft(catalogue: &Catalogue) -> Draft {
    let of_record = customer();
    let mut draft = Draft {
        id: order_id(),
        ordered_for: OrderedFor::of(&of_record),
        place: ServicePlace { site: of_record.sites[0].id, address: address() },
        in_service: vec![],
        started_by: ActedBy::Customer(parsed("018f3a2e-0000-7000-8000-0000000000a1")),
        started: now(),
        changed: now(),
        priced: Priced { catalogue: catalogue.version.clone(), price: no_price(catalogue) },
        price_change: None,
        project: None,
        items: vec![
            item(INTERNET_ITEM, INTERNET, &["bgp", "site-access"], internet_answers()),
            item(LINE_ITEM, LINE, &["emergency-location"], line_answers()),
        ],
        authorisations: BTreeMap::new(),
        installation: Some(Installation {
            visit: Visit::Technician(slot(10, "morning")),
            contact: contact(),
            access_notes: Some("Use the loading dock on 5th Street.\nRing the bell marked “Bakery”.".into()),
            fault_contact: None,
            expedite: None,
        }),
        billing: Some(Billing {
            to: BillTo::Existing(of_record.billing_accounts[0].id),
            delivery: BillDelivery::Email,
            purchase_order: Some("PO-2026-118".into()),
            tax_exemption: None,
        }),
        holds: vec![Hold::from_now(Resource::Slot(slot(10, "morning")), now())],
        selling: Selling::default(),
        agreement: None,
    };
    for letter in letters(&draft, catalogue) {
        draft.authorisations.insert(letter.key.clone(), Authorisation::Signed(signature(&letter)));
    }
    priced(draft, catalogue)
}

/// The same at the prices of this catalogue.
pub(crate) fn priced(mut draft: Draft, catalogue: &Catalogue) -> Draft {
    draft.priced.price = price(&draft, catalogue).expect("a sample's price fits");
    draft
}

fn no_price(catalogue: &Catalogue) -> OrderPrice {
    OrderPrice { currency: catalogue.currency(), lines: vec![], horizon_months: 12, open: vec![], under: None }
}

/// A draft of a household that has no account yet and needs no technician: a phone line alone.
pub(crate) fn household(catalogue: &Catalogue) -> Draft {
    let mut draft = draft(catalogue);
    let line: OfferingId = parsed(LINE);
    draft.items.retain(|item| item.offering == line);
    draft.ordered_for = OrderedFor {
        kind: CustomerKind::Residential,
        name: "Imani Okafor".into(),
        billing_accounts: vec![],
        contact: Contact { name: "Imani Okafor".into(), phone: parsed("404 555 0123"), email: Some(parsed("imani@example.com")) },
        ..draft.ordered_for
    };
    draft.installation = Some(Installation {
        visit: Visit::None { requested: date(2026, 12, 1) },
        contact: draft.ordered_for.contact.clone(),
        access_notes: None,
        fault_contact: None,
        expedite: None,
    });
    let to = BillTo::New { name: "Imani Okafor".into(), address: address() };
    draft.billing = Some(Billing { to, delivery: BillDelivery::Paper, purchase_order: None, tax_exemption: None });
    draft.holds.clear();
    draft.authorisations.clear();
    for letter in letters(&draft, catalogue) {
        draft.authorisations.insert(letter.key.clone(), Authorisation::Signed(signature(&letter)));
    }
    priced(draft, catalogue)
}

/// The same draft before anything was asked about installation and billing, with an item that isn't priced yet.
pub(crate) fn begun(catalogue: &Catalogue) -> Draft {
    let mut begun = Draft { installation: None, billing: None, authorisations: BTreeMap::new(), ..draft(catalogue) };
    begun.items[1].answers = Answers::new();
    priced(begun, catalogue)
}

/// What a representative does to take an order to one of the states before it is placed.
fn before_placing(state: OrderState) -> Vec<Command> {
    let deed = |deed| Command::Staff(StaffAct { by: staff_member(), roles: [Role::SalesRepresentative].into(), deed });
    let discount = |percent| {
        let reason = "Moves three offices to us".into();
        deed(Deed::Discount { item: parsed(INTERNET_ITEM), percent, months: 12, reason })
    };
    let quote = Deed::Quote { valid_until: date(2026, 12, 18), opportunity: Some("OPP-20417".into()) };
    match state {
        OrderState::AwaitingApproval => vec![discount(25), deed(Deed::AskApproval)],
        OrderState::Quoted => vec![discount(10), deed(quote)],
        _ => vec![deed(Deed::Send(Some("As we discussed. Please check the address.".into())))],
    }
}

/// The letters that a draft needs.
pub(crate) fn letters(draft: &Draft, catalogue: &Catalogue) -> Vec<LetterDocument> {
    letters_needed(draft, catalogue)
}

/// A signature under a letter.
pub(crate) fn signature(letter: &LetterDocument) -> Signature {
    Signature {
        text_sha256: letter.sha256("en").into(),
        letter_version: letter.version.clone(),
        name: "Dana Whitfield".into(),
        person: parsed("018f3a2e-0000-7000-8000-0000000000a1"),
        signed: now(),
    }
}

/// What a third party verified in place of a signature.
pub(crate) fn verification(letter: &LetterDocument) -> ThirdPartyVerification {
    ThirdPartyVerification {
        text_sha256: letter.sha256("en").into(),
        letter_version: letter.version.clone(),
        verifier: "Calibre Verification".into(),
        reference: "CV-2026-44817".into(),
        confirmed_by: "Dana Whitfield".into(),
        verified: date(2026, 11, 20),
        recorded_by: staff_member(),
        recorded: now(),
    }
}

/// A representative, as records name her.
fn staff_member() -> StaffMember {
    StaffMember { person: parsed("018f3a2e-0000-7000-8000-0000000000a9"), name: "Rita Okafor".into() }
}

/// A price that went up while the order was open.
pub(crate) fn price_change(draft: &Draft) -> PriceChange {
    let after = draft.priced.price.clone();
    let mut before = after.clone();
    for line in &mut before.lines {
        if line.id.as_str() == "internet-port" {
            line.kind = order_manager::pricing::LineKind::Monthly(usd(43_000));
        }
    }
    before.lines.retain(|line| line.id.as_str() != "fund");
    PriceChange { before, after }
}

/// The order in a state: placed, and taken there by what the provisioning side would say.
pub(crate) fn in_state(state: OrderState, catalogue: &Catalogue) -> ProductOrder {
    let order = ProductOrder::Draft(draft(catalogue));
    let day = today_in(None, now());
    let terms = catalogue.terms_on(day).map_or_else(|| Version("none".into()), |terms| terms.version.clone());
    let agreed = draft(catalogue).priced.price;
    let placing = Placing {
        by: PlacedBy::Customer(parsed("018f3a2e-0000-7000-8000-0000000000a1")),
        terms,
        agreed,
        meant_twice: std::collections::BTreeSet::new(),
    };
    let commands = match state {
        OrderState::Draft => vec![],
        OrderState::AwaitingApproval | OrderState::Quoted | OrderState::AwaitingCustomer => before_placing(state),
        OrderState::Acknowledged => vec![Command::Place(placing)],
        _ => std::iter::once(Command::Place(placing)).chain(after_placing(state)).collect(),
    };
    let then = |minutes: usize| {
        now().checked_add(jiff::SignedDuration::from_hours(i64::try_from(minutes).unwrap_or(0) * 20)).unwrap_or(now())
    };
    commands.into_iter().enumerate().fold(order, |order, (number, command)| {
        decide(&order, command, catalogue, then(number)).expect("a sample's order can be taken there")
    })
}

/// Orders of which something is to be said, each with its name: asked, charged, in danger and late.
pub(crate) fn on_the_way(catalogue: &Catalogue) -> Vec<(&'static str, ProductOrder)> {
    let told = |of: OrderItemId, minutes: i64, told: Told| Report {
        id: parsed(&format!("sample-{minutes}")),
        of: ServiceOrderId { order: in_state(OrderState::Acknowledged, catalogue).id(), item: of, part: Part::Here },
        at: now().saturating_add(jiff::Span::new().minutes(minutes)).unwrap_or(now()),
        told,
    };
    let (internet, line): (OrderItemId, OrderItemId) = (parsed(INTERNET_ITEM), parsed(LINE_ITEM));
    let followed = |reports: &[Report]| follow(&in_state(OrderState::Acknowledged, catalogue), reports);
    let asked = Told::Question {
        id: parsed("q-1"),
        text: text("Peachtree Telephone doesn’t know account number 88-204-1175. Which number is on its bill?"),
        corrects: Some(parsed("account-number")),
    };
    let charged = Told::Charge {
        id: parsed("c-1"),
        amount: usd(125_000),
        why: text("The conduit from the street to your building is blocked. A new one has to be laid, some 40 feet."),
        answer_by: date(2026, 12, 11),
    };
    let begun = |of, minutes| told(of, minutes, Told::State(ServiceOrderState::InProgress, None));
    let waits = |of, minutes| told(of, minutes, Told::State(ServiceOrderState::Pending, None));
    let late = vec![
        begun(internet, 1),
        told(internet, 2, Told::Milestone(parsed("order-confirmed"))),
        told(internet, 3, Told::Day(date(2026, 12, 14), None)),
        told(internet, 4, Told::Day(date(2026, 12, 18), Some(text("Our technician’s van broke down.")))),
        told(internet, 5, Told::Jeopardy(JeopardyKind::Access, Jeopardised::Stands)),
        told(internet, 6, Told::Jeopardy(JeopardyKind::Weather, Jeopardised::Stands)),
        begun(line, 7),
        told(line, 8, Told::Jeopardy(JeopardyKind::OtherCompany, Jeopardised::Stands)),
    ];
    vec![
        ("track-asked", followed(&[begun(line, 1), waits(line, 2), told(line, 3, asked)])),
        ("track-charged", followed(&[begun(internet, 1), waits(internet, 2), told(internet, 3, charged)])),
        ("track-in-danger", followed(&late)),
    ]
}

fn after_placing(state: OrderState) -> Vec<Command> {
    let (internet, line): (OrderItemId, OrderItemId) = (parsed(INTERNET_ITEM), parsed(LINE_ITEM));
    let works = |item| Progress::Settle(item, ItemOutcome::InService);
    let fails =
        |item| Progress::Settle(item, ItemOutcome::Failed(text("Our network doesn’t reach the third floor of your building.")));
    let begun = vec![
        Progress::Start,
        Progress::Reach(internet, parsed("order-confirmed")),
        Progress::Commit(internet, date(2026, 12, 14)),
        Progress::Reach(line, parsed("port-requested")),
        Progress::Commit(line, date(2026, 12, 10)),
    ];
    let more = match state {
        OrderState::Draft
        | OrderState::AwaitingApproval
        | OrderState::Quoted
        | OrderState::AwaitingCustomer
        | OrderState::Acknowledged
        | OrderState::InProgress => vec![],
        OrderState::Rejected => {
            return vec![Command::Progress(Progress::Reject(text("The building’s owner doesn’t let us in.")))];
        }
        OrderState::Held => {
            vec![Progress::Hold(text("The city has to permit work on the street. We expect that by December 4."))]
        }
        OrderState::Pending => {
            vec![Progress::Ask(text("Peachtree Telephone doesn’t know account number 88-204-1175. Which number is on its bill?"))]
        }
        OrderState::Partial => vec![works(line), fails(internet)],
        OrderState::Completed => vec![works(line), works(internet)],
        OrderState::Failed => vec![fails(line), fails(internet)],
        OrderState::AssessingCancellation | OrderState::PendingCancellation | OrderState::Cancelled => vec![],
    };
    let cancelling = match state {
        OrderState::AssessingCancellation => vec![Command::AskCancellation],
        OrderState::PendingCancellation | OrderState::Cancelled => {
            let charge = Command::Progress(Progress::GrantCancellation(usd(25_000)));
            let finish = (state == OrderState::Cancelled).then_some(Command::Progress(Progress::FinishCancellation));
            [Command::AskCancellation, charge].into_iter().chain(finish).collect()
        }
        _ => vec![],
    };
    begun.into_iter().chain(more).map(Command::Progress).chain(cancelling).collect()
}

/// The windows of the samples' catalogue.
pub(super) fn windows() -> Vec<order_manager::catalogue::Window> {
    let window =
        |id: &str, from, to| order_manager::catalogue::Window { id: id.into(), from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
    vec![window("morning", 8, 12), window("midday", 10, 14), window("afternoon", 13, 17)]
}
