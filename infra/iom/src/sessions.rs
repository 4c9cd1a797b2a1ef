//! `iom sessions end`: has somebody signed out everywhere, at once.

use std::fmt;
use std::io::{self, Write};

use order_manager::id::PersonId;
use platform::store::{Store, StoreError};

/// Why it was not done.
#[derive(Debug)]
pub enum Failure {
    /// The store is not to be had. Some sessions may have ended.
    Store(StoreError),
    /// What came of it can't be said.
    Unsaid(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "{error}: some sessions may not have ended, try again"),
            Self::Unsaid(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unsaid(error)
    }
}

/// Ends every session that a person is listed with. Nothing keeps them from signing in again: that is for the user pool.
///
/// # Errors
/// Why not all of them ended.
pub async fn end(store: &Store, person: PersonId, out: &mut impl Write) -> Result<(), Failure> {
    let ended = store.end_sessions_of(person, None).await?;
    writeln!(out, "{ended} sessions of {person} ended")?;
    Ok(())
}
