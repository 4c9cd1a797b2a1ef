//! What a tester finds on starting.

use crate::{Persona, StartError, identity::Identity};

/// Puts everything in place: so far the people, who can sign in.
///
/// # Errors
/// When the user pool refuses somebody.
pub(crate) async fn seed(identity: &Identity, personas: &mut [Persona]) -> Result<(), StartError> {
    for persona in personas {
        identity.add(persona).await?;
    }
    Ok(())
}
