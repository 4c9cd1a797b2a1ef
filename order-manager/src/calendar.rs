//! Business days: how long things take, in days on which people work.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::catalogue::{Area, Catalogue, Interval, ProductOffering};
use crate::condition::Circumstances;

/// Whether people work on this day: not on Saturdays, Sundays and the catalogue's holidays.
#[must_use]
pub fn is_business_day(day: Date, holidays: &[Date]) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&day)
}

/// The business day so many business days after `day`; for none, `day` itself or the next business day.
#[must_use]
pub fn add_business_days(day: Date, count: u16, holidays: &[Date]) -> Date {
    let mut day = day;
    while !is_business_day(day, holidays) {
        day = next(day);
    }
    for _ in 0..count {
        day = next(day);
        while !is_business_day(day, holidays) {
            day = next(day);
        }
    }
    day
}

fn next(day: Date) -> Date {
    // The calendar ends in the year 9999; an order does not live to see it.
    day.checked_add(1.day()).unwrap_or(day)
}

/// The company's own clock: where it signs.
const SEAT: &str = "America/New_York";

/// The clock by which the company keeps what belongs to no one place.
#[must_use]
pub fn company_zone() -> TimeZone {
    TimeZone::get(SEAT).unwrap_or(TimeZone::UTC)
}

/// The date by the company's own clock. Agreements and accounts begin and end by it, wherever the places are that they are about:
/// an agreement that is signed today prices an order of today at every one of them.
#[must_use]
pub fn company_day(now: Timestamp) -> Date {
    now.to_zoned(company_zone()).date()
}

/// When a day of the company begins.
#[must_use]
pub fn company_midnight(day: Date) -> Timestamp {
    // A day that ends beyond the calendar's own end is not reached.
    day.to_zoned(company_zone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// The date in an area, by its own clock. Where no area is known, or its time zone is not, the company's clock is gone by.
#[must_use]
pub fn today_in(area: Option<&Area>, now: Timestamp) -> Date {
    now.to_zoned(zone_of(area)).date()
}

fn zone_of(area: Option<&Area>) -> TimeZone {
    area.and_then(|area| TimeZone::get(&area.time_zone).ok()).unwrap_or_else(company_zone)
}

/// The first day service can be: the offering's interval after today, or after tomorrow when the cut-off has passed.
///
/// Source: 47 CFR 52.35(d) for the one-business-day port (received by 1 p.m. local time), the catalogue for all others.
#[must_use]
pub fn earliest(
    offering: &ProductOffering,
    circumstances: &Circumstances<'_>,
    area: Option<&Area>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Date {
    let local = now.to_zoned(zone_of(area));
    let interval = offering.intervals.iter().find(|interval| interval.when.holds(circumstances));
    let (days, cut_off) = interval.map_or((0, None), |Interval { business_days, cut_off, .. }| (*business_days, *cut_off));
    let received = if cut_off.is_some_and(|cut_off| local.time() > cut_off) { next(local.date()) } else { local.date() };
    add_business_days(received, days, &catalogue.holidays)
}
