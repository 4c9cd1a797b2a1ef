//! The catalogue of the made-up order: two offerings with prices, dialogs, a letter of agency and milestones.

use jiff::civil::date;
use order_manager::access::Role;
use order_manager::catalogue::{
    Amount, Area, AtTermEnd, Base, Catalogue, Charge, CodeCase, DerivedCode, Dialog, Discount, Discretion, EarlyTermination,
    Family, Letter, LetterNeed, Levy, Milestone, NumberAging, Price, ProductOffering, Recall, Reduction, Surcharge,
};
use order_manager::characteristic::{
    Across, AddressSpace, Asked, Characteristic, Column, Lines, Need, Reach, TelephoneUse, ValueOption, ValueType,
};
use order_manager::condition::Condition;
use order_manager::id::Version;
use order_manager::money::{Decimal, Percent};
use order_manager::party::CustomerKind;

use super::fixtures::{parsed, text, usd};
use super::offerings::{bare, options, question, shared, terms};
use super::orders::windows;

/// The offering that a technician connects.
pub(super) const INTERNET: &str = "dedicated-internet";
/// The offering whose number comes along.
pub(super) const LINE: &str = "business-line";

/// The catalogue.
pub(crate) fn catalogue() -> Catalogue {
    let share = |id: &str, label: &str, hundredths| Surcharge {
        id: parsed(id),
        label: text(label),
        offerings: vec![parsed(LINE)],
        when: Condition::Always,
        levy: Levy::Share { percent: Percent(hundredths), counted: Percent(10_000), of: Base::Charges },
    };
    let each = Surcharge { levy: Levy::Each(usd(150)), ..share("emergency-fee", "911 fee", 0) };
    Catalogue {
        version: Version("2026-11-01".into()),
        currency_code: "USD".into(),
        offerings: vec![internet(), line()],
        changes: std::collections::BTreeMap::new(),
        surcharges: vec![share("fund", "Universal Service Fund (estimated)", 1_240), each],
        areas: vec![Area {
            id: parsed("atlanta"),
            zips: vec![parsed("30308")],
            city: "Atlanta".into(),
            state: parsed("GA"),
            time_zone: "America/New_York".into(),
            rate_centre: "ATLANTA".into(),
            exchanges: vec![404_555],
            networks: std::collections::BTreeMap::new(),
        }],
        streets: vec![],
        holidays: vec![date(2026, 11, 26), date(2026, 12, 25)],
        letters: vec![port_letter()],
        terms_of_service: vec![terms()],
        windows: windows(),
        order_templates: vec![],
        discretion: Some(Discretion {
            label: text("Discount from your representative"),
            at_most: [(Role::SalesRepresentative, 10), (Role::Approver, 35)].into(),
        }),
        negotiation: None,
        number_aging: NumberAging { residential: 90, business: 365 },
    }
}

fn port_letter() -> Letter {
    Letter {
        id: parsed("number-port"),
        version: Version("2026-1".into()),
        source: "47 CFR 64.1130".into(),
        title: text("Letter of agency to move your telephone number"),
        paragraphs: vec![
            text("I am the customer named below, or I am authorized to act for that customer, and I am at least 18 years old."),
            text(
                "I choose Meridian Communications to provide local telephone service for the numbers listed below, in place of the \
                 company that provides it now, and I appoint Meridian Communications as my agent to make that change.",
            ),
            text("I understand that only one company can be chosen for local service on each number."),
            text("I understand that my present company may charge me for the change."),
        ],
        valid_days: 60,
    }
}

fn numbered(pairs: &[(&str, &str, i64)]) -> Vec<ValueOption> {
    let plain: Vec<_> = pairs.iter().map(|(id, label, _)| (*id, *label)).collect();
    options(&plain).into_iter().zip(pairs).map(|(option, (.., number))| ValueOption { number: Some(*number), ..option }).collect()
}

fn dialog(id: &str, title: &str, applies_when: Condition) -> Dialog {
    Dialog { id: parsed(id), title: text(title), introduction: None, applies_when }
}

fn asked_in(dialog: &str, characteristic: Characteristic) -> Characteristic {
    Characteristic { asked: Asked::InDialog(parsed(dialog)), ..characteristic }
}

fn price(id: &str, label: &str, charge: Charge) -> Price {
    Price { id: parsed(id), label: text(label), when: Condition::Always, charge }
}

fn monthly(cents: i64) -> Charge {
    Charge::Recurring { amount: Amount::Flat(usd(cents)) }
}

fn once(cents: i64) -> Charge {
    Charge::OneTime { amount: Amount::Flat(usd(cents)) }
}

fn milestones(labels: &[(&str, &str)]) -> Vec<Milestone> {
    let milestone = |(id, label): &(&str, &str)| {
        let recall = if matches!(*id, "installed" | "activated" | "in-service") { Recall::Impossible } else { Recall::Possible };
        Milestone { id: parsed(id), label: text(label), when: Condition::Always, recall }
    };
    labels.iter().map(milestone).collect()
}

