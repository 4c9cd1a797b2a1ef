//! Made-up people and places.

use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use order_manager::address::GeographicAddress;
use order_manager::id::{CustomerId, OrderId, OrderItemId};
use order_manager::money::{Currency, Money};
use order_manager::party::{BillDelivery, BillingAccount, Contact, Customer, CustomerKind, Product, Site};
use order_manager::text::Text;

use crate::layout::{ActingFor, Context, Person, SignedIn, StaffLink};
use crate::messages::Words;
use crate::path::Path;

/// The day on which the samples are seen.
pub(crate) const TODAY: Date = date(2026, 11, 23);

static WORK: Path = Path::WORK;
/// Where a representative’s duties lead.
const SERVES: &[StaffLink] = &[StaffLink::Work, StaffLink::Customers];
/// Where a negotiator’s duties lead.
const NEGOTIATES: &[StaffLink] = &[StaffLink::Work, StaffLink::Customers, StaffLink::Deals];

static HOME: LazyLock<Path> = LazyLock::new(|| Path::customer(parsed("018f3a2e-0000-7000-8000-0000000000c1")));

/// What this text says; the samples' texts are all right.
pub(crate) fn parsed<T: FromStr>(text: &str) -> T {
    text.parse().ok().expect("a sample's text can be read")
}

/// A text in English.
pub(crate) fn text(english: &str) -> Text {
    Text::english(english)
}

/// Dollars, in cents.
pub(crate) fn usd(cents: i64) -> Money {
    Money::new(cents, Currency::USD)
}

/// Somebody is signed in.
pub(crate) fn context() -> Context<'static> {
    let person = SignedIn { name: "Dana Whitfield", home: &HOME, person: Person::Customer };
    Context { words: Words::english(), form_token: "sample-token", signed_in: Some(person) }
}

/// A member of staff is, working for nobody just now.
pub(crate) fn staff() -> Context<'static> {
    let person = SignedIn { name: "Rita Okafor", home: &WORK, person: Person::Staff { links: SERVES, acting_for: None } };
    Context { signed_in: Some(person), ..context() }
}

/// A contract negotiator is, working for nobody just now.
pub(crate) fn negotiating() -> Context<'static> {
    let person = SignedIn { name: "Noor Haddad", home: &WORK, person: Person::Staff { links: NEGOTIATES, acting_for: None } };
    Context { signed_in: Some(person), ..context() }
}

/// A member of staff is, working for a customer.
pub(crate) fn acting() -> Context<'static> {
    let customer = parsed("018f3a2e-0000-7000-8000-0000000000c1");
    let acting_for = Some(ActingFor { name: "Whitfield & Daughters Bakery", account_number: "7001 4482 19", customer });
    let person = SignedIn { name: "Rita Okafor", home: &WORK, person: Person::Staff { links: SERVES, acting_for } };
    Context { signed_in: Some(person), ..context() }
}

/// Nobody is.
pub(crate) fn signed_out() -> Context<'static> {
    Context { signed_in: None, ..context() }
}

/// A draft's identifier.
pub(crate) fn order_id() -> OrderId {
    parsed("018f3a2e-0000-7000-8000-00000000a001")
}

/// An item's identifier.
pub(crate) fn item_id() -> OrderItemId {
    parsed("018f3a2e-0000-7000-8000-00000000b001")
}

/// An address.
pub(crate) fn address() -> GeographicAddress {
    GeographicAddress {
        street: "214 Juniper Street NE".into(),
        unit: Some("Suite 5".into()),
        city: "Atlanta".into(),
        state: parsed("GA"),
        zip: parsed("30308"),
    }
}

/// A small business with one service in place.
pub(crate) fn customer() -> Customer {
    let id: CustomerId = parsed("018f3a2e-0000-7000-8000-0000000000c1");
    let site = parsed("018f3a2e-0000-7000-8000-00000000d001");
    Customer {
        id,
        kind: CustomerKind::Business,
        name: "Whitfield & Daughters Bakery".into(),
        account_number: "7001 4482 19".into(),
        contact: Contact {
            name: "Dana Whitfield".into(),
            phone: parsed("404 555 0142"),
            email: Some(parsed("dana@example.com")),
        },
        partner: None,
        sites: vec![Site { id: site, address: address() }],
        products: vec![Product {
            id: parsed("018f3a2e-0000-7000-8000-00000000e001"),
            offering: parsed("broadband"),
            site,
            number: Some(parsed("404 555 0142")),
            answers: std::collections::BTreeMap::new(),
            monthly: usd(64_95),
            since: date(2024, 3, 1),
            term_ends: Some(date(2027, 2, 28)),
            agreed: None,
            standing: order_manager::party::Standing::Active,
        }],
        billing_accounts: vec![BillingAccount {
            id: parsed("018f3a2e-0000-7000-8000-00000000f001"),
            name: "Whitfield & Daughters Bakery".into(),
            address: address(),
            delivery: BillDelivery::Email,
        }],
    }
}
