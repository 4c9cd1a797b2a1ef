//! Which attributes there are, and who may write them.

use super::error::CognitoError;
use crate::template::{UserPoolClientSpec, UserPoolSpec, is_standard};

impl UserPoolSpec {
    /// Refuses an attribute that the pool does not have.
    pub(super) fn must_know(&self, name: &str) -> Result<(), CognitoError> {
        if is_standard(name) || self.custom_attributes.iter().any(|custom| custom == name) {
            return Ok(());
        }
        Err(CognitoError::InvalidParameter(format!("user.{name}: Attribute does not exist in the schema.")))
    }
}

impl UserPoolClientSpec {
    /// Refuses an attribute that the client may not write.
    pub(super) fn must_write(&self, name: &str) -> Result<(), CognitoError> {
        if self.writes(name) {
            return Ok(());
        }
        Err(CognitoError::NotAuthorized("A client attempted to write unauthorized attribute"))
    }
}
