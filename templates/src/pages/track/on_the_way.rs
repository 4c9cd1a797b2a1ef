//! What is known of an item on its way: days that moved, dangers, questions, what building costs, and until when it can be changed.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::order::{Irrevocable, JeopardyKind, Placed, PlacedItem, Question};

use super::{ANSWER, CHARGE, DECISION, ITEM, QUESTION, Track};
use crate::components::banner::banner;
use crate::components::button::{plain, primary};
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_details::local_moment;
use crate::components::summary_list::Row;
use crate::components::tag::Tone;
use crate::components::textarea::textarea;
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The days that were committed to and count no more, each with why.
pub(super) fn moved<'a>(words: &'a Words, view: &Track<'_>, order: &Placed, item: &'a PlacedItem) -> Option<Row<'a>> {
    let days = &item.on_the_way.days;
    let lines: Vec<Cow<'_, str>> = days
        .iter()
        .zip(days.iter().skip(1))
        .map(|(before, after)| {
            let told = local_moment(view.catalogue, &order.place, after.told).date();
            let dates = [("from", words.date(before.day).into()), ("told", words.short_date(told).into())];
            let moved = words.with("track-moved-from", &dates);
            match &after.why {
                Some(why) => format!("{moved} {}", why.in_language(words.language())).into(),
                None => moved,
            }
        })
        .collect();
    (!lines.is_empty()).then(|| Row { key: words.text("track-moved"), lines, change: None, file: None })
}

/// That the customer has changed what was answered, and whether those who work on it know.
pub(super) fn amended<'a>(words: &'a Words, view: &Track<'_>, order: &Placed, item: &PlacedItem) -> Option<Row<'a>> {
    let amended = item.on_the_way.amended?;
    let date = words.date(local_moment(view.catalogue, &order.place, amended).date());
    let key = if view.untold.contains(&item.id) { "track-amended-not-told" } else { "track-amended-told" };
    Some(Row::new(words.text("track-amended"), words.with(key, &[("date", date.into())])))
}

/// Until when the item can be changed or cancelled.
pub(in crate::pages) fn changeable<'a>(words: &'a Words, item: &'a PlacedItem) -> Option<Row<'a>> {
    if !item.is_open() {
        return None;
    }
    let until = match item.irrevocable() {
        Irrevocable::From(milestone) => {
            let milestone = milestone.label.in_language(words.language());
            words.with("track-changeable-until", &[("milestone", milestone.into())])
        }
        Irrevocable::WhenItWorks => words.text("track-changeable-until-it-works"),
        Irrevocable::Now => words.text("track-not-changeable"),
    };
    Some(Row::new(words.text("track-changeable"), until))
}

/// What endangers the day, in plain words, with the one thing that the customer can do.
pub(super) fn jeopardies(context: &Context<'_>, view: &Track<'_>, item: &PlacedItem) -> Markup {
    let words = context.words;
    let order = view.order.id();
    html! {
        @for jeopardy in &item.on_the_way.jeopardies {
            @let (said, todo) = in_words(words, jeopardy.kind);
            @let contact = matches!(jeopardy.kind, JeopardyKind::Access | JeopardyKind::PlaceNotReady);
            (banner(Tone::Attention, &said, &html! {
                p { (todo) }
                @if contact && item.is_open() {
                    p { a href=(Path::order_step(order, "amend")) { (words.text("track-change-contact")) } }
                }
            }))
        }
    }
}

fn in_words(words: &Words, kind: JeopardyKind) -> (Cow<'_, str>, Cow<'_, str>) {
    match kind {
        JeopardyKind::Access => (words.text("track-danger-access"), words.text("track-danger-access-do")),
        JeopardyKind::PlaceNotReady => (words.text("track-danger-place"), words.text("track-danger-place-do")),
        JeopardyKind::Facilities => (words.text("track-danger-facilities"), words.text("track-danger-wait")),
        JeopardyKind::OtherCompany => (words.text("track-danger-other-company"), words.text("track-danger-other-company-do")),
        JeopardyKind::Equipment => (words.text("track-danger-equipment"), words.text("track-danger-wait")),
        JeopardyKind::Weather => (words.text("track-danger-weather"), words.text("track-danger-wait")),
        JeopardyKind::Other => (words.text("track-danger-other"), words.text("track-danger-wait")),
    }
}

/// What the customer is asked about an item, with where to say it.
pub(super) fn asked(context: &Context<'_>, view: &Track<'_>, item: &PlacedItem) -> Markup {
    html! {
        @if view.order.state().is_final() {} @else {
            (question(context, view, item))
            (charge(context, view, item))
        }
    }
}

/// The field that a question is answered in: it is called what is asked.
pub(super) fn answer_field<'a>(words: &'a Words, question: &'a Question) -> Field<'a> {
    Field::new(ANSWER, question.text.in_language(words.language())).hint(words.text("track-answer-hint"))
}

fn question(context: &Context<'_>, view: &Track<'_>, item: &PlacedItem) -> Markup {
    let words = context.words;
    let Some(question) = item.on_the_way.open_question() else { return html! {} };
    // Of several questions only the one that was answered wrong has what was typed.
    let is_this = view.entered.text(ITEM) == item.id.to_string();
    let nothing = order_manager::entered::Entered::default();
    let (entered, errors) = if is_this { (view.entered, view.errors) } else { (&nothing, &[][..]) };
    let filled = Filled { words, entered, errors };
    let save = words.text("track-answer");
    form(
        context,
        &Form { action: &Path::order_step(view.order.id(), "answer"), save: &save, version: None, uploads: false },
        &html! {
            input type="hidden" name=(ITEM) value=(item.id);
            input type="hidden" name=(QUESTION) value=(question.id);
            (textarea(&filled, &answer_field(words, question), 2, Some("off")))
            div .actions { (primary(&save)) }
        },
    )
}

fn charge(context: &Context<'_>, view: &Track<'_>, item: &PlacedItem) -> Markup {
    let words = context.words;
    let Some(charge) = item.on_the_way.open_charge() else { return html! {} };
    let said = [("amount", charge.amount.to_string().into()), ("date", words.date(charge.answer_by).into())];
    if charge.answer_by < view.today {
        return html! { p { (words.with("track-charge-over", &said)) " " a href=(Path::HELP) { (words.text("track-help")) } } };
    }
    let accept = words.text("track-charge-accept");
    html! {
        h4 { (words.text("track-charge-title")) }
        p { (charge.why.in_language(words.language())) }
        p { (words.with("track-charge-about", &said)) }
        (form(
            context,
            &Form { action: &Path::order_step(view.order.id(), "charge"), save: &accept, version: None, uploads: false },
            &html! {
                input type="hidden" name=(ITEM) value=(item.id);
                input type="hidden" name=(CHARGE) value=(charge.id);
                div .actions {
                    button .button name=(DECISION) value="accepted" { (accept) }
                    (plain(DECISION, "refused", &words.text("track-charge-refuse")))
                }
            },
        ))
    }
}
