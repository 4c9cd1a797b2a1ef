//! Stopping mail from a link in it, without signing in.

use maud::{Markup, html};

use crate::components::button::{link, primary};
use crate::components::form::button_form;
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// How far somebody is who follows such a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopMail {
    /// The link is good, and one button does it.
    Asked {
        /// The page itself.
        here: Path,
    },
    /// It is done.
    Done {
        /// Where there is more to choose.
        choice: Path,
    },
    /// The link is not one of ours.
    Unknown,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &StopMail) -> Markup {
    let words = context.words;
    let (title, main) = match view {
        StopMail::Asked { here } => (
            words.text("stop-title"),
            html! {
                p .lede { (words.text("stop-lede")) }
                (button_form(context, here, None, &primary(&words.text("stop-button"))))
            },
        ),
        StopMail::Done { choice } => (
            words.text("stop-done-title"),
            html! {
                p .lede { (words.text("stop-done")) }
                div .actions { (link(choice, &words.text("stop-choose"))) }
            },
        ),
        StopMail::Unknown => {
            let phone = words.text("help-phone").into_owned();
            (
                words.text("stop-unknown-title"),
                html! {
                    p .lede { (words.with("stop-unknown", &[("phone", phone.into())])) }
                    div .actions { (link(&Path::SIGN_IN, &words.text("stop-unknown-sign-in"))) }
                },
            )
        }
    };
    page(context, Page::titled(title.clone(), html! { h1 { (title) } (main) }))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, customer, signed_out};

    let customer = customer().id;
    let token = format!("{customer}.00112233445566778899aabbccddeeff");
    let show = |name: &str, view: &StopMail| Sample::new(name, render(&signed_out(), view));
    vec![
        show("stop-mail", &StopMail::Asked { here: Path::stop_mail(&token) }),
        show("stop-mail-done", &StopMail::Done { choice: Path::mail_choice(customer) }),
        show("stop-mail-unknown", &StopMail::Unknown),
    ]
}
