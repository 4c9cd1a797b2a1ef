//! Rules over numbers and entries: what they add up to, how long they are, which stand twice.

use super::offerings::broken;
use super::repository::catalogue;
use super::small::{each_is_refused, read};

/// Rows in the place of a question of the small catalogue.
fn rows(columns: &str) -> String {
    format!("takes.rows = {{ columns = [{columns}], min = 1, max = 3 }}")
}

#[test]
fn a_sum_is_of_numbers_and_can_exceed_what_it_is_held_against() {
    let when = "when = { customer = \"residential\" }";
    each_is_refused(&[
        ("data.toml", when, "when = { sum = [\"rooms\", \"code\"<<], exceeds = \"speed\" }", "`code` has no number to compare"),
        ("data.toml", when, "when = { sum = [], exceeds = \"speed\" }<<", "`sum` adds nothing up"),
        ("data.toml", when, "when = { sum = [\"rooms\"] }<<", "a condition says one thing"),
        ("data.toml", when, "when = { sum = [\"rooms\", \"seats\"<<], exceeds = \"speed\" }", "there is no question `seats`"),
        (
            "data.toml",
            when,
            "when = { sum = [\"rooms\", \"speed\"], exceeds = \"speed\", by_more_than = 998 }<<",
            "this discount is never given: `rooms` and `speed` is at most 1008, and `speed` is at least 10",
        ),
    ]);
    let possible = "when = { sum = [\"rooms\", \"speed\"], exceeds = \"speed\" }";
    let problems = read(&[("data.toml", when, possible)]).err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn entries_are_looked_at_where_there_are_any() {
    let when = "when = { customer = \"residential\" }";
    each_is_refused(&[
        (
            "data.toml",
            when,
            "when = { characteristic = \"router\"<<, not_as_long_as = \"rooms\" }",
            "`router` has no entries to look at",
        ),
        (
            "data.toml",
            when,
            "when = { characteristic = \"code\", not_as_long_as = \"name\"<< }",
            "`name` has no number to compare",
        ),
        ("data.toml", when, "when = { same_entry_in = [\"code\"] }<<", "lists too few questions"),
        ("data.toml", when, "when = { same_entry_in = [\"code\", \"router\"<<] }", "`router` has no entries to look at"),
    ]);
    for possible in [
        "when = { characteristic = \"extensions\", not_as_long_as = \"rooms\" }",
        "when = { same_entry_in = [\"code\", \"extensions\"] }",
    ] {
        let problems = read(&[("data.toml", when, possible)]).err().unwrap_or_default();
        assert!(problems.is_empty(), "{possible}: {problems:#?}");
    }
}

#[test]
fn columns_are_such_that_some_rows_fit() {
    let takes = "takes.text = { max = 60 }";
    let number = "takes.number = { min = 1, max = 30 }";
    let (sum, text, range) =
        ("{ label = \"A\", sum = 100<<, ", "takes.text = { max = 9 }", "{ label = \"B\"<<, ends_range = true, ");
    let case = |columns: String| rows(&columns);
    let impossible = case(format!("{sum}{number} }}"));
    let no_number = case(format!("{sum}{text} }}"));
    let optional = case(format!("{sum}{number}, optional = true }}"));
    let two_ways = case(format!("{{ label = \"A\"<<, unique = true, ends_range = true, {text} }}"));
    let first = case(format!("{range}{text} }}"));
    let unlike = case(format!("{{ label = \"A\", {number} }}, {range}{text} }}"));
    let open = case(format!("{{ label = \"A\", {text}, optional = true }}, {range}{text} }}"));
    let choice = |labels: [&str; 2]| {
        let [a, b] = labels;
        let options = format!("takes.choice = [{{ id = \"a\", label = \"{a}\" }}, {{ id = \"b\", label = \"{b}\" }}]");
        case(format!("{{ label = \"A\"<<, {options} }}"))
    };
    let (comma, alike) = (choice(["Yes, sir", "No"]), choice(["In turn", "in Turn"]));
    each_is_refused(&[
        ("data.toml", takes, &impossible, "no rows come to 100 in this column"),
        ("data.toml", takes, &no_number, "only numbers add up"),
        ("data.toml", takes, &optional, "only numbers add up"),
        ("data.toml", takes, &two_ways, "give one of unique, sum and ends_range"),
        ("data.toml", takes, &first, "a range ends in the column after the one it begins in"),
        ("data.toml", takes, &unlike, "a range ends in the column after the one it begins in"),
        ("data.toml", takes, &open, "a range ends in the column after the one it begins in"),
        ("data.toml", takes, &comma, "the label `Yes, sir` is typed within a line"),
        ("data.toml", takes, &alike, "two choices are typed as `in Turn`"),
    ]);
}

#[test]
fn both_rates_together_are_no_more_than_the_speed() {
    let catalogue = catalogue();
    for line in ["e-access", "ethernet-private-line", "ethernet-virtual-private-line"] {
        let broken = |cir, eir| broken(&catalogue, line, &[("bandwidth", "100-mbps"), ("cir", cir), ("eir", eir)]);
        assert_eq!(broken("60", "40"), [""; 0], "{line}");
        assert_eq!(broken("60", "41"), ["eir"], "{line}");
        assert_eq!(broken("101", "0"), ["cir"], "{line}");
    }
}

#[test]
fn codes_and_extensions_are_as_long_as_was_said_and_each_is_one_telephones() {
    let catalogue = catalogue();
    for plan in ["unlimited-nationwide", "business-per-minute"] {
        let broken = |codes| broken(&catalogue, plan, &[("account-codes", "verified"), ("code-digits", "4"), ("codes", codes)]);
        assert_eq!(broken("4471, Okafor\n4472, Lobby"), [""; 0], "{plan}");
        assert_eq!(broken("4471, Okafor\n472, Lobby"), ["codes"], "{plan}");
    }
    let seats = |people: &str, agents: &str| {
        let entered = [
            ("standard-seats", "5"),
            ("agent-seats", "5"),
            ("extension-length", "three"),
            ("person-list", people),
            ("agent-list", agents),
        ];
        broken(&catalogue, "hosted-voice", &entered)
    };
    assert_eq!(seats("201, Grace,,", "301, Luis,,"), [""; 0]);
    assert_eq!(seats("2011, Grace,,", "301, Luis,,"), ["person-list"]);
    assert_eq!(seats("201, Grace,,", "201, Luis,,"), ["agent-list"]);
    let centrex = |groups: &str| {
        let entered = [
            ("stations", "2"),
            ("extension-length", "3-digits"),
            ("extensions", "201, Front,, local\n202, Back,, Everywhere"),
            ("hunt-groups", groups),
        ];
        broken(&catalogue, "centrex", &entered)
    };
    assert_eq!(centrex("200, Sales, circular, 201 202"), [""; 0]);
    assert_eq!(centrex("201, Sales, circular, 201 202"), ["hunt-groups"]);
    assert_eq!(centrex("2000, Sales, circular, 201 202"), ["hunt-groups"]);
}
