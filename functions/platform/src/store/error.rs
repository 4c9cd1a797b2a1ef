//! What can go wrong between the store and a function.

use std::error::Error;
use std::fmt;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use order_manager::inventory::Resource;

/// Why the store did not do what it was asked. Nothing of what was to be saved has been saved.
///
/// The texts are for the log: they name tables, keys and error codes, never what a row holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else has saved or removed it since it was read.
    Conflict,
    /// Somebody else has taken this number or appointment.
    Taken(Resource),
    /// What prices the order under its agreement is not what it was when the order was read.
    RatesChanged,
    /// The order is larger than an order may be.
    TooLarge,
    /// The database could not be reached, is too busy, or refused.
    Unavailable(String),
    /// A row is not what this version of the software writes or can read.
    Corrupt(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("changed by somebody else since it was read"),
            Self::Taken(Resource::Number { rate_centre, number }) => {
                write!(f, "number {} of {rate_centre} is taken", number.digits())
            }
            Self::Taken(Resource::Slot(slot)) => write!(f, "appointment {} in {} is taken", slot.choice(), slot.area),
            Self::RatesChanged => f.write_str("the agreement changed since the order was priced by it"),
            Self::TooLarge => f.write_str("larger than an order may be"),
            Self::Unavailable(why) => write!(f, "the store is unavailable: {why}"),
            Self::Corrupt(what) => write!(f, "a stored row can't be read: {what}"),
        }
    }
}

impl Error for StoreError {}

impl<E, R> From<SdkError<E, R>> for StoreError
where
    E: Error + ProvideErrorMetadata + 'static,
    R: fmt::Debug + 'static,
{
    /// A failure that no caller has looked into: the database is not to be had. Only the error's code and message are kept;
    /// its debug form may carry the row that a condition failed on.
    fn from(error: SdkError<E, R>) -> Self {
        if let Some(refused) = error.as_service_error() {
            let code = refused.code().unwrap_or("an error without a code");
            return Self::Unavailable(format!("{code}: {}", refused.message().unwrap_or_default()));
        }
        let mut why = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            why.push_str(": ");
            why.push_str(&error.to_string());
            cause = error.source();
        }
        Self::Unavailable(why)
    }
}
