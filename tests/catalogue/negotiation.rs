//! What agreements are negotiated by: what its checker refuses, with file and line.

use super::small::{each_is_refused, read};

const FILE: &str = "agreements.toml";

#[test]
fn what_agreements_are_negotiated_by_dangles_nowhere_and_contradicts_itself_nowhere() {
    each_is_refused(&[
        (
            FILE,
            "[negotiation]\ncompany = \"Meridian\"\nterms = [12, 24]",
            "[negotiation]<<\ncompany = \"Meridian\"\nterms = [24, 12]",
            "the shortest first",
        ),
        (
            FILE,
            "id = \"desk\"\nname = \"Desk\"\nrole = \"approver\"",
            "id = \"desk\"<<\nname = \"Desk\"\nrole = \"sales-representative\"",
            "nobody approves as sales-representative",
        ),
        (
            FILE,
            "",
            "\n[[negotiation.level]]\nid = \"desk\"<<\nname = \"Desk\"\nrole = \"approver\"\n",
            "another level of approval `desk`",
        ),
        (FILE, "level = \"desk\"", "level = \"nobody\"<<", "no level of approval `nobody`"),
        (FILE, "id = \"wording\"", "id = \"discount\"<<", "another rule `discount`"),
        (FILE, "id = \"value\"", "id = \"value\"<<\ndiscount_above = \"20\"", "a rule looks at one thing"),
        (FILE, "discount_above = \"10\"", "discount_above = \"110\"<<", "is no share"),
        (FILE, "offering = \"internet\"", "offering = \"outernet\"<<", "no offering `outernet`"),
        (FILE, "prices = [\"speed-fast\"]", "prices = [\"trafic\"]<<", "no price `trafic`"),
        (FILE, "cost_percent = \"40\"", "cost_percent = \"81\"<<", "the floor is below what it costs us"),
        (
            FILE,
            "offering = \"internet\"\nprices = [\"speed-fast\"]",
            "offering = \"internet\"<<",
            "`internet` has bounds already",
        ),
        (FILE, "document = \"master\"", "document = \"mistress\"<<", "no document `mistress`"),
        (FILE, "id = \"law\"", "id = \"payment\"<<", "another clause `payment`"),
        (FILE, "ends = \"ends\"", "ends = \"ends {day}\"<<", "`ends` takes nothing in braces"),
        (
            FILE,
            "usage {offering} {price} {rate} {unit}\"",
            "usage {offering} {price} {rate}\"<<",
            "`usage` takes {offering}, {price}, {rate}, {unit}",
        ),
    ]);
}

#[test]
fn prices_that_are_not_negotiable_have_no_bounds() {
    let problems = read(&[("data.toml", "price_is = \"negotiable\"", "price_is = \"tariffed\"")]).expect_err("problems");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.message.contains("not negotiable: take its bounds out")), "{problems:?}");
}
