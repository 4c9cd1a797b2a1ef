//! The one place where identifiers are made.

use jiff::Timestamp;
use uuid::{Builder, Uuid};

use crate::page_error::PageError;

/// A new identifier that sorts by time (UUID version 7, RFC 9562).
///
/// # Errors
/// When the system gives no random numbers.
pub fn by_time(now: Timestamp) -> Result<Uuid, PageError> {
    let mut random = [0_u8; 10];
    getrandom::fill(&mut random).map_err(|_| PageError::Broken("no random numbers"))?;
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Ok(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
