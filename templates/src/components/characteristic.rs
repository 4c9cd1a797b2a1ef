//! A question about an offering, rendered from its specification: whatever the catalogue asks, there is a field for it here.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::characteristic::{Characteristic, Column, Lines, Need, TelephoneUse, ValueType};
use order_manager::entered::{Entered, FieldError};
use order_manager::qualification::Unavailable;

use super::address::{address_fields, address_group};
use super::checkboxes::{acknowledgement, checkboxes};
use super::date_input::date_input;
use super::field::{Field, Filled};
use super::radios::{Choice, radios};
use super::select::{SelectOption, select};
use super::text_input::{Kind, Size, TextInput, text_input};
use super::textarea::textarea;
use super::upload::{OnFile, upload};
use crate::messages::{Asks, Words};

/// A question, what was answered, and what can be chosen.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// What is asked.
    pub spec: &'a Characteristic,
    /// What was entered in the form it is part of.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// For choices, what can be chosen, in order. For a number of ours, the numbers on offer. For a service to point at, those
    /// there are.
    pub options: Vec<OptionView<'a>>,
    /// Whether what is entered comes from what we know, which the hint then says.
    pub known_hint: bool,
    /// What we hold and do not show in the field: a file's name, or nothing more than the fact for a secret.
    pub on_file: Option<Cow<'a, str>>,
    /// The day on which a date's range is counted.
    pub today: Date,
}

/// Something that can be chosen.
#[derive(Clone, Debug)]
pub struct OptionView<'a> {
    /// What the form sends.
    pub id: Cow<'a, str>,
    /// What the customer reads.
    pub label: Cow<'a, str>,
    /// What it costs, in words.
    pub price: Option<String>,
    /// Why it can't be had, when it can't.
    pub unavailable: Option<Unavailable<'a>>,
}

