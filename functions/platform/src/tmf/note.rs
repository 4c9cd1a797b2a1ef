//! The notes of an order: what the partner noted, and after it what we have to say.

use order_manager::order::{Failed, Held, Pending, Placed, PlacedItem, ProductOrder, Rejected};
use serde_json::{Map, Value, json};
use templates::messages::Words;

/// Whom our notes are by.
const OURS: &str = "Meridian Communications";

/// What we have to say about an order in its state. What we ask has the question's id: a note under the same id answers it.
pub(super) fn said_by_us(order: &ProductOrder, placed: &Placed) -> Vec<Value> {
    let open: Vec<_> = placed.items.iter().flat_map(asked_of).collect();
    match order {
        ProductOrder::Rejected(Rejected { reason, .. }) | ProductOrder::Failed(Failed { reason, .. }) => {
            vec![said(reason.in_language("en"))]
        }
        ProductOrder::Held(Held { reason, .. }) => std::iter::once(said(reason.in_language("en"))).chain(open).collect(),
        ProductOrder::Pending(Pending { question, .. }) if open.is_empty() => vec![said(question.in_language("en"))],
        ProductOrder::InProgress(_) | ProductOrder::Pending(_) => open,
        _ => vec![],
    }
}

/// Something said.
pub(super) fn said(text: &str) -> Value {
    json!({ "author": OURS, "text": text })
}

/// What an item waits for to be answered.
fn asked_of(item: &PlacedItem) -> impl Iterator<Item = Value> {
    let asked = |id: String, text: String| json!({ "id": id, "author": OURS, "text": text });
    let question = item.on_the_way.open_question();
    let question = question.map(|question| asked(question.id.to_string(), question.text.in_language("en").to_owned()));
    let charge = item.on_the_way.open_charge().map(|charge| {
        let words = Words::english();
        let arguments = [
            ("why", charge.why.in_language("en").into()),
            ("amount", charge.amount.to_string().into()),
            ("day", charge.answer_by.to_string().into()),
        ];
        asked(charge.id.to_string(), words.with("api-charge-asked", &arguments).into_owned())
    });
    question.into_iter().chain(charge)
}

/// Adds what we say to what the partner noted.
pub(super) fn add(resource: &mut Map<String, Value>, ours: Vec<Value>) {
    match resource.get_mut("note") {
        Some(Value::Array(notes)) => notes.extend(ours),
        _ if ours.is_empty() => {}
        _ => drop(resource.insert("note".to_owned(), json!(ours))),
    }
}

/// Whether a note is one of ours, given back as it was read.
#[must_use]
pub fn is_ours(note: &Value) -> bool {
    note["author"] == OURS
}
