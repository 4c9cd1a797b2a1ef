//! Opening a customer's account, and closing it: why, and how the customer was authenticated (47 CFR 64.2010).

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::access::{AccessReason, CustomerAuthentication, Grant};
use order_manager::account::DataUse;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::CustomerId;

use super::find_customer::account_end;
use crate::components::banner::banner;
use crate::components::button::{link, primary, secondary};
use crate::components::checkboxes::checkboxes;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, button_form, form};
use crate::components::radios::{Choice, radios};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::text_input::{Size, TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The field with the reason.
pub const REASON: &str = "reason";
/// The field with the way of authentication.
pub const HOW: &str = "how";
/// The box that confirms leaving another customer's unfinished order.
pub const SWITCH: &str = "switch";
/// What that box sends.
pub const CONFIRMED: &str = "yes";
/// The field with the code that the customer reads back.
pub const CODE: &str = "code";
/// The hidden field with the page to go on to.
pub const NEXT: &str = "next";

/// Opening an account.
#[derive(Clone, Debug)]
pub struct OpenAccount<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: &'a str,
    /// The account number, of which only the end is shown.
    pub account_number: &'a str,
    /// How the customer can be authenticated.
    pub ways: &'a [CustomerAuthentication],
    /// The address on record, as much of it as may be shown.
    pub address: Option<&'a str>,
    /// The customer that is being worked for, if it is another.
    pub leaving: Option<Leaving<'a>>,
    /// Where to go on to.
    pub next: Option<&'a Path>,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// Another customer, whose account closes when this one opens.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<'a> {
    /// Which.
    pub customer: CustomerId,
    /// The name.
    pub name: &'a str,
    /// How many orders of theirs are not finished.
    pub drafts: usize,
}

/// What was said of why an account is opened.
#[must_use]
pub fn reason_label(words: &Words, reason: AccessReason) -> Cow<'_, str> {
    match reason {
        AccessReason::Call => words.text("access-reason-call"),
        AccessReason::Visit => words.text("access-reason-visit"),
        AccessReason::Letter => words.text("access-reason-letter"),
        AccessReason::FollowUp => words.text("access-reason-follow-up"),
        AccessReason::Negotiation => words.text("access-reason-negotiation"),
    }
}

fn how_label(words: &Words, how: CustomerAuthentication) -> Cow<'_, str> {
    match how {
        CustomerAuthentication::CodeToRecord => words.text("access-how-code"),
        CustomerAuthentication::PhotoIdentification => words.text("access-how-photo"),
        CustomerAuthentication::BusinessContract => words.text("access-how-contract"),
        CustomerAuthentication::NewCustomer => words.text("access-how-new"),
    }
}

/// The name of a way of authentication in the form.
#[must_use]
pub const fn how_value(how: CustomerAuthentication) -> &'static str {
    match how {
        CustomerAuthentication::CodeToRecord => "code",
        CustomerAuthentication::PhotoIdentification => "photo",
        CustomerAuthentication::BusinessContract => "contract",
        CustomerAuthentication::NewCustomer => "new",
    }
}

fn way<'a>(words: &'a Words, how: CustomerAuthentication, address: &str) -> Choice<'a> {
    let hint = match how {
        CustomerAuthentication::CodeToRecord => Some(words.with("access-how-code-about", &[("address", address.into())])),
        CustomerAuthentication::PhotoIdentification => Some(words.text("access-how-photo-about")),
        CustomerAuthentication::BusinessContract => Some(words.text("access-how-contract-about")),
        CustomerAuthentication::NewCustomer => None,
    };
    Choice { hint, ..Choice::new(how_value(how), how_label(words, how)) }
}

