//! Signing in. Whatever fails, the answer is the same: it never says whether an account exists.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError, Reason};

use crate::components::banner::banner;
use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::tag::Tone;
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The field with the e-mail address.
pub const EMAIL: &str = "email";
/// The field with the password.
pub const PASSWORD: &str = "password";
/// The hidden field with the page to go on to.
pub const NEXT: &str = "next";

/// Signing in.
#[derive(Clone, Debug)]
pub struct SignIn<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Whether the attempt failed, for whatever reason.
    pub refused: bool,
    /// Why this page is shown.
    pub why: Why,
    /// Where the person was going.
    pub next: Option<Path>,
    /// Where an account is created, where that is possible.
    pub create_account: Option<Path>,
    /// Where a forgotten password is replaced, where that is possible.
    pub recover: Option<Path>,
    /// Where the company's own people sign in, where they do.
    pub staff: Option<Path>,
}

/// Why somebody is asked to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They chose to.
    Asked,
    /// The page they were going to needs it.
    Needed,
    /// Their session ended; what they saved is there.
    Ended,
    /// Their session ended before what they sent was saved; it is kept.
    Kept,
    /// They have just chosen a new password.
    Recovered,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &SignIn<'_>) -> Markup {
    let words = context.words;
    // Said at the first field, as any other error is, so that it is heard there too.
    let refused = [FieldError::new(EMAIL, Reason::Said("sign-in-refused"))];
    let filled = Filled { words, entered: view.entered, errors: if view.refused { &refused } else { view.errors } };
    let email = Field::new(EMAIL, words.text("sign-in-email"));
    let password = Field::new(PASSWORD, words.text("sign-in-password"));
    let problems = filled.problems(&[&email, &password]);
    let fields = html! {
        @if let Some(next) = &view.next { input type="hidden" name=(NEXT) value=(next); }
        (text_input(&filled, &email, &TextInput { kind: Kind::Email, ..TextInput::filled_in_by("username") }))
        (text_input(&filled, &password, &TextInput { kind: Kind::Secret, ..TextInput::filled_in_by("current-password") }))
        div .actions { (primary(&words.text("sign-in-button"))) }
    };
    let main = html! {
        h1 { (words.text("sign-in-title")) }
        @match view.why {
            Why::Asked | Why::Recovered => p .lede { (words.text("sign-in-lede")) },
            Why::Needed => p .lede { (words.text("sign-in-needed")) },
            Why::Kept => p .lede { (words.text("sign-in-kept")) },
            Why::Ended => p .lede { (words.text("sign-in-ended")) },
        }
        (form(context, &Form { action: &Path::SIGN_IN, save: &words.text("sign-in-button"), version: None, uploads: false }, &fields))
        @if view.create_account.is_some() || view.recover.is_some() {
            h2 { (words.text("sign-in-trouble")) }
            ul {
                @if let Some(path) = &view.create_account { li { a href=(path) { (words.text("sign-in-create")) } } }
                @if let Some(path) = &view.recover { li { a href=(path) { (words.text("sign-in-recover")) } } }
            }
        }
        @if let Some(path) = &view.staff { p { a href=(path) { (words.text("sign-in-staff")) } } }
        p .about { (words.text("sign-in-privacy")) }
    };
    let recovered = (view.why == Why::Recovered && problems.is_empty())
        .then(|| banner(Tone::Good, &words.text("recover-done-title"), &html! { p { (words.text("recover-done")) } }));
    page(context, Page { problems, banner: recovered, ..Page::titled(words.text("sign-in-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, signed_out};

    let nothing = Entered::default();
    let typed = Entered::from_iter([(EMAIL, "dana@example.com")]);
    let missing = [FieldError::new(EMAIL, Reason::NotAnEmail), FieldError::new(PASSWORD, Reason::Missing)];
    let empty = SignIn {
        entered: &nothing,
        errors: &[],
        refused: false,
        why: Why::Asked,
        next: None,
        create_account: Some(Path::SIGN_UP),
        recover: Some(Path::RECOVER),
        staff: Some(Path::STAFF_SIGN_IN),
    };
    vec![
        Sample::new("sign-in", render(&signed_out(), &empty)),
        Sample::new(
            "sign-in-needed",
            render(&signed_out(), &SignIn { why: Why::Needed, next: Some(Path::HELP), ..empty.clone() }),
        ),
        Sample::new(
            "sign-in-ended",
            render(&signed_out(), &SignIn { why: Why::Ended, create_account: None, recover: None, ..empty.clone() }),
        ),
        Sample::new("sign-in-kept", render(&signed_out(), &SignIn { why: Why::Kept, next: Some(Path::KEPT), ..empty.clone() })),
        Sample::new("sign-in-recovered", render(&signed_out(), &SignIn { why: Why::Recovered, ..empty.clone() })),
        Sample::new("sign-in-errors", render(&signed_out(), &SignIn { entered: &typed, errors: &missing, ..empty.clone() })),
        Sample::new("sign-in-refused", render(&signed_out(), &SignIn { entered: &typed, refused: true, ..empty.clone() })),
    ]
}
