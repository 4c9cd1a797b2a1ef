//! Linking a sign-in with an account. Whether there is such an account is told to its own contact alone.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use crate::components::button::second_link;
use crate::components::field::{Field, Filled};
use crate::components::text_input::{Size, TextInput, text_input};
use crate::layout::Context;
use crate::pages::question::{Question, question};
use crate::path::Path;

/// The field with the account number.
pub const ACCOUNT_NUMBER: &str = "account-number";

/// Linking a sign-in with an account.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Where somebody begins who has no account yet.
    pub begin: Option<&'a Path>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Link<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let number = Field::new(ACCOUNT_NUMBER, words.text("link-number")).hint(words.text("link-number-hint"));
    let page = Question {
        title: words.text("link-title"),
        lede: words.text("link-lede"),
        action: Path::ACCOUNT_LINK,
        button: words.text("link-button"),
        back: Some(Path::ACCOUNT),
        problems: filled.problems(&[&number]),
        fields: text_input(&filled, &number, &TextInput { size: Size::Medium, inputmode: None, ..TextInput::default() }),
        after: html! {
            @if let Some(begin) = view.begin {
                h2 { (words.text("link-none")) }
                p { (words.text("link-none-advice")) }
                p { (second_link(begin, &words.text("link-begin"))) }
            }
        },
    };
    question(context, page)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, context};

    let nothing = Entered::default();
    let missing = [FieldError::new(ACCOUNT_NUMBER, Reason::Missing)];
    let empty = Link { entered: &nothing, errors: &[], begin: Some(&Path::ACCOUNT_NEW) };
    vec![
        Sample::new("account-link", render(&context(), &empty)),
        Sample::new("account-link-another", render(&context(), &Link { begin: None, ..empty })),
        Sample::new("account-link-errors", render(&context(), &Link { errors: &missing, ..empty })),
    ]
}
