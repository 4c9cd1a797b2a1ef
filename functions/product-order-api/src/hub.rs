//! `hub`: where a partner's systems want to hear of what happens to its orders.

use lambda_http::{Body, Request, Response};
use platform::outward::Callback;
use platform::store::{Listener, MOST_LISTENERS};
use platform::tmf::{ORDERING, events_asked_for};
use platform::{App, mint};
use serde_json::json;
use templates::api::Fault;
use uuid::Uuid;

use crate::ORDERS_READ;
use crate::answer::{created, nothing, respond};
use crate::reading::{Object, document};

/// Registers a listener.
pub(crate) async fn register(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let body = document(&caller)?;
        let object = Object::whole(&body)?;
        let text = object.needed_text("callback", 500)?;
        let query = object.text("query", 500)?.filter(|query| !query.is_empty());
        let stand_in = app.config.listener_stand_in.as_ref();
        let callback = Callback::read(text, stand_in).map_err(|_| Fault::CallbackNotHttps)?;
        if query.is_some_and(|query| events_asked_for(query).is_none()) {
            return Err(Fault::CallbackQuery.into());
        }
        if !callback.may_be_called().await {
            return Err(Fault::CallbackNotPublic.into());
        }
        let listeners = app.store.listeners(&caller.partner).await?;
        let same = listeners.iter().find(|listener| *listener.callback == *text && listener.query.as_deref() == query);
        if same.is_none() && listeners.len() >= MOST_LISTENERS {
            return Err(Fault::ManyListeners(MOST_LISTENERS).into());
        }
        let now = app.clock.now();
        let listener = match same {
            // Registered again: it hears of each event once all the same.
            Some(same) => same.clone(),
            None => Listener { id: mint::by_time(now)?, callback: text.into(), query: query.map(Into::into), registered: now },
        };
        app.store.put_listener(&caller.partner, &listener).await?;
        let mut resource = json!({
            "id": listener.id.to_string(),
            "href": format!("{}{ORDERING}/hub/{}", caller.origin, listener.id),
            "callback": listener.callback,
        });
        if let Some(query) = &listener.query {
            resource["query"] = json!(query);
        }
        Ok(created(&resource))
    })
    .await
}

/// Forgets one.
pub(crate) async fn unregister(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_READ, async |caller| {
        let id = Uuid::try_parse(&caller.parameter("id")?).map_err(|_| Fault::NotFound)?;
        match app.store.delete_listener(&caller.partner, id).await? {
            true => Ok(nothing()),
            false => Err(Fault::NotFound.into()),
        }
    })
    .await
}
