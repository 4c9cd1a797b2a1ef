//! Hands one batch to a function until it is taken, or was tried in vain.
//!
//! Source: AWS Lambda Developer Guide, "Process DynamoDB records with Lambda": a batch that failed comes again, in halves where the
//! mapping says so, which counts as no try; what a function took before the first failure that it reports does not.

use std::{collections::VecDeque, slice::SliceIndex, time::Duration};

use serde_json::{Value, json};
use tokio::time::sleep;

use super::letters::{DeadLetter, DeadLetters};
use crate::{
    HarnessClock,
    template::{Answers, OnError, StreamSpec},
};

/// How long to wait before the first retry; each further waits twice as long, up to the most.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Changes of one shard, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Batch {
    pub(super) stream: String,
    pub(super) shard: String,
    pub(super) records: Vec<Value>,
}

impl Batch {
    /// The place of the last change.
    pub(super) fn last(&self) -> Option<&str> {
        self.records.last().and_then(sequence)
    }

    fn part(&self, range: impl SliceIndex<[Value], Output = [Value]>) -> Self {
        Self { stream: self.stream.clone(), shard: self.shard.clone(), records: self.records[range].to_vec() }
    }
}

fn sequence(record: &Value) -> Option<&str> {
    record["dynamodb"]["SequenceNumber"].as_str()
}

/// What came of a call.
#[derive(Clone, Debug)]
pub(crate) enum Invoked {
    /// The function answered.
    Answered(Value),
    /// It failed, or broke.
    Failed,
}

/// How batches of one mapping are handed over.
pub(super) struct Delivery<'a> {
    pub(super) spec: &'a StreamSpec,
    pub(super) letters: &'a DeadLetters,
    pub(super) clock: &'a HarnessClock,
}

impl Delivery<'_> {
    /// Hands a batch over. When this returns, each of its records was taken, or is with the dead letters.
    pub(super) async fn deliver<F: Future<Output = Invoked>>(&self, batch: Batch, invoke: &impl Fn(Value) -> F) {
        // What is to be handed over, in order, each with the calls that it had.
        let mut waiting = VecDeque::from([(batch, 0)]);
        while let Some((batch, calls)) = waiting.pop_front() {
            if batch.records.is_empty() {
                continue;
            }
            let invoked = invoke(json!({ "Records": batch.records })).await;
            let Some(first) = self.first_left(&batch, &invoked) else { continue };
            let left = batch.part(first..);
            // What was taken is behind us: for what is left, this was the first call.
            let calls = if first == 0 { calls + 1 } else { 1 };
            if self.spec.on_error == OnError::Bisect && first == 0 && left.records.len() > 1 {
                let middle = left.records.len() / 2;
                waiting.push_front((left.part(middle..), calls - 1));
                waiting.push_front((left.part(..middle), calls - 1));
            } else if self.spec.most_retries.is_some_and(|most| calls > most) {
                self.give_up(left, calls);
                continue;
            } else {
                waiting.push_front((left, calls));
            }
            pause(calls).await;
        }
    }

    /// The first record that comes again; `None` when all were taken.
    fn first_left(&self, batch: &Batch, invoked: &Invoked) -> Option<usize> {
        let Invoked::Answered(answer) = invoked else { return Some(0) };
        let failures = match (self.spec.answers, &answer["batchItemFailures"]) {
            (Answers::Failures, Value::Array(failures)) if !failures.is_empty() => failures,
            _ => return None,
        };
        let place = |failure: &Value| {
            let named = failure["itemIdentifier"].as_str()?;
            batch.records.iter().position(|record| sequence(record) == Some(named))
        };
        // One that names no change of the batch makes all of it failed.
        let places: Option<Vec<_>> = failures.iter().map(place).collect();
        Some(places.and_then(|places| places.into_iter().min()).unwrap_or(0))
    }

    /// Puts a batch with the dead letters.
    fn give_up(&self, batch: Batch, calls: u32) {
        let place = |record: Option<&Value>| record.and_then(sequence).unwrap_or_default().to_owned();
        let arrival = |record: Option<&Value>| record.map(|record| record["dynamodb"]["ApproximateCreationDateTime"].clone());
        let (first, last) = (batch.records.first(), batch.records.last());
        let message = json!({
            "requestContext": {
                "functionArn": self.spec.function,
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": calls,
            },
            "version": "1.0",
            "timestamp": self.clock.now(),
            "DDBStreamBatchInfo": {
                "shardId": batch.shard,
                "startSequenceNumber": place(first),
                "endSequenceNumber": place(last),
                "approximateArrivalOfFirstRecord": arrival(first),
                "approximateArrivalOfLastRecord": arrival(last),
                "batchSize": batch.records.len(),
                "streamArn": batch.stream,
            },
        });
        let function = self.spec.function.clone();
        tracing::warn!(%function, "changes were tried in vain, and are with the dead letters");
        let (queue, at) = (self.spec.dead_letters.clone(), self.clock.now());
        self.letters.add(DeadLetter { queue, function, at, message, records: batch.records });
    }
}

