//! One's own sign-in: what it is, and the ways to change it.

pub mod begin;
pub mod email;
pub mod factor;
pub mod link;
pub mod sessions;

use maud::{Markup, html};
use order_manager::id::CustomerId;

use crate::components::banner::banner;
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// One's own sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// Whether an authenticator app is asked for.
    pub factor: bool,
    /// The customers it opens, with name and account number.
    pub customers: &'a [Opened<'a>],
    /// What has just been done.
    pub notice: Option<Notice>,
}

/// A customer that a sign-in opens.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// Which.
    pub id: CustomerId,
    /// The name.
    pub name: &'a str,
    /// The account number.
    pub account_number: &'a str,
}

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another password counts.
    Password,
    /// Another e-mail address counts.
    Email,
    /// An authenticator app is asked for.
    FactorAdded,
    /// None is any more.
    FactorRemoved,
    /// The sign-in opens another account.
    Linked,
}

impl Notice {
    /// The query parameter that says so.
    pub const PARAMETER: &'static str = "done";

    const ALL: [Self; 5] = [Self::Password, Self::Email, Self::FactorAdded, Self::FactorRemoved, Self::Linked];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Email => "email",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::Linked => "linked",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Account<'_>) -> Markup {
    let words = context.words;
    let said = view.notice.map(|notice| {
        words.text(match notice {
            Notice::Password => "account-password-done",
            Notice::Email => "account-email-done",
            Notice::FactorAdded => "account-factor-added",
            Notice::FactorRemoved => "account-factor-removed",
            Notice::Linked => "account-linked",
        })
    });
    let rows = [
        Row { change: Some(Path::ACCOUNT_EMAIL), ..Row::new(words.text("account-email"), view.email) },
        Row {
            change: Some(Path::ACCOUNT_PASSWORD),
            ..Row::new(words.text("account-password"), words.text("account-password-set"))
        },
        Row {
            change: Some(Path::ACCOUNT_FACTOR),
            ..Row::new(
                words.text("account-factor"),
                words.text(if view.factor { "account-factor-on" } else { "account-factor-off" }),
            )
        },
    ];
    let main = html! {
        h1 { (words.text("account-title")) }
        (summary_list(words, &rows))
        p { a href=(Path::ACCOUNT_SESSIONS) { (words.text("account-sessions")) } }
        h2 { (words.text("account-customers")) }
        @if view.customers.is_empty() { p { (words.text("account-no-customers")) } }
        @else {
            ul {
                @for customer in view.customers {
                    li { a href=(Path::customer(customer.id)) { (customer.name) } ", " (words.with("account-number", &[("number", customer.account_number.into())]))
                        br; a href=(Path::mail_choice(customer.id)) { (words.text("mailing-link")) }
                    }
                }
            }
        }
        p { a href=(Path::ACCOUNT_LINK) { (words.text("account-link")) } }
    };
    let done = said.map(|said| banner(Tone::Good, &words.text("account-done"), &html! { p { (said) } }));
    page(context, Page { banner: done, ..Page::titled(words.text("account-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, context, customer};

    let id = customer().id;
    let customers = [Opened { id, name: "Whitfield Dental", account_number: "770-4410" }];
    let plain = Account { email: "dana@example.com", factor: false, customers: &[], notice: None };
    let full = Account { factor: true, customers: &customers, ..plain };
    let mut samples =
        vec![Sample::new("account-no-customers", render(&context(), &plain)), Sample::new("account", render(&context(), &full))];
    samples.extend(Notice::ALL.map(|notice| {
        let view = Account { notice: Some(notice), ..full };
        Sample::new(format!("account-done-{}", notice.name()), render(&context(), &view))
    }));
    [samples, begin::samples(), email::samples(), factor::samples(), link::samples(), sessions::samples()].concat()
}
