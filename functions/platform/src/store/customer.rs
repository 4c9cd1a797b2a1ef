//! Customers: one partition each, holding what the initial page shows, so that one query reads it.

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use order_manager::account::AccountTerms;
use order_manager::agreement::RateSheet;
use order_manager::id::{CustomerId, OrderId, PersonId};
use order_manager::party::Customer;
use order_manager::search::account_key;

use super::batch::put;
use super::key::{Key, login, prefix};
use super::record::agreement::RateSheetRecord;
use super::record::customer::{BillingRow, Listed, LookupRecord, ProductRecord, ProfileRecord, SiteRecord, in_order};
use super::record::party::BillingAccountRecord;
use super::record::summary::PointerRecord;
use super::record::{Row, read, write};
use super::search::found_by;
use super::{Made, OrderSummary, Store, StoreError};

/// A customer, and their orders that an index may not show yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFile {
    /// The customer.
    pub customer: Customer,
    /// The terms of the account that staff go by.
    pub terms: AccountTerms,
    /// Orders being put together, the oldest first. `changed` is when their services were last changed.
    pub drafts: Vec<OrderSummary>,
    /// Orders placed within the last day or so, the oldest first, as they were when they were placed.
    pub just_placed: Vec<OrderSummary>,
    /// What orders are priced by under agreements that are signed.
    pub rates: Vec<RateSheet>,
}

impl Store {
    /// A customer, as last written: one query of the customer's partition.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn customer(&self, id: CustomerId) -> Result<Option<CustomerFile>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.customers)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(id.to_string()))
            .into_paginator()
            .items()
            .send();
        let mut profile = None;
        let (mut sites, mut products, mut accounts) = (vec![], vec![], vec![]);
        let (mut drafts, mut just_placed, mut rates) = (vec![], vec![], vec![]);
        for row in pages.collect::<Result<Vec<Row>, _>>().await? {
            let sk = Key::of(&row).sk;
            if sk == prefix::PROFILE {
                profile = Some(read::<ProfileRecord>(row)?);
            } else if sk.starts_with(prefix::SITE) {
                sites.push(read::<Listed<SiteRecord>>(row)?);
            } else if sk.starts_with(prefix::PRODUCT) {
                products.push(read::<Listed<ProductRecord>>(row)?);
            } else if sk.starts_with(prefix::BILLING) {
                accounts.push(read::<BillingRow>(row)?);
            } else if let Some(order) = sk.strip_prefix(prefix::DRAFT) {
                drafts.push(pointed_at(order, row)?);
            } else if let Some(order) = sk.strip_prefix(prefix::PLACED) {
                just_placed.push(pointed_at(order, row)?);
            } else if sk.starts_with(prefix::AGREEMENT) {
                rates.push(read::<RateSheetRecord>(row)?.into());
            }
            // Anything else belongs to who wrote it: lookups, and what later versions put here.
        }
        Ok(profile.map(|profile| {
            let terms = profile.terms();
            let customer = profile.with(in_order(sites), in_order(products), in_order(accounts));
            CustomerFile { customer, terms, drafts, just_placed, rates }
        }))
    }

    /// The customers a person may act for. By an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn customers_of(&self, person: PersonId) -> Result<Vec<CustomerId>, StoreError> {
        self.looked_up(login(person)).await
    }

    /// The customer with an account number, however it is grouped. By an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn customer_of_account(&self, number: &str) -> Result<Option<CustomerId>, StoreError> {
        Ok(self.looked_up(account_key(number)).await?.first().copied())
    }

    /// Lets a person act for a customer. Doing so twice is as good as once.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn link(&self, customer: CustomerId, person: PersonId) -> Result<(), StoreError> {
        let lookup = login(person);
        let row = write(Key::of_customer(customer, prefix::LOOKUP, &lookup), &LookupRecord { lookup })?;
        self.client.put_item().table_name(&self.tables.customers).set_item(Some(row)).send().await?;
        Ok(())
    }

    async fn looked_up(&self, lookup: String) -> Result<Vec<CustomerId>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.customers)
            .index_name("by_lookup")
            .key_condition_expression("#lookup = :lookup")
            .expression_attribute_names("#lookup", "lookup")
            .expression_attribute_values(":lookup", AttributeValue::S(lookup))
            .into_paginator()
            .items()
            .send();
        let rows = pages.collect::<Result<Vec<Row>, _>>().await?;
        rows.iter()
            .map(|row| {
                let key = Key::of(row);
                key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} belongs to no customer")))
            })
            .collect()
    }

    /// Stores a customer and the persons who may act for them, over what is there. What is not among it any more stays: this
    /// loads data, it does not take any away.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_customer(&self, customer: &Customer, logins: &[PersonId]) -> Result<(), StoreError> {
        self.put_account(customer, AccountTerms::default(), logins).await
    }

    /// The same, with the terms of the account.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_account(&self, customer: &Customer, terms: AccountTerms, logins: &[PersonId]) -> Result<(), StoreError> {
        put(&self.client, &self.tables.customers, rows_of(customer, terms, logins)?).await
    }

    /// Stores a customer who is new, and the person who may act for them: all of it or nothing. One who is there already stays as
    /// they are.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_customer(&self, customer: &Customer, terms: AccountTerms, person: PersonId) -> Result<(), StoreError> {
        self.make_customer(customer, terms, &[person]).await?;
        Ok(())
    }

    /// Adds a customer whom nobody may act for yet: all of it or nothing. An account number that is there already stays with whom it
    /// is, as they are.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_customer(&self, customer: &Customer, terms: AccountTerms) -> Result<Made, StoreError> {
        match self.customer_of_account(&customer.account_number).await? {
            Some(_) => Ok(Made::There),
            None => self.make_customer(customer, terms, &[]).await,
        }
    }

    async fn make_customer(&self, customer: &Customer, terms: AccountTerms, logins: &[PersonId]) -> Result<Made, StoreError> {
        let puts = rows_of(customer, terms, logins)?.into_iter().map(|row| {
            let put = Put::builder().table_name(&self.tables.customers).set_item(Some(row));
            let put = put.condition_expression("attribute_not_exists(pk)").build();
            put.map(|put| TransactWriteItem::builder().put(put).build())
        });
        let puts: Vec<_> = puts.collect::<Result<_, _>>().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        match self.client.transact_write_items().set_transact_items(Some(puts)).send().await {
            Ok(_) => Ok(Made::New),
            // Sent twice: the first made them.
            Err(_) if self.customer(customer.id).await?.is_some() => Ok(Made::There),
            Err(error) => Err(error.into()),
        }
    }
}

