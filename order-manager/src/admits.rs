//! Admits what was entered: turns the fields of a form into a value of a characteristic's type, or says what is wrong.
//!
//! A form is rendered, read and filled again from the same [`ValueType`], so this is the one place that knows how each type is
//! typed. Whether an answer may be missing, and whether a choice can be had at the place, are decided by the caller.

mod across;
mod back;
mod file;
mod form;
mod line;
mod network;
mod several;
#[cfg(test)]
mod tests;

pub use file::{ReceivedFile, file_name, kept_field, removed_field, upload_of};

use std::collections::BTreeSet;

use jiff::civil::Date;
use regex_lite::Regex;

use crate::address::GeographicAddress;
use crate::catalogue::Area;
use crate::characteristic::{Lines, Pattern, ValueOption, ValueType};
use crate::entered::{Entered, FieldError, Reason};
use crate::value::{ServiceReference, ServiceTarget, Value};

/// What an entry is read against: no clock and no lookup happen here.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The day on which dates are counted.
    pub today: Date,
    /// The area of the place the item is for, when it is known. It decides which numbers can be brought along.
    pub area: Option<&'a Area>,
    /// The services beside the item, which it may point at.
    pub services: &'a [ServiceReference],
    /// The files that were received for the item.
    pub files: &'a [ReceivedFile],
}

/// The fields an address is typed in, and how many characters each takes.
const ADDRESS_FIELDS: [(&str, usize); 5] = [("street", 100), ("unit", 40), ("city", 60), ("state", 30), ("zip", 10)];

/// What a ticked box and a "yes" send.
const YES: &str = "yes";
/// What a "no" sends.
const NO: &str = "no";

impl ValueType {
    /// The value that was entered under `name`; `None` when nothing was.
    ///
    /// # Errors
    /// What is wrong, by the field it is wrong in.
    pub fn admit(&self, name: &str, entered: &Entered, reading: &Reading<'_>) -> Result<Option<Value>, Vec<FieldError>> {
        let in_field = |reason| vec![FieldError::new(name, reason)];
        match self {
            Self::Address(_) => address(name, entered),
            Self::File { media, max_bytes } => {
                file::received(name, entered, (media, *max_bytes), reading.files).map_err(in_field)
            }
            Self::Choices { options, min, max } => choices(options, (*min, *max), entered.all(name)).map_err(in_field),
            Self::Prefixes { min, max, space, longest_v4, longest_v6 } => {
                let text = entered.one(name).map_err(in_field)?;
                let one = |line: &str| network::prefix(line, *space, *longest_v4, *longest_v6);
                several::entries(name, text, (*min, *max), one).map(|prefixes| prefixes.map(Value::Prefixes))
            }
            Self::List { of, min, max } => {
                let text = entered.one(name).map_err(in_field)?;
                let one = |line: &str| of.admit_cell(line, reading);
                several::entries(name, text, (*min, *max), one).map(|values| values.map(Value::List))
            }
            Self::Rows { columns, min, max } => {
                let text = entered.one(name).map_err(in_field)?;
                let one = |line: &str| several::row(line, columns, reading);
                let Some(rows) = several::entries(name, text, (*min, *max), one)? else { return Ok(None) };
                let wrong = across::wrong(name, columns, &rows);
                if wrong.is_empty() { Ok(Some(Value::Rows(rows))) } else { Err(wrong) }
            }
            _ => match entered.one(name).map_err(in_field)? {
                None => Ok(None),
                Some(text) => self.admit_line(text, reading).map(Some).map_err(in_field),
            },
        }
    }

    /// The form fields a value of this type is typed in: an address has several, a file others that name what was
    /// received before and take it back, everything else one.
    #[must_use]
    pub fn field_names(&self, name: &str) -> Vec<String> {
        match self {
            Self::Address(_) => ADDRESS_FIELDS.iter().map(|(part, _)| format!("{name}.{part}")).collect(),
            Self::File { .. } => vec![name.to_owned(), kept_field(name), removed_field(name)],
            _ => vec![name.to_owned()],
        }
    }

