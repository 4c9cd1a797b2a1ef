//! A letter of agency: read, signed and dated on a page that has nothing else on it.
//!
//! 47 CFR 64.1130(b) wants the letter to be a separate document whose sole purpose is the authorisation. So there is no order
//! summary here, no banner, and no way through the site but signing.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::authorisation::LetterDocument;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::OrderId;
use order_manager::order::Signature;

use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::progress::{Position, progress};
use crate::components::summary_list::{Row, summary_list};
use crate::components::text_input::{TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The field with the name typed as a signature.
pub const SIGNATURE: &str = "signature";
/// The hidden field with the hash of the text that is signed.
pub const TEXT: &str = "text";

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
    /// The step's place on the way.
    pub position: Option<Position>,
    /// The letter, as it stands now.
    pub letter: &'a LetterDocument,
    /// A signature it has already, and the day it was given.
    pub signed: Option<(&'a Signature, Date)>,
    /// The day of signing, where service is.
    pub today: Date,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Authorise<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let field = Field::new(SIGNATURE, words.text("letter-signature")).hint(words.text("letter-signature-hint"));
    let title = view.letter.title.in_language(SIGNED);
    let sign = words.text("letter-sign");
    let signing = html! {
        input type="hidden" name=(TEXT) value=(view.letter.sha256(SIGNED));
        @if let Some((signature, day)) = view.signed {
            p { (words.with("letter-signed", &[("name", (&*signature.name).into()), ("date", words.date(day).into())])) }
        }
        (text_input(&filled, &field, &TextInput::filled_in_by("name")))
        p { (words.with("letter-signature-date", &[("date", words.date(view.today).into())])) }
        div .actions { (primary(&sign)) }
    };
    let action = Path::authorisation(view.order, &view.letter.key);
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        div lang=(SIGNED) {
            @for paragraph in &view.letter.paragraphs { p { (paragraph.in_language(SIGNED)) } }
            (summary_list(words, &stated(words, view.letter)))
        }
        (form(context, &Form { action: &action, save: &sign, version: Some(view.version), uploads: false }, &signing))
    };
    page(context, Page { bare: true, problems: filled.problems(&[&field]), ..Page::titled(title, main) })
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
    let mut samples = vec![];
    for letter in &sample::letters(&draft, &catalogue) {
        let signature = sample::signature(letter);
        let fresh = Authorise {
            order: draft.id,
            version: 4,
            position: Position::of_step(&draft, &Step::Authorisation(letter.key.clone()), &catalogue, sample::now()),
            letter,
            signed: None,
            today: sample::TODAY,
            entered: &nothing,
            errors: &[],
        };
        let states = [
            ("authorise", fresh),
            ("authorise-errors", Authorise { errors: &missing, ..fresh }),
            ("authorise-changed", Authorise { entered: &typed, errors: &changed, ..fresh }),
            ("authorise-signed", Authorise { signed: Some((&signature, sample::TODAY)), ..fresh }),
        ];
        samples.extend(states.map(|(name, view)| Sample::new(name, render(&sample::context(), &view))));
    }
    samples
}
