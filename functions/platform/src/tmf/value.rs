//! Answers as values of characteristics, both ways.

use order_manager::characteristic::ValueType;
use order_manager::entered::Entered;
use order_manager::value::Value;
use serde_json::{Value as Json, json};

/// An answer as the value of a characteristic; nothing for what is never shown again, or not sent this way.
#[must_use]
pub fn json_of(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Secret(_) | Value::File(_) => return None,
        Value::Integer(number) => json!(number),
        Value::AutonomousSystemNumber(number) => json!(number),
        Value::Prefixes(prefixes) => prefixes.iter().map(|prefix| json!(prefix.to_string())).collect(),
        Value::Boolean(is_so) => json!(is_so),
        Value::Acknowledged => json!(true),
        Value::Choices(chosen) => chosen.iter().map(|id| json!(id.as_str())).collect(),
        Value::List(values) => values.iter().filter_map(json_of).collect(),
        Value::Rows(rows) => {
            let cell = |cell: &Option<Value>| cell.as_ref().and_then(json_of).unwrap_or(Json::Null);
            rows.iter().map(|cells| cells.iter().map(cell).collect::<Json>()).collect()
        }
        Value::Address(_) => {
            let mut entered = Entered::default();
            value.entered("", &mut entered);
            let part = |name: &str| (name.trim_start_matches('.').to_owned(), json!(entered.text(name)));
            Json::Object(entered.names().map(part).collect())
        }
        _ => {
            let mut entered = Entered::default();
            value.entered("value", &mut entered);
            json!(entered.text("value"))
        }
    })
}

/// Enters the value of a characteristic as it would be typed, so that it is read as what is typed is. What has no form that could be
/// typed is left to be found wanting.
pub fn entered_from(name: &str, takes: Option<&ValueType>, value: &Json, into: &mut Entered) {
    match value {
        Json::Null => {}
        // Ticked boxes come as several fields; everything else of which there are several is typed in one, each on a line.
        Json::Array(entries) if matches!(takes, Some(ValueType::Choices { .. })) => {
            entries.iter().for_each(|entry| into.add(name, typed(entry)));
        }
        Json::Array(entries) => {
            let row = |row: &Json| row.as_array().map_or_else(|| typed(row), |cells| line_of(cells));
            into.add(name, entries.iter().map(row).collect::<Vec<_>>().join("\n"));
        }
        Json::Object(parts) => parts.iter().for_each(|(part, value)| into.add(format!("{name}.{part}"), typed(value))),
        single => into.add(name, typed(single)),
    }
}

/// A row of cells (RFC 4180).
fn line_of(cells: &[Json]) -> String {
    let quoted = |text: String| match text.contains([',', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    };
    cells.iter().map(|cell| quoted(typed(cell))).collect::<Vec<_>>().join(", ")
}

fn typed(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_entered_as_it_would_be_typed() {
        let rows = [
            (json!("300-mbps"), vec![("a", "300-mbps")]),
            (json!(12), vec![("a", "12")]),
            (json!(true), vec![("a", "yes")]),
            (json!(["x", "y"]), vec![("a", "x\ny")]),
            (json!([["Ann", 12], ["Bo, Jr.", null]]), vec![("a", "Ann, 12\n\"Bo, Jr.\", ")]),
            (json!({"street": "1 Main Street"}), vec![("a.street", "1 Main Street")]),
            (json!(null), vec![]),
        ];
        for (sent, expected) in rows {
            let mut entered = Entered::default();
            entered_from("a", None, &sent, &mut entered);
            assert_eq!(entered, expected.into_iter().collect(), "{sent}");
        }
        let mut entered = Entered::default();
        let boxes = ValueType::Choices { options: vec![], min: 0, max: 2 };
        entered_from("a", Some(&boxes), &json!(["x", "y"]), &mut entered);
        assert_eq!(entered.all("a"), ["x", "y"]);
    }
}