impl<'a> Question<'a> {
    fn filled(&self, words: &'a Words) -> Filled<'a> {
        Filled { words, entered: self.entered, errors: self.errors }
    }

    /// Whether it is answered by sending a file, for which the form must be made.
    #[must_use]
    pub const fn takes_file(&self) -> bool {
        matches!(self.spec.value, ValueType::File { .. })
    }

    /// The question's fields, for the error summary: an address has several.
    #[must_use]
    pub fn fields(&self, words: &'a Words) -> Vec<Field<'a>> {
        let whole =
            Field::new(self.spec.id.as_str(), self.spec.label.in_language(words.language())).asks(Asks::of(&self.spec.value));
        match self.spec.value {
            ValueType::Address(_) => {
                let parts = address_fields(words, self.spec.id.as_str());
                let whole = Field { first: Some(parts[0].name.clone()), ..whole };
                std::iter::once(whole).chain(parts).collect()
            }
            _ => vec![whole],
        }
    }
}

/// The question as a field.
#[must_use]
pub fn characteristic<'a>(words: &'a Words, question: &Question<'a>) -> Markup {
    let spec = question.spec;
    let text = |text: &'a order_manager::text::Text| text.in_language(words.language());
    let filled = question.filled(words);
    let field = field(words, question);
    let autocomplete = spec.autocomplete.as_deref();
    let input =
        |kind, inputmode, size| TextInput { kind, autocomplete: autocomplete.map(Into::into), inputmode, size, unit: None };
    match &spec.value {
        ValueType::Choice(_) if reads_better_in_full(question) => radios(&filled, &field, &choices(words, &question.options)),
        ValueType::Choice(_) | ValueType::Service(_) => select(&filled, &field, &lines(words, &question.options), autocomplete),
        ValueType::Choices { .. } => checkboxes(&filled, &field, &choices(words, &question.options)),
        ValueType::InventoryNumber if question.options.is_empty() => {
            html! { (radios(&filled, &field.hint(words.text("characteristic-no-numbers")), &[])) }
        }
        ValueType::InventoryNumber => radios(&filled, &field, &choices(words, &question.options)),
        ValueType::Boolean => {
            let answers = [Choice::new("yes", words.text("answer-yes")), Choice::new("no", words.text("answer-no"))];
            radios(&filled, &field, &answers)
        }
        ValueType::Acknowledgement(statement) => acknowledgement(&filled, &field, text(statement)),
        ValueType::Integer { unit, .. } => {
            let unit = unit.as_ref().map(|unit| text(unit).into());
            text_input(&filled, &field, &TextInput { unit, ..input(Kind::Text, Some("numeric"), Size::Short) })
        }
        ValueType::Text { lines: Lines::Several, .. } => textarea(&filled, &field, 4, autocomplete),
        ValueType::Text { max, .. } => {
            let size = if *max <= 12 {
                Size::Short
            } else if *max <= 40 {
                Size::Medium
            } else {
                Size::Whole
            };
            text_input(&filled, &field, &input(Kind::Text, None, size))
        }
        ValueType::TelephoneNumber(_) => text_input(&filled, &field, &input(Kind::Telephone, None, Size::Medium)),
        ValueType::Email => text_input(&filled, &field, &input(Kind::Email, None, Size::Whole)),
        ValueType::Date { earliest, latest } => {
            let day = |days: i32| question.today.saturating_add(days.days());
            date_input(&filled, &field, day(*earliest), day(*latest))
        }
        // Only these two name a section that browsers fill in; anything else would be no token at all.
        ValueType::Address(_) => {
            address_group(&filled, &field, autocomplete.filter(|token| ["billing", "shipping"].contains(token)))
        }
        ValueType::File { media, .. } => {
            upload(&filled, &field, media, if question.on_file.is_some() { OnFile::AFile } else { OnFile::Nothing })
        }
        ValueType::AutonomousSystemNumber(_) => text_input(&filled, &field, &input(Kind::Text, Some("numeric"), Size::Medium)),
        ValueType::IpAddress(_) => text_input(&filled, &field, &input(Kind::Text, Some("text"), Size::Medium)),
        ValueType::DomainName => text_input(&filled, &field, &input(Kind::Text, Some("url"), Size::Whole)),
        ValueType::Secret { .. } => {
            let input = TextInput { autocomplete: Some("new-password".into()), ..input(Kind::Secret, None, Size::Medium) };
            text_input(&filled, &field, &input)
        }
        ValueType::Prefixes { max: 1, .. } => text_input(&filled, &field, &input(Kind::Text, Some("text"), Size::Medium)),
        // What comes back from the store has line breaks, which a single line would lose.
        ValueType::VlanIds { .. } => textarea(&filled, &field, 3, autocomplete),
        ValueType::Prefixes { .. } | ValueType::List { .. } | ValueType::Rows { .. } => {
            textarea(&filled, &field, 5, autocomplete)
        }
    }
}

/// How many characters of a list's line a small screen shows.
const SHORT_LINE: usize = 32;

/// Whether the choices stand on the page rather than in a list: a list's line is cut off where it is too long for a small screen,
/// and a price or a reason is what must not be. A long list has short lines. What may be left out needs the list's empty line.
fn reads_better_in_full(question: &Question<'_>) -> bool {
    question.spec.need != Need::Optional
        && question.options.len() <= 6
        && question
            .options
            .iter()
            .any(|option| option.price.is_some() || option.unavailable.is_some() || option.label.chars().count() > SHORT_LINE)
}

/// The field's words: the catalogue's own, and what its type makes worth saying.
fn field<'a>(words: &'a Words, question: &Question<'a>) -> Field<'a> {
    let spec = question.spec;
    let said = |text: &'a order_manager::text::Text| Cow::Borrowed(text.in_language(words.language()));
    let mut field = Field::new(spec.id.as_str(), said(&spec.label)).asks(Asks::of(&spec.value));
    field.optional = spec.need == Need::Optional;
    field.technical = spec.technical.as_ref().map(said);
    field.hints.extend(spec.hint.as_ref().map(said));
    // The catalogue's own hint says how a number is typed, and which files are taken.
    if !(matches!(spec.value, ValueType::TelephoneNumber(_) | ValueType::File { .. }) && spec.hint.is_some()) {
        field.hints.extend(how_to_type(words, spec));
    }
    if let ValueType::Rows { columns, .. } = &spec.value {
        field.hints.extend(columns.iter().filter_map(|column| what_to_choose(words, column)));
    }
    if question.known_hint {
        field.hints.push(words.text("characteristic-known"));
    }
    field.hints.extend(question.on_file.as_deref().map(|name| match spec.value {
        ValueType::File { .. } => words.with("characteristic-file-kept", &[("name", name.into())]),
        _ => words.text("characteristic-secret-kept"),
    }));
    field
}

/// How an answer of this type is typed, where its label can't tell.
fn how_to_type<'a>(words: &'a Words, spec: &Characteristic) -> Option<Cow<'a, str>> {
    match &spec.value {
        ValueType::Integer { min, max, .. } => {
            Some(words.with("characteristic-integer", &[("min", (*min).into()), ("max", (*max).into())]))
        }
        ValueType::TelephoneNumber(TelephoneUse::Port) => Some(words.text("characteristic-port")),
        // One stands in a field of one line, and the catalogue's own hints say how a block is typed.
        ValueType::Prefixes { max: 1, .. } if spec.hint.is_some() => None,
        ValueType::Prefixes { min, max, .. } if spec.hint.is_some() => {
            Some(words.with("characteristic-count", &[("range", words.count(*min, *max).into())]))
        }
        ValueType::Prefixes { min, max, .. } => {
            Some(words.with("characteristic-prefixes", &[("range", words.count(*min, *max).into())]))
        }
        ValueType::List { min, max, .. } => Some(words.with("characteristic-list", &[("range", words.count(*min, *max).into())])),
        ValueType::Rows { columns, min, max } => {
            let names: Vec<_> = columns.iter().map(|column| column.label.in_language(words.language())).collect();
            let arguments = [("columns", names.join(", ").into()), ("range", words.count(*min, *max).into())];
            Some(words.with("characteristic-rows", &arguments))
        }
        ValueType::VlanIds { .. } => Some(words.text("characteristic-vlans")),
        ValueType::File { max_bytes, .. } => {
            Some(words.with("characteristic-file", &[("megabytes", (max_bytes / (1024 * 1024)).into())]))
        }
        ValueType::Choices { min, max, options } if *min > 1 || *max < options.len() => {
            Some(words.with("characteristic-choices", &[("range", words.count(*min, *max).into())]))
        }
        _ => None,
    }
}

