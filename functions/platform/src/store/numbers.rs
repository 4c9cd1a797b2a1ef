//! The telephone numbers that are offered to an order.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::try_join;
use jiff::Timestamp;
use order_manager::id::OrderId;
use order_manager::telephone::TelephoneNumber;

use super::inventory::{InventoryRecord, OPEN, sortable};
use super::key::{Key, numbers_of};
use super::record::{Row, read};
use super::{Store, StoreError};

/// Rows looked at first, on either side of the place to begin: mostly they are enough.
const FIRST_ROWS: i32 = 50;
/// Rows looked at after that, query by query. A rate centre that is nearly used up offers fewer numbers rather than making the
/// page slow.
const MORE_ROWS: [i32; 4] = [150, 250, 250, 250];

/// From the place to begin on.
const AFTER: &str = "pk = :pk AND sk >= :begin";
/// What comes before it.
const BEFORE: &str = "pk = :pk AND sk < :begin";

/// What numbers are asked for.
struct Asked<'a> {
    rate_centre: &'a str,
    begin: &'a str,
    order: OrderId,
    now: Timestamp,
}

/// Numbers found on one side of the place to begin, and where that side goes on.
struct Side {
    numbers: Vec<TelephoneNumber>,
    rest: Option<Row>,
}

/// The first and last number of each rate centre asked about in this process. Only a place to begin is reckoned from them, so
/// it does no harm when they are old.
#[derive(Debug, Default)]
pub(super) struct Ranges(Mutex<HashMap<Box<str>, (u64, u64)>>);

impl Ranges {
    fn get(&self, rate_centre: &str) -> Option<(u64, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(rate_centre).copied()
    }

    fn set(&self, rate_centre: &str, range: (u64, u64)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(rate_centre.into(), range);
    }
}

impl Store {
    /// Up to `count` numbers of a rate centre that an order can have: free ones, lapsed ones and its own. They begin at a
    /// place that depends on the order, so that customers at the same time are not all offered the same, and go round. What
    /// comes before that place is asked for together with what comes after it, so that the end is no reason to wait again.
    ///
    /// It may be a moment late; taking one is what decides.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn offered_numbers(
        &self,
        rate_centre: &str,
        order: OrderId,
        count: usize,
        now: Timestamp,
    ) -> Result<Vec<TelephoneNumber>, StoreError> {
        let Some((first, last)) = self.range_of(rate_centre).await? else { return Ok(vec![]) };
        // The end of an order's id is random.
        let place = order.value().as_u128() % (u128::from(last.saturating_sub(first)) + 1);
        let begin = first.saturating_add(u64::try_from(place).unwrap_or(0)).to_string();
        let asked = Asked { rate_centre, begin: &begin, order, now };
        let side = |condition, rows| self.side(&asked, condition, rows, None);
        let (mut after, mut before) = try_join(side(AFTER, FIRST_ROWS), side(BEFORE, FIRST_ROWS)).await?;
        for rows in MORE_ROWS {
            if after.numbers.len() + before.numbers.len() >= count {
                break;
            }
            let (side, condition) = match (&after.rest, &before.rest) {
                (Some(_), _) => (&mut after, AFTER),
                (None, Some(_)) => (&mut before, BEFORE),
                (None, None) => break,
            };
            let more = self.side(&asked, condition, rows, side.rest.take()).await?;
            side.numbers.extend(more.numbers);
            side.rest = more.rest;
        }
        Ok(after.numbers.into_iter().chain(before.numbers).take(count).collect())
    }

    /// Some of the rows on one side of the place to begin.
    async fn side(&self, asked: &Asked<'_>, condition: &str, rows: i32, from: Option<Row>) -> Result<Side, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.inventory)
            .key_condition_expression(condition)
            .filter_expression(OPEN)
            .expression_attribute_names("#order", "order")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":pk", AttributeValue::S(numbers_of(asked.rate_centre)))
            .expression_attribute_values(":begin", AttributeValue::S(asked.begin.to_owned()))
            .expression_attribute_values(":order", AttributeValue::S(asked.order.to_string()))
            .expression_attribute_values(":now", sortable(asked.now))
            .limit(rows)
            .set_exclusive_start_key(from);
        let page = query.send().await?;
        let numbers = page.items.unwrap_or_default().into_iter().map(number_of).collect::<Result<_, _>>()?;
        Ok(Side { numbers, rest: page.last_evaluated_key })
    }

    async fn range_of(&self, rate_centre: &str) -> Result<Option<(u64, u64)>, StoreError> {
        if let Some(range) = self.ranges.get(rate_centre) {
            return Ok(Some(range));
        }
        let (first, last) = try_join(self.end_of(rate_centre, true), self.end_of(rate_centre, false)).await?;
        let range = first.zip(last);
        if let Some(range) = range {
            self.ranges.set(rate_centre, range);
        }
        Ok(range)
    }

    /// The lowest or highest number of a rate centre.
    async fn end_of(&self, rate_centre: &str, lowest: bool) -> Result<Option<u64>, StoreError> {
        let query = self.client.query().table_name(&self.tables.inventory).key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(numbers_of(rate_centre)));
        let rows = query.scan_index_forward(lowest).limit(1).send().await?.items.unwrap_or_default();
        Ok(rows.first().and_then(|row| Key::of(row).sk.parse().ok()))
    }
}

fn number_of(row: Row) -> Result<TelephoneNumber, StoreError> {
    let key = Key::of(&row);
    let _: InventoryRecord = read(row)?;
    key.sk.parse().map_err(|_| StoreError::Corrupt(format!("{key} is no telephone number")))
}
