//! What an order item is called: its offering, and what is done about it.

use std::borrow::Cow;

use order_manager::order::Action;
use order_manager::text::Text;

use crate::messages::Words;

/// The name of an item that does something about an offering.
#[must_use]
pub fn item_name<'a>(words: &'a Words, action: &Action, offering: &'a Text) -> Cow<'a, str> {
    let name = offering.in_language(words.language());
    let said = |key| words.with(key, &[("offering", name.into())]);
    match action {
        Action::Add => name.into(),
        Action::Modify(_) => said("item-modify"),
        Action::Move { .. } => said("item-move"),
        Action::Disconnect(_) => said("item-disconnect"),
        Action::Suspend(_) => said("item-suspend"),
        Action::Restore(_) => said("item-restore"),
    }
}

/// The heading of the page that sets an item up.
#[must_use]
pub fn item_heading<'a>(words: &'a Words, action: &Action, offering: &'a Text) -> Cow<'a, str> {
    match action {
        Action::Add => words.with("configure-title", &[("offering", offering.in_language(words.language()).into())]),
        _ => item_name(words, action, offering),
    }
}
