//! The options of an item: an offering's questions, the dialogs its answers need, and the order summary beside them.
//!
//! A question may hang on another of the same page. Without a script the page shows what applies by what is saved, and "Update"
//! saves what was typed and asks again.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::{Dialog, ProductOffering};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{OrderId, OrderItemId};

use crate::components::address::address_lines;
use crate::components::banner::banner;
use crate::components::broadband_label::{BroadbandFacts, broadband_label};
use crate::components::button::{plain, primary, secondary};
use crate::components::characteristic::{Question, characteristic};
use crate::components::details::details;
use crate::components::dialog::{DialogStatus, dialog};
use crate::components::error_summary::Problem;
use crate::components::field::Filled;
use crate::components::form::{Form, REMOVE, UPDATE, button_form, form};
use crate::components::progress::{Position, progress};
use crate::components::tag::Tone;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// What the Update button of the page itself sends; a dialog's sends the dialog's id.
pub const UPDATE_PAGE: &str = "page";

/// The options of an item.
#[derive(Clone, Debug)]
pub struct Configure<'a> {
    /// The order.
    pub order: OrderId,
    /// The item.
    pub item: OrderItemId,
    /// How it is asked.
    pub way: Way,
    /// The version that is shown.
    pub version: u64,
    /// What it asks.
    pub offering: &'a ProductOffering,
    /// What the item is called.
    pub name: Cow<'a, str>,
    /// The page's heading.
    pub heading: Cow<'a, str>,
    /// Where it goes.
    pub place: &'a GeographicAddress,
    /// The step's place on the way.
    pub position: Option<Position>,
    /// The questions that apply, in order.
    pub questions: Vec<Question<'a>>,
    /// The dialogs that apply, in order.
    pub dialogs: Vec<DialogView<'a>>,
    /// What was entered, here and in the dialogs.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// What the broadband labels of the plans that can be had here say.
    pub plans: Vec<BroadbandFacts<'a>>,
    /// A word about what just happened.
    pub notice: Option<Notice>,
    /// Where the back link goes.
    pub back: Path,
    /// The order summary.
    pub aside: Option<Markup>,
}

/// How an item is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its own questions, with dialogs that open.
    StepByStep,
    /// Everything on one page: for people who order every day.
    AtOnce,
}

/// A dialog of the page.
#[derive(Clone, Debug)]
pub struct DialogView<'a> {
    /// Which.
    pub dialog: &'a Dialog,
    /// How it stands.
    pub status: DialogStatus,
    /// Its questions that apply.
    pub questions: Vec<Question<'a>>,
}

/// What just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// What was typed was saved, and the page asks what follows from it.
    Updated,
    /// A dialog has to be answered before the order goes on.
    DialogsOpen,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Configure<'_>) -> Markup {
    let words = context.words;
    let (name, title) = (&*view.name, &*view.heading);
    let (here, there) = (Path::item(view.order, view.item), Path::quick(view.order, view.item));
    let (action, other, other_way) = match view.way {
        Way::StepByStep => (here, there, words.text("configure-at-once")),
        Way::AtOnce => (there, here, words.text("configure-step-by-step")),
    };
    let fields = html! {
        @for question in &view.questions { (characteristic(words, question)) }
        @if !view.plans.is_empty() {
            (details(&words.text("configure-labels"), &html! {
                div .labels {
                    @for (index, plan) in view.plans.iter().enumerate() { (broadband_label(words, &format!("label-{}", index + 1), plan)) }
                }
            }))
        }
        @if view.way == Way::AtOnce {
            @for group in &view.dialogs {
                section .group aria-labelledby={ (group.dialog.id) "--group" } {
                    h2 id={ (group.dialog.id) "--group" } { (group.dialog.title.in_language(words.language())) }
                    @if let Some(introduction) = &group.dialog.introduction { p { (introduction.in_language(words.language())) } }
                    @for question in &group.questions { (characteristic(words, question)) }
                }
            }
        } @else if !view.dialogs.is_empty() {
            h2 #dialogs { (words.text("configure-dialogs")) }
            @for dialog_view in &view.dialogs {
                @let questions = html! { @for question in &dialog_view.questions { (characteristic(words, question)) } };
                (dialog(words, dialog_view.dialog, dialog_view.status, &questions))
            }
        }
        div .update {
            p { (words.text("configure-update-why")) }
            (secondary(UPDATE, UPDATE_PAGE, &words.text("configure-update")))
        }
        div .actions { (primary(&words.text("save-and-continue"))) }
    };
    let save = words.text("save-and-continue");
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        p .lede { (view.offering.description.in_language(words.language())) }
        p .place { (address_lines(view.place)) }
        p { a href=(other) { (other_way) } }
        (form(context, &Form { action: &action, save: &save, version: Some(view.version), uploads: uploads(view) }, &fields))
        (button_form(context, &Path::remove_item(view.order, view.item), Some(view.version), &plain(REMOVE, "item", &words.with("configure-remove", &[("offering", name.into())]))))
    };
    let notice = view.notice.map(|notice| match notice {
        Notice::Updated => {
            banner(Tone::Good, &words.text("configure-updated"), &html! { p { (words.text("configure-updated-next")) } })
        }
        Notice::DialogsOpen => banner(Tone::Attention, &words.text("configure-dialogs-open"), &dialogs_open(words, view)),
    });
    let problems = problems(words, view);
    let aside = view.aside.clone();
    page(context, Page { problems, banner: notice, aside, back: Some(view.back.clone()), ..Page::titled(title, main) })
}

