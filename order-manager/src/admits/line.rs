//! Values that are typed in one field: texts, numbers, choices, dates, telephone numbers.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{NO, Reading, YES};
use crate::characteristic::{Lines, Pattern, TelephoneUse, ValueOption};
use crate::entered::Reason;
use crate::id::ValueId;
use crate::telephone::TelephoneNumber;
use crate::value::{SecretText, Value};

/// One of the options, by its id.
pub(super) fn choice(text: &str, options: &[ValueOption]) -> Result<ValueId, Reason> {
    options.iter().find(|option| option.id.as_str() == text).map(|option| option.id.clone()).ok_or(Reason::NotAChoice)
}

/// One of the options, by its label in any language or by its id, however capitals are typed.
pub(super) fn choice_by_label(text: &str, options: &[ValueOption]) -> Result<ValueId, Reason> {
    let text = text.to_lowercase();
    let is_it = |option: &&ValueOption| option.label.wordings().any(|label| label.to_lowercase() == text);
    let labelled = options.iter().find(is_it).map(|option| option.id.clone());
    labelled.map_or_else(|| choice(&text, options), Ok)
}

/// A whole number in a range.
pub(super) fn integer(text: &str, min: i64, max: i64) -> Result<i64, Reason> {
    let digits = text.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::NotANumber);
    }
    // All digits but more than fit: a number still, only out of range.
    text.replace('\u{2212}', "-")
        .parse()
        .ok()
        .filter(|number| (min..=max).contains(number))
        .ok_or(Reason::OutOfRange { min, max })
}

/// A text of the length and form asked for; line ends are folded to `\n`.
pub(super) fn text(text: &str, (min, max): (usize, usize), pattern: Option<&Pattern>, lines: Lines) -> Result<String, Reason> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.chars().any(|c| is_unreadable(c) && !(c == '\n' && lines == Lines::Several)) {
        return Err(Reason::UnreadableText);
    }
    within(&text, min, max)?;
    match pattern {
        Some(pattern) if !pattern.matches(&text) => Err(Reason::Pattern(pattern.means.clone())),
        _ => Ok(text),
    }
}

/// A shared secret.
pub(super) fn secret(text: &str, (min, max): (usize, usize)) -> Result<SecretText, Reason> {
    if text.chars().any(is_unreadable) {
        return Err(Reason::UnreadableText);
    }
    within(text, min, max)?;
    Ok(SecretText::new(text))
}

/// Yes or no.
pub(super) fn boolean(text: &str) -> Result<bool, Reason> {
    match text {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(Reason::NotAChoice),
    }
}

/// A statement agreed to.
pub(super) fn acknowledged(text: &str) -> Result<Value, Reason> {
    if text == YES { Ok(Value::Acknowledged) } else { Err(Reason::NotAcknowledged) }
}

/// A telephone number that can be used for what it is asked for.
pub(super) fn telephone(text: &str, for_what: TelephoneUse, reading: &Reading<'_>) -> Result<TelephoneNumber, Reason> {
    let number: TelephoneNumber = text.parse().map_err(|_| Reason::NotATelephoneNumber)?;
    match for_what {
        TelephoneUse::Contact => Ok(number),
        TelephoneUse::TollFree if number.is_toll_free() => Ok(number),
        TelephoneUse::TollFree => Err(Reason::NotTollFree),
        TelephoneUse::Port if number.is_toll_free() => Err(Reason::TollFreeNumber),
        TelephoneUse::Port if reading.area.is_some_and(|area| !area.exchanges.contains(&number.exchange())) => {
            Err(Reason::OtherRateCentre)
        }
        TelephoneUse::Port => Ok(number),
    }
}

/// A date within so many days of today. Taken as browsers send it, and as it is written by hand in the United States.
pub(super) fn date(text: &str, today: Date, (earliest, latest): (i32, i32)) -> Result<Date, Reason> {
    let date = Date::strptime("%Y-%m-%d", text).or_else(|_| Date::strptime("%m/%d/%Y", text)).map_err(|_| Reason::NotADate)?;
    let (first, last) = (days_from(today, earliest), days_from(today, latest));
    if date < first {
        Err(Reason::TooEarly(first))
    } else if date > last {
        Err(Reason::TooLate(last))
    } else {
        Ok(date)
    }
}

fn days_from(today: Date, days: i32) -> Date {
    today.saturating_add(days.days())
}

fn within(text: &str, min: usize, max: usize) -> Result<(), Reason> {
    match text.chars().count() {
        count if count > max => Err(Reason::TooLong { max }),
        count if count < min => Err(Reason::TooShort { min }),
        _ => Ok(()),
    }
}

/// Control characters, and those that reorder or break the text around them: neither can be typed, and both could make a page
/// show something other than what is stored.
pub(super) fn is_unreadable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
