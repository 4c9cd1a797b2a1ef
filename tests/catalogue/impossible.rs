//! What can never happen is refused: conditions that never hold, choices nobody can have.

use super::small::{each_is_refused, read};

#[test]
fn a_condition_that_can_never_hold_is_refused() {
    let when = "when = { customer = \"residential\" }";
    each_is_refused(&[
        (
            "data.toml",
            when,
            "when = { all = [{ characteristic = \"speed\", is = [\"slow\"] }, { characteristic = \"speed\", is = [\"fast\"] }] }<<",
            "this discount is never given: no answer to `speed` fits",
        ),
        (
            "data.toml",
            when,
            "when = { characteristic = \"speed\", at_least = 1001 }<<",
            "at_least = 1001 is more than `speed` can be: at most 1000",
        ),
        (
            "data.toml",
            when,
            "when = { characteristic = \"rooms\", at_least = 9 }<<",
            "at_least = 9 is more than `rooms` can be: at most 8",
        ),
        (
            "data.toml",
            when,
            "when = { characteristic = \"rooms\", at_most = 0 }<<",
            "at_most = 0 is less than `rooms` can be: at least 1",
        ),
        ("data.toml", when, "when = { characteristic = \"rooms\", at_least = 5, at_most = 4 }<<", "no answer to `rooms` fits"),
        ("data.toml", when, "when = { characteristic = \"speed\", at_least = 11, at_most = 999 }<<", "no answer to `speed` fits"),
        (
            "data.toml",
            when,
            "when = { all = [{ customer = \"residential\" }, { customer = \"business\" }] }<<",
            "not sold to that kind of customer",
        ),
        ("data.toml", when, "when = { state = [\"TN\"] }<<", "there is no area in that state"),
        ("data.toml", when, "when = { not = { answered = \"speed\" } }<<", "no answer to `speed` fits"),
        (
            "data.toml",
            when,
            "when = { all = [{ together_with = \"internet\" }, { not = { together_with = \"internet\" } }] }<<",
            "to be there and not to be there",
        ),
        (
            "data.toml",
            when,
            "when = { characteristic = \"rooms\", exceeds = \"speed\" }<<",
            "`rooms` is at most 8, and `speed` is at least 10",
        ),
        // Rooms are only asked with a router of ours.
        (
            "data.toml",
            when,
            "when = { all = [{ answered = \"rooms\" }, { characteristic = \"router\", is = [\"own\"] }] }<<",
            "no answer to `router` fits",
        ),
        // The dialog is only opened for fast connections.
        (
            "data.toml",
            when,
            "when = { all = [{ answered = \"old-number\" }, { characteristic = \"speed\", is = [\"slow\"] }] }<<",
            "no answer to `speed` fits",
        ),
        (
            "company.toml",
            "when = { state = [\"GA\"] }",
            "when = { state = [\"FL\"] }<<",
            "this is never charged: there is no area in that state",
        ),
    ]);
}

#[test]
fn a_condition_that_can_hold_is_taken() {
    let when = "when = { customer = \"residential\" }";
    for possible in [
        "when = { any = [{ state = [\"TN\"] }, { customer = \"business\" }] }",
        "when = { all = [{ any = [{ characteristic = \"speed\", is = [\"slow\"] }, { customer = \"business\" }] }, { characteristic = \"speed\", is = [\"fast\"] }] }",
        "when = { not = { characteristic = \"rooms\", at_least = 1 } }",
        "when = { not = { answered = \"rooms\" } }",
        "when = { not = { all = [{ characteristic = \"speed\", is = [\"slow\"] }, { characteristic = \"speed\", is = [\"fast\"] }] } }",
    ] {
        let problems = read(&[("data.toml", when, possible)]).err().unwrap_or_default();
        assert!(problems.is_empty(), "{possible}: {problems:#?}");
    }
}

