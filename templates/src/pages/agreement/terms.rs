//! What is agreed beside prices and clauses: for how long, from when, where, and what the customer commits to.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::Document;
use order_manager::catalogue::Family;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::DocumentId;

use super::{Head, Tab, framed};
use crate::components::button::primary;
use crate::components::checkboxes::checkboxes;
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_state::family_name;
use crate::components::ordered::term;
use crate::components::radios::{Choice, radios};
use crate::components::select::{SelectOption, select};
use crate::components::summary_list::{Row, summary_list};
use crate::components::text_input::{Size, TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::Context;
use crate::messages::{Asks, Words};

/// The field with what it is called.
pub const NAME: &str = "name";
/// The field with the company's name as it signs.
pub const COMPANY: &str = "company";
/// The field with the customer's name as it signs.
pub const CUSTOMER: &str = "customer";
/// The field with its length in months.
pub const MONTHS: &str = "months";
/// The field with how it comes into force.
pub const STARTS: &str = "starts";
/// The field with the day on which it does.
pub const START_DAY: &str = "starts-on";
/// The field with what happens at its end.
pub const AT_END: &str = "at-end";
/// The field with how many days before that notice is given.
pub const NOTICE: &str = "notice-days";
/// The field with which sites it covers.
pub const COVERS: &str = "covers";
/// The field with those sites.
pub const SITE: &str = "sites";
/// The field with the least to be spent in each year, a line a year.
pub const COMMITMENT: &str = "yearly";
/// The field with the share of what is missing that is paid.
pub const SHORTFALL: &str = "shortfall";
/// The field with the families of services that count.
pub const FAMILY: &str = "families";
/// The field with the charges that count.
pub const CHARGE: &str = "charges";
/// The field with the share paid when a service ends in the first year.
pub const FIRST_YEAR: &str = "first-year";
/// The field with the share paid when it ends later.
pub const AFTER: &str = "after";
/// The field with the most that is paid.
pub const AT_MOST: &str = "at-most";
/// The field with how often rates are compared with the market.
pub const REVIEW: &str = "rate-review";
/// The field with after how many months a service may be exchanged.
pub const UPGRADE: &str = "technology-upgrade";
/// The field with by how much the customer's business has to become less.
pub const DOWNTURN: &str = "downturn-drop";
/// The field with by how much the commitment then does.
pub const RELIEF: &str = "downturn-relief";
/// The field with whether all services end together.
pub const TOGETHER: &str = "together";
/// The field with the day on which they do.
pub const TOGETHER_DAY: &str = "co-terminous";
/// The field with the companies that order under it too.
pub const AFFILIATES: &str = "affiliates";
/// The field with what service is promised.
pub const OBJECTIVE: &str = "service-credit";
/// The field with what is credited where it isn't.
pub const CREDIT: &str = "service-credit-share";

/// In force from the later signature on.
pub const SIGNED: &str = "signed";
/// In force from a stated day on.
pub const STATED: &str = "stated";
/// All sites.
pub const EVERY: &str = "every";
/// Some sites.
pub const THESE: &str = "these";
/// At its end it goes on from month to month.
pub const ROLLS: &str = "rolls";
/// At its end it begins anew.
pub const RENEWS: &str = "renews";
/// At its end services end.
pub const ENDS: &str = "ends";
/// Charges each month count.
pub const MONTHLY: &str = "monthly";
/// Charges once count.
pub const ONE_TIME: &str = "one-time";
/// Each service ends by its own term.
pub const APART: &str = "apart";
/// All services end with the agreement.
pub const WITH_AGREEMENT: &str = "with-agreement";
/// All services end on a day of their own.
pub const ON_A_DAY: &str = "on-a-day";

const PRECEDENCE: &str = "precedence-";

/// The field with a document's place in the order of precedence, counted from 1.
#[must_use]
pub fn precedence_of(document: &DocumentId) -> String {
    format!("{PRECEDENCE}{document}")
}

/// The document whose place a field is for.
#[must_use]
pub fn document_of(field: &str) -> Option<DocumentId> {
    field.strip_prefix(PRECEDENCE)?.parse().ok()
}

/// The page.
#[derive(Clone, Debug)]
pub struct TermsPage<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The lengths that can be chosen, in months.
    pub lengths: &'a [u16],
    /// Its documents, in their order of precedence.
    pub documents: &'a [Document],
    /// The customer's sites: what the form sends, and the address on one line.
    pub sites: &'a [(String, String)],
    /// The first day on which it may begin.
    pub earliest: Date,
    /// The last one.
    pub latest: Date,
    /// The last day on which services may end together.
    pub last_end: Date,
    /// What was typed, or is saved.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The name of a family in the form.
#[must_use]
pub const fn family_value(family: Family) -> &'static str {
    match family {
        Family::DataIp => "data-ip",
        Family::Access => "access",
        Family::Voice => "voice",
        Family::LongDistance => "long-distance",
        Family::Local => "local",
    }
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &TermsPage<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let questions = questions(words, view);
    if !view.head.is_open() {
        let rows: Vec<_> = questions.iter().filter_map(|question| answered(&filled, question)).collect();
        return framed(context, &view.head, Tab::Terms, vec![], &summary_list(words, &rows));
    }
    let save = words.text("terms-save");
    let fields = html! {
        @for question in &questions {
            @if let Some(title) = &question.begins { h2 { (title) } }
            (asked(&filled, question))
        }
        div .actions { (primary(&save)) }
    };
    let action = Tab::Terms.path(view.head.agreement);
    let content = html! {
        div .column {
            (form(context, &Form { action: &action, save: &save, version: Some(view.head.saved), uploads: false }, &fields))
        }
    };
    let known: Vec<_> = questions.iter().map(|question| &question.field).collect();
    framed(context, &view.head, Tab::Terms, filled.problems(&known), &content)
}

