//! Choosing a password: the first of one's own, and another in its place.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use super::question::{Question, question};
use crate::components::field::{Field, Filled};
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The field with the new password.
pub const PASSWORD: &str = "new-password";
/// The field with the password there is.
pub const CURRENT: &str = "current-password";
/// The fewest characters of a password.
pub const SHORTEST: usize = 12;

/// Choosing a password.
#[derive(Clone, Copy, Debug)]
pub struct Choose<'a> {
    /// In the place of which.
    pub instead_of: InsteadOf,
    /// What is wrong with what was typed.
    pub errors: &'a [FieldError],
}

/// In the place of which password one is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsteadOf {
    /// One that somebody else set: the person has just shown that they have it.
    GivenOne,
    /// Their own, which is asked for.
    OwnOne,
}

/// The field for a new password, with what it must be.
pub(super) fn new_password<'a>(words: &'a Words, name: &'static str) -> Field<'a> {
    Field::new(name, words.text("password-new")).hint(words.with("password-hint", &[("min", SHORTEST.into())]))
}

/// The field for the password there is.
pub(super) fn current_password(words: &Words) -> Field<'_> {
    Field::new(CURRENT, words.text("password-current"))
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Choose<'_>) -> Markup {
    let words = context.words;
    let nothing = Entered::default();
    let filled = Filled { words, entered: &nothing, errors: view.errors };
    let (current, new) = (current_password(words), new_password(words, PASSWORD));
    let secret = |token| TextInput { kind: Kind::Secret, ..TextInput::filled_in_by(token) };
    let own = view.instead_of == InsteadOf::OwnOne;
    let fields: &[&Field<'_>] = if own { &[&current, &new] } else { &[&new] };
    let page = Question {
        title: words.text(if own { "password-change-title" } else { "password-first-title" }),
        lede: words.text(if own { "password-change-lede" } else { "password-first-lede" }),
        action: if own { Path::ACCOUNT_PASSWORD } else { Path::NEW_PASSWORD },
        button: words.text("password-button"),
        back: Some(if own { Path::ACCOUNT } else { Path::SIGN_IN }),
        problems: filled.problems(fields),
        fields: html! {
            @if own { (text_input(&filled, &current, &secret("current-password"))) }
            (text_input(&filled, &new, &secret("new-password")))
        },
        after: html! {},
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, context, signed_out};

    let short = [FieldError::new(PASSWORD, Reason::TooShort { min: SHORTEST })];
    let wrong = [FieldError::new(CURRENT, Reason::Said("password-not-right")), FieldError::new(PASSWORD, Reason::Missing)];
    let first = Choose { instead_of: InsteadOf::GivenOne, errors: &[] };
    let own = Choose { instead_of: InsteadOf::OwnOne, errors: &[] };
    vec![
        Sample::new("password-first", render(&signed_out(), &first)),
        Sample::new("password-first-errors", render(&signed_out(), &Choose { errors: &short, ..first })),
        Sample::new("password-change", render(&context(), &own)),
        Sample::new("password-change-errors", render(&context(), &Choose { errors: &wrong, ..own })),
    ]
}
