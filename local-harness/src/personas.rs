//! The people a tester can be.

use std::fmt::Display;

use order_manager::id::{CustomerId, PersonId};
use serde::{Serialize, Serializer};
use uuid::uuid;

/// Somebody whose sign-in works as soon as the harness runs.
#[derive(Clone, Debug, Serialize)]
pub struct Persona {
    /// Name.
    pub name: &'static str,
    /// Who that is to the company, and what to find there.
    pub role: &'static str,
    /// What to sign in with.
    pub email: &'static str,
    /// The password.
    pub password: &'static str,
    /// The secret of the authenticator whose code is asked for after the password, in base 32, where it is.
    pub totp_secret: Option<&'static str>,
    /// The subject of the user's tokens. A user pool of the harness's own keeps it; another one chooses its own.
    #[serde(serialize_with = "as_text")]
    pub sub: PersonId,
    /// The customer the person is.
    #[serde(serialize_with = "as_text")]
    pub customer: CustomerId,
}

/// Everybody, in the order they are shown.
#[must_use]
pub fn personas() -> Vec<Persona> {
    vec![
        Persona {
            name: "Maya Chen",
            role: "Consumer with two homes: services in place, orders in several states",
            email: "maya.chen@example.com",
            password: "maya-likes-maple",
            totp_secret: None,
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a0001")),
            customer: CustomerId::new(uuid!("0192f0c4-7a10-7c01-8a01-4d6179610001")),
        },
        Persona {
            name: "Sam Ortiz",
            role: "Consumer, new: nothing ordered yet",
            email: "sam.ortiz@example.com",
            password: "sam-walks-to-sea",
            totp_secret: None,
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a0002")),
            customer: CustomerId::new(uuid!("0192f0c4-7a10-7c01-8a01-53616d000002")),
        },
        Persona {
            name: "Dana Whitfield",
            role: "Small business with two offices, Whitfield Dental: an order held up",
            email: "dana@whitfielddental.example.com",
            password: "dana-opens-at-eight",
            totp_secret: None,
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a0003")),
            customer: CustomerId::new(uuid!("0192f0c4-7a10-7c01-8a01-44616e610003")),
        },
    ]
}

fn as_text<S: Serializer>(id: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
