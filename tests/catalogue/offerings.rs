//! What the repository's offerings promise, as the domain reads it: choices by place, intervals, letters, rules.

use order_manager::admits::Reading;
use order_manager::catalogue::{Area, Catalogue, ProductOffering};
use order_manager::condition::{Circumstances, Condition};
use order_manager::entered::{Entered, Reason};
use order_manager::id::OfferingId;
use order_manager::party::CustomerKind;
use order_manager::qualification::{Unavailable, option_available};
use order_manager::value::Answers;

use super::repository::catalogue;

pub(crate) fn offering<'a>(catalogue: &'a Catalogue, id: &str) -> &'a ProductOffering {
    catalogue.offerings.iter().find(|offering| offering.id.as_str() == id).expect("the offering")
}

fn area<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Area {
    catalogue.areas.iter().find(|area| area.id.as_str() == id).expect("the area")
}

/// Answers to an offering's questions, each entered as in a form.
pub(crate) fn answers(offering: &ProductOffering, entered: &[(&str, &str)]) -> Answers {
    let reading = Reading { today: jiff::civil::date(2026, 11, 23), area: None, services: &[], files: &[] };
    let form: Entered = entered.iter().copied().collect();
    let mut answers = Answers::new();
    for question in &offering.characteristics {
        let value = question.value.admit(question.id.as_str(), &form, &reading);
        answers.extend(value.unwrap_or_else(|errors| panic!("{errors:?}")).map(|value| (question.id.clone(), value)));
    }
    answers
}

fn holds(condition: &Condition, offering: &ProductOffering, entered: &[(&str, &str)], beside: &[OfferingId]) -> bool {
    let answers = answers(offering, entered);
    let state = "GA".parse().expect("a state");
    condition.holds(&Circumstances { answers: &answers, numbers: offering, customer: CustomerKind::Residential, state, beside })
}

/// The fields of an offering's rules that these answers break.
pub(crate) fn broken(catalogue: &Catalogue, id: &str, entered: &[(&str, &str)]) -> Vec<String> {
    let offering = offering(catalogue, id);
    let rules = offering.rules.iter().filter(|rule| holds(&rule.broken_when, offering, entered, &[]));
    rules.map(|rule| rule.field.to_string()).collect()
}

