//! What Cognito refuses, in its own names and words.

use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CognitoError {
    /// Who asks is not who they say, or may not.
    NotAuthorized(&'static str),
    /// An administrator asked about nobody.
    UserNotFound,
    /// A client that does not hide unknown users asked about nobody.
    ClientUserNotFound,
    /// Who signs in has not confirmed their address.
    UserNotConfirmed,
    /// An administrator made a user whose name is taken.
    UsernameExists,
    /// Somebody signed up with an address that is taken, or changed theirs to one.
    AddressTaken(Taken),
    /// A new password is none; with the fewest characters it must have.
    InvalidPassword(usize),
    /// A code is wrong.
    CodeMismatch(CodeOf),
    /// There is no code, or not any more.
    ExpiredCode,
    /// The first code of a new authenticator is wrong, or there is none that waits for it.
    EnableSoftwareToken(&'static str),
    /// Too many codes were asked for.
    LimitExceeded,
    /// Too many codes were wrong.
    TooManyFailedAttempts,
    /// There is no such pool or client.
    ResourceNotFound(String),
    /// The call makes no sense.
    InvalidParameter(String),
    /// What was to be revoked is no refresh token.
    UnsupportedTokenType,
    /// The stand-in does not have this call.
    UnknownOperation(String),
}

/// What an address was wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    SigningUp,
    Changing,
}

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeOf {
    Mail,
    Authenticator,
}

/// What a wrong password and an unknown user get alike.
pub(super) const WRONG: CognitoError = CognitoError::NotAuthorized("Incorrect username or password.");

impl CognitoError {
    /// The error's name in the protocol.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::NotAuthorized(_) => "NotAuthorizedException",
            Self::UserNotFound | Self::ClientUserNotFound => "UserNotFoundException",
            Self::UserNotConfirmed => "UserNotConfirmedException",
            Self::UsernameExists | Self::AddressTaken(Taken::SigningUp) => "UsernameExistsException",
            Self::AddressTaken(Taken::Changing) => "AliasExistsException",
            Self::InvalidPassword(_) => "InvalidPasswordException",
            Self::CodeMismatch(_) => "CodeMismatchException",
            Self::ExpiredCode => "ExpiredCodeException",
            Self::EnableSoftwareToken(_) => "EnableSoftwareTokenMFAException",
            Self::LimitExceeded => "LimitExceededException",
            Self::TooManyFailedAttempts => "TooManyFailedAttemptsException",
            Self::ResourceNotFound(_) => "ResourceNotFoundException",
            Self::InvalidParameter(_) => "InvalidParameterException",
            Self::UnsupportedTokenType => "UnsupportedTokenTypeException",
            Self::UnknownOperation(_) => "UnknownOperationException",
        }
    }

    fn message(&self) -> String {
        let fixed = match self {
            Self::InvalidPassword(length) => {
                return format!(
                    "Password did not conform with policy: Password must have length greater than or equal to {length}"
                );
            }
            Self::ResourceNotFound(message) | Self::InvalidParameter(message) => return message.clone(),
            Self::UnknownOperation(name) => {
                return format!("the local harness's user pool does not know the operation {name}");
            }
            Self::NotAuthorized(message) | Self::EnableSoftwareToken(message) => message,
            Self::UserNotFound => "User does not exist.",
            Self::ClientUserNotFound => "Username/client id combination not found.",
            Self::UserNotConfirmed => "User is not confirmed.",
            Self::UsernameExists => "User account already exists",
            Self::AddressTaken(_) => "An account with the given email already exists.",
            Self::CodeMismatch(CodeOf::Mail) => "Invalid verification code provided, please try again.",
            Self::CodeMismatch(CodeOf::Authenticator) => "Invalid code received for user",
            Self::ExpiredCode => "Invalid code provided, please request a code again.",
            Self::LimitExceeded | Self::TooManyFailedAttempts => "Attempt limit exceeded, please try after some time.",
            Self::UnsupportedTokenType => "Unsupported token type",
        };
        fixed.to_owned()
    }

    /// The error's document.
    pub(super) fn document(&self) -> Value {
        json!({ "__type": self.name(), "message": self.message() })
    }
}
