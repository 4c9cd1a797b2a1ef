//! What a customer changes of an order on its way: the day, whom to call, or that it is wanted at all.

use http::StatusCode;
use jiff::civil::Date;
use lambda_http::{Body, Request, Response};
use order_manager::admits::Reading;
use order_manager::calendar::{add_business_days, today_in};
use order_manager::characteristic::{Lines, TelephoneUse, ValueType};
use order_manager::decide::{Command, Wish, new_days};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::inventory::AppointmentSlot;
use order_manager::order::{OrderState, Placed, Visit};
use order_manager::party::Contact;
use order_manager::value::Value;
use platform::session::Asking;
use platform::turn::Turn;
use platform::{App, Incoming, PageError, for_person, respond};
use templates::Markup;
use templates::layout::Context;
use templates::pages::cancel_order::{self, CancelOrder, SHOWN_CHARGE};
use templates::pages::change_contact::{self, ChangeContact};
use templates::pages::change_day::{self, ChangeDay, DayChoice};
use templates::pages::installation::{ACCESS_NOTES, CONTACT_NAME, CONTACT_PHONE, REQUESTED, SLOT};
use templates::path::Path;

use crate::{Again, done, is_ours, placed_of};

/// Days of appointments that are offered.
const DAYS_OFFERED: u16 = 10;

/// What was placed, while its customer can change it; otherwise the page says how it stands.
pub(crate) fn changeable(turn: &Turn) -> Result<&Placed, PageError> {
    let placed = placed_of(turn)?;
    match turn.order.value.state() {
        OrderState::Acknowledged | OrderState::InProgress | OrderState::Held | OrderState::Pending => Ok(placed),
        _ => Err(PageError::SeeOther(Path::order(placed.id))),
    }
}

pub(crate) fn shown(turn: &Turn, errors: &[FieldError], render: impl FnOnce(&Context<'_>) -> Markup) -> Response<Body> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    for_person(&turn.session_id, &turn.session, turn.order.value.customer(), |context| respond::page(status, render(context)))
}

pub(crate) async fn show_day(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Page).await?;
        let open = appointments(app, &turn).await?;
        day_page(&turn, &open, &Entered::default(), &[])
    })
    .await
}

pub(crate) async fn save_day(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Form).await?;
        let open = appointments(app, &turn).await?;
        let wish = is_ours(&turn, &incoming).and_then(|()| read_day(&turn, &open, &incoming));
        let field = if takes_appointment(changeable(&turn)?) { SLOT } else { REQUESTED };
        let taken = match wish {
            Ok(wish) => done(app, &turn, Command::Wish(wish), field).await,
            Err(again) => Err(again),
        };
        match taken {
            Ok(response) => Ok(response),
            Err(Again::Wrong(errors)) => day_page(&turn, &open, &incoming.entered, &errors),
            Err(Again::Page(other)) => Err(other),
        }
    })
    .await
}

const fn takes_appointment(order: &Placed) -> bool {
    matches!(order.installation.visit, Visit::Technician(_))
}

/// The appointments that are open, where a technician comes.
async fn appointments(app: &App, turn: &Turn) -> Result<Vec<AppointmentSlot>, PageError> {
    let order = changeable(turn)?;
    match turn.catalogue.area_of(order.place.address.zip) {
        Some(area) if takes_appointment(order) => {
            let (first, _) = new_days(order, &turn.catalogue, turn.now);
            let days: Vec<Date> = (0..DAYS_OFFERED).map(|day| add_business_days(first, day, &turn.catalogue.holidays)).collect();
            Ok(app.store.open_slots(&area.id, &days, &turn.catalogue.windows, order.id, turn.now).await?)
        }
        _ => Ok(vec![]),
    }
}

fn day_page(
    turn: &Turn,
    open: &[AppointmentSlot],
    entered: &Entered,
    errors: &[FieldError],
) -> Result<Response<Body>, PageError> {
    let order = changeable(turn)?;
    let choice = if takes_appointment(order) { DayChoice::Appointment(open) } else { DayChoice::Day };
    let days = new_days(order, &turn.catalogue, turn.now);
    let view = ChangeDay { order, catalogue: &turn.catalogue, days, choice, entered, errors };
    Ok(shown(turn, errors, |context| change_day::render(context, &view)))
}

