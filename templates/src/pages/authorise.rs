//! A letter of agency: read, signed and dated on a page that has nothing else on it; or, for staff, the record that an independent
//! third party verified with the customer what it says.
//!
//! 47 CFR 64.1130(b) wants the letter to be a separate document whose sole purpose is the authorisation. So there is no order
//! summary here, no banner, and no way through the site but signing. Nobody signs for a customer: staff only ever record what
//! another company verified (47 CFR 64.1120(c)(3)).

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::authorisation::LetterDocument;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::OrderId;
use order_manager::order::{Authorisation, KeptLetter, Signature, ThirdPartyVerification};

use crate::components::button::primary;
use crate::components::checkboxes::acknowledgement;
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::progress::{Position, progress};
use crate::components::summary_list::{Row, summary_list};
use crate::components::text_input::{TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The field with the name typed as a signature.
pub const SIGNATURE: &str = "signature";
/// The hidden field with the hash of the text that is signed.
pub const TEXT: &str = "text";
/// The field with the company that verified.
pub const VERIFIER: &str = "verifier";
/// The field with what the verifier's recording is found by.
pub const REFERENCE: &str = "reference";
/// The field with the name of the person who confirmed.
pub const CONFIRMED_BY: &str = "confirmed-by";
/// The field with the day of verification.
pub const VERIFIED: &str = "verified";
/// The box that says that all was verified that has to be.
pub const COMPLETE: &str = "complete";

/// What is wrong when the letter changed after it was opened: said of [`TEXT`], as a `Reason::Said`.
pub const LETTER_CHANGED: &str = "letter-changed";

/// The language whose wording is hashed, and so the one that is signed.
const SIGNED: &str = "en";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Authorise<'a> {
    /// Which order.
    pub order: OrderId,
    /// The version of the order that is shown.
    pub version: u64,
    /// Where on the way this is.
    pub position: Option<Position>,
    /// The letter, as it stands now.
    pub letter: &'a LetterDocument,
    /// What it was authorised by already, and the day that was given.
    pub given: Option<(&'a Authorisation, Date)>,
    /// Who reads it.
    pub reader: Reader,
    /// Today, where service is.
    pub today: Date,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// Who reads a letter of agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The customer, who can sign it.
    Customer,
    /// Staff, who can only record a third party's verification, not older than from this day.
    Staff {
        /// The first day that still counts.
        earliest: Date,
    },
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Authorise<'_>) -> Markup {
    match view.reader {
        Reader::Customer => signing(context, view),
        Reader::Staff { earliest } => verifying(context, view, earliest),
    }
}

fn signing(context: &Context<'_>, view: &Authorise<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let field = Field::new(SIGNATURE, words.text("letter-signature")).hint(words.text("letter-signature-hint"));
    let sign = words.text("letter-sign");
    let signing = html! {
        input type="hidden" name=(TEXT) value=(view.letter.sha256(SIGNED));
        (given(words, view))
        (text_input(&filled, &field, &TextInput::filled_in_by("name")))
        p { (words.with("letter-signature-date", &[("date", words.date(view.today).into())])) }
        div .actions { (primary(&sign)) }
    };
    let title = view.letter.title.in_language(SIGNED);
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        (letter(words, view.letter))
        (sent(context, view, &sign, &signing))
    };
    page(context, Page { bare: true, problems: filled.problems(&[&field]), ..Page::titled(title, main) })
}

fn verifying(context: &Context<'_>, view: &Authorise<'_>, earliest: Date) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let fields = [
        Field::new(VERIFIER, words.text("verify-verifier")).hint(words.text("verify-verifier-hint")),
        Field::new(REFERENCE, words.text("verify-reference")).hint(words.text("verify-reference-hint")),
        Field::new(CONFIRMED_BY, words.text("verify-confirmed-by")),
        Field::new(VERIFIED, words.text("verify-day")),
        Field::new(COMPLETE, words.text("verify-complete")).asks(Asks::Agreeing),
    ];
    let [verifier, reference, confirmed_by, verified, complete] = &fields;
    let record = words.text("verify-record");
    let recording = html! {
        input type="hidden" name=(TEXT) value=(view.letter.sha256(SIGNED));
        (given(words, view))
        (text_input(&filled, verifier, &TextInput::filled_in_by("off")))
        (text_input(&filled, reference, &TextInput::filled_in_by("off")))
        (text_input(&filled, confirmed_by, &TextInput::filled_in_by("off")))
        (date_input(&filled, verified, earliest, view.today))
        (acknowledgement(&filled, complete, &words.text("verify-complete-statement")))
        div .actions { (primary(&record)) }
    };
    let title = words.with("verify-title", &[("letter", view.letter.title.in_language(SIGNED).into())]);
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        p .lede { (words.text("verify-about")) }
        details {
            summary { (words.text("verify-letter")) }
            (letter(words, view.letter))
        }
        (sent(context, view, &record, &recording))
    };
    let all: Vec<_> = fields.iter().collect();
    page(context, Page { problems: filled.problems(&all), ..Page::titled(title.clone(), main) })
}

