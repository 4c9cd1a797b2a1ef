//! Amounts, tiers, discounts, terms, surcharges.

use super::small::{each_is_refused, read};

#[test]
fn amounts_are_of_the_catalogue_s_currency() {
    each_is_refused(&[
        ("data.toml", "monthly = \"20.00\"", "monthly = \"EUR 20.00\"<<", "`EUR 20.00` is in EUR, and the catalogue is in USD"),
        ("data.toml", "one_time = \"10.00\"", "one_time = \"ten\"<<", "`ten` is no amount"),
        ("data.toml", "monthly = \"5.00\"", "monthly = \"5.005\"<<", "`5.005` is no amount"),
        ("data.toml", "monthly = \"5.00\"", "monthly = \"-5.00\"<<", "less than nothing"),
        ("data.toml", "at_most = \"90.00\"", "at_most = \"GBP 90.00\"<<", "is in GBP"),
        ("data.toml", "each = \"50.00\"", "each = \"CAD 50.00\"<<", "is in CAD"),
        ("data.toml", "usage = \"0.01\"", "usage = \"EUR 0.01\"<<", "`EUR 0.01` is no rate in USD"),
        ("data.toml", "usage = \"0.01\"", "usage = \"-0.01\"<<", "is no rate in USD"),
        ("company.toml", "amount = \"6.50\"", "amount = \"MXN 6.50\"<<", "is in MXN"),
    ]);
    let named = read(&[
        ("data.toml", "monthly = \"20.00\"", "monthly = \"USD 20.00\""),
        ("data.toml", "usage = \"0.01\"", "usage = \"USD 0.01\""),
    ]);
    assert_eq!(named, read(&[]), "the catalogue's own currency may be written before an amount");
}

#[test]
fn a_price_is_charged_in_one_way() {
    each_is_refused(&[
        (
            "data.toml",
            "[[offering.price]]\nid = \"cables\"",
            "<<[[offering.price]]\none_time = \"1.00\"\nid = \"cables\"",
            "a price is charged in one way",
        ),
        (
            "data.toml",
            "[[offering.price]]\nid = \"traffic\"\nlabel = \"Traffic\"\nusage = \"0.01\"",
            "<<[[offering.price]]\nid = \"traffic\"\nlabel = \"Traffic\"\nmonthly = \"0.01\"",
            "`usage` and `unit` belong together",
        ),
        (
            "data.toml",
            "[[offering.price]]\nid = \"cables\"\nlabel = \"Cables\"\nwhen = { characteristic = \"rooms\", at_least = 2 }\nper = \"rooms\"",
            "<<[[offering.price]]\nid = \"cables\"\nlabel = \"Cables\"",
            "`per` names the question that counts",
        ),
    ]);
}

#[test]
fn tiers_begin_at_one_and_go_up() {
    each_is_refused(&[
        ("data.toml", "{ from = 1, each = \"60.00\" }", "{ from = 2, each = \"60.00\" }<<", "the first tier begins at 1"),
        (
            "data.toml",
            "{ from = 4, each = \"50.00\" }",
            "{ from = 1, each = \"50.00\" }<<",
            "tiers go up: this one begins at 1, the one before it at 1",
        ),
        (
            "data.toml",
            "[[offering.price]]\nid = \"cables\"\nlabel = \"Cables\"\nwhen = { characteristic = \"rooms\", at_least = 2 }\nper = \"rooms\"\none_time_tiers = [\n  { from = 1, each = \"60.00\" },\n  { from = 4, each = \"50.00\" },\n]",
            "<<[[offering.price]]\nid = \"cables\"\nlabel = \"Cables\"\nper = \"rooms\"\none_time_tiers = []",
            "list at least one tier",
        ),
    ]);
}

#[test]
fn a_discount_is_off_prices_there_are_and_takes_off_something() {
    each_is_refused(&[
        ("data.toml", "off = [\"speed-fast\"]", "off = [\"traffic\"]<<", "`traffic` is charged by use"),
        ("data.toml", "percent = \"10\"", "percent = \"0\"<<", "`0` is no share"),
        ("data.toml", "percent = \"10\"", "percent = \"101\"<<", "`101` is no share"),
        ("data.toml", "percent = \"10\"", "percent = \"10%\"<<", "`10%` is no share"),
        ("data.toml", "months = 6", "months = 0<<", "a discount for no month is none"),
        ("data.toml", "[[offering.discount]]", "<<[[offering.discount]]\namount = \"5.00\"", "either a share or an amount"),
        (
            "data.toml",
            "[[offering.discount]]\nid = \"welcome\"\nlabel = \"Welcome\"\nwhen = { customer = \"residential\" }\noff = [\"speed-fast\"]",
            "<<[[offering.discount]]\nid = \"welcome\"\nlabel = \"Welcome\"\noff = []",
            "the discount is off nothing",
        ),
        ("company.toml", "[[surcharge]]", "<<[[surcharge]]\npercent = \"5\"", "either a share or an amount"),
        (
            "company.toml",
            "[[surcharge]]\nid = \"line-charge\"\nlabel = \"Line charge\"\nofferings = [\"internet\"]",
            "<<[[surcharge]]\nid = \"line-charge\"\nlabel = \"Line charge\"\nofferings = []",
            "the surcharge is on nothing",
        ),
    ]);
}

