//! Telephone numbers and appointments in a file, checked against the areas of a catalogue.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use order_manager::calendar::is_business_day;
use order_manager::catalogue::Catalogue;
use order_manager::inventory::{AppointmentSlot, CREWS};
use order_manager::telephone::TelephoneNumber;

use crate::rows::{self, Problem, Refusal, Row};

/// The numbers of a file with their rate centres: columns `rate-centre` and `number`.
pub(super) fn numbers(file: &Path, catalogue: &Catalogue) -> Result<Vec<(Box<str>, TelephoneNumber)>, Refusal> {
    each(file, &["rate-centre", "number"], |row| {
        let centre = row.text("rate-centre").ok_or("rate-centre is missing")?;
        let number: TelephoneNumber = row.needed("number", "a telephone number of North America")?;
        let areas: Vec<_> = catalogue.areas.iter().filter(|area| &*area.rate_centre == centre).collect();
        if areas.is_empty() {
            return Err(format!("rate-centre: `{centre}` is none of the catalogue's"));
        }
        let exchange = number.digits()[..6].parse().unwrap_or_default();
        if !areas.iter().any(|area| area.exchanges.contains(&exchange)) {
            return Err(format!("number: {exchange} is no exchange of the rate centre {centre}"));
        }
        Ok((centre.into(), number))
    })
}

/// The appointments of a file: columns `area`, `day`, `window` and, where there are several, `crew`.
pub(super) fn slots(file: &Path, catalogue: &Catalogue) -> Result<Vec<AppointmentSlot>, Refusal> {
    each(file, &["area", "day", "window", "crew"], |row| {
        let (area, window) = (row.text("area").ok_or("area is missing")?, row.text("window").ok_or("window is missing")?);
        let area = catalogue.areas.iter().find(|known| known.id.as_str() == area);
        let area = area.ok_or_else(|| format!("area: `{}` is none of the catalogue's", row.text("area").unwrap_or_default()))?;
        let window = catalogue.windows.iter().find(|known| &*known.id == window);
        let window =
            window.ok_or_else(|| format!("window: `{}` is none of the catalogue's", row.text("window").unwrap_or_default()))?;
        let day: Date = row.needed("day", "a day (2026-12-01)")?;
        if !is_business_day(day, &catalogue.holidays) {
            return Err(format!("day: nobody works on {day}"));
        }
        let crew = row.optional("crew", "a crew's number, from 1")?.unwrap_or(1);
        if !(1..=CREWS).contains(&crew) {
            return Err(format!("crew: `{crew}` is not a crew's number, from 1 to {CREWS}"));
        }
        Ok(AppointmentSlot { area: area.id.clone(), day, window: window.id.clone(), crew })
    })
}

/// What each row of a file says; a row that says the same as one before is a problem too.
fn each<T: Clone + std::fmt::Debug>(
    file: &Path,
    columns: &[&str],
    read: impl Fn(&Row) -> Result<T, String>,
) -> Result<Vec<T>, Refusal> {
    let (mut found, mut said, mut problems) = (Vec::new(), BTreeSet::new(), Vec::new());
    for row in rows::read(file, columns)? {
        let problem = |reason| Problem { file: file.to_owned(), line: row.line, reason };
        match read(&row) {
            Err(reason) => problems.push(problem(reason)),
            Ok(one) if !said.insert(format!("{one:?}")) => problems.push(problem("it is in the file twice".to_owned())),
            Ok(one) => found.push(one),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(Refusal::Problems(problems)) }
}
