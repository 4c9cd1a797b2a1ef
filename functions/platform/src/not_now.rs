//! Why something that nobody waits for was not done yet.

use std::fmt;

use crate::events::NotPublished;
use crate::mail::MailError;
use crate::page_error::PageError;
use crate::store::StoreError;

/// Why a change or an event was not handled: it comes again.
#[derive(Debug)]
pub enum NotNow {
    /// It is none that the function takes.
    Unreadable(serde_json::Error),
    /// The store failed.
    Store(StoreError),
    /// There is no catalogue to go by.
    Catalogue(PageError),
    /// The bus did not take what was published.
    Bus(NotPublished),
    /// A message was not taken.
    Mail(MailError),
    /// Somebody else's system did not take it, and why, in words.
    Elsewhere(String),
}

impl fmt::Display for NotNow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "the event is none of ours: {error}"),
            Self::Store(error) => error.fmt(f),
            Self::Catalogue(error) => write!(f, "no catalogue: {error:?}"),
            Self::Bus(error) => error.fmt(f),
            Self::Mail(error) => write!(f, "not sent: {error:?}"),
            Self::Elsewhere(why) => write!(f, "another system did not take it: {why}"),
        }
    }
}

impl std::error::Error for NotNow {}

impl From<StoreError> for NotNow {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
