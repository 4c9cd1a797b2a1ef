//! The people and places of an order or a customer, as they are stored.

use order_manager::address::GeographicAddress;
use order_manager::id::{BillingAccountId, CustomerId, PartnerId, SiteId};
use order_manager::order::{OrderedFor, ServicePlace};
use order_manager::party::{BillDelivery, BillingAccount, Contact, CustomerKind, EmailAddress};
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use super::each;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ContactRecord {
    name: Box<str>,
    phone: TelephoneNumber,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<EmailAddress>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct BillingAccountRecord {
    id: AsText<BillingAccountId>,
    name: Box<str>,
    address: GeographicAddress,
    delivery: BillDeliveryRecord,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum BillDeliveryRecord {
    Email,
    Paper,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct OrderedForRecord {
    id: AsText<CustomerId>,
    kind: CustomerKind,
    name: Box<str>,
    account_number: Box<str>,
    contact: ContactRecord,
    billing_accounts: Vec<BillingAccountRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partner: Option<AsText<PartnerId>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ServicePlaceRecord {
    site: AsText<SiteId>,
    address: GeographicAddress,
}

impl From<Contact> for ContactRecord {
    fn from(Contact { name, phone, email }: Contact) -> Self {
        Self { name, phone, email }
    }
}

impl From<ContactRecord> for Contact {
    fn from(ContactRecord { name, phone, email }: ContactRecord) -> Self {
        Self { name, phone, email }
    }
}

impl From<BillDelivery> for BillDeliveryRecord {
    fn from(delivery: BillDelivery) -> Self {
        match delivery {
            BillDelivery::Email => Self::Email,
            BillDelivery::Paper => Self::Paper,
        }
    }
}

impl From<BillDeliveryRecord> for BillDelivery {
    fn from(record: BillDeliveryRecord) -> Self {
        match record {
            BillDeliveryRecord::Email => Self::Email,
            BillDeliveryRecord::Paper => Self::Paper,
        }
    }
}

impl From<BillingAccount> for BillingAccountRecord {
    fn from(BillingAccount { id, name, address, delivery }: BillingAccount) -> Self {
        Self { id: AsText(id), name, address, delivery: delivery.into() }
    }
}

impl From<BillingAccountRecord> for BillingAccount {
    fn from(BillingAccountRecord { id, name, address, delivery }: BillingAccountRecord) -> Self {
        Self { id: id.0, name, address, delivery: delivery.into() }
    }
}

impl From<OrderedFor> for OrderedForRecord {
    fn from(OrderedFor { id, kind, name, account_number, contact, billing_accounts, partner }: OrderedFor) -> Self {
        let (contact, partner) = (contact.into(), partner.map(AsText));
        Self { id: AsText(id), kind, name, account_number, contact, billing_accounts: each(billing_accounts), partner }
    }
}

impl From<OrderedForRecord> for OrderedFor {
    fn from(record: OrderedForRecord) -> Self {
        let OrderedForRecord { id, kind, name, account_number, contact, billing_accounts, partner } = record;
        let (contact, partner) = (contact.into(), partner.map(|partner| partner.0));
        Self { id: id.0, kind, name, account_number, contact, billing_accounts: each(billing_accounts), partner }
    }
}

impl From<ServicePlace> for ServicePlaceRecord {
    fn from(ServicePlace { site, address }: ServicePlace) -> Self {
        Self { site: AsText(site), address }
    }
}

impl From<ServicePlaceRecord> for ServicePlace {
    fn from(ServicePlaceRecord { site, address }: ServicePlaceRecord) -> Self {
        Self { site: site.0, address }
    }
}
