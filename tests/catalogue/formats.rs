//! The format of published catalogues: what was published is read by whatever software is of the same format.

use std::fs;
use std::path::{Path, PathBuf};

use order_manager::compact;
use platform::store::CATALOGUE_FORMAT;

use crate::small;

/// A surcharge of each kind.
const SURCHARGES: &str = r#"

[[surcharge]]
id = "each-room"
label = "Each room"
offerings = ["internet"]
amount = "1.00"
per = ["rooms"]

[[surcharge]]
id = "share-of-charges"
label = "Share"
offerings = ["internet"]
percent = "10"
counted_percent = "60"

[[surcharge]]
id = "share-of-surcharges"
label = "Share"
offerings = ["internet"]
percent = "10"
on = ["each-room"]
"#;

/// What to do when a test here fails.
const ADVICE: &str = "The types of the catalogue have changed what is written of it, so that software before the change and after \
    it can't read each other's published catalogues. If there was a release of this format, give CATALOGUE_FORMAT in \
    functions/platform/src/store/key.rs the next number. Then write its fixture anew: \
    WRITE_FIXTURES=1 cargo test -p tests --test catalogue formats";

/// A question of every type, and a condition of every kind, beside what the small catalogue has.
const EVERYTHING: &str = r#"
family = "voice"

[[offering]]
id = "everything"
name = { en = "Everything", es = "Todo" }
description = "One of each."
sold_to = ["business"]
sold_from = "2026-01-01"
sold_until = "2030-12-31"
price_is = "individual-case"
carried_by = [{ offering = "internet", when = { characteristic = "speed", is = ["fast"] } }, "own-loop"]
terms = [{ months = 0 }]
at_term_end = "disconnect"

[[offering.question]]
id = "some"
label = "Some"
takes.choices = { options = [{ id = "a", label = "A" }, { id = "b", label = "B" }], min = 0, max = 2 }

[[offering.question]]
id = "sure"
label = "Sure?"
takes = "yes-or-no"

[[offering.question]]
id = "agreed"
label = "Agreed?"
when = { any = [{ characteristic = "sure", is = ["yes"] }, { not = { characteristic = "some", is = ["a"] } }] }
takes.acknowledgement = "I agree."

[[offering.question]]
id = "call"
label = "Call"
when = { together_with = "internet" }
takes.telephone = "contact"

[[offering.question]]
id = "mine"
label = "Mine"
optional = true
when = { customer = "business" }
takes = "our-number"

[[offering.question]]
id = "mail"
label = "Mail"
optional = true
when = { state = ["GA"] }
takes = "email"

[[offering.question]]
id = "where"
label = "Where"
optional = true
takes = "address"

[[offering.question]]
id = "there"
label = "There"
optional = true
takes.served-address = { networks = ["fiber"] }

[[offering.question]]
id = "fast-there"
label = "Fast there"
optional = true
takes.served-address = { networks = ["fiber"], at_least = 100 }

[[offering.question]]
id = "as-fast-there"
label = "As fast there"
optional = true
takes.served-address = { networks = ["fiber"], as_fast_as = "term" }

[[offering.question]]
id = "over"
label = "Over"
optional = true
takes.service = [{ offering = "internet", alone_as = "plan", when = { characteristic = "speed", is = ["fast"] }, because = "Too slow." }]

[[offering.question]]
id = "domain"
label = "Domain"
optional = true
takes = "domain-name"

[[offering.question]]
id = "day"
label = "Day"
optional = true
takes.date = { earliest = 1, latest = 60 }

[[offering.question]]
id = "paper"
label = "Paper"
optional = true
takes.file = { media = ["application/pdf"], max_bytes = 4000000 }

[[offering.question]]
id = "as-number"
label = "AS number"
optional = true
takes.as-number = "any"

[[offering.question]]
id = "address"
label = "IP address"
optional = true
takes.ip-address = "private"

[[offering.question]]
id = "prefixes"
label = "Prefixes"
optional = true
takes.prefixes = { space = "public", longest_v4 = 24, longest_v6 = 48, min = 1, max = 20 }

[[offering.question]]
id = "code"
label = "Code"
optional = true
takes.text = { max = 4 }

[[offering.question]]
id = "vlans"
label = "VLANs"
optional = true
takes.vlan-ids = { max = 100 }

[[offering.question]]
id = "secret"
label = "Secret"
optional = true
takes.secret = { min = 8, max = 80 }

[[offering.question]]
id = "rows"
label = "Rows"
optional = true
takes.rows = { columns = [{ label = "Name", unique = true, takes.text = { max = 20 } }, { label = "Number", takes.telephone = "contact", optional = true }], min = 1, max = 50 }

[[offering.question]]
id = "ranges"
label = "Ranges"
optional = true
takes.rows = { columns = [
  { label = "Share", sum = 100, takes.number = { min = 1, max = 100 } },
  { label = "First", takes.number = { min = 1, max = 99 } },
  { label = "Last", ends_range = true, takes.number = { min = 1, max = 99 } },
], min = 1, max = 50 }

[[offering.rule]]
broken_when = { any = [
  { sum = ["rows", "ranges"], exceeds = "vlans", by_more_than = 2 },
  { characteristic = "rows", not_as_long_as = "ranges" },
  { same_entry_in = ["rows", "vlans"] },
] }
field = "rows"
because = "Too many."

[[offering.code]]
id = "channel"
label = "Channel"
given_by = "code"
cases = [{ when = { characteristic = "sure", is = ["yes"] }, code = "HC--" }, { code = "HCE-" }]

[[offering.interval]]
business_days = 2

[[offering.milestone]]
id = "done"
no_return = true
label = "Done"
"#;

fn fixture(ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/catalogue/format-{CATALOGUE_FORMAT}.{ending}"))
}

fn written() -> Option<(Vec<u8>, serde_json::Value)> {
    let told = fs::read(fixture("json")).ok()?;
    Some((fs::read(fixture("compact")).ok()?, serde_json::from_slice(&told).ok()?))
}

#[test]
fn what_was_published_in_this_format_is_read_as_it_was_written() {
    if std::env::var_os("WRITE_FIXTURES").is_some() {
        let catalogue =
            small::read(&[("everything.toml", "", EVERYTHING), ("company.toml", "", SURCHARGES)]).expect("a catalogue");
        let told = serde_json::to_string_pretty(&catalogue).expect("its words");
        fs::create_dir_all(fixture("json").parent().expect("a folder")).expect("a folder");
        fs::write(fixture("compact"), compact::to_bytes(&catalogue).expect("its bytes")).expect("a file");
        fs::write(fixture("json"), told + "\n").expect("a file");
    }
    let Some((bytes, told)) = written() else { panic!("there is no fixture. {ADVICE}") };
    match compact::from_bytes(&bytes) {
        Ok(catalogue) => assert!(serde_json::to_value(catalogue).expect("its words") == told, "{ADVICE}"),
        _ => panic!("{ADVICE}"),
    }
}
