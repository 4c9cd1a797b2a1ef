//! Where agreements are negotiated: a catalogue of their own, the people, and an agreement in each state.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use order_manager::access::{Role, StaffMember};
use order_manager::agreement::{
    Agreed, AgreedWith, Agreement, AgreementState, Carried, ClauseAnswer, ClauseWish, Command, Counter, CustomerDeed, Edit,
    Facts, Rate, RateLine, RateSheet, Refusal, Signing, StaffDeed, begin, decide,
};
use order_manager::catalogue::{AtTermEnd, Catalogue};
use order_manager::id::PersonId;
use order_manager::money::{Currency, Money, Percent};
use order_manager::party::CustomerKind;
use order_manager::source::SourceFile;
use order_manager::value::FileReference;

use crate::world::{at, is, person, read};

const COMPANY: &str = r#"
version = "1"
currency = "USD"

[[terms_of_service]]
version = "2026"
from = "2026-01-01"
section = [{ heading = "Terms", paragraphs = ["Be kind."] }]

[[area]]
id = "midtown"
city = "Atlanta"
state = "GA"
zips = ["30308"]
time_zone = "America/New_York"
rate_centre = "ATLANTA"
exchanges = ["404-872"]
networks = { fiber = 1000 }
"#;

const OFFERINGS: &str = r#"
family = "data-ip"

[[offering]]
id = "internet"
name = "Internet"
description = "Internet."
sold_to = ["business"]
sold_from = "2026-01-01"
price_is = "negotiable"
at_term_end = "roll-monthly"

[[offering.question]]
id = "gigabits"
label = "Gigabits"
takes.number = { min = 0, max = 100000 }

[[offering.price]]
id = "line"
label = "Line"
monthly = "100.00"

[[offering.price]]
id = "set-up"
label = "Set-up"
one_time = "200.00"

[[offering.price]]
id = "traffic"
label = "Traffic"
per = "gigabits"
monthly_tiers = [{ from = 1, each = "10.00" }, { from = 100, each = "8.00" }]

[[offering.price]]
id = "calls"
label = "Calls"
usage = "0.05"
unit = "minute"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[offering]]
id = "filed"
name = "Filed"
description = "By tariff."
sold_to = ["business"]
sold_from = "2026-01-01"
price_is = "tariffed"
at_term_end = "roll-monthly"

[[offering.price]]
id = "line"
label = "Line"
monthly = "20.00"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"
"#;

/// What there is to agree on: half the list price is the floor, and 45 % the cost.
pub(crate) static DEALS: LazyLock<Catalogue> = LazyLock::new(|| {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let negotiation = include_str!("../fixtures/negotiation.toml");
    read(&[file("company.toml", COMPANY), file("data.toml", OFFERINGS), file("agreements.toml", negotiation)])
});

pub(crate) const TODAY: Date = date(2026, 11, 23);

pub(crate) fn now() -> Timestamp {
    at(TODAY, 15)
}

pub(crate) fn facts(catalogue: &Catalogue) -> Facts<'_> {
    facts_on(catalogue, TODAY, &[])
}

pub(crate) fn facts_on<'a>(catalogue: &'a Catalogue, today: Date, sheets: &'a [RateSheet]) -> Facts<'a> {
    Facts { catalogue, sheets, now: at(today, 15) }
}

/// A person of the staff, by number: 1 and 2 negotiate, 3 to 5 approve.
pub(crate) fn staff(number: u32) -> (StaffMember, BTreeSet<Role>) {
    let person: PersonId = is(&format!("5f1d0c3a-7e0b-4a55-9d5e-{number:012x}"));
    let role = if number < 3 { Role::ContractNegotiator } else { Role::Approver };
    (StaffMember { person, name: format!("Person {number}").into() }, BTreeSet::from([role]))
}

/// What a person of the staff does.
pub(crate) fn by(number: u32, deed: StaffDeed) -> Command {
    let (by, roles) = staff(number);
    Command::Staff { by, roles, deed }
}

pub(crate) fn edit(edit: Edit) -> Command {
    by(1, StaffDeed::Edit(Box::new(edit)))
}

pub(crate) fn customer(deed: CustomerDeed) -> Command {
    Command::Customer { by: person(), deed }
}