/// Whether any question takes a file, so that the form has to.
fn uploads(view: &Configure<'_>) -> bool {
    let in_dialogs = view.dialogs.iter().flat_map(|dialog| &dialog.questions);
    view.questions.iter().chain(in_dialogs).any(Question::takes_file)
}

/// The dialogs that wait for an answer, with links to their lines.
fn dialogs_open(words: &Words, view: &Configure<'_>) -> Markup {
    html! {
        ul {
            @for open in view.dialogs.iter().filter(|open| open.status.is_open()) {
                li { a href=(Path::dialog(view.order, view.item, &open.dialog.id)) { (open.dialog.title.in_language(words.language())) } }
            }
        }
    }
}

fn problems(words: &Words, view: &Configure<'_>) -> Vec<Problem<'static>> {
    let in_dialogs = view.dialogs.iter().filter(|_| view.way == Way::AtOnce).flat_map(|dialog| &dialog.questions);
    let fields: Vec<_> = view.questions.iter().chain(in_dialogs).flat_map(|question| question.fields(words)).collect();
    Filled { words, entered: view.entered, errors: view.errors }.problems(&fields.iter().collect::<Vec<_>>())
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::characteristic::Asked;
    use order_manager::order::Action;

    use crate::components::item_name::item_heading;
    use crate::sample::{self, Sample, context};

    let (broadband, every, place) = (sample::broadband(), sample::every_type(), sample::address());
    let (nothing, typed, wrong) = (Entered::default(), sample::typed(), sample::wrong());
    let (typed_everything, wrong_everything) = (sample::typed_everything(&every), sample::wrong_everything(&every));
    let view = |offering, entered, errors, status, notice| Configure {
        order: sample::order_id(),
        item: sample::item_id(),
        way: Way::StepByStep,
        version: 3,
        offering,
        name: offering.name.in_language("en").into(),
        heading: item_heading(context().words, &Action::Add, &offering.name),
        place: &place,
        position: Some(Position { number: 1, of: 5 }),
        questions: sample::questions(offering, &Asked::OnPage, entered, errors),
        dialogs: offering
            .dialogs
            .iter()
            .map(|dialog| DialogView {
                dialog,
                status,
                questions: sample::questions(offering, &Asked::InDialog(dialog.id.clone()), entered, &[]),
            })
            .collect(),
        entered,
        errors,
        plans: sample::facts(offering),
        notice,
        back: Path::customer(sample::customer().id),
        aside: Some(sample::aside()),
    };
    [
        ("configure-empty", view(&broadband, &nothing, &[], DialogStatus::ToDo, None)),
        ("configure-filled", view(&broadband, &typed, &[], DialogStatus::Complete, None)),
        ("configure-updated", view(&broadband, &typed, &[], DialogStatus::Optional, Some(Notice::Updated))),
        ("configure-dialogs-open", view(&broadband, &typed, &[], DialogStatus::Incomplete, Some(Notice::DialogsOpen))),
        ("configure-errors", view(&broadband, &typed, &wrong, DialogStatus::ToDo, None)),
        ("configure-at-once", Configure { way: Way::AtOnce, ..view(&broadband, &typed, &[], DialogStatus::ToDo, None) }),
        ("configure-every-type", view(&every, &nothing, &[], DialogStatus::ToDo, None)),
        ("configure-every-type-errors", view(&every, &typed_everything, &wrong_everything, DialogStatus::ToDo, None)),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&context(), &view)))
    .collect()
}
