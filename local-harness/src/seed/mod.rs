//! What a tester finds on starting: people who can sign in, customers with services and orders, numbers and appointments.

mod agreements;
mod customers;
mod inventory;
mod orders;
mod walk;

use platform::App;
use platform::store::{Creation, StoreError};

use crate::{Persona, StartError, identity::Identity};

/// The client that a partner tries the interface out with, as the template calls it.
pub(crate) const PARTNER_CLIENT: &str = "TryOutPartnerClient";

/// What comes of a seed, or what is wrong with it.
type Seeding<T> = Result<T, String>;

/// Puts everything in place. What is there already, from an earlier start on the same data, stays as it is.
///
/// # Errors
/// When the user pool or the database refuses something.
pub(crate) async fn seed(identity: &Identity, personas: &mut [Persona], app: &App) -> Result<(), StartError> {
    let (store, now) = (&app.store, app.clock.now());
    for persona in personas.iter_mut() {
        identity.add(persona).await?;
    }
    let partner = identity.app_client(PARTNER_CLIENT).and_then(|client| client.id.parse().ok());
    let failed = |error: StoreError| StartError::Seed(error.to_string());
    let catalogue =
        platform::catalogue::embedded().ok_or_else(|| StartError::Seed("the catalogue does not decode".to_owned()))?;
    // Before the orders, which have some of it.
    inventory::inventory(store, &catalogue, now).await.map_err(failed)?;
    for persona in personas.iter() {
        if store.customer(persona.customer).await.map_err(failed)?.is_none() {
            let customer = customers::customer(persona, partner.as_ref(), &catalogue, now).map_err(StartError::Seed)?;
            store.put_account(&customer, customers::terms(persona, now), &[persona.sub]).await.map_err(failed)?;
            for (order, changed) in orders::orders(persona, &customer, &catalogue, now).map_err(StartError::Seed)? {
                if store.create_order(&order, None, changed).await.map_err(failed)? != Creation::Created {
                    return Err(StartError::Seed(format!("{} is not the first order of that id", order.id())));
                }
            }
            for agreement in agreements::agreements(persona, &customer, &catalogue, now).map_err(StartError::Seed)? {
                if let Some((file, bytes)) = agreements::marked_up(&agreement) {
                    let unkept = |error| StartError::Seed(format!("{} is not kept: {error:?}", file.name));
                    app.files.put(file, bytes, now).await.map_err(unkept)?;
                    app.files.keep(file, now).await.map_err(unkept)?;
                }
                store.create_agreement(&agreement, None).await.map_err(failed)?;
            }
        }
    }
    Ok(())
}
