//! An order form, to read, to print and to keep as a file.

use maud::{Markup, html};
use order_manager::id::OrderId;

use crate::document::{Document, blocks};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The last part of the page's address, and of the file's.
pub const FORM: &str = "order-form";
/// The file's.
pub const FILE: &str = "order-form.pdf";

/// The page.
#[derive(Clone, Debug)]
pub struct OrderForm<'a> {
    /// Of which order.
    pub order: OrderId,
    /// What it says.
    pub document: &'a Document<'a>,
    /// Where one comes from: the order on its way, or the step at which it can be placed.
    pub back: Path,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &OrderForm<'_>) -> Markup {
    let words = context.words;
    let file = Path::order_step(view.order, FILE);
    let main = html! {
        h1 { (view.document.title) }
        p .actions { a href=(file) { (words.text("document-pdf")) } }
        (blocks(words, &view.document.blocks))
    };
    page(context, Page { back: Some(view.back.clone()), ..Page::titled(view.document.title.clone(), main) })
}

/// The ways to an order's form, from the order's other pages.
#[must_use]
pub(crate) fn links(words: &Words, order: OrderId) -> Markup {
    html! {
        p .actions {
            a href=(Path::order_step(order, FORM)) { (words.text("order-form-link")) }
            a href=(Path::order_step(order, FILE)) { (words.text("order-form-file")) }
        }
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::order::{Content, OrderState};

    use crate::document::{draft_form, order_form};
    use crate::sample::{self, Sample};

    let (context, catalogue) = (sample::context(), sample::catalogue());
    let order = sample::in_state(OrderState::Acknowledged, &catalogue);
    let Content::Placed(placed) = order.content() else { return vec![] };
    let draft = sample::begun(&catalogue);
    let forms = [
        ("order-form", order_form(context.words, placed, &catalogue), Path::order(placed.id)),
        (
            "order-form-before-placing",
            draft_form(context.words, &draft, &draft.priced.price, &catalogue),
            Path::order_step(draft.id, "review"),
        ),
    ];
    let shown = |(name, document, back): (_, Document<'_>, Path)| {
        Sample::new(name, render(&context, &OrderForm { order: placed.id, document: &document, back }))
    };
    forms.into_iter().map(shown).collect()
}
