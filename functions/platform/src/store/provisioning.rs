//! Provisioning's rows of an order: its service orders, and everything that was said of them. One query reads them with the order.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::id::{CustomerId, OrderId, ProductId};
use order_manager::inventory::Resource;
use order_manager::order::ProductOrder;
use order_manager::party::Product;
use order_manager::provisioning::{Heard, InventoryChange, Report, ServiceOrderId};

use super::batch::unbuildable;
use super::inventory::resting;
use super::key::{Key, prefix};
use super::order::stored;
use super::record::customer::ProductRecord;
use super::record::provisioning::{DispatchRecord, ReportRecord};
use super::record::{Row, read, write};
use super::transaction::{About, Action, Refused, run};
use super::{Store, StoreError, StoredOrder};
use crate::provisioning::System;

/// A service order, and how far it is on its way to a system. It is stored before anything is sent, and what is sent is what is
/// stored: however often it goes out, it says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// Which.
    pub id: ServiceOrderId,
    /// What is sent: TMF641's service order, as JSON.
    pub content: Box<str>,
    /// The day that it asks for.
    pub day: Date,
    /// Whom it says to call, and how to get in.
    pub contact: Box<str>,
    /// The system that it is for: it stays so, whatever becomes of the deployment's settings.
    pub system: System,
    /// Whom it has reached.
    pub reached: Reached,
    /// What the system was told since.
    pub heard: Heard,
    /// Goes up with each save.
    pub version: u64,
}

/// Whom a service order has reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Nobody: its turn has not come.
    Nobody,
    /// Nobody: the system does not answer.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// How often it was asked.
        tries: u32,
    },
    /// A system, which calls it so.
    System {
        /// Its id there.
        id: Box<str>,
        /// When.
        at: Timestamp,
    },
    /// A system, which would not have it: somebody of ours has to see why.
    Refused {
        /// What it answered (HTTP).
        status: u16,
        /// When.
        at: Timestamp,
    },
}

/// Everything that provisioning knows of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisioning {
    /// The order.
    pub order: StoredOrder,
    /// Its service orders, as far as they are stored.
    pub dispatches: Vec<Dispatch>,
    /// All that was said of them.
    pub reports: Vec<Report>,
}

impl Provisioning {
    /// How far a service order is on its way.
    #[must_use]
    pub fn dispatch(&self, id: &ServiceOrderId) -> Option<&Dispatch> {
        self.dispatches.iter().find(|dispatch| dispatch.id == *id)
    }
}

