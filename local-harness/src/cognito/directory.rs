//! The users of a pool, found by what they are called.

use super::{error::CognitoError, user::User};

/// The users.
#[derive(Debug, Default)]
pub(super) struct Directory(Vec<User>);

impl Directory {
    /// Adds a user, unless the name is taken, or the e-mail that they sign in by.
    pub(super) fn add(&mut self, user: User) -> Result<&User, CognitoError> {
        let same_address = |other: &User| user.password.is_some() && is_at(other, user.email());
        if self.0.iter().any(|other| other.username == user.username || same_address(other)) {
            return Err(CognitoError::UsernameExists);
        }
        self.0.push(user);
        self.0.last().ok_or(CognitoError::UserNotFound)
    }

    pub(super) fn find(&self, name: &str) -> Result<&User, CognitoError> {
        self.0.iter().find(|user| is_called(user, name)).ok_or(CognitoError::UserNotFound)
    }

    pub(super) fn find_mut(&mut self, name: &str) -> Result<&mut User, CognitoError> {
        self.0.iter_mut().find(|user| is_called(user, name)).ok_or(CognitoError::UserNotFound)
    }
}

/// A subject or user name is as it is; an e-mail address has no regard to case, as the pool is set up.
fn is_called(user: &User, name: &str) -> bool {
    user.sub == name || user.username == name || is_at(user, name)
}

/// Only those who sign in by it are found by an address: who comes from another provider keeps theirs to themselves.
fn is_at(user: &User, address: &str) -> bool {
    user.password.is_some() && user.email().eq_ignore_ascii_case(address)
}
