//! A dialog: questions asked together, opened by HTML alone where the browser can, and a page of their own where it can't.
//!
//! The dialog stands inside the page's form, so that what is typed in it goes out with the form, opened or closed. Its opener
//! (`command="show-modal"`) does nothing in a browser that does not know it; the plain button beside it always works.

use maud::{Markup, html};
use order_manager::catalogue::Dialog;

use super::form::{OPEN, UPDATE};
use super::tag::{Tone, tag};
use crate::messages::Words;

/// How a dialog stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogStatus {
    /// Needed, and not answered.
    ToDo,
    /// Begun; something is missing.
    Incomplete,
    /// Nothing in it must be answered, and nothing is.
    Optional,
    /// Answered.
    Complete,
}

impl DialogStatus {
    /// Whether the order waits for it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::ToDo | Self::Incomplete)
    }
}

/// The dialog's line on the page, with both of its buttons, and the dialog itself.
#[must_use]
pub fn dialog(words: &Words, dialog: &Dialog, status: DialogStatus, questions: &Markup) -> Markup {
    let title = dialog.title.in_language(words.language());
    let id = format!("{}--dialog", dialog.id);
    let (tone, standing) = match status {
        DialogStatus::ToDo => (Tone::Attention, words.text("dialog-to-do")),
        DialogStatus::Incomplete => (Tone::Attention, words.text("dialog-incomplete")),
        DialogStatus::Optional => (Tone::Neutral, words.text("dialog-optional")),
        DialogStatus::Complete => (Tone::Good, words.text("dialog-complete")),
    };
    let open = if status == DialogStatus::Complete { words.text("dialog-change") } else { words.text("dialog-open") };
    html! {
        section .opener aria-labelledby={ (id) "-line" } {
            div .line {
                h3 id={ (id) "-line" } { (title) }
                (tag(tone, &standing))
            }
            @if let Some(introduction) = &dialog.introduction { p { (introduction.in_language(words.language())) } }
            div .actions {
                button .button .second type="button" commandfor=(id) command="show-modal" { (open) span .vh { ": " (title) } }
                button .plain name=(OPEN) value=(dialog.id) { (words.text("dialog-own-page")) span .vh { ": " (title) } }
            }
        }
        dialog id=(id) aria-labelledby={ (id) "-title" } {
            // The answers scroll, and the buttons stay in reach below them.
            div {
                h2 id={ (id) "-title" } { (title) }
                @if let Some(introduction) = &dialog.introduction { p { (introduction.in_language(words.language())) } }
                (questions)
                p .about { (words.text("dialog-close-note")) }
            }
            div .actions {
                button .button name=(UPDATE) value=(dialog.id) { (words.text("dialog-save")) }
                button .button .second type="button" commandfor=(id) command="close" { (words.text("dialog-close")) }
            }
        }
    }
}
