//! A dead letter: which function was started in vain, and with what.
//!
//! Sources: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations" and "Retaining discarded batch records
//! for a DynamoDB event source".

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde_json::Value;

/// A queue of dead letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Queue {
    /// Events that customers could not be told of.
    Notify,
    /// Events that partners' listeners did not take.
    Deliver,
    /// Changes of orders that the provisioning systems could not be told of.
    Provision,
    /// Changes of projects whose rows could not be ordered.
    BulkLoad,
    /// Changes of orders that could not be published.
    Publish,
}

impl Queue {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Notify, Self::Deliver, Self::Provision, Self::BulkLoad, Self::Publish];

    /// The stack's output that says where it is.
    #[must_use]
    pub const fn output(self) -> &'static str {
        match self {
            Self::Notify => "NotifyLetters",
            Self::Deliver => "DeliverLetters",
            Self::Provision => "ProvisionLetters",
            Self::BulkLoad => "BulkLoadLetters",
            Self::Publish => "PublishLetters",
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.output())
    }
}

impl FromStr for Queue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::output).join(", ");
        Self::ALL.into_iter().find(|queue| queue.output() == text).ok_or(format!("it has to be one of {names}"))
    }
}

/// A dead letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// By which it is deleted, once it was received.
    pub(super) receipt: String,
    /// When it was put there.
    pub(super) sent: Option<Timestamp>,
    /// The function, by its name.
    pub(super) function: String,
    /// What that was started with.
    pub(super) what: What,
}

/// What a function was started with.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// An event, whole.
    Event(Value),
    /// Changes in a table's stream, by their place there.
    Changes(Place),
    /// Something that Lambda did not write.
    Unknown,
}

/// A place in a stream: everything from one change to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(super) stream: String,
    pub(super) shard: String,
    pub(super) first: String,
    pub(super) last: String,
}

impl Letter {
    /// Reads a message as SQS hands it out.
    #[must_use]
    pub(super) fn read(message: &Value) -> Self {
        let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
        let body: Value = serde_json::from_str(&text("Body")).unwrap_or_default();
        let milliseconds = message["Attributes"]["SentTimestamp"].as_str().and_then(|text| text.parse().ok());
        // arn:aws:lambda:REGION:ACCOUNT:function:NAME, and its version after that.
        let function = body["requestContext"]["functionArn"].as_str().and_then(|arn| arn.split(':').nth(6));
        Self {
            receipt: text("ReceiptHandle"),
            sent: milliseconds.and_then(|at| Timestamp::from_millisecond(at).ok()),
            function: function.unwrap_or_default().to_owned(),
            what: if function.is_some() { What::read(&body) } else { What::Unknown },
        }
    }
}

impl What {
    fn read(body: &Value) -> Self {
        if body["requestPayload"].is_object() {
            return Self::Event(body["requestPayload"].clone());
        }
        let place = |name: &str| body["DDBStreamBatchInfo"][name].as_str().map(str::to_owned);
        match (place("streamArn"), place("shardId"), place("startSequenceNumber"), place("endSequenceNumber")) {
            (Some(stream), Some(shard), Some(first), Some(last)) => Self::Changes(Place { stream, shard, first, last }),
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sent {
            Some(sent) => write!(f, "{sent:.0} {} ", self.function)?,
            None => write!(f, "{} ", self.function)?,
        }
        match &self.what {
            What::Event(event) => {
                let order = event["detail"]["event"].as_object().and_then(|event| event.values().next());
                let order = order.and_then(|order| order["id"].as_str()).unwrap_or("something else than an order");
                write!(f, "{} of {order}", event["detail-type"].as_str().unwrap_or("an event"))
            }
            What::Changes(Place { first, last, .. }) => write!(f, "changes {first} to {last} of its stream"),
            What::Unknown => f.write_str("what Lambda did not write"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(body: &Value) -> Value {
        json!({
            "ReceiptHandle": "r", "Body": body.to_string(),
            "Attributes": { "SentTimestamp": "1700000000000" },
        })
    }

    #[test]
    fn an_event_is_read_with_the_function_that_did_not_take_it() {
        let event =
            json!({ "detail-type": "ProductOrderCreateEvent", "detail": { "event": { "productOrder": { "id": "o-1" } } } });
        let letter = Letter::read(&message(&json!({
            "version": "1.0",
            "requestContext": {
                "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:the-notify:$LATEST",
                "condition": "RetriesExhausted", "approximateInvokeCount": 3,
            },
            "requestPayload": event,
            "responsePayload": { "errorMessage": "not now" },
        })));
        assert_eq!((&*letter.function, &letter.what), ("the-notify", &What::Event(event)));
        assert_eq!(letter.to_string(), "2023-11-14T22:13:20Z the-notify ProductOrderCreateEvent of o-1");
    }

    #[test]
    fn changes_are_read_by_their_place_and_what_lambda_did_not_write_is_known_as_such() {
        let letter = Letter::read(&message(&json!({
            "requestContext": { "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:the-publish" },
            "DDBStreamBatchInfo": {
                "shardId": "shard", "startSequenceNumber": "7", "endSequenceNumber": "9", "batchSize": 2, "streamArn": "arn",
            },
        })));
        let (stream, shard) = ("arn".to_owned(), "shard".to_owned());
        let place = Place { stream, shard, first: "7".to_owned(), last: "9".to_owned() };
        assert_eq!((&*letter.function, letter.what), ("the-publish", What::Changes(place)));
        for other in [json!("text"), json!({ "requestPayload": {} }), json!({ "requestContext": { "functionArn": "a:b" } })] {
            assert_eq!(Letter::read(&message(&other)).what, What::Unknown, "{other}");
        }
    }

    #[test]
    fn a_queue_goes_by_the_name_of_its_output() {
        for queue in Queue::ALL {
            assert_eq!(queue.to_string().parse(), Ok(queue));
        }
        assert!("Letters".parse::<Queue>().is_err());
    }
}
