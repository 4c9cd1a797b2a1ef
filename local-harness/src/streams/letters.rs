//! Dead letters: what functions would not take, as the queue of a mapping's `OnFailure` gets it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// A batch that was tried in vain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeadLetter {
    /// The queue; none where the template names none, and Lambda would drop the batch.
    pub queue: Option<String>,
    /// The function that would not take it.
    pub function: String,
    /// When it was given up.
    pub at: Timestamp,
    /// The message, as Lambda writes it: where in the stream the batch is, not the batch.
    pub message: Value,
    /// The batch, which only the harness shows.
    pub records: Vec<Value>,
}

/// All dead letters, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct DeadLetters(Arc<Mutex<Vec<DeadLetter>>>);

impl DeadLetters {
    /// Puts one with the others.
    pub(crate) fn add(&self, letter: DeadLetter) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<DeadLetter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
