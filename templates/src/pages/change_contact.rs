//! Somebody else to call about an order that is on its way, and how to get in.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};
use order_manager::order::Placed;

use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::text_input::{Kind, Size, TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::{Context, Page, page};
use crate::pages::installation::{ACCESS_NOTES, CONTACT_NAME, CONTACT_PHONE};
use crate::path::Path;

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct ChangeContact<'a> {
    /// The order.
    pub order: &'a Placed,
    /// What stands in the fields.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// What is known, as the form holds it.
#[must_use]
pub fn known(order: &Placed) -> Entered {
    let mut entered = Entered::default();
    let contact = &order.installation.contact;
    entered.add(CONTACT_NAME, &*contact.name);
    entered.add(CONTACT_PHONE, contact.phone.to_string());
    entered.add(ACCESS_NOTES, order.installation.access_notes.as_deref().unwrap_or_default());
    entered
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &ChangeContact<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let name = Field::new(CONTACT_NAME, words.text("installation-contact-name"));
    let phone =
        Field::new(CONTACT_PHONE, words.text("installation-contact-phone")).hint(words.text("installation-contact-phone-hint"));
    let notes =
        Field::new(ACCESS_NOTES, words.text("installation-access")).hint(words.text("installation-access-hint")).optional();
    let (title, save) = (words.text("change-contact-title"), words.text("change-contact-save"));
    let main = html! {
        h1 { (title) }
        p { (words.text("change-contact-about")) }
        (form(
            context,
            &Form { action: &Path::order_step(view.order.id, "amend"), save: &save, version: None, uploads: false },
            &html! {
                (text_input(&filled, &name, &TextInput::filled_in_by("name")))
                (text_input(&filled, &phone, &TextInput { kind: Kind::Telephone, size: Size::Medium, ..TextInput::filled_in_by("tel") }))
                (textarea(&filled, &notes, 3, Some("off")))
                div .actions { (primary(&save)) }
            },
        ))
    };
    let back = Some(Path::order(view.order.id));
    page(context, Page { back, problems: filled.problems(&[&name, &phone, &notes]), ..Page::titled(title.clone(), main) })
}

/// The page as it opens, and with an error.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::order::{Content, OrderState};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let order = sample::in_state(OrderState::InProgress, &catalogue);
    let Content::Placed(placed) = order.content() else { return vec![] };
    let shown = |name: &str, errors: &[FieldError]| {
        let entered = known(placed);
        Sample::new(name, render(&sample::context(), &ChangeContact { order: placed, entered: &entered, errors }))
    };
    vec![shown("change-contact", &[]), shown("change-contact-errors", &[FieldError::new(CONTACT_NAME, Reason::Missing)])]
}
