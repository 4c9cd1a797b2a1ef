//! An agreement as it was sent to the customer: signed by name, countered clause by clause, or declined.

use maud::{Markup, html};
use order_manager::agreement::{AgreementState, Clause, Offer};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{AgreementId, CustomerId};

use super::document::{file, keeping, standing, written};
use crate::components::button::primary;
use crate::components::checkboxes::acknowledgement;
use crate::components::details::details;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::text_input::{TextInput, text_input};
use crate::components::textarea::textarea;
use crate::components::upload::{OnFile, upload};
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The hidden field with the fingerprint of the text that was shown.
pub const TEXT: &str = "text";
/// The field with the name typed as a signature.
pub const SIGNATURE: &str = "name";
/// The field with the signer's title.
pub const TITLE: &str = "title";
/// The field with what gives the signer the right to sign.
pub const AUTHORITY: &str = "authority";
/// The box that says that the signer may sign.
pub const MAY_SIGN: &str = "may-sign";
/// That box, ticked.
pub const YES: &str = "yes";
/// What the name of the field ends with that says how the customer wants a clause instead.
pub const WANTED: &str = "-text";
/// The field with what the customer writes to us.
pub const NOTE: &str = "note";
/// The field with the marked-up file.
pub const FILE: &str = "file";
/// The field with why the customer declines.
pub const DECLINE_REASON: &str = "decline-reason";

/// Signing, as addresses name it.
pub const SIGN: &str = "acceptance";
/// Countering, as addresses name it.
pub const COUNTER: &str = "counter";
/// Declining, as addresses name it.
pub const DECLINE: &str = "decline";

/// The media types of the files that are taken.
pub const MEDIA: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

/// The page.
#[derive(Clone, Debug)]
pub struct Acceptance<'a> {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Whose.
    pub customer: CustomerId,
    /// What was sent.
    pub offer: &'a Offer,
    /// The stored version, for the forms.
    pub saved: u64,
    /// Whether a file was received already.
    pub on_file: OnFile,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Acceptance<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let (signing, countering) = (Signing::new(words), Countering::new(words, view));
    let reason = Field::new(DECLINE_REASON, words.text("acceptance-decline-reason")).optional();
    let known: Vec<_> = signing.in_order().into_iter().chain(countering.in_order()).chain([&reason]).collect();
    let problems = filled.problems(&known);
    let countered = countering.in_order().iter().any(|field| !filled.wrong_with(field).is_empty());
    let counter_form = counter(context, view, &filled, &countering);
    let version = &view.offer.version;
    let main = html! {
        h1 { (version.terms.name) }
        (standing(words, AgreementState::Sent, version.number))
        p .lede { (words.with("acceptance-lede", &[("date", words.date(view.offer.valid_until).into())])) }
        (keeping(words, &file(view.agreement)))
        (written(words, &view.offer.text))
        section .card { (sign(context, view, &filled, &signing)) }
        // What is wrong with it is seen at once.
        @if countered { (counter_form) } @else { (details(&words.text("acceptance-counter"), &counter_form)) }
        (details(&words.text("acceptance-decline"), &decline(context, view, &filled, &reason)))
    };
    let back = Some(Path::customer_agreements(view.customer));
    page(context, Page { back, problems, ..Page::titled(&*version.terms.name, main) })
}

/// The fields of a signature.
struct Signing<'a> {
    name: Field<'a>,
    title: Field<'a>,
    authority: Field<'a>,
    may_sign: Field<'a>,
}

impl<'a> Signing<'a> {
    fn new(words: &'a Words) -> Self {
        Self {
            name: Field::new(SIGNATURE, words.text("acceptance-name")).hint(words.text("acceptance-name-hint")),
            title: Field::new(TITLE, words.text("agreement-signer-title")),
            authority: Field::new(AUTHORITY, words.text("agreement-authority")).hint(words.text("acceptance-authority-hint")),
            may_sign: Field::new(MAY_SIGN, words.text("acceptance-may-sign")).asks(Asks::Agreeing),
        }
    }

    fn in_order(&self) -> [&Field<'a>; 4] {
        let Self { name, title, authority, may_sign } = self;
        [name, title, authority, may_sign]
    }
}

fn sign(context: &Context<'_>, view: &Acceptance<'_>, filled: &Filled<'_>, fields: &Signing<'_>) -> Markup {
    let words = context.words;
    let sign = words.text("acceptance-sign");
    let controls = html! {
        input type="hidden" name=(TEXT) value=(view.offer.text_sha256);
        (text_input(filled, &fields.name, &TextInput::filled_in_by("name")))
        (text_input(filled, &fields.title, &TextInput::filled_in_by("organization-title")))
        (text_input(filled, &fields.authority, &TextInput::filled_in_by("off")))
        (acknowledgement(filled, &fields.may_sign, &words.text("acceptance-statement")))
        div .actions { (primary(&sign)) }
    };
    let action = Path::agreement_page(view.agreement, SIGN);
    html! {
        h2 { (words.text("acceptance-sign-title")) }
        (form(context, &Form { action: &action, save: &sign, version: Some(view.saved), uploads: false }, &controls))
    }
}

/// The fields of a counter-offer.
struct Countering<'a> {
    clauses: Vec<Field<'a>>,
    note: Field<'a>,
    file: Field<'a>,
}

impl<'a> Countering<'a> {
    fn new(words: &'a Words, view: &Acceptance<'_>) -> Self {
        let clause = |clause: &Clause| {
            let wanted = words.with("acceptance-wanted", &[("clause", (&*clause.heading).into())]);
            Field::new(format!("{}{WANTED}", clause.id), wanted).optional()
        };
        Self {
            clauses: view.offer.version.terms.clauses.iter().map(clause).collect(),
            note: Field::new(NOTE, words.text("acceptance-note")).hint(words.text("acceptance-note-hint")).optional(),
            file: Field::new(FILE, words.text("acceptance-file")).hint(words.text("acceptance-file-hint")).asks(Asks::Uploading),
        }
    }

    fn in_order(&self) -> Vec<&Field<'a>> {
        [&self.file, &self.note].into_iter().chain(&self.clauses).collect()
    }
}

fn counter(context: &Context<'_>, view: &Acceptance<'_>, filled: &Filled<'_>, fields: &Countering<'_>) -> Markup {
    let words = context.words;
    let send = words.text("acceptance-counter-send");
    let controls = html! {
        (upload(filled, &fields.file, &MEDIA.map(Into::into), view.on_file))
        (textarea(filled, &fields.note, 4, Some("off")))
        @for clause in &fields.clauses { (textarea(filled, clause, 2, Some("off"))) }
        div .actions { (primary(&send)) }
    };
    let action = Path::agreement_page(view.agreement, COUNTER);
    html! {
        p { (words.text("acceptance-counter-about")) }
        (form(context, &Form { action: &action, save: &send, version: Some(view.saved), uploads: true }, &controls))
    }
}

fn decline(context: &Context<'_>, view: &Acceptance<'_>, filled: &Filled<'_>, reason: &Field<'_>) -> Markup {
    let words = context.words;
    let decline = words.text("acceptance-decline");
    let controls = html! {
        (textarea(filled, reason, 2, Some("off")))
        div .actions { (primary(&decline)) }
    };
    let action = Path::agreement_page(view.agreement, DECLINE);
    form(context, &Form { action: &action, save: &decline, version: Some(view.saved), uploads: false }, &controls)
}
