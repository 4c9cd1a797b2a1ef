//! Has placed orders carried out: each change of an order in the orders' stream starts a look at what its provisioning systems have
//! to be told, and telling them.
//!
//! What is due follows from the order and from what the systems have heard, which is written down ([`due`]). So a change that comes
//! twice, late or after a break has nothing told twice; and what could not be told is due at the next change, or the next try of this
//! one. Nothing is sent before it is stored, and what is sent is what was stored.

mod content;

use http::Method;
use jiff::Timestamp;
use order_manager::id::OrderId;
use order_manager::order::{Content, Decision, Placed, ProductOrder};
use order_manager::provisioning::{
    Doubted, Due, Heard, Report, ServiceOrder, ServiceOrderState, Told, contact, due, service_orders,
};
use order_manager::text::Text;
use platform::provisioning::{NotKept, NotReached, System, keep};
use platform::store::{Dispatch, Provisioning, Reached, StoreError, Wanted};
use platform::stream::{Change, Happened, Unreadable, every};
use platform::{App, NotNow};
use serde::Deserialize;
use serde_json::{Value, json};

/// The handler name.
pub const NAME: &str = "provision";

/// How often an order is looked at again within one turn, because something of it changed meanwhile.
const ROUNDS: usize = 4;

/// An operator's own event: orders to be looked at again, after their changes were tried in vain.
#[derive(Deserialize)]
struct Again {
    orders: Vec<String>,
}

/// Takes a batch of the orders' stream, or an operator's `{"orders": ["…"]}`.
///
/// # Errors
/// When the event is neither.
pub async fn take(app: &App, event: Value) -> Result<Value, Unreadable> {
    if let Ok(Again { orders }) = serde_json::from_value::<Again>(event.clone()) {
        let mut failed = vec![];
        for order in orders {
            let done = match order.parse::<OrderId>() {
                Ok(id) => provide(app, id).await.map_err(|error| error.to_string()),
                Err(_) => Err("no order's id".to_owned()),
            };
            if let Err(why) = done {
                failed.push(json!({ "order": order, "why": why }));
            }
        }
        return Ok(json!({ "failed": failed }));
    }
    every(event, |change| provide_changed(app, change)).await
}

/// Does what is due for the order that a change is about.
async fn provide_changed(app: &App, change: Change) -> Result<(), NotNow> {
    match change.pk.parse() {
        Ok(id) if change.happened != Happened::Remove => provide(app, id).await.inspect_err(|_| {
            // A dead letter names a place in the stream alone: the log has the order.
            tracing::warn!(order = %id, "an order waits");
        }),
        _ => Ok(()),
    }
}

/// What came of a look at an order.
enum Looked {
    /// Everything due was done.
    Done,
    /// Something has changed by it, or meanwhile: it has to be looked at again.
    Changed,
}

/// Does what is due for an order.
async fn provide(app: &App, id: OrderId) -> Result<(), NotNow> {
    let mut looked = Ok(());
    for _ in 0..ROUNDS {
        looked = match look(app, id).await {
            Ok(Looked::Done) => return Ok(()),
            // What changed the order is a change in the stream: it is looked at again then, at the latest.
            Ok(Looked::Changed) => Ok(()),
            Err(NotNow::Store(StoreError::Conflict)) => Err(StoreError::Conflict.into()),
            Err(error) => return Err(error),
        };
    }
    looked
}

async fn look(app: &App, id: OrderId) -> Result<Looked, NotNow> {
    let Some(known) = app.store.provisioning(id).await? else { return Ok(Looked::Done) };
    let order = &known.order.value;
    let Content::Placed(placed) = order.content() else { return Ok(Looked::Done) };
    if order.state().is_final() {
        return Ok(Looked::Done);
    }
    let now = app.clock.now();
    let head = app.store.load(&Wanted::default()).await?.catalogue_head;
    let current = app.catalogues.current(&app.store, &head, now).await.map_err(NotNow::Catalogue)?;
    let catalogue = app.catalogues.of(&app.store, &placed.catalogue, &current).await;
    let all = service_orders(placed, &catalogue);
    let missing: Vec<_> = all.iter().filter(|one| known.dispatch(&one.id).is_none()).collect();
    for service_order in &missing {
        let system = app.provisioning.system_for(service_order.family);
        app.store.begin_dispatch(&begun(placed, service_order, system)).await?;
    }
    if !missing.is_empty() {
        return Ok(Looked::Changed);
    }
    // A system that does not answer keeps nothing else from being done.
    let mut unanswered = None;
    for service_order in &all {
        let Some(dispatch) = known.dispatch(&service_order.id).filter(|dispatch| app.provisioning.has(dispatch.system)) else {
            continue;
        };
        match tell(app, &known, service_order, dispatch, now).await {
            Ok(Looked::Done) => {}
            Err(NotNow::Elsewhere(why)) => unanswered = Some(why),
            other => return other,
        }
    }
    unanswered.map_or(Ok(Looked::Done), |why| Err(NotNow::Elsewhere(why)))
}

