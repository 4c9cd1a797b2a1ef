//! Orders: created once, saved under a condition, discarded while they are drafts.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem,
};
use jiff::{Timestamp, ToSpan};
use order_manager::audit::{End, Entry, Event, Subject};
use order_manager::id::OrderId;
use order_manager::order::{Content, ProductOrder};

use super::batch::unbuildable;
use super::change::{JUST_PLACED_HOURS, Pointer, claims, pointers, steps};
use super::inventory;
use super::key::{Key, prefix};
use super::record::order::OrderRow;
use super::record::summary::PointerRecord;
use super::record::{Row, read, write};
use super::retry::Tries;
use super::search::{key_of_order, row_of_order};
use super::size::size_of;
use super::transaction::{About, Action, MOST_ACTIONS, Refused, run};
use super::{Store, StoreError, Wanted};

/// The most bytes of an order; DynamoDB itself stops at 400 KB.
const MOST_BYTES: usize = 350_000;

/// The most numbers and appointments of an order: placing it writes them all together with the order, its pointers and the entry on
/// record, and checks the agreement that prices it.
const MOST_RESOURCES: usize = MOST_ACTIONS - 6;

/// Something that was read, and its version then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The version, to save under.
    pub version: u64,
    /// The value.
    pub value: T,
}

/// An order that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOrder {
    /// Its version, to save under.
    pub version: u64,
    /// The order.
    pub value: ProductOrder,
    /// Where its trail ended when something was last done to it that is on record.
    pub trail: End,
}

/// What came of creating an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// It is new; its version is 1.
    Created,
    /// There was an order with this id, whoever's it is: it has not been touched.
    Existed(Box<StoredOrder>),
}

