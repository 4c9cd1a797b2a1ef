//! The people and companies an order is about: customers, the persons who act for them, and how to reach them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::address::GeographicAddress;
use crate::catalogue::EarlyTermination;
use crate::id::{BillingAccountId, CustomerId, OfferingId, PartnerId, ProductId, SiteId};
use crate::money::Money;
use crate::telephone::TelephoneNumber;
use crate::value::Answers;

/// Whether service is for a household or a business; rules and offerings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerKind {
    /// A household.
    Residential,
    /// A business or other organisation.
    Business,
}

/// An e-mail address: something before and after one `@`, a dot in the domain, at most 254 characters (RFC 5321).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(Box<str>);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedEmail;

impl fmt::Display for MalformedEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an e-mail address")
    }
}

impl std::error::Error for MalformedEmail {}

impl EmailAddress {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = MalformedEmail;

    fn from_str(text: &str) -> Result<Self, MalformedEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(MalformedEmail)?;
        let plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c))
        };
        let dotted = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        if text.len() <= 254 && local.len() <= 64 && plain(local) && plain(domain) && dotted {
            Ok(Self(text.into()))
        } else {
            Err(MalformedEmail)
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = MalformedEmail;

    fn try_from(text: String) -> Result<Self, MalformedEmail> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0.into()
    }
}

/// A contact: who to call or write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: Box<str>,
    /// Telephone.
    pub phone: TelephoneNumber,
    /// E-mail, when there is one.
    pub email: Option<EmailAddress>,
}

/// What we know of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Who.
    pub id: CustomerId,
    /// Household or business.
    pub kind: CustomerKind,
    /// Name, as on the bill.
    pub name: Box<str>,
    /// The account number on the bill.
    pub account_number: Box<str>,
    /// The contact of record.
    pub contact: Contact,
    /// The partner through whom they are our customer, where there is one.
    pub partner: Option<PartnerId>,
    /// Places.
    pub sites: Vec<Site>,
    /// Services in place.
    pub products: Vec<Product>,
    /// Billing accounts.
    pub billing_accounts: Vec<BillingAccount>,
}

impl Customer {
    /// What is in service at one of the places.
    #[must_use]
    pub fn in_service_at(&self, site: SiteId) -> Vec<Product> {
        self.products.iter().filter(|product| product.site == site).cloned().collect()
    }
}

/// A place of a customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which.
    pub id: SiteId,
    /// Where.
    pub address: GeographicAddress,
}

/// A service in place (TM Forum: product in the inventory).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Which.
    pub id: ProductId,
    /// What was ordered.
    pub offering: OfferingId,
    /// Where it is.
    pub site: SiteId,
    /// Its number, when it has one.
    pub number: Option<TelephoneNumber>,
    /// What was chosen.
    pub answers: Answers,
    /// Per month.
    pub monthly: Money,
    /// In service since.
    pub since: Date,
    /// End of the term, when there is one.
    pub term_ends: Option<Date>,
    /// What an agreement says of its term, when it was ordered under one.
    pub agreed: Option<AgreedTerm>,
    /// Whether it works or rests.
    pub standing: Standing,
}

/// The term of a service that was ordered under an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedTerm {
    /// Its first day: services that end together begin on days of their own.
    pub term_begins: Date,
    /// What ending the service before its term's end costs.
    pub early_termination: EarlyTermination,
}

/// Whether a service in place works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Active,
    /// The customer has it rest: its number and its place are kept.
    Suspended,
}

/// How bills come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillDelivery {
    /// By e-mail, as a document.
    Email,
    /// On paper, by post.
    Paper,
}

/// Who pays, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingAccount {
    /// Which.
    pub id: BillingAccountId,
    /// Name on the bill.
    pub name: Box<str>,
    /// Where the bill is addressed.
    pub address: GeographicAddress,
    /// How it comes.
    pub delivery: BillDelivery,
}
