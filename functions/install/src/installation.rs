//! When and how service is brought in: an appointment where a technician comes, a day where nobody does, and whom to call.

use jiff::ToSpan;
use jiff::civil::Date;
use order_manager::admits::Reading;
use order_manager::calendar::{add_business_days, today_in};
use order_manager::characteristic::{Lines, TelephoneUse, ValueType};
use order_manager::decide::{Command, earliest_day};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::journey::{Step, needs_visit};
use order_manager::order::{Draft, Installation, Visit};
use order_manager::party::Contact;
use order_manager::value::Value;
use platform::turn::{OrderStep, Shown, Turn};
use platform::{App, PageError};
use templates::Markup;
use templates::pages::installation::{
    self, ACCESS_NOTES, CONTACT_NAME, CONTACT_PHONE, EXPEDITE, FAULT_NAME, FAULT_PHONE, REQUESTED, SLOT, VisitChoice,
};

/// Days of appointments that are offered.
const DAYS_OFFERED: u16 = 10;
/// The last day that can be asked for, in days from the first.
const LATEST: i64 = 90;

/// What takes longer than so many days can be asked for sooner.
const LEAST_HURRIED: i32 = 7;

/// The step.
pub(crate) struct Bringing;

impl OrderStep for Bringing {
    /// Open appointments, where a technician comes.
    type Facts = Vec<AppointmentSlot>;

    fn step(&self) -> Step {
        Step::Installation
    }

    async fn facts(&self, app: &App, turn: &Turn) -> Result<Self::Facts, PageError> {
        let draft = turn.draft()?;
        match turn.catalogue.area_of(draft.place.address.zip) {
            Some(area) if needs_visit(draft, &turn.catalogue) => {
                let first = earliest_day(draft, &turn.catalogue, turn.now);
                let days: Vec<Date> =
                    (0..DAYS_OFFERED).map(|day| add_business_days(first, day, &turn.catalogue.holidays)).collect();
                Ok(app.store.open_slots(&area.id, &days, &turn.catalogue.windows, draft.id, turn.now).await?)
            }
            _ => Ok(vec![]),
        }
    }

    fn saved(&self, _: &Turn, draft: &Draft) -> Entered {
        installation::known(draft)
    }

    fn names(&self, _: &Turn, _: &Draft) -> Vec<String> {
        [SLOT, REQUESTED, CONTACT_NAME, CONTACT_PHONE, ACCESS_NOTES, FAULT_NAME, FAULT_PHONE, EXPEDITE].map(str::to_owned).into()
    }