    /// Whether a file of this type, by its content, and this size is taken.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_file(&self, media: Option<&str>, bytes: u64) -> Result<(), Reason> {
        match self {
            Self::File { media: taken, max_bytes } => file::fits((taken, *max_bytes), media, bytes),
            _ => Err(Reason::NotAFile),
        }
    }

    /// Whether a value of this type can be typed within a line: what a [`ValueType::List`] is made of, or a cell of
    /// [`ValueType::Rows`].
    #[must_use]
    pub fn fits_in_a_line(&self) -> bool {
        match self {
            Self::Choice(_)
            | Self::Integer { .. }
            | Self::Boolean
            | Self::TelephoneNumber(_)
            | Self::Email
            | Self::Date { .. }
            | Self::AutonomousSystemNumber(_)
            | Self::IpAddress(_)
            | Self::DomainName => true,
            Self::Text { lines, .. } => *lines == Lines::Single,
            Self::Choices { .. }
            | Self::Acknowledgement(_)
            | Self::InventoryNumber
            | Self::Address(_)
            | Self::Service(_)
            | Self::File { .. }
            | Self::Prefixes { .. }
            | Self::VlanIds { .. }
            | Self::Secret { .. }
            | Self::List { .. }
            | Self::Rows { .. } => false,
        }
    }

    /// A value from a cell or a line of a list: a choice by its label too, as it is read there.
    fn admit_cell(&self, text: &str, reading: &Reading<'_>) -> Result<Value, Reason> {
        match self {
            Self::Choice(options) => line::choice_by_label(text, options).map(Value::Choice),
            _ => self.admit_line(text, reading),
        }
    }

    /// A value from one text that is not blank.
    fn admit_line(&self, text: &str, reading: &Reading<'_>) -> Result<Value, Reason> {
        match self {
            Self::Choice(options) => line::choice(text, options).map(Value::Choice),
            Self::Integer { min, max, .. } => line::integer(text, *min, *max).map(Value::Integer),
            Self::Text { min, max, pattern, lines } => {
                line::text(text, (*min, *max), pattern.as_ref(), *lines).map(|text| Value::Text(text.into()))
            }
            Self::Boolean => line::boolean(text).map(Value::Boolean),
            Self::Acknowledgement(_) => line::acknowledged(text),
            Self::TelephoneNumber(for_what) => line::telephone(text, *for_what, reading).map(Value::Telephone),
            Self::InventoryNumber => text.parse().map(Value::Telephone).map_err(|_| Reason::NotATelephoneNumber),
            Self::Email => text.parse().map(Value::Email).map_err(|_| Reason::NotAnEmail),
            Self::Date { earliest, latest } => line::date(text, reading.today, (*earliest, *latest)).map(Value::Date),
            Self::AutonomousSystemNumber(space) => network::as_number(text, *space).map(Value::AutonomousSystemNumber),
            Self::IpAddress(space) => network::ip_address(text, *space).map(Value::IpAddress),
            Self::DomainName => network::domain_name(text).map(Value::DomainName),
            Self::VlanIds { max } => network::vlan_ids(text, *max).map(Value::VlanIds),
            Self::Service(_) => {
                let target: ServiceTarget = text.parse().map_err(|_| Reason::NotAChoice)?;
                let found = reading.services.iter().find(|service| service.target == target);
                found.cloned().map(Value::Service).ok_or(Reason::NotAChoice)
            }
            Self::Secret { min, max } => line::secret(text, (*min, *max)).map(Value::Secret),
            // `admit` reads these whole, and the checker lets none of them be part of a list.
            Self::Choices { .. }
            | Self::Address(_)
            | Self::File { .. }
            | Self::Prefixes { .. }
            | Self::List { .. }
            | Self::Rows { .. } => Err(Reason::Unknown),
        }
    }
}

impl Pattern {
    /// The expression, made to match a whole text.
    ///
    /// # Errors
    /// When it is not a regular expression; the checker lets no such pattern into a catalogue.
    pub fn compiled(&self) -> Result<Regex, regex_lite::Error> {
        // Compiled by itself too, since a stray parenthesis could close the group around it.
        Regex::new(&self.expression)?;
        Regex::new(&format!("^(?:{})$", self.expression))
    }

    /// Whether a whole text has this form.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compiled().is_ok_and(|regex| regex.is_match(text))
    }
}

/// Ticked boxes of one name.
fn choices(options: &[ValueOption], (min, max): (usize, usize), ticked: &[String]) -> Result<Option<Value>, Reason> {
    let mut chosen = BTreeSet::new();
    for text in ticked.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        if !chosen.insert(line::choice(text, options)?) {
            return Err(Reason::Repeated);
        }
    }
    match chosen.len() {
        0 => Ok(None),
        count if (min..=max).contains(&count) => Ok(Some(Value::Choices(chosen))),
        _ => Err(Reason::WrongCount { min, max }),
    }
}

/// An address from its parts, with every part's own error.
fn address(name: &str, entered: &Entered) -> Result<Option<Value>, Vec<FieldError>> {
    let parts = ADDRESS_FIELDS.map(|(part, max)| {
        let field = format!("{name}.{part}");
        let text = match entered.one(&field) {
            Ok(Some(text)) => line::text(text, (1, max), None, Lines::Single).map(Some),
            Ok(None) => Ok(None),
            Err(reason) => Err(reason),
        };
        (field, text)
    });
    if parts.iter().all(|(_, text)| matches!(text, Ok(None))) {
        return Ok(None);
    }
    let mut errors = Vec::new();
    let [street, unit, city, state, zip] = parts;
    let street = needed(street, &mut errors, |text| Ok(text.into()));
    let unit = unit.1.map_err(|reason| errors.push(FieldError::new(unit.0, reason)));
    let city = needed(city, &mut errors, |text| Ok(text.into()));
    let state = needed(state, &mut errors, |text| text.parse().map_err(|_| Reason::NotAState));
    let zip = needed(zip, &mut errors, |text| text.parse().map_err(|_| Reason::NotAZip));
    match (street, unit, city, state, zip) {
        (Some(street), Ok(unit), Some(city), Some(state), Some(zip)) => {
            Ok(Some(Value::Address(GeographicAddress { street, unit: unit.map(Into::into), city, state, zip })))
        }
        _ => Err(errors),
    }
}

/// A part that an address can't do without.
fn needed<T>(
    (field, text): (String, Result<Option<String>, Reason>),
    errors: &mut Vec<FieldError>,
    read: impl FnOnce(&str) -> Result<T, Reason>,
) -> Option<T> {
    text.and_then(|text| read(&text.ok_or(Reason::Missing)?)).map_err(|reason| errors.push(FieldError::new(field, reason))).ok()
}