async fn pause(calls: u32) {
    sleep(FIRST_PAUSE.saturating_mul(1 << calls.saturating_sub(1).min(10)).min(LONGEST_PAUSE)).await;
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::future::ready;

    use super::*;

    fn spec(on_error: OnError, answers: Answers, most_retries: u32) -> StreamSpec {
        StreamSpec {
            id: "Stream".to_owned(),
            table: "T".to_owned(),
            function: "step".to_owned(),
            filters: vec![],
            batch_size: 10,
            on_error,
            most_retries: Some(most_retries),
            answers,
            dead_letters: Some("Letters".to_owned()),
        }
    }

    fn batch(numbers: impl IntoIterator<Item = u32>) -> Batch {
        let record = |number: u32| json!({ "dynamodb": { "SequenceNumber": number.to_string() } });
        Batch { stream: "arn".to_owned(), shard: "shard".to_owned(), records: numbers.into_iter().map(record).collect() }
    }

    fn numbers(records: &Value) -> Vec<String> {
        records.as_array().into_iter().flatten().filter_map(sequence).map(str::to_owned).collect()
    }

    /// What a function that refuses some changes some times is handed, and what comes to the dead letters.
    async fn handed(
        spec: &StreamSpec,
        of: u32,
        refused: &[(u32, u32)],
        reports: Answers,
    ) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
        let left =
            RefCell::new(refused.iter().copied().map(|(number, times)| (number.to_string(), times)).collect::<BTreeMap<_, _>>());
        let calls = RefCell::new(vec![]);
        let answer = |event: Value| {
            let numbers = numbers(&event["Records"]);
            calls.borrow_mut().push(numbers.clone());
            let mut left = left.borrow_mut();
            let refuses = |number: &&String| left.get(*number).is_some_and(|times| *times > 0);
            let Some(refused) = numbers.iter().find(refuses).cloned() else {
                return Invoked::Answered(json!({ "batchItemFailures": [] }));
            };
            left.entry(refused.clone()).and_modify(|times| *times -= 1);
            match reports {
                Answers::Failures => Invoked::Answered(json!({ "batchItemFailures": [{ "itemIdentifier": refused }] })),
                Answers::Nothing => Invoked::Failed,
            }
        };
        let invoke = |event| ready(answer(event));
        let (letters, clock) = (DeadLetters::default(), HarnessClock::default());
        Delivery { spec, letters: &letters, clock: &clock }.deliver(batch(1..=of), &invoke).await;
        let letters = letters.all().into_iter().map(|letter| numbers(&json!(letter.records))).collect();
        (calls.into_inner(), letters)
    }

    fn rows(rows: &[&[u32]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(u32::to_string).collect()).collect()
    }

    #[tokio::test]
    async fn what_is_refused_comes_again_with_what_follows_it_and_what_was_taken_does_not() {
        let spec = spec(OnError::Whole, Answers::Failures, 2);
        let (calls, letters) = handed(&spec, 4, &[(3, 1)], Answers::Failures).await;
        assert_eq!((calls, letters), (rows(&[&[1, 2, 3, 4], &[3, 4]]), vec![]));
    }

    #[tokio::test]
    async fn a_batch_that_breaks_the_function_comes_again_whole_or_in_halves() {
        let whole = spec(OnError::Whole, Answers::Failures, 2);
        assert_eq!(handed(&whole, 3, &[(2, 1)], Answers::Nothing).await, (rows(&[&[1, 2, 3], &[1, 2, 3]]), vec![]));
        let halves = spec(OnError::Bisect, Answers::Failures, 1);
        let (calls, letters) = handed(&halves, 4, &[(3, 99)], Answers::Nothing).await;
        assert_eq!(calls, rows(&[&[1, 2, 3, 4], &[1, 2], &[3, 4], &[3], &[3], &[4]]));
        assert_eq!(letters, rows(&[&[3]]));
    }

    #[tokio::test]
    async fn what_is_refused_as_often_as_it_may_be_tried_is_a_dead_letter_and_the_rest_is_taken() {
        let spec = spec(OnError::Bisect, Answers::Failures, 2);
        let (calls, letters) = handed(&spec, 3, &[(2, 99)], Answers::Failures).await;
        assert_eq!(calls, rows(&[&[1, 2, 3], &[2, 3], &[2], &[2], &[3]]));
        assert_eq!(letters, rows(&[&[2]]));
    }

    #[tokio::test]
    async fn an_answer_that_names_no_change_of_the_batch_makes_all_of_it_failed() {
        let spec = spec(OnError::Whole, Answers::Failures, 1);
        let calls = RefCell::new(0);
        let invoke = |_| {
            *calls.borrow_mut() += 1;
            ready(Invoked::Answered(json!({ "batchItemFailures": [{ "itemIdentifier": "" }] })))
        };
        let (letters, clock) = (DeadLetters::default(), HarnessClock::default());
        Delivery { spec: &spec, letters: &letters, clock: &clock }.deliver(batch(1..=2), &invoke).await;
        assert_eq!((calls.into_inner(), letters.all().len()), (2, 1));
        let message = &letters.all()[0].message;
        assert_eq!(message["DDBStreamBatchInfo"]["batchSize"], 2);
        assert_eq!(message["DDBStreamBatchInfo"]["endSequenceNumber"], "2");
    }
}
