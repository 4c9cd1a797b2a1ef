//! Following an order: how it stands, who acts next, and everything that was ordered; and what its customer can do about it until it
//! works. A draft goes on where it stands.

mod answers;
mod changes;
mod replies;

use futures_util::future::join;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::calendar::today_in;
use order_manager::decide::{Command, Refusal, decide};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::OrderItemId;
use order_manager::order::{Content, Placed, PlacedItem, ProductOrder};
use platform::session::Asking;
use platform::store::{Dispatch, Provisioning, Reached, StoreError};
use platform::turn::Turn;
use platform::{App, Incoming, PageError, Route, for_person, mint, respond, session};
use templates::pages::track::{self, Track};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}", handler: |app, request| Box::pin(follow(app, request)) },
    Route { key: "GET /orders/{order}/date", handler: |app, request| Box::pin(changes::show_day(app, request)) },
    Route { key: "POST /orders/{order}/date", handler: |app, request| Box::pin(changes::save_day(app, request)) },
    Route { key: "GET /orders/{order}/amend", handler: |app, request| Box::pin(changes::show_contact(app, request)) },
    Route { key: "POST /orders/{order}/amend", handler: |app, request| Box::pin(changes::save_contact(app, request)) },
    Route { key: "GET /orders/{order}/amend/{item}", handler: |app, request| Box::pin(answers::show(app, request)) },
    Route { key: "POST /orders/{order}/amend/{item}", handler: |app, request| Box::pin(answers::save(app, request)) },
    Route { key: "GET /orders/{order}/cancel", handler: |app, request| Box::pin(changes::show_cancellation(app, request)) },
    Route { key: "POST /orders/{order}/cancel", handler: |app, request| Box::pin(changes::cancel(app, request)) },
    Route { key: "POST /orders/{order}/answer", handler: |app, request| Box::pin(replies::answer(app, request)) },
    Route { key: "POST /orders/{order}/charge", handler: |app, request| Box::pin(replies::decide_charge(app, request)) },
];

/// How often something is tried again on what somebody else, or the provisioning system, has saved meanwhile.
const ATTEMPTS: usize = 3;

async fn follow(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        // Asked for together: nothing is shown of what is known before it is clear who asks.
        let provisioning = app.store.provisioning(incoming.parameter("order")?);
        let (turn, known) = join(Turn::begin(app, &incoming, Asking::Page), provisioning).await;
        page(app, &turn?, known?, &Entered::default(), &[]).await
    })
    .await
}

/// What was placed; what is not yet goes on elsewhere.
fn placed_of(turn: &Turn) -> Result<&Placed, PageError> {
    let order = &turn.order.value;
    let elsewhere = match (order.content(), order, &turn.session.actor) {
        (Content::Placed(placed), ..) => return Ok(placed),
        (Content::Draft(_), ProductOrder::Draft(_), _) => turn.stands(order),
        // What waits for the customer goes on as the customer's; staff see that it waits.
        (Content::Draft(_), ProductOrder::AwaitingCustomer(_), Actor::Customer { .. }) => turn.stands(order),
        (Content::Draft(_), _, Actor::Staff(_)) => Path::offer(order.id()),
        (Content::Draft(_), _, Actor::Customer { .. }) => Path::quote(order.id()),
    };
    Err(PageError::SeeOther(elsewhere))
}

/// The page, with what is wrong with an answer where there is one.
async fn page(
    app: &App,
    turn: &Turn,
    known: Option<Provisioning>,
    entered: &Entered,
    errors: &[FieldError],
) -> Result<Response<Body>, PageError> {
    let order = &turn.order.value;
    let placed = placed_of(turn)?;
    let dispatches = known.map(|known| known.dispatches).unwrap_or_default();
    let waits = dispatches.iter().filter_map(|Dispatch { reached, .. }| match reached {
        Reached::Waiting { since, .. } => Some(*since),
        Reached::Nobody | Reached::System { .. } | Reached::Refused { .. } => None,
    });
    let catalogue = app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await;
    let new_order = mint::by_time(turn.now)?.to_string();
    let today = today_in(catalogue.area_of(placed.place.address.zip), turn.now);
    let untold = untold(placed, &dispatches);
    let (catalogue, new_order) = (&*catalogue, &*new_order);
    let view = Track { order, catalogue, new_order, waits: waits.min(), untold: &untold, today, entered, errors };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
        respond::page(status, track::render(context, &view))
    }))
}

/// The items of which no system has heard yet what the customer changed last.
fn untold(placed: &Placed, dispatches: &[Dispatch]) -> Vec<OrderItemId> {
    let has_heard = |item: &PlacedItem| {
        let mut told = dispatches.iter().filter(|dispatch| dispatch.id.item == item.id);
        told.any(|dispatch| dispatch.heard.amended == item.on_the_way.amended)
    };
    placed.items.iter().filter(|item| item.on_the_way.amended.is_some() && !has_heard(item)).map(|item| item.id).collect()
}

/// Why a form has to be shown again.
enum Again {
    /// What is wrong with it.
    Wrong(Vec<FieldError>),
    /// Another page answers.
    Page(PageError),
}

impl From<PageError> for Again {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

/// Whether a form came from a page of ours that was shown to this person.
fn is_ours(turn: &Turn, incoming: &Incoming) -> Result<(), Again> {
    if session::is_token_of(&turn.session_id, &incoming.token) {
        return Ok(());
    }
    Err(Again::Wrong(vec![FieldError::new("", Reason::Said("form-not-ours"))]))
}

/// Does something about the order, and leads back to how it stands. Somebody else's save in between is `PageError::Conflict`.
async fn done(app: &App, turn: &Turn, command: Command, field: &'static str) -> Result<Response<Body>, Again> {
    let order = &turn.order.value;
    let wrong = |reason| Again::Wrong(vec![FieldError::new(field, reason)]);
    let act = command.act();
    let after = decide(order, command, &turn.catalogue, turn.now).map_err(|refusal| match refusal {
        Refusal::NotThatDay => wrong(Reason::Said("not-that-day")),
        Refusal::PriceChanged(_) => wrong(Reason::Said("answer-has-a-price")),
        Refusal::AgreedOtherwise => wrong(Reason::Said("amend-agreed-otherwise")),
        // It has gone on meanwhile: the page says how it stands, and what can still be done.
        _ => Again::Page(PageError::SeeOther(Path::order(order.id()))),
    })?;
    match turn.save(app, act, &after).await {
        Ok(()) => Ok(respond::see_other(&Path::order(order.id()))),
        Err(StoreError::Taken(_)) => Err(wrong(Reason::Taken)),
        Err(error) => Err(PageError::from(error).into()),
    }
}
