//! Finding customers: rows beside each customer's own, one for each thing they are found by, all in one index.

use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::id::CustomerId;
use order_manager::order::{Content, ProductOrder};
use order_manager::party::Customer;
use order_manager::search::{Sought, keys_of, order_key};
use serde::{Deserialize, Serialize};

use super::key::{Key, prefix};
use super::record::{Row, read, write};
use super::{Store, StoreError};

/// The most rows that are looked at for one search.
const MOST_READ: i32 = 200;
/// The most customers that are shown for one search.
const MOST_SHOWN: usize = 20;

/// A customer that was found, as much of them as may be shown before the account is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCustomer {
    /// Which.
    pub id: CustomerId,
    /// Name.
    pub name: Box<str>,
    /// Account number; only its end is shown.
    pub account_number: Box<str>,
    /// The city of the customer's first place.
    pub city: Option<Box<str>>,
}

impl FoundCustomer {
    /// As much of a customer as may be shown.
    #[must_use]
    pub fn of(customer: &Customer) -> Self {
        let city = customer.sites.first().map(|site| site.address.city.clone());
        Self { id: customer.id, name: customer.name.clone(), account_number: customer.account_number.clone(), city }
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The customers, by name.
    pub customers: Vec<FoundCustomer>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// A row by which a customer is found, with what is shown of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FoundRecord {
    lookup: String,
    name: Box<str>,
    contact: Box<str>,
    account_number: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<Box<str>>,
}

/// The rows by which a customer is found.
pub(super) fn found_by(customer: &Customer) -> Result<Vec<Row>, StoreError> {
    let row = |lookup: String| {
        let key = Key::of_customer(customer.id, prefix::LOOKUP, &lookup);
        let FoundCustomer { name, account_number, city, .. } = FoundCustomer::of(customer);
        write(key, &FoundRecord { lookup, name, contact: customer.contact.name.clone(), account_number, city })
    };
    keys_of(customer).into_iter().map(row).collect()
}

/// The row by which an order's customer is found.
pub(super) fn row_of_order(order: &ProductOrder) -> Result<Row, StoreError> {
    let (ordered_for, place) = match order.content() {
        Content::Draft(draft) => (&draft.ordered_for, &draft.place),
        Content::Placed(placed) => (&placed.ordered_for, &placed.place),
    };
    let record = FoundRecord {
        lookup: order_key(&order.id().reference()),
        name: ordered_for.name.clone(),
        contact: ordered_for.contact.name.clone(),
        account_number: ordered_for.account_number.clone(),
        city: Some(place.address.city.clone()),
    };
    write(key_of_order(order), &record)
}

/// Its key.
pub(super) fn key_of_order(order: &ProductOrder) -> Key {
    Key::of_customer(order.customer(), prefix::LOOKUP, order_key(&order.id().reference()))
}

impl Store {
    /// The customers that something finds: one query of an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn find_customers(&self, sought: &Sought) -> Result<Found, StoreError> {
        let query = self.client.query().table_name(&self.tables.customers).index_name("by_lookup").limit(MOST_READ);
        let query = query.key_condition_expression("#lookup = :lookup").expression_attribute_names("#lookup", "lookup");
        let answer = query.expression_attribute_values(":lookup", AttributeValue::S(sought.key())).send().await?;
        let mut found = Found { customers: vec![], more: answer.last_evaluated_key.is_some() };
        for row in answer.items.unwrap_or_default() {
            let key = Key::of(&row);
            let id = key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} belongs to no customer")))?;
            let FoundRecord { name, contact, account_number, city, .. } = read(row)?;
            if sought.finds(&name) || sought.finds(&contact) {
                found.customers.push(FoundCustomer { id, name, account_number, city });
            }
        }
        found.customers.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        found.more |= found.customers.len() > MOST_SHOWN;
        found.customers.truncate(MOST_SHOWN);
        Ok(found)
    }
}
