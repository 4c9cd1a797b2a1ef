//! Made-up offerings, with what was answered to them.

use std::sync::Arc;

use jiff::civil::date;
use maud::Markup;
use order_manager::catalogue::{
    AtTermEnd, BroadbandLabel, Carriage, Coverage, Dialog, Family, Negotiability, ProductOffering, TermsOfService,
};
use order_manager::characteristic::{Asked, Characteristic, Lines, Need, ValueOption, ValueType};
use order_manager::condition::Condition;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::Version;
use order_manager::money::Currency;
use order_manager::party::CustomerKind;
use order_manager::pricing::{LineKind, OrderPrice, PriceLine};
use order_manager::qualification::Unavailable;

use super::fixtures::{TODAY, item_id, parsed, text, usd};
use crate::components::broadband_label::{BroadbandFacts, Introductory};
use crate::components::characteristic::{OptionView, Question};
use crate::components::order_summary::{NamedItem, order_summary};
use crate::messages::Words;

/// An offering without questions.
pub(super) fn bare(id: &str, name: &str, description: &str, family: Family, sold_to: Vec<CustomerKind>) -> ProductOffering {
    ProductOffering {
        id: parsed(id),
        name: text(name),
        description: text(description),
        family,
        sold_to,
        sold_from: date(2026, 1, 1),
        sold_until: None,
        negotiability: Negotiability::Negotiable,
        coverage: Coverage::EveryArea,
        carried_by: Carriage::Nothing,
        excludes: vec![],
        intervals: vec![],
        visit_when: Condition::Always,
        characteristics: vec![],
        dialogs: vec![],
        rules: vec![],
        codes: vec![],
        prices: vec![],
        discounts: vec![],
        early_termination: None,
        at_term_end: AtTermEnd::RollMonthly,
        letters: vec![],
        milestones: vec![],
        labels: vec![],
    }
}

/// One of each family beside broadband.
pub(crate) fn offerings() -> Vec<ProductOffering> {
    let business = || vec![CustomerKind::Business];
    vec![
        bare("sip-trunk", "SIP Trunk", "Calls for your phone system, over the internet.", Family::Voice, business()),
        bare("epl", "Ethernet Private Line", "A private line between two of your sites.", Family::Access, business()),
        bare(
            "unlimited-nationwide",
            "Unlimited Nationwide",
            "Call anywhere in the country for one price.",
            Family::LongDistance,
            vec![CustomerKind::Residential, CustomerKind::Business],
        ),
        bare(
            "residential-line",
            "Home Phone Line",
            "A phone line for your home.",
            Family::Local,
            vec![CustomerKind::Residential],
        ),
    ]
}

/// Questions as an offering has them.
pub(super) fn shared(questions: Vec<Characteristic>) -> Vec<Arc<Characteristic>> {
    questions.into_iter().map(Arc::new).collect()
}

/// A question that must be answered, on the page.
pub(super) fn question(id: &str, label: &str, value: ValueType) -> Characteristic {
    Characteristic {
        id: parsed(id),
        label: text(label),
        hint: None,
        technical: None,
        value,
        need: Need::Required,
        applies_when: Condition::Always,
        asked: Asked::OnPage,
        known: None,
        autocomplete: None,
    }
}

/// A choice's options.
pub(super) fn options(options: &[(&str, &str)]) -> Vec<ValueOption> {
    let option = |(id, label): &(&str, &str)| ValueOption {
        id: parsed(id),
        label: text(label),
        number: None,
        available_when: Condition::Always,
        unavailable_because: (*id == "2000").then(|| text("fiber doesn’t reach this address yet")),
        needs: None,
    };
    options.iter().map(option).collect()
}

/// Broadband, with a dialog.
pub(crate) fn broadband() -> ProductOffering {
    let speeds = options(&[("100", "100 Mbps"), ("300", "300 Mbps"), ("1000", "1 Gbps"), ("2000", "2 Gbps")]);
    let dialog = Dialog {
        id: parsed("ip-addressing"),
        title: text("Internet addresses"),
        introduction: Some(text("Fixed addresses let you run a server or connect offices. Most homes don’t need them.")),
        applies_when: Condition::Always,
    };
    let in_dialog = |characteristic| Characteristic { asked: Asked::InDialog(dialog.id.clone()), ..characteristic };
    let zone = ValueType::Text { min: 1, max: 40, pattern: None, lines: Lines::Single };
    ProductOffering {
        characteristics: shared(vec![
            Characteristic {
                hint: Some(text("300 Mbps suits a household of four that streams and works from home.")),
                technical: Some(text("Downstream information rate, best effort.")),
                ..question("speed", "Download speed", ValueType::Choice(speeds))
            },
            question(
                "term",
                "How long do you want to commit?",
                ValueType::Choice(options(&[("none", "Month to month"), ("24", "24 months")])),
            ),
            Characteristic {
                need: Need::Optional,
                ..question("own-router", "Will you use your own router?", ValueType::Boolean)
            },
            in_dialog(question(
                "static-block",
                "Fixed addresses",
                ValueType::Choice(options(&[("one", "One address"), ("block", "Five addresses")])),
            )),
            in_dialog(Characteristic { need: Need::Optional, ..question("reverse-zone", "Name for reverse lookups", zone) }),
        ]),
        dialogs: vec![dialog],
        labels: [100, 300, 1000].map(label).into(),
        ..bare(
            "broadband",
            "Broadband Internet",
            "Fast, dependable internet, with no data limit.",
            Family::DataIp,
            vec![CustomerKind::Residential, CustomerKind::Business],
        )
    }
}

