//! Creating a sign-in. Whether the address has one already is told to the address alone.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use super::password::{PASSWORD, new_password};
use super::question::{Question, question};
use super::sign_in::{EMAIL, NEXT};
use crate::components::field::{Field, Filled};
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::Context;
use crate::path::Path;

/// The field with the name.
pub const NAME: &str = "name";

/// Creating a sign-in.
#[derive(Clone, Debug)]
pub struct SignUp<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Where the person was going.
    pub next: Option<Path>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &SignUp<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let name = Field::new(NAME, words.text("sign-up-name")).hint(words.text("sign-up-name-hint"));
    let email = Field::new(EMAIL, words.text("sign-in-email")).hint(words.text("sign-up-email-hint"));
    let password = new_password(words, PASSWORD);
    let page = Question {
        title: words.text("sign-up-title"),
        lede: words.text("sign-up-lede"),
        action: Path::SIGN_UP,
        button: words.text("sign-up-button"),
        back: Some(Path::SIGN_IN),
        problems: filled.problems(&[&name, &email, &password]),
        fields: html! {
            @if let Some(next) = &view.next { input type="hidden" name=(NEXT) value=(next); }
            (text_input(&filled, &name, &TextInput::filled_in_by("name")))
            (text_input(&filled, &email, &TextInput { kind: Kind::Email, ..TextInput::filled_in_by("username") }))
            (text_input(&filled, &password, &TextInput { kind: Kind::Secret, ..TextInput::filled_in_by("new-password") }))
        },
        after: html! { p { a href=(Path::SIGN_IN) { (words.text("sign-up-instead")) } } },
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, signed_out};

    let nothing = Entered::default();
    let typed = Entered::from_iter([(NAME, "Dana Whitfield"), (EMAIL, "dana@example")]);
    let wrong = [FieldError::new(EMAIL, Reason::NotAnEmail), FieldError::new(PASSWORD, Reason::TooShort { min: 12 })];
    let empty = SignUp { entered: &nothing, errors: &[], next: Some(Path::HELP) };
    vec![
        Sample::new("sign-up", render(&signed_out(), &empty)),
        Sample::new("sign-up-errors", render(&signed_out(), &SignUp { entered: &typed, errors: &wrong, ..empty })),
    ]
}
