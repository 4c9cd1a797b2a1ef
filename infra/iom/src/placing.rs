//! `iom placing close` and `open`: for a while no orders are placed, and people are told why. Everything else goes on.

use std::io::{self, Write};
use std::str::FromStr;

use jiff::Timestamp;
use platform::store::{Closed, Store, StoreError};
use thiserror::Error;

/// The most characters of a message: it travels with every request.
const MOST_CHARACTERS: usize = 300;

/// What people are told: one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(Box<str>);

impl FromStr for Message {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err("say what people are told: until when, and what to do meanwhile".to_owned()),
            length if length > MOST_CHARACTERS => Err(format!("{length} characters: {MOST_CHARACTERS} at most")),
            _ if text.chars().any(char::is_control) => Err("it has a character that can't be shown: one line of text".to_owned()),
            _ => Ok(Self(text.into())),
        }
    }
}

/// Why it was not done.
#[derive(Debug, Error)]
pub enum Failure {
    /// Somebody else was first.
    #[error("somebody else has published a catalogue, or opened or closed placing, meanwhile: try again")]
    Meanwhile,
    /// The store is not to be had.
    #[error(transparent)]
    Store(StoreError),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Meanwhile,
            error => Self::Store(error),
        }
    }
}

/// Has no orders placed from now on. Closed already, it gets the new message.
///
/// # Errors
/// Why it was not closed.
pub async fn close(store: &Store, message: Message, now: Timestamp, out: &mut impl Write) -> Result<(), Failure> {
    let head = store.publications().await?.head;
    let since = head.closed().map_or(now, |closed| closed.since);
    let closed = Closed { message: message.0, since };
    store.set_placing(Some(closed.clone()), &head).await?;
    writeln!(out, "no orders are placed since {since:.0}; people are told: {}", closed.message)?;
    Ok(())
}

/// Has orders placed again.
///
/// # Errors
/// Why it was not opened.
pub async fn open(store: &Store, out: &mut impl Write) -> Result<(), Failure> {
    let head = store.publications().await?.head;
    match head.closed() {
        None => writeln!(out, "orders are placed already: nothing is left to do")?,
        Some(closed) => {
            store.set_placing(None, &head).await?;
            writeln!(out, "orders are placed again; they were not since {:.0}", closed.since)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_that_says_something() {
        assert_eq!("  Back at noon.\n".parse(), Ok(Message("Back at noon.".into())));
        for text in ["", " \n", "one\ntwo", &"x".repeat(MOST_CHARACTERS + 1)] {
            assert!(text.parse::<Message>().is_err(), "{text:?}");
        }
    }
}
