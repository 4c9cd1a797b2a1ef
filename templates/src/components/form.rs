//! A form: sent by POST, checked by the server alone, saved by Enter.

use maud::{Markup, html};
use order_manager::entered::Entered;

use crate::layout::Context;
use crate::path::Path;

/// The hidden field with the token that ties a form to its session.
pub const TOKEN: &str = "form_token";
/// The hidden field with the version of what was shown, so that a change made meanwhile is noticed.
pub const VERSION: &str = "version";
/// The hidden field of a form that was kept and is sent now.
pub const KEPT: &str = "kept_form";
/// The button that saves what was typed and shows the same page again.
pub const UPDATE: &str = "update";
/// The button that saves what was typed and goes to a dialog's own page; its value is the dialog.
pub const OPEN: &str = "open";
/// The button that takes an item out of the order.
pub const REMOVE: &str = "remove";

/// Where a form goes, and what goes with it.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// The page that takes it.
    pub action: &'a Path,
    /// What pressing Enter does, in the words of the page's own button.
    pub save: &'a str,
    /// The version of what is shown.
    pub version: Option<u64>,
    /// Whether it has files.
    pub uploads: bool,
}

/// The form around its fields.
///
/// A browser takes Enter for a press of the first button in the form. That must not be a button that opens or removes something,
/// so the first is a hidden twin of the page's own.
#[must_use]
pub fn form(context: &Context<'_>, form: &Form<'_>, fields: &Markup) -> Markup {
    html! {
        form method="post" action=(form.action) novalidate enctype=[form.uploads.then_some("multipart/form-data")] {
            button .vh tabindex="-1" aria-hidden="true" { (form.save) }
            (hidden(context, form.version))
            (fields)
        }
    }
}

/// A form that is one button, such as one that removes something.
#[must_use]
pub fn button_form(context: &Context<'_>, action: &Path, version: Option<u64>, button: &Markup) -> Markup {
    html! { form .inline method="post" action=(action) novalidate { (hidden(context, version)) (button) } }
}

/// What was typed on another page, to be sent again as it is: everything but the fields that `here` names.
#[must_use]
pub fn typed_elsewhere(typed: &Entered, here: impl Fn(&str) -> bool) -> Markup {
    html! {
        @for name in typed.names().filter(|name| ![TOKEN, VERSION, KEPT].contains(name) && !here(name)) {
            @for text in typed.all(name) { input type="hidden" name=(name) value=(text); }
        }
    }
}

fn hidden(context: &Context<'_>, version: Option<u64>) -> Markup {
    html! {
        input type="hidden" name=(TOKEN) value=(context.form_token);
        @if let Some(version) = version { input type="hidden" name=(VERSION) value=(version); }
    }
}
