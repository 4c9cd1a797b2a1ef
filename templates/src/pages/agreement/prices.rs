//! The price table: what each price is by the list, what is proposed in its place, and what that needs. The server reckons.

mod table;

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{Document, Given, PriceRow, RateSubject, RowStanding, Unit};
use order_manager::catalogue::{Catalogue, Family};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{DocumentId, OfferingId};

use self::table::{fixed, table};
use super::terms::family_value;
use super::{Head, Tab, framed};
use crate::components::button::{primary, secondary};
use crate::components::date_input::date_input;
use crate::components::details::details;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, UPDATE, form};
use crate::components::order_state::family_name;
use crate::components::select::{SelectOption, select};
use crate::components::text_input::{Size, TextInput, text_input};
use crate::layout::Context;
use crate::messages::{Asks, Words};

/// The field with the prices that something is done to.
pub const GROUP: &str = "group";
/// The field with the discount that they get.
pub const GROUP_PERCENT: &str = "group-percent";
/// The field with the service that is added.
pub const ADDED: &str = "add-offering";
/// The field with the service that is taken out.
pub const TAKEN_OUT: &str = "take-out";
/// The field with the price that another company's loop is in.
pub const LOOP: &str = "loop";
/// The field with that company.
pub const SUPPLIER: &str = "loop-supplier";
/// The field with what its quote is known by.
pub const REFERENCE: &str = "loop-reference";
/// The field with what it asks each month.
pub const LOOP_MONTHLY: &str = "loop-monthly";
/// The field with the last day of its quote.
pub const EXPIRES: &str = "loop-expires";
/// Prices of all services.
pub const EVERYTHING: &str = "everything";

const OF_FAMILY: &str = "family:";

/// How prices of a family's services are chosen.
#[must_use]
pub fn family_group(family: Family) -> String {
    format!("{OF_FAMILY}{}", family_value(family))
}

/// The family whose services' prices are chosen, where a family's are.
#[must_use]
pub fn group_family(value: &str) -> Option<Family> {
    let name = value.strip_prefix(OF_FAMILY)?;
    Family::ALL.into_iter().find(|family| family_value(*family) == name)
}

/// What a button of the table does, beside saving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Reckon again.
    Reckon,
    /// Give the chosen prices their discount.
    Discount,
    /// Put them back to the list's.
    Reset,
    /// Add the service's prices.
    Add,
    /// Take the service's prices out.
    TakeOut,
    /// Put another company's loop into a price.
    OffNet,
    /// Put our own loop into it again.
    OnNet,
}

impl Button {
    /// Every button.
    pub const ALL: [Self; 7] = [Self::Reckon, Self::Discount, Self::Reset, Self::Add, Self::TakeOut, Self::OffNet, Self::OnNet];
    /// Its name in the form.
    pub const NAME: &'static str = UPDATE;

    /// Its value in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reckon => "reckon",
            Self::Discount => "discount",
            Self::Reset => "reset",
            Self::Add => "add",
            Self::TakeOut => "take-out",
            Self::OffNet => "off-net",
            Self::OnNet => "on-net",
        }
    }

    /// The button of this value.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|button| button.as_str() == name)
    }
}

/// The name of the field of a row's line, as [`order_manager::agreement::RateLine::field`] has it.
#[must_use]
pub fn field_of(row: &PriceRow) -> String {
    format!("{}.{}", row.document, row.subject)
}

/// The line that a field is of.
#[must_use]
pub fn line_of(field: &str) -> Option<(DocumentId, RateSubject)> {
    let (document, subject) = field.split_once('.')?;
    Some((document.parse().ok()?, subject.parse().ok()?))
}

