//! Telephone numbers and appointment slots in every area.

use futures_util::future::try_join;
use jiff::{Timestamp, ToSpan};
use order_manager::calendar::{is_business_day, today_in};
use order_manager::catalogue::{Area, Catalogue};
use order_manager::inventory::AppointmentSlot;
use order_manager::telephone::TelephoneNumber;
use platform::store::{Store, StoreError};

/// Numbers an area has to give.
const NUMBERS: u32 = 12;
/// Days ahead on which technicians can come.
const DAYS: i64 = 75;

/// Numbers and appointments; those there stay as they are, holds included.
pub(super) async fn inventory(store: &Store, catalogue: &Catalogue, now: Timestamp) -> Result<(), StoreError> {
    let numbers = catalogue.areas.iter().flat_map(|area| numbers_of(area).map(move |number| (area.rate_centre.clone(), number)));
    let slots = catalogue.areas.iter().flat_map(|area| slots_of(area, catalogue, now));
    let (numbers, slots): (Vec<_>, Vec<_>) = (numbers.collect(), slots.collect());
    try_join(store.put_numbers(&numbers), store.put_slots(&slots)).await?;
    Ok(())
}

/// Numbers of the area's first exchange, from 0140 on.
fn numbers_of(area: &Area) -> impl Iterator<Item = TelephoneNumber> {
    let exchange = area.exchanges.first().copied();
    (0..NUMBERS).filter_map(move |line| format!("{}{:04}", exchange?, 140 + line * 7).parse().ok())
}

/// One crew a window on each working day; where it gets busy, the mornings of Mondays are gone.
fn slots_of(area: &Area, catalogue: &Catalogue, now: Timestamp) -> Vec<AppointmentSlot> {
    let today = today_in(Some(area), now);
    let days = (1..=DAYS).filter_map(|days| today.checked_add(days.days()).ok());
    let days = days.filter(|day| is_business_day(*day, &catalogue.holidays));
    days.flat_map(|day| {
        let open = catalogue
            .windows
            .iter()
            .filter(move |window| &*window.id != "morning" || day.weekday() != jiff::civil::Weekday::Monday);
        open.map(move |window| AppointmentSlot { area: area.id.clone(), day, window: window.id.clone(), crew: 1 })
    })
    .collect()
}