    fn commands(
        &self,
        turn: &Turn,
        draft: &Draft,
        open: &Self::Facts,
        entered: &Entered,
    ) -> Result<Vec<Command>, Vec<FieldError>> {
        let area = turn.catalogue.area_of(draft.place.address.zip);
        let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
        let mut errors = vec![];
        let text = |min, max, lines| ValueType::Text { min, max, pattern: None, lines };
        let mut answer = |name: &str, takes: &ValueType, required: bool| match takes.admit(name, entered, &reading) {
            Ok(None) if required => {
                errors.push(FieldError::new(name, Reason::Missing));
                None
            }
            Ok(value) => value,
            Err(wrong) => {
                errors.extend(wrong);
                None
            }
        };
        let name = answer(CONTACT_NAME, &text(1, 100, Lines::Single), true);
        let phone = answer(CONTACT_PHONE, &ValueType::TelephoneNumber(TelephoneUse::Contact), true);
        let notes = answer(ACCESS_NOTES, &text(0, 500, Lines::Several), false);
        // One of the two asks for the other.
        let typed = |name| !entered.text(name).trim().is_empty();
        let fault_name = answer(FAULT_NAME, &text(0, 100, Lines::Single), typed(FAULT_PHONE));
        let fault_phone = answer(FAULT_PHONE, &ValueType::TelephoneNumber(TelephoneUse::Contact), typed(FAULT_NAME));
        let expedite = match sooner(turn, draft) {
            Some((first, last)) => {
                let days = |day: Date| (day - reading.today).get_days();
                answer(EXPEDITE, &ValueType::Date { earliest: days(first), latest: days(last) }, false)
            }
            None => None,
        };
        let visit = match visit(turn, draft, open, entered, &reading) {
            Ok(visit) => Some(visit),
            Err(error) => {
                errors.insert(0, error);
                None
            }
        };
        let (Some(Value::Text(name)), Some(Value::Telephone(phone)), Some((visit, hold)), true) =
            (name, phone, visit, errors.is_empty())
        else {
            return Err(errors);
        };
        let access_notes = match notes {
            Some(Value::Text(notes)) => Some(notes),
            _ => None,
        };
        let contact = Contact { name, phone, email: draft.ordered_for.contact.email.clone() };
        let fault_contact = match (fault_name, fault_phone) {
            (Some(Value::Text(name)), Some(Value::Telephone(phone))) => Some(Contact { name, phone, email: None }),
            _ => None,
        };
        let expedite = match expedite {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        Ok(vec![Command::Schedule { installation: Installation { visit, contact, access_notes, fault_contact, expedite }, hold }])
    }

    fn render(&self, turn: &Turn, draft: &Draft, open: &Self::Facts, shown: &Shown<'_>) -> Result<Markup, PageError> {
        let earliest = earliest_day(draft, &turn.catalogue, turn.now);
        let visit = if needs_visit(draft, &turn.catalogue) {
            let lapsed = draft.holds.iter().any(|hold| matches!(hold.resource, Resource::Slot(_)) && !hold.stands_at(turn.now));
            VisitChoice::Technician { open, lapsed }
        } else {
            VisitChoice::Nobody { latest: earliest.saturating_add(LATEST.days()) }
        };
        let price = turn.price(draft)?;
        let back = turn.before(draft, &Step::Installation);
        let view = installation::Installation {
            draft,
            catalogue: &turn.catalogue,
            price: &price,
            version: shown.version,
            position: turn.position(draft, &Step::Installation),
            back: Some(&back),
            earliest,
            slowest: None,
            sooner: sooner(turn, draft),
            visit,
            entered: shown.entered,
            errors: shown.errors,
        };
        Ok(installation::render(shown.context, &view))
    }
}

/// The days that can be wished for before the first that can be had. What takes only a few days anyway, as the move of a number
/// does, is not hurried (47 CFR 52.35 sets its pace).
fn sooner(turn: &Turn, draft: &Draft) -> Option<(Date, Date)> {
    let today = today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now);
    let earliest = earliest_day(draft, &turn.catalogue, turn.now);
    let (first, last) = (today.saturating_add(1.day()), earliest.saturating_sub(1.day()));
    ((earliest - today).get_days() > LEAST_HURRIED).then_some((first, last))
}

fn visit(
    turn: &Turn,
    draft: &Draft,
    open: &[AppointmentSlot],
    entered: &Entered,
    reading: &Reading<'_>,
) -> Result<(Visit, Option<Hold>), FieldError> {
    if needs_visit(draft, &turn.catalogue) {
        let refuse = |reason| FieldError::new(SLOT, reason);
        let choice = entered.required(SLOT)?;
        let slot = open.iter().find(|slot| slot.choice() == choice).ok_or_else(|| refuse(Reason::Taken))?;
        let hold = Hold::from_now(Resource::Slot(slot.clone()), turn.now);
        return Ok((Visit::Technician(slot.clone()), Some(hold)));
    }
    let latest = earliest_day(draft, &turn.catalogue, turn.now).saturating_add(LATEST.days());
    let far = (latest - reading.today).get_days();
    let day = ValueType::Date { earliest: 0, latest: far };
    match day.admit(REQUESTED, entered, reading) {
        Ok(Some(Value::Date(requested))) => Ok((Visit::None { requested }, None)),
        Ok(_) => Err(FieldError::new(REQUESTED, Reason::Missing)),
        Err(wrong) => Err(wrong.into_iter().next().unwrap_or_else(|| FieldError::new(REQUESTED, Reason::NotADate))),
    }
}
