//! Many sites at once: which service, the file to fill in, and sending it.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::bulk::{Column, FileFault, Problem, Sheet};
use order_manager::catalogue::{Family, ProductOffering};
use order_manager::characteristic::Characteristic;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, ProjectId};
use order_manager::text::Text;

use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_state::family_name;
use crate::components::upload::{OnFile, upload};
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The file.
pub const FILE: &str = "file";
/// The service, in the address and in the form.
pub const OFFERING: &str = "offering";
/// The hidden field with the project's id, minted with the page: a second click starts nothing.
pub const PROJECT: &str = "project";

/// The most wrong rows that the page says in full.
const MOST_SAID: usize = 100;

/// The page.
#[derive(Clone, Debug)]
pub struct Bulk<'a> {
    /// Whose sites.
    pub customer: CustomerId,
    /// What there is to do on it.
    pub step: Step<'a>,
    /// Files sent before, the newest first.
    pub before: &'a [Before<'a>],
}

/// What there is to do.
#[derive(Clone, Debug)]
pub enum Step<'a> {
    /// Choosing a service.
    Choosing(Vec<&'a ProductOffering>),
    /// Filling in a file for it, and sending it.
    Sending(Sending<'a>),
}

/// Filling in a file and sending it.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// The service.
    pub offering: &'a ProductOffering,
    /// The file's columns.
    pub sheet: &'a Sheet<'a>,
    /// The id that the project gets.
    pub project: &'a str,
    /// What is wrong with the form.
    pub errors: &'a [FieldError],
    /// What is wrong with each row, by its line, where no row is good.
    pub wrong: &'a [(u64, Vec<String>)],
}

/// A file sent before.
#[derive(Clone, Debug)]
pub struct Before<'a> {
    /// What it came to.
    pub project: ProjectId,
    /// Its name.
    pub file_name: Cow<'a, str>,
    /// When it was sent.
    pub sent: Date,
    /// Sites that could be ordered.
    pub sites: u32,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Bulk<'_>) -> Markup {
    let words = context.words;
    match &view.step {
        Step::Choosing(offerings) => {
            let main = html! {
                h1 { (words.text("bulk-title")) }
                p { (words.text("bulk-introduction")) }
                (choosing(words, view.customer, offerings))
                (before(words, view.before))
            };
            page(context, Page { back: Some(Path::customer(view.customer)), ..Page::titled(words.text("bulk-title"), main) })
        }
        Step::Sending(sending) => send(context, view, sending),
    }
}