/// A customer's rows, with those by which the persons find them who may act for them, and those by which staff do.
fn rows_of(customer: &Customer, terms: AccountTerms, logins: &[PersonId]) -> Result<Vec<Row>, StoreError> {
    let key = |prefix, which: &dyn std::fmt::Display| Key::of_customer(customer.id, prefix, which);
    let mut rows = vec![write(key(prefix::PROFILE, &""), &ProfileRecord::of(customer, terms))?];
    for (position, site) in (0..).zip(&customer.sites) {
        let record = SiteRecord::from(site.clone());
        rows.push(write(key(prefix::SITE, &site.id), &Listed { position, record })?);
    }
    for (position, product) in (0..).zip(&customer.products) {
        let record = ProductRecord::from(product.clone());
        rows.push(write(key(prefix::PRODUCT, &product.id), &Listed { position, record })?);
    }
    for (position, account) in (0..).zip(&customer.billing_accounts) {
        let record = BillingAccountRecord::from(account.clone());
        rows.push(write(key(prefix::BILLING, &account.id), &Listed { position, record })?);
    }
    for lookup in logins.iter().map(|person| login(*person)) {
        rows.push(write(key(prefix::LOOKUP, &lookup), &LookupRecord { lookup })?);
    }
    rows.extend(found_by(customer)?);
    Ok(rows)
}

fn pointed_at(order: &str, row: Row) -> Result<OrderSummary, StoreError> {
    let id: OrderId = order.parse().map_err(|_| StoreError::Corrupt(format!("{} points to no order", Key::of(&row))))?;
    Ok(read::<PointerRecord>(row)?.summary_of(id))
}
