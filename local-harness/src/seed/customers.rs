//! The personas as customers: who they are, where they live, what they have.

use jiff::civil::date;
use order_manager::address::GeographicAddress;
use order_manager::id::{BillingAccountId, ProductId, SiteId};
use order_manager::money::{Currency, Money};
use order_manager::party::{BillDelivery, BillingAccount, Contact, Customer, CustomerKind, Product, Site};
use order_manager::value::Answers;
use uuid::Uuid;

use crate::Persona;

/// The customer a persona is.
pub(super) fn customer(persona: &Persona) -> Customer {
    let (kind, name, account_number, phone, street, unit, city, zip) = match persona.name {
        "Maya Chen" => (
            CustomerKind::Residential,
            "Maya Chen",
            "4041-8830-27",
            "4048720198",
            "214 Juniper Street NE",
            Some("Apt 3B"),
            "Atlanta",
            "30308",
        ),
        "Dana Whitfield" => (
            CustomerKind::Business,
            "Whitfield Dental",
            "4041-9077-64",
            "4048810177",
            "1180 Peachtree Street NE",
            Some("Suite 400"),
            "Atlanta",
            "30309",
        ),
        _ => {
            (CustomerKind::Residential, persona.name, "4043-1120-08", "4043730121", "415 Church Street", None, "Decatur", "30030")
        }
    };
    let address = GeographicAddress {
        street: street.into(),
        unit: unit.map(Into::into),
        city: city.into(),
        state: parsed("GA"),
        zip: parsed(zip),
    };
    let site = SiteId::new(of(persona, 1));
    let products = match persona.name {
        "Maya Chen" => vec![Product {
            id: ProductId::new(of(persona, 2)),
            offering: parsed("residential-line"),
            site,
            number: "4048720198".parse().ok(),
            answers: Answers::new(),
            monthly: Money::new(29_00, Currency::USD),
            since: date(2024, 3, 11),
            term_ends: Some(date(2027, 3, 10)),
        }],
        _ => vec![],
    };
    let billing_accounts = match persona.name {
        "Sam Ortiz" => vec![],
        _ => vec![BillingAccount {
            id: BillingAccountId::new(of(persona, 3)),
            name: name.into(),
            address: address.clone(),
            delivery: BillDelivery::Email,
        }],
    };
    Customer {
        id: persona.customer,
        kind,
        name: name.into(),
        account_number: account_number.into(),
        contact: Contact { name: persona.name.into(), phone: parsed(phone), email: persona.email.parse().ok() },
        sites: vec![Site { id: site, address }],
        products,
        billing_accounts,
    }
}

/// An identifier of a persona's, the same at every start.
pub(super) fn of(persona: &Persona, number: u128) -> Uuid {
    Uuid::from_u128(persona.customer.value().as_u128() ^ (number << 32))
}

/// A text of this file as what it stands for.
#[expect(clippy::expect_used, reason = "a text written here that is not what it should be is a mistake of this file")]
pub(super) fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().expect("a seed's text")
}
