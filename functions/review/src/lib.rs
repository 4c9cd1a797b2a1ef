//! Check your order, place it, and the confirmation; or throw the draft away.

mod consent;

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::audit::Act;
use order_manager::authorisation::letters_needed;
use order_manager::calendar::today_in;
use order_manager::decide::{Command, Placing, Refusal, decide, disclosures, price_change};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::Version;
use order_manager::journey::{Step, admit};
use order_manager::order::{Content, DraftItem, ProductOrder};
use order_manager::pricing::OrderPrice;
use order_manager::qualification::can_be_had;
use order_manager::text::Text;
use platform::store::StoreError;
use platform::telemetry::{self, Stage};
use platform::turn::{Turn, fingerprint, path_of};
use platform::{App, Incoming, PageError, Route, for_person, respond, session};
use templates::pages::placed::{self, Confirmation};
use templates::pages::review::{
    self, CHANNEL, CONSENT_BY, CONSENT_DAY, CONSENT_REFERENCE, Gone, PRICE, Placer, Review, TERMS, TERMS_VERSION, TOLD, TWICE,
};

use templates::path::Path;

use crate::consent::placed_by;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}/review", handler: |app, request| Box::pin(check(app, request)) },
    Route { key: "POST /orders/{order}/place", handler: |app, request| Box::pin(place(app, request)) },
    Route { key: "GET /orders/{order}/placed", handler: |app, request| Box::pin(confirmation(app, request)) },
    Route { key: "POST /orders/{order}/discard", handler: |app, request| Box::pin(discard(app, request)) },
];

async fn check(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mut turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        turn.look_again(app).await?;
        let gone = gone(app, &turn).await;
        let shown = page(&turn, &gone, &Entered::default(), &[], StatusCode::OK)?;
        telemetry::reached(Stage::Review);
        Ok(shown)
    })
    .await
}

/// What of a draft can't be had any more, by the names it had when the order was last saved.
async fn gone(app: &App, turn: &Turn) -> Vec<Gone> {
    let Content::Draft(draft) = turn.order.value.content() else { return vec![] };
    let today = today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now);
    let items: Vec<_> = draft.items.iter().filter(|item| !can_be_had(draft, item, &turn.catalogue, today)).collect();
    if items.is_empty() {
        return vec![];
    }
    let then = app.catalogues.of(&app.store, &draft.priced.catalogue, &turn.catalogue).await;
    let named = |item: &DraftItem| {
        let offering = turn.catalogue.offering(&item.offering).or_else(|| then.offering(&item.offering));
        let name = offering.map_or_else(|| Text::english(item.offering.as_str()), |offering| offering.name.clone());
        Gone { item: item.id, name }
    };
    items.into_iter().map(named).collect()
}

/// The page; a draft that is not complete stands elsewhere.
fn page(
    turn: &Turn,
    gone: &[Gone],
    entered: &Entered,
    errors: &[FieldError],
    status: StatusCode,
) -> Result<Response<Body>, PageError> {
    let order = &turn.order.value;
    admit(order, &Step::Review, &turn.catalogue, turn.now).map_err(|stands| PageError::SeeOther(path_of(order, &stands)))?;
    let draft = turn.draft()?;
    let price = turn.price(draft)?;
    let change = price_change(draft, &turn.catalogue).map_err(|_| PageError::Broken("a price does not fit"))?;
    let letters = letters_needed(draft, &turn.catalogue);
    let today = today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now);
    let back = turn.before(draft, &Step::Review);
    let shown_price = price_fingerprint(&price);
    let disclosures = disclosures(draft, &turn.catalogue);
    let placer = match (&turn.session.actor, order) {
        (Actor::Staff(_), _) => Placer::Staff { disclosures: &disclosures },
        (Actor::Customer { .. }, ProductOrder::AwaitingCustomer(sent)) => Placer::Customer { note: sent.note.as_deref() },
        (Actor::Customer { .. }, _) => Placer::Customer { note: None },
    };
    let view = Review {
        draft,
        catalogue: &turn.catalogue,
        price: &price,
        price_change: change.as_ref(),
        gone,
        fingerprint: &shown_price,
        letters: &letters,
        terms: turn.catalogue.terms_on(today),
        today,
        placer,
        closed: turn.closed.as_ref().map(|closed| &*closed.message),
        version: turn.order.version,
        position: turn.position(draft, &Step::Review),
        back: Some(&back),
        entered,
        errors,
    };
    Ok(for_person(&turn.session_id, &turn.session, draft.ordered_for.id, |context| {
        respond::page(status, review::render(context, &view))
    }))
}

/// What the price was when the page was shown: every line of it.
fn price_fingerprint(price: &OrderPrice) -> String {
    let lines = price.lines.iter().map(|line| (line.id.to_string(), format!("{:?}", line.kind)));
    fingerprint(&lines.collect()).to_string()
}

