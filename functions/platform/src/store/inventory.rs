//! Telephone numbers and appointments: what is open, and how an order takes, keeps and gives back what there is one of.
//!
//! A row without `order` is free. With `order` and `until` it is held for that order until then; a hold that has lapsed is as
//! good as free. With `order` alone it is that order's for good. A number that is given up is held so by the order that ended its
//! service, until it has rested long enough.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::catalogue::Window;
use order_manager::id::{AreaId, OrderId};
use order_manager::inventory::{AppointmentSlot, CREWS, Resource};
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};

use super::batch::{Reading, get, put, unbuildable};
use super::change::Step;
use super::key::Key;
use super::record::as_text::AsText;
use super::record::{read, write};
use super::transaction::{About, Action};
use super::{Made, Store, StoreError};

/// A condition: nobody else has the row, or nobody else any more.
pub(super) const OPEN: &str = "attribute_not_exists(#order) OR #order = :order OR #until <= :now";

/// Who has a number or an appointment.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct InventoryRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<AsText<OrderId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl InventoryRecord {
    /// [`OPEN`], of a row that was read.
    fn is_open_to(&self, order: OrderId, now: Timestamp) -> bool {
        self.order.as_ref().is_none_or(|holder| holder.0 == order) || self.until.is_some_and(|until| until <= now)
    }

    fn is_held_by(&self, order: OrderId) -> bool {
        self.order.as_ref().is_some_and(|holder| holder.0 == order)
    }
}

/// A time as rows have it, with all its digits: such texts sort as times do.
pub(super) fn sortable(time: Timestamp) -> AttributeValue {
    AttributeValue::S(format!("{time:.9}"))
}

/// The part of a transaction that carries a step out for an order.
///
/// # Errors
/// None in practice: see [`unbuildable`].
pub(super) fn action(table: &str, step: Step, order: OrderId, now: Timestamp) -> Result<Action, StoreError> {
    let taken = format!("attribute_exists(pk) AND ({OPEN})");
    let ours = "#order = :order";
    let (resource, change, condition, until) = match step {
        Step::Hold(resource, until) => (resource, "SET #order = :order, #until = :until", taken.as_str(), Some(until)),
        Step::Claim(resource) => (resource, "SET #order = :order REMOVE #until", taken.as_str(), None),
        Step::Firm(resource) => (resource, "REMOVE #until", ours, None),
        Step::Free(resource) => {
            let write = update(table, &resource, "REMOVE #order, #until", ours, order, None, None)?;
            return Ok(Action { about: About::Freeing, write });
        }
    };
    let now = (condition == taken).then_some(now);
    let write = update(table, &resource, change, condition, order, until, now)?;
    Ok(Action { about: About::Taking(resource), write })
}

/// The part of a transaction that has a number rest that an order gave up: until then it is nobody else's.
///
/// # Errors
/// None in practice: see [`unbuildable`].
pub(super) fn resting(table: &str, number: &Resource, order: OrderId, until: Timestamp) -> Result<Action, StoreError> {
    let write = update(table, number, "SET #order = :order, #until = :until", "attribute_exists(pk)", order, Some(until), None)?;
    Ok(Action { about: About::Freeing, write })
}

fn update(
    table: &str,
    resource: &Resource,
    change: &str,
    condition: &str,
    order: OrderId,
    until: Option<Timestamp>,
    now: Option<Timestamp>,
) -> Result<TransactWriteItem, StoreError> {
    let mut values = HashMap::from([(":order".to_owned(), AttributeValue::S(order.to_string()))]);
    values.extend(until.map(|until| (":until".to_owned(), sortable(until))));
    values.extend(now.map(|now| (":now".to_owned(), sortable(now))));
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(Key::resource(resource).into_attributes()))
        .update_expression(change)
        .condition_expression(condition)
        .expression_attribute_names("#order", "order")
        .expression_attribute_names("#until", "until")
        .set_expression_attribute_values(Some(values))
        .build()
        .map_err(unbuildable)?;
    Ok(TransactWriteItem::builder().update(update).build())
}

