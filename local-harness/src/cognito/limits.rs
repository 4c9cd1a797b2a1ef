//! How often somebody may guess, and be sent a code. Names that nobody has are counted like others, so that a limit tells nothing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::error::CognitoError;

const WITHOUT_LOCK: u32 = 5;
const LONGEST_LOCK: SignedDuration = SignedDuration::from_mins(15);
const SENT_IN_AN_HOUR: usize = 5;
const WRONG_IN_AN_HOUR: usize = 5;

/// What is counted, by the name it was about.
#[derive(Debug, Default)]
pub(super) struct Limits {
    guesses: BTreeMap<String, Guesses>,
    sent: BTreeMap<(String, Purpose), Vec<Timestamp>>,
    wrong: BTreeMap<(String, Purpose), Vec<Timestamp>>,
}

/// What a code is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Confirms the address that somebody signed up with.
    SignUp,
    /// Lets a new password be chosen.
    Recovery,
    /// Confirms an address that somebody changed theirs to.
    Address,
}

/// Wrong passwords in a row.
#[derive(Debug, Default)]
struct Guesses {
    wrong: u32,
    last: Timestamp,
    locked: SignedDuration,
}

impl Limits {
    /// Whether a password of this name is looked at now. After five wrong ones it is locked for a second, and after each further
    /// one for twice as long, up to a quarter of an hour; as long without an attempt forgets it all.
    pub(super) fn may_guess(&mut self, name: &str, now: Timestamp) -> Result<(), CognitoError> {
        let guesses = self.guesses.entry(name.to_owned()).or_default();
        let since = now.duration_since(guesses.last);
        if since >= LONGEST_LOCK {
            *guesses = Guesses::default();
        } else if since < guesses.locked {
            return Err(CognitoError::NotAuthorized("Password attempts exceeded"));
        }
        Ok(())
    }

    /// A wrong password was given.
    pub(super) fn guessed_wrong(&mut self, name: &str, now: Timestamp) {
        let guesses = self.guesses.entry(name.to_owned()).or_default();
        guesses.wrong += 1;
        guesses.last = now;
        if guesses.wrong >= WITHOUT_LOCK {
            guesses.locked = guesses.locked.saturating_mul(2).clamp(SignedDuration::from_secs(1), LONGEST_LOCK);
        }
    }

    /// The right password was given.
    pub(super) fn guessed_right(&mut self, name: &str) {
        self.guesses.remove(name);
    }

    /// Counts a code that is to be sent, if it may be.
    pub(super) fn may_send(&mut self, name: &str, purpose: &Purpose, now: Timestamp) -> Result<(), CognitoError> {
        let sent = recent(&mut self.sent, name, purpose, now);
        if sent.len() >= SENT_IN_AN_HOUR {
            return Err(CognitoError::LimitExceeded);
        }
        sent.push(now);
        Ok(())
    }

    /// Whether a code of this name is looked at now.
    pub(super) fn may_try(&mut self, name: &str, purpose: &Purpose, now: Timestamp) -> Result<(), CognitoError> {
        let wrong = recent(&mut self.wrong, name, purpose, now);
        if wrong.len() >= WRONG_IN_AN_HOUR { Err(CognitoError::TooManyFailedAttempts) } else { Ok(()) }
    }

    /// A wrong code was given.
    pub(super) fn tried_wrong(&mut self, name: &str, purpose: &Purpose, now: Timestamp) {
        recent(&mut self.wrong, name, purpose, now).push(now);
    }
}

/// The times of the hour before.
fn recent<'l>(
    times: &'l mut BTreeMap<(String, Purpose), Vec<Timestamp>>,
    name: &str,
    purpose: &Purpose,
    now: Timestamp,
) -> &'l mut Vec<Timestamp> {
    let times = times.entry((name.to_owned(), purpose.clone())).or_default();
    times.retain(|time| now.duration_since(*time) < SignedDuration::from_hours(1));
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).expect("a time")
    }

    #[test]
    fn wrong_passwords_lock_for_longer_and_longer_and_a_quarter_of_an_hour_forgets_them() {
        let mut limits = Limits::default();
        for _ in 0..4 {
            limits.guessed_wrong("maya", at(0));
        }
        assert_eq!(limits.may_guess("maya", at(0)), Ok(()));
        limits.guessed_wrong("maya", at(0));
        assert!(limits.may_guess("maya", at(0)).is_err());
        assert_eq!((limits.may_guess("maya", at(1)), limits.may_guess("sam", at(0))), (Ok(()), Ok(())));
        limits.guessed_wrong("maya", at(1));
        assert!(limits.may_guess("maya", at(2)).is_err());
        assert_eq!(limits.may_guess("maya", at(3)), Ok(()));
        for _ in 0..20 {
            limits.guessed_wrong("maya", at(3));
        }
        assert!(limits.may_guess("maya", at(3 + 899)).is_err());
        assert_eq!(limits.may_guess("maya", at(3 + 900)), Ok(()));
        limits.guessed_wrong("maya", at(3 + 900));
        assert_eq!(limits.may_guess("maya", at(3 + 900)), Ok(()));
    }

    #[test]
    fn codes_are_sent_and_tried_five_times_an_hour() {
        let mut limits = Limits::default();
        for _ in 0..5 {
            assert_eq!(limits.may_send("maya", &Purpose::Recovery, at(0)), Ok(()));
            assert_eq!(limits.may_try("maya", &Purpose::Recovery, at(0)), Ok(()));
            limits.tried_wrong("maya", &Purpose::Recovery, at(0));
        }
        assert_eq!(limits.may_send("maya", &Purpose::Recovery, at(3599)), Err(CognitoError::LimitExceeded));
        assert_eq!(limits.may_try("maya", &Purpose::Recovery, at(3599)), Err(CognitoError::TooManyFailedAttempts));
        assert_eq!(limits.may_send("maya", &Purpose::SignUp, at(0)), Ok(()));
        assert_eq!(limits.may_send("maya", &Purpose::Recovery, at(3600)), Ok(()));
        assert_eq!(limits.may_try("maya", &Purpose::Recovery, at(3600)), Ok(()));
    }
}
