//! The customers that a member of staff worked for of late: one row a person.

use jiff::Timestamp;
use order_manager::id::{CustomerId, PersonId};
use serde::{Deserialize, Serialize};

use super::key::Key;
use super::record::as_text::AsText;
use super::record::{read, write};
use super::{FoundCustomer, Store, StoreError};

/// So many are remembered.
const MOST: usize = 10;

/// A customer that a member of staff worked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentCustomer {
    /// The customer, as the search shows them.
    pub customer: FoundCustomer,
    /// When the account was last opened.
    pub at: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct RecentRecord {
    customers: Vec<EntryRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EntryRecord {
    id: AsText<CustomerId>,
    name: Box<str>,
    account_number: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<Box<str>>,
    at: Timestamp,
}

impl Store {
    /// The customers that a member of staff worked for of late, the last one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn recent_customers(&self, person: PersonId) -> Result<Vec<RecentCustomer>, StoreError> {
        let key = Key::recent(person).into_attributes();
        let get = self.client.get_item().table_name(&self.tables.customers).set_key(Some(key)).consistent_read(true);
        let Some(row) = get.send().await?.item else { return Ok(vec![]) };
        let RecentRecord { customers } = read(row)?;
        let entry = |EntryRecord { id, name, account_number, city, at }: EntryRecord| RecentCustomer {
            customer: FoundCustomer { id: id.0, name, account_number, city },
            at,
        };
        Ok(customers.into_iter().map(entry).collect())
    }

    /// Remembers that a member of staff works for a customer. Of two at once, one may be forgotten: it is a convenience.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn remember_customer(&self, person: PersonId, customer: FoundCustomer, at: Timestamp) -> Result<(), StoreError> {
        let mut recent = self.recent_customers(person).await?;
        recent.retain(|entry| entry.customer.id != customer.id);
        recent.insert(0, RecentCustomer { customer, at });
        recent.truncate(MOST);
        let record = |RecentCustomer { customer: FoundCustomer { id, name, account_number, city }, at }| EntryRecord {
            id: AsText(id),
            name,
            account_number,
            city,
            at,
        };
        let row = write(Key::recent(person), &RecentRecord { customers: recent.into_iter().map(record).collect() })?;
        self.client.put_item().table_name(&self.tables.customers).set_item(Some(row)).send().await?;
        Ok(())
    }
}
