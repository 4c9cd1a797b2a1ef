//! A customer's rows: a profile, and one for each site, product and billing account.

use jiff::civil::Date;
use order_manager::account::{AccountTerms, Care, DataUse};
use order_manager::address::GeographicAddress;
use order_manager::catalogue::EarlyTermination;
use order_manager::id::{CustomerId, OfferingId, PartnerId, ProductId, SiteId};
use order_manager::money::Money;
use order_manager::party::{AgreedTerm, BillingAccount, Customer, CustomerKind, Product, Site, Standing};
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use super::party::{BillingAccountRecord, ContactRecord};
use super::value::AnswersRecord;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ProfileRecord {
    id: AsText<CustomerId>,
    kind: CustomerKind,
    name: Box<str>,
    account_number: Box<str>,
    contact: ContactRecord,
    #[serde(default)]
    terms: TermsRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partner: Option<AsText<PartnerId>>,
}

/// The terms of an account; one that was written before there were any has those that every account has.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::store) struct TermsRecord {
    contact_since: Date,
    care: Care,
    data_use: DataUse,
}

impl From<AccountTerms> for TermsRecord {
    fn from(AccountTerms { contact_since, care, data_use }: AccountTerms) -> Self {
        Self { contact_since, care, data_use }
    }
}

impl From<TermsRecord> for AccountTerms {
    fn from(TermsRecord { contact_since, care, data_use }: TermsRecord) -> Self {
        Self { contact_since, care, data_use }
    }
}

impl Default for TermsRecord {
    fn default() -> Self {
        AccountTerms::default().into()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct SiteRecord {
    id: AsText<SiteId>,
    address: GeographicAddress,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ProductRecord {
    id: AsText<ProductId>,
    offering: OfferingId,
    site: AsText<SiteId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<TelephoneNumber>,
    answers: AnswersRecord,
    monthly: Money,
    since: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    term_ends: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreed: Option<AgreedTermRecord>,
    #[serde(default)]
    standing: StandingRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct AgreedTermRecord {
    term_begins: Date,
    early_termination: EarlyTermination,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StandingRecord {
    #[default]
    Active,
    Suspended,
}

/// A row of a list, with its place in it: a partition's own order is by key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Listed<T> {
    pub(in crate::store) position: u32,
    pub(in crate::store) record: T,
}

/// A row by which a customer is found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct LookupRecord {
    pub(in crate::store) lookup: String,
}

impl ProfileRecord {
    /// A customer's profile, and the terms of the account.
    pub(in crate::store) fn of(customer: &Customer, terms: AccountTerms) -> Self {
        Self {
            id: AsText(customer.id),
            kind: customer.kind,
            name: customer.name.clone(),
            account_number: customer.account_number.clone(),
            contact: customer.contact.clone().into(),
            terms: terms.into(),
            partner: customer.partner.clone().map(AsText),
        }
    }

    /// The terms of the account.
    pub(in crate::store) fn terms(&self) -> AccountTerms {
        self.terms.into()
    }

    /// The customer, with the rows found beside the profile.
    pub(in crate::store) fn with(
        self,
        sites: Vec<Site>,
        products: Vec<Product>,
        billing_accounts: Vec<BillingAccount>,
    ) -> Customer {
        Customer {
            id: self.id.0,
            kind: self.kind,
            name: self.name,
            account_number: self.account_number,
            contact: self.contact.into(),
            partner: self.partner.map(|partner| partner.0),
            sites,
            products,
            billing_accounts,
        }
    }
}

impl From<Site> for SiteRecord {
    fn from(Site { id, address }: Site) -> Self {
        Self { id: AsText(id), address }
    }
}

impl From<SiteRecord> for Site {
    fn from(SiteRecord { id, address }: SiteRecord) -> Self {
        Self { id: id.0, address }
    }
}

impl From<Product> for ProductRecord {
    fn from(product: Product) -> Self {
        Self {
            id: AsText(product.id),
            offering: product.offering,
            site: AsText(product.site),
            number: product.number,
            answers: product.answers.into(),
            monthly: product.monthly,
            since: product.since,
            term_ends: product.term_ends,
            agreed: product
                .agreed
                .map(|AgreedTerm { term_begins, early_termination }| AgreedTermRecord { term_begins, early_termination }),
            standing: match product.standing {
                Standing::Active => StandingRecord::Active,
                Standing::Suspended => StandingRecord::Suspended,
            },
        }
    }
}

impl From<ProductRecord> for Product {
    fn from(record: ProductRecord) -> Self {
        Self {
            id: record.id.0,
            offering: record.offering,
            site: record.site.0,
            number: record.number,
            answers: record.answers.into(),
            monthly: record.monthly,
            since: record.since,
            term_ends: record.term_ends,
            agreed: record
                .agreed
                .map(|AgreedTermRecord { term_begins, early_termination }| AgreedTerm { term_begins, early_termination }),
            standing: match record.standing {
                StandingRecord::Active => Standing::Active,
                StandingRecord::Suspended => Standing::Suspended,
            },
        }
    }
}

/// A list's rows in the list's order.
pub(in crate::store) fn in_order<A, B: From<A>>(mut rows: Vec<Listed<A>>) -> Vec<B> {
    rows.sort_by_key(|row| row.position);
    rows.into_iter().map(|row| row.record.into()).collect()
}

/// The type of a billing account's row.
pub(in crate::store) type BillingRow = Listed<BillingAccountRecord>;