/// The page.
#[derive(Clone, Debug)]
pub struct Prices<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The catalogue, for the names of levels.
    pub catalogue: &'a Catalogue,
    /// The agreement's documents.
    pub documents: &'a [Document],
    /// The table: the lines of a document and a service stand together.
    pub rows: &'a [PriceRow],
    /// The approvals that were given.
    pub given: &'a [Given],
    /// The days between which another company's quote may end.
    pub quotes_end: (Date, Date),
    /// Services that can be added.
    pub to_add: &'a [SelectOption<'a>],
    /// Whether the reader is shown margins.
    pub margins: Margins,
    /// What was typed, or is saved.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// Whether margins are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margins {
    /// To this reader they are.
    Shown,
    /// They are not the reader's business.
    Hidden,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Prices<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let lines: Vec<_> = view.rows.chunk_by(|one, other| one.document == other.document && one.subject == other.subject).collect();
    let fields: Vec<_> = lines.iter().filter_map(|rows| rows.first()).map(|row| field(words, row)).collect();
    let table = table(view, &filled, &lines, &fields);
    if !view.head.is_open() {
        let content = html! { p .lede { (words.text("prices-lede")) } (table) };
        return framed(context, &view.head, Tab::Prices, vec![], &content);
    }
    let save = words.text("prices-save");
    let group = Field::new(GROUP, words.text("prices-group")).asks(Asks::Choosing);
    let percent = Field::new(GROUP_PERCENT, words.text("prices-group-percent")).hint(words.text("prices-group-percent-hint"));
    let added = Field::new(ADDED, words.text("prices-add")).asks(Asks::Choosing);
    let taken_out = Field::new(TAKEN_OUT, words.text("prices-add")).asks(Asks::Choosing);
    let off_net = loop_fields(words);
    let wrong = |fields: &[&Field<'_>]| fields.iter().any(|field| !filled.wrong_with(field).is_empty());
    let at_once = html! {
        (select(&filled, &group, &groups(words, view), None))
        (text_input(&filled, &percent, &TextInput {
            inputmode: Some("decimal"), size: Size::Short, unit: Some("%".into()), ..TextInput::filled_in_by("off")
        }))
        div .actions {
            (secondary(Button::NAME, Button::Discount.as_str(), &words.text("prices-group-discount")))
            (secondary(Button::NAME, Button::Reset.as_str(), &words.text("prices-group-reset")))
        }
    };
    let adding = html! {
        (select(&filled, &added, view.to_add, None))
        div .actions { (secondary(Button::NAME, Button::Add.as_str(), &words.text("prices-add-now"))) }
    };
    let taking_out = html! {
        (select(&filled, &taken_out, &services(words, view), None))
        div .actions { (secondary(Button::NAME, Button::TakeOut.as_str(), &words.text("prices-take-out"))) }
    };
    let looped = another_loop(&filled, view, &lines, &fields, &off_net);
    let controls = html! {
        @if view.rows.is_empty() {
            p { (words.text("prices-none")) }
            (adding)
        } @else {
            p .hint { (words.text("prices-hint")) }
            (table)
            div .actions {
                (primary(&save))
                (secondary(Button::NAME, Button::Reckon.as_str(), &words.text("prices-reckon")))
            }
            // What is wrong is seen at once.
            @if wrong(&[&group, &percent]) { (at_once) } @else { (details(&words.text("prices-groups"), &at_once)) }
            @if wrong(&[&added]) { (adding) } @else { (details(&words.text("prices-more"), &adding)) }
            @if wrong(&[&taken_out]) { (taking_out) } @else { (details(&words.text("prices-fewer"), &taking_out)) }
            @if wrong(&off_net.each_ref()) { (looped) } @else { (details(&words.text("prices-loop"), &looped)) }
        }
    };
    let action = Tab::Prices.path(view.head.agreement);
    let content = html! {
        p .lede { (words.text("prices-lede")) }
        (form(context, &Form { action: &action, save: &save, version: Some(view.head.saved), uploads: false }, &controls))
    };
    let known: Vec<_> = fields.iter().chain([&group, &percent, &added, &taken_out]).chain(&off_net).collect();
    framed(context, &view.head, Tab::Prices, filled.problems(&known), &content)
}

/// What a discount can be given to: all services, those of a family, or one of them.
fn groups<'a>(words: &'a Words, view: &'a Prices<'_>) -> Vec<SelectOption<'a>> {
    let everything = SelectOption { value: EVERYTHING.into(), label: words.text("prices-everything"), unavailable: None };
    let families = Family::ALL.into_iter().filter(|family| {
        let of_family = |row: &PriceRow| view.catalogue.offering(&row.subject.offering).is_some_and(|it| it.family == *family);
        view.rows.iter().any(of_family)
    });
    let of_family = |family| SelectOption {
        value: family_group(family).into(),
        label: words.with("prices-of-family", &[("family", family_name(words, family).into())]),
        unavailable: None,
    };
    std::iter::once(everything).chain(families.map(of_family)).chain(services(words, view)).collect()
}

/// The services of the table.
fn services<'a>(words: &'a Words, view: &'a Prices<'_>) -> Vec<SelectOption<'a>> {
    let mut options = vec![];
    let mut known: Vec<&OfferingId> = vec![];
    for row in view.rows {
        if !known.contains(&&row.subject.offering) {
            known.push(&row.subject.offering);
            options.push(SelectOption {
                value: row.subject.offering.as_str().into(),
                label: row.offering.in_language(words.language()).into(),
                unavailable: fixed(words, &row.standing).map(Cow::into_owned),
            });
        }
    }
    options
}

/// What is asked of another company's loop: in which price it is, whose it is, and what it costs until when.
fn loop_fields<'a>(words: &'a Words) -> [Field<'a>; 5] {
    [
        Field::new(LOOP, words.text("prices-loop-in")).asks(Asks::Choosing),
        Field::new(SUPPLIER, words.text("prices-loop-supplier")),
        Field::new(REFERENCE, words.text("prices-loop-reference")),
        Field::new(LOOP_MONTHLY, words.text("prices-loop-monthly")),
        Field::new(EXPIRES, words.text("prices-loop-expires")),
    ]
}