impl Store {
    /// An order with all that provisioning knows of it, as last written: one query of its partition.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn provisioning(&self, id: OrderId) -> Result<Option<Provisioning>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(id.to_string()))
            .into_paginator()
            .items()
            .send();
        let (mut order, mut dispatches, mut reports) = (None, vec![], vec![]);
        for row in pages.collect::<Result<Vec<Row>, _>>().await? {
            let key = Key::of(&row);
            if key == Key::order(id) {
                order = Some(stored(row)?);
            } else if key.sk.starts_with(prefix::SERVICE) {
                dispatches.push(read::<DispatchRecord>(row)?.into());
            } else if key.sk.starts_with(prefix::SEEN) {
                reports.push(read::<ReportRecord>(row)?.into());
            }
        }
        Ok(order.map(|order| Provisioning { order, dispatches, reports }))
    }

    /// Stores a service order, unless it is there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_dispatch(&self, dispatch: &Dispatch) -> Result<(), StoreError> {
        match self.put_dispatch(dispatch, "attribute_not_exists(pk)", None).await {
            Err(StoreError::Conflict) => Ok(()),
            done => done,
        }
    }

    /// Saves a service order that was read at its version, and gives it as it is then.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] and [`StoreError::Unavailable`].
    pub async fn save_dispatch(&self, dispatch: &Dispatch) -> Result<Dispatch, StoreError> {
        let after = Dispatch { version: dispatch.version + 1, ..dispatch.clone() };
        self.put_dispatch(&after, "#version = :version", Some(dispatch.version)).await?;
        Ok(after)
    }

    async fn put_dispatch(&self, dispatch: &Dispatch, condition: &str, version: Option<u64>) -> Result<(), StoreError> {
        let row = write(Key::service_order(&dispatch.id), &DispatchRecord::from(dispatch.clone()))?;
        let mut put = self.client.put_item().table_name(&self.tables.orders).set_item(Some(row)).condition_expression(condition);
        if let Some(version) = version {
            put = put.expression_attribute_names("#version", "version");
            put = put.expression_attribute_values(":version", AttributeValue::N(version.to_string()));
        }
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.as_service_error(), Some(PutItemError::ConditionalCheckFailedException(_))) => {
                Err(StoreError::Conflict)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a report together with the order that it makes, and what it does to the customer's services in place: all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the order was saved since it was read, or the report is kept already;
    /// [`StoreError::Unavailable`].
    pub async fn keep_report(
        &self,
        before: &StoredOrder,
        after: &ProductOrder,
        report: &Report,
        changes: &[InventoryChange],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let put = Put::builder()
            .table_name(&self.tables.orders)
            .set_item(Some(write(Key::report(report), &ReportRecord::from(report.clone()))?))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(unbuildable)?;
        let mut actions = self.saving(before, after, now)?;
        actions.push(Action { about: About::Order, write: TransactWriteItem::builder().put(put).build() });
        for change in changes {
            actions.push(self.in_place(after, change)?);
        }
        match run(&self.client, actions).await {
            Ok(()) => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// What follows for the services in place, and for the numbers they had.
    fn in_place(&self, order: &ProductOrder, change: &InventoryChange) -> Result<Action, StoreError> {
        match change {
            InventoryChange::Put(product) => self.putting_in_place(order.customer(), product),
            InventoryChange::Remove(product) => self.taking_out_of_place(order.customer(), *product),
            InventoryChange::Rest { rate_centre, number, until } => {
                let number = Resource::Number { rate_centre: rate_centre.clone(), number: *number };
                resting(&self.tables.inventory, &number, order.id(), *until)
            }
        }
    }

    /// What a service in place writes. One that is new comes last in the customer's list.
    fn putting_in_place(&self, customer: CustomerId, product: &Product) -> Result<Action, StoreError> {
        let record = serde_dynamo::to_attribute_value(ProductRecord::from(product.clone()));
        let record = record.map_err(|_| StoreError::Corrupt(format!("{} has no form as a row", product.id)))?;
        let update = Update::builder()
            .table_name(&self.tables.customers)
            .set_key(Some(Key::of_customer(customer, prefix::PRODUCT, product.id).into_attributes()))
            .update_expression("SET #record = :record, #format = :format, #position = if_not_exists(#position, :last)")
            .expression_attribute_names("#record", "record")
            .expression_attribute_names("#format", "format")
            .expression_attribute_names("#position", "position")
            .expression_attribute_values(":record", record)
            .expression_attribute_values(":format", AttributeValue::N(super::record::FORMAT.to_string()))
            .expression_attribute_values(":last", AttributeValue::N(u32::MAX.to_string()));
        let write = TransactWriteItem::builder().update(update.build().map_err(unbuildable)?).build();
        Ok(Action { about: About::Pointer, write })
    }

    /// What the end of a service in place writes.
    fn taking_out_of_place(&self, customer: CustomerId, product: ProductId) -> Result<Action, StoreError> {
        let key = Key::of_customer(customer, prefix::PRODUCT, product).into_attributes();
        let delete = Delete::builder().table_name(&self.tables.customers).set_key(Some(key));
        let write = TransactWriteItem::builder().delete(delete.build().map_err(unbuildable)?).build();
        Ok(Action { about: About::Pointer, write })
    }
}
