//! What a form of the offer's page asks to be done.

use order_manager::admits::Reading;
use order_manager::calendar::today_in;
use order_manager::characteristic::{Lines, ValueType};
use order_manager::decide::{Deed, LONGEST_QUOTE};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::OrderItemId;
use order_manager::value::Value;
use platform::turn::Turn;
use platform::{Incoming, PageError};
use templates::pages::offer::{ITEM, MONTHS, NOTE, OPPORTUNITY, PERCENT, REASON, RETURN_REASON, VALID_UNTIL};

/// The longest time a discount lasts, in months.
const LONGEST_DISCOUNT: i64 = 60;

/// Reads the deed that the address names.
///
/// # Errors
/// Outside, when there is no such deed or it has no such fields; inside, what is wrong with what was entered.
pub(super) fn read(incoming: &Incoming, turn: &Turn) -> Result<Result<Deed, Vec<FieldError>>, PageError> {
    let name: String = incoming.parameter("deed")?;
    let entered = &incoming.entered;
    let fields: &[&str] = match name.as_str() {
        "discount" => &[ITEM, PERCENT, MONTHS, REASON],
        "take-discount-back" => &[ITEM],
        "quote" => &[VALID_UNTIL, OPPORTUNITY],
        "send" => &[NOTE],
        "return" => &[RETURN_REASON],
        "revise" => &["deed"],
        "ask-approval" | "approve" | "take-back" => &[],
        _ => return Err(PageError::NotFound),
    };
    if entered.names().any(|name| !fields.contains(&name)) {
        return Err(PageError::Unprocessable);
    }
    let order_manager::order::Content::Draft(draft) = turn.order.value.content() else { return Err(PageError::NotFound) };
    let area = turn.catalogue.area_of(draft.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let deed = match name.as_str() {
        "discount" => discount(entered, &reading),
        "take-discount-back" => item(entered).map(Deed::TakeDiscountBack).map_err(|wrong| vec![wrong]),
        "quote" => quote(entered, &reading),
        "send" => text(NOTE, 1_000, Lines::Several, entered, &reading).map(Deed::Send),
        "return" => text(RETURN_REASON, 500, Lines::Several, entered, &reading)
            .and_then(|reason| reason.ok_or_else(|| vec![FieldError::new(RETURN_REASON, Reason::Missing)]))
            .map(Deed::Return),
        "revise" => Ok(Deed::Revise),
        "ask-approval" => Ok(Deed::AskApproval),
        "approve" => Ok(Deed::Approve),
        _ => Ok(Deed::TakeBack),
    };
    Ok(deed)
}

fn discount(entered: &Entered, reading: &Reading<'_>) -> Result<Deed, Vec<FieldError>> {
    let item = item(entered).map_err(|wrong| vec![wrong]);
    let percent = number(PERCENT, 100, entered, reading);
    let months = number(MONTHS, LONGEST_DISCOUNT, entered, reading);
    let reason = entered.line(REASON, 200).map_err(|wrong| vec![wrong]);
    match (item, percent, months, reason) {
        (Ok(item), Ok(percent), Ok(months), Ok(reason)) => {
            let percent = u8::try_from(percent).unwrap_or(u8::MAX);
            Ok(Deed::Discount { item, percent, months: u16::try_from(months).unwrap_or(u16::MAX), reason })
        }
        (item, percent, months, reason) => {
            Err([item.err(), percent.err(), months.err(), reason.err()].into_iter().flatten().flatten().collect())
        }
    }
}

fn quote(entered: &Entered, reading: &Reading<'_>) -> Result<Deed, Vec<FieldError>> {
    let day = match (ValueType::Date { earliest: 0, latest: LONGEST_QUOTE }).admit(VALID_UNTIL, entered, reading) {
        Ok(Some(Value::Date(day))) => Ok(day),
        Ok(_) => Err(vec![FieldError::new(VALID_UNTIL, Reason::Missing)]),
        Err(wrong) => Err(wrong),
    };
    match (day, text(OPPORTUNITY, 40, Lines::Single, entered, reading)) {
        (Ok(valid_until), Ok(opportunity)) => Ok(Deed::Quote { valid_until, opportunity }),
        (day, opportunity) => Err([day.err(), opportunity.err()].into_iter().flatten().flatten().collect()),
    }
}

fn item(entered: &Entered) -> Result<OrderItemId, FieldError> {
    entered.required(ITEM)?.parse().map_err(|_| FieldError::new(ITEM, Reason::NotAChoice))
}

fn number(name: &str, max: i64, entered: &Entered, reading: &Reading<'_>) -> Result<i64, Vec<FieldError>> {
    match (ValueType::Integer { min: 1, max, unit: None }).admit(name, entered, reading) {
        Ok(Some(Value::Integer(number))) => Ok(number),
        Ok(_) => Err(vec![FieldError::new(name, Reason::Missing)]),
        Err(wrong) => Err(wrong),
    }
}

fn text(
    name: &str,
    max: usize,
    lines: Lines,
    entered: &Entered,
    reading: &Reading<'_>,
) -> Result<Option<Box<str>>, Vec<FieldError>> {
    match (ValueType::Text { min: 0, max, pattern: None, lines }).admit(name, entered, reading)? {
        Some(Value::Text(text)) => Ok(Some(text)),
        _ => Ok(None),
    }
}