impl Store {
    /// Stores a new order, with its pointer in the customer's partition, what it lays claim to and, where that goes on record, the
    /// entry that says who began it. The order's id makes it idempotent: a second time finds the first.
    ///
    /// # Errors
    /// [`StoreError::Taken`], [`StoreError::TooLarge`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn create_order(
        &self,
        order: &ProductOrder,
        event: Option<&Event>,
        now: Timestamp,
    ) -> Result<Creation, StoreError> {
        let created = self.on_record(order.id(), End::START, event.as_slice(), |entries| async move {
            match run(&self.client, self.creating(order, &entries, now)?).await {
                Err(Refused::Order(Some(there))) if there == row_of(order, 1, end_with(&entries, End::START), now)? => Ok(()),
                created => created,
            }
        });
        match created.await {
            Ok(()) => Ok(Creation::Created),
            Err(Refused::Order(Some(there))) => Ok(Creation::Existed(Box::new(stored(there)?))),
            Err(Refused::Order(None)) => {
                let wanted = Wanted { order: Some(order.id()), ..Wanted::default() };
                let there = self.load(&wanted).await?.order;
                // It was there a moment ago: who tries again finds out.
                there.map(|there| Creation::Existed(Box::new(there))).ok_or(StoreError::Conflict)
            }
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// Saves an order that was read as `before`, unless somebody else has saved it since, and gives its new version. What the
    /// change takes, frees or makes firm, the customer's pointer where it changes, and the entry that says who did it, where that
    /// goes on record, are written with it or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Taken`], [`StoreError::TooLarge`], [`StoreError::Unavailable`]; and
    /// [`StoreError::RatesChanged`] when it is placed under an agreement that prices it otherwise now.
    pub async fn save_order(
        &self,
        before: &StoredOrder,
        after: &ProductOrder,
        event: Option<&Event>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.save_order_with(before, after, &[], event.as_slice(), now).await
    }

    /// The same, with what else is written with it or not at all, and everything that goes on record of it.
    pub(super) async fn save_order_with(
        &self,
        before: &StoredOrder,
        after: &ProductOrder,
        more: &[Action],
        events: &[&Event],
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let version = before.version + 1;
        let saved = self.on_record(after.id(), before.trail, events, |entries| async move {
            let row = row_of(after, version, end_with(&entries, before.trail), now)?;
            let put = self.put_over(before, row.clone())?;
            let first = TransactWriteItem::builder().put(put.clone()).build();
            let mut actions = self.actions(first, Some(&before.value), Some(after), &entries, now)?;
            actions.extend_from_slice(more);
            let written = if actions.len() > 1 { run(&self.client, actions).await } else { self.put_alone(put).await };
            match written {
                // What stands there is what was to be written: an earlier try got through, and its answer was lost.
                Err(Refused::Order(Some(there))) if there == row => Ok(()),
                written => written,
            }
        });
        match saved.await {
            Ok(()) => Ok(version),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// Does something to an order with the entries of its trail that say who did it, where somebody did that goes on record. They
    /// follow where the trail is known to end; where it goes on from there, as an order's that was thrown away and begun anew, its
    /// end is read, and everything is done once more.
    pub(super) async fn on_record<Done: Future<Output = Result<(), Refused>>>(
        &self,
        order: OrderId,
        trail: End,
        events: &[&Event],
        done: impl Fn(Vec<Entry>) -> Done,
    ) -> Result<(), Refused> {
        let subject = Subject::Order(order);
        let entries = |mut end: End| {
            let entry = |event: &&Event| {
                let entry = Entry::following(end, &subject, event);
                end = entry.end();
                entry
            };
            events.iter().map(entry).collect()
        };
        match done(entries(trail)).await {
            Err(Refused::Store(StoreError::Conflict)) if !events.is_empty() => {
                done(entries(self.trail_end(&subject).await?)).await
            }
            done => done,
        }
    }

    /// Removes a draft that was read as `before`, with its pointer, and gives back what it held; its trail stays, and gets the entry
    /// that says who did it, where that goes on record.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has been saved, placed or discarded since, or is no draft; and
    /// [`StoreError::Unavailable`].
    pub async fn discard_order(&self, before: &StoredOrder, event: Option<&Event>) -> Result<(), StoreError> {
        if before.value.open_draft().is_none() {
            return Err(StoreError::Conflict);
        }
        let delete = Delete::builder()
            .table_name(&self.tables.orders)
            .set_key(Some(Key::order(before.value.id()).into_attributes()))
            .condition_expression("#version = :version")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", AttributeValue::N(before.version.to_string()))
            .build()
            .map_err(unbuildable)?;
        // At the beginning of time no hold has lapsed yet: everything is given back, unless somebody else has it already.
        let first = &TransactWriteItem::builder().delete(delete).build();
        let discarded = self.on_record(before.value.id(), before.trail, event.as_slice(), |entries| async move {
            let actions = self.actions(first.clone(), Some(&before.value), None, &entries, Timestamp::MIN)?;
            run(&self.client, actions).await
        });
        match discarded.await {
            Ok(()) => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// All that saving an order writes, beside what else the caller has written with it.
    pub(super) fn saving(&self, before: &StoredOrder, after: &ProductOrder, now: Timestamp) -> Result<Vec<Action>, StoreError> {
        let put = self.put_over(before, row_of(after, before.version + 1, before.trail, now)?)?;
        self.actions(TransactWriteItem::builder().put(put).build(), Some(&before.value), Some(after), &[], now)
    }

    /// A row in the place of an order that is still as it was read.
    fn put_over(&self, before: &StoredOrder, row: Row) -> Result<Put, StoreError> {
        Put::builder()
            .table_name(&self.tables.orders)
            .set_item(Some(row))
            .condition_expression("#version = :version")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", AttributeValue::N(before.version.to_string()))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(unbuildable)
    }

    /// All that storing a new order writes, beside what else the caller has written with it.
    pub(super) fn creating(&self, order: &ProductOrder, entries: &[Entry], now: Timestamp) -> Result<Vec<Action>, StoreError> {
        let put = Put::builder()
            .table_name(&self.tables.orders)
            .set_item(Some(row_of(order, 1, end_with(entries, End::START), now)?))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(unbuildable)?;
        self.actions(TransactWriteItem::builder().put(put).build(), None, Some(order), entries, now)
    }

    /// All that a change writes: the order first, then who did it, pointers, numbers and appointments.
    fn actions(
        &self,
        order: TransactWriteItem,
        before: Option<&ProductOrder>,
        after: Option<&ProductOrder>,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<Vec<Action>, StoreError> {
        let mut actions = vec![Action { about: About::Order, write: order }];
        for entry in entries {
            actions.push(self.recorded(entry)?);
        }
        let Some(subject) = after.or(before) else { return Ok(actions) };
        for pointer in pointers(before, after) {
            actions.extend(self.pointer(pointer, subject, now)?);
        }
        actions.extend(self.rates_stand(before, after)?);
        for step in steps(before, after, now) {
            actions.push(inventory::action(&self.tables.inventory, step, subject.id(), now)?);
        }
        Ok(actions)
    }

    /// Sees, as an order is placed, that the rates of its agreement are those it was priced by: no read of its own is needed for it.
    fn rates_stand(&self, before: Option<&ProductOrder>, after: Option<&ProductOrder>) -> Result<Option<Action>, StoreError> {
        let placed = after.is_some_and(|after| after.state().is_placed());
        let Some(draft) = before.and_then(ProductOrder::open_draft).filter(|_| placed) else { return Ok(None) };
        let Some(under) = &draft.agreement else { return Ok(None) };
        let check = ConditionCheck::builder()
            .table_name(&self.tables.customers)
            .set_key(Some(Key::rate_sheet(&under.sheet).into_attributes()))
            .condition_expression("#until = :until")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":until", AttributeValue::S(under.sheet.until.to_string()))
            .build()
            .map_err(unbuildable)?;
        Ok(Some(Action { about: About::Rates, write: TransactWriteItem::builder().condition_check(check).build() }))
    }

    fn pointer(&self, pointer: Pointer, order: &ProductOrder, now: Timestamp) -> Result<Option<Action>, StoreError> {
        let key = |prefix| Key::of_customer(order.customer(), prefix, order.id());
        let row = match pointer {
            Pointer::PutDraft => write(key(prefix::DRAFT), &PointerRecord::to(order, now, None))?,
            Pointer::PutPlaced => {
                let Content::Placed(placed) = order.content() else { return Ok(None) };
                let expires = placed.placed.saturating_add(JUST_PLACED_HOURS.hours()).unwrap_or(placed.placed);
                if expires <= now {
                    return Ok(None);
                }
                write(key(prefix::PLACED), &PointerRecord::to(order, now, Some(expires)))?
            }
            Pointer::PutReference => row_of_order(order)?,
            Pointer::DropDraft => return self.drop_pointer(key(prefix::DRAFT)).map(Some),
            Pointer::DropReference => return self.drop_pointer(key_of_order(order)).map(Some),
        };
        let put = Put::builder().table_name(&self.tables.customers).set_item(Some(row)).build().map_err(unbuildable)?;
        Ok(Some(Action { about: About::Pointer, write: TransactWriteItem::builder().put(put).build() }))
    }

    fn drop_pointer(&self, key: Key) -> Result<Action, StoreError> {
        let delete = Delete::builder().table_name(&self.tables.customers).set_key(Some(key.into_attributes()));
        let write = TransactWriteItem::builder().delete(delete.build().map_err(unbuildable)?).build();
        Ok(Action { about: About::Pointer, write })
    }

    /// Writes an order that brings nothing else along: half the price of a transaction.
    async fn put_alone(&self, put: Put) -> Result<(), Refused> {
        let mut tries = Tries::new();
        loop {
            let request = self
                .client
                .put_item()
                .table_name(&put.table_name)
                .set_item(Some(put.item.clone()))
                .set_condition_expression(put.condition_expression.clone())
                .set_expression_attribute_names(put.expression_attribute_names.clone())
                .set_expression_attribute_values(put.expression_attribute_values.clone())
                .set_return_values_on_condition_check_failure(put.return_values_on_condition_check_failure.clone());
            let Err(error) = request.send().await else { return Ok(()) };
            match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(failed)) => return Err(Refused::Order(failed.item.clone())),
                Some(PutItemError::TransactionConflictException(_)) if tries.next().await => {}
                _ => return Err(StoreError::from(error).into()),
            }
        }
    }
}

/// The order in a row.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub(super) fn stored(row: Row) -> Result<StoredOrder, StoreError> {
    let OrderRow { version, trail, order, .. } = read(row)?;
    Ok(StoredOrder { version, value: order.0.into(), trail: trail.map_or(End::START, End::from) })
}

/// Where a trail ends that gets these entries more.
fn end_with(entries: &[Entry], before: End) -> End {
    entries.last().map_or(before, Entry::end)
}

fn row_of(order: &ProductOrder, version: u64, trail: End, changed: Timestamp) -> Result<Row, StoreError> {
    let row = write(Key::order(order.id()), &OrderRow::of(order, version, trail, changed))?;
    let fits = size_of(&row) <= MOST_BYTES && claims(order).len() <= MOST_RESOURCES;
    if fits { Ok(row) } else { Err(StoreError::TooLarge) }
}
