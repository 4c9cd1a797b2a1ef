//! Following an order: how it stands, who acts next, each service's way, and everything that was ordered.

mod on_the_way;
mod standing;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::OrderItemId;
use order_manager::order::{Content, Draft, Irrevocable, ItemState, Placed, PlacedItem, ProductOrder};

use crate::components::button::{link, second_link};
use crate::components::facts::order_facts;
use crate::components::field::Filled;
use crate::components::form::button_form;
use crate::components::order_details::{item_state, local_moment};
use crate::components::order_state::order_state;
use crate::components::ordered::ordered;
use crate::components::signed_letters::signed_letters;
use crate::components::summary_list::{Row, summary_list};
use crate::components::timeline::{Progress, Step, timeline};
use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::pages::order_form;
use crate::path::Path;
pub(super) use on_the_way::changeable;
use on_the_way::{amended, answer_field, asked, jeopardies, moved};
use standing::{Standing, standing};

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// The order, in whatever state it is.
    pub order: &'a ProductOrder,
    /// The catalogue, for the words of its answers.
    pub catalogue: &'a Catalogue,
    /// The id that a new order of the same gets.
    pub new_order: &'a str,
    /// Since when the system that carries it out does not answer.
    pub waits: Option<Timestamp>,
    /// The items of which it has not heard yet what the customer changed.
    pub untold: &'a [OrderItemId],
    /// Today, where service is.
    pub today: Date,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The hidden field with the item that something is said about.
pub const ITEM: &str = "item";
/// The hidden field with the question that is answered.
pub const QUESTION: &str = "question";
/// The field with the answer.
pub const ANSWER: &str = "answer";
/// The hidden field with the charge that is decided about.
pub const CHARGE: &str = "charge";
/// The button that decides.
pub const DECISION: &str = "decision";

/// The hidden field with the new order's id.
pub const ORDER: &str = "order";

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Track<'_>) -> Markup {
    let words = context.words;
    let title = words.with("track-title", &[("reference", view.order.id().reference().into())]);
    let standing = standing(words, view);
    let main = html! {
        h1 { (unbroken(&title)) }
        (how_it_stands(words, view, &standing))
        @match view.order.content() {
            Content::Draft(draft) => (unplaced(words, draft)),
            Content::Placed(placed) => {
                (placed_content(context, view, placed, &standing))
                (again(context, view))
            }
        }
    };
    let aside = match view.order.content() {
        Content::Draft(_) => None,
        Content::Placed(placed) => Some(order_facts(words, placed, view.catalogue)),
    };
    let back = Some(Path::customer_orders(view.order.customer()));
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let asked = match view.order.content() {
        Content::Placed(placed) => placed.items.iter().find_map(|item| item.on_the_way.open_question()),
        Content::Draft(_) => None,
    };
    let problems = asked.map(|question| filled.problems(&[&answer_field(words, question)])).unwrap_or_default();
    page(context, Page { back, aside, problems, ..Page::titled(title.clone(), main) })
}

/// The state in a tag and a sentence, what there is to know about it, and who acts next.
fn how_it_stands(words: &Words, view: &Track<'_>, standing: &Standing<'_>) -> Markup {
    html! {
        section .card .standing aria-labelledby="standing" {
            h2 #standing .vh { (words.text("track-standing")) }
            p { (order_state(words, view.order.state())) }
            p { (standing.said) }
            @if let (Some(since), Content::Placed(placed)) = (view.waits, view.order.content()) {
                @let day = local_moment(view.catalogue, &placed.place, since).date();
                p { (words.with("track-waiting", &[("date", words.date(day).into())])) }
            }
            @if let Some((title, text)) = &standing.why {
                h3 { (title) }
                p { (text) }
            }
            @if let Some(how) = &standing.to_do {
                p { (unbroken(how)) " " a href=(Path::HELP) { (words.text("track-help")) } }
            }
            (summary_list(words, &standing.rows))
        }
    }
}

