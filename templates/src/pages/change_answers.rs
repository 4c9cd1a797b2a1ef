//! Other answers to questions of an item that is on its way: until when, what they cost, and agreeing to that.

use maud::{Markup, html};
use order_manager::characteristic::Characteristic;
use order_manager::entered::{Entered, FieldError};
use order_manager::order::{Placed, PlacedItem, PriceChange};
use order_manager::pricing::OrderPrice;
use order_manager::text::Text;

use super::track::changeable;
use crate::components::broadband_label::{BroadbandFacts, broadband_label};
use crate::components::button::primary;
use crate::components::characteristic::{Question, characteristic};
use crate::components::details::details;
use crate::components::field::Filled;
use crate::components::form::{Form, form};
use crate::components::price_change::price_change;
use crate::components::summary_list::{Row, summary_list};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[derive(Clone, Debug)]
pub struct ChangeAnswers<'a> {
    /// The order.
    pub order: &'a Placed,
    /// The item.
    pub item: &'a PlacedItem,
    /// What can be answered otherwise.
    pub groups: Vec<Group<'a>>,
    /// What the broadband labels of the plans that can be had there say.
    pub plans: Vec<BroadbandFacts<'a>>,
    /// What the order costs with what was chosen, where that is another price, which nobody has agreed to yet.
    pub change: Option<&'a PriceChange>,
    /// What stands in the fields.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// Questions that were asked together.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// What the dialog that asked them is called, where one did.
    pub title: Option<&'a Text>,
    /// The questions.
    pub questions: Vec<Question<'a>>,
}

/// The hidden field with the price that is shown, by [`shown_price`].
pub const SHOWN_PRICE: &str = "shown-price";

/// A price by its totals: nobody pays another than they were shown.
#[must_use]
pub fn shown_price(price: &OrderPrice) -> String {
    let totals = [price.monthly(), price.one_time(), price.over_term()];
    totals.map(|total| total.map_or_else(|_| String::new(), |total| total.minor().to_string())).join("/")
}

/// What is known, as the form holds it.
#[must_use]
pub fn known(item: &PlacedItem, asked: &[&Characteristic]) -> Entered {
    let mut entered = Entered::default();
    for asked in asked {
        if let Some(answer) = item.answers.get(&asked.id) {
            asked.value.fill(answer, asked.id.as_str(), &mut entered);
        }
    }
    entered
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &ChangeAnswers<'_>) -> Markup {
    let words = context.words;
    let questions = || view.groups.iter().flat_map(|group| &group.questions);
    let fields: Vec<_> = questions().flat_map(|question| question.fields(words)).collect();
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let title = words.text("change-answers-title");
    let save = words.text(if view.change.is_some() { "change-answers-agree" } else { "change-answers-save" });
    let shown = shown_price(view.change.map_or(&view.order.price, |change| &change.after));
    let cost = Row::new(words.text("change-answers-cost"), words.text("change-answers-free"));
    let rows: Vec<_> = changeable(words, view.item).into_iter().chain([cost]).collect();
    let main = html! {
        h1 { (title) }
        p .lede { (view.item.name.in_language(words.language())) }
        p { (words.text("change-answers-about")) }
        (summary_list(words, &rows))
        (form(
            context,
            &Form { action: &Path::amend_item(view.order.id, view.item.id), save: &save, version: None, uploads: false },
            &html! {
                input type="hidden" name=(SHOWN_PRICE) value=(shown);
                @for group in &view.groups {
                    @if let Some(title) = group.title { h2 { (title.in_language(words.language())) } }
                    @for question in &group.questions { (characteristic(words, question)) }
                }
                @if !view.plans.is_empty() {
                    (details(&words.text("configure-labels"), &html! {
                        div .labels {
                            @for (index, plan) in view.plans.iter().enumerate() {
                                (broadband_label(words, &format!("label-{}", index + 1), plan))
                            }
                        }
                    }))
                }
                div .actions { (primary(&save)) }
            },
        ))
    };
    let back = Some(Path::order(view.order.id));
    let problems = filled.problems(&fields.iter().collect::<Vec<_>>());
    let banner = view
        .change
        .map(|change| price_change(words, &words.text("change-answers-price"), &words.text("change-answers-price-note"), change));
    page(context, Page { back, banner, problems, ..Page::titled(title.clone(), main) })
}

/// The page as it opens, with an error, and with another price.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::order::{Content, OrderState};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let order = sample::in_state(OrderState::InProgress, &catalogue);
    let Content::Placed(placed) = order.content() else { return vec![] };
    let amendable =
        |item: &PlacedItem| catalogue.form(&item.offering, &item.action).is_some_and(|form| form.amendable().next().is_some());
    let Some(item) = placed.items.iter().find(|item| amendable(item)) else { return vec![] };
    let asked: Vec<_> = catalogue.form(&item.offering, &item.action).into_iter().flat_map(|form| form.amendable()).collect();
    let entered = known(item, &asked);
    let wrong: Vec<_> = asked.iter().take(1).map(|asked| FieldError::new(asked.id.as_str(), Reason::Missing)).collect();
    let agree = [FieldError::new("", Reason::Said("amend-price"))];
    let change = sample::price_change(&sample::draft(&catalogue));
    let shown = |name: &str, change, errors: &[FieldError]| {
        let question = |spec| Question {
            spec,
            entered: &entered,
            errors,
            options: vec![],
            known_hint: false,
            on_file: None,
            today: jiff::civil::date(2026, 11, 24),
        };
        let questions = asked.iter().copied().map(question).collect();
        let title = catalogue.offerings.iter().flat_map(|offering| &offering.dialogs).next().map(|dialog| &dialog.title);
        let groups = vec![Group { title, questions }];
        let view = ChangeAnswers { order: placed, item, groups, plans: vec![], change, entered: &entered, errors };
        Sample::new(name, render(&sample::context(), &view))
    };
    vec![
        shown("change-answers", None, &[]),
        shown("change-answers-errors", None, &wrong),
        shown("change-answers-price", Some(&change), &agree),
    ]
}
