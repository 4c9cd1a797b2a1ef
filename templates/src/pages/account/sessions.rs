//! Where one is signed in, and ending it there.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::components::banner::banner;
use crate::components::button::plain;
use crate::components::form::button_form;
use crate::components::tag::{Tone, tag};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The button that ends a session; its value is which.
pub const END: &str = "end";
/// Its value for all but this one.
pub const OTHERS: &str = "others";

/// Where one is signed in.
#[derive(Clone, Copy, Debug)]
pub struct Sessions<'a> {
    /// Each session.
    pub sessions: &'a [Entry<'a>],
    /// Whether one or more have just been ended.
    pub ended: bool,
}

/// A session.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What it is ended by.
    pub key: &'a str,
    /// What it was begun on; empty where that is not known.
    pub device: &'a str,
    /// The day it began.
    pub began: Date,
    /// How long ago it was last used, in minutes.
    pub idle: i64,
    /// Whether it is the one this page is shown to.
    pub here: bool,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Sessions<'_>) -> Markup {
    let words = context.words;
    let end = |value: &str, label: &str| button_form(context, &Path::ACCOUNT_SESSIONS, None, &plain(END, value, label));
    let main = html! {
        h1 { (words.text("sessions-title")) }
        p .lede { (words.text("sessions-lede")) }
        ul .tasks {
            @for entry in view.sessions {
                @let device = if entry.device.is_empty() { words.text("sessions-device").into_owned() } else { entry.device.to_owned() };
                li {
                    div {
                        span .name { (device) }
                        p .about { (words.with("sessions-began", &[("date", words.date(entry.began).into()), ("minutes", entry.idle.into())])) }
                    }
                    @if entry.here { div { (tag(Tone::Good, &words.text("sessions-here"))) } }
                    @else { (end(entry.key, &words.with("sessions-end", &[("device", device.into())]))) }
                }
            }
        }
        @if view.sessions.len() > 1 { p { (end(OTHERS, &words.text("sessions-end-others"))) } }
    };
    let said =
        view.ended.then(|| banner(Tone::Good, &words.text("account-done"), &html! { p { (words.text("sessions-ended")) } }));
    page(context, Page { banner: said, back: Some(Path::ACCOUNT), ..Page::titled(words.text("sessions-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, context};

    let began = jiff::civil::date(2026, 11, 23);
    let here = Entry { key: "a", device: "Firefox, Linux", began, idle: 0, here: true };
    let all = [
        here,
        Entry { key: "b", device: "Safari, iPhone", idle: 1, here: false, ..here },
        Entry { key: "c", device: "", idle: 25, here: false, ..here },
    ];
    vec![
        Sample::new("account-sessions", render(&context(), &Sessions { sessions: &all, ended: false })),
        Sample::new("account-sessions-one", render(&context(), &Sessions { sessions: &all[..1], ended: true })),
    ]
}