#[test]
fn one_gigabit_is_refused_with_its_reason_where_there_is_only_copper() {
    let catalogue = catalogue();
    let broadband = offering(&catalogue, "broadband-internet");
    let speeds =
        broadband.characteristics.iter().find(|question| question.id.as_str() == "speed").expect("the question").value.options();
    let (none, state) = (Answers::new(), "GA".parse().expect("a state"));
    let circumstances =
        Circumstances { answers: &none, numbers: broadband, customer: CustomerKind::Residential, state, beside: &[] };
    let can_have = |place: &str| -> Vec<bool> {
        speeds.iter().map(|speed| option_available(speed, &circumstances, Some(area(&catalogue, place))).is_ok()).collect()
    };
    assert_eq!(can_have("milledgeville"), [true, false, false]);
    assert_eq!(can_have("cleveland-tn"), [true, true, false]);
    assert_eq!(can_have("atlanta-midtown"), [true, true, true]);
    match option_available(&speeds[2], &circumstances, Some(area(&catalogue, "milledgeville"))) {
        Err(Unavailable::Because(text)) => assert!(text.in_language("en").contains("fiber")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_simple_port_takes_one_business_day_any_other_four_and_a_visit_five() {
    let catalogue = catalogue();
    let line = offering(&catalogue, "residential-line");
    let simple =
        [("number-source", "ported"), ("jack-works", "yes"), ("other-numbers", "no"), ("other-service", "no"), ("resold", "no")];
    let instead = |name: &'static str, answer: &'static str| {
        simple.map(|(field, simple)| (field, if field == name { answer } else { simple }))
    };
    let days = |entered: &[(&str, &str)]| {
        let interval = line.intervals.iter().find(|interval| holds(&interval.when, line, entered, &[])).expect("one holds");
        (interval.business_days, interval.cut_off.map(jiff::civil::Time::hour))
    };
    assert_eq!(days(&simple), (1, Some(13)));
    for (name, answer) in [("other-numbers", "yes"), ("other-service", "yes"), ("other-service", "not-sure"), ("resold", "yes")] {
        assert_eq!(days(&instead(name, answer)), (4, Some(13)), "{name} {answer}");
    }
    assert_eq!(days(&instead("jack-works", "no")).0, 5);
    assert_eq!(days(&instead("number-source", "new")).0, 2);
}

#[test]
fn a_letter_is_asked_for_each_thing_the_law_asks_one_for() {
    let catalogue = catalogue();
    let line = offering(&catalogue, "residential-line");
    let letters = |entered: &[(&str, &str)]| -> Vec<String> {
        line.letters.iter().filter(|need| holds(&need.when, line, entered, &[])).map(|need| need.letter.to_string()).collect()
    };
    let none: [String; 0] = [];
    assert_eq!(letters(&[("number-source", "new"), ("long-distance", "us"), ("regional", "us")]), none);
    assert_eq!(letters(&[("number-source", "ported"), ("long-distance", "none"), ("regional", "other")]), ["number-port"]);
    assert_eq!(
        letters(&[("number-source", "ported"), ("long-distance", "none"), ("regional", "us")]),
        ["number-port", "intralata-carrier"]
    );
    assert_eq!(
        letters(&[("number-source", "ported"), ("long-distance", "us"), ("regional", "us")]),
        ["number-port", "interlata-carrier", "intralata-carrier"],
        "each kind of call apart (47 CFR 64.1120(b))"
    );
    assert_eq!(letters(&[("number-source", "new"), ("locks", "local")]), ["carrier-freeze"]);
}

#[test]
fn a_rule_is_broken_where_answers_contradict_each_other() {
    let catalogue = catalogue();
    let broken = |entered: &[(&str, &str)]| broken(&catalogue, "dedicated-internet", entered);
    let none: [String; 0] = [];
    assert_eq!(broken(&[("bandwidth", "100-mbps"), ("billing", "burst"), ("committed", "100-mbps")]), none);
    assert_eq!(broken(&[("bandwidth", "100-mbps"), ("billing", "burst"), ("committed", "250-mbps")]), ["committed"]);
    assert_eq!(broken(&[("mtu", "1279"), ("ipv6", "slaac")]), ["mtu"]);
    assert_eq!(broken(&[("mtu", "1279"), ("ipv6", "none")]), none);
    assert_eq!(broken(&[("ipv4", "unnumbered"), ("routed-block", "none")]), ["routed-block"]);
}

#[test]
fn a_large_block_of_addresses_needs_a_reason_and_a_small_one_none() {
    let catalogue = catalogue();
    let dedicated = offering(&catalogue, "dedicated-internet");
    let asked = |entered: &[(&str, &str)], id: &str| {
        let question = dedicated.characteristics.iter().find(|question| question.id.as_str() == id).expect("the question");
        holds(&question.applies_when, dedicated, entered, &[])
    };
    assert!(!asked(&[("routed-block", "none")], "registered-name"));
    assert!(asked(&[("routed-block", "prefix-29")], "registered-name"));
    assert!(!asked(&[("routed-block", "prefix-25")], "large-block-reason"));
    assert!(asked(&[("routed-block", "prefix-24")], "large-block-reason"));
    assert!(asked(&[("large-block-reason", "multihoming")], "upstreams"));
    assert!(asked(&[("multihomed", "yes")], "as-number") && !asked(&[("multihomed", "yes")], "as-number-single"));
}

#[test]
fn a_number_of_another_rate_centre_or_a_toll_free_one_can_t_be_brought_along() {
    let catalogue = catalogue();
    let line = offering(&catalogue, "residential-line");
    let question = line.characteristics.iter().find(|question| question.id.as_str() == "port-number").expect("the question");
    let reading =
        Reading { today: jiff::civil::date(2026, 11, 23), area: Some(area(&catalogue, "savannah")), services: &[], files: &[] };
    let read = |number: &str| {
        question.value.admit("n", &[("n", number)].into_iter().collect(), &reading).map_err(|errors| errors[0].reason.clone())
    };
    assert!(matches!(read("(912) 233-0147"), Ok(Some(_))));
    assert_eq!(read("404-872-0147"), Err(Reason::OtherRateCentre));
    assert_eq!(read("888-555-0147"), Err(Reason::TollFreeNumber));
}

#[test]
fn the_telephone_and_internet_together_cost_less() {
    let catalogue = catalogue();
    for (id, other) in [("broadband-internet", "residential-line"), ("residential-line", "broadband-internet")] {
        let offering = offering(&catalogue, id);
        let together: Vec<OfferingId> = vec![other.parse().expect("an id")];
        let given = |beside: &[OfferingId]| {
            offering.discounts.iter().filter(|discount| holds(&discount.when, offering, &[], beside)).count()
        };
        assert_eq!(given(&together), given(&[]) + 1, "{id}");
    }
}
