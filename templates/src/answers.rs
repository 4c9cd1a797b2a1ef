//! Answers in words: how a value that was chosen or typed is said back to the customer, wherever it is.

use order_manager::characteristic::{Characteristic, Column, ValueType};
use order_manager::value::{FileReference, ServiceReference, Value};

use crate::messages::Words;

/// An answer in words, each part a line. A secret is only said to be set.
///
/// The characteristic gives the choices' names and the units; an order that outlives its catalogue may have none, and then the
/// names that the order keeps must do.
#[must_use]
pub fn answer_in_words(value: &Value, characteristic: Option<&Characteristic>, words: &Words) -> Vec<String> {
    lines(value, characteristic.map(|characteristic| &characteristic.value), words)
}

fn lines(value: &Value, asked: Option<&ValueType>, words: &Words) -> Vec<String> {
    match value {
        Value::Choices(chosen) if chosen.is_empty() => vec![words.text("answer-none").into_owned()],
        Value::Choices(chosen) => chosen.iter().map(|value| option_label(value.as_str(), asked, words)).collect(),
        Value::Text(text) => text.lines().map(str::to_owned).collect(),
        Value::Address(address) => {
            let street =
                address.unit.as_ref().map_or_else(|| address.street.to_string(), |unit| format!("{}, {unit}", address.street));
            vec![street, format!("{}, {} {}", address.city, address.state.abbreviation(), address.zip)]
        }
        Value::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect(),
        Value::List(entries) => {
            let of = match asked {
                Some(ValueType::List { of, .. }) => Some(&**of),
                _ => None,
            };
            entries.iter().flat_map(|entry| lines(entry, of, words)).collect()
        }
        Value::Rows(rows) => {
            let columns = match asked {
                Some(ValueType::Rows { columns, .. }) => columns.as_slice(),
                _ => &[],
            };
            rows.iter().map(|cells| row(cells, columns, words)).collect()
        }
        single => vec![one_line(single, asked, words)],
    }
}

/// A value that always is one line.
fn one_line(value: &Value, asked: Option<&ValueType>, words: &Words) -> String {
    match value {
        Value::Choice(chosen) => option_label(chosen.as_str(), asked, words),
        Value::Integer(number) => match asked {
            Some(ValueType::Integer { unit: Some(unit), .. }) => {
                let arguments = [("number", number.to_string().into()), ("unit", unit.in_language(words.language()).into())];
                words.with("answer-quantity", &arguments).into_owned()
            }
            _ => number.to_string(),
        },
        Value::Boolean(true) => words.text("answer-yes").into_owned(),
        Value::Boolean(false) => words.text("answer-no").into_owned(),
        Value::Acknowledged => words.text("answer-agreed").into_owned(),
        Value::Secret(_) => words.text("answer-secret").into_owned(),
        Value::Telephone(number) => number.to_string(),
        Value::Email(email) => email.to_string(),
        Value::Date(date) => words.date(*date),
        Value::File(file) => file_in_words(file, words),
        Value::AutonomousSystemNumber(number) => number.to_string(),
        Value::IpAddress(address) => address.to_string(),
        Value::DomainName(name) => name.to_string(),
        Value::Service(service) => service_in_words(service, words),
        Value::VlanIds(ranges) => ranges.iter().map(vlan_range).collect::<Vec<_>>().join(", "),
        Value::Choices(_) | Value::Text(_) | Value::Address(_) | Value::Prefixes(_) | Value::List(_) | Value::Rows(_) => {
            lines(value, asked, words).join(", ")
        }
    }
}

fn option_label(chosen: &str, asked: Option<&ValueType>, words: &Words) -> String {
    let option = asked.and_then(|asked| asked.options().iter().find(|option| option.id.as_str() == chosen));
    option.map_or_else(|| chosen.to_owned(), |option| option.label.in_language(words.language()).to_owned())
}

fn row(cells: &[Option<Value>], columns: &[Column], words: &Words) -> String {
    let filled = cells.iter().enumerate().filter_map(|(number, cell)| {
        let column = columns.get(number);
        let cell = one_line(cell.as_ref()?, column.map(|column| &column.value), words);
        Some(column.map_or_else(
            || cell.clone(),
            |column| {
                let arguments = [("column", column.label.in_language(words.language()).into()), ("cell", cell.as_str().into())];
                words.with("answer-cell", &arguments).into_owned()
            },
        ))
    });
    filled.collect::<Vec<_>>().join("; ")
}

/// What a service that is pointed at is called, with its number where it has one.
#[must_use]
pub fn service_in_words(service: &ServiceReference, words: &Words) -> String {
    let name = service.name.in_language(words.language());
    service.number.map_or_else(|| name.to_owned(), |number| format!("{name}, {number}"))
}

fn file_in_words(file: &FileReference, words: &Words) -> String {
    let kilobytes = file.bytes.div_ceil(1024);
    words.with("answer-file", &[("name", (&*file.name).into()), ("kilobytes", kilobytes.to_string().into())]).into_owned()
}

fn vlan_range((first, last): &(u16, u16)) -> String {
    if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") }
}

#[cfg(test)]
mod tests {
    use order_manager::value::SecretText;

    use super::*;

    #[test]
    fn a_secret_is_never_said() {
        let said = answer_in_words(&Value::Secret(SecretText::new("hunter2")), None, Words::english());
        assert_eq!(said, ["Set"]);
    }

    #[test]
    fn ranges_and_lists_read_as_people_write_them() {
        let words = Words::english();
        assert_eq!(answer_in_words(&Value::VlanIds(vec![(100, 100), (200, 210)]), None, words), ["100, 200\u{2013}210"]);
        assert_eq!(answer_in_words(&Value::List(vec![Value::Integer(1), Value::Boolean(false)]), None, words), ["1", "No"]);
        assert_eq!(answer_in_words(&Value::Rows(vec![vec![Some(Value::Integer(3)), None]]), None, words), ["3"]);
    }
}
