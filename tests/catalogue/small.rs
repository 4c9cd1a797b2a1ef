//! A small catalogue without problems, and edits that each put one in.

use order_manager::catalogue::Catalogue;
use order_manager::source::{self, Problem, SourceFile};

const COMPANY: &str = r#"
version = "1"
currency = "USD"
holidays = ["2026-01-01", "2026-12-25"]

[term_wording]
label = "How long?"
month_to_month = "By the month"
months = "{months} months"
discount = "Discount for {months} months"

[[window]]
id = "morning"
from = "08:00"
to = "12:00"

[[surcharge]]
id = "line-charge"
label = "Line charge"
offerings = ["internet"]
when = { state = ["GA"] }
amount = "6.50"

[[terms_of_service]]
version = "2026-01"
from = "2026-01-01"
section = [{ heading = "Terms", paragraphs = ["Be kind."] }]

[[letter]]
id = "move"
version = "1"
source = "47 CFR 64.1130"
title = "Letter of agency"
paragraphs = ["I choose you."]
valid_days = 60

[[area]]
id = "midtown"
city = "Atlanta"
state = "GA"
zips = ["30308", "30309"]
time_zone = "America/New_York"
rate_centre = "ATLANTA"
exchanges = ["404-872"]
networks = { fiber = 1000, copper = 100 }
street = [{ name = "Juniper Street NE", numbers = [100, 899], zip = "30308" }]

[[area]]
id = "macon"
city = "Macon"
state = "GA"
zips = ["31201"]
time_zone = "America/New_York"
rate_centre = "MACON"
exchanges = ["478-741"]
networks = { copper = 100 }
"#;

const DATA: &str = r#"
family = "data-ip"

[[offering]]
id = "internet"
name = "Internet"
description = "Internet for everybody."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "negotiable"
networks = ["fiber", "copper"]
carried_by = ["own-loop", { described_by = "old-number" }]
terms = [{ months = 0 }, { months = 12, discount_percent = "5" }]
at_term_end = "renew"
early_termination = { first_year_percent = "100", after_percent = "50", at_most = "90.00" }
visit_when = { characteristic = "router", is = ["ours"] }
dialogs = ["about-you", { dialog = "numbers", when = { characteristic = "speed", at_least = 100 } }]

[[offering.question]]
id = "speed"
label = "Speed"
takes.choice = [
  { id = "slow", label = "Slow", number = 10, monthly = "20.00" },
  { id = "fast", label = "Fast", number = 1000, monthly = "50.00", needs = { networks = ["fiber"], at_least = 1000 }, because = "No fiber." },
]

[[offering.question]]
id = "router"
label = "Router"
takes.choice = [
  { id = "ours", label = "Ours", monthly = "5.00", one_time = "10.00" },
  { id = "own", label = "Own", when = { characteristic = "speed", is = ["slow"] }, because = "Too fast for it." },
]

[[offering.question]]
id = "rooms"
label = "Rooms"
optional = true
when = { characteristic = "router", is = ["ours"] }
takes.number = { min = 1, max = 8 }

[[offering.question]]
id = "code"
label = "Code"
optional = true
known = "service-zip"
autocomplete = "postal-code"
takes.text = { max = 10, pattern = "[0-9]{5}", means = "five digits" }

[[offering.price]]
id = "cables"
label = "Cables"
when = { characteristic = "rooms", at_least = 2 }
per = "rooms"
one_time_tiers = [
  { from = 1, each = "60.00" },
  { from = 4, each = "50.00" },
]

[[offering.price]]
id = "traffic"
label = "Traffic"
usage = "0.01"
unit = "GB"

[[offering.discount]]
id = "welcome"
label = "Welcome"
when = { customer = "residential" }
off = ["speed-fast"]
percent = "10"
months = 6

[[offering.rule]]
broken_when = { all = [{ characteristic = "speed", is = ["fast"] }, { characteristic = "rooms", at_least = 5 }] }
field = "rooms"
because = "Too many rooms."

