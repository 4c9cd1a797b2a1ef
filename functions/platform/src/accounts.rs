//! Accounts that are opened here: their numbers.

use crate::{App, PageError, mint};

impl App {
    /// An account number that is nobody's yet, grouped as no telephone number is, so that the two are told apart where either can
    /// be typed.
    ///
    /// # Errors
    /// When the store is not to be had, or the system gives no random numbers.
    pub async fn new_account_number(&self) -> Result<Box<str>, PageError> {
        loop {
            let digits = mint::digits(10)?;
            let number = format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..]);
            if self.store.customer_of_account(&number).await?.is_none() {
                return Ok(number.into());
            }
        }
    }
}
