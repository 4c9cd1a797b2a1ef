//! A form that came after its session had ended: what was entered, to be sent now or thrown away. Nothing is sent unasked.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::entered::Entered;

use crate::components::button::{link, primary};
use crate::components::form::{Form, KEPT, button_form, form, typed_elsewhere};
use crate::components::summary_list::{Row, summary_list};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// A form that was kept.
#[derive(Clone, Debug)]
pub struct KeptForm<'a> {
    /// The page that takes it.
    pub action: Path,
    /// The version it was shown with, where it has one.
    pub version: Option<u64>,
    /// Everything that was entered, to be sent as it is.
    pub entered: &'a Entered,
    /// What was entered, as a person reads it.
    pub answers: Vec<Answer<'a>>,
}

/// Something that was entered.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// What was asked.
    pub label: Cow<'a, str>,
    /// What was entered, each a line.
    pub said: Vec<Cow<'a, str>>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &KeptForm<'_>) -> Markup {
    let words = context.words;
    let send = words.text("kept-send");
    let rows: Vec<_> =
        view.answers.iter().map(|answer| Row { lines: answer.said.clone(), ..Row::new(&*answer.label, "") }).collect();
    let fields = html! {
        input type="hidden" name=(KEPT) value="yes";
        (typed_elsewhere(view.entered, |_| false))
        @if rows.is_empty() {
            p { (words.text("kept-nothing-entered")) }
        } @else {
            h2 { (words.text("kept-entered")) }
            (summary_list(words, &rows))
        }
        p .about { (words.text("kept-left-out")) }
        div .actions { (primary(&send)) }
    };
    let discard = html! { button .plain { (words.text("kept-discard")) } };
    let main = html! {
        h1 { (words.text("kept-title")) }
        p .lede { (words.text("kept-lede")) }
        (form(context, &Form { action: &view.action, save: &send, version: view.version, uploads: false }, &fields))
        (button_form(context, &Path::KEPT_DISCARD, None, &discard))
    };
    page(context, Page::titled(words.text("kept-title"), main))
}

/// The page when nothing is kept, or nothing of this person's: it says the same of both.
#[must_use]
pub fn nothing(context: &Context<'_>, home: &Path) -> Markup {
    let words = context.words;
    let main = html! {
        h1 { (words.text("kept-none-title")) }
        p .lede { (words.text("kept-none-about")) }
        div .actions { (link(home, &words.text("kept-none-home"))) }
    };
    page(context, Page::titled(words.text("kept-none-title"), main))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{self, Sample, context};

    let action = Path::item(sample::order_id(), sample::item_id());
    let (typed, untyped) = (sample::typed(), Entered::default());
    let answers = vec![
        Answer { label: "Download speed".into(), said: vec!["1 Gbps".into()] },
        Answer { label: "Add to it".into(), said: vec!["Wi-Fi in every room".into(), "A fixed address".into()] },
    ];
    let filled = KeptForm { action: action.clone(), version: Some(4), entered: &typed, answers };
    let empty = KeptForm { action, version: None, entered: &untyped, answers: vec![] };
    vec![
        Sample::new("kept-form", render(&context(), &filled)),
        Sample::new("kept-form-empty", render(&context(), &empty)),
        Sample::new("kept-form-none", nothing(&context(), &Path::START)),
    ]
}
