//! The tester's clock: the system's time until it is moved or held.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform::Clock;
use serde::Serialize;

/// The one time that the site, the user pool and the tester's pages go by.
#[derive(Clone, Debug, Default)]
pub struct HarnessClock(Arc<Mutex<Setting>>);

#[derive(Clone, Copy, Debug)]
enum Setting {
    /// Runs, this much ahead of the system's.
    Running(SignedDuration),
    /// Stands still.
    Fixed(Timestamp),
}

impl Default for Setting {
    fn default() -> Self {
        Self::Running(SignedDuration::ZERO)
    }
}

/// What the clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClockReading {
    /// The time.
    pub now: Timestamp,
    /// Whether it stands still.
    pub fixed: bool,
}

impl HarnessClock {
    /// The time and whether it stands still.
    #[must_use]
    pub fn read(&self) -> ClockReading {
        match self.setting() {
            Setting::Running(ahead) => {
                ClockReading { now: Clock::system().now().saturating_add(ahead).unwrap_or(Timestamp::MAX), fixed: false }
            }
            Setting::Fixed(now) => ClockReading { now, fixed: true },
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.read().now
    }

    /// Holds the clock at a time.
    pub fn fix(&self, at: Timestamp) {
        self.change(|_| Setting::Fixed(at));
    }

    /// Moves the clock by so much, forwards or, when negative, back.
    pub fn advance(&self, by: SignedDuration) {
        self.change(|setting| match setting {
            Setting::Running(ahead) => Setting::Running(ahead.saturating_add(by)),
            Setting::Fixed(at) => Setting::Fixed(at.saturating_add(by).unwrap_or(at)),
        });
    }

    /// Goes by the system's time again.
    pub fn be_real(&self) {
        self.change(|_| Setting::default());
    }

    /// The same clock as functions take it.
    #[must_use]
    pub fn for_functions(&self) -> Clock {
        let clock = self.clone();
        Clock::from_fn(move || clock.now())
    }

    fn setting(&self) -> Setting {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, to: impl FnOnce(Setting) -> Setting) {
        let mut setting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *setting = to(*setting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_until_it_is_moved_or_let_go() {
        let clock = HarnessClock::default();
        let noon: Timestamp = "2026-03-02T12:00:00Z".parse().expect("a time");
        clock.fix(noon);
        assert_eq!(clock.read(), ClockReading { now: noon, fixed: true });
        clock.advance(SignedDuration::from_mins(31));
        assert_eq!(clock.for_functions().now().to_string(), "2026-03-02T12:31:00Z");
        clock.be_real();
        assert!(!clock.read().fixed && clock.now() > noon);
    }

    #[test]
    fn a_running_clock_can_be_ahead() {
        let clock = HarnessClock::default();
        let before = clock.now();
        clock.advance(SignedDuration::from_hours(12));
        assert!(clock.now() >= before + SignedDuration::from_hours(12));
        assert!(!clock.read().fixed);
    }
}
