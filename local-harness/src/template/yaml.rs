//! CloudFormation's YAML as JSON: the short forms (`!Ref X`) become the long ones (`{"Ref": "X"}`), so that the rest
//! reads one notation.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};
use serde_saphyr::Tagged;

/// Parses a template's text; the error says where it is not YAML.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    serde_saphyr::from_str::<Node>(text).map(|node| node.0).map_err(|error| error.to_string())
}

/// A node with its tag, if it had one, made part of the value.
struct Node(Value);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Tagged(Plain(value), tag) = Tagged::deserialize(deserializer)?;
        Ok(Self(match tag.as_deref().and_then(|tag| tag.strip_prefix('!')) {
            Some(name) => long_form(name, value),
            None => value,
        }))
    }
}

fn long_form(name: &str, value: Value) -> Value {
    match (name, value) {
        ("Ref" | "Condition", value) => json!({ name: value }),
        ("GetAtt", Value::String(path)) => match path.split_once('.') {
            Some((resource, attribute)) => json!({ "Fn::GetAtt": [resource, attribute] }),
            None => json!({ "Fn::GetAtt": [path] }),
        },
        (name, value) => json!({ format!("Fn::{name}"): value }),
    }
}

/// A node without regard to its own tag.
struct Plain(Value);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML node")
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
        Ok(Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain, E> {
        Ok(Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Plain, E> {
        Ok(Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
        Ok(Plain(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Plain, A::Error> {
        let mut items = Vec::new();
        while let Some(Node(item)) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Plain(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Plain, A::Error> {
        let mut entries = Map::new();
        while let Some((key, Node(value))) = mapping.next_entry::<String, _>()? {
            entries.insert(key, value);
        }
        Ok(Plain(Value::Object(entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_forms_read_the_same() {
        let read = parse(
            "a: !Ref X\nb: !Sub '${X}/y'\nc: !GetAtt X.Arn\nd: !If [Q, !Ref X, [1, true, no name]]\ne: {Fn::Sub: z}\nf: !Condition Q\n",
        );
        assert_eq!(
            read,
            Ok(json!({
                "a": {"Ref": "X"},
                "b": {"Fn::Sub": "${X}/y"},
                "c": {"Fn::GetAtt": ["X", "Arn"]},
                "d": {"Fn::If": ["Q", {"Ref": "X"}, [1, true, "no name"]]},
                "e": {"Fn::Sub": "z"},
                "f": {"Condition": "Q"},
            }))
        );
    }

    #[test]
    fn what_is_not_yaml_is_refused() {
        assert!(parse("a: [1, 2").is_err());
    }
}
