//! How a customer is written to: what they chose, and what their links to stop mail are signed with.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::id::CustomerId;
use order_manager::mailing::MailChoice;

use super::key::{Key, prefix};
use super::record::mailing::{MailChoiceRecord, MailKeyRecord};
use super::record::{Row, read, write};
use super::{Store, StoreError};
use crate::stop_mail::MailKey;

/// How a customer is written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailing {
    /// What they chose.
    pub choice: MailChoice,
    /// What their links are signed with; none while nobody has written to them.
    pub key: Option<MailKey>,
}

impl Mailing {
    /// Reads one of its rows; anything else belongs to who wrote it.
    fn take(&mut self, row: Row) -> Result<(), StoreError> {
        match &*Key::of(&row).sk {
            prefix::MAIL => self.choice = read::<MailChoiceRecord>(row)?.into(),
            prefix::MAIL_KEY => self.key = Some(read::<MailKeyRecord>(row)?.into()),
            _ => {}
        }
        Ok(())
    }
}

impl Store {
    /// How a customer is written to. Of one who is not there it says what it says of everybody at first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn mailing(&self, customer: CustomerId) -> Result<Mailing, StoreError> {
        let query = self.client.query().table_name(&self.tables.customers).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :mail)");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(customer.to_string()));
        let rows = query.expression_attribute_values(":mail", AttributeValue::S(prefix::MAIL.to_owned())).send().await?;
        let mut mailing = Mailing::default();
        for row in rows.items.unwrap_or_default() {
            mailing.take(row)?;
        }
        Ok(mailing)
    }

    /// Keeps what a customer chose.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn choose_mail(&self, customer: CustomerId, choice: &MailChoice) -> Result<(), StoreError> {
        let row = write(Key::of_customer(customer, prefix::MAIL, ""), &MailChoiceRecord::from(choice.clone()))?;
        self.client.put_item().table_name(&self.tables.customers).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Gives a customer a key, and says which one they have: another may have been first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn begin_mail_key(&self, customer: CustomerId, key: MailKey) -> Result<MailKey, StoreError> {
        let row = write(Key::of_customer(customer, prefix::MAIL_KEY, ""), &MailKeyRecord::from(key.clone()))?;
        let put = self.client.put_item().table_name(&self.tables.customers).set_item(Some(row));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(key),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                self.mailing(customer).await?.key.ok_or(StoreError::Conflict)
            }
            Err(error) => Err(error.into()),
        }
    }
}