/// A question of the page.
struct Question<'a> {
    /// The heading that it is the first under.
    begins: Option<Cow<'a, str>>,
    field: Field<'a>,
    control: Control<'a>,
}

/// How it is answered.
enum Control<'a> {
    Line,
    Short(Option<Cow<'a, str>>),
    Lines,
    Day(Date, Date),
    List(Vec<SelectOption<'a>>),
    One(Vec<Choice<'a>>),
    Some(Vec<Choice<'a>>),
}

fn questions<'a>(words: &'a Words, view: &'a TermsPage<'_>) -> Vec<Question<'a>> {
    let ask = |field: Field<'a>, control| Question { begins: None, field, control };
    let begin = |title, field: Field<'a>, control| Question { begins: Some(title), field, control };
    let field = |name: &'static str, label| Field::new(name, label);
    let percent = || Control::Short(Some("%".into()));
    let months = || Control::Short(Some(words.text("terms-unit-months")));
    let lengths = view.lengths.iter().map(|length| SelectOption {
        value: length.to_string().into(),
        label: term(words, *length),
        unavailable: None,
    });
    let starts =
        vec![Choice::new(SIGNED, words.text("agreement-starts-signed")), Choice::new(STATED, words.text("terms-starts-stated"))];
    let at_end = vec![
        Choice::new(ROLLS, words.text("terms-rolls")),
        Choice::new(RENEWS, words.text("terms-renews")),
        Choice::new(ENDS, words.text("terms-ends")),
    ];
    let covers = vec![Choice::new(EVERY, words.text("agreement-sites-all")), Choice::new(THESE, words.text("terms-these"))];
    let sites = view.sites.iter().map(|(value, label)| Choice::new(&**value, &**label)).collect();
    let families = Family::ALL.into_iter().map(|family| Choice::new(family_value(family), family_name(words, family))).collect();
    let charges =
        vec![Choice::new(MONTHLY, words.text("terms-counts-monthly")), Choice::new(ONE_TIME, words.text("terms-counts-once"))];
    let together = vec![
        Choice::new(APART, words.text("terms-apart")),
        Choice::new(WITH_AGREEMENT, words.text("terms-together-with-agreement")),
        Choice::new(ON_A_DAY, words.text("terms-together-on-a-day")),
    ];
    let choosing = |name, label| field(name, label).asks(Asks::Choosing);
    let mut questions = vec![
        ask(field(NAME, words.text("terms-name")), Control::Line),
        ask(field(COMPANY, words.text("terms-company")), Control::Line),
        ask(field(CUSTOMER, words.text("terms-customer")), Control::Line),
        ask(choosing(MONTHS, words.text("agreement-term")), Control::List(lengths.collect())),
        ask(choosing(STARTS, words.text("agreement-starts")), Control::One(starts)),
        ask(field(START_DAY, words.text("terms-start-day")).optional(), Control::Day(view.earliest, view.latest)),
        ask(choosing(AT_END, words.text("terms-at-end")), Control::One(at_end)),
        ask(
            field(NOTICE, words.text("terms-notice")).hint(words.text("terms-notice-hint")),
            Control::Short(Some(words.text("terms-unit-days"))),
        ),
        begin(words.text("agreement-sites"), choosing(COVERS, words.text("terms-covers")), Control::One(covers)),
        ask(choosing(SITE, words.text("terms-sites")).optional(), Control::Some(sites)),
        begin(
            words.text("agreement-commitment"),
            field(COMMITMENT, words.text("terms-commitment")).hint(words.text("terms-commitment-hint")).optional(),
            Control::Lines,
        ),
        ask(field(SHORTFALL, words.text("terms-shortfall")).hint(words.text("terms-shortfall-hint")).optional(), percent()),
        ask(choosing(FAMILY, words.text("terms-counts-families")).optional(), Control::Some(families)),
        ask(choosing(CHARGE, words.text("terms-counts-charges")).optional(), Control::Some(charges)),
        begin(
            words.text("terms-early"),
            field(FIRST_YEAR, words.text("terms-first-year")).hint(words.text("terms-early-hint")),
            percent(),
        ),
        ask(field(AFTER, words.text("terms-after")), percent()),
        ask(field(AT_MOST, words.text("terms-at-most")).hint(words.text("terms-at-most-hint")).optional(), Control::Short(None)),
        begin(words.text("terms-more"), field(REVIEW, words.text("terms-review")).optional(), months()),
        ask(field(UPGRADE, words.text("terms-upgrade")).optional(), months()),
        ask(field(DOWNTURN, words.text("terms-downturn")).optional(), percent()),
        ask(field(RELIEF, words.text("terms-relief")).optional(), percent()),
        ask(choosing(TOGETHER, words.text("terms-together")), Control::One(together)),
        ask(field(TOGETHER_DAY, words.text("terms-together-day")).optional(), Control::Day(view.earliest, view.last_end)),
        ask(
            field(AFFILIATES, words.text("terms-affiliates")).hint(words.text("terms-affiliates-hint")).optional(),
            Control::Lines,
        ),
        ask(field(OBJECTIVE, words.text("terms-objective")).hint(words.text("terms-objective-hint")).optional(), Control::Line),
        ask(field(CREDIT, words.text("terms-credit")).optional(), percent()),
    ];
    // One document precedes no other.
    if view.documents.len() > 1 {
        questions.extend(view.documents.iter().enumerate().map(|(place, document)| {
            let field = Field::new(precedence_of(&document.id), &*document.title).asks(Asks::Choosing);
            let field = if place == 0 { field.hint(words.text("terms-precedence-hint")) } else { field };
            let begins = (place == 0).then(|| words.text("terms-precedence"));
            Question { begins, field, control: Control::List(places(words, view.documents.len())) }
        }));
    }
    questions
}

/// The places in an order of so many documents.
fn places(words: &Words, count: usize) -> Vec<SelectOption<'_>> {
    let place = |place: usize| SelectOption {
        value: place.to_string().into(),
        label: words.with("terms-place", &[("place", place.into())]),
        unavailable: None,
    };
    (1..=count).map(place).collect()
}

