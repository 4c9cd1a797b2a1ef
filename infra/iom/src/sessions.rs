//! `iom sessions end`: has somebody signed out everywhere, at once.

use std::io::{self, Write};

use order_manager::id::PersonId;
use platform::store::{Store, StoreError};
use thiserror::Error;

/// Why it was not done.
#[derive(Debug, Error)]
pub enum Failure {
    /// The store is not to be had. Some sessions may have ended.
    #[error("{0}: some sessions may not have ended, try again")]
    Store(#[from] StoreError),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
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