fn label(speed: u32) -> BroadbandLabel {
    BroadbandLabel {
        plan: (parsed("speed"), parsed(&speed.to_string())),
        plan_id: format!("F0001234567BB{speed:04}").into(),
        download_mbps: speed,
        upload_mbps: speed / 10,
        latency_ms: 14,
        data_included_gb: (speed < 300).then_some(1200),
    }
}

/// The labels of an offering's plans.
pub(crate) fn facts(offering: &ProductOffering) -> Vec<BroadbandFacts<'_>> {
    let names = ["Broadband Internet 100 Mbps", "Broadband Internet 300 Mbps", "Broadband Internet 1 Gbps"];
    let fact = |(label, plan)| BroadbandFacts {
        label,
        plan,
        monthly: usd(50_00),
        introductory: (label.download_mbps == 1000).then(|| Introductory { months: 12, then: usd(80_00) }),
        contract_months: (label.download_mbps == 1000).then_some(24),
        monthly_fees: vec![("Network maintenance".into(), usd(2_50))],
        one_time_fees: if label.download_mbps == 100 {
            vec![]
        } else {
            vec![("Installation".into(), usd(99_00)), ("Activation".into(), usd(15_00))]
        },
        early_termination: (label.download_mbps == 1000).then(|| usd(24_000)),
        taxes: (label.download_mbps == 300).then(|| usd(4_12)),
    };
    offering.labels.iter().zip(names).map(fact).collect()
}

/// What was typed for broadband.
pub(crate) fn typed() -> Entered {
    [("speed", "300"), ("term", "24"), ("own-router", "yes"), ("static-block", "one"), ("reverse-zone", "mail.example.com")]
        .into_iter()
        .collect()
}

/// What is wrong with it.
pub(crate) fn wrong() -> Vec<FieldError> {
    vec![
        FieldError::new("speed", Reason::Unavailable(text("Fiber doesn’t reach this address yet"))),
        FieldError::new("term", Reason::Missing),
        FieldError::new("own-router", Reason::NotAChoice),
    ]
}

/// What is wrong with it in the dialog.
pub(crate) fn wrong_in_dialog() -> Vec<FieldError> {
    vec![FieldError::new("static-block", Reason::Missing), FieldError::new("reverse-zone", Reason::TooLong { max: 40 })]
}

/// An offering's questions of one page or dialog.
pub(crate) fn questions<'a>(
    offering: &'a ProductOffering,
    asked: &Asked,
    entered: &'a Entered,
    errors: &'a [FieldError],
) -> Vec<Question<'a>> {
    let question = |spec: &'a Characteristic| Question {
        spec,
        entered,
        errors,
        options: match spec.value {
            ValueType::InventoryNumber => vec![number("4045550110", "(404) 555-0110"), number("4045550111", "(404) 555-0111")],
            _ => spec.value.options().iter().map(option).collect(),
        },
        known_hint: spec.known.is_some(),
        on_file: match spec.value {
            ValueType::File { .. } => Some("letter.pdf".into()),
            ValueType::Secret { .. } => Some("".into()),
            _ => None,
        },
        today: TODAY,
    };
    offering.asked(asked).map(question).collect()
}

fn option(option: &ValueOption) -> OptionView<'_> {
    OptionView {
        id: option.id.as_str().into(),
        label: option.label.in_language("en").into(),
        price: (option.id.as_str().parse::<u32>().is_ok_and(|speed| speed >= 100)).then(|| "$50.00 a month".to_owned()),
        unavailable: option.unavailable_because.as_ref().map(Unavailable::Because),
    }
}

fn number(id: &'static str, label: &'static str) -> OptionView<'static> {
    OptionView { id: id.into(), label: label.into(), price: None, unavailable: None }
}

/// An order summary, for the place beside a step.
pub(crate) fn aside() -> Markup {
    let (broadband, lines) = (item_id(), parsed("018f3a2e-0000-7000-8000-00000000b002"));
    let line = |id: &str, label: &str, kind| PriceLine { item: broadband, id: parsed(id), label: text(label), kind };
    let price = OrderPrice {
        currency: Currency::USD,
        lines: vec![
            line("speed-300", "300 Mbps", LineKind::Monthly(usd(60_00))),
            line("term-24", "24-month discount", LineKind::MonthlyDiscount { amount: usd(-10_00), months: Some(12) }),
            line("installation", "Installation", LineKind::OneTime(usd(99_00))),
            line("cost-recovery", "Regulatory cost recovery", LineKind::Surcharge(usd(2_50))),
        ],
        horizon_months: 24,
        open: vec![lines],
        under: None,
    };
    let named = |id, name: &'static str| NamedItem { id, name: name.into() };
    let items = [named(broadband, "Broadband Internet"), named(lines, "Home Phone Line")];
    order_summary(Words::english(), &price, &items)
}

/// Terms of service.
pub(crate) fn terms() -> TermsOfService {
    TermsOfService {
        version: Version("2026-1".into()),
        from: date(2026, 1, 1),
        sections: vec![
            (
                text("Your service"),
                vec![text("We provide what your order says, at the place it says."), text("Equipment of ours stays ours.")],
            ),
            (text("Ending early"), vec![text("Your order shows what ending a term early costs.")]),
        ],
    }
}
