//! How a tester sets the clock: by JSON or by a form, in the same words.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use serde::Deserialize;

use crate::HarnessClock;

/// What to do with the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Advance(SignedDuration),
    Fix(Timestamp),
    BeReal,
}

impl Command {
    pub(super) fn apply(self, clock: &HarnessClock) {
        match self {
            Self::Advance(by) => clock.advance(by),
            Self::Fix(at) => clock.fix(at),
            Self::BeReal => clock.be_real(),
        }
    }
}

/// Exactly one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    advance_seconds: Option<i64>,
    set: Option<String>,
    real: Option<bool>,
}

pub(super) fn from_json(body: &[u8]) -> Result<Command, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string()).and_then(command)
}

pub(super) fn from_form(body: &[u8]) -> Result<Command, String> {
    serde_html_form::from_bytes(body).map_err(|error| error.to_string()).and_then(command)
}

fn command(words: Words) -> Result<Command, String> {
    match (words.advance_seconds, words.set, words.real) {
        (Some(seconds), None, None) => Ok(Command::Advance(SignedDuration::from_secs(seconds))),
        (None, Some(at), None) => time(&at).map(Command::Fix),
        (None, None, Some(true)) => Ok(Command::BeReal),
        _ => Err(r#"say one of {"advance_seconds": 60}, {"set": "2026-03-02T12:00:00Z"} and {"real": true}"#.to_owned()),
    }
}

/// A time, which is UTC's where it names no other.
fn time(text: &str) -> Result<Timestamp, String> {
    let utc = |text: &str| text.parse::<DateTime>().and_then(|time| time.to_zoned(TimeZone::UTC)).map(|time| time.timestamp());
    text.parse().or_else(|_| utc(text)).map_err(|error| format!("`{text}` is no time: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_forms_say_the_same() {
        let noon = "2026-03-02T12:00:00Z".parse().map(Command::Fix).map_err(|_| String::new());
        assert_eq!(from_json(br#"{"set": "2026-03-02T12:00:00Z"}"#), noon);
        assert_eq!(from_form(b"set=2026-03-02T12%3A00"), noon);
        assert_eq!(from_json(br#"{"advance_seconds": -90}"#), from_form(b"advance_seconds=-90"));
        assert_eq!(from_json(br#"{"real": true}"#), Ok(Command::BeReal));
        assert_eq!(from_form(b"real=true"), Ok(Command::BeReal));
    }

    #[test]
    fn what_is_none_or_several_of_them_is_refused() {
        for body in [
            "{}",
            r#"{"real": false}"#,
            r#"{"set": "noon"}"#,
            r#"{"real": true, "advance_seconds": 1}"#,
            r#"{"stop": true}"#,
            "now",
        ] {
            assert!(from_json(body.as_bytes()).is_err(), "{body}");
        }
    }
}