fn internet() -> ProductOffering {
    let with_bgp = || Condition::Is { characteristic: parsed("routing"), any_of: vec![parsed("bgp")] };
    let column = |label: &str| Column {
        label: text(label),
        value: ValueType::Text { min: 1, max: 40, pattern: None, lines: Lines::Single },
        need: Need::Required,
        across: Across::Free,
    };
    let frame = ValueType::Integer { min: 1522, max: 9100, unit: Some(text("bytes")) };
    let prefixes = ValueType::Prefixes { min: 1, max: 20, space: AddressSpace::Public, longest_v4: 24, longest_v6: 48 };
    let rooms = ValueType::Rows { columns: vec![column("Floor"), column("Room")], min: 1, max: 9 };
    let proof = ValueType::File { media: vec!["application/pdf".into()], max_bytes: 4 << 20 };
    ProductOffering {
        characteristics: shared(vec![
            question("bandwidth", "Bandwidth", ValueType::Choice(numbered(&[("50", "50 Mbps", 50), ("100", "100 Mbps", 100)]))),
            question(
                "term",
                "Contract length",
                ValueType::Choice(numbered(&[("none", "Month to month", 0), ("36", "36 months", 36)])),
            ),
            question("routing", "Routing", ValueType::Choice(options(&[("static", "Static"), ("bgp", "BGP")]))),
            question("largest-frame", "Largest frame", frame),
            question("vlans", "VLAN ids", ValueType::VlanIds { max: 100 }),
            asked_in("bgp", question("as-number", "AS number", ValueType::AutonomousSystemNumber(AddressSpace::Any))),
            asked_in("bgp", question("prefixes", "Prefixes you announce", prefixes)),
            asked_in("bgp", question("md5-key", "MD5 key", ValueType::Secret { min: 8, max: 80 })),
            asked_in("bgp", question("proof", "Proof that you may announce them", proof)),
            asked_in("site-access", question("rooms", "Floors and rooms", rooms)),
        ]),
        dialogs: vec![dialog("bgp", "BGP session", with_bgp()), dialog("site-access", "Site access", Condition::Always)],
        prices: vec![
            price("internet-port", "100 Mbps port and loop", monthly(45_500)),
            price("internet-install", "Installation", once(50_000)),
        ],
        discounts: vec![
            Discount {
                id: parsed("term-discount"),
                label: text("36-month contract"),
                when: Condition::Always,
                off: vec![parsed("internet-port")],
                reduction: Reduction::Share(Percent(1_000)),
                months: Some(12),
            },
            Discount {
                id: parsed("install-waived"),
                label: text("Installation, half off"),
                when: Condition::Always,
                off: vec![parsed("internet-install")],
                reduction: Reduction::Share(Percent(5_000)),
                months: None,
            },
        ],
        early_termination: Some(EarlyTermination {
            first_year: Percent(10_000),
            after: Percent(5_000),
            at_most: Some(usd(900_000)),
        }),
        at_term_end: AtTermEnd::Renew,
        codes: vec![DerivedCode {
            id: parsed("nc"),
            label: text("Network channel code (NC)"),
            given_by: None,
            cases: vec![CodeCase { when: Condition::Always, code: "KQ--".into() }],
        }],
        milestones: milestones(&[
            ("order-confirmed", "Facilities confirmed"),
            ("design-complete", "Circuit designed"),
            ("site-ready", "Your site is ready"),
            ("installed", "Circuit installed"),
            ("tested", "Tested, and in service"),
        ]),
        ..bare(
            INTERNET,
            "Dedicated Internet",
            "Internet of your own, at a speed we stand by.",
            Family::DataIp,
            vec![CustomerKind::Business],
        )
    }
}

fn line() -> ProductOffering {
    let texts =
        |id: &str, label: &str| question(id, label, ValueType::Text { min: 1, max: 40, pattern: None, lines: Lines::Single });
    let features = options(&[("caller-id", "Caller ID"), ("call-waiting", "Call waiting"), ("voicemail", "Voicemail")]);
    let limits = text("I understand where 911 service on this line is limited.");
    ProductOffering {
        visit_when: Condition::Not(Box::new(Condition::Always)),
        characteristics: shared(vec![
            question("number", "Number to keep", ValueType::TelephoneNumber(TelephoneUse::Port)),
            texts("old-company", "Company you leave"),
            texts("old-account", "Account number there"),
            question("features", "Features", ValueType::Choices { options: features, min: 0, max: 3 }),
            Characteristic { need: Need::Optional, ..texts("listing", "Name in the directory") },
            asked_in("emergency-location", question("emergency", "Where 911 sends help", ValueType::Address(Reach::Anywhere))),
            asked_in("emergency-location", question("emergency-limits", "911 service", ValueType::Acknowledgement(limits))),
            asked_in("emergency-location", question("listed", "Several buildings?", ValueType::Boolean)),
        ]),
        dialogs: vec![dialog("emergency-location", "Emergency location", Condition::Always)],
        prices: vec![
            price("line", "Business line", monthly(4_200)),
            price("port", "Moving your number", once(1_500)),
            price("calls", "Calls outside the state", Charge::Usage { rate: Decimal::new(49, 3), unit: text("minute") }),
        ],
        letters: vec![LetterNeed {
            letter: parsed("number-port"),
            when: Condition::Always,
            numbers: vec![parsed("number")],
            states: vec![parsed("old-company"), parsed("old-account")],
        }],
        milestones: milestones(&[
            ("port-requested", "Request sent to your old company"),
            ("port-confirmed", "Your old company has confirmed the day"),
            ("line-tested", "Line tested"),
            ("activated", "Number moved, and in service"),
        ]),
        ..bare(
            LINE,
            "Business Line",
            "A phone line with your own number.",
            Family::Local,
            vec![CustomerKind::Business, CustomerKind::Residential],
        )
    }
}
