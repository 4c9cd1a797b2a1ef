//! What can be done about an agreement, and the form of each.

use maud::{Markup, html};

use super::{Fields, Overview, TEXT};
use crate::components::button::primary;
use crate::components::date_input::date_input;
use crate::components::details::details;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, button_form, form};
use crate::components::text_input::{TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::Context;

/// Something that can be done about an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Have it approved.
    AskApproval,
    /// Take it back from approval.
    TakeBack,
    /// Send it to the customer.
    Send,
    /// Take it back from the customer.
    Recall,
    /// Go on from what the customer wants otherwise.
    AnswerCounter,
    /// Sign for the company.
    Countersign,
    /// Write the next version.
    Revise,
    /// End it before its term.
    Terminate,
    /// Negotiate it from now on.
    TakeOver,
    /// Close an offer that was open until a day that is over.
    Lapse,
}

impl Deed {
    /// Everything that can be done.
    pub const ALL: [Self; 10] = [
        Self::AskApproval,
        Self::TakeBack,
        Self::Send,
        Self::Recall,
        Self::AnswerCounter,
        Self::Countersign,
        Self::Revise,
        Self::Terminate,
        Self::TakeOver,
        Self::Lapse,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AskApproval => "ask-approval",
            Self::TakeBack => "take-back",
            Self::Send => "send",
            Self::Recall => "recall",
            Self::AnswerCounter => "answer",
            Self::Countersign => "countersign",
            Self::Revise => "revise",
            Self::Terminate => "terminate",
            Self::TakeOver => "take-over",
            Self::Lapse => "lapse",
        }
    }

    /// What can be done by this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == name)
    }
}

/// The form of something that can be done.
pub(super) fn doing(context: &Context<'_>, view: &Overview<'_>, filled: &Filled<'_>, fields: &Fields<'_>, deed: Deed) -> Markup {
    let words = context.words;
    match deed {
        Deed::AskApproval => button(context, view, deed, &words.text("agreement-ask"), &words.text("agreement-ask-about")),
        Deed::TakeBack => {
            button(context, view, deed, &words.text("agreement-take-back"), &words.text("agreement-take-back-about"))
        }
        Deed::Revise => {
            let form = button(context, view, deed, &words.text("agreement-revise"), &words.text("agreement-revise-about"));
            // What is in force is for ordering under it first.
            if view.order.is_some() { details(&words.text("agreement-revise"), &form) } else { form }
        }
        Deed::TakeOver => {
            button(context, view, deed, &words.text("agreement-take-over"), &words.text("agreement-take-over-about"))
        }
        Deed::Lapse => button(context, view, deed, &words.text("agreement-lapse"), &words.text("agreement-lapse-about")),
        // Its form stands among what the customer wants otherwise.
        Deed::AnswerCounter => html! {},
        Deed::Send => {
            let controls = html! {
                p { (words.text("agreement-send-about")) }
                (date_input(filled, &fields.open_until, view.today, view.open_at_most))
            };
            entering(context, view, deed, &words.text("agreement-send"), &controls)
        }
        Deed::Recall => {
            let form =
                entering(context, view, deed, &words.text("agreement-recall"), &textarea(filled, &fields.recall, 2, Some("off")));
            seldom(filled, &[&fields.recall], &words.text("agreement-recall"), form)
        }
        Deed::Countersign => {
            let text = view.agreement.newest.offer().map_or("", |offer| &offer.text_sha256);
            let controls = html! {
                input type="hidden" name=(TEXT) value=(text);
                (text_input(filled, &fields.signer, &TextInput::filled_in_by("name")))
                (text_input(filled, &fields.title, &TextInput::filled_in_by("organization-title")))
                (text_input(filled, &fields.authority, &TextInput::filled_in_by("off")))
            };
            entering(context, view, deed, &words.text("agreement-countersign"), &controls)
        }
        Deed::Terminate => {
            let controls = html! {
                (date_input(filled, &fields.terminates, view.today, view.agreement.in_force().map_or(view.today, |signed| signed.until)))
                (textarea(filled, &fields.termination, 2, Some("off")))
            };
            let form = entering(context, view, deed, &words.text("agreement-terminate"), &controls);
            seldom(filled, &[&fields.terminates, &fields.termination], &words.text("agreement-terminate"), form)
        }
    }
}

/// What is seldom done opens on demand; what is wrong with it is seen at once.
fn seldom(filled: &Filled<'_>, fields: &[&Field<'_>], label: &str, form: Markup) -> Markup {
    let wrong = fields.iter().any(|field| !filled.wrong_with(field).is_empty());
    if wrong { form } else { details(label, &form) }
}

fn button(context: &Context<'_>, view: &Overview<'_>, deed: Deed, label: &str, about: &str) -> Markup {
    html! {
        section .card .column {
            h2 { (label) }
            p { (about) }
            (button_form(context, &view.head.action(deed.as_str()), Some(view.head.saved), &primary(label)))
        }
    }
}

fn entering(context: &Context<'_>, view: &Overview<'_>, deed: Deed, label: &str, controls: &Markup) -> Markup {
    let action = view.head.action(deed.as_str());
    let controls = html! { (controls) div .actions { (primary(label)) } };
    html! {
        section .card .column {
            h2 { (label) }
            (form(context, &Form { action: &action, save: label, version: Some(view.head.saved), uploads: false }, &controls))
        }
    }
}
