//! Cancelling an order that is on its way: what it costs today, and until when it can be had.

use maud::{Markup, html};
use order_manager::entered::FieldError;
use order_manager::money::Money;
use order_manager::order::{Assessment, Placed};

use crate::components::banner::banner;
use crate::components::button::{primary, second_link};
use crate::components::form::{Form, form};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The hidden field with the charge that was shown, in the smallest unit of the currency.
pub const SHOWN_CHARGE: &str = "charge";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct CancelOrder<'a> {
    /// The order.
    pub order: &'a Placed,
    /// What cancelling costs now.
    pub assessment: &'a Assessment,
    /// What is wrong with what was sent.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &CancelOrder<'_>) -> Markup {
    let words = context.words;
    let title = words.text("cancel-title");
    let back = Path::order(view.order.id);
    let save = words.text("cancel-save");
    let too_late = view.order.items.iter().find(|item| view.assessment.irrevocable.contains(&item.id));
    let main = html! {
        h1 { (title) }
        @match too_late {
            Some(item) => {
                p { (words.with("cancel-too-late", &[("service", item.name.in_language(words.language()).into())])) }
                div .actions { (second_link(&back, &words.text("cancel-keep"))) }
            }
            None => {
                p { (words.text("cancel-about")) }
                (summary_list(words, &[Row::new(words.text("cancel-charge"), charge(words, view.assessment.charge))]))
                p { (words.text("cancel-how")) }
                (form(
                    context,
                    &Form { action: &Path::order_step(view.order.id, "cancel"), save: &save, version: None, uploads: false },
                    &html! {
                        input type="hidden" name=(SHOWN_CHARGE) value=(view.assessment.charge.minor());
                        div .actions {
                            (primary(&save))
                            (second_link(&back, &words.text("cancel-keep")))
                        }
                    },
                ))
            }
        }
    };
    let changed = (!view.errors.is_empty() && too_late.is_none())
        .then(|| banner(Tone::Attention, &words.text("cancel-changed"), &html! { p { (words.text("cancel-changed-about")) } }));
    page(context, Page { back: Some(back.clone()), banner: changed, ..Page::titled(title.clone(), main) })
}

fn charge(words: &Words, charge: Money) -> String {
    if charge.is_zero() { words.text("cancel-free").into_owned() } else { charge.to_string() }
}

/// The page when it costs nothing, when it costs something, when that has changed meanwhile, and when it is too late.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::money::Currency;
    use order_manager::order::{Content, OrderState};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let order = sample::in_state(OrderState::InProgress, &catalogue);
    let Content::Placed(placed) = order.content() else { return vec![] };
    let shown = |name: &str, minor: i64, late: bool, errors: &[FieldError]| {
        let irrevocable = placed.items.iter().take(usize::from(late)).map(|item| item.id).collect();
        let assessment = Assessment { charge: Money::new(minor, Currency::USD), irrevocable };
        let view = CancelOrder { order: placed, assessment: &assessment, errors };
        Sample::new(name, render(&sample::context(), &view))
    };
    vec![
        shown("cancel-order", 0, false, &[]),
        shown("cancel-order-charge", 9_900, false, &[]),
        shown("cancel-order-changed", 9_900, false, &[FieldError::new("", Reason::Said("order-changed"))]),
        shown("cancel-order-late", 0, true, &[]),
    ]
}