fn choosing(words: &Words, customer: CustomerId, offerings: &[&ProductOffering]) -> Markup {
    let language = words.language();
    let of = |family| offerings.iter().filter(move |offering| offering.family == family).collect::<Vec<_>>();
    html! {
        h2 { (words.text("bulk-which")) }
        @if offerings.is_empty() { p { (words.text("bulk-none")) } }
        @for (family, offerings) in Family::ALL.map(|family| (family, of(family))) {
            @if !offerings.is_empty() {
                h3 { (family_name(words, family)) }
                ul .tasks {
                    @for offering in offerings {
                        li {
                            div {
                                a href=(Path::sites(customer).with(OFFERING, offering.id.as_str())) {
                                    (offering.name.in_language(language))
                                }
                                p .about { (offering.description.in_language(language)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn send(context: &Context<'_>, view: &Bulk<'_>, sending: &Sending<'_>) -> Markup {
    let words = context.words;
    let offering = sending.offering.name.in_language(words.language());
    let title = words.with("bulk-chosen", &[("offering", offering.into())]);
    let (nothing, save) = (Entered::default(), words.text("bulk-send"));
    let filled = Filled { words, entered: &nothing, errors: sending.errors };
    let field = Field::new(FILE, words.text("bulk-file")).hint(words.text("bulk-file-hint")).asks(Asks::Uploading);
    let fields = html! {
        input type="hidden" name=(OFFERING) value=(sending.offering.id);
        input type="hidden" name=(PROJECT) value=(sending.project);
        (upload(&filled, &field, &["text/csv".into(), ".csv".into()], OnFile::Nothing))
        div .actions { (primary(&save)) }
    };
    let action = Path::sites(view.customer);
    let main = html! {
        h1 { (title) }
        p { (words.text("bulk-introduction")) }
        p { a href=(Path::sites(view.customer)) { (words.text("bulk-other")) } }
        @if !sending.wrong.is_empty() {
            h2 { (words.text("bulk-wrong-title")) }
            p { (words.text("bulk-wrong-introduction")) }
            (wrong_rows(words, sending.wrong))
        }
        h2 { (words.text("bulk-template-title")) }
        p { a href=(Path::sites_template(view.customer, &sending.offering.id)) { (words.text("bulk-template")) } }
        h2 { (words.text("bulk-columns-title")) }
        p { (words.text("bulk-columns-hint")) }
        dl .summary {
            @for column in &sending.sheet.columns {
                div { dt { code { (column.name()) } } dd { (about(words, column)) } }
            }
        }
        h2 { (words.text("bulk-send-title")) }
        (form(context, &Form { action: &action, save: &save, version: None, uploads: true }, &fields))
        (before(words, view.before))
    };
    let problems = filled.problems(&[&field]);
    page(context, Page { problems, back: Some(Path::sites(view.customer)), ..Page::titled(title.clone(), main) })
}

/// The rows that have something wrong, each with all of it.
pub(crate) fn wrong_rows(words: &Words, wrong: &[(u64, Vec<String>)]) -> Markup {
    html! {
        ul .tasks {
            @for (line, problems) in wrong.iter().take(MOST_SAID) {
                li {
                    div {
                        span .name { (words.with("bulk-row", &[("line", line.to_string().into())])) }
                        @for problem in problems { p .about { (problem) } }
                    }
                }
            }
        }
        @if wrong.len() > MOST_SAID {
            p { (words.with("bulk-wrong-more", &[("count", (wrong.len() - MOST_SAID).into())])) }
        }
    }
}

fn before(words: &Words, before: &[Before<'_>]) -> Markup {
    html! {
        @if !before.is_empty() {
            h2 { (words.text("bulk-before")) }
            ul .tasks {
                @for sent in before {
                    @let about = [("count", sent.sites.into()), ("date", words.short_date(sent.sent).into())];
                    li {
                        div {
                            a href=(Path::project(sent.project)) { (sent.file_name) }
                            p .about { (words.with("bulk-before-sites", &about)) }
                        }
                    }
                }
            }
        }
    }
}

/// What a column is called.
#[must_use]
pub fn column_label<'a>(words: &'a Words, column: &Column<'a>) -> Cow<'a, str> {
    match column {
        Column::SiteName => words.text("bulk-column-site-name"),
        Column::Street => words.text("bulk-column-street"),
        Column::Unit => words.text("bulk-column-unit"),
        Column::City => words.text("bulk-column-city"),
        Column::State => words.text("bulk-column-state"),
        Column::Zip => words.text("bulk-column-zip"),
        Column::ContactName => words.text("bulk-column-contact-name"),
        Column::ContactPhone => words.text("bulk-column-contact-phone"),
        Column::RequestedDate => words.text("bulk-column-requested-date"),
        Column::Question(question) => question.label.in_language(words.language()).into(),
    }
}

/// What is to be put into a column.
fn about(words: &Words, column: &Column<'_>) -> String {
    let label = column_label(words, column);
    match column {
        Column::Unit | Column::RequestedDate => words.with("bulk-column-optional", &[("column", (&*label).into())]).into_owned(),
        Column::Question(question) => {
            let choices = choices(words, question);
            words.with("bulk-column-one-of", &[("column", (&*label).into()), ("choices", choices.into())]).into_owned()
        }
        _ => label.into_owned(),
    }
}

fn choices(words: &Words, question: &Characteristic) -> String {
    let labels = question.value.options().iter().map(|option| option.label.in_language(words.language()));
    labels.collect::<Vec<_>>().join(" · ")
}

/// What is wrong in a row, in words that name the column.
#[must_use]
pub fn problem_in_words(words: &Words, sheet: &Sheet<'_>, problem: &Problem) -> String {
    let column = sheet.columns.iter().find(|column| Some(column.name()) == problem.column.as_deref());
    let (label, asks) = match column {
        Some(column @ Column::Question(_)) => (column_label(words, column), Asks::Choosing),
        Some(column) => (column_label(words, column), Asks::Entering),
        None => (problem.column.as_deref().unwrap_or_default().into(), Asks::Entering),
    };
    let said = words.reason(&label, asks, &problem.reason);
    // Most reasons name the field themselves; what is said of a row by a rule does not.
    let names_it = said.to_lowercase().contains(&label.to_lowercase());
    if column.is_none() || names_it { said } else { format!("{label}: {said}") }
}

/// What is wrong with a file as a whole, as an error of its field.
#[must_use]
pub fn file_fault(words: &Words, fault: &FileFault) -> FieldError {
    let named = |key: &str, column: &str| words.with(key, &[("column", column.into())]).into_owned();
    let said = match fault {
        FileFault::TooLarge => words.text("bulk-fault-too-large").into_owned(),
        FileFault::NotText => words.text("bulk-fault-not-text").into_owned(),
        FileFault::NotATable => words.text("bulk-fault-not-a-table").into_owned(),
        FileFault::NoRows => words.text("bulk-fault-no-rows").into_owned(),
        FileFault::NoGoodRow => words.text("bulk-wrong-title").into_owned(),
        FileFault::TooManyRows => words.text("bulk-fault-too-many-rows").into_owned(),
        FileFault::MissingColumn(column) => named("bulk-fault-missing-column", column),
        FileFault::UnknownColumn(column) => named("bulk-fault-unknown-column", column),
        FileFault::DoubledColumn(column) => named("bulk-fault-doubled-column", column),
    };
    FieldError::new(FILE, Reason::Rule(Text::english(&said)))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;

    use crate::sample::{self, Sample, context};

    let (offerings, customer) = (sample::catalogue().offerings, sample::customer().id);
    let earlier = [(1, "stores-north.csv"), (40, "stores-south.csv")].map(|(sites, name)| Before {
        project: sample::parsed("018f3a2e-0000-7000-8000-00000000aa01"),
        file_name: name.into(),
        sent: date(2026, 11, 20),
        sites,
    });
    let sheet = Sheet::of(&offerings[0]);
    let project = "018f3a2e-0000-7000-8000-00000000aa02";
    let sending = Sending { offering: &offerings[0], sheet: &sheet, project, errors: &[], wrong: &[] };
    let refused = [file_fault(context().words, &FileFault::MissingColumn("zip".into()))];
    let problem = |column: &str, reason| Problem { column: Some(column.into()), reason };
    let all = [problem("zip", Reason::NotAZip), problem("street", Reason::Said("bulk-same-place-twice"))];
    let said: Vec<_> = all.iter().map(|problem| problem_in_words(context().words, &sheet, problem)).collect();
    let wrong: Vec<_> = (2..110).map(|line| (line, said.clone())).collect();
    let choosing = Bulk { customer, step: Step::Choosing(offerings.iter().collect()), before: &earlier };
    let shown = |name, step| Sample::new(name, render(&context(), &Bulk { customer, step, before: &earlier[..1] }));
    vec![
        Sample::new("bulk", render(&context(), &choosing)),
        Sample::new("bulk-none", render(&context(), &Bulk { customer, step: Step::Choosing(vec![]), before: &[] })),
        shown("bulk-sending", Step::Sending(sending)),
        shown("bulk-refused", Step::Sending(Sending { errors: &refused, ..sending })),
        shown("bulk-wrong", Step::Sending(Sending { wrong: &wrong, ..sending })),
    ]
}
