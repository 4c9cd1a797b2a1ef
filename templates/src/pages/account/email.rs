//! Taking another e-mail address to sign in with.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use crate::components::field::{Field, Filled};
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::Context;
use crate::pages::password::current_password;
use crate::pages::question::{Question, question};
use crate::pages::sign_in::EMAIL;
use crate::path::Path;

/// Taking another address.
#[derive(Clone, Copy, Debug)]
pub struct Email<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Email<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let email = Field::new(EMAIL, words.text("email-new")).hint(words.text("email-hint"));
    let current = current_password(words);
    let page = Question {
        title: words.text("email-title"),
        lede: words.text("email-lede"),
        action: Path::ACCOUNT_EMAIL,
        button: words.text("email-button"),
        back: Some(Path::ACCOUNT),
        problems: filled.problems(&[&email, &current]),
        fields: html! {
            (text_input(&filled, &email, &TextInput { kind: Kind::Email, ..TextInput::filled_in_by("email") }))
            (text_input(&filled, &current, &TextInput { kind: Kind::Secret, ..TextInput::filled_in_by("current-password") }))
        },
        after: html! {},
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::pages::password::CURRENT;
    use crate::sample::{Sample, context};

    let nothing = Entered::default();
    let wrong = [FieldError::new(EMAIL, Reason::NotAnEmail), FieldError::new(CURRENT, Reason::Said("password-not-right"))];
    let empty = Email { entered: &nothing, errors: &[] };
    vec![
        Sample::new("account-email", render(&context(), &empty)),
        Sample::new("account-email-errors", render(&context(), &Email { errors: &wrong, ..empty })),
    ]
}
