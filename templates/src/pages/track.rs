//! Following an order: how it stands, who acts next, each service's way, and everything that was ordered.

mod standing;

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::order::{Content, Draft, ItemState, Placed, PlacedItem, ProductOrder};

use crate::components::button::link;
use crate::components::facts::order_facts;
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
use crate::path::Path;
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
}

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
                (placed_content(words, view, placed, &standing))
                (again(context, view))
            }
        }
    };
    let aside = match view.order.content() {
        Content::Draft(_) => None,
        Content::Placed(placed) => Some(order_facts(words, placed, view.catalogue)),
    };
    let back = Some(Path::customer_orders(view.order.customer()));
    page(context, Page { back, aside, ..Page::titled(title.clone(), main) })
}

/// The state in a tag and a sentence, what there is to know about it, and who acts next.
fn how_it_stands(words: &Words, view: &Track<'_>, standing: &Standing<'_>) -> Markup {
    html! {
        section .card .standing aria-labelledby="standing" {
            h2 #standing .vh { (words.text("track-standing")) }
            p { (order_state(words, view.order.state())) }
            p { (standing.said) }
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

fn placed_content(words: &Words, view: &Track<'_>, order: &Placed, standing: &Standing<'_>) -> Markup {
    html! {
        h2 { (words.text("track-services")) }
        @for item in &order.items { (item_progress(words, view, order, item, standing)) }
        (ordered(words, order, view.catalogue))
        (signed_letters(words, order, view.catalogue))
    }
}

fn item_progress(words: &Words, view: &Track<'_>, order: &Placed, item: &PlacedItem, standing: &Standing<'_>) -> Markup {
    html! {
        section .card aria-labelledby={ (item.id) "--progress" } {
            div .line {
                h3 id={ (item.id) "--progress" } { (item.name.in_language(words.language())) }
                (item_state(words, item.state))
            }
            (summary_list(words, &days(words, item)))
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
    use order_manager::order::OrderState;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let state = |state: OrderState| {
        let order = sample::in_state(state, &catalogue);
        let view = Track { order: &order, catalogue: &catalogue, new_order: "0193b1de-5c00-7000-8000-00000000a9a1" };
        Sample::new(format!("track-{}", state.wire_name()), render(&sample::context(), &view))
    };
    OrderState::ALL.map(state).into()
}