[[offering.interval]]
when = { characteristic = "router", is = ["ours"] }
business_days = 5
cut_off = "17:00"

[[offering.interval]]
business_days = 2

[[offering.letter]]
letter = "move"
when = { answered = "old-number" }
numbers = ["old-number"]
states = ["name"]

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[offering.broadband_label]]
characteristic = "speed"
value = "slow"
plan_id = "F1"
download_mbps = 10
upload_mbps = 1
latency_ms = 30

[[offering.broadband_label]]
characteristic = "speed"
value = "fast"
plan_id = "F2"
download_mbps = 1000
upload_mbps = 1000
latency_ms = 9
data_included_gb = 1000

[[dialog]]
id = "about-you"
title = "About you"

[[dialog.question]]
id = "name"
label = "Name"
takes.text = { max = 60 }

[[dialog]]
id = "numbers"
title = "Numbers"
introduction = "Your numbers."

[[dialog.question]]
id = "old-number"
label = "Old number"
optional = true
takes.telephone = "port"

[[dialog.question]]
id = "extensions"
label = "Extensions"
when = { answered = "old-number" }
takes.list = { of.number = { min = 100, max = 999 }, min = 1, max = 20 }
"#;

/// What agreements are negotiated by.
const NEGOTIATION: &str = concat!(
    include_str!("../fixtures/negotiation.toml"),
    r#"
[[negotiation.bounds]]
offering = "internet"
prices = ["speed-fast"]
floor_percent = "80"
cost_percent = "40"
"#
);

/// The place of the problem in an edited text: taken out before it is read.
const HERE: &str = "<<";

/// The small catalogue with edits: in a file, this for that; an edit of nothing adds to the end.
pub(crate) fn read(edits: &[(&str, &str, &str)]) -> Result<Catalogue, Vec<Problem>> {
    source::read(
        &edited(edits).into_iter().map(|file| SourceFile { text: file.text.replace(HERE, ""), ..file }).collect::<Vec<_>>(),
    )
}

fn edited(edits: &[(&str, &str, &str)]) -> Vec<SourceFile> {
    let small = [("company.toml", COMPANY), ("data.toml", DATA), ("agreements.toml", NEGOTIATION)];
    let mut files = small.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    for (name, from, to) in edits {
        match files.iter_mut().find(|(file, _)| file == name) {
            None => files.push(((*name).to_owned(), (*to).to_owned())),
            Some((_, text)) if from.is_empty() => text.push_str(to),
            Some((_, text)) => {
                assert!(text.contains(from), "{name} has no {from:?}");
                *text = text.replacen(from, to, 1);
            }
        }
    }
    files.into_iter().map(|(name, text)| SourceFile { name, text }).collect()
}

/// One edit to a file, marked with `<<` where the problem is to be reported, and what is to be said there: that, and nothing else.
pub(crate) type Case<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Sees that each edit is answered by its problem alone, in its file and line.
pub(crate) fn each_is_refused(cases: &[Case<'_>]) {
    let mut failures = vec![];
    for (file, from, to, says) in cases {
        let edit = [(*file, *from, *to)];
        let text = edited(&edit).into_iter().find(|edited| edited.name == *file).map(|file| file.text).unwrap_or_default();
        let (before, _) = text.split_once(HERE).unwrap_or_else(|| panic!("{to:?} marks no line"));
        let line = 1 + before.matches('\n').count();
        let problems = read(&edit).err().unwrap_or_default();
        let as_expected = |problem: &Problem| problem.file == *file && problem.line == line && problem.message.contains(says);
        if problems.len() != 1 || !problems.iter().all(as_expected) {
            let found: Vec<_> = problems.iter().map(ToString::to_string).collect();
            failures.push(format!("{to}\n  expected {file}:{line}: … {says} …\n  found {found:#?}"));
        }
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}
