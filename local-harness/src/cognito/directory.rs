//! The users of a pool.

use jiff::Timestamp;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::error::CognitoError;

/// How far a user has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// May sign in.
    Confirmed,
    /// Made by an administrator, and must choose a password of their own.
    ForceChangePassword,
}

/// A user.
#[derive(Clone, Debug)]
pub(super) struct User {
    /// Subject; in a pool where people sign in by e-mail, the user name too.
    pub(super) sub: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    /// Full name, when there is one.
    pub(super) name: Option<String>,
    pub(super) password: String,
    pub(super) status: Status,
    pub(super) enabled: bool,
    pub(super) created: Timestamp,
    pub(super) changed: Timestamp,
}

impl User {
    /// What Cognito tells about a user, with the attributes under `attributes`.
    pub(super) fn describe(&self, attributes: &str) -> Value {
        let mut pairs = vec![
            ("sub", self.sub.as_str()),
            ("email", &self.email),
            ("email_verified", if self.email_verified { "true" } else { "false" }),
        ];
        pairs.extend(self.name.as_deref().map(|name| ("name", name)));
        let pairs = pairs.into_iter().map(|(name, value)| json!({ "Name": name, "Value": value }));
        json!({
            "Username": self.sub,
            attributes: pairs.collect::<Vec<_>>(),
            "UserCreateDate": self.created.as_second(),
            "UserLastModifiedDate": self.changed.as_second(),
            "Enabled": self.enabled,
            "UserStatus": match self.status {
                Status::Confirmed => "CONFIRMED",
                Status::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            },
        })
    }
}

/// The users, found by subject or e-mail.
#[derive(Debug, Default)]
pub(super) struct Directory(Vec<User>);

impl Directory {
    /// Adds a user, unless the e-mail is taken.
    pub(super) fn add(&mut self, user: User) -> Result<&User, CognitoError> {
        match self.find(&user.email) {
            Ok(_) => Err(CognitoError::UsernameExists),
            Err(_) => {
                self.0.push(user);
                self.0.last().ok_or(CognitoError::UserNotFound)
            }
        }
    }

    pub(super) fn find(&self, name: &str) -> Result<&User, CognitoError> {
        self.0.iter().find(|user| is_called(user, name)).ok_or(CognitoError::UserNotFound)
    }

    pub(super) fn find_mut(&mut self, name: &str) -> Result<&mut User, CognitoError> {
        self.0.iter_mut().find(|user| is_called(user, name)).ok_or(CognitoError::UserNotFound)
    }

    /// The user whose name and password these are. A user who does not exist takes as long as a wrong password.
    pub(super) fn authenticate(&self, name: &str, password: &str) -> Result<&User, CognitoError> {
        let user = self.find(name);
        let expected = user.as_ref().map_or("nobody has this password", |user| user.password.as_str());
        let same: bool = expected.as_bytes().ct_eq(password.as_bytes()).into();
        let user = user?;
        if !same {
            Err(super::error::WRONG)
        } else if !user.enabled {
            Err(CognitoError::NotAuthorized("User is disabled."))
        } else {
            Ok(user)
        }
    }
}

/// User names are e-mail addresses without regard to case, as the pool is set up.
fn is_called(user: &User, name: &str) -> bool {
    user.sub == name || user.email.eq_ignore_ascii_case(name)
}
