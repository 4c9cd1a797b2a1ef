//! Other answers to questions of an item that is on its way.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::characteristic::Characteristic;
use order_manager::entered::{Entered, FieldError};
use order_manager::order::{Placed, PlacedItem};

use crate::components::button::primary;
use crate::components::characteristic::{Question, characteristic};
use crate::components::field::Filled;
use crate::components::form::{Form, form};
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
    pub asked: Vec<&'a Characteristic>,
    /// Today, where service is.
    pub today: Date,
    /// What stands in the fields.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
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
    let question = |spec| Question {
        spec,
        entered: view.entered,
        errors: view.errors,
        options: vec![],
        known_hint: false,
        on_file: None,
        today: view.today,
    };
    let questions: Vec<_> = view.asked.iter().copied().map(question).collect();
    let fields: Vec<_> = questions.iter().flat_map(|question| question.fields(words)).collect();
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let (title, save) = (words.text("change-answers-title"), words.text("change-answers-save"));
    let main = html! {
        h1 { (title) }
        p .lede { (view.item.name.in_language(words.language())) }
        p { (words.text("change-answers-about")) }
        (form(
            context,
            &Form { action: &Path::amend_item(view.order.id, view.item.id), save: &save, version: None, uploads: false },
            &html! {
                @for question in &questions { (characteristic(words, question)) }
                div .actions { (primary(&save)) }
            },
        ))
    };
    let back = Some(Path::order(view.order.id));
    let problems = filled.problems(&fields.iter().collect::<Vec<_>>());
    page(context, Page { back, problems, ..Page::titled(title.clone(), main) })
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
    let amendable =
        |item: &PlacedItem| catalogue.form(&item.offering, &item.action).is_some_and(|form| form.amendable().next().is_some());
    let Some(item) = placed.items.iter().find(|item| amendable(item)) else { return vec![] };
    let asked: Vec<_> = catalogue.form(&item.offering, &item.action).into_iter().flat_map(|form| form.amendable()).collect();
    let entered = known(item, &asked);
    let wrong: Vec<_> = asked.iter().take(1).map(|asked| FieldError::new(asked.id.as_str(), Reason::Missing)).collect();
    let shown = |name: &str, errors: &[FieldError]| {
        let today = jiff::civil::date(2026, 11, 24);
        let view = ChangeAnswers { order: placed, item, asked: asked.clone(), today, entered: &entered, errors };
        Sample::new(name, render(&sample::context(), &view))
    };
    vec![shown("change-answers", &[]), shown("change-answers-errors", &wrong)]
}