/// The page that asks why, and how.
#[must_use]
pub fn render(context: &Context<'_>, view: &OpenAccount<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let reason = Field::new(REASON, words.text("access-reason")).asks(Asks::Choosing);
    let how = Field::new(HOW, words.text("access-how")).hint(words.text("access-how-hint")).asks(Asks::Choosing);
    let reasons = AccessReason::ALL.map(|reason| Choice::new(reason.as_str(), reason_label(words, reason)));
    let ways: Vec<_> = view.ways.iter().map(|how| way(words, *how, view.address.unwrap_or_default())).collect();
    let asked = view.leaving.filter(|leaving| leaving.drafts > 0);
    let switch = asked.map(|leaving| {
        let about = [("count", leaving.drafts.into()), ("name", leaving.name.into())];
        Field::new(SWITCH, words.with("access-switch-drafts", &about)).asks(Asks::Choosing)
    });
    let button = words.text("access-button");
    let fields = html! {
        @if let Some(next) = view.next { input type="hidden" name=(NEXT) value=(next); }
        @if let Some(switch) = &switch {
            (checkboxes(&filled, switch, &[Choice::new(CONFIRMED, words.text("access-switch-confirm"))]))
        }
        (radios(&filled, &reason, &reasons))
        (radios(&filled, &how, &ways))
        @if !view.ways.contains(&CustomerAuthentication::CodeToRecord) { p .about { (words.text("access-no-code")) } }
        div .actions { (primary(&button)) }
    };
    let title = words.with("access-title", &[("name", view.name.into())]);
    let action = Path::customer_access(view.customer);
    let main = html! {
        h1 { (title) }
        p .lede { (words.with("access-lede", &[("end", account_end(view.account_number).into())])) }
        @if let Some(leaving) = &view.leaving {
            div .inset {
                p { strong { (words.with("access-switch", &[("name", leaving.name.into())])) } " " (words.text("access-switch-about")) }
                p {
                    a href=(Path::customer(leaving.customer)) { (words.with("access-switch-back", &[("name", leaving.name.into())])) }
                }
            }
        }
        (form(context, &Form { action: &action, save: &button, version: None, uploads: false }, &fields))
    };
    let fields: Vec<&Field<'_>> = switch.iter().chain([&reason, &how]).collect();
    let problems = filled.problems(&fields);
    page(context, Page { problems, back: Some(Path::CUSTOMERS), ..Page::titled(title.clone(), main) })
}

/// The code that the customer reads back.
#[derive(Clone, Copy, Debug)]
pub struct EnterCode<'a> {
    /// Whose account it opens.
    pub customer: CustomerId,
    /// Where it was sent, as much of it as may be shown.
    pub address: &'a str,
    /// Where to go on to.
    pub next: Option<&'a Path>,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page that asks for the code.
#[must_use]
pub fn render_code(context: &Context<'_>, view: &EnterCode<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let code = Field::new(CODE, words.text("access-code-field"));
    let button = words.text("access-code-button");
    let input = TextInput { inputmode: Some("numeric"), size: Size::Short, ..TextInput::filled_in_by("off") };
    let fields = html! {
        @if let Some(next) = view.next { input type="hidden" name=(NEXT) value=(next); }
        (text_input(&filled, &code, &input))
        div .actions { (primary(&button)) }
    };
    let action = Path::customer_access_code(view.customer);
    let main = html! {
        h1 { (words.text("access-code-title")) }
        p .lede { (words.with("access-code-lede", &[("address", view.address.into())])) }
        (form(context, &Form { action: &action, save: &button, version: None, uploads: false }, &fields))
        p { a href=(Path::customer_access(view.customer)) { (words.text("access-code-other")) } }
    };
    let problems = filled.problems(&[&code]);
    let back = Some(Path::customer_access(view.customer));
    page(context, Page { problems, back, ..Page::titled(words.text("access-code-title"), main) })
}

/// An account that is open.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// What opened it.
    pub grant: &'a Grant,
    /// What the customer chose about the use of what we know of them.
    pub data_use: DataUse,
    /// When it was opened, and when it closes, as a clock shows them.
    pub times: (&'a str, &'a str),
    /// Whether consent for this call has just been recorded.
    pub consented: bool,
}

