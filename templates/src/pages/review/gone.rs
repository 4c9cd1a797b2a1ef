//! What can't be had any more: named above the order, and a way to take it out. The rest of the order stays as it is.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::order::DraftItem;

use super::{Gone, Review};
use crate::components::banner::banner;
use crate::components::button::plain;
use crate::components::form::{REMOVE, button_form};
use crate::components::item_name::item_name;
use crate::components::tag::Tone;
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The banner; none where everything can be had.
pub(super) fn banner_of(words: &Words, view: &Review<'_>) -> Option<Markup> {
    let named = view.draft.items.iter().filter_map(|item| Some((item, name(words, item, view.gone)?)));
    let content = html! {
        ul { @for (item, name) in named { li { a href={ "#" (item.id) } { (name) } } } }
        p { (words.text("review-gone-note")) }
    };
    let title = || words.with("review-gone", &[("count", view.gone.len().into())]);
    (!view.gone.is_empty()).then(|| banner(Tone::Attention, &title(), &content))
}

/// An item that is gone, in the place of its answers; `None` for one that is not.
pub(super) fn card(context: &Context<'_>, view: &Review<'_>, item: &DraftItem) -> Option<Markup> {
    let words = context.words;
    let name = name(words, item, view.gone)?;
    let remove = words.with("review-remove", &[("what", (&*name).into())]);
    Some(html! {
        section .card id=(item.id) aria-labelledby={ (item.id) "--name" } {
            h3 id={ (item.id) "--name" } { (name) }
            p { (words.text("review-gone-item")) }
            (button_form(context, &Path::remove_item(view.draft.id, item.id), Some(view.version), &plain(REMOVE, "item", &remove)))
        }
    })
}

fn name<'a>(words: &'a Words, item: &DraftItem, gone: &'a [Gone]) -> Option<Cow<'a, str>> {
    let found = gone.iter().find(|gone| gone.item == item.id)?;
    Some(item_name(words, &item.action, &found.name))
}
