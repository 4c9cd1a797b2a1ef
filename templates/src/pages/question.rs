//! A page that asks one thing: heading, a line about it, a form, and what else can be done.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::components::button::primary;
use crate::components::error_summary::Problem;
use crate::components::form::{Form, form};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// Such a page.
pub(super) struct Question<'a> {
    pub(super) title: Cow<'a, str>,
    pub(super) lede: Cow<'a, str>,
    /// Where the form goes.
    pub(super) action: Path,
    /// What its button says.
    pub(super) button: Cow<'a, str>,
    pub(super) back: Option<Path>,
    pub(super) problems: Vec<Problem<'a>>,
    pub(super) fields: Markup,
    /// What stands below the form.
    pub(super) after: Markup,
}

pub(super) fn question(context: &Context<'_>, question: Question<'_>) -> Markup {
    let Question { title, lede, action, button, back, problems, fields, after } = question;
    let content = html! { (fields) div .actions { (primary(&button)) } };
    let main = html! {
        h1 { (title) }
        p .lede { (lede) }
        (form(context, &Form { action: &action, save: &button, version: None, uploads: false }, &content))
        (after)
    };
    page(context, Page { back, problems, ..Page::titled(title, main) })
}
