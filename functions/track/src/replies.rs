//! What a customer says when asked: an answer, or whether something is to be built at their cost.

use lambda_http::{Body, Request, Response};
use order_manager::admits::Reading;
use order_manager::calendar::today_in;
use order_manager::characteristic::{Lines, ValueType};
use order_manager::decide::{Agreed, Command, Wish};
use order_manager::entered::{FieldError, Reason};
use order_manager::id::OrderItemId;
use order_manager::order::{Decision, PlacedItem, Question};
use order_manager::value::Value;
use platform::session::Asking;
use platform::turn::Turn;
use platform::{App, Incoming, PageError};
use templates::pages::track::{ANSWER, CHARGE, DECISION, ITEM, QUESTION};

use crate::{ATTEMPTS, Again, done, is_ours, page, placed_of};

/// The most characters of an answer.
const LONGEST: usize = 500;

pub(crate) async fn answer(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| said(app, &incoming, answered).await).await
}

pub(crate) async fn decide_charge(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| said(app, &incoming, decided).await).await
}

/// Has something that was said count, however often the order is saved meanwhile; the page again where it can't.
async fn said(
    app: &App,
    incoming: &Incoming,
    read: impl Fn(&Turn, &Incoming) -> Result<Wish, Again>,
) -> Result<Response<Body>, PageError> {
    for _ in 0..ATTEMPTS {
        let mut turn = Turn::begin(app, incoming, Asking::Form).await?;
        // What is corrected costs what it did when it was placed.
        let placed = placed_of(&turn)?;
        turn.catalogue = app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await;
        let wish = is_ours(&turn, incoming).and_then(|()| read(&turn, incoming));
        let taken = match wish {
            Ok(wish) => done(app, &turn, Command::Wish(wish), ANSWER).await,
            Err(again) => Err(again),
        };
        match taken {
            Ok(response) => return Ok(response),
            Err(Again::Wrong(errors)) => {
                let known = app.store.provisioning(turn.order.value.id()).await?;
                return page(app, &turn, known, &incoming.entered, &errors).await;
            }
            Err(Again::Page(PageError::Conflict)) => {}
            Err(Again::Page(other)) => return Err(other),
        }
    }
    Err(PageError::Conflict)
}

fn item<'a>(turn: &'a Turn, incoming: &Incoming) -> Result<&'a PlacedItem, Again> {
    let id: OrderItemId = incoming.entered.text(ITEM).parse().map_err(|_| PageError::Unprocessable)?;
    let item = placed_of(turn)?.items.iter().find(|item| item.id == id);
    item.ok_or_else(|| PageError::Unprocessable.into())
}

fn answered(turn: &Turn, incoming: &Incoming) -> Result<Wish, Again> {
    let item = item(turn, incoming)?;
    let question = incoming.entered.text(QUESTION).parse().map_err(|_| PageError::Unprocessable)?;
    let asked = item.on_the_way.question.as_ref().filter(|asked| asked.id == question);
    let corrects = asked.and_then(|Question { corrects, .. }| corrects.clone());
    let placed = placed_of(turn)?;
    let area = turn.catalogue.area_of(placed.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let text = ValueType::Text { min: 1, max: LONGEST, pattern: None, lines: Lines::Several };
    // An answer of the order is corrected by what the order takes there.
    let form = turn.catalogue.form(&item.offering, &item.action);
    let takes = corrects.as_ref().and_then(|field| form?.characteristic(field)).map_or(&text, |asked| &asked.value);
    let missing = || Again::Wrong(vec![FieldError::new(ANSWER, Reason::Missing)]);
    let value = takes.admit(ANSWER, &incoming.entered, &reading).map_err(Again::Wrong)?.ok_or_else(missing)?;
    let text = match &value {
        Value::Text(text) => text.clone(),
        other => other.entries(0).join(", ").into(),
    };
    if text.trim().is_empty() {
        return Err(missing());
    }
    let corrected = corrects.map(|field| (field, value));
    let agreed = Agreed::Shown(Box::new(placed.price.clone()));
    Ok(Wish::Reply { item: item.id, question, text, corrected, agreed })
}

fn decided(turn: &Turn, incoming: &Incoming) -> Result<Wish, Again> {
    let item = item(turn, incoming)?.id;
    let charge = incoming.entered.text(CHARGE).parse().map_err(|_| PageError::Unprocessable)?;
    let decision = match incoming.entered.text(DECISION) {
        "accepted" => Decision::Accepted,
        "refused" => Decision::Refused,
        _ => return Err(PageError::Unprocessable.into()),
    };
    Ok(Wish::Decide { item, charge, decision })
}