/// A service order as it is stored first: nobody has it yet.
fn begun(placed: &Placed, service_order: &ServiceOrder, system: System) -> Dispatch {
    let day = content::day(placed, service_order);
    let content = content::of(placed, service_order).to_string().into();
    let contact = contact(placed);
    Dispatch {
        id: service_order.id,
        content,
        day,
        contact,
        system,
        reached: Reached::Nobody,
        heard: Heard::default(),
        version: 1,
    }
}

/// Tells the system what is due about one service order.
async fn tell(
    app: &App,
    known: &Provisioning,
    service_order: &ServiceOrder,
    dispatch: &Dispatch,
    now: Timestamp,
) -> Result<Looked, NotNow> {
    let order = &known.order.value;
    let mut dispatch = dispatch.clone();
    for due in due(order, service_order, &dispatch.heard, &known.reports) {
        match due {
            Due::Send => match &dispatch.reached {
                // Somebody of ours has to see why first.
                Reached::Refused { .. } => return Ok(Looked::Done),
                _ => dispatch = send(app, dispatch, now).await?,
            },
            Due::Day(day) => {
                dispatch = doubted(app, dispatch, Doubted::Day).await?;
                let patch = json!({ "requestedCompletionDate": content::moment(day) });
                patch_with(app, &dispatch, &format!("day-{}", dispatch.version), &patch, now).await?;
                dispatch.heard.day = Some(day);
                dispatch.heard.doubted.remove(&Doubted::Day);
                dispatch = app.store.save_dispatch(&dispatch).await?;
            }
            Due::Contact(contact) => {
                dispatch = doubted(app, dispatch, Doubted::Contact).await?;
                let note = json!({ "note": [{ "id": "contact", "author": "customer", "text": contact }] });
                patch_with(app, &dispatch, &format!("contact-{}", dispatch.version), &note, now).await?;
                dispatch.heard.contact = Some(contact);
                dispatch.heard.doubted.remove(&Doubted::Contact);
                dispatch = app.store.save_dispatch(&dispatch).await?;
            }
            Due::Amend(at) => {
                let items = content::of(placed_of(order)?, service_order)["serviceOrderItem"].take();
                let key = format!("amend-{}", at.as_millisecond());
                let taken = patch_with(app, &dispatch, &key, &json!({ "serviceOrderItem": items }), now).await?;
                dispatch.heard.amended = Some(at);
                dispatch = app.store.save_dispatch(&dispatch).await?;
                // The customer counts on it, and may pay for it: somebody of ours has to see why.
                if taken == Taken::No {
                    tracing::error!(service_order = %dispatch.id, "the provisioning system refuses what the customer changed");
                    let why =
                        Text::english("What you changed has to be looked at by our people first. You don’t have to do anything.");
                    return say(app, &dispatch, "not-amended", state(ServiceOrderState::Held, Some(why)), now).await;
                }
            }
            Due::Answer(question, text) => {
                let note = json!({ "note": [{ "id": question.to_string(), "author": "customer", "text": text }] });
                patch_with(app, &dispatch, &format!("answer-{question}"), &note, now).await?;
                dispatch.heard.answered = Some(question);
                dispatch = app.store.save_dispatch(&dispatch).await?;
            }
            Due::Decision(charge, decision) => {
                let text = match decision {
                    Decision::Accepted => "accepted",
                    Decision::Refused => "refused",
                };
                let note = json!({ "note": [{ "id": charge.to_string(), "author": "customer", "text": text }] });
                patch_with(app, &dispatch, &format!("decision-{charge}"), &note, now).await?;
                dispatch.heard.decided = Some(charge);
                dispatch = app.store.save_dispatch(&dispatch).await?;
            }
            Due::Cancel => return cancel(app, order, dispatch, now).await,
            // The system may have it all the same, and only its answer was lost: it gets it once more, and is asked to cancel it.
            Due::Withdraw if matches!(dispatch.reached, Reached::Waiting { .. }) => {
                send(app, dispatch, now).await?;
                return Ok(Looked::Changed);
            }
            Due::Withdraw => return say(app, &dispatch, "withdrawn", state(ServiceOrderState::Cancelled, None), now).await,
            Due::GiveUp => {
                let why = Text::english("What this service runs over could not be brought in.");
                return say(app, &dispatch, "given-up", state(ServiceOrderState::Failed, Some(why)), now).await;
            }
        }
    }
    Ok(Looked::Done)
}

/// Writes down that something is about to be said. An answer that is lost leaves it so, and it is said again, by another key: what is
/// said next may be something else.
async fn doubted(app: &App, mut dispatch: Dispatch, what: Doubted) -> Result<Dispatch, NotNow> {
    dispatch.heard.doubted.insert(what);
    Ok(app.store.save_dispatch(&dispatch).await?)
}

/// What was placed. Only of that anything is due.
fn placed_of(order: &ProductOrder) -> Result<&Placed, NotNow> {
    match order.content() {
        Content::Placed(placed) => Ok(placed),
        Content::Draft(_) => Err(StoreError::Corrupt("something is due of a draft".to_owned()).into()),
    }
}

