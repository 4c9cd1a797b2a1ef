//! Sends events on to partners' listeners: started by the events on the bus. An event that a listener does not take comes again, under
//! the same id, for those that have not taken it.

use futures_util::future::join_all;
use order_manager::id::PartnerId;
use platform::outward::{Callback, NotTaken};
use platform::store::Listener;
use platform::tmf::{EventType, events_asked_for};
use platform::{App, NotNow};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The handler name.
pub const NAME: &str = "deliver";

/// An event as EventBridge hands it on.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "detail-type")]
    kind: String,
    detail: Value,
}

/// Takes an event, for the listeners of the partner that it is for.
///
/// # Errors
/// [`NotNow`]; then it comes again.
pub async fn take(app: &App, event: Value) -> Result<Value, NotNow> {
    let Event { kind, mut detail } = serde_json::from_value(event).map_err(NotNow::Unreadable)?;
    // Whose it is is said for us; the partner knows.
    let partner = detail.as_object_mut().and_then(|detail| detail.remove("partner"));
    let partner = partner.and_then(|partner| partner.as_str()?.parse::<PartnerId>().ok());
    let (Some(partner), Some(kind)) = (partner, EventType::named(&kind)) else { return Ok(json!({ "sent": 0 })) };
    let mut listeners = app.store.listeners(&partner).await?;
    listeners.retain(|listener| wants(listener, kind));
    let event = detail["eventId"].as_str().and_then(|id| Uuid::try_parse(id).ok()).unwrap_or_default();
    if !listeners.is_empty() {
        let took = app.store.took(&partner, event).await?;
        listeners.retain(|listener| !took.contains(&listener.id));
    }
    let body = detail.to_string();
    let sent = join_all(listeners.iter().map(|listener| send(app, listener, &body))).await;
    match sent.iter().filter(|sent| sent.is_err()).count() {
        0 => Ok(json!({ "sent": listeners.len() })),
        count => {
            // It comes again, and not to those that have it.
            for (listener, _) in listeners.iter().zip(&sent).filter(|(_, sent)| sent.is_ok()) {
                let now = app.clock.now();
                app.store.put_took(&partner, event, listener.id, now).await?;
            }
            Err(NotNow::Elsewhere(format!("{count} listeners")))
        }
    }
}

fn wants(listener: &Listener, kind: EventType) -> bool {
    listener.query.as_deref().is_none_or(|query| events_asked_for(query).is_some_and(|kinds| kinds.contains(&kind)))
}

async fn send(app: &App, listener: &Listener, body: &str) -> Result<(), NotTaken> {
    let stand_in = app.config.listener_stand_in.as_ref();
    let callback = Callback::read(&listener.callback, stand_in).map_err(|_| NotTaken::NotPublic)?;
    callback.post(body).await.inspect_err(|why| tracing::warn!(listener = %listener.id, ?why, "a listener did not take an event"))
}
