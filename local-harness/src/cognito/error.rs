//! What Cognito refuses, in its own names and words.

use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CognitoError {
    /// Who asks is not who they say, or may not.
    NotAuthorized(&'static str),
    /// An administrator asked about nobody.
    UserNotFound,
    /// The name is taken.
    UsernameExists,
    /// A new password is none.
    InvalidPassword,
    /// There is no such pool or client.
    ResourceNotFound(String),
    /// The call makes no sense.
    InvalidParameter(String),
    /// What was to be revoked is no refresh token.
    UnsupportedTokenType,
    /// The stand-in does not have this call.
    UnknownOperation(String),
}

/// What a wrong password and an unknown user get alike.
pub(super) const WRONG: CognitoError = CognitoError::NotAuthorized("Incorrect username or password.");

impl CognitoError {
    /// The error's name in the protocol.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::NotAuthorized(_) => "NotAuthorizedException",
            Self::UserNotFound => "UserNotFoundException",
            Self::UsernameExists => "UsernameExistsException",
            Self::InvalidPassword => "InvalidPasswordException",
            Self::ResourceNotFound(_) => "ResourceNotFoundException",
            Self::InvalidParameter(_) => "InvalidParameterException",
            Self::UnsupportedTokenType => "UnsupportedTokenTypeException",
            Self::UnknownOperation(_) => "UnknownOperationException",
        }
    }

    /// The error's document.
    pub(super) fn document(&self) -> Value {
        let message = match self {
            Self::NotAuthorized(message) => (*message).to_owned(),
            Self::UserNotFound => "User does not exist.".to_owned(),
            Self::UsernameExists => "User account already exists".to_owned(),
            Self::InvalidPassword => "Password did not conform with policy: Password not long enough".to_owned(),
            Self::ResourceNotFound(message) | Self::InvalidParameter(message) => message.clone(),
            Self::UnsupportedTokenType => "Unsupported token type".to_owned(),
            Self::UnknownOperation(name) => format!("the local harness's user pool does not know the operation {name}"),
        };
        json!({ "__type": self.name(), "message": message })
    }
}
