//! Who places an order: the customer, or staff on the customer's word.

use order_manager::access::{Actor, Staff, StaffMember};
use order_manager::admits::Reading;
use order_manager::calendar::today_in;
use order_manager::characteristic::ValueType;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::order::{Consent, ConsentChannel, Disclosure, Draft, PlacedBy};
use order_manager::value::Value;
use platform::turn::Turn;
use templates::pages::review::{CHANNEL, CONSENT_BY, CONSENT_DAY, CONSENT_REFERENCE, TOLD};

/// For so many days a customer's word counts.
const COUNTS_FOR: i32 = 7;

/// The longest line of text here.
const LONGEST_LINE: usize = 100;

/// Who places the order that a form asks to be placed.
///
/// # Errors
/// What is wrong with what was entered of the customer's word.
pub(super) fn placed_by(turn: &Turn, draft: &Draft, entered: &Entered) -> Result<PlacedBy, Vec<FieldError>> {
    match &turn.session.actor {
        Actor::Customer { person, .. } => Ok(PlacedBy::Customer(*person)),
        Actor::Staff(staff) => on_their_word(turn, staff, draft, entered),
    }
}

fn on_their_word(turn: &Turn, staff: &Staff, draft: &Draft, entered: &Entered) -> Result<PlacedBy, Vec<FieldError>> {
    let area = turn.catalogue.area_of(draft.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let by = entered.line(CONSENT_BY, LONGEST_LINE).map_err(|wrong| vec![wrong]);
    let channel = entered.choice(CHANNEL, ConsentChannel::ALL, ConsentChannel::as_str).map_err(|wrong| vec![wrong]);
    let day = match (ValueType::Date { earliest: -COUNTS_FOR, latest: 0 }).admit(CONSENT_DAY, entered, &reading) {
        Ok(Some(Value::Date(day))) => Ok(day),
        Ok(_) => Err(vec![FieldError::new(CONSENT_DAY, Reason::Missing)]),
        Err(wrong) => Err(wrong),
    };
    let reference = entered.line(CONSENT_REFERENCE, LONGEST_LINE).map_err(|wrong| vec![wrong]);
    let told = Disclosure::ALL.into_iter().filter(|disclosure| entered.all(TOLD).iter().any(|said| said == disclosure.as_str()));
    match (by, channel, day, reference) {
        (Ok(given_by), Ok(channel), Ok(given), Ok(reference)) => {
            let member = StaffMember { person: staff.person, name: turn.session.name.as_str().into() };
            Ok(PlacedBy::Staff(member, Consent { given_by, channel, given, reference, told: told.collect() }))
        }
        (by, channel, day, reference) => {
            Err([by.err(), channel.err(), day.err(), reference.err()].into_iter().flatten().flatten().collect())
        }
    }
}
