//! Buttons that send a form, and links that look like them.

use maud::{Markup, html};

use crate::path::Path;

/// The button a page is for. It has no name: a form sent without another button's name is to be saved.
#[must_use]
pub fn primary(label: &str) -> Markup {
    html! { button .button { (label) } }
}

/// A button beside it, which sends its name and value with the form.
#[must_use]
pub fn secondary(name: &str, value: &str, label: &str) -> Markup {
    html! { button .button .second name=(name) value=(value) { (label) } }
}

/// A button that reads as a link, which sends its name and value with the form.
#[must_use]
pub fn plain(name: &str, value: &str, label: &str) -> Markup {
    html! { button .plain name=(name) value=(value) { (label) } }
}

/// A link that begins something.
#[must_use]
pub fn link(to: &Path, label: &str) -> Markup {
    html! { a .button href=(to) { (label) } }
}

/// A link beside it.
#[must_use]
pub fn second_link(to: &Path, label: &str) -> Markup {
    html! { a .button .second href=(to) { (label) } }
}
