//! The services that redriving calls: the queues (SQS), the functions (Lambda) and the tables' streams (DynamoDB Streams), by their JSON
//! protocols.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use platform::signed::{Answered, Call, Service, Unanswered};
use platform::{Clock, Config};
use serde_json::{Value, json};
use thiserror::Error;

use super::letter::{Letter, Place, Queue};
use crate::tables::{Outputs, Unreached};

/// How long a call may take; a function's is its own time, and a start.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long a letter that was received is not handed out again.
const HIDDEN_SECONDS: u32 = 300;
/// The most pages of a stream that are read for one letter: an open shard has empty ones without end.
const MOST_PAGES: usize = 200;

/// The way to them.
#[derive(Debug)]
pub struct Services {
    sqs: Service,
    lambda: Service,
    streams: Service,
    region: String,
    endpoint: Option<String>,
    queues: BTreeMap<Queue, String>,
}

/// Why a service has not done what it was asked for.
#[derive(Debug, Error)]
pub enum Failed {
    /// There is no answer.
    #[error("{0} does not answer: {1}")]
    Unanswered(&'static str, String),
    /// It refuses: the status, and what it says.
    #[error("{0} refuses with {1}: {2}")]
    Refused(&'static str, u16, String),
}

impl Services {
    /// The services of a stack, by what its outputs say.
    ///
    /// # Errors
    /// [`Unreached::NoOutput`].
    pub fn new(config: Config, endpoint: Option<String>, outputs: &Outputs) -> Result<Self, Unreached> {
        let queues = Queue::ALL.into_iter().map(|queue| Ok((queue, outputs.required(queue.output())?)));
        let queues = queues.collect::<Result<_, Unreached>>()?;
        let (region, config) = (config.region.clone(), Arc::new(config));
        let service = |name| Service::new(config.clone(), name);
        Ok(Self { sqs: service("sqs"), lambda: service("lambda"), streams: service("dynamodb"), region, endpoint, queues })
    }

    fn address(&self, host: &str) -> String {
        match &self.endpoint {
            Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
            None => format!("https://{host}.{}.amazonaws.com", self.region),
        }
    }

    fn queue(&self, queue: Queue) -> &str {
        self.queues.get(&queue).map(String::as_str).unwrap_or_default()
    }

    /// How many letters a queue holds, about.
    pub(super) async fn count(&self, queue: Queue) -> Result<String, Failed> {
        let asked = json!({ "QueueUrl": self.queue(queue), "AttributeNames": ["ApproximateNumberOfMessages"] });
        let said = self.of_queue("GetQueueAttributes", &asked).await?;
        Ok(said["Attributes"]["ApproximateNumberOfMessages"].as_str().unwrap_or("0").to_owned())
    }

    /// Ten of a queue's letters at most, which stay there for whoever asks next.
    pub(super) async fn peek(&self, queue: Queue) -> Result<Vec<Letter>, Failed> {
        self.hand_out(queue, 0).await
    }

    /// Ten of a queue's letters at most, which nobody else gets for five minutes.
    pub(super) async fn receive(&self, queue: Queue) -> Result<Vec<Letter>, Failed> {
        self.hand_out(queue, HIDDEN_SECONDS).await
    }

    async fn hand_out(&self, queue: Queue, hidden: u32) -> Result<Vec<Letter>, Failed> {
        let asked = json!({
            "QueueUrl": self.queue(queue),
            "MaxNumberOfMessages": 10,
            "VisibilityTimeout": hidden,
            // All of the queue's servers are asked, and not some.
            "WaitTimeSeconds": 1,
            "AttributeNames": ["SentTimestamp"],
            "MessageSystemAttributeNames": ["SentTimestamp"],
        });
        let said = self.of_queue("ReceiveMessage", &asked).await?;
        Ok(said["Messages"].as_array().into_iter().flatten().map(Letter::read).collect())
    }

    /// Deletes a letter that was received.
    pub(super) async fn delete(&self, queue: Queue, letter: &Letter) -> Result<(), Failed> {
        let asked = json!({ "QueueUrl": self.queue(queue), "ReceiptHandle": letter.receipt });
        self.of_queue("DeleteMessage", &asked).await.map(|_| ())
    }

    async fn of_queue(&self, operation: &str, asked: &Value) -> Result<Value, Failed> {
        let (target, address) = (format!("AmazonSQS.{operation}"), format!("{}/", self.address("sqs")));
        let headers = vec![("content-type", "application/x-amz-json-1.0"), ("x-amz-target", &*target)];
        said("SQS", post(&self.sqs, address, headers, asked).await)
    }

    /// Starts a function and waits for it: its answer, or why it failed.
    pub(super) async fn invoke(&self, function: &str, event: &Value) -> Result<Result<Value, String>, Failed> {
        let address = format!("{}/2015-03-31/functions/{function}/invocations", self.address("lambda"));
        let headers = vec![("content-type", "application/json"), ("x-amz-invocation-type", "RequestResponse")];
        let answer = said("Lambda", post(&self.lambda, address, headers, event).await)?;
        // No answer of a function of ours has such a part; a failure that Lambda reports always does.
        match answer["errorMessage"].as_str() {
            Some(why) => Ok(Err(format!("the function failed: {why}"))),
            None => Ok(Ok(answer)),
        }
    }

    /// The changes at a place of a stream; nothing where it does not keep them any more.
    pub(super) async fn changes(&self, place: &Place) -> Result<Option<Vec<Value>>, Failed> {
        let Place { stream, shard, first, last } = place;
        let asked = json!({
            "StreamArn": stream, "ShardId": shard, "ShardIteratorType": "AT_SEQUENCE_NUMBER", "SequenceNumber": first,
        });
        let mut next = match self.of_stream("GetShardIterator", &asked).await {
            Ok(answer) => answer["ShardIterator"].clone(),
            Err(Failed::Refused(_, 400, said)) if is_gone(&said) => return Ok(None),
            Err(failed) => return Err(failed),
        };
        let (mut changes, until) = (vec![], in_order(last));
        for _ in 0..MOST_PAGES {
            let page = match self.of_stream("GetRecords", &json!({ "ShardIterator": next })).await {
                Ok(page) => page,
                Err(Failed::Refused(_, 400, said)) if is_gone(&said) => return Ok(None),
                Err(failed) => return Err(failed),
            };
            for record in page["Records"].as_array().into_iter().flatten() {
                let place = in_order(record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default());
                if place <= until {
                    let mut record = record.clone();
                    record["eventSourceARN"] = json!(stream);
                    changes.push(record);
                }
                if place >= until {
                    return Ok(Some(changes));
                }
            }
            next = page["NextShardIterator"].clone();
            if next.is_null() {
                break;
            }
        }
        // Less than all of it is nothing that could be said to be redriven.
        Ok(None)
    }

    async fn of_stream(&self, operation: &str, asked: &Value) -> Result<Value, Failed> {
        let target = format!("DynamoDBStreams_20120810.{operation}");
        let address = format!("{}/", self.address("streams.dynamodb"));
        let headers = vec![("content-type", "application/x-amz-json-1.0"), ("x-amz-target", &*target)];
        said("DynamoDB Streams", post(&self.streams, address, headers, asked).await)
    }
}

/// What says that a stream does not keep a change any more, or is not there.
fn is_gone(said: &str) -> bool {
    said.contains("TrimmedDataAccessException") || said.contains("ResourceNotFoundException")
}

/// A sequence number, so that a later one is greater: they are numbers, of no fixed length.
fn in_order(number: &str) -> (usize, &str) {
    let number = number.trim_start_matches('0');
    (number.len(), number)
}

async fn post(
    service: &Service,
    address: String,
    headers: Vec<(&'static str, &str)>,
    body: &Value,
) -> Result<Answered, Unanswered> {
    let call = Call { method: http::Method::POST, address, headers, body: body.to_string().into() };
    service.call(&call, PATIENCE, Clock::system().now()).await
}

/// What a service says where it does what it was asked for.
fn said(service: &'static str, answered: Result<Answered, Unanswered>) -> Result<Value, Failed> {
    let Answered { status, body } = answered.map_err(|Unanswered(why)| Failed::Unanswered(service, why))?;
    match status {
        200..300 => Ok(serde_json::from_slice(&body).unwrap_or_default()),
        _ => Err(Failed::Refused(service, status, String::from_utf8_lossy(&body).into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequence_numbers_come_in_their_order_however_long_they_are() {
        assert!(in_order("999") < in_order("1000") && in_order("0007") < in_order("8"));
        assert_eq!(in_order("0042"), in_order("42"));
    }
}