fn unplaced(words: &Words, draft: &Draft) -> Markup {
    html! { div .actions { (link(&Path::order_step(draft.id, "review"), &words.text("track-draft-continue"))) } }
}

/// What the customer can change, and what there is to do when everything works.
fn changes(words: &Words, view: &Track<'_>) -> Markup {
    let to = |step| Path::order_step(view.order.id(), step);
    match view.order {
        ProductOrder::Acknowledged(_) | ProductOrder::InProgress(_) | ProductOrder::Held(_) | ProductOrder::Pending(_) => html! {
            h2 { (words.text("track-change-title")) }
            p { (words.text("track-change-about")) }
            div .actions {
                (second_link(&to("date"), &words.text("track-change-day")))
                (second_link(&to("amend"), &words.text("track-change-contact")))
                (second_link(&to("cancel"), &words.text("track-change-cancel")))
            }
        },
        ProductOrder::Completed(_) | ProductOrder::Partial(_) => html! {
            h2 { (words.text("track-works-title")) }
            p { (words.text("track-works-about")) }
            div .actions { (second_link(&Path::customer(view.order.customer()), &words.text("track-works-link"))) }
        },
        _ => html! {},
    }
}

/// Ordering the same once more.
fn again(context: &Context<'_>, view: &Track<'_>) -> Markup {
    let words = context.words;
    let button = html! {
        input type="hidden" name=(ORDER) value=(view.new_order);
        button .button .second { (words.text("track-again")) }
    };
    html! {
        h2 { (words.text("track-again-title")) }
        p { (words.text("track-again-about")) }
        (button_form(context, &Path::order_step(view.order.id(), "again"), None, &button))
    }
}

fn placed_content(context: &Context<'_>, view: &Track<'_>, order: &Placed, standing: &Standing<'_>) -> Markup {
    let words = context.words;
    // One question at a time: the next one is asked when this is answered.
    let asks = order.items.iter().find(|item| item.on_the_way.open_question().is_some()).map(|item| item.id);
    html! {
        h2 { (words.text("track-services")) }
        @for item in &order.items {
            @let asked = if asks.is_none_or(|asks| asks == item.id) { asked(context, view, item) } else { html! {} };
            (item_progress(context, view, order, item, standing, &asked))
        }
        (changes(words, view))
        (order_form::links(words, order.id))
        (ordered(words, order, view.catalogue))
        (signed_letters(words, order, view.catalogue))
    }
}

/// Whether something of an item can be answered otherwise.
fn can_be_amended(view: &Track<'_>, item: &PlacedItem) -> bool {
    let goes_on = matches!(
        view.order,
        ProductOrder::Acknowledged(_) | ProductOrder::InProgress(_) | ProductOrder::Held(_) | ProductOrder::Pending(_)
    );
    let form = view.catalogue.form(&item.offering, &item.action);
    let asks = |form: &ProductOffering| form.amendable().any(|asked| item.answers.contains_key(&asked.id));
    goes_on && item.irrevocable() != Irrevocable::Now && form.is_some_and(asks)
}

fn item_progress(
    context: &Context<'_>,
    view: &Track<'_>,
    order: &Placed,
    item: &PlacedItem,
    standing: &Standing<'_>,
    asked: &Markup,
) -> Markup {
    let words = context.words;
    let known = [moved(words, view, order, item), amended(words, view, order, item), changeable(words, item)];
    let rows: Vec<_> = days(words, item).into_iter().chain(known.into_iter().flatten()).collect();
    html! {
        section .card aria-labelledby={ (item.id) "--progress" } {
            div .line {
                h3 id={ (item.id) "--progress" } { (item.name.in_language(words.language())) }
                (item_state(words, item.state))
            }
            (jeopardies(context, view, item))
            (asked)
            (summary_list(words, &rows))
            @if can_be_amended(view, item) {
                p { a href=(Path::amend_item(order.id, item.id)) { (words.text("track-amend")) } }
            }
            (timeline(words, &milestones(words, view, order, item, standing)))
        }
    }
}

