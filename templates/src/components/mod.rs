//! The parts pages are made of, one file each: a function from what it shows to HTML.
//!
//! A field's label, hint and errors are wired to its control here, so that a field without them cannot be written.

pub mod address;
pub mod banner;
pub mod broadband_label;
pub mod button;
pub mod cell_input;
pub mod characteristic;
pub mod checkboxes;
pub mod commitment;
pub mod contract;
pub mod date_input;
pub mod details;
pub mod dialog;
pub mod error_summary;
pub mod facts;
pub mod field;
pub mod form;
pub mod icon;
pub mod item_name;
pub mod order_details;
pub mod order_state;
pub mod order_summary;
pub mod ordered;
pub mod price_change;
pub mod price_table;
pub mod progress;
pub mod qr_code;
pub mod radios;
pub mod select;
pub mod signed_letters;
pub mod slot_picker;
pub mod summary_list;
pub mod tag;
pub mod task_list;
pub mod text_input;
pub mod textarea;
pub mod timeline;
pub mod unbroken;
pub mod upload;

/// Components that no page of their own shows in every state, on one page.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use maud::html;

    use crate::components::{banner, summary_list, tag, timeline};
    use crate::layout::{Page, page};
    use crate::path::Path;
    use crate::sample::{Sample, context};

    let words = context().words;
    let step = |title: &'static str, progress, note: Option<&'static str>| timeline::Step {
        title: title.into(),
        progress,
        when: Some("November 30, 2026".into()),
        note: note.map(Into::into),
    };
    let steps = [
        step("Order received", timeline::Progress::Done, None),
        step(
            "Old carrier confirms the date",
            timeline::Progress::Late,
            Some("Your old carrier hasn’t answered. We asked again today."),
        ),
        step("Technician’s visit", timeline::Progress::Now, Some("Be there from 8:00 a.m. to 12:00 p.m.")),
        step("In service", timeline::Progress::Ahead, None),
    ];
    let tones = [tag::Tone::Neutral, tag::Tone::Active, tag::Tone::Good, tag::Tone::Attention, tag::Tone::Bad];
    let rows = [
        summary_list::Row { change: Some(Path::HELP), ..summary_list::Row::new("Download speed", "300 Mbps") },
        summary_list::Row { key: "Access notes".into(), lines: vec![], change: Some(Path::HELP), file: None },
        summary_list::Row { file: Some(Path::HELP), ..summary_list::Row::new("The letter", "letter.pdf (12 KB)") },
    ];
    let main = html! {
        h1 { "Components" }
        h2 { "Banners and statuses" }
        @for tone in tones {
            (banner::banner(tone, "Your answers are saved", &html! { p { "And what follows from it." } }))
            p { (tag::tag(tone, "A status in words")) }
        }
        @for state in order_manager::order::OrderState::ALL { p { (order_state::order_state(words, state)) } }
        h2 { "Timeline" }
        (timeline::timeline(words, &steps))
        h2 { "Summary" }
        (summary_list::summary_list(words, &rows))
    };
    vec![Sample::new("components", page(&context(), Page::titled("Components", main)))]
}
