//! The one place where identifiers are made.

use jiff::Timestamp;
use order_manager::address::GeographicAddress;
use order_manager::id::{CustomerId, SiteId};
use sha2::{Digest, Sha256};
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

/// Digits that nobody can guess: a code to be typed, or a number that is nobody's yet.
///
/// # Errors
/// When the system gives no random numbers.
pub fn digits(count: usize) -> Result<String, PageError> {
    let mut digits = String::with_capacity(count);
    while digits.len() < count {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte).map_err(|_| PageError::Broken("no random numbers"))?;
        // 250 and more would make some digits likelier than others.
        if byte[0] < 250 {
            digits.push(char::from(b'0' + byte[0] % 10));
        }
    }
    Ok(digits)
}

/// The identifier of some content on some occasion (UUID version 8, RFC 9562): the same of the same, so that what is sent twice is
/// one thing, and nothing that could be guessed.
#[must_use]
pub fn of_content(occasion: &str, content: &[u8]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(u64::try_from(occasion.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(occasion.as_bytes());
    hash.update(content);
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The identifier of a place that is new to a customer: the same address is the same place, whoever names it, and however often.
#[must_use]
pub fn site(customer: CustomerId, address: &GeographicAddress) -> SiteId {
    SiteId::new(of_content("site of a customer", format!("{customer}\n{}", address.place_key()).as_bytes()))
}
