//! What the pool sends to its users, in the words that Cognito uses when nobody chose others.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    limits::Purpose,
    pool::{Pools, digits},
    user::{Code, User},
};
use crate::{Kind, Sent};

impl Purpose {
    /// How long a code for this is good.
    const fn lasts(&self) -> SignedDuration {
        match self {
            Self::SignUp | Self::Address => SignedDuration::from_hours(24),
            Self::Recovery => SignedDuration::from_hours(1),
        }
    }
}

impl Pools {
    /// Sends a new code, which takes the place of the one before. It goes to the address that it is to confirm, when that is
    /// not the user's own yet.
    pub(super) fn send_code(&self, user: &mut User, purpose: Purpose, address: Option<String>, now: Timestamp) -> Value {
        let digits = digits();
        let to = address.clone().unwrap_or_else(|| user.email().to_owned());
        let (kind, subject, text) = match purpose {
            Purpose::SignUp => (Kind::Verification, "Your verification code", format!("Your confirmation code is {digits}")),
            Purpose::Address => (Kind::Verification, "Your verification code", format!("Your verification code is {digits}")),
            Purpose::Recovery => (Kind::Recovery, "Your password reset code", format!("Your password reset code is {digits}")),
        };
        let code = Some(digits.clone());
        self.outbox.send(Sent {
            kind,
            to: to.clone(),
            subject: subject.to_owned(),
            text,
            html: None,
            unsubscribe: None,
            code,
            at: now,
        });
        let expires = now.saturating_add(purpose.lasts()).unwrap_or(now);
        user.codes.insert(purpose, Code { digits, expires, address });
        delivery(&to)
    }

    /// Sends a first password.
    pub(super) fn send_invitation(&self, user: &User, password: &str, now: Timestamp) {
        self.outbox.send(Sent {
            kind: Kind::Invitation,
            to: user.email().to_owned(),
            subject: "Your temporary password".to_owned(),
            text: format!("Your username is {} and temporary password is {password}", user.email()),
            html: None,
            unsubscribe: None,
            code: Some(password.to_owned()),
            at: now,
        });
    }
}

/// What Cognito says of a code that it sent, or, of a name that nobody has, pretends to have sent.
pub(super) fn delivery(address: &str) -> Value {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    json!({
        "Destination": format!("{}***@{}***", first(local), first(domain)),
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    })
}
