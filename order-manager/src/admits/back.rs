//! The way back: a value as it would be typed, to fill a form with what is known.

use super::{NO, YES};
use crate::characteristic::ValueType;
use crate::entered::Entered;
use crate::value::Value;

impl ValueType {
    /// Enters a value of this type under `name`, so that admitting what was entered gives the value again: a choice within a line
    /// by its label, so that nobody reads an id.
    ///
    /// A secret and a file enter nothing: the one is never shown again, the other is not typed.
    pub fn fill(&self, value: &Value, name: &str, into: &mut Entered) {
        match (self, value) {
            (Self::List { of, .. }, Value::List(values)) => into.add(name, lines(values, |value| of.cell(value))),
            (Self::Rows { columns, .. }, Value::Rows(rows)) => {
                let cell = |(at, cell): (usize, &Option<Value>)| match (cell, columns.get(at)) {
                    (Some(value), Some(column)) => column.value.cell(value),
                    (Some(value), None) => value.typed(),
                    (None, _) => String::new(),
                };
                into.add(name, lines(rows, |cells| cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(", ")));
            }
            _ => value.entered(name, into),
        }
    }

    /// A value as the text of a cell or a line.
    fn cell(&self, value: &Value) -> String {
        let label = self.options().iter().find(|option| value.chooses(&option.id)).map(|option| option.label.in_language("en"));
        label.map_or_else(|| value.typed(), str::to_owned)
    }
}

impl Value {
    /// Enters the value under `name`, so that admitting what was entered gives the value again.
    ///
    /// A secret and a file enter nothing: the one is never shown again, the other is not typed.
    pub fn entered(&self, name: &str, into: &mut Entered) {
        match self {
            Self::Choices(chosen) => chosen.iter().for_each(|value| into.add(name, value.as_str())),
            Self::Address(address) => {
                let mut part = |part: &str, text: &str| into.add(format!("{name}.{part}"), text);
                part("street", &address.street);
                if let Some(unit) = &address.unit {
                    part("unit", unit);
                }
                part("city", &address.city);
                part("state", address.state.abbreviation());
                part("zip", &address.zip.to_string());
            }
            Self::Secret(_) | Self::File(_) => {}
            _ => into.add(name, self.typed()),
        }
    }

    /// The value as the text of one field.
    fn typed(&self) -> String {
        match self {
            Self::Choice(value) => value.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Text(text) => text.to_string(),
            Self::Boolean(true) | Self::Acknowledged => YES.to_owned(),
            Self::Boolean(false) => NO.to_owned(),
            Self::Telephone(number) => number.to_string(),
            Self::Email(email) => email.to_string(),
            Self::Date(date) => date.to_string(),
            Self::AutonomousSystemNumber(number) => number.to_string(),
            Self::Prefixes(prefixes) => lines(prefixes, ToString::to_string),
            Self::IpAddress(address) => address.to_string(),
            Self::DomainName(name) => name.to_string(),
            Self::VlanIds(ranges) => lines(ranges, |(first, last)| match last - first {
                0 => first.to_string(),
                _ => format!("{first}-{last}"),
            }),
            Self::Service(service) => service.target.to_string(),
            Self::List(values) => lines(values, Self::typed),
            Self::Rows(rows) => lines(rows, |cells| {
                cells.iter().map(|cell| cell.as_ref().map_or_else(String::new, Self::typed)).collect::<Vec<_>>().join(", ")
            }),
            // `entered` has seen to these.
            Self::Choices(_) | Self::Address(_) | Self::Secret(_) | Self::File(_) => String::new(),
        }
    }
}

fn lines<T>(entries: &[T], typed: impl FnMut(&T) -> String) -> String {
    entries.iter().map(typed).collect::<Vec<_>>().join("\n")
}