#[test]
fn what_nobody_can_ever_have_or_be_asked_is_refused() {
    let slow_and_fast =
        "{ all = [{ characteristic = \"speed\", is = [\"slow\"] }, { characteristic = \"speed\", is = [\"fast\"] }] }";
    let replaced = |field: &str| format!("{field} = {slow_and_fast}<<");
    let (when, broken_when, visit_when) = (replaced("when"), replaced("broken_when"), replaced("visit_when"));
    let dialog = format!("{{ dialog = \"numbers\", when = {slow_and_fast} }}]<<");
    each_is_refused(&[
        (
            "data.toml",
            "needs = { networks = [\"fiber\"], at_least = 1000 }",
            "needs = { networks = [\"fiber\"], at_least = 1001 }<<",
            "this choice can never be had: it needs 1001 Mbps, and no area has more than 1000",
        ),
        (
            "data.toml",
            "needs = { networks = [\"fiber\"], at_least = 1000 }",
            "needs = { networks = [\"copper\"], at_least = 200 }<<",
            "this choice can never be had",
        ),
        (
            "data.toml",
            "when = { characteristic = \"speed\", is = [\"slow\"] }",
            &when,
            "this choice can never be had: no answer to `speed` fits",
        ),
        (
            "data.toml",
            "when = { characteristic = \"router\", is = [\"ours\"] }\ntakes.number",
            &format!("{when}\ntakes.number"),
            "this is never asked",
        ),
        (
            "data.toml",
            "{ dialog = \"numbers\", when = { characteristic = \"speed\", at_least = 100 } }]",
            &dialog,
            "this dialog is never opened",
        ),
        ("data.toml", "when = { characteristic = \"rooms\", at_least = 2 }", &when, "this is never charged"),
        (
            "data.toml",
            "broken_when = { all = [{ characteristic = \"speed\", is = [\"fast\"] }, { characteristic = \"rooms\", at_least = 5 }] }",
            &broken_when,
            "this rule is never broken",
        ),
        ("data.toml", "visit_when = { characteristic = \"router\", is = [\"ours\"] }", &visit_when, "a technician never comes"),
        (
            "data.toml",
            "when = { characteristic = \"router\", is = [\"ours\"] }\nbusiness_days",
            &format!("{when}\nbusiness_days"),
            "this interval never counts",
        ),
        (
            "data.toml",
            "when = { answered = \"old-number\" }\nnumbers",
            &format!("{when}\nnumbers"),
            "this letter is never asked for",
        ),
        ("data.toml", "label = \"It works\"", &format!("label = \"It works\"\n{when}"), "this milestone is never reached"),
    ]);
}

#[test]
fn a_choice_of_one_kind_of_customer_is_refused_where_the_offering_is_sold_to_the_other() {
    let problems =
        read(&[("data.toml", "sold_to = [\"residential\", \"business\"]", "sold_to = [\"business\"]")]).expect_err("a problem");
    assert!(problems.len() == 1 && problems[0].message.contains("never given: the offering is not sold to"), "{problems:#?}");
}

#[test]
fn a_choice_that_can_be_missing_says_why_and_no_other_does() {
    each_is_refused(&[
        ("data.toml", ", because = \"Too fast for it.\"", "<<", "say why this choice can't be had"),
        ("data.toml", ", because = \"No fiber.\"", "<<", "say why this choice can't be had"),
        ("data.toml", "label = \"Slow\",", "label = \"Slow\", because = \"Never.\",<<", "this choice can always be had"),
    ]);
}

#[test]
fn of_several_intervals_the_last_always_holds_and_no_other() {
    each_is_refused(&[
        (
            "data.toml",
            "business_days = 2",
            "when = { customer = \"business\" }<<\nbusiness_days = 2",
            "the last interval must always hold",
        ),
        (
            "data.toml",
            "[[offering.interval]]\nwhen = { characteristic = \"router\", is = [\"ours\"] }",
            "<<[[offering.interval]]",
            "this interval always holds, so those after it never count",
        ),
    ]);
    let none = read(&[
        ("data.toml", "[[offering.interval]]\nwhen = { characteristic = \"router\", is = [\"ours\"] }\nbusiness_days = 5\ncut_off = \"17:00\"\n", ""),
        ("data.toml", "[[offering.interval]]\nbusiness_days = 2\n", ""),
    ])
    .expect_err("a problem");
    assert!(none.len() == 1 && none[0].message.starts_with("say how long it takes") && none[0].line == 4, "{none:#?}");
}

#[test]
fn every_plan_has_a_label_once_one_has() {
    let second = "[[offering.broadband_label]]\ncharacteristic = \"speed\"\nvalue = \"fast\"\nplan_id = \"F2\"\ndownload_mbps = 1000\nupload_mbps = 1000\nlatency_ms = 9\ndata_included_gb = 1000\n";
    let problems = read(&[("data.toml", second, "")]).expect_err("a problem");
    assert!(problems.len() == 1 && problems[0].message.contains("the plan `fast` has no broadband label"), "{problems:#?}");
}
