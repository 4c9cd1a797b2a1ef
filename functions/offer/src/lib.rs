//! What staff do about an order before it is placed: a discount, its approval, a quote, and sending it to the customer; and the
//! quote, as the customer reads and accepts it.

mod deeds;
mod quote;
mod quotes;

use http::StatusCode;
use jiff::ToSpan;
use lambda_http::{Body, Request, Response};
use order_manager::access::Role;
use order_manager::access::{Act, Actor, Denied, Duty, Staff, StaffMember, authorize};
use order_manager::calendar::today_in;
use order_manager::catalogue::Catalogue;
use order_manager::decide::{Command, Deed, LONGEST_QUOTE, Refusal, StaffAct, decide, discount_limit};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::order::{Content, ProductOrder};
use platform::session::Asking;
use platform::store::Session;
use platform::turn::Turn;
use platform::{App, Incoming, PageError, Route, for_person, respond, session};
use templates::pages::offer::{self, Offer};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}/offer", handler: |app, request| Box::pin(show(app, request)) },
    Route { key: "POST /orders/{order}/offer/{deed}", handler: |app, request| Box::pin(act(app, request)) },
    Route { key: "GET /orders/{order}/quote", handler: |app, request| Box::pin(quote::show(app, request)) },
    Route { key: "GET /customers/{customer}/quotes", handler: |app, request| Box::pin(quotes::show(app, request)) },
    Route { key: "POST /orders/{order}/quote", handler: |app, request| Box::pin(quote::accept(app, request)) },
];

/// Whether somebody may see what staff do about this order: who acts for the customer, and whoever may approve what waits for it.
fn may_look(session: &Session, order: &ProductOrder, now: jiff::Timestamp) -> Result<(), Denied> {
    match (&session.actor, order) {
        (Actor::Staff(staff), ProductOrder::AwaitingApproval(_)) if staff.does(Duty::Approve) => Ok(()),
        (actor, _) => authorize(actor, Act::See, order.customer(), now),
    }
}

/// The member of staff; to anybody else these pages are not there.
fn staff_of(turn: &Turn) -> Result<&Staff, PageError> {
    match &turn.session.actor {
        Actor::Staff(staff) => Ok(staff),
        Actor::Customer { .. } => Err(PageError::NotFound),
    }
}

async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin_where(app, &incoming, Asking::Page, may_look).await?;
        page(&turn, &Entered::default(), &[], StatusCode::OK)
    })
    .await
}

fn page(turn: &Turn, entered: &Entered, errors: &[FieldError], status: StatusCode) -> Result<Response<Body>, PageError> {
    let staff = staff_of(turn)?;
    let order = &turn.order.value;
    let Content::Draft(draft) = order.content() else { return Ok(respond::see_other(&Path::order(order.id()))) };
    let price = turn.price(draft)?;
    let today = today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now);
    let view = Offer {
        order,
        version: turn.order.version,
        catalogue: &turn.catalogue,
        price: &price,
        reader: staff,
        own_limit: discount_limit(&staff.roles, &turn.catalogue),
        most: most(&turn.catalogue),
        today,
        longest: today.saturating_add(LONGEST_QUOTE.days()),
        entered,
        errors,
    };
    Ok(for_person(&turn.session_id, &turn.session, order.customer(), |context| {
        respond::page(status, offer::render(context, &view))
    }))
}

/// The most that anybody may take off.
fn most(catalogue: &Catalogue) -> u8 {
    discount_limit(&Role::ALL, catalogue)
}

async fn act(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin_where(app, &incoming, Asking::Form, may_look).await?;
        let staff = staff_of(&turn)?;
        let again = |status, errors: &[FieldError]| page(&turn, &incoming.entered, errors, status);
        if !session::is_token_of(&turn.session_id, &incoming.token) {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said("form-not-ours"))]);
        }
        let deed = match deeds::read(&incoming, &turn)? {
            Ok(deed) => deed,
            Err(errors) => return again(StatusCode::UNPROCESSABLE_ENTITY, &errors),
        };
        if incoming.version != turn.order.version.to_string() {
            return again(StatusCode::CONFLICT, &[FieldError::new("", Reason::Said("order-changed"))]);
        }
        let by = StaffMember { person: staff.person, name: turn.session.name.as_str().into() };
        let leads_to = leads_to(&deed, &turn);
        let command = Command::Staff(StaffAct { by, roles: staff.roles.clone(), deed });
        let act = command.act();
        let after = match decide(&turn.order.value, command, &turn.catalogue, turn.now) {
            Ok(after) => after,
            Err(refusal) => return refused(&turn, &incoming, refusal),
        };
        turn.save(app, act, &after).await?;
        Ok(respond::see_other(&leads_to))
    })
    .await
}

/// Where a deed leads: an approver, who has nothing more to see, to what else waits.
fn leads_to(deed: &Deed, turn: &Turn) -> Path {
    match deed {
        Deed::Approve | Deed::Return(_) => Path::WORK,
        Deed::Quote { .. } => Path::quote(turn.order.value.id()),
        Deed::Discount { .. } | Deed::TakeDiscountBack(_) | Deed::AskApproval | Deed::Revise | Deed::Send(_) | Deed::TakeBack => {
            Path::offer(turn.order.value.id())
        }
    }
}

/// The page again, with what is wrong at its field.
fn refused(turn: &Turn, incoming: &Incoming, refusal: Refusal) -> Result<Response<Body>, PageError> {
    let again = |field: &'static str, reason| {
        page(turn, &incoming.entered, &[FieldError::new(field, reason)], StatusCode::UNPROCESSABLE_ENTITY)
    };
    match refusal {
        Refusal::Fields(errors) => page(turn, &incoming.entered, &errors, StatusCode::UNPROCESSABLE_ENTITY),
        Refusal::NotNegotiable(_) => again(offer::ITEM, Reason::Said("offer-tariffed")),
        Refusal::NoSuchItem | Refusal::NoSuchOffering => again(offer::ITEM, Reason::NotAChoice),
        Refusal::TheirOwn => again("", Reason::Said("offer-not-theirs")),
        Refusal::NotTheirDuty if turn.session.actor.does(Duty::Approve) => again("", Reason::Said("offer-beyond-limit")),
        Refusal::NotApproved(_) => again("", Reason::Said("offer-not-yet")),
        Refusal::NotYet(_) => Err(PageError::SeeOther(turn.stands(&turn.order.value))),
        // Somebody else did something about it meanwhile; the page says how it stands now.
        Refusal::NotInState(_) | Refusal::NothingToApprove => Err(PageError::SeeOther(Path::offer(turn.order.value.id()))),
        _ => Err(PageError::Unprocessable),
    }
}
