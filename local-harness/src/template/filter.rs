//! Filter patterns: which changes a function is handed.
//!
//! Source: AWS Lambda Developer Guide, "Control which events Lambda sends to your function".

use serde_json::Value;

/// A pattern: at each of its keys, one of the matchers has to fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern(Vec<(String, Node)>);

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Inside(Pattern),
    Leaf(Vec<Matcher>),
}

#[derive(Clone, Debug, PartialEq)]
enum Matcher {
    Equals(Value),
    Prefix(String),
    AnythingBut(Vec<Value>),
    Exists(Presence),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    There,
    Absent,
}

impl Pattern {
    /// Reads a pattern as a template has it, in JSON.
    ///
    /// # Errors
    /// What of it is no pattern, or is one that the harness does not know.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("the filter is not JSON: {error}"))?;
        Self::read(&value)
    }

    /// Reads a pattern that is a mapping already.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let entries = value.as_object().ok_or("a filter is a mapping")?;
        let node = |value: &Value| match value {
            Value::Object(_) => Self::read(value).map(Node::Inside),
            Value::Array(matchers) => matchers.iter().map(matcher).collect::<Result<_, _>>().map(Node::Leaf),
            other => Err(format!("a filter has lists at its ends, not {other}")),
        };
        entries.iter().map(|(key, value)| Ok((key.clone(), node(value)?))).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a record fits.
    #[must_use]
    pub fn fits(&self, record: &Value) -> bool {
        self.0.iter().all(|(key, node)| match (node, record.get(key)) {
            (Node::Inside(pattern), Some(inside)) => pattern.fits(inside),
            // Only what asks for absence can fit where there is nothing.
            (Node::Inside(pattern), None) => pattern.fits(&Value::Null),
            (Node::Leaf(matchers), found) => matchers.iter().any(|matcher| matcher.fits(found)),
        })
    }
}

fn matcher(value: &Value) -> Result<Matcher, String> {
    let unknown = || format!("the harness knows no filter {value}");
    let Value::Object(entries) = value else { return Ok(Matcher::Equals(value.clone())) };
    let mut entries = entries.iter();
    match (entries.next().map(|(name, argument)| (name.as_str(), argument)), entries.next()) {
        (Some(("prefix", Value::String(prefix))), None) => Ok(Matcher::Prefix(prefix.clone())),
        (Some(("anything-but", Value::Array(values))), None) => Ok(Matcher::AnythingBut(values.clone())),
        (Some(("exists", Value::Bool(true))), None) => Ok(Matcher::Exists(Presence::There)),
        (Some(("exists", Value::Bool(false))), None) => Ok(Matcher::Exists(Presence::Absent)),
        _ => Err(unknown()),
    }
}

impl Matcher {
    fn fits(&self, found: Option<&Value>) -> bool {
        match self {
            Self::Equals(value) => found == Some(value),
            Self::Prefix(prefix) => found.and_then(Value::as_str).is_some_and(|text| text.starts_with(prefix)),
            Self::AnythingBut(values) => found.is_some_and(|found| !values.contains(found)),
            Self::Exists(Presence::There) => found.is_some(),
            Self::Exists(Presence::Absent) => found.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_fits_when_every_key_has_one_of_its_values() {
        let record =
            json!({"eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "row#0001"}}, "NewImage": {"n": {"N": "7"}}}});
        let cases = [
            (r#"{"eventName": ["INSERT"]}"#, true),
            (r#"{"eventName": ["MODIFY", "INSERT"]}"#, true),
            (r#"{"eventName": ["REMOVE"]}"#, false),
            (r#"{"eventName": [{"anything-but": ["REMOVE"]}]}"#, true),
            (r#"{"eventName": [{"anything-but": ["INSERT"]}]}"#, false),
            (r#"{"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "row#"}]}}}}"#, true),
            (r#"{"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "order"}]}}}}"#, false),
            (r#"{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"n": {"N": ["8"]}}}}"#, false),
            (r#"{"dynamodb": {"OldImage": {"n": {"N": [{"exists": false}]}}}}"#, true),
            (r#"{"dynamodb": {"NewImage": {"n": {"N": [{"exists": true}]}}}}"#, true),
            (r#"{"dynamodb": {"OldImage": {"n": {"N": ["7"]}}}}"#, false),
        ];
        for (pattern, fits) in cases {
            assert_eq!(Pattern::parse(pattern).expect("a pattern").fits(&record), fits, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_is_not_known_is_refused_by_name() {
        for (pattern, said) in [("[", "not JSON"), (r#"{"a": "b"}"#, "lists"), (r#"{"a": [{"numeric": [">", 1]}]}"#, "numeric")] {
            let refused = Pattern::parse(pattern).expect_err(pattern);
            assert!(refused.contains(said), "{refused}");
        }
    }
}
