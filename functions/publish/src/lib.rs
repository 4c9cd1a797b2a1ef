//! Publishes what happens to orders: each change in the orders' stream becomes the events of TMF622 that it means.

use order_manager::id::OrderId;
use order_manager::order::Content;
use platform::store::{Image, StoreError};
use platform::stream::{Change, Unreadable, each};
use platform::tmf::{Happening, of_cancellation, of_order, of_request, of_said};
use platform::{App, NotNow};
use serde_json::Value;

/// The handler name.
pub const NAME: &str = "publish";

/// Takes a batch of the orders' stream.
///
/// # Errors
/// When the event is none.
pub async fn take(app: &App, event: Value) -> Result<Value, Unreadable> {
    each(event, |change| publish(app, change)).await
}

async fn publish(app: &App, change: Change) -> Result<(), NotNow> {
    let Ok(order) = change.pk.parse::<OrderId>() else { return Ok(()) };
    let sequence = format!("{order}#{}", change.sequence);
    let happenings = meant(app, order, change).await?;
    app.events.publish(&happenings, &sequence, app.clock.now()).await.map_err(NotNow::Bus)
}

/// What a change means.
async fn meant(app: &App, id: OrderId, change: Change) -> Result<Vec<Happening>, StoreError> {
    let origin = app.config.site_origin.clone().unwrap_or_default();
    let Change { sk, before, after, .. } = change;
    match &*sk {
        "order" => {
            let Some(after) = after.map(Image::order).transpose()? else { return Ok(vec![]) };
            let before = before.map(Image::order).transpose()?.map(|before| before.value);
            let of_partner = match after.value.content() {
                Content::Placed(placed) => placed.ordered_for.partner.is_some(),
                Content::Draft(_) => false,
            };
            // Only what is a partner's was ever sent by one.
            let (sent, cancellations) = match of_partner {
                true => (app.store.partner_view(id).await?.request, app.store.cancellations(id).await?),
                false => (None, vec![]),
            };
            Ok(of_order(before.as_ref(), &after.value, sent.as_ref(), &cancellations, &origin))
        }
        "request" => {
            let read = |image: Option<Image>| image.map(|image| image.partner_request(id)).transpose();
            let (before, after) = (read(before)?, read(after)?);
            match app.store.partner_view(id).await?.order {
                Some(order) => Ok(of_said(before.as_ref(), after.as_ref(), &order, &origin)),
                None => Ok(of_request(before.as_ref(), after.as_ref(), &origin)),
            }
        }
        _ => match (before, after) {
            (None, Some(after)) if sk.starts_with("cancel#") => Ok(vec![of_cancellation(&after.cancellation()?, &origin)]),
            _ => Ok(vec![]),
        },
    }
}
