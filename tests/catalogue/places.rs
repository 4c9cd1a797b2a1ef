//! Places, letters, the calendar.

use super::small::each_is_refused;

#[test]
fn a_far_address_needs_no_more_than_is_carried_somewhere() {
    let takes = "takes.text = { max = 60 }";
    each_is_refused(&[
        (
            "data.toml",
            takes,
            "takes.served-address = { networks = [\"copper\"], at_least = 101<< }",
            "no address is served with 101 Mbps: no area has more than 100",
        ),
        (
            "data.toml",
            takes,
            "takes.served-address = { networks = [\"fiber\"], as_fast_as = \"router\"<< }",
            "`router` has no number to compare",
        ),
        (
            "data.toml",
            takes,
            "takes.served-address = { networks = [\"fiber\"], at_least = 10, as_fast_as = \"speed\"<< }",
            "give one of at_least and as_fast_as",
        ),
        ("data.toml", takes, "takes.service = [{ offering = \"internet\", alone_as = \"The plan\"<< }]", "can't be a name here"),
    ]);
}

#[test]
fn a_place_is_in_one_area_with_real_networks_numbers_and_streets() {
    each_is_refused(&[
        (
            "company.toml",
            "zips = [\"31201\"]",
            "zips = [\"31201\", \"30309\"]<<",
            "ZIP code 30309 is in the area `midtown` already",
        ),
        ("company.toml", "zips = [\"31201\"]", "zips = [\"3120\"]<<", "not a ZIP code"),
        ("company.toml", "exchanges = [\"478-741\"]", "exchanges = [\"478741\"]<<", "`478741` is no exchange"),
        ("company.toml", "exchanges = [\"478-741\"]", "exchanges = [\"478-111\"]<<", "`478-111` is no exchange"),
        ("company.toml", "exchanges = [\"478-741\"]", "exchanges = [\"800-741\"]<<", "`800-741` is no exchange"),
        (
            "company.toml",
            "exchanges = [\"478-741\"]",
            "exchanges = [\"404-872\"]<<",
            "exchange 404-872 is of the rate centre ATLANTA already",
        ),
        (
            "company.toml",
            "networks = { copper = 100 }",
            "networks = { copper = 0 }<<",
            "the network `copper` has no capacity here",
        ),
        (
            "company.toml",
            "time_zone = \"America/New_York\"\nrate_centre = \"MACON\"",
            "time_zone = \"America/Macon\"<<\nrate_centre = \"MACON\"",
            "`America/Macon` is no time zone",
        ),
        ("company.toml", "numbers = [100, 899]", "numbers = [899, 100]<<", "house numbers go from the lowest"),
        ("company.toml", "zip = \"30308\"", "zip = \"31201\"<<", "ZIP code 31201 is not among those of the area `midtown`"),
    ]);
}

#[test]
fn the_calendar_goes_up_and_windows_end_after_they_begin() {
    each_is_refused(&[
        (
            "company.toml",
            "[\"2026-01-01\", \"2026-12-25\"]",
            "[\"2026-12-25\", \"2026-01-01\"]<<",
            "2026-01-01 comes after 2026-12-25",
        ),
        (
            "company.toml",
            "[\"2026-01-01\", \"2026-12-25\"]",
            "[\"2026-01-01\", \"2026-01-01\"]<<",
            "list holidays in order, each once",
        ),
        (
            "company.toml",
            "[[window]]\nid = \"morning\"\nfrom = \"08:00\"",
            "<<[[window]]\nid = \"morning\"\nfrom = \"12:00\"",
            "the window ends before it begins",
        ),
    ]);
}

#[test]
fn letters_and_terms_of_service_say_something() {
    each_is_refused(&[
        (
            "company.toml",
            "[[letter]]\nid = \"move\"\nversion = \"1\"\nsource = \"47 CFR 64.1130\"\ntitle = \"Letter of agency\"\nparagraphs = [\"I choose you.\"]",
            "<<[[letter]]\nid = \"move\"\nversion = \"1\"\nsource = \"47 CFR 64.1130\"\ntitle = \"Letter of agency\"\nparagraphs = []",
            "the letter says nothing",
        ),
        (
            "company.toml",
            "[[letter]]\nid = \"move\"\nversion = \"1\"\nsource = \"47 CFR 64.1130\"\ntitle = \"Letter of agency\"\nparagraphs = [\"I choose you.\"]\nvalid_days = 60",
            "<<[[letter]]\nid = \"move\"\nversion = \"1\"\nsource = \"47 CFR 64.1130\"\ntitle = \"Letter of agency\"\nparagraphs = [\"I choose you.\"]\nvalid_days = 61",
            "at most 60 days",
        ),
        (
            "company.toml",
            "[[letter]]",
            "<<[[terms_of_service]]\nversion = \"2027-01\"\nfrom = \"2027-01-01\"\nsection = [{ heading = \"Terms\", paragraphs = [\"Be kinder.\"] }]\n\n[[letter]]",
            "list the latest first",
        ),
        (
            "company.toml",
            "[[letter]]",
            "[[terms_of_service]]\nversion = \"2026-01\"<<\nfrom = \"2025-01-01\"\nsection = [{ heading = \"Terms\", paragraphs = [\"Be kinder.\"] }]\n\n[[letter]]",
            "there is another version of the terms of service `2026-01`",
        ),
        (
            "company.toml",
            "[[letter]]",
            "<<[[terms_of_service]]\nversion = \"2025-01\"\nfrom = \"2025-01-01\"\n\n[[letter]]",
            "these terms say nothing",
        ),
    ]);
}
