//! What a customer wants otherwise, and what we say to it.

use maud::{Markup, html};
use order_manager::agreement::{ClauseAnswer, Countered};
use order_manager::id::ClauseId;

use super::{ACCEPTED, COUNTERED, Deed, Fields, Overview, REFUSED};
use crate::components::banner::banner;
use crate::components::button::primary;
use crate::components::field::Filled;
use crate::components::form::{Form, form};
use crate::components::radios::{Choice, radios};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::text_input::{TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::Context;
use crate::messages::Words;
use crate::pages::agreement::{MARKED_UP, moment};

/// What the customer wants otherwise, and what we say to it.
pub(super) fn counter(
    context: &Context<'_>,
    view: &Overview<'_>,
    filled: &Filled<'_>,
    fields: &Fields<'_>,
    countered: &Countered,
) -> Markup {
    let words = context.words;
    let Countered { counter, answers, offer } = countered;
    let heading = |clause: &ClauseId| {
        let clause = offer.version.terms.clauses.iter().find(|known| known.id == *clause);
        clause.map_or("", |clause| &*clause.heading)
    };
    let said = words.with("agreement-countered-on", &[("date", moment(words, counter.at).into())]);
    let clauses = html! {
        @for wish in &counter.clauses {
            section .card {
                h3 { (heading(&wish.clause)) }
                (summary_list(words, &[Row::new(words.text("agreement-clause-wanted"), &*wish.text)]))
                @if let Some((_, [answer, other, reason])) = fields.answers.iter().find(|(clause, _)| **clause == wish.clause) {
                    (radios(filled, answer, &[
                        Choice::new(ACCEPTED, words.text("agreement-answer-accepted")),
                        Choice::new(REFUSED, words.text("agreement-answer-refused")),
                        Choice::new(COUNTERED, words.text("agreement-answer-countered")),
                    ]))
                    (textarea(filled, other, 2, Some("off")))
                    (text_input(filled, reason, &TextInput::filled_in_by("off")))
                } @else if let Some(answered) = answers.iter().find(|answered| answered.clause == wish.clause) {
                    p .about { (answered_in_words(words, &answered.answer)) }
                }
            }
        }
    };
    let save = words.text("agreement-answer");
    html! {
        (banner(Tone::Attention, &said, &html! {
            @if let Some(note) = &counter.note { blockquote { (note) } }
            p { a href=(view.head.action(MARKED_UP)) { (counter.file.name) } }
        }))
        @if fields.answers.is_empty() { (clauses) } @else {
            (form(
                context,
                &Form {
                    action: &view.head.action(Deed::AnswerCounter.as_str()),
                    save: &save,
                    version: Some(view.head.saved),
                    uploads: false,
                },
                &html! { (clauses) div .actions { (primary(&save)) } },
            ))
        }
    }
}

fn answered_in_words(words: &Words, answer: &ClauseAnswer) -> Markup {
    html! {
        @match answer {
            ClauseAnswer::Accepted(_) => (words.text("agreement-answer-accepted")),
            ClauseAnswer::Refused => (words.text("agreement-answer-refused")),
            ClauseAnswer::Countered { text, .. } => { (words.text("agreement-answer-countered")) ": " (text) }
        }
    }
}
