//! Technicians' appointments to choose from, day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::catalogue::Window;
use order_manager::inventory::AppointmentSlot;

use super::field::{Field, Filled, group};
use super::radios::{Choice, tickable};

/// Radio buttons for the appointments that are open. Two crews free at the same time are one choice: which of them comes is not
/// the customer's affair.
#[must_use]
pub fn slot_picker(filled: &Filled<'_>, field: &Field<'_>, open: &[AppointmentSlot], windows: &[Window]) -> Markup {
    let days = by_day(open, windows);
    let firsts = days.values().scan(0, |next, day| {
        let first = *next;
        *next += day.len();
        Some(first)
    });
    group(filled, field, |_| {
        html! {
            div .slots {
                @for ((day, times), first) in days.iter().zip(firsts) {
                    fieldset .cluster {
                        legend { (filled.words.date(*day)) }
                        @for (index, (window, slot)) in times.iter().enumerate() {
                            @let choice = Choice::new(slot.choice(), filled.words.window(window.from, window.to));
                            (tickable("radio", filled, field, first + index, &choice))
                        }
                    }
                }
            }
        }
    })
}

type Times<'a> = Vec<(&'a Window, &'a AppointmentSlot)>;

/// Each day's appointments in the order of the catalogue's windows. A window that the catalogue no longer has can't be kept.
fn by_day<'a>(open: &'a [AppointmentSlot], windows: &'a [Window]) -> BTreeMap<Date, Times<'a>> {
    let mut days: BTreeMap<Date, Times<'a>> = BTreeMap::new();
    for window in windows {
        for slot in open.iter().filter(|slot| slot.window == window.id) {
            let times = days.entry(slot.day).or_default();
            if times.last().is_none_or(|(last, _)| last.id != window.id) {
                times.push((window, slot));
            }
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn two_crews_in_one_window_are_one_choice() {
        let Ok(area) = "atlanta".parse() else { panic!("an area's id") };
        let slot = |crew, window: &str| AppointmentSlot {
            area: Clone::clone(&area),
            day: date(2026, 11, 30),
            window: window.into(),
            crew,
        };
        let windows = ["am", "pm"].map(|id| Window { id: id.into(), from: time(8, 0, 0, 0), to: time(12, 0, 0, 0) });
        let open = [slot(1, "pm"), slot(1, "am"), slot(2, "am")];
        let days = by_day(&open, &windows);
        let choices: Vec<_> = days.values().flatten().map(|(_, slot)| slot.choice()).collect();
        assert_eq!(choices, ["2026-11-30.am", "2026-11-30.pm"]);
    }
}
