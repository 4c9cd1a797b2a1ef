//! References: everything that is named is there, and is of the right kind.

use super::small::{each_is_refused, read};

#[test]
fn what_is_named_is_there() {
    each_is_refused(&[
        (
            "data.toml",
            "is = [\"slow\"] }, because",
            "is = [\"slwo\"] }, because<<",
            "there is no value of `speed` `slwo`: there is `slow`, `fast`",
        ),
        (
            "data.toml",
            "visit_when = { characteristic = \"router\"",
            "visit_when = { characteristic = \"ruoter\"<<",
            "there is no question `ruoter`",
        ),
        (
            "data.toml",
            "{ described_by = \"old-number\" }",
            "{ described_by = \"new-number\" }<<",
            "there is no question `new-number`",
        ),
        (
            "data.toml",
            "{ described_by = \"old-number\" }",
            "{ offering = \"loop\" }<<",
            "there is no offering `loop`: there is `internet`",
        ),
        ("data.toml", "\"own-loop\"", "\"pigeons\"<<", "what carries an offering is \"own-loop\""),
        (
            "data.toml",
            "when = { customer = \"residential\" }",
            "when = { together_with = \"line\" }<<",
            "there is no offering `line`",
        ),
        ("data.toml", "terms = [", "excludes = [\"line\"]<<\nterms = [", "there is no offering `line`"),
        ("company.toml", "offerings = [\"internet\"]", "offerings = [\"line\"]<<", "there is no offering `line`"),
        (
            "data.toml",
            "[\"about-you\", {",
            "[\"about-me\", \"about-you\",<< {",
            "there is no dialog `about-me`: there is `about-you`, `numbers`",
        ),
        ("data.toml", "letter = \"move\"", "letter = \"stay\"<<", "there is no letter `stay`: there is `move`"),
        ("data.toml", "numbers = [\"old-number\"]", "numbers = [\"older-number\"]<<", "there is no question `older-number`"),
        ("data.toml", "numbers = [\"old-number\"]", "numbers = [\"name\"]<<", "`name` holds no telephone number"),
        ("data.toml", "states = [\"name\"]", "states = [\"nickname\"]<<", "there is no question `nickname`"),
        (
            "data.toml",
            "off = [\"speed-fast\"]",
            "off = [\"speed-fats\"]<<",
            "there is no price `speed-fats`: there is `speed-slow`, `speed-fast`",
        ),
        (
            "data.toml",
            "networks = [\"fiber\", \"copper\"]",
            "networks = [\"fiber\", \"cable\"]<<",
            "there is no network in any area `cable`: there is `copper`, `fiber`",
        ),
        (
            "data.toml",
            "needs = { networks = [\"fiber\"]",
            "needs = { networks = [\"fibre\"]<<",
            "there is no network in any area `fibre`",
        ),
        ("data.toml", "field = \"rooms\"", "field = \"room\"<<", "there is no question `room`"),
        ("data.toml", "per = \"rooms\"", "per = \"room\"<<", "there is no question `room`"),
        ("data.toml", "value = \"fast\"", "value = \"faster\"<<", "there is no value of `speed` `faster`"),
    ]);
}

#[test]
fn a_reference_to_a_part_that_could_not_be_read_is_no_problem_of_its_own() {
    each_is_refused(&[("data.toml", "id = \"router\"\nlabel", "id = \"router\"\n<<lable", "unknown field `lable`")]);
}

#[test]
fn a_condition_looks_at_questions_asked_before() {
    each_is_refused(&[
        (
            "data.toml",
            "id = \"own\", label = \"Own\", when = { characteristic = \"speed\", is = [\"slow\"] }",
            "id = \"own\", label = \"Own\", when = { answered = \"rooms\" }<<",
            "`rooms` is not answered yet",
        ),
        (
            "data.toml",
            "id = \"own\", label = \"Own\", when = { characteristic = \"speed\", is = [\"slow\"] }",
            "id = \"own\", label = \"Own\", when = { answered = \"router\" }<<",
            "`router` is not answered yet",
        ),
        (
            "data.toml",
            "when = { characteristic = \"router\", is = [\"ours\"] }\ntakes.number",
            "when = { answered = \"rooms\" }<<\ntakes.number",
            "`rooms` is not answered yet",
        ),
        (
            "data.toml",
            "when = { characteristic = \"speed\", at_least = 100 }",
            "when = { answered = \"extensions\" }<<",
            "`extensions` is not answered yet",
        ),
    ]);
}

#[test]
fn a_condition_says_one_thing() {
    let when = "when = { customer = \"residential\" }";
    each_is_refused(&[
        ("data.toml", when, "when = { }<<", "a condition says one thing"),
        ("data.toml", when, "when = { customer = \"residential\", state = [\"GA\"] }<<", "a condition says one thing"),
        ("data.toml", when, "when = { characteristic = \"speed\" }<<", "a condition says one thing"),
        ("data.toml", when, "when = { is = [\"slow\"] }<<", "a condition says one thing"),
        ("data.toml", when, "when = { characteristic = \"speed\", is = [] }<<", "`is` lists no value"),
        ("data.toml", when, "when = { all = [] }<<", "nothing is listed here"),
        ("data.toml", when, "when = { customer = \"robot\" }<<", "unknown variant `robot`"),
        ("data.toml", when, "when = { state = [\"ZZ\"] }<<", "not a state of the United States"),
    ]);
}

#[test]
fn what_is_compared_has_a_number_and_what_is_chosen_has_values() {
    let when = "when = { customer = \"residential\" }";
    each_is_refused(&[
        ("data.toml", when, "when = { characteristic = \"router\", at_least = 1 }<<", "`router` has no number to compare"),
        ("data.toml", when, "when = { characteristic = \"name\", at_most = 1 }<<", "`name` has no number to compare"),
        ("data.toml", when, "when = { characteristic = \"speed\", exceeds = \"code\" }<<", "`code` has no number to compare"),
        ("data.toml", when, "when = { characteristic = \"rooms\", is = [\"two\"] }<<", "`rooms` has no list of values"),
        ("data.toml", "per = \"rooms\"", "per = \"router\"<<", "`router` counts nothing"),
    ]);
    assert!(
        read(&[("data.toml", when, "when = { characteristic = \"extensions\", at_least = 2 }")]).is_ok(),
        "a list counts its entries"
    );
}

#[test]
fn dialogs_ask_something_and_are_used() {
    each_is_refused(&[(
        "data.toml",
        "",
        "\n<<[[dialog]]\nid = \"lonely\"\ntitle = \"Lonely\"\nquestion = [{ id = \"a\", label = \"A\", takes = \"email\" }]",
        "no offering uses the dialog `lonely`",
    )]);
    let empty = read(&[
        ("data.toml", "states = [\"name\"]", "states = []"),
        ("data.toml", "[[dialog.question]]\nid = \"name\"\nlabel = \"Name\"\ntakes.text = { max = 60 }\n", ""),
    ])
    .expect_err("there is a problem");
    assert!(empty.len() == 1 && empty[0].message.starts_with("the dialog `about-you` asks nothing"), "{empty:#?}");
}