/// The words one of which is typed in a column, where it takes one of a list.
fn what_to_choose<'a>(words: &'a Words, column: &Column) -> Option<Cow<'a, str>> {
    let labels: Vec<_> = column.value.options().iter().map(|option| option.label.in_language(words.language())).collect();
    let arguments = [("column", column.label.in_language(words.language()).into()), ("choices", labels.join(" / ").into())];
    (!labels.is_empty()).then(|| words.with("characteristic-cell", &arguments))
}

/// Drop-down lines: label and price in the one text a drop-down line can have.
fn lines<'a>(words: &Words, options: &[OptionView<'a>]) -> Vec<SelectOption<'a>> {
    let line = |option: &OptionView<'a>| {
        let label = match &option.price {
            Some(price) if option.unavailable.is_none() => format!("{} – {price}", option.label).into(),
            _ => option.label.clone(),
        };
        let unavailable = option.unavailable.as_ref().map(|why| because(words, why));
        SelectOption { value: option.id.clone(), label, unavailable }
    };
    options.iter().map(line).collect()
}

fn choices<'a>(words: &Words, options: &[OptionView<'a>]) -> Vec<Choice<'a>> {
    let choice = |option: &OptionView<'a>| Choice {
        value: option.id.clone(),
        label: option.label.clone(),
        price: option.price.as_deref().filter(|_| option.unavailable.is_none()).map(|price| price.to_owned().into()),
        hint: option.unavailable.as_ref().map(|why| because(words, why).into()),
        disabled: option.unavailable.is_some(),
    };
    options.iter().map(choice).collect()
}

fn because(words: &Words, why: &Unavailable<'_>) -> String {
    match why {
        Unavailable::Because(text) => text.in_language(words.language()).to_owned(),
        Unavailable::Network => words.text("option-no-network").into_owned(),
        Unavailable::ServedBy(other) => {
            words.with("option-served-by", &[("other", other.in_language(words.language()).into())]).into_owned()
        }
    }
}
