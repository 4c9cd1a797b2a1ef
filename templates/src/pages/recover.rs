//! Getting back in without the password. The answer is the same whether the address has a sign-in or not.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use super::code::{code_field, code_input};
use super::password::{PASSWORD, new_password};
use super::question::{Question, question};
use super::sign_in::EMAIL;
use crate::components::field::{Field, Filled};
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::Context;
use crate::path::Path;

/// Getting back in.
#[derive(Clone, Copy, Debug)]
pub struct Recover<'a> {
    /// How far it has come.
    pub step: Step<'a>,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Whose sign-in it is.
    Asking,
    /// A code went to this address, if it has one.
    Sent(&'a str),
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Recover<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let page = match view.step {
        Step::Asking => {
            let email = Field::new(EMAIL, words.text("sign-in-email"));
            Question {
                title: words.text("recover-title"),
                lede: words.text("recover-lede"),
                action: Path::RECOVER,
                button: words.text("recover-button"),
                back: Some(Path::SIGN_IN),
                problems: filled.problems(&[&email]),
                fields: text_input(&filled, &email, &TextInput { kind: Kind::Email, ..TextInput::filled_in_by("username") }),
                after: html! {},
            }
        }
        Step::Sent(email) => {
            let code = code_field(words).hint(words.text("code-sent-hint"));
            let password = new_password(words, PASSWORD);
            Question {
                title: words.text("recover-code-title"),
                lede: words.with("recover-code-lede", &[("email", email.into())]),
                action: Path::RECOVER_CODE,
                button: words.text("password-button"),
                back: Some(Path::RECOVER),
                problems: filled.problems(&[&code, &password]),
                fields: html! {
                    (text_input(&filled, &code, &code_input()))
                    (text_input(&filled, &password, &TextInput { kind: Kind::Secret, ..TextInput::filled_in_by("new-password") }))
                },
                after: html! {
                    h2 { (words.text("code-none")) }
                    p { (words.text("recover-code-none")) }
                    p { a href=(Path::RECOVER) { (words.text("code-start-again")) } }
                },
            }
        }
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use super::code::CODE;
    use crate::sample::{Sample, signed_out};

    let nothing = Entered::default();
    let missing = [FieldError::new(EMAIL, Reason::Missing)];
    let wrong = [FieldError::new(CODE, Reason::Said("code-not-right")), FieldError::new(PASSWORD, Reason::Missing)];
    let asking = Recover { step: Step::Asking, entered: &nothing, errors: &[] };
    let sent = Recover { step: Step::Sent("dana@example.com"), ..asking };
    vec![
        Sample::new("recover", render(&signed_out(), &asking)),
        Sample::new("recover-errors", render(&signed_out(), &Recover { errors: &missing, ..asking })),
        Sample::new("recover-code", render(&signed_out(), &sent)),
        Sample::new("recover-code-errors", render(&signed_out(), &Recover { errors: &wrong, ..sent })),
    ]
}
