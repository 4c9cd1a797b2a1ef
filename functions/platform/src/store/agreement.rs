//! Agreements: the head with the versions at hand, saved under a condition; the versions before, each kept apart; and with the
//! customer what orders are priced by.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem};
use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::access::StaffMember;
use order_manager::agreement::{Agreement, AgreementState, RateSheet, Stage};
use order_manager::audit::Entry;
use order_manager::id::{AgreementId, ApprovalLevelId, CustomerId};

use super::batch::unbuildable;
use super::key::{Key, prefix};
use super::record::agreement::{AgreementRow, DEALS, KeptVersionRow, ListedRecord, RateSheetRecord};
use super::record::{Row, read, write};
use super::size::size_of;
use super::transaction::{About, Action, Refused, run};
use super::{Store, StoreError, Versioned, Wanted};

/// The most bytes of an agreement's head; DynamoDB itself stops at 400 KB.
const MOST_BYTES: usize = 350_000;

/// The most agreements of a list.
const MOST_LISTED: i32 = 100;

/// An agreement, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementSummary {
    /// Which.
    pub id: AgreementId,
    /// With whom.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: Box<str>,
    /// What it is called.
    pub name: Box<str>,
    /// The newest version's number.
    pub version: u32,
    /// The newest version's state.
    pub state: AgreementState,
    /// Who negotiates it.
    pub owner: StaffMember,
    /// The level whose approval it waits for, where it does.
    pub awaits: Option<ApprovalLevelId>,
    /// The last day on which it may be accepted, or the last of its term.
    pub ends: Option<Date>,
    /// Last changed.
    pub changed: Timestamp,
}

/// A page of the agreements that something may still happen to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealPage {
    /// The agreements, the last changed first.
    pub deals: Vec<AgreementSummary>,
    /// Those before this time are on the next page, where there is one.
    pub next: Option<Timestamp>,
}

impl Store {
    /// Stores a new agreement, with the entry of its trail that says who began it, where somebody did. Its id makes it idempotent:
    /// the same one a second time is as good as once.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another has its id, [`StoreError::TooLarge`] and [`StoreError::Unavailable`].
    pub async fn create_agreement(&self, agreement: &Agreement, entry: Option<&Entry>) -> Result<(), StoreError> {
        let row = row_of(agreement, 1)?;
        let put = self.put_head(row.clone()).condition_expression("attribute_not_exists(pk)");
        let mut actions = self.priced_by(&[], &agreement.rate_sheets())?;
        actions.extend(entry.map(|entry| self.recorded(entry)).transpose()?);
        match self.written(put.build().map_err(unbuildable)?, actions).await {
            Ok(()) => Ok(()),
            Err(Refused::Order(Some(there))) if there == row => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// A version of an agreement: one that is at hand, or one that is kept apart, which takes a read; nothing where there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn version_of(&self, agreement: &Agreement, number: u32) -> Result<Option<Stage>, StoreError> {
        if let Some(stage) = agreement.at_hand(number) {
            return Ok(Some(stage.clone()));
        }
        let wanted = Wanted { agreement: Some(agreement.id), agreement_version: Some(number), ..Wanted::default() };
        Ok(self.load(&wanted).await?.agreement_version)
    }

    /// Saves an agreement that was read as `before`, unless somebody else has saved it since, and gives its new version. Versions
    /// that are not at hand any more are kept apart, what orders are priced by is put with the customer, and the trail gets the
    /// entry that says who did it: together, or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::TooLarge`], [`StoreError::Unavailable`].
    pub async fn save_agreement(
        &self,
        before: &Versioned<Agreement>,
        after: &Agreement,
        entry: Option<&Entry>,
    ) -> Result<u64, StoreError> {
        let version = before.version + 1;
        let row = row_of(after, version)?;
        let put = self.put_head(row.clone()).condition_expression("#version = :version");
        let put = put.expression_attribute_names("#version", "version");
        let put = put.expression_attribute_values(":version", AttributeValue::N(before.version.to_string()));
        let put = put.build().map_err(unbuildable)?;
        let mut actions = self.kept_apart(&before.value, after)?;
        actions.extend(self.priced_by(&before.value.rate_sheets(), &after.rate_sheets())?);
        actions.extend(entry.map(|entry| self.recorded(entry)).transpose()?);
        match self.written(put, actions).await {
            Ok(()) => Ok(version),
            // What stands there is what was to be written: an earlier try got through, and its answer was lost.
            Err(Refused::Order(Some(there))) if there == row => Ok(version),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    fn put_head(&self, row: Row) -> PutBuilder {
        let put = Put::builder().table_name(&self.tables.agreements).set_item(Some(row));
        put.return_values_on_condition_check_failure(OnFailure::AllOld)
    }

    /// Writes a head, with what else is written with it: alone where there is nothing, for half the price.
    async fn written(&self, put: Put, with: Vec<Action>) -> Result<(), Refused> {
        if !with.is_empty() {
            let head = Action { about: About::Order, write: TransactWriteItem::builder().put(put).build() };
            return run(&self.client, std::iter::once(head).chain(with).collect()).await;
        }
        let request = self
            .client
            .put_item()
            .table_name(&put.table_name)
            .set_item(Some(put.item))
            .set_condition_expression(put.condition_expression)
            .set_expression_attribute_names(put.expression_attribute_names)
            .set_expression_attribute_values(put.expression_attribute_values)
            .set_return_values_on_condition_check_failure(put.return_values_on_condition_check_failure);
        let Err(error) = request.send().await else { return Ok(()) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(failed)) => Err(Refused::Order(failed.item.clone())),
            _ => Err(StoreError::from(error).into()),
        }
    }

    /// The versions that are not at hand any more.
    fn kept_apart(&self, before: &Agreement, after: &Agreement) -> Result<Vec<Action>, StoreError> {
        let keep = |stage: &Stage| {
            let key = Key::agreement_version(before.id, stage.version().number);
            let row = write(key, &KeptVersionRow { stage: stage.clone().into() })?;
            let put = Put::builder().table_name(&self.tables.agreements).set_item(Some(row)).build().map_err(unbuildable)?;
            Ok(Action { about: About::Pointer, write: TransactWriteItem::builder().put(put).build() })
        };
        before.left_behind(after).map(keep).collect()
    }

    /// What orders are priced by, where that changes.
    fn priced_by(&self, old: &[RateSheet], new: &[RateSheet]) -> Result<Vec<Action>, StoreError> {
        let mut actions = vec![];
        for sheet in new.iter().filter(|sheet| !old.contains(sheet)) {
            let row = write(Key::rate_sheet(sheet), &RateSheetRecord::from(sheet.clone()))?;
            let put = Put::builder().table_name(&self.tables.customers).set_item(Some(row)).build().map_err(unbuildable)?;
            actions.push(Action { about: About::Pointer, write: TransactWriteItem::builder().put(put).build() });
        }
        for sheet in old.iter().filter(|old| !new.iter().any(|new| new.agreement.version == old.agreement.version)) {
            let delete = Delete::builder().table_name(&self.tables.customers);
            let delete = delete.set_key(Some(Key::rate_sheet(sheet).into_attributes())).build().map_err(unbuildable)?;
            actions.push(Action { about: About::Pointer, write: TransactWriteItem::builder().delete(delete).build() });
        }
        Ok(actions)
    }

    /// What a customer's orders are priced by, as last written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn rate_sheets(&self, customer: CustomerId) -> Result<Vec<RateSheet>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.customers)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :agreement)")
            .expression_attribute_values(":pk", AttributeValue::S(customer.to_string()))
            .expression_attribute_values(":agreement", AttributeValue::S(prefix::AGREEMENT.to_owned()))
            .into_paginator()
            .items()
            .send();
        let rows = pages.collect::<Result<Vec<Row>, _>>().await?;
        rows.into_iter().map(|row| read::<RateSheetRecord>(row).map(RateSheet::from)).collect()
    }

    /// The agreements that something may still happen to, those last changed before a time first. By an index, which may be a
    /// moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn deals(&self, before: Option<Timestamp>) -> Result<DealPage, StoreError> {
        let (deals, more) = self.listed("by_queue", "queue", DEALS.to_owned(), before).await?;
        let next = deals.last().map(|deal| deal.changed).filter(|_| more);
        Ok(DealPage { deals, next })
    }