#[test]
fn a_surcharge_counts_what_is_asked_and_is_on_what_comes_before_it() {
    let amount = "when = { state = [\"GA\"] }\namount = \"6.50\"";
    let after =
        |text: &str| format!("{amount}\n\n[[surcharge]]\nid = \"share\"\nlabel = \"Share\"\nofferings = [\"internet\"]\n{text}");
    let later = after("percent = \"5\"\non = [\"share\"<<]");
    let nothing = after("percent = \"5\"\non = []").replace("[[surcharge]]", "<<[[surcharge]]");
    let no_share = after("amount = \"1.00\"\non = [\"line-charge\"]").replace("[[surcharge]]", "<<[[surcharge]]");
    let no_count = after("amount = \"1.00\"\nper = []").replace("[[surcharge]]", "<<[[surcharge]]");
    each_is_refused(&[
        ("company.toml", amount, &format!("{amount}\nper = [\"router\"<<]"), "`router` counts nothing"),
        ("company.toml", amount, &format!("{amount}\nper = [\"seats\"<<]"), "there is no question `seats`"),
        ("company.toml", amount, &later, "there is no surcharge before this one `share`"),
        ("company.toml", amount, &nothing, "`on` lists no surcharge"),
        ("company.toml", amount, &no_share, "an amount is `per` what a question counts"),
        ("company.toml", amount, &no_count, "`per` counts nothing"),
        ("company.toml", amount, &after("percent = \"5\"\ncounted_percent = \"101\"<<"), "`101` is no share"),
    ]);
    let taken = after("percent = \"5\"\ncounted_percent = \"60\"\non = [\"line-charge\"]");
    for fine in [taken, format!("{amount}\nper = [\"rooms\", \"speed\"]")] {
        let problems = read(&[("company.toml", amount, &fine)]).err().unwrap_or_default();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn terms_have_month_to_month_and_each_length_once() {
    let terms = "terms = [{ months = 0 }, { months = 12, discount_percent = \"5\" }]";
    each_is_refused(&[
        ("data.toml", terms, "terms = [{ months = 12 }]<<", "add month to month, `{ months = 0 }`"),
        (
            "data.toml",
            terms,
            "terms = [{ months = 0 }, { months = 12 }, { months = 12 }]<<",
            "the term of 12 months is listed already",
        ),
        ("data.toml", terms, "terms = [{ months = 0, discount_percent = \"5\" }]<<", "month to month is the full price"),
        ("data.toml", terms, "terms = [{ months = 0 }, { months = 12, discount_percent = \"500\" }]<<", "`500` is no share"),
        (
            "data.toml",
            "sold_from = \"2026-01-01\"",
            "sold_from = \"2026-01-01\"\nsold_until = \"2025-12-31\"<<",
            "withdrawn before it is first sold",
        ),
        (
            "data.toml",
            "early_termination = { first_year_percent = \"100\"",
            "early_termination = { first_year_percent = \"0\"<<",
            "`0` is no share",
        ),
    ]);
}

#[test]
fn a_question_s_name_stands_for_the_prices_of_all_its_choices() {
    let catalogue = read(&[("data.toml", "off = [\"speed-fast\"]", "off = [\"router\"]")]).expect("no problems");
    let discount =
        catalogue.offerings[0].discounts.iter().find(|discount| discount.id.as_str() == "welcome").expect("the discount");
    assert_eq!(discount.off.iter().map(ToString::to_string).collect::<Vec<_>>(), ["router-ours", "router-ours-once"]);
    let longer =
        catalogue.offerings[0].discounts.iter().find(|discount| discount.id.as_str() == "term-12-months").expect("the term's");
    assert_eq!(longer.off.iter().map(ToString::to_string).collect::<Vec<_>>(), ["speed-slow", "speed-fast", "router-ours"]);
}