async fn place(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let mut turn = Turn::begin(app, &incoming, session::Asking::Form).await?;
        // Only where the price is not what was shown is it worth a read whether the agreement changed: otherwise saving sees to it.
        let entered = &incoming.entered;
        if let Some(draft) = turn.order.value.open_draft()
            && entered.text(PRICE) != price_fingerprint(&turn.price(draft)?)
        {
            turn.look_again(app).await?;
        }
        let order = &turn.order.value;
        // Sent twice, or sent again from the page before: the order is placed, and this is its confirmation.
        if let Content::Placed(_) = order.content() {
            return Ok(respond::see_other(&Path::order_step(order.id(), "placed")));
        }
        let draft = turn.draft()?;
        let gone = gone(app, &turn).await;
        let again = |status, errors: &[FieldError]| {
            telemetry::wrong(errors);
            page(&turn, &gone, entered, errors, status)
        };
        if !session::is_token_of(&turn.session_id, &incoming.token) {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said("form-not-ours"))]);
        }
        let of_staff: &[&str] = match &turn.session.actor {
            Actor::Customer { .. } => &[],
            Actor::Staff(_) => &[CONSENT_BY, CHANNEL, CONSENT_DAY, CONSENT_REFERENCE, TOLD],
        };
        if entered.names().any(|name| ![TERMS, TERMS_VERSION, PRICE, TWICE].contains(&name) && !of_staff.contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        if turn.closed.is_some() {
            return again(StatusCode::SERVICE_UNAVAILABLE, &[FieldError::new("", Reason::Said(review::CLOSED))]);
        }
        let by = match placed_by(&turn, draft, entered) {
            Ok(by) => by,
            Err(errors) => return again(StatusCode::UNPROCESSABLE_ENTITY, &errors),
        };
        if entered.all(TERMS) != ["yes"] {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new(TERMS, Reason::NotAcknowledged)]);
        }
        let agreed = turn.price(draft)?;
        if !gone.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said(review::NOT_AVAILABLE))]);
        }
        if incoming.version != turn.order.version.to_string() {
            return again(StatusCode::CONFLICT, &[FieldError::new("", Reason::Said("order-changed"))]);
        }
        if entered.text(PRICE) != price_fingerprint(&agreed) {
            return again(StatusCode::CONFLICT, &[FieldError::new("", Reason::Said(review::PRICE_CHANGED))]);
        }
        let meant_twice = entered.all(TWICE).iter().filter_map(|id| id.parse().ok()).collect();
        let terms = Version(entered.text(TERMS_VERSION).into());
        let placing = Command::Place(Placing { by, terms, agreed, meant_twice });
        let act = placing.act();
        let after = match decide(order, placing, &turn.catalogue, turn.now) {
            Ok(after) => after,
            Err(Refusal::NotYet(step)) => return Ok(respond::see_other(&path_of(order, &step))),
            Err(Refusal::TermsChanged) => {
                return again(StatusCode::CONFLICT, &[FieldError::new(TERMS, Reason::Said(review::TERMS_CHANGED))]);
            }
            Err(Refusal::Twice(_)) => {
                return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new(TWICE, Reason::Said(review::MEANT_TWICE))]);
            }
            Err(Refusal::NotTold(_)) => {
                return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new(TOLD, Reason::NotAcknowledged)]);
            }
            Err(Refusal::NotApproved(_)) => return Ok(respond::see_other(&Path::offer(order.id()))),
            Err(Refusal::StillNeeded(..)) => {
                return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said(review::STILL_NEEDED))]);
            }
            Err(Refusal::NotCarried(_)) => {
                return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said(review::NOT_CARRIED))]);
            }
            Err(Refusal::NotAvailable(..) | Refusal::NoSuchOffering) => {
                return again(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new("", Reason::Said(review::NOT_AVAILABLE))]);
            }
            Err(_) => return again(StatusCode::CONFLICT, &[FieldError::new("", Reason::Said("order-changed"))]),
        };
        match turn.save(app, act, &after).await {
            Ok(()) => {
                telemetry::order_placed();
                // What was sent for a question that no longer applies.
                app.files.let_go(order, Some(&after), turn.now).await;
                Ok(respond::see_other(&Path::order_step(after.id(), "placed")))
            }
            // Two clicks at once: one of them has placed it.
            Err(StoreError::Conflict) => retold(app, &incoming, "order-changed").await,
            Err(StoreError::RatesChanged) => retold(app, &incoming, review::PRICE_CHANGED).await,
            Err(StoreError::Taken(_)) => again(StatusCode::CONFLICT, &[FieldError::new("", Reason::Said("order-changed"))]),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// What came of an order that somebody else has saved meanwhile, or of the agreement that prices it.
async fn retold(app: &App, incoming: &Incoming, said: &'static str) -> Result<Response<Body>, PageError> {
    let mut turn = Turn::begin(app, incoming, session::Asking::Form).await?;
    turn.look_again(app).await?;
    match turn.order.value.content() {
        Content::Placed(placed) => Ok(respond::see_other(&Path::order_step(placed.id, "placed"))),
        Content::Draft(_) => {
            let gone = gone(app, &turn).await;
            page(&turn, &gone, &incoming.entered, &[FieldError::new("", Reason::Said(said))], StatusCode::CONFLICT)
        }
    }
}

async fn confirmation(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        match turn.order.value.content() {
            Content::Draft(_) => Ok(respond::see_other(&turn.stands(&turn.order.value))),
            Content::Placed(order) => {
                let catalogue = app.catalogues.of(&app.store, &order.catalogue, &turn.catalogue).await;
                let view = Confirmation { order, catalogue: &catalogue, emailed_to: None };
                Ok(for_person(&turn.session_id, &turn.session, order.ordered_for.id, |context| {
                    respond::page(StatusCode::OK, placed::render(context, &view))
                }))
            }
        }
    })
    .await
}

async fn discard(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, session::Asking::Form).await?;
        if !session::is_token_of(&turn.session_id, &incoming.token) {
            return Err(PageError::Forbidden);
        }
        let customer = turn.draft()?.ordered_for.id;
        app.store.discard_order(&turn.order, turn.on_record(Act::OrderDiscarded).as_ref()).await?;
        app.files.let_go(&turn.order.value, None, turn.now).await;
        Ok(respond::see_other(&Path::customer(customer).with("discarded", "yes")))
    })
    .await
}
