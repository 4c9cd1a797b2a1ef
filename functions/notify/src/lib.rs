//! Tells customers by e-mail what they would want to know of their orders: started by the events on the bus, each thing once.
//!
//! What there is to tell follows from the order as it stands (`order_manager::notice`), and what was told is written beside it. So
//! events that come twice, late or in another order tell nothing twice, and nothing that is old. What the customer chose to do without
//! is marked as told, and left out: later it would be old.

use order_manager::id::{CustomerId, OrderId};
use order_manager::notice::{Notice, notices};
use order_manager::order::{Content, Placed};
use platform::stop_mail::MailKey;
use platform::store::{Mailing, StoreError, Wanted};
use platform::{App, NotNow};
use serde::Deserialize;
use serde_json::{Value, json};
use templates::mail::{Leads, Mail};
use templates::messages::Words;
use templates::path::{Address, Path};

/// The handler name.
pub const NAME: &str = "notify";

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
            let mut news = notices(&order.value);
            // Most events bring one thing beside those told long ago, and a mark that is there already costs as much as a new one.
            let before = app.store.already_told(id).await?;
            news.retain(|notice| !before.contains(&notice.key));
            if !news.is_empty() {
                let mailing = app.store.mailing(placed.ordered_for.id).await?;
                for notice in news {
                    told += tell(app, id, placed, &mailing, &notice).await?;
                }
            }
        }
    }
    Ok(json!({ "told": told }))
}

/// Tells one thing, unless it was told before, and says whether it was now.
async fn tell(app: &App, id: OrderId, placed: &Placed, mailing: &Mailing, notice: &Notice) -> Result<usize, NotNow> {
    let Some(to) = &placed.ordered_for.contact.email else { return Ok(0) };
    let now = app.clock.now();
    // Whoever marks it first tells it; another event of the same order may be under way.
    if !app.store.begin_telling(id, &notice.key, now).await? {
        return Ok(0);
    }
    if !mailing.choice.hears(notice.news.weight()) {
        return Ok(0);
    }
    let sent = match leads(app, placed.ordered_for.id, mailing).await {
        Ok(leads) => {
            let words = Words::of_mail(mailing.choice.language);
            app.mailer.send(to, &Mail::order(words, &notice.news, placed, leads), now).await.map_err(NotNow::Mail)
        }
        Err(error) => Err(error.into()),
    };
    if sent.is_err() {
        // It is open again, for the next try.
        app.store.forget_telling(id, &notice.key).await?;
    }
    sent.map(|()| 1)
}

/// Where a message to a customer leads. Who was never written to gets a key first.
async fn leads(app: &App, customer: CustomerId, mailing: &Mailing) -> Result<Leads, StoreError> {
    let key = match &mailing.key {
        Some(key) => key.clone(),
        None => app.store.begin_mail_key(customer, MailKey::mint()?).await?,
    };
    let origin = app.config.site_origin.as_deref().unwrap_or_default();
    let address = |path: Path| Address::of(origin, &path);
    Ok(Leads { choice: address(Path::mail_choice(customer)), stop: address(Path::stop_mail(&key.token(customer))) })
}
