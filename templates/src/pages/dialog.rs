//! A dialog as a page of its own: for browsers that cannot open it in place, and for putting right what is wrong in it.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::admits::upload_of;
use order_manager::catalogue::Dialog;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{OrderId, OrderItemId};

use crate::components::button::{primary, secondary};
use crate::components::characteristic::{Question, characteristic};
use crate::components::field::Filled;
use crate::components::form::{Form, UPDATE, form, typed_elsewhere};
use crate::components::progress::{Position, part};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// A dialog's own page.
#[derive(Clone, Debug)]
pub struct DialogPage<'a> {
    /// The order.
    pub order: OrderId,
    /// The item.
    pub item: OrderItemId,
    /// The version that is shown.
    pub version: u64,
    /// The place of the item's step on the way.
    pub position: Option<Position>,
    /// What the item is called.
    pub name: Cow<'a, str>,
    /// Which dialog.
    pub dialog: &'a Dialog,
    /// Its questions that apply.
    pub questions: Vec<Question<'a>>,
    /// What was entered.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Where it is shown from.
    pub shown_from: ShownFrom,
    /// The order summary.
    pub aside: Option<Markup>,
}

/// Where a dialog's page is shown from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownFrom {
    /// Its own address.
    ItsAddress,
    /// The item's page, on which it was filled in and is wrong: whatever else was typed there goes along, unseen.
    TheItem,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &DialogPage<'_>) -> Markup {
    let words = context.words;
    let title = view.dialog.title.in_language(words.language());
    let name = &*view.name;
    let action = match view.shown_from {
        ShownFrom::ItsAddress => Path::dialog(view.order, view.item, &view.dialog.id),
        ShownFrom::TheItem => Path::item(view.order, view.item),
    };
    let fields: Vec<_> = view.questions.iter().flat_map(|question| question.fields(words)).collect();
    let uploads = view.questions.iter().any(Question::takes_file);
    let save = words.text("save-and-continue");
    let form_fields = html! {
        @if view.shown_from == ShownFrom::TheItem {
            (typed_elsewhere(view.entered, |name| {
                let upload = upload_of(name).unwrap_or(name);
                fields.iter().any(|field| *field.name == *name || *field.name == *upload)
            }))
        }
        @for question in &view.questions { (characteristic(words, question)) }
        div .actions {
            (primary(&save))
            @if view.shown_from == ShownFrom::ItsAddress {
                (secondary(UPDATE, view.dialog.id.as_str(), &words.text("dialog-update")))
            }
        }
    };
    let main = html! {
        (part(words, view.position, name))
        h1 { (title) }
        @if let Some(introduction) = &view.dialog.introduction { p .lede { (introduction.in_language(words.language())) } }
        (form(context, &Form { action: &action, save: &save, version: Some(view.version), uploads }, &form_fields))
    };
    let problems = Filled { words, entered: view.entered, errors: view.errors }.problems(&fields.iter().collect::<Vec<_>>());
    let aside = view.aside.clone();
    let whole_title = words.with("dialog-page-title", &[("title", title.into()), ("offering", name.into())]);
    page(context, Page { problems, aside, back: Some(Path::item(view.order, view.item)), ..Page::titled(whole_title, main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::characteristic::Asked;

    use crate::sample::{self, Sample, context};

    let broadband = sample::broadband();
    let dialog = &broadband.dialogs[0];
    let (nothing, typed, wrong) = (Entered::default(), sample::typed(), sample::wrong_in_dialog());
    let view = |entered, errors, shown_from| DialogPage {
        shown_from,
        order: sample::order_id(),
        item: sample::item_id(),
        version: 3,
        position: Some(Position { number: 1, of: 5 }),
        name: broadband.name.in_language("en").into(),
        dialog,
        questions: sample::questions(&broadband, &Asked::InDialog(dialog.id.clone()), entered, errors),
        entered,
        errors,
        aside: Some(sample::aside()),
    };
    vec![
        Sample::new("dialog-empty", render(&context(), &view(&nothing, &[], ShownFrom::ItsAddress))),
        Sample::new("dialog-filled", render(&context(), &view(&typed, &[], ShownFrom::ItsAddress))),
        Sample::new("dialog-errors", render(&context(), &view(&typed, &wrong, ShownFrom::ItsAddress))),
        Sample::new("dialog-errors-from-item", render(&context(), &view(&typed, &wrong, ShownFrom::TheItem))),
    ]
}