fn read_day(turn: &Turn, open: &[AppointmentSlot], incoming: &Incoming) -> Result<Wish, Again> {
    let order = changeable(turn)?;
    let wrong = |field: &'static str, reason| Again::Wrong(vec![FieldError::new(field, reason)]);
    if takes_appointment(order) {
        let choice = incoming.entered.one(SLOT).map_err(|reason| wrong(SLOT, reason))?;
        let choice = choice.ok_or_else(|| wrong(SLOT, Reason::Missing))?;
        let slot = open.iter().find(|slot| slot.choice() == choice).ok_or_else(|| wrong(SLOT, Reason::Taken))?;
        return Ok(Wish::Day(Visit::Technician(slot.clone())));
    }
    let area = turn.catalogue.area_of(order.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let (first, last) = new_days(order, &turn.catalogue, turn.now);
    let days = |day: Date| (day - reading.today).get_days();
    match (ValueType::Date { earliest: days(first), latest: days(last) }).admit(REQUESTED, &incoming.entered, &reading) {
        Ok(Some(Value::Date(requested))) => Ok(Wish::Day(Visit::None { requested })),
        Ok(_) => Err(wrong(REQUESTED, Reason::Missing)),
        Err(errors) => Err(Again::Wrong(errors)),
    }
}

pub(crate) async fn show_contact(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Page).await?;
        let known = change_contact::known(changeable(&turn)?);
        contact_page(&turn, &known, &[])
    })
    .await
}

pub(crate) async fn save_contact(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Form).await?;
        let wish = is_ours(&turn, &incoming).and_then(|()| read_contact(&turn, &incoming));
        let taken = match wish {
            Ok(wish) => done(app, &turn, Command::Wish(wish), CONTACT_NAME).await,
            Err(again) => Err(again),
        };
        match taken {
            Ok(response) => Ok(response),
            Err(Again::Wrong(errors)) => contact_page(&turn, &incoming.entered, &errors),
            Err(Again::Page(other)) => Err(other),
        }
    })
    .await
}

fn contact_page(turn: &Turn, entered: &Entered, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let view = ChangeContact { order: changeable(turn)?, entered, errors };
    Ok(shown(turn, errors, |context| change_contact::render(context, &view)))
}

fn read_contact(turn: &Turn, incoming: &Incoming) -> Result<Wish, Again> {
    let order = changeable(turn)?;
    let area = turn.catalogue.area_of(order.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let mut errors = vec![];
    let mut read = |name: &str, takes: &ValueType| match takes.admit(name, &incoming.entered, &reading) {
        Ok(value) => value,
        Err(wrong) => {
            errors.extend(wrong);
            None
        }
    };
    let text = |min, max, lines| ValueType::Text { min, max, pattern: None, lines };
    let name = read(CONTACT_NAME, &text(1, 100, Lines::Single));
    let phone = read(CONTACT_PHONE, &ValueType::TelephoneNumber(TelephoneUse::Contact));
    let notes = read(ACCESS_NOTES, &text(0, 500, Lines::Several));
    let is_missing = |field: &str, errors: &[FieldError]| errors.iter().all(|error| *error.field != *field);
    for (field, value) in [(CONTACT_NAME, &name), (CONTACT_PHONE, &phone)] {
        if value.is_none() && is_missing(field, &errors) {
            errors.push(FieldError::new(field, Reason::Missing));
        }
    }
    let (Some(Value::Text(name)), Some(Value::Telephone(phone)), true) = (name, phone, errors.is_empty()) else {
        return Err(Again::Wrong(errors));
    };
    let notes = match notes {
        Some(Value::Text(notes)) => Some(notes),
        _ => None,
    };
    let email = order.installation.contact.email.clone();
    Ok(Wish::Contact(Contact { name, phone, email }, notes))
}

pub(crate) async fn show_cancellation(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Page).await?;
        cancellation_page(&turn, &[])
    })
    .await
}

pub(crate) async fn cancel(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let turn = Turn::begin(app, &incoming, Asking::Form).await?;
        let now = changeable(&turn)?.assess().charge;
        let wanted = is_ours(&turn, &incoming).and_then(|()| {
            // Nobody is charged what they were not shown.
            if incoming.entered.text(SHOWN_CHARGE) == now.minor().to_string() {
                Ok(())
            } else {
                Err(Again::Wrong(vec![FieldError::new("", Reason::Said("order-changed"))]))
            }
        });
        let taken = match wanted {
            Ok(()) => done(app, &turn, Command::AskCancellation, "").await,
            Err(again) => Err(again),
        };
        match taken {
            Ok(response) => Ok(response),
            Err(Again::Wrong(errors)) => cancellation_page(&turn, &errors),
            Err(Again::Page(other)) => Err(other),
        }
    })
    .await
}

fn cancellation_page(turn: &Turn, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let order = changeable(turn)?;
    let assessment = order.assess();
    let view = CancelOrder { order, assessment: &assessment, errors };
    Ok(shown(turn, errors, |context| cancel_order::render(context, &view)))
}