fn asked(filled: &Filled<'_>, question: &Question<'_>) -> Markup {
    let Question { field, control, .. } = question;
    match control {
        Control::Line => text_input(filled, field, &TextInput::filled_in_by("off")),
        Control::Short(unit) => {
            let input =
                TextInput { inputmode: Some("decimal"), size: Size::Short, unit: unit.clone(), ..TextInput::filled_in_by("off") };
            text_input(filled, field, &input)
        }
        Control::Lines => textarea(filled, field, 3, Some("off")),
        Control::Day(earliest, latest) => date_input(filled, field, *earliest, *latest),
        Control::List(options) => select(filled, field, options, None),
        Control::One(choices) => radios(filled, field, choices),
        Control::Some(choices) => checkboxes(filled, field, choices),
    }
}

/// What is saved for a question, where something is, in words.
fn answered<'a>(filled: &'a Filled<'_>, question: &Question<'a>) -> Option<Row<'a>> {
    let said = filled.entered.all(&question.field.name);
    let label_of = |said: &'a str| match &question.control {
        Control::One(choices) | Control::Some(choices) => {
            choices.iter().find(|choice| choice.value == said).map_or(Cow::Borrowed(said), |choice| choice.label.clone())
        }
        Control::List(options) => {
            options.iter().find(|option| option.value == said).map_or(Cow::Borrowed(said), |option| option.label.clone())
        }
        Control::Day(..) => said.parse().map_or(Cow::Borrowed(said), |day: Date| filled.words.date(day).into()),
        Control::Short(Some(unit)) if unit == "%" => format!("{said}%").into(),
        Control::Short(Some(unit)) => format!("{said} {unit}").into(),
        Control::Line | Control::Short(None) | Control::Lines => said.into(),
    };
    let lines: Vec<_> = said.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty()).map(label_of).collect();
    (!lines.is_empty()).then(|| Row { key: question.field.label.clone(), lines, change: None, file: None })
}
