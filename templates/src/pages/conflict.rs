//! Two people, or two tabs, changed the same thing: both versions side by side, and the customer decides. Nothing is overwritten.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::entered::Entered;

use crate::components::button::{primary, second_link};
use crate::components::form::{Form, form, typed_elsewhere};
use crate::layout::{Context, Page, Width, page};
use crate::path::Path;

/// Two versions of the same answers.
#[derive(Clone, Debug)]
pub struct Conflict<'a> {
    /// What the page was about, such as the offering's name.
    pub about: Cow<'a, str>,
    /// The answers that differ.
    pub differences: Vec<Difference<'a>>,
    /// Everything that was typed, to be sent again as it is.
    pub typed: &'a Entered,
    /// The version that is saved now.
    pub version: u64,
    /// The page that takes the form, and that shows what is saved.
    pub action: Path,
}

/// An answer that differs.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// What was asked.
    pub label: Cow<'a, str>,
    /// What is saved now; `None` is no answer.
    pub saved: Option<Cow<'a, str>>,
    /// What was typed; `None` is no answer.
    pub typed: Option<Cow<'a, str>>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Conflict<'_>) -> Markup {
    let words = context.words;
    let save = words.text("conflict-use-typed");
    let value = |value: &Option<Cow<'_, str>>| {
        value.as_deref().map_or_else(|| words.text("summary-not-given").into_owned(), ToOwned::to_owned)
    };
    let fields = html! {
        (typed_elsewhere(view.typed, |_| false))
        table .compare {
            caption .vh { (words.text("conflict-table")) }
            thead {
                tr {
                    th scope="col" { (words.text("conflict-question")) }
                    th scope="col" { (words.text("conflict-saved")) }
                    th scope="col" { (words.text("conflict-typed")) }
                }
            }
            tbody {
                @for difference in &view.differences {
                    tr {
                        th scope="row" { (difference.label) }
                        td { (value(&difference.saved)) }
                        td { (value(&difference.typed)) }
                    }
                }
            }
        }
        div .actions {
            (primary(&save))
            (second_link(&view.action, &words.text("conflict-keep-saved")))
        }
    };
    let main = html! {
        h1 { (words.text("conflict-title")) }
        p .lede { (words.with("conflict-lede", &[("about", (*view.about).into())])) }
        p { (words.text("conflict-how")) }
        (form(context, &Form { action: &view.action, save: &save, version: Some(view.version), uploads: false }, &fields))
    };
    page(context, Page { width: Width::Whole, ..Page::titled(words.text("conflict-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{self, Sample, context};

    let typed = sample::typed();
    let action = Path::item(sample::order_id(), sample::item_id());
    let differences = vec![
        Difference { label: "Download speed".into(), saved: Some("300 Mbps".into()), typed: Some("1 Gbps".into()) },
        Difference { label: "Your own router".into(), saved: None, typed: Some("Yes".into()) },
    ];
    let view = Conflict { about: "Broadband Internet".into(), differences, typed: &typed, version: 4, action };
    vec![Sample::new("conflict", render(&context(), &view))]
}
