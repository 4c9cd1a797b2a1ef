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
