//! Which items an order has: adding one, taking one out.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::calendar::today_in;
use order_manager::decide::{Command, Refusal, decide};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::OfferingId;
use order_manager::qualification::{Availability, availability};
use platform::turn::Turn;
use platform::{App, Incoming, PageError, for_person, mint, respond, session};
use templates::components::order_summary::draft_summary;
use templates::layout::Context;
use templates::pages::add_service::{self, AddService, EXCLUDED, FULL, ITEM, OFFERING};
use templates::path::Path;

/// Shows what can be added.
pub(crate) async fn choose(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        page(&turn, &Entered::default(), &[], StatusCode::OK)
    })
    .await
}

/// Adds what was chosen.
pub(crate) async fn add(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Form).await?;
        let entered = &incoming.entered;
        let again = |reason| page(&turn, entered, &[FieldError::new(OFFERING, reason)], StatusCode::UNPROCESSABLE_ENTITY);
        if entered.names().any(|name| ![OFFERING, ITEM].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let item = entered.text(ITEM).parse().map_err(|_| PageError::Unprocessable)?;
        let offering: OfferingId = match entered.one(OFFERING) {
            Ok(Some(id)) => match id.parse() {
                Ok(id) => id,
                Err(_) => return again(Reason::NotAChoice),
            },
            Ok(None) => return again(Reason::Missing),
            Err(reason) => return again(reason),
        };
        match change(app, &incoming, &turn, Command::AddItem { item, offering }).await? {
            Ok(response) => Ok(response),
            Err(Refusal::Excluded(_)) => again(Reason::Said(EXCLUDED)),
            Err(Refusal::TooManyItems) => again(Reason::Said(FULL)),
            Err(_) => again(Reason::NotAChoice),
        }
    })
    .await
}

/// Takes an item out.
pub(crate) async fn remove(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Form).await?;
        let item = incoming.parameter("item")?;
        match change(app, &incoming, &turn, Command::RemoveItem(item)).await? {
            Ok(response) => Ok(response),
            // Gone already: that is what was asked for.
            Err(Refusal::NoSuchItem) => Ok(respond::see_other(&turn.stands(&turn.order.value))),
            Err(_) => Err(PageError::Unprocessable),
        }
    })
    .await
}

/// Carries out a change of which items there are, and leads to where the order stands then.
async fn change(
    app: &App,
    incoming: &Incoming,
    turn: &Turn,
    command: Command,
) -> Result<Result<Response<Body>, Refusal>, PageError> {
    if !session::is_token_of(&turn.session_id, &incoming.token) {
        return Err(PageError::Forbidden);
    }
    turn.draft()?;
    let act = command.act();
    let after = match decide(&turn.order.value, command, &turn.catalogue, turn.now) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    turn.save(app, act, &after).await?;
    app.files.let_go(&turn.order.value, Some(&after), turn.now).await;
    let empty = after.open_draft().is_some_and(|draft| draft.items.is_empty());
    Ok(Ok(respond::see_other(&if empty { Path::order_items(after.id()) } else { turn.stands(&after) })))
}

fn page(turn: &Turn, entered: &Entered, errors: &[FieldError], status: StatusCode) -> Result<Response<Body>, PageError> {
    let draft = turn.draft()?;
    let catalogue = &turn.catalogue;
    let area = catalogue.area_of(draft.place.address.zip);
    let today = today_in(area, turn.now);
    let offerings = catalogue.offerings.iter();
    let here = |kind| move |offering: &&_| availability(offering, area, Some(kind), today) == Availability::Available;
    let item = mint::by_time(turn.now)?.to_string();
    let price = turn.price(draft)?;
    Ok(for_person(&turn.session_id, &turn.session, draft.ordered_for.id, |context: &Context<'_>| {
        let view = AddService {
            order: draft.id,
            place: &draft.place.address,
            offerings: offerings.filter(here(draft.ordered_for.kind)).collect(),
            item: if entered.has(ITEM) { entered.text(ITEM) } else { &item },
            entered,
            errors,
            aside: Some(draft_summary(context.words, draft, catalogue, &price)),
        };
        respond::page(status, add_service::render(context, &view))
    }))
}