impl Store {
    /// The appointments an order can have: of each day and window, in their order, one crew that is free, or the one held
    /// for this order. One BatchGetItem for up to a hundred crews' times.
    ///
    /// It may be a moment late; taking one is what decides.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn open_slots(
        &self,
        area: &AreaId,
        days: &[Date],
        windows: &[Window],
        order: OrderId,
        now: Timestamp,
    ) -> Result<Vec<AppointmentSlot>, StoreError> {
        let slot = |day: &Date, window: &Window, crew| AppointmentSlot {
            area: area.clone(),
            day: *day,
            window: window.id.clone(),
            crew,
        };
        let choices = days.iter().flat_map(|day| windows.iter().map(move |window| (day, window)));
        let choices: Vec<Vec<_>> =
            choices.map(|(day, window)| (1..=CREWS).map(|crew| slot(day, window, crew)).collect()).collect();
        let keys: Vec<_> = choices.iter().flatten().map(|slot| (self.tables.inventory.as_str(), Key::slot(slot))).collect();
        let mut found: HashMap<Key, InventoryRecord> = HashMap::new();
        for row in get(&self.client, &keys, Reading::MaybeLate).await? {
            found.insert(Key::of(&row), read(row)?);
        }
        let record = |slot: &AppointmentSlot| found.get(&Key::slot(slot));
        let pick = |crews: Vec<AppointmentSlot>| {
            let ours = crews.iter().find(|slot| record(slot).is_some_and(|record| record.is_held_by(order)));
            let open = || crews.iter().find(|slot| record(slot).is_some_and(|record| record.is_open_to(order, now)));
            ours.or_else(open).cloned()
        };
        Ok(choices.into_iter().filter_map(pick).collect())
    }

    /// Whether a number of a rate centre is one of ours to give. One that came with a customer is not: it goes back to where it came from.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_our_number(&self, rate_centre: &str, number: TelephoneNumber) -> Result<bool, StoreError> {
        let key = (self.tables.inventory.as_str(), Key::number(rate_centre, number));
        Ok(!get(&self.client, &[key], Reading::Consistent).await?.is_empty())
    }

    /// Adds a number to a rate centre; one that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_number(&self, rate_centre: &str, number: TelephoneNumber) -> Result<Made, StoreError> {
        self.add(Key::number(rate_centre, number)).await
    }

    /// Adds an appointment that can be had; one that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_slot(&self, slot: &AppointmentSlot) -> Result<Made, StoreError> {
        self.add(Key::slot(slot)).await
    }

    /// Adds numbers to their rate centres, many in one call; those that are there stay as they are. For loading data before
    /// orders are taken: what is taken between the look and the write would be free again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_numbers(&self, numbers: &[(Box<str>, TelephoneNumber)]) -> Result<(), StoreError> {
        self.add_all(numbers.iter().map(|(rate_centre, number)| Key::number(rate_centre, *number)).collect()).await
    }

    /// Adds appointments that can be had, many in one call, as [`Self::put_numbers`] does numbers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_slots(&self, slots: &[AppointmentSlot]) -> Result<(), StoreError> {
        self.add_all(slots.iter().map(Key::slot).collect()).await
    }

    /// A call takes no key twice.
    async fn add_all(&self, keys: HashSet<Key>) -> Result<(), StoreError> {
        let table = self.tables.inventory.as_str();
        let wanted: Vec<_> = keys.iter().map(|key| (table, key.clone())).collect();
        let there: HashSet<_> = get(&self.client, &wanted, Reading::Consistent).await?.iter().map(Key::of).collect();
        let free = InventoryRecord::default();
        let rows: Result<_, _> = keys.difference(&there).map(|key| write(key.clone(), &free)).collect();
        put(&self.client, table, rows?).await
    }

    async fn add(&self, key: Key) -> Result<Made, StoreError> {
        let row = write(key, &InventoryRecord::default())?;
        let put = self.client.put_item().table_name(&self.tables.inventory).set_item(Some(row));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(Made::New),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(Made::There)
            }
            Err(error) => Err(error.into()),
        }
    }
}
