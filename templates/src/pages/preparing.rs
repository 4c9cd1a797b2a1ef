//! An order that staff are preparing for the customer, who finds it here once that is done.

use maud::{Markup, html};
use order_manager::order::Draft;

use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, draft: &Draft) -> Markup {
    let words = context.words;
    let title = words.text("quote-preparing");
    let main = html! {
        h1 { (title) }
        p .lede { (words.text("quote-preparing-about")) }
        p .about { (words.with("orders-reference", &[("reference", draft.id.reference().into())])) }
    };
    page(context, Page { back: Some(Path::customer(draft.ordered_for.id)), ..Page::titled(title.clone(), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    vec![Sample::new("preparing", render(&sample::context(), &sample::draft(&catalogue)))]
}
