//! A small catalogue, in which every rule of the domain has an example.

use std::sync::LazyLock;

use order_manager::catalogue::Catalogue;
use order_manager::source::SourceFile;

use crate::world::read;

const COMPANY: &str = r#"
version = "1"
currency = "USD"
holidays = ["2026-11-26"]

[term_wording]
label = "How long?"
month_to_month = "By the month"
months = "{months} months"
discount = "Discount for {months} months"

[[window]]
id = "morning"
from = "08:00"
to = "12:00"

[discretion]
label = "From us"
at_most = { sales-representative = 10, approver = 50 }

[[surcharge]]
id = "line-charge"
label = "Line charge"
offerings = ["line"]
percent = "10"

[[terms_of_service]]
version = "2027"
from = "2027-01-01"
section = [{ heading = "Terms", paragraphs = ["Be kinder."] }]

[[terms_of_service]]
version = "2026"
from = "2026-01-01"
section = [{ heading = "Terms", paragraphs = ["Be kind."] }]

[[letter]]
id = "move"
version = "1"
source = "47 CFR 64.1130"
title = "Letter of agency"
paragraphs = ["I choose you."]
valid_days = 30

[[area]]
id = "midtown"
city = "Atlanta"
state = "GA"
zips = ["30308"]
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
description = "Internet for businesses."
sold_to = ["business"]
sold_from = "2026-01-01"
price_is = "negotiable"
networks = ["fiber"]
excludes = ["rival"]
at_term_end = "renew"

[[offering.question]]
id = "gigabits"
label = "Gigabits"
takes.number = { min = 0, max = 100000 }

[[offering.price]]
id = "traffic"
label = "Traffic"
per = "gigabits"
monthly_tiers = [{ from = 1, each = "10.00" }, { from = 1000, each = "92233720368547.00" }]

[[offering.interval]]
business_days = 1
cut_off = "17:00"

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[offering]]
id = "rival"
name = "Other Internet"
description = "Internet for those who want no Internet."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "negotiable"
at_term_end = "renew"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[offering]]
id = "later"
name = "Later"
description = "Not yet."
sold_to = ["residential", "business"]
sold_from = "2027-06-01"
price_is = "negotiable"
at_term_end = "renew"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"
"#;

const LOCAL: &str = r#"
family = "local"

[[offering]]
id = "line"
name = "Line"
description = "A line."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "tariffed"
terms = [{ months = 0 }, { months = 12, discount_percent = "10" }]
at_term_end = "renew"
early_termination = { first_year_percent = "50", after_percent = "50", at_most = "60.00" }
visit_when = { characteristic = "jack", is = ["no"] }
dialogs = [
  { dialog = "new-number", when = { characteristic = "number", is = ["new"] } },
  { dialog = "old-number", when = { characteristic = "number", is = ["old"] } },
]

[[offering.question]]
id = "number"
label = "Number"
takes.choice = [{ id = "new", label = "New" }, { id = "old", label = "Old" }]

[[offering.question]]
id = "grade"
label = "Grade"
takes.choice = [
  { id = "plain", label = "Plain", number = 1, monthly = "20.00" },
  { id = "fast", label = "Fast", number = 2, monthly = "50.00", needs = { networks = ["fiber"], at_least = 100 }, because = "No fiber." },
  { id = "old-fashioned", label = "Old-fashioned", when = { characteristic = "number", is = ["old"] }, because = "Not with a new number." },
]

[[offering.question]]
id = "jack"
label = "Is there a jack?"
takes = "yes-or-no"

[[offering.question]]
id = "phones"
label = "Telephones"
optional = true
takes.number = { min = 1, max = 9 }

[[offering.price]]
id = "visit"
label = "Visit"
when = { characteristic = "jack", is = ["no"] }
one_time = "75.00"

[[offering.rule]]
broken_when = { all = [{ characteristic = "grade", is = ["plain"] }, { characteristic = "phones", at_least = 5 }] }
field = "phones"
because = "Too many telephones."

[[offering.rule]]
broken_when = { all = [{ characteristic = "grade", is = ["old-fashioned"] }, { characteristic = "own-name", is = ["yes"] }] }
field = "own-name"
because = "Not in your own name."

[[offering.interval]]
when = { characteristic = "jack", is = ["no"] }
business_days = 5
cut_off = "17:00"

[[offering.interval]]
business_days = 2
cut_off = "17:00"

[[offering.letter]]
letter = "move"
when = { answered = "port-number" }
numbers = ["port-number"]
states = ["company"]

[[offering.milestone]]
id = "ported"
label = "Your number has moved"
when = { answered = "port-number" }

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[offering]]
id = "calls"
name = "Calls"
description = "Calls over a fast line."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "negotiable"
carried_by = [{ offering = "line", when = { characteristic = "grade", is = ["fast"] } }]
at_term_end = "renew"

[[offering.question]]
id = "minutes"
label = "Minutes"
takes.choice = [{ id = "few", label = "Few", monthly = "5.00" }, { id = "many", label = "Many", monthly = "15.00" }]

[[offering.interval]]
business_days = 1
cut_off = "17:00"

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"

[[dialog]]
id = "new-number"
title = "Your new number"

[[dialog.question]]
id = "our-number"
label = "Number"
takes = "our-number"

[[dialog]]
id = "old-number"
title = "Your old number"

[[dialog.question]]
id = "port-number"
label = "Number"
takes.telephone = "port"

[[dialog.question]]
id = "company"
label = "Company"
takes.text = { max = 60 }

[[dialog.question]]
id = "own-name"
label = "Is it in your own name?"
takes = "yes-or-no"
"#;

const CHANGES: &str = r#"
family = "local"

[[offering]]
id = "disconnect"
action = "disconnect"
name = "End a service"
description = "It ends."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "tariffed"
at_term_end = "disconnect"

[[offering.question]]
id = "reason"
label = "Why?"
takes.choice = [{ id = "price", label = "Price" }, { id = "other", label = "Other" }]

[[offering.price]]
id = "early-termination"
label = "Ending early"
early_termination = true

[[offering.interval]]
business_days = 2

[[offering.milestone]]
id = "ended"
no_return = true
label = "It has ended"

[[offering]]
id = "suspend"
action = "suspend"
name = "Pause a service"
description = "It rests."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "tariffed"
at_term_end = "roll-monthly"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "paused"
no_return = true
label = "It rests"

[[offering]]
id = "restore"
action = "restore"
name = "Resume a service"
description = "It goes on."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "tariffed"
at_term_end = "roll-monthly"

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "resumed"
no_return = true
label = "It works"
"#;

/// The small catalogue.
pub(crate) static SMALL: LazyLock<Catalogue> = LazyLock::new(|| {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    read(&[file("company.toml", COMPANY), file("data.toml", DATA), file("local.toml", LOCAL), file("changes.toml", CHANGES)])
});
