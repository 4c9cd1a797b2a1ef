//! Conditions, as systems read them: each an object that names what it is about, and what has to be so.

use order_manager::catalogue::ProductOffering;
use order_manager::characteristic::{Asked, Characteristic};
use order_manager::condition::{Condition, Entries};
use order_manager::party::CustomerKind;
use serde_json::{Value, json};

/// When a characteristic is asked for; nothing where it always is.
pub(super) fn asked_when(characteristic: &Characteristic, offering: &ProductOffering) -> Option<Value> {
    let dialog = match &characteristic.asked {
        Asked::OnPage => None,
        Asked::InDialog(dialog) => offering.dialog(dialog).and_then(|dialog| json_of(&dialog.applies_when)),
    };
    match (dialog, json_of(&characteristic.applies_when)) {
        (Some(dialog), Some(own)) => Some(json!({ "allOf": [dialog, own] })),
        (dialog, own) => dialog.or(own),
    }
}

/// A condition; nothing where it always holds.
pub(super) fn json_of(condition: &Condition) -> Option<Value> {
    let all = |conditions: &[Condition]| -> Vec<Value> {
        conditions.iter().map(|condition| json_of(condition).unwrap_or(json!(true))).collect()
    };
    let name = |entries: &Entries| entries.of.to_string();
    Some(match condition {
        Condition::Always => return None,
        Condition::Is { characteristic, any_of } => {
            let values: Vec<_> = any_of.iter().map(ToString::to_string).collect();
            json!({ "characteristic": characteristic.to_string(), "isAnyOf": values })
        }
        Condition::AtLeast { characteristic, number } => {
            json!({ "characteristic": characteristic.to_string(), "atLeast": number })
        }
        Condition::AtMost { characteristic, number } => json!({ "characteristic": characteristic.to_string(), "atMost": number }),
        Condition::Exceeds { sum_of, other, by } => {
            let parts: Vec<_> = sum_of.iter().map(ToString::to_string).collect();
            json!({ "sumOf": parts, "exceeds": other.to_string(), "byMoreThan": by })
        }
        Condition::LengthDiffers { entries, number } => {
            json!({ "entriesOf": name(entries), "areNotAsLongAs": number.to_string() })
        }
        Condition::EntryShared(several) => json!({ "shareAnEntry": several.iter().map(name).collect::<Vec<_>>() }),
        Condition::Answered(characteristic) => json!({ "characteristic": characteristic.to_string(), "isAnswered": true }),
        Condition::CustomerIs(CustomerKind::Residential) => json!({ "customerIs": "residential" }),
        Condition::CustomerIs(CustomerKind::Business) => json!({ "customerIs": "business" }),
        Condition::StateIs(states) => {
            json!({ "stateIsAnyOf": states.iter().map(|state| state.abbreviation()).collect::<Vec<_>>() })
        }
        Condition::Together(offering) => json!({ "togetherWith": offering.to_string() }),
        Condition::All(conditions) => json!({ "allOf": all(conditions) }),
        Condition::Any(conditions) => json!({ "anyOf": all(conditions) }),
        Condition::Not(condition) => json!({ "not": json_of(condition).unwrap_or(json!(true)) }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is<T: std::str::FromStr>(text: &str) -> T {
        text.parse().unwrap_or_else(|_| panic!("{text} does not read"))
    }

    #[test]
    fn a_condition_says_what_it_is_about_and_what_has_to_be_so() {
        let source = Condition::Is { characteristic: is("source"), any_of: vec![is("ported"), is("both")] };
        let both = Condition::All(vec![source.clone(), Condition::Not(Box::new(Condition::Answered(is("lines"))))]);
        let said = json!({ "characteristic": "source", "isAnyOf": ["ported", "both"] });
        let not = json!({ "not": { "characteristic": "lines", "isAnswered": true } });
        assert_eq!(json_of(&both), Some(json!({ "allOf": [said, not] })));
        assert_eq!(json_of(&Condition::Always), None);
        assert_eq!(json_of(&Condition::Any(vec![Condition::Always])), Some(json!({ "anyOf": [true] })));
    }
}
