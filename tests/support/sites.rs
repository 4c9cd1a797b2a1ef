//! Files of many sites.

use std::fmt::Write as _;

use crate::browser::Page;

/// What each site gets: everything that the offering's page requires and can be chosen from a list.
const CHOSEN: &[(&str, &str)] = &[
    ("speed", "300 Mbps"),
    ("router", "ours"),
    ("wifi-extenders", "No"),
    ("static-address", "none"),
    ("socket", "yes"),
    ("installation", "self"),
    ("term", "month-to-month"),
];

/// The columns of an empty file, as it was served.
///
/// # Panics
/// When it is none that spreadsheets read.
#[must_use]
#[expect(clippy::expect_used, reason = "a test fails where the file is none")]
pub fn columns(file: &Page) -> Vec<String> {
    let header = file.html.strip_prefix('\u{feff}').expect("a mark that spreadsheets read").trim_end();
    header.split(',').map(str::to_owned).collect()
}

/// A file with a row for each of these: a name, house number and ZIP code.
#[must_use]
pub fn file(columns: &[String], rows: &[(&str, &str, &str)]) -> String {
    let mut file = columns.join(",") + "\r\n";
    for (name, number, zip) in rows {
        let cell = |column: &String| match column.as_str() {
            "site-name" => (*name).to_owned(),
            "street" => format!("{number} Juniper Street NE"),
            "unit" | "requested-date" => String::new(),
            "city" => "Atlanta".to_owned(),
            "state" => "GA".to_owned(),
            "zip" => (*zip).to_owned(),
            "contact-name" => "\"Okafor, Ana\"".to_owned(),
            "contact-phone" => "(404) 555-0142".to_owned(),
            question => CHOSEN.iter().find(|(id, _)| *id == question).map_or_else(String::new, |(_, value)| (*value).to_owned()),
        };
        let cells: Vec<_> = columns.iter().map(cell).collect();
        let _ = write!(file, "{}\r\n", cells.join(","));
    }
    file
}