/// The monthly prices that a loop can be in, and what is asked of it.
fn another_loop(
    filled: &Filled<'_>,
    view: &Prices<'_>,
    lines: &[&[PriceRow]],
    fields: &[Field<'_>],
    [line, supplier, reference, monthly, expires]: &[Field<'_>; 5],
) -> Markup {
    let words = filled.words;
    let monthly_prices = lines.iter().zip(fields).filter_map(|(rows, field)| {
        let row = rows.first()?;
        let open = matches!(row.unit, Unit::Monthly | Unit::MonthlyEach) && !matches!(row.standing, RowStanding::Fixed(_));
        open.then(|| SelectOption { value: field.name.clone(), label: field.label.clone(), unavailable: None })
    });
    let (from, until) = view.quotes_end;
    html! { div .column {
        p .hint { (words.text("prices-loop-hint")) }
        (select(filled, line, &monthly_prices.collect::<Vec<_>>(), None))
        (text_input(filled, supplier, &TextInput::filled_in_by("off")))
        (text_input(filled, reference, &TextInput { size: Size::Short, ..TextInput::filled_in_by("off") }))
        (text_input(filled, monthly, &TextInput { inputmode: Some("decimal"), size: Size::Short, ..TextInput::filled_in_by("off") }))
        (date_input(filled, expires, from, until))
        div .actions {
            (secondary(Button::NAME, Button::OffNet.as_str(), &words.text("prices-loop-set")))
            (secondary(Button::NAME, Button::OnNet.as_str(), &words.text("prices-loop-own")))
        }
    } }
}

fn field<'a>(words: &Words, row: &PriceRow) -> Field<'a> {
    let (offering, label) = (row.offering.in_language(words.language()), row.label.in_language(words.language()));
    Field::new(field_of(row), format!("{offering}, {label}"))
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::io::Write as _;
    use std::time::Instant;

    use jiff::civil::date;
    use order_manager::agreement::{Agreement, AgreementState, price_table};

    use super::*;
    use crate::pages::agreement::Editing;
    use crate::sample::{agreement_in, negotiated_catalogue, negotiating};

    const LINES: usize = 200;

    /// The lines of a draft's table again and again, each time as of another document.
    fn many_lines(agreement: &Agreement, catalogue: &Catalogue) -> Vec<PriceRow> {
        let rows = price_table(agreement.version(), catalogue).expect("a table");
        let of = |number| format!("schedule-{number}").parse::<DocumentId>().expect("an id");
        let repeated = (0..).flat_map(|number| rows.iter().map(move |row| PriceRow { document: of(number), ..row.clone() }));
        repeated.take(LINES).collect()
    }

    fn shown(agreement: &Agreement, catalogue: &Catalogue, rows: &[PriceRow], entered: &Entered) -> Markup {
        let head = Head {
            agreement: agreement.id,
            name: "Network services 2027",
            customer: agreement.customer.id,
            customer_name: "Whitfield & Daughters Bakery",
            version: 1,
            state: AgreementState::Draft,
            saved: 1,
            editing: Editing::Free,
            notice: None,
        };
        let view = Prices {
            head,
            catalogue,
            documents: &agreement.version().terms.documents,
            rows,
            given: &[],
            quotes_end: (date(2026, 11, 23), date(2027, 11, 23)),
            to_add: &[],
            margins: Margins::Shown,
            entered,
            errors: &[],
        };
        render(&negotiating(), &view)
    }

    #[test]
    fn each_line_of_a_long_table_has_a_field_of_its_own() {
        let catalogue = negotiated_catalogue();
        let agreement = agreement_in(AgreementState::Draft, &catalogue);
        let rows = many_lines(&agreement, &catalogue);
        let shown = shown(&agreement, &catalogue, &rows, &rows.iter().map(|row| (field_of(row), "32%")).collect()).into_string();
        for row in rows.iter().filter(|row| !matches!(row.standing, RowStanding::Fixed(_)) && row.from <= 1) {
            assert_eq!(shown.matches(&format!("name=\"{}\"", field_of(row))).count(), 1, "{}", field_of(row));
        }
    }

    /// How long a table of 200 lines takes: `cargo test --release -p templates --lib -- --ignored --nocapture lines`. What it says
    /// stands in docs/measurements.md.
    #[test]
    #[ignore = "measures"]
    fn a_table_of_200_lines_is_shown_at_once() {
        const RUNS: usize = 101;
        let catalogue = negotiated_catalogue();
        let agreement = agreement_in(AgreementState::Draft, &catalogue);
        let rows = many_lines(&agreement, &catalogue);
        let entered = rows.iter().map(|row| (field_of(row), "32%")).collect();
        let mut times = vec![];
        for _ in 0..RUNS {
            let before = Instant::now();
            drop(black_box(shown(&agreement, &catalogue, black_box(&rows), &entered)));
            times.push(before.elapsed());
        }
        times.sort();
        let (least, median, most) = (times[0], times[RUNS / 2], times[RUNS - 1]);
        let said = format!("a table of {LINES} lines is shown in {median:?} ({RUNS} runs, {least:?} to {most:?})");
        writeln!(std::io::stdout(), "{said}").expect("a line");
    }
}