/// The page of an account that is open: what for, until when, and the way out.
#[must_use]
pub fn render_open(context: &Context<'_>, view: &Opened<'_>) -> Markup {
    let words = context.words;
    let Grant { customer, name, account_number, reason, authenticated, .. } = view.grant;
    let title = words.with("access-open-title", &[("name", (**name).into())]);
    let data_use = match view.data_use {
        DataUse::Allowed => words.text("access-data-use-allowed"),
        DataUse::OptedOut => words.text("access-data-use-out"),
    };
    let rows = [
        Row::new(words.text("access-open-account"), &**account_number),
        Row::new(words.text("access-open-reason"), reason_label(words, *reason)),
        Row::new(words.text("access-open-how"), how_label(words, *authenticated)),
        Row::new(words.text("access-open-since"), view.times.0),
        Row::new(words.text("access-data-use"), data_use),
    ];
    let access = Path::customer_access(*customer);
    let main = html! {
        h1 { (title) }
        p .lede { (words.with("access-open-until", &[("time", view.times.1.into())])) }
        (summary_list(words, &rows))
        @if view.data_use == DataUse::OptedOut && !view.consented {
            div .inset {
                p { (words.text("access-data-use-out-about")) }
                (button_form(context, &access, None, &secondary("do", "consent", &words.text("access-consent-button"))))
            }
        }
        div .actions {
            (link(&Path::customer(*customer), &words.text("access-open-on")))
            (button_form(context, &access, None, &secondary("do", "finish", &words.text("access-open-finish"))))
        }
    };
    let banner = view.consented.then(|| {
        let about = html! { p { (words.text("access-consent-done-about")) } };
        banner(Tone::Good, &words.text("access-consent-done"), &about)
    });
    page(context, Page { banner, back: Some(Path::WORK), ..Page::titled(title.clone(), main) })
}

/// The pages in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::Timestamp;
    use order_manager::entered::Reason;

    use crate::sample::{self, Sample, acting, staff};

    let customer = sample::customer();
    let nothing = Entered::default();
    let ways = [CustomerAuthentication::CodeToRecord, CustomerAuthentication::PhotoIdentification];
    let every = [ways[0], ways[1], CustomerAuthentication::BusinessContract];
    let open = OpenAccount {
        customer: customer.id,
        name: &customer.name,
        account_number: &customer.account_number,
        ways: &ways,
        address: Some("d•••@example.com"),
        leaving: None,
        next: None,
        entered: &nothing,
        errors: &[],
    };
    let wrong = [
        FieldError::new(SWITCH, Reason::Said("access-switch-missing")),
        FieldError::new(REASON, Reason::Missing),
        FieldError::new(HOW, Reason::Said("access-too-often")),
    ];
    let next = Path::order(sample::order_id());
    let leaving = Leaving { customer: customer.id, name: "Maya Chen", drafts: 2 };
    let code = EnterCode { customer: customer.id, address: "d•••@example.com", next: None, entered: &nothing, errors: &[] };
    let said = |said| [FieldError::new(CODE, Reason::Said(said))];
    let (bad, late, many) = (said("access-code-wrong"), said("access-code-late"), said("access-code-too-many"));
    let grant = Grant {
        customer: customer.id,
        name: customer.name.clone(),
        account_number: customer.account_number.clone(),
        reason: AccessReason::Call,
        authenticated: CustomerAuthentication::CodeToRecord,
        given: Timestamp::UNIX_EPOCH,
        until: Timestamp::UNIX_EPOCH,
    };
    let opened = Opened { grant: &grant, data_use: DataUse::Allowed, times: ("10:04 a.m.", "11:04 a.m."), consented: false };
    let new = Grant { authenticated: CustomerAuthentication::NewCustomer, ..grant.clone() };
    let show = |name, view: &OpenAccount<'_>| Sample::new(name, render(&staff(), view));
    let show_code = |name, errors| Sample::new(name, render_code(&staff(), &EnterCode { errors, next: Some(&next), ..code }));
    let show_open = |name, view: &Opened<'_>| Sample::new(name, render_open(&acting(), view));
    vec![
        show("access", &open),
        show("access-photo-only", &OpenAccount { ways: &ways[1..], address: None, next: Some(&next), ..open.clone() }),
        show("access-switch", &OpenAccount { ways: &every, leaving: Some(Leaving { drafts: 0, ..leaving }), ..open.clone() }),
        show("access-errors", &OpenAccount { leaving: Some(leaving), errors: &wrong, ..open.clone() }),
        show_code("access-code", &[][..]),
        show_code("access-code-wrong", &bad[..]),
        show_code("access-code-late", &late[..]),
        show_code("access-code-too-many", &many[..]),
        show_open("access-open", &opened),
        show_open("access-open-new", &Opened { grant: &new, ..opened }),
        show_open("access-open-opted-out", &Opened { data_use: DataUse::OptedOut, ..opened }),
        show_open("access-open-consented", &Opened { data_use: DataUse::OptedOut, consented: true, ..opened }),
    ]
}