/// Has the system take a service order. How that went is written down either way.
async fn send(app: &App, mut dispatch: Dispatch, now: Timestamp) -> Result<Dispatch, NotNow> {
    let key = dispatch.id.to_string();
    match app.provisioning.send(dispatch.system, Method::POST, "/serviceOrder", &key, &dispatch.content, now).await {
        Ok(answer) => {
            let id = answer["id"].as_str().unwrap_or(&key).into();
            dispatch.reached = Reached::System { id, at: now };
            dispatch.heard.day = Some(dispatch.day);
            dispatch.heard.contact = Some(dispatch.contact.clone());
            Ok(app.store.save_dispatch(&dispatch).await?)
        }
        Err(NotReached::Unanswered(why)) => {
            let (since, tries) = match dispatch.reached {
                Reached::Waiting { since, tries } => (since, tries),
                _ => (now, 0),
            };
            dispatch.reached = Reached::Waiting { since, tries: tries.saturating_add(1) };
            app.store.save_dispatch(&dispatch).await?;
            Err(NotNow::Elsewhere(why))
        }
        Err(NotReached::Refused(status)) => {
            tracing::error!(service_order = %dispatch.id, status, "the provisioning system refuses a service order");
            dispatch.reached = Reached::Refused { status, at: now };
            let dispatch = app.store.save_dispatch(&dispatch).await?;
            let why = Text::english(
                "Something about this service has to be looked at by our people first. You don’t have to do anything.",
            );
            say(app, &dispatch, "refused", state(ServiceOrderState::Held, Some(why)), now).await?;
            Ok(dispatch)
        }
    }
}

/// Whether a system takes a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Yes,
    No,
}

/// Changes a service order that the system has. A change that it refuses is not tried again: it says by its reports how it goes on.
async fn patch_with(app: &App, dispatch: &Dispatch, key: &str, patch: &Value, now: Timestamp) -> Result<Taken, NotNow> {
    let Reached::System { id, .. } = &dispatch.reached else { return Ok(Taken::Yes) };
    let key = format!("{}.{key}", dispatch.id);
    match app
        .provisioning
        .send(dispatch.system, Method::PATCH, &format!("/serviceOrder/{}", escaped(id)), &key, &patch.to_string(), now)
        .await
    {
        Ok(_) => Ok(Taken::Yes),
        Err(NotReached::Unanswered(why)) => Err(NotNow::Elsewhere(why)),
        Err(NotReached::Refused(status)) => {
            tracing::warn!(%key, status, "the provisioning system refuses a change");
            Ok(Taken::No)
        }
    }
}

/// Asks the system to cancel a service order. When it refuses, that is its answer to the customer.
async fn cancel(app: &App, order: &ProductOrder, mut dispatch: Dispatch, now: Timestamp) -> Result<Looked, NotNow> {
    let (ProductOrder::AssessingCancellation(asked), Reached::System { id, .. }) = (order, &dispatch.reached) else {
        return Ok(Looked::Done);
    };
    let body = json!({ "cancellationReason": "the customer asks for it", "serviceOrder": { "id": id, "@referredType": "ServiceOrder" } });
    let key = format!("{}.cancel-{}", dispatch.id, asked.since.as_second());
    let answer = app.provisioning.send(dispatch.system, Method::POST, "/cancelServiceOrder", &key, &body.to_string(), now).await;
    if let Err(NotReached::Unanswered(why)) = answer {
        return Err(NotNow::Elsewhere(why));
    }
    dispatch.heard.cancelling = Some(asked.since);
    let dispatch = app.store.save_dispatch(&dispatch).await?;
    if let Err(NotReached::Refused(status)) = answer {
        tracing::warn!(%key, status, "the provisioning system refuses to cancel");
        say(app, &dispatch, "assessed", state(ServiceOrderState::AssessingCancellation, None), now).await?;
        return say(app, &dispatch, "not-cancelled", state(ServiceOrderState::InProgress, None), now).await;
    }
    Ok(Looked::Done)
}

const fn state(state: ServiceOrderState, why: Option<Text>) -> Told {
    Told::State(state, why)
}

/// Keeps something that we say of a service order ourselves.
async fn say(app: &App, dispatch: &Dispatch, what: &str, told: Told, now: Timestamp) -> Result<Looked, NotNow> {
    let id =
        format!("ours-{}-{what}", dispatch.version).parse().map_err(|_| StoreError::Corrupt(format!("{what} is no report")))?;
    match keep(app, &Report { id, of: dispatch.id, at: now, told }).await {
        Ok(()) => Ok(Looked::Changed),
        // Something was said meanwhile that it does not go with: that counts.
        Err(NotKept::NotTaken(_)) => Ok(Looked::Done),
        Err(NotKept::Store(error)) => Err(error.into()),
        Err(NotKept::Catalogue(error)) => Err(NotNow::Catalogue(error)),
    }
}

/// A system's id as part of an address.
fn escaped(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
