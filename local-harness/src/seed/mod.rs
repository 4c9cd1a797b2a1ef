//! What a tester finds on starting: people who can sign in, customers with services and orders, numbers and appointments.

mod customers;
mod inventory;
mod orders;

use jiff::Timestamp;
use platform::PageError;
use platform::store::{Store, StoreError};

use crate::{Persona, StartError, identity::Identity};

/// Puts everything in place. What is there already, from an earlier start on the same data, stays as it is.
///
/// # Errors
/// When the user pool or the database refuses something.
pub(crate) async fn seed(identity: &Identity, personas: &mut [Persona], store: &Store, now: Timestamp) -> Result<(), StartError> {
    for persona in personas.iter_mut() {
        identity.add(persona).await?;
    }
    let failed = |error: StoreError| StartError::Seed(error.to_string());
    let catalogue =
        platform::catalogue::embedded().ok_or_else(|| StartError::Seed("the catalogue does not decode".to_owned()))?;
    for persona in personas.iter() {
        if store.customer(persona.customer).await.map_err(failed)?.is_none() {
            let customer = customers::customer(persona);
            store.put_customer(&customer, &[persona.sub]).await.map_err(failed)?;
            for order in orders::orders(persona, &customer, &catalogue, now)
                .map_err(|error: PageError| StartError::Seed(format!("{error:?}")))?
            {
                store.create_order(&order, now).await.map_err(failed)?;
            }
        }
    }
    inventory::inventory(store, &catalogue, now).await.map_err(failed)
}
