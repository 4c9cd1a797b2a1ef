//! What there is one of: telephone numbers and appointment slots, held for a draft and firm once the order is placed.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::id::AreaId;
use crate::telephone::TelephoneNumber;

/// Minutes for which a draft holds what it picked.
pub const HOLD_MINUTES: i64 = 30;

/// How many technicians' appointments there can be in one window of an area's day.
pub const CREWS: u8 = 2;

/// Something there is one of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// A telephone number of ours.
    Number {
        /// The rate centre it belongs to.
        rate_centre: Box<str>,
        /// The number.
        number: TelephoneNumber,
    },
    /// A technician's time.
    Slot(AppointmentSlot),
}

/// A technician's time in an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppointmentSlot {
    /// Where.
    pub area: AreaId,
    /// Which day.
    pub day: Date,
    /// Which of the catalogue's windows.
    pub window: Box<str>,
    /// Which crew, from 1.
    pub crew: u8,
}

impl AppointmentSlot {
    /// Its name in a form: the day and the window; which crew comes is our affair.
    #[must_use]
    pub fn choice(&self) -> String {
        format!("{}.{}", self.day, self.window)
    }
}

/// A hold that a draft has on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// On what.
    pub resource: Resource,
    /// Until when, unless the order is placed before.
    pub until: Timestamp,
}

impl Hold {
    /// A hold taken now.
    #[must_use]
    pub fn from_now(resource: Resource, now: Timestamp) -> Self {
        Self { resource, until: now.saturating_add(HOLD_MINUTES.minutes()).unwrap_or(now) }
    }

    /// Whether it still keeps others off.
    #[must_use]
    pub fn stands_at(&self, now: Timestamp) -> bool {
        now < self.until
    }
}