fn sent(context: &Context<'_>, view: &Authorise<'_>, save: &str, fields: &Markup) -> Markup {
    let action = Path::authorisation(view.order, &view.letter.key);
    form(context, &Form { action: &action, save, version: Some(view.version), uploads: false }, fields)
}

/// What it was authorised by already.
fn given(words: &Words, view: &Authorise<'_>) -> Markup {
    let said = view.given.map(|(authorisation, day)| match authorisation {
        Authorisation::Signed(Signature { name, .. }) | Authorisation::Kept(KeptLetter { name, .. }) => {
            words.with("letter-signed", &[("name", (&**name).into()), ("date", words.date(day).into())])
        }
        Authorisation::Verified(ThirdPartyVerification { verifier, .. }) => {
            words.with("letter-verified", &[("verifier", (&**verifier).into()), ("date", words.date(day).into())])
        }
    });
    html! { @if let Some(said) = said { p { (said) } } }
}

fn letter(words: &Words, letter: &LetterDocument) -> Markup {
    html! {
        div lang=(SIGNED) {
            @for paragraph in &letter.paragraphs { p { (paragraph.in_language(SIGNED)) } }
            (summary_list(words, &stated(words, letter)))
        }
    }
}

/// What the letter states: for whom, where, which numbers, and what was answered.
fn stated<'a>(words: &'a Words, letter: &'a LetterDocument) -> Vec<Row<'a>> {
    let mut rows = vec![
        Row::new(words.text("letter-customer"), &*letter.customer),
        Row::new(words.text("letter-service-address"), &*letter.service_address),
    ];
    if !letter.numbers.is_empty() {
        rows.push(Row {
            key: words.with("letter-numbers", &[("count", letter.numbers.len().into())]),
            lines: letter.numbers.iter().map(|number| number.to_string().into()).collect(),
            change: None,
            file: None,
        });
    }
    rows.extend(letter.states.iter().map(|(label, answer)| Row::new(label.in_language(SIGNED), &**answer)));
    rows.push(Row::new(
        words.text("letter-version"),
        words.with("letter-version-value", &[("version", letter.version.to_string().into())]),
    ));
    rows
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::journey::Step;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let draft = sample::draft(&catalogue);
    let (nothing, typed) = (Entered::default(), Entered::from_iter([(SIGNATURE, "Dana Whitfield")]));
    let missing = [FieldError::new(SIGNATURE, Reason::Missing)];
    let changed = [FieldError::new(TEXT, Reason::Said(LETTER_CHANGED))];
    let unverified = [FieldError::new(VERIFIER, Reason::Missing), FieldError::new(COMPLETE, Reason::NotAcknowledged)];
    let staff = Reader::Staff { earliest: jiff::civil::date(2026, 9, 24) };
    let mut samples = vec![];
    for letter in &sample::letters(&draft, &catalogue) {
        let signature = Authorisation::Signed(sample::signature(letter));
        let verification = Authorisation::Verified(sample::verification(letter));
        let fresh = Authorise {
            order: draft.id,
            version: 4,
            position: Position::of_step(&draft, &Step::Authorisation(letter.key.clone()), &catalogue, sample::now()),
            letter,
            given: None,
            reader: Reader::Customer,
            today: sample::TODAY,
            entered: &nothing,
            errors: &[],
        };
        let states = [
            ("authorise", fresh),
            ("authorise-errors", Authorise { errors: &missing, ..fresh }),
            ("authorise-changed", Authorise { entered: &typed, errors: &changed, ..fresh }),
            ("authorise-signed", Authorise { given: Some((&signature, sample::TODAY)), ..fresh }),
            ("authorise-staff", Authorise { reader: staff, ..fresh }),
            ("authorise-staff-errors", Authorise { reader: staff, errors: &unverified, ..fresh }),
            ("authorise-staff-verified", Authorise { reader: staff, given: Some((&verification, sample::TODAY)), ..fresh }),
        ];
        samples.extend(states.map(|(name, view)| Sample::new(name, render(&sample::context(), &view))));
    }
    samples
}
