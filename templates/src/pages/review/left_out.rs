//! What could not be carried over from the order that this one repeats.

use maud::{Markup, html};
use order_manager::order::LeftOut;

use super::Review;
use crate::components::banner::banner;
use crate::components::tag::Tone;
use crate::messages::Words;

/// The banner; none where nothing was left out, or nothing is repeated.
pub(super) fn banner_of(words: &Words, view: &Review<'_>) -> Option<Markup> {
    let repeats = view.draft.selling.repeats.as_ref()?;
    let title = words.with("review-repeats", &[("reference", repeats.of.reference().into())]);
    let content = html! {
        @if !repeats.left_out.is_empty() {
            p { (words.text("review-left-out")) }
            ul { @for left_out in &repeats.left_out { li { (named(words, view, left_out)) } } }
        }
    };
    Some(banner(Tone::Active, &title, &content))
}

fn named(words: &Words, view: &Review<'_>, left_out: &LeftOut) -> String {
    let offering = view.catalogue.offering(&left_out.offering);
    let name = offering.map_or(left_out.offering.as_str(), |offering| offering.name.in_language(words.language()));
    match &left_out.question {
        None => name.to_owned(),
        Some(question) => {
            let asked = offering.and_then(|offering| offering.characteristic(question));
            let label = asked.map_or(question.as_str(), |asked| asked.label.in_language(words.language()));
            words.with("review-left-out-answer", &[("offering", name.into()), ("question", label.into())]).into_owned()
        }
    }
}
