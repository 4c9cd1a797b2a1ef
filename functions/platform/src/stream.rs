//! What a table's stream brings: changes of rows, in their order, each at least once.
//!
//! A step that a stream starts takes one batch a call ([`each`]) and says from where on it has to come again. It has to come to the
//! same when it sees a change twice.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::store::Image;
use crate::telemetry;

/// A change of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its place in the stream.
    pub sequence: Box<str>,
    /// What happened.
    pub happened: Happened,
    /// The row's partition key.
    pub pk: Box<str>,
    /// The row's sort key.
    pub sk: Box<str>,
    /// The row before, where there was one and the stream carries it.
    pub before: Option<Image>,
    /// The row after, where there is one and the stream carries it.
    pub after: Option<Image>,
}

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Happened {
    /// It is new.
    Insert,
    /// It is another now.
    Modify,
    /// It is gone.
    Remove,
}

/// An event that is no batch of changes: nothing of it was handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the event is no batch of a table's changes: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

/// Has the changes of an event handled one after the other, and makes the answer of them. The first that fails ends it: from there
/// on, the batch comes again (`ReportBatchItemFailures`).
///
/// Source: AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda".
///
/// # Errors
/// [`Unreadable`].
pub async fn each<E: fmt::Display, F: Future<Output = Result<(), E>>>(
    event: Value,
    mut handle: impl FnMut(Change) -> F,
) -> Result<Value, Unreadable> {
    let batch: Batch = serde_json::from_value(event).map_err(|error| Unreadable(error.to_string()))?;
    for record in batch.records {
        telemetry::change(record.dynamodb.made());
        let change = Change::from(record);
        let sequence = change.sequence.clone();
        if let Err(error) = handle(change).await {
            tracing::warn!(%sequence, %error, "a change was not handled, and comes again");
            telemetry::change_failed();
            return Ok(json!({ "batchItemFailures": [{ "itemIdentifier": sequence }] }));
        }
    }
    Ok(json!({ "batchItemFailures": [] }))
}

/// The same, but what comes after a change that fails is handled too: it has to bear coming again, and is not kept waiting.
///
/// # Errors
/// [`Unreadable`].
pub async fn every<E: fmt::Display, F: Future<Output = Result<(), E>>>(
    event: Value,
    mut handle: impl FnMut(Change) -> F,
) -> Result<Value, Unreadable> {
    let batch: Batch = serde_json::from_value(event).map_err(|error| Unreadable(error.to_string()))?;
    let mut first = None;
    for record in batch.records {
        let change = Change::from(record);
        let sequence = change.sequence.clone();
        if let Err(error) = handle(change).await {
            tracing::warn!(%sequence, %error, "a change was not handled, and comes again");
            first.get_or_insert(sequence);
        }
    }
    let failures: Vec<_> = first.into_iter().map(|sequence| json!({ "itemIdentifier": sequence })).collect();
    Ok(json!({ "batchItemFailures": failures }))
}

#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName")]
    happened: Happened,
    dynamodb: Row,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    keys: Keys,
    sequence_number: Box<str>,
    old_image: Option<Image>,
    new_image: Option<Image>,
    /// Seconds since 1970.
    #[serde(rename = "ApproximateCreationDateTime")]
    made: Option<f64>,
}

impl Row {
    fn made(&self) -> Option<Timestamp> {
        Timestamp::from_duration(SignedDuration::try_from_secs_f64(self.made?).ok()?).ok()
    }
}

#[derive(Deserialize)]
struct Keys {
    pk: Text,
    sk: Text,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: Box<str>,
}

impl From<Record> for Change {
    fn from(Record { happened, dynamodb }: Record) -> Self {
        let Row { keys, sequence_number: sequence, old_image: before, new_image: after, .. } = dynamodb;
        Self { sequence, happened, pk: keys.pk.text, sk: keys.sk.text, before, after }
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    fn record(number: u32) -> Value {
        json!({
            "eventID": "x", "eventName": "MODIFY", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
            "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_700_000_000.0, "SequenceNumber": format!("{number}"), "SizeBytes": 9,
                "StreamViewType": "NEW_AND_OLD_IMAGES", "Keys": {"pk": {"S": "a"}, "sk": {"S": format!("row#{number}")}},
                "NewImage": {"pk": {"S": "a"}, "n": {"N": "1"}, "l": {"L": [{"BOOL": true}, {"NULL": true}]}},
            },
        })
    }

    #[tokio::test]
    async fn changes_are_handled_in_their_order_and_the_first_that_fails_ends_the_batch() {
        let event = json!({ "Records": (1..=4).map(record).collect::<Vec<_>>() });
        let mut seen = vec![];
        let answer = each(event, |change: Change| {
            assert_eq!((change.happened, &*change.pk, change.before), (Happened::Modify, "a", None));
            assert!(change.after.is_some());
            seen.push(change.sk.into_string());
            ready(if seen.len() == 3 { Err("not now") } else { Ok(()) })
        });
        assert_eq!(answer.await, Ok(json!({ "batchItemFailures": [{ "itemIdentifier": "3" }] })));
        assert_eq!(seen, ["row#1", "row#2", "row#3"]);
    }

    #[tokio::test]
    async fn what_comes_after_a_change_that_fails_can_be_handled_too_and_all_from_there_on_comes_again() {
        let event = json!({ "Records": (1..=4).map(record).collect::<Vec<_>>() });
        let mut seen = vec![];
        let answer = every(event, |change: Change| {
            seen.push(change.sk.into_string());
            ready(if seen.len() == 2 || seen.len() == 3 { Err("not now") } else { Ok(()) })
        });
        assert_eq!(answer.await, Ok(json!({ "batchItemFailures": [{ "itemIdentifier": "2" }] })));
        assert_eq!(seen, ["row#1", "row#2", "row#3", "row#4"]);
    }

    #[tokio::test]
    async fn a_batch_that_is_handled_whole_says_so_and_what_is_no_batch_is_an_error() {
        let answer = each(json!({ "Records": [record(1)] }), |_| ready(Ok::<_, Unreadable>(()))).await;
        assert_eq!(answer, Ok(json!({ "batchItemFailures": [] })));
        assert!(each(json!({ "detail": 1 }), |_| ready(Ok::<_, Unreadable>(()))).await.is_err());
    }
}
