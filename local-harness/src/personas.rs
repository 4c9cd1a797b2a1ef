//! The people a tester can be.

use std::fmt::Display;

use order_manager::id::{CustomerId, PersonId};
use serde::{Serialize, Serializer};
use uuid::uuid;

/// A customer whose sign-in works as soon as the harness runs.
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

/// The customers, in the order they are shown.
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

/// Those of the customers who are customers of the partner that tries the interfaces out.
pub(crate) fn customers_of_partner() -> impl Iterator<Item = CustomerId> {
    let of_partner = personas().into_iter().filter(|persona| ["Sam Ortiz", "Dana Whitfield"].contains(&persona.name));
    of_partner.map(|persona| persona.customer)
}

/// One of the company's own people, who signs in at the corporate identity provider.
#[derive(Clone, Debug, Serialize)]
pub struct StaffPersona {
    /// Name.
    pub name: &'static str,
    /// What they do in the company.
    pub role: &'static str,
    /// What to sign in with there.
    pub email: &'static str,
    /// The password there.
    pub password: &'static str,
    /// The groups of the corporate directory that they are in.
    pub groups: &'static [&'static str],
    /// What the corporate provider calls them, which never changes.
    pub employee: &'static str,
    /// The subject of their tokens in a user pool of the harness's own, from their first sign-in on.
    #[serde(serialize_with = "as_text")]
    pub sub: PersonId,
}

/// The company's own people, in the order they are shown.
#[must_use]
pub fn staff() -> Vec<StaffPersona> {
    vec![
        StaffPersona {
            name: "Rita Okafor",
            role: "Sales representative",
            email: "rita.okafor@telco.example.com",
            password: "rita-rides-at-dawn",
            groups: &["telco-sales"],
            employee: "e-1041",
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a1041")),
        },
        StaffPersona {
            name: "Sergio Lind",
            role: "Senior sales representative, who approves discounts",
            email: "sergio.lind@telco.example.com",
            password: "sergio-sings-low",
            groups: &["telco-sales", "telco-approvers"],
            employee: "e-1007",
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a1007")),
        },
        StaffPersona {
            name: "Noor Haddad",
            role: "Contract negotiator",
            email: "noor.haddad@telco.example.com",
            password: "noor-reads-it-twice",
            groups: &["telco-negotiators"],
            employee: "e-1112",
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a1112")),
        },
        StaffPersona {
            name: "Ana Brandt",
            role: "Approver",
            email: "ana.brandt@telco.example.com",
            password: "ana-asks-why-first",
            groups: &["telco-approvers"],
            employee: "e-1003",
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a1003")),
        },
        StaffPersona {
            name: "Theo Marsh",
            role: "Of the company, in no group that counts here: is refused",
            email: "theo.marsh@telco.example.com",
            password: "theo-fixes-trucks",
            groups: &["telco-garage"],
            employee: "e-2290",
            sub: PersonId::new(uuid!("5b1f6c0e-3c1d-4a57-9d0a-6c7c1f0a2290")),
        },
    ]
}

fn as_text<S: Serializer>(id: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