/// The day asked for and the day we stand by, which are two things.
fn days<'a>(words: &'a Words, item: &PlacedItem) -> Vec<Row<'a>> {
    let requested = Row::new(words.text("track-requested"), words.date(item.requested));
    let over = matches!(item.state, ItemState::Failed | ItemState::Cancelled | ItemState::Rejected);
    let committed: Vec<Cow<'_, str>> = match item.committed {
        _ if over => vec![words.text("track-no-day")],
        None if item.state == ItemState::Completed => return vec![requested],
        None => vec![words.text("track-not-committed")],
        Some(day) if day > item.requested => vec![words.date(day).into(), words.text("track-committed-later")],
        Some(day) => vec![words.date(day).into()],
    };
    vec![requested, Row { key: words.text("track-committed"), lines: committed, change: None, file: None }]
}

fn milestones<'a>(
    words: &'a Words,
    view: &Track<'_>,
    order: &Placed,
    item: &'a PlacedItem,
    standing: &Standing<'a>,
) -> Vec<Step<'a>> {
    let next = item.milestones.iter().position(|milestone| milestone.reached.is_none());
    let step = |(index, milestone): (usize, &'a order_manager::order::ReachedMilestone)| {
        let title = milestone.label.in_language(words.language()).into();
        if let Some(reached) = milestone.reached {
            let day = local_moment(view.catalogue, &order.place, reached).date();
            return Some(Step { title, progress: Progress::Done, when: Some(words.short_date(day).into()), note: None });
        }
        let ahead = Step { title, progress: Progress::Ahead, when: None, note: None };
        let is_next = next == Some(index);
        match item.state {
            // What is not going ahead has nothing still to come.
            ItemState::Failed | ItemState::Cancelled | ItemState::Rejected => None,
            ItemState::Acknowledged if is_next => Some(Step { progress: Progress::Here, ..ahead }),
            ItemState::InProgress if is_next => {
                Some(Step { progress: Progress::Now, note: Some(standing.next.clone()), ..ahead })
            }
            ItemState::Held | ItemState::Pending if is_next => {
                Some(Step { progress: Progress::Late, note: Some(standing.next.clone()), ..ahead })
            }
            ItemState::Acknowledged | ItemState::InProgress | ItemState::Held | ItemState::Pending | ItemState::Completed => {
                Some(ahead)
            }
        }
    };
    item.milestones.iter().enumerate().filter_map(step).collect()
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::order::OrderState;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let shown = |name: &str, order: &ProductOrder, catalogue: &Catalogue, errors: &[FieldError]| {
        let mut entered = Entered::default();
        if let Content::Placed(placed) = order.content()
            && let Some(item) = placed.items.iter().find(|item| item.on_the_way.open_question().is_some())
        {
            entered.add(ITEM, item.id.to_string());
        }
        let waits = (order.state() == OrderState::Acknowledged).then_some(sample::now());
        let today = jiff::civil::date(2026, 12, 1);
        let new_order = "0193b1de-5c00-7000-8000-00000000a9a1";
        let view = Track { order, catalogue, new_order, waits, untold: &[], today, entered: &entered, errors };
        Sample::new(name, render(&sample::context(), &view))
    };
    let state = |state: OrderState| {
        let order = sample::in_state(state, &catalogue);
        shown(&format!("track-{}", state.wire_name()), &order, &catalogue, &[])
    };
    let mut samples: Vec<_> = OrderState::ALL.map(state).into();
    samples.extend(sample::on_the_way(&catalogue).iter().map(|(name, order)| shown(name, order, &catalogue, &[])));
    let asked = sample::on_the_way(&catalogue).swap_remove(0).1;
    samples.push(shown("track-answer-errors", &asked, &catalogue, &[FieldError::new(ANSWER, Reason::Missing)]));
    samples
}
