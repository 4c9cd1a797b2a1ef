//! Everything that is kept of one customer, for an operator who gives it to them or erases it: rows as they read, whatever they are.

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use order_manager::id::{AgreementId, CustomerId, OrderId, PersonId, ProjectId};
use order_manager::order::OrderState;
use serde_json::{Map, Value};

use super::key::{Key, prefix};
use super::record::packed::unpacked;
use super::record::summary::PointerRecord;
use super::record::{Row, read};
use super::{Store, StoreError, Wanted};

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The account: profile, places, services, how bills are sent, and what the customer is found by.
    Account,
    /// An order that was never placed.
    Draft(OrderId),
    /// An order that was placed, and whether anything may still happen to it.
    Order(OrderId, OrderState),
    /// A file of many sites.
    Project(ProjectId),
    /// An agreement.
    Agreement(AgreementId),
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// What they are.
    pub kept: Kept,
    /// When it last changed, where that is known.
    pub changed: Option<Timestamp>,
    /// The rows, each with its table; the one by which the others are found comes last.
    rows: Vec<(String, Row)>,
}

impl Holding {
    /// The rows as they read.
    #[must_use]
    pub fn documents(&self) -> Vec<Value> {
        self.rows.iter().map(|(_, row)| plain_row(row)).collect()
    }

    /// The persons who may act for the customer, as the account's rows say.
    #[must_use]
    pub fn persons(&self) -> Vec<PersonId> {
        let looked_up = self.rows.iter().filter_map(|(_, row)| row.get("lookup")?.as_s().ok());
        looked_up.filter_map(|lookup| lookup.strip_prefix("login#")?.parse().ok()).collect()
    }
}

impl Store {
    /// Everything that is kept of a customer, but for trails of who did what, which name nobody. Some of it is found by indexes, which
    /// may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn holdings(&self, customer: CustomerId) -> Result<Vec<Holding>, StoreError> {
        let tables = &self.tables;
        let mut holdings = vec![];
        let account = self.partition(&tables.customers, &customer.to_string()).await?;
        if !account.is_empty() {
            let rows = account.into_iter().map(|row| (tables.customers.clone(), row)).collect();
            holdings.push(Holding { kept: Kept::Account, changed: None, rows });
        }
        let mut orders = self.partitions_of(&tables.orders, customer).await?;
        let listed = self.partition(&tables.projects, &customer.to_string()).await?;
        for entry in listed {
            let Some(id) = Key::of(&entry).sk.strip_prefix(prefix::PROJECT).and_then(|id| id.parse().ok()) else { continue };
            let (holding, drafts) = self.project_held(id, entry).await?;
            holdings.push(holding);
            orders.extend(drafts);
        }
        orders.sort();
        orders.dedup();
        holdings.extend(try_join_all(orders.iter().map(|order| self.order_held(order))).await?.into_iter().flatten());
        for agreement in self.partitions_of(&tables.agreements, customer).await? {
            let Ok(id) = agreement.parse() else { continue };
            let rows = self.partition(&tables.agreements, &agreement).await?;
            let (heads, versions): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| Key::of(row) == Key::agreement(id));
            let changed = heads.first().and_then(|head| head.get("changed")?.as_s().ok()?.parse().ok());
            let rows = versions.into_iter().chain(heads).map(|row| (tables.agreements.clone(), row)).collect();
            holdings.push(Holding { kept: Kept::Agreement(id), changed, rows });
        }
        Ok(holdings)
    }

    /// What is kept of an order; nothing where there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn held_order(&self, id: OrderId) -> Result<Option<Holding>, StoreError> {
        self.order_held(&id.to_string()).await
    }

    /// Erases rows that belong together. A draft gives back what it held; one that somebody is working on is a conflict. Carried out by
    /// half it can be carried out again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn erase(&self, holding: &Holding) -> Result<(), StoreError> {
        if let Kept::Draft(id) = holding.kept
            && let Some(draft) = self.load(&Wanted { order: Some(id), ..Wanted::default() }).await?.order
        {
            self.discard_order(&draft, None).await?;
        }
        for (table, row) in &holding.rows {
            let key = Key::of(row).into_attributes();
            self.client.delete_item().table_name(table).set_key(Some(key)).send().await?;
        }
        Ok(())
    }

    async fn order_held(&self, order: &str) -> Result<Option<Holding>, StoreError> {
        let Ok(id) = order.parse::<OrderId>() else { return Ok(None) };
        let rows = self.partition(&self.tables.orders, order).await?;
        let (orders, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| Key::of(row) == Key::order(id));
        let Some(row) = orders.first() else { return Ok(None) };
        let summary = read::<PointerRecord>(row.clone())?.summary_of(id);
        let kept = if summary.state.is_placed() { Kept::Order(id, summary.state) } else { Kept::Draft(id) };
        let rows = others.into_iter().chain(orders).map(|row| (self.tables.orders.clone(), row)).collect();
        Ok(Some(Holding { kept, changed: Some(summary.changed), rows }))
    }

    /// A project, and the orders that came of its rows.
    async fn project_held(&self, id: ProjectId, entry: Row) -> Result<(Holding, Vec<String>), StoreError> {
        let table = &self.tables.projects;
        let heads = self.partition(table, &id.to_string()).await?;
        let rows = match self.project(id).await? {
            Some(project) => self.partition(table, &project.partition()).await?,
            None => vec![],
        };
        let orders = rows.iter().filter_map(|row| plain_row(row).get("order")?.as_str().map(str::to_owned)).collect();
        let rows = rows.into_iter().chain(heads).chain([entry]).map(|row| (table.clone(), row)).collect();
        Ok((Holding { kept: Kept::Project(id), changed: None, rows }, orders))
    }

    async fn partition(&self, table: &str, pk: &str) -> Result<Vec<Row>, StoreError> {
        let query = self.client.query().table_name(table).consistent_read(true).key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()));
        Ok(query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?)
    }

    /// The partitions that an index lists of a customer.
    async fn partitions_of(&self, table: &str, customer: CustomerId) -> Result<Vec<String>, StoreError> {
        let query = self.client.query().table_name(table).index_name("by_customer");
        let query = query.key_condition_expression("#customer = :customer").expression_attribute_names("#customer", "customer");
        let query = query.expression_attribute_values(":customer", AttributeValue::S(customer.to_string()));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        Ok(rows.iter().map(|row| Key::of(row).pk).collect())
    }
}

/// A row as it reads.
fn plain_row(row: &Row) -> Value {
    row.iter().map(|(name, value)| (name.clone(), plain(value))).collect::<Map<_, _>>().into()
}

fn plain(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => text.clone().into(),
        AttributeValue::N(number) => serde_json::from_str(number).unwrap_or_else(|_| number.clone().into()),
        AttributeValue::Bool(yes) => (*yes).into(),
        AttributeValue::L(entries) => entries.iter().map(plain).collect::<Vec<_>>().into(),
        AttributeValue::M(entries) => plain_row(entries),
        AttributeValue::B(bytes) => unpacked(bytes.as_ref()).unwrap_or(Value::Null),
        _ => Value::Null,
    }
}
