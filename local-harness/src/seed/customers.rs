//! The personas as customers: who they are, where they live, what they have.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use order_manager::account::{AccountTerms, Care, DataUse};
use order_manager::address::GeographicAddress;
use order_manager::calendar::{company_day, today_in};
use order_manager::catalogue::Catalogue;
use order_manager::id::{BillingAccountId, PartnerId, ProductId, SiteId};
use order_manager::party::{BillDelivery, BillingAccount, Contact, Customer, CustomerKind, Product, Site, Standing};
use order_manager::value::Value;
use uuid::Uuid;

use super::Seeding;
use super::walk::{Walk, Wish};
use crate::Persona;
use crate::personas::customers_of_partner;

/// How long Sam's address has been on record: not long enough for a code to go there.
const NEW_ON_RECORD: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Who a persona is to the company.
struct Account {
    kind: CustomerKind,
    name: &'static str,
    number: &'static str,
    phone: &'static str,
    sites: &'static [Address],
    services: &'static [Service],
}

struct Address {
    street: &'static str,
    unit: Option<&'static str>,
    city: &'static str,
    zip: &'static str,
}

/// A service in place, so many months old and so many before the end of its term.
struct Service {
    site: usize,
    wish: Wish,
    months: i32,
    months_left: i32,
}

/// The line Maya has at home.
const HOME_LINE: Wish = Wish {
    offering: "residential-line",
    answers: &[
        ("term", "12-months"),
        ("number-source", "ported"),
        ("port-number", "404-872-0198"),
        ("losing-company", "Peach State Telephone"),
        ("account-number", "551-30872"),
        ("other-numbers", "no"),
        ("jack-works", "yes"),
    ],
};

/// The connection at her mother's house.
pub(super) const MOTHERS_INTERNET: Wish = Wish {
    offering: "broadband-internet",
    answers: &[("term", "24-months"), ("speed", "300-mbps"), ("socket", "yes"), ("installation", "self")],
};

/// What the dental practice makes do with so far.
const OFFICE_INTERNET: Wish = Wish {
    offering: "broadband-internet",
    answers: &[
        ("term", "12-months"),
        ("speed", "300-mbps"),
        ("static-address", "one"),
        ("socket", "yes"),
        ("installation", "self"),
    ],
};

const MAYA: Account = Account {
    kind: CustomerKind::Residential,
    name: "Maya Chen",
    number: "4041-8830-27",
    phone: "4048720198",
    sites: &[
        Address { street: "214 Juniper Street NE", unit: Some("Apt 3B"), city: "Atlanta", zip: "30308" },
        Address { street: "702 Sycamore Street", unit: None, city: "Decatur", zip: "30030" },
    ],
    services: &[
        Service { site: 0, wish: HOME_LINE, months: 8, months_left: 4 },
        Service { site: 1, wish: MOTHERS_INTERNET, months: 1, months_left: 23 },
    ],
};

const DANA: Account = Account {
    kind: CustomerKind::Business,
    name: "Whitfield Dental",
    number: "4041-9077-64",
    phone: "4048810177",
    sites: &[
        Address { street: "1180 Peachtree Street NE", unit: Some("Suite 400"), city: "Atlanta", zip: "30309" },
        Address { street: "315 West Trinity Place", unit: None, city: "Decatur", zip: "30030" },
    ],
    services: &[Service { site: 0, wish: OFFICE_INTERNET, months: 10, months_left: 2 }],
};

const SAM: Account = Account {
    kind: CustomerKind::Residential,
    name: "Sam Ortiz",
    number: "4043-1120-08",
    phone: "4043730121",
    sites: &[Address { street: "415 Church Street", unit: None, city: "Decatur", zip: "30030" }],
    services: &[],
};

/// The terms of a persona's account: Dana has somebody who looks after her and wants no offers, Sam's address is new on record.
pub(super) fn terms(persona: &Persona, now: Timestamp) -> AccountTerms {
    match persona.name {
        "Dana Whitfield" => AccountTerms { care: Care::DedicatedContact, data_use: DataUse::OptedOut, ..AccountTerms::default() },
        "Sam Ortiz" => AccountTerms::opened(company_day(now).saturating_sub(NEW_ON_RECORD)),
        _ => AccountTerms::default(),
    }
}

/// The customer a persona is.
pub(super) fn customer(
    persona: &Persona,
    partner: Option<&PartnerId>,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Seeding<Customer> {
    let account = match persona.name {
        "Maya Chen" => MAYA,
        "Dana Whitfield" => DANA,
        _ => SAM,
    };
    let sites: Vec<_> = (0..).zip(account.sites).map(|(number, address)| site(persona, number, address)).collect();
    // Who has ordered nothing has no account to pay from yet.
    let billing_accounts = match (account.services, sites.first()) {
        ([_, ..], Some(site)) => vec![BillingAccount {
            id: BillingAccountId::new(of(persona, 3)),
            name: account.name.into(),
            address: site.address.clone(),
            delivery: BillDelivery::Email,
        }],
        _ => vec![],
    };
    let mut customer = Customer {
        id: persona.customer,
        kind: account.kind,
        name: account.name.into(),
        account_number: account.number.into(),
        contact: Contact { name: persona.name.into(), phone: parsed(account.phone), email: persona.email.parse().ok() },
        partner: partner.filter(|_| customers_of_partner().any(|customer| customer == persona.customer)).cloned(),
        sites,
        products: vec![],
        billing_accounts,
    };
    for (number, service) in (0..).zip(account.services) {
        let product = product(persona, &customer, number, service, catalogue, now)?;
        customer.products.push(product);
    }
    Ok(customer)
}

fn site(persona: &Persona, number: u128, address: &Address) -> Site {
    let address = GeographicAddress {
        street: address.street.into(),
        unit: address.unit.map(Into::into),
        city: address.city.into(),
        state: parsed("GA"),
        zip: parsed(address.zip),
    };
    Site { id: SiteId::new(of(persona, 1 + 3 * number)), address }
}

/// A service as an order would have left it.
fn product(
    persona: &Persona,
    customer: &Customer,
    number: u128,
    service: &Service,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Seeding<Product> {
    let walk = Walk { persona, customer, catalogue, at: now, wish: service.wish };
    let site = customer.sites.get(service.site).ok_or_else(|| walk.said("has no place"))?;
    let order = walk.checked(walk.begun(site, 900 + 10 * number)?)?;
    let draft = walk.draft(&order)?;
    let ordered = draft.items.first().and_then(|item| Some((item, catalogue.offering(&item.offering)?)));
    let (item, offering) = ordered.ok_or_else(|| walk.said("has no item"))?;
    let answers = draft.effective_answers(item, offering);
    let number_kept = answers.iter().find_map(|(id, value)| match value {
        Value::Telephone(kept) if id.as_str() == "port-number" => Some(*kept),
        _ => None,
    });
    let today = today_in(catalogue.area_of(site.address.zip), now);
    let month = |months: i32| -> Seeding<Date> { today.checked_add(months.months()).map_err(|error| walk.said(error)) };
    Ok(Product {
        id: ProductId::new(of(persona, 2 + 3 * number)),
        offering: offering.id.clone(),
        site: site.id,
        number: number_kept,
        answers,
        monthly: draft.priced.price.monthly().map_err(|error| walk.said(format!("{error:?}")))?,
        since: month(-service.months)?,
        term_ends: Some(month(service.months_left)?),
        agreed: None,
        standing: Standing::Active,
    })
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