pub(crate) fn off(percent: i32) -> Rate {
    Rate::Off(Percent(percent * 100))
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A rate of the order form.
pub(crate) fn line(subject: &str, rate: Rate) -> RateLine {
    RateLine { document: is("form"), subject: is(subject), agreed: Agreed::Flat(rate), carried: Carried::OnNet }
}

/// A new agreement with the prices of an offering in it, each at the list.
pub(crate) fn begun(catalogue: &Catalogue, offerings: &[&str]) -> Agreement {
    let (negotiator, roles) = staff(1);
    let customer = AgreedWith {
        id: is("019b0000-0000-7000-8000-0000000000c1"),
        kind: CustomerKind::Business,
        name: "Zoë O’Neil".into(),
        account_number: "A-1001".into(),
    };
    let id = is("019a9000-0000-7000-8000-000000000001");
    let mut agreement = begin(id, customer, "Fiber for all", negotiator, &roles, &facts(catalogue)).expect("an agreement");
    for offering in offerings {
        agreement = did(&agreement, edit(Edit::AddOffering(is("form"), is(offering))), catalogue);
    }
    agreement
}

/// What comes of a command that is carried out.
pub(crate) fn did(agreement: &Agreement, command: Command, catalogue: &Catalogue) -> Agreement {
    let said = format!("{command:?}");
    decide(agreement, command, &facts(catalogue)).unwrap_or_else(|refusal| panic!("{said}: {refusal:?}"))
}

/// Why a command is not carried out.
pub(crate) fn refused(agreement: &Agreement, command: Command) -> Refusal {
    let said = format!("{command:?}");
    match decide(agreement, command, &facts(&DEALS)) {
        Err(refusal) => refusal,
        Ok(_) => panic!("{said} is carried out"),
    }
}

pub(crate) fn signing(agreement: &Agreement) -> Signing {
    let text_sha256 = agreement.newest.offer().map(|offer| offer.text_sha256.clone()).unwrap_or_default();
    Signing { name: "Zoë O’Neil".into(), title: "Owner".into(), authority: "Bylaws".into(), text_sha256 }
}

pub(crate) fn counter() -> Counter {
    let file = FileReference { key: "a/b".into(), name: "marked.pdf".into(), media: "application/pdf".into(), bytes: 9 };
    let clauses = vec![ClauseWish { clause: is("payment"), text: "Pay later.".into() }];
    Counter { by: person(), at: now(), file, clauses, note: None }
}

pub(crate) fn send(agreement: &Agreement) -> Command {
    by(1, StaffDeed::Send { seen: agreement.version().seen(), valid_until: date(2026, 12, 10) })
}

pub(crate) fn approve(number: u32, level: &str, agreement: &Agreement) -> Command {
    by(number, StaffDeed::Approve { level: is(level), seen: agreement.version().seen() })
}

/// From a draft on through all that it needs, until it is in force.
pub(crate) fn signed(draft: &Agreement, catalogue: &Catalogue) -> Agreement {
    let mut agreement = did(draft, by(1, StaffDeed::AskApproval), catalogue);
    for (number, level) in [(3, "desk"), (4, "director")] {
        if let Ok(approved) = decide(&agreement, approve(number, level, &agreement), &facts(catalogue)) {
            agreement = approved;
        }
    }
    agreement = did(&agreement, send(&agreement), catalogue);
    agreement = did(&agreement, customer(CustomerDeed::Accept(signing(&agreement))), catalogue);
    did(&agreement, by(1, StaffDeed::Countersign(signing(&agreement))), catalogue)
}

/// An agreement whose newest version is in a state. A superseded one is the last signed; the newest is in force then.
pub(crate) fn in_state(state: AgreementState) -> Agreement {
    use AgreementState as S;
    let draft = begun(&DEALS, &["internet", "filed"]);
    let draft = did(&draft, edit(Edit::Rates(vec![line("internet.line", off(20))])), &DEALS);
    let asked = || did(&draft, by(1, StaffDeed::AskApproval), &DEALS);
    let approved = || {
        let asked = asked();
        did(&asked, approve(3, "desk", &asked), &DEALS)
    };
    let sent = || {
        let approved = approved();
        did(&approved, send(&approved), &DEALS)
    };
    let accepted = || {
        let sent = sent();
        did(&sent, customer(CustomerDeed::Accept(signing(&sent))), &DEALS)
    };
    match state {
        S::Draft => draft,
        S::InApproval => asked(),
        S::Approved => approved(),
        S::Sent => sent(),
        S::Countered => did(&sent(), customer(CustomerDeed::Counter(Box::new(counter()))), &DEALS),
        S::AwaitingCountersignature => accepted(),
        S::InForce => signed(&draft, &DEALS),
        S::Superseded => {
            let next = did(&signed(&draft, &DEALS), by(1, StaffDeed::Revise), &DEALS);
            signed(&next, &DEALS)
        }
        S::Expired => decide(&sent(), Command::Lapse, &facts_on(&DEALS, date(2026, 12, 11), &[])).expect("expired"),
        S::Terminated => {
            let deed = StaffDeed::Terminate { last_day: TODAY, reason: "Moved away".into() };
            did(&signed(&draft, &DEALS), by(1, deed), &DEALS)
        }
        S::Declined => did(&sent(), customer(CustomerDeed::Decline(None)), &DEALS),
        S::Recalled => did(&sent(), by(1, StaffDeed::Recall("A mistake".into())), &DEALS),
    }
}

/// An answer to what the customer of [`counter`] wants.
pub(crate) fn answered() -> Command {
    by(1, StaffDeed::Answer(is("payment"), ClauseAnswer::Accepted("A good customer".into())))
}

/// The same draft, to end with its term.
pub(crate) fn ending(draft: &Agreement) -> Agreement {
    let term = order_manager::agreement::Term { at_end: AtTermEnd::Disconnect, ..draft.version().terms.term.clone() };
    did(draft, edit(Edit::Term(term)), &DEALS)
}
