//! Another day for an order that is on its way, or another appointment where a technician comes.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};
use order_manager::inventory::AppointmentSlot;
use order_manager::order::Placed;

use crate::components::button::{primary, second_link};
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::slot_picker::slot_picker;
use crate::layout::{Context, Page, page};
use crate::messages::Asks;
use crate::pages::installation::{REQUESTED, SLOT};
use crate::path::Path;
use order_manager::catalogue::Catalogue;

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct ChangeDay<'a> {
    /// The order.
    pub order: &'a Placed,
    /// The catalogue, for the times of appointments.
    pub catalogue: &'a Catalogue,
    /// The first and the last day that can be had.
    pub days: (Date, Date),
    /// What can be chosen.
    pub choice: DayChoice<'a>,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub enum DayChoice<'a> {
    /// An appointment, one of these.
    Appointment(&'a [AppointmentSlot]),
    /// A day.
    Day,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &ChangeDay<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let field = match view.choice {
        DayChoice::Appointment(_) => Field::new(SLOT, words.text("change-day-slots")).asks(Asks::Choosing),
        DayChoice::Day => Field::new(REQUESTED, words.text("change-day-day")),
    };
    let (title, save) = (words.text("change-day-title"), words.text("change-day-save"));
    let back = Path::order(view.order.id);
    let main = html! {
        h1 { (title) }
        p { (words.with("change-day-now", &[("date", words.date(view.order.installation.visit.day()).into())])) }
        p { (words.text("change-day-about")) }
        @if matches!(view.choice, DayChoice::Appointment([])) {
            p { (words.text("change-day-none")) }
            div .actions { (second_link(&Path::HELP, &words.text("track-help"))) }
        } @else {
            (form(
                context,
                &Form { action: &Path::order_step(view.order.id, "date"), save: &save, version: None, uploads: false },
                &html! {
                    @match view.choice {
                        DayChoice::Appointment(open) => (slot_picker(&filled, &field, open, &view.catalogue.windows)),
                        DayChoice::Day => (date_input(&filled, &field, view.days.0, view.days.1)),
                    }
                    div .actions { (primary(&save)) }
                },
            ))
        }
    };
    page(context, Page { back: Some(back), problems: filled.problems(&[&field]), ..Page::titled(title.clone(), main) })
}

/// The page with a day to choose, with an appointment, with none, and with an error.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::order::{Content, OrderState};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let order = sample::in_state(OrderState::InProgress, &catalogue);
    let Content::Placed(placed) = order.content() else { return vec![] };
    let (first, last) = (jiff::civil::date(2026, 12, 7), jiff::civil::date(2027, 5, 28));
    let window = catalogue.windows.first().map(|window| window.id.clone()).unwrap_or_default();
    let area = catalogue.areas[0].id.clone();
    let slot = |day| AppointmentSlot { area: area.clone(), day, window: window.clone(), crew: 1 };
    let open = [slot(first), slot(first.saturating_add(jiff::Span::new().days(1)))];
    let shown = |name: &str, choice: DayChoice<'_>, errors: &[FieldError]| {
        let entered = Entered::default();
        let view = ChangeDay { order: placed, catalogue: &catalogue, days: (first, last), choice, entered: &entered, errors };
        Sample::new(name, render(&sample::context(), &view))
    };
    vec![
        shown("change-day", DayChoice::Day, &[]),
        shown("change-day-errors", DayChoice::Day, &[FieldError::new(REQUESTED, Reason::Missing)]),
        shown("change-day-appointment", DayChoice::Appointment(&open), &[]),
        shown("change-day-none", DayChoice::Appointment(&[]), &[]),
    ]
}