    /// A customer's agreements, the last changed first. By an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn agreements_of(&self, customer: CustomerId) -> Result<Vec<AgreementSummary>, StoreError> {
        Ok(self.listed("by_customer", "customer", customer.to_string(), None).await?.0)
    }

    /// A page of a list, and whether there is more.
    async fn listed(
        &self,
        index: &str,
        key: &str,
        value: String,
        before: Option<Timestamp>,
    ) -> Result<(Vec<AgreementSummary>, bool), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.tables.agreements)
            .index_name(index)
            .key_condition_expression(if before.is_some() { "#key = :key AND #changed < :before" } else { "#key = :key" })
            .expression_attribute_names("#key", key)
            .expression_attribute_values(":key", AttributeValue::S(value))
            .scan_index_forward(false)
            .limit(MOST_LISTED);
        if let Some(before) = before {
            query = query.expression_attribute_names("#changed", "changed");
            query = query.expression_attribute_values(":before", AttributeValue::S(format!("{before:.9}")));
        }
        let summary = |row: Row| {
            let key = Key::of(&row);
            let id = key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} is no agreement's")))?;
            Ok(read::<ListedRecord>(row)?.summary_of(id))
        };
        let found = query.send().await?;
        let more = found.last_evaluated_key.is_some();
        let page: Result<Vec<_>, StoreError> = found.items.unwrap_or_default().into_iter().map(summary).collect();
        Ok((page?, more))
    }
}

/// The agreement in a row.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub(super) fn versioned(row: Row) -> Result<Versioned<Agreement>, StoreError> {
    let AgreementRow { version, agreement, .. } = read(row)?;
    Ok(Versioned { version, value: agreement.into() })
}

fn row_of(agreement: &Agreement, version: u64) -> Result<Row, StoreError> {
    let row = write(Key::agreement(agreement.id), &AgreementRow::of(agreement, version))?;
    if size_of(&row) > MOST_BYTES {
        return Err(StoreError::TooLarge);
    }
    Ok(row)
}
