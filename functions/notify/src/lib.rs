//! Tells customers by e-mail what they would want to know of their orders: started by the events on the bus, each thing once.
//!
//! What there is to tell follows from the order as it stands (`order_manager::notice`), and what was told is written beside it. So
//! events that come twice, late or in another order tell nothing twice, and nothing that is old.

use order_manager::id::OrderId;
use order_manager::notice::{Notice, notices};
use order_manager::order::{Content, Placed};
use platform::store::{StoreError, Wanted};
use platform::{App, MailError};
use serde::Deserialize;
use serde_json::{Value, json};
use templates::mail::Mail;
use templates::messages::Words;

/// The handler name.
pub const NAME: &str = "notify";

/// Why something was not told: the event comes again.
#[derive(Debug)]
pub enum NotNow {
    /// The event is none of ours.
    Unreadable(serde_json::Error),
    /// The store failed.
    Store(StoreError),
    /// The message was not taken.
    Mail(MailError),
}

impl std::fmt::Display for NotNow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "the event is none of an order's: {error}"),
            Self::Store(error) => error.fmt(f),
            Self::Mail(error) => write!(f, "not sent: {error:?}"),
        }
    }
}

impl std::error::Error for NotNow {}

impl From<StoreError> for NotNow {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// An event as EventBridge hands it on.
#[derive(Deserialize)]
struct Event {
    detail: Detail,
}

#[derive(Deserialize)]
struct Detail {
    event: Resource,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    product_order: Order,
}

#[derive(Deserialize)]
struct Order {
    id: String,
}

/// Takes an event of an order.
///
/// # Errors
/// [`NotNow`]; then it comes again.
pub async fn take(app: &App, event: Value) -> Result<Value, NotNow> {
    let event: Event = serde_json::from_value(event).map_err(NotNow::Unreadable)?;
    let mut told = 0;
    if let Ok(id) = event.detail.event.product_order.id.parse::<OrderId>() {
        let order = app.store.load(&Wanted { order: Some(id), ..Wanted::default() }).await?.order;
        if let Some(order) = order
            && let Content::Placed(placed) = order.value.content()
        {
            for notice in notices(&order.value) {
                told += tell(app, id, placed, &notice).await?;
            }
        }
    }
    Ok(json!({ "told": told }))
}

/// Tells one thing, unless it was told before, and says whether it was now.
async fn tell(app: &App, id: OrderId, placed: &Placed, notice: &Notice) -> Result<usize, NotNow> {
    let Some(to) = &placed.ordered_for.contact.email else { return Ok(0) };
    let now = app.clock.now();
    // Whoever marks it first tells it; another event of the same order may be under way.
    if !app.store.begin_telling(id, &notice.key, now).await? {
        return Ok(0);
    }
    let mail = Mail::order(Words::english(), &notice.news, placed);
    match app.mailer.send(to, &mail, now).await {
        Ok(()) => Ok(1),
        Err(error) => {
            // It is open again, for the next try.
            app.store.forget_telling(id, &notice.key).await?;
            Err(NotNow::Mail(error))
        }
    }
}
