//! A code that was sent, or that an authenticator app shows.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use super::question::{Question, question};
use crate::components::banner::banner;
use crate::components::button::plain;
use crate::components::field::{Field, Filled};
use crate::components::form::button_form;
use crate::components::tag::Tone;
use crate::components::text_input::{Size, TextInput, text_input};
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The field with the code.
pub const CODE: &str = "code";
/// The button that has the code sent again.
pub const AGAIN: &str = "again";

/// Asking for a code.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// What for.
    pub for_what: For<'a>,
    /// What is wrong with what was typed.
    pub errors: &'a [FieldError],
    /// Whether it has just been sent again.
    pub sent: Sent,
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For<'a> {
    /// Signing in: the code of an authenticator app.
    SigningIn,
    /// A new sign-in: the code that went to this address.
    SigningUp(&'a str),
    /// Another e-mail address: the code that went to it.
    Email(&'a str),
    /// Linking the sign-in with an account: the code that went to its contact.
    Linking,
}

/// How often a code was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Once.
    Once,
    /// Again, just now.
    Again,
    /// It is too early to send it again.
    NotYet,
}

/// The field for a code.
pub(super) fn code_field(words: &Words) -> Field<'_> {
    Field::new(CODE, words.text("code-label"))
}

/// How a code is typed.
pub(super) fn code_input() -> TextInput<'static> {
    TextInput { inputmode: Some("numeric"), size: Size::Short, ..TextInput::filled_in_by("one-time-code") }
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Code<'_>) -> Markup {
    let words = context.words;
    let nothing = Entered::default();
    let filled = Filled { words, entered: &nothing, errors: view.errors };
    let (title, lede, action, back, again) = match view.for_what {
        For::SigningIn => (words.text("code-factor-title"), words.text("code-factor-lede"), Path::FACTOR, Path::SIGN_IN, None),
        For::SigningUp(email) => {
            let lede = words.with("code-sign-up-lede", &[("email", email.into())]);
            (words.text("code-sign-up-title"), lede, Path::SIGN_UP_CODE, Path::SIGN_UP, Some(Path::SIGN_UP_AGAIN))
        }
        For::Email(email) => {
            let lede = words.with("code-email-lede", &[("email", email.into())]);
            (words.text("code-email-title"), lede, Path::ACCOUNT_EMAIL_CODE, Path::ACCOUNT_EMAIL, None)
        }
        For::Linking => {
            (words.text("code-link-title"), words.text("code-link-lede"), Path::ACCOUNT_LINK_CODE, Path::ACCOUNT_LINK, None)
        }
    };
    let field = code_field(words).hint(words.text(match view.for_what {
        For::SigningIn => "code-factor-hint",
        _ => "code-sent-hint",
    }));
    let said = match view.sent {
        Sent::Once => None,
        Sent::Again => Some(banner(Tone::Good, &words.text("code-again-title"), &html! { p { (words.text("code-again")) } })),
        Sent::NotYet => {
            Some(banner(Tone::Attention, &words.text("code-not-yet-title"), &html! { p { (words.text("code-not-yet")) } }))
        }
    };
    let page = Question {
        title,
        lede,
        action,
        button: words.text("code-button"),
        back: Some(back.clone()),
        problems: filled.problems(&[&field]),
        fields: html! { @if let Some(said) = said { (said) } (text_input(&filled, &field, &code_input())) },
        after: html! {
            @if view.for_what == For::SigningIn {
                p .about { (words.text("code-factor-lost")) }
            } @else {
                h2 { (words.text("code-none")) }
                p { (words.text("code-none-advice")) }
                @if view.for_what == For::Linking {
                    p { (words.text("code-link-none")) }
                }
                @match &again {
                    Some(again) => (button_form(context, again, None, &plain(AGAIN, "yes", &words.text("code-send-again")))),
                    None => p { a href=(back) { (words.text("code-start-again")) } },
                }
            }
        },
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, context, signed_out};

    let wrong = [FieldError::new(CODE, Reason::Said("code-not-right"))];
    let first = |for_what| Code { for_what, errors: &[], sent: Sent::Once };
    let sign_up = first(For::SigningUp("dana@example.com"));
    vec![
        Sample::new("code-factor", render(&signed_out(), &first(For::SigningIn))),
        Sample::new("code-factor-errors", render(&signed_out(), &Code { errors: &wrong, ..first(For::SigningIn) })),
        Sample::new("code-sign-up", render(&signed_out(), &sign_up)),
        Sample::new("code-sign-up-again", render(&signed_out(), &Code { sent: Sent::Again, ..sign_up })),
        Sample::new("code-sign-up-not-yet", render(&signed_out(), &Code { sent: Sent::NotYet, ..sign_up })),
        Sample::new("code-email", render(&context(), &first(For::Email("dana@example.com")))),
        Sample::new("code-link", render(&context(), &first(For::Linking))),
        Sample::new("code-link-errors", render(&context(), &Code { errors: &wrong, ..first(For::Linking) })),
    ]
}
