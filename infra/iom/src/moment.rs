//! The moment a catalogue is to take effect, as an operator writes it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use order_manager::catalogue::Catalogue;

/// Reads `now`, a day (`2026-12-01`), or a time with its zone (`2026-12-01T06:00-05:00`,
/// `2026-12-01T06:00[America/New_York]`). A day begins here when it has begun in every area served, so that nobody pays a
/// day's price the day before.
///
/// # Errors
/// What is wrong with it, and what to write.
pub(crate) fn read(text: &str, catalogue: &Catalogue, now: Timestamp) -> Result<Timestamp, String> {
    if text == "now" {
        return Ok(now);
    }
    let malformed =
        || format!("`{text}` is no moment: write `now`, a day (2026-12-01), or a time with its zone (2026-12-01T06:00-05:00)");
    let day = if text.len() == "2026-12-01".len() { text.parse::<Date>().ok() } else { None };
    let moment = match day {
        Some(day) => begin(day, catalogue).ok_or_else(malformed)?,
        None => text.parse().or_else(|_| text.parse::<Zoned>().map(|zoned| zoned.timestamp())).map_err(|_| malformed())?,
    };
    if moment <= now {
        return Err(format!("{moment} has passed: leave --from out to publish at once"));
    }
    Ok(moment)
}

/// When a day has begun everywhere.
fn begin(day: Date, catalogue: &Catalogue) -> Option<Timestamp> {
    let zones = catalogue.areas.iter().map(|area| TimeZone::get(&area.time_zone).unwrap_or(TimeZone::UTC));
    let begins = |zone: TimeZone| day.to_zoned(zone).ok().map(|zoned| zoned.timestamp());
    zones.filter_map(begins).max().or_else(|| begins(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use order_manager::catalogue::Area;

    use super::*;

    const NOW: &str = "2026-11-10T12:00:00Z";

    /// A catalogue that serves areas in these time zones.
    fn serving(zones: &[&str]) -> Catalogue {
        let mut catalogue = Catalogue::clone(&platform::catalogue::embedded().expect("the catalogue that was built in"));
        let area = catalogue.areas.first().expect("an area").clone();
        catalogue.areas = zones.iter().map(|zone| Area { time_zone: (*zone).into(), ..area.clone() }).collect();
        catalogue
    }

    fn said(text: &str, zones: &[&str]) -> Result<String, String> {
        read(text, &serving(zones), NOW.parse().expect("a time")).map(|moment| moment.to_string())
    }

    #[test]
    fn a_day_begins_when_it_has_begun_in_every_area_served() {
        for (zones, begins) in [
            (&["America/New_York"][..], "2026-12-01T05:00:00Z"),
            (&["America/New_York", "America/Chicago", "America/New_York"], "2026-12-01T06:00:00Z"),
            (&[], "2026-12-01T00:00:00Z"),
        ] {
            assert_eq!(said("2026-12-01", zones), Ok(begins.to_owned()), "{zones:?}");
        }
    }

    #[test]
    fn a_time_is_read_with_its_zone() {
        for text in ["2026-12-01T06:00-05:00", "2026-12-01T11:00Z", "2026-12-01T06:00[America/New_York]"] {
            assert_eq!(said(text, &["America/Chicago"]), Ok("2026-12-01T11:00:00Z".to_owned()), "{text}");
        }
        assert_eq!(said("now", &[]), Ok(NOW.to_owned()));
    }

    #[test]
    fn what_is_no_moment_or_has_passed_is_refused_with_what_to_write() {
        for text in ["", "tomorrow", "2026-13-01", "12/01/2026", "2026-12-01T06:00", "2026-12-01T06:00[Nowhere/Town]"] {
            let why = said(text, &["America/New_York"]).expect_err("no moment");
            assert!(why.starts_with(&format!("`{text}` is no moment: write `now`")), "{why}");
        }
        for text in ["2026-11-10", "2026-11-10T12:00:00Z", "2020-01-01"] {
            let why = said(text, &["America/New_York"]).expect_err("it has passed");
            assert!(why.ends_with("has passed: leave --from out to publish at once"), "{why}");
        }
    }
}
