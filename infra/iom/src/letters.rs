//! `iom letters list` and `redrive`: what functions were started with in vain, and starting them with it again.

mod letter;
mod services;

use std::io::{self, Write};

use platform::store::{Store, StoreError};
use serde_json::{Value, json};
use thiserror::Error;

pub use letter::{Letter, Queue, What};
pub use services::{Failed, Services};

/// How many orders `provision` looks at in one call: each may wait for a system that does not answer, for some seconds.
const ORDERS_A_CALL: usize = 5;

/// Why it was not done, or not to its end.
#[derive(Debug, Error)]
pub enum Failure {
    /// A service of AWS's is not to be had, or refuses.
    #[error("{0}: what was not said to be redriven is in its queue, run it again")]
    Service(#[from] Failed),
    /// The store is not to be had.
    #[error("{0}: nothing of this queue was redriven, run it again")]
    Store(#[from] StoreError),
    /// So many letters were tried in vain once more. They are in their queues.
    #[error("{0} letters stay in their queues; they can be redriven again in five minutes")]
    Left(usize),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

/// Lists how many letters each queue holds, and what the first of them are: since when, the function, and what it was started with.
///
/// # Errors
/// When a queue is not to be had.
pub async fn list(services: &Services, out: &mut impl Write) -> Result<(), Failure> {
    for queue in Queue::ALL {
        writeln!(out, "{queue}: {}", services.count(queue).await?)?;
        for letter in services.peek(queue).await? {
            writeln!(out, "  {letter}")?;
        }
    }
    Ok(())
}

/// Starts functions again with what is in these queues. What they take now is deleted there; what they don't stays.
///
/// # Errors
/// [`Failure`]; whatever was done is done.
pub async fn redrive(services: &Services, store: &Store, queues: &[Queue], out: &mut impl Write) -> Result<(), Failure> {
    let mut left = 0;
    for queue in queues {
        left += match queue {
            Queue::Provision => look_again(services, store, out).await?,
            _ => one_by_one(services, *queue, out).await?,
        };
    }
    if left == 0 { Ok(()) } else { Err(Failure::Left(left)) }
}

/// Starts a function with each letter of a queue; how many stay.
async fn one_by_one(services: &Services, queue: Queue, out: &mut impl Write) -> Result<usize, Failure> {
    let mut left = 0;
    loop {
        let letters = services.receive(queue).await?;
        if letters.is_empty() {
            return Ok(left);
        }
        for letter in letters {
            match tried(services, &letter).await? {
                Ok(()) => {
                    services.delete(queue, &letter).await?;
                    writeln!(out, "{queue}: redriven: {letter}")?;
                }
                Err(why) => {
                    left += 1;
                    writeln!(out, "{queue}: stays, {why}: {letter}")?;
                }
            }
        }
    }
}

/// Starts a function with what a letter says; why it does not take it.
async fn tried(services: &Services, letter: &Letter) -> Result<Result<(), String>, Failed> {
    let event = match &letter.what {
        What::Event(event) => event.clone(),
        What::Changes(place) => match services.changes(place).await? {
            Some(changes) => json!({ "Records": changes }),
            None => return Ok(Err("its changes are not in the stream any more, see infra/README.md".to_owned())),
        },
        What::Unknown => return Ok(Err("it is no letter of a function's".to_owned())),
    };
    Ok(services.invoke(&letter.function, &event).await?.and_then(|answer| whole(&answer)))
}

/// Whether a function took all of what it was started with: one that a stream starts says what it did not take.
fn whole(answer: &Value) -> Result<(), String> {
    let named = ["batchItemFailures", "failed"].iter().find_map(|name| answer[*name].as_array().filter(|list| !list.is_empty()));
    named.map_or(Ok(()), |failures| Err(format!("not taken: {}", json!(failures))))
}

/// Has `provision` look at every order that is on its way. Which of them its letters are about is not said there, and nothing is told
/// twice for being looked at.
async fn look_again(services: &Services, store: &Store, out: &mut impl Write) -> Result<usize, Failure> {
    let queue = Queue::Provision;
    let mut letters = vec![];
    loop {
        let more = services.receive(queue).await?;
        if more.is_empty() {
            break;
        }
        letters.extend(more);
    }
    let Some(Letter { function, .. }) = letters.first() else { return Ok(0) };
    let orders = on_their_way(store).await?;
    let mut is_done = true;
    for some in orders.chunks(ORDERS_A_CALL) {
        if let Err(why) = services.invoke(function, &json!({ "orders": some })).await?.and_then(|answer| whole(&answer)) {
            is_done = false;
            writeln!(out, "{queue}: {why}")?;
        }
    }
    writeln!(out, "{queue}: {} orders were looked at again", orders.len())?;
    if !is_done {
        return Ok(letters.len());
    }
    for letter in &letters {
        services.delete(queue, letter).await?;
        writeln!(out, "{queue}: redriven: {letter}")?;
    }
    Ok(0)
}

/// The orders that were placed and have not come to their end.
async fn on_their_way(store: &Store) -> Result<Vec<String>, StoreError> {
    let (mut orders, mut before) = (vec![], None);
    loop {
        let page = store.queue(before).await?;
        orders.extend(
            page.entries.into_iter().filter(|entry| entry.order.placed.is_some()).map(|entry| entry.order.id.to_string()),
        );
        before = page.next;
        if before.is_none() {
            return Ok(orders);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_function_took_whole_is_taken() {
        for taken in [json!({ "told": 1 }), json!({ "batchItemFailures": [] }), json!({ "failed": [] }), Value::Null] {
            assert_eq!(whole(&taken), Ok(()), "{taken}");
        }
        for not in [json!({ "batchItemFailures": [{ "itemIdentifier": "7" }] }), json!({ "failed": [{ "order": "1" }] })] {
            assert!(whole(&not).is_err(), "{not}");
        }
    }
}
