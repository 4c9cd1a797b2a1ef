//! A user of a pool.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::{
    error::{CodeOf, CognitoError},
    limits::Purpose,
    totp::{Authenticator, Secret},
};
use crate::Persona;

/// How far a user has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Has signed up, and not confirmed the address yet.
    Unconfirmed,
    /// May sign in.
    Confirmed,
    /// Made by an administrator, and must choose a password of their own.
    ForceChangePassword,
    /// Known from another identity provider, which alone knows their password.
    ExternalProvider,
}

/// A user.
#[derive(Clone, Debug)]
pub(super) struct User {
    /// Subject.
    pub(super) sub: String,
    /// The subject again in a pool where people sign in by e-mail; the provider's name and theirs there, for who comes from one.
    pub(super) username: String,
    /// Attributes but the subject, by name; booleans as `true` and `false`.
    pub(super) attributes: BTreeMap<String, String>,
    /// What only the user knows; who comes from another provider has none here.
    pub(super) password: Option<String>,
    /// When the password was set, which counts for one that somebody else chose.
    pub(super) password_set: Timestamp,
    pub(super) status: Status,
    pub(super) enabled: bool,
    pub(super) factor: Factor,
    /// Codes that were sent and not used.
    pub(super) codes: BTreeMap<Purpose, Code>,
    pub(super) created: Timestamp,
    pub(super) changed: Timestamp,
}

/// The authenticator of a user.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    /// A secret that was given out and has not been shown to be known.
    pub(super) waiting: Option<Secret>,
    /// The one that counts.
    pub(super) authenticator: Option<Authenticator>,
    pub(super) asked: Asked,
}

/// Whether signing in asks for the authenticator's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asked {
    #[default]
    Never,
    /// It does, as it is the only factor.
    Always,
    /// It does, and the user prefers it.
    Preferred,
}

/// A code that was sent.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) digits: String,
    pub(super) expires: Timestamp,
    /// The address that it confirms, when the user has another one until then.
    pub(super) address: Option<String>,
}

impl User {
    /// Somebody new, whose name is their e-mail.
    pub(super) fn new(sub: String, email: &str, password: String, status: Status, now: Timestamp) -> Self {
        Self {
            username: sub.clone(),
            sub,
            attributes: BTreeMap::from([("email".to_owned(), email.to_owned())]),
            password: Some(password),
            password_set: now,
            status,
            enabled: true,
            factor: Factor::default(),
            codes: BTreeMap::new(),
            created: now,
            changed: now,
        }
    }

    /// A persona, who may sign in at once.
    pub(super) fn of(persona: &Persona, now: Timestamp) -> Self {
        let mut user = Self::new(persona.sub.to_string(), persona.email, persona.password.to_owned(), Status::Confirmed, now);
        user.set("email_verified", "true");
        user.set("name", persona.name);
        if let Some(secret) = persona.totp_secret.and_then(Secret::read) {
            user.factor = Factor { waiting: None, authenticator: Some(Authenticator::of(secret)), asked: Asked::Preferred };
        }
        user
    }

    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The address; who comes from a provider that says none has an empty one.
    pub(super) fn email(&self) -> &str {
        self.attribute("email").unwrap_or_default()
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.attributes.insert(name.to_owned(), value.to_owned());
    }

    /// Whether the password is all that it takes.
    pub(super) fn may_sign_in(&self) -> bool {
        self.enabled && self.status == Status::Confirmed
    }

    /// Whether this is the password; takes as long for every one of the same length.
    pub(super) fn knows(&self, password: &str) -> bool {
        self.password.as_ref().is_some_and(|own| own.as_bytes().ct_eq(password.as_bytes()).into())
    }

    /// Gives the user a password.
    pub(super) fn set_password(&mut self, password: String, status: Status, now: Timestamp) {
        self.password = Some(password);
        self.password_set = now;
        self.status = status;
        self.changed = now;
    }

    /// Checks a code that was sent; the code stays, for what it allows may yet be refused.
    pub(super) fn check_code(&self, purpose: &Purpose, digits: &str, now: Timestamp) -> Result<&Code, CognitoError> {
        let code = self.codes.get(purpose).filter(|code| now < code.expires).ok_or(CognitoError::ExpiredCode)?;
        let same: bool = code.digits.as_bytes().ct_eq(digits.as_bytes()).into();
        if same { Ok(code) } else { Err(CognitoError::CodeMismatch(CodeOf::Mail)) }
    }

    /// Whether a first password is too old to be used, given how long such passwords last.
    pub(super) fn waited_too_long(&self, lasts: SignedDuration, now: Timestamp) -> bool {
        self.status == Status::ForceChangePassword && now.duration_since(self.password_set) > lasts
    }

    /// What Cognito tells about a user, with the attributes under `attributes`.
    pub(super) fn describe(&self, attributes: &str) -> Value {
        json!({
            "Username": self.username,
            attributes: self.attribute_list(None),
            "UserCreateDate": self.created.as_second(),
            "UserLastModifiedDate": self.changed.as_second(),
            "Enabled": self.enabled,
            "UserStatus": match self.status {
                Status::Unconfirmed => "UNCONFIRMED",
                Status::Confirmed => "CONFIRMED",
                Status::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
                Status::ExternalProvider => "EXTERNAL_PROVIDER",
            },
        })
    }

    /// The attributes as Cognito lists them; only those of these names, when there is a choice.
    pub(super) fn attribute_list(&self, only: Option<&[String]>) -> Value {
        let seen = |name: &String| only.is_none_or(|only| only.contains(name));
        let own = self.attributes.iter().filter(|(name, _)| seen(name));
        let all = [("sub", &self.sub)].into_iter().chain(own.map(|(name, value)| (name.as_str(), value)));
        all.map(|(name, value)| json!({ "Name": name, "Value": value })).collect()
    }

    /// Which factors signing in asks for, as Cognito tells it, added to a description.
    pub(super) fn describe_factor(&self, mut description: Value) -> Value {
        if self.factor.asked != Asked::Never {
            description["UserMFASettingList"] = json!(["SOFTWARE_TOKEN_MFA"]);
        }
        if self.factor.asked == Asked::Preferred {
            description["PreferredMfaSetting"] = "SOFTWARE_TOKEN_MFA".into();
        }
        description
    }
}
