//! How often something may be tried: counted in the store, so that it holds however many copies of a function run.
//!
//! A try is counted before it is made. Two that are made at once are two, and what was stopped half way counts.

use std::net::IpAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::store::{Counter, Store, StoreError, Waiting};

/// Something that may not be tried at will, and whose tries are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit<'a> {
    /// Signing in with an e-mail address, wherever from.
    SignIn(&'a str),
    /// Signing in from an address of the network, whoever with.
    SignInFrom(IpAddr),
    /// Having a code sent to an e-mail address.
    CodeTo(&'a str),
    /// Having codes sent from an address of the network.
    CodeFrom(IpAddr),
    /// Trying codes that went to an e-mail address.
    CodeOf(&'a str),
    /// Creating a sign-in from an address of the network.
    SignUpFrom(IpAddr),
    /// Giving the password again, by who is signed in.
    Reauthentication(&'a str),
    /// Asking to be linked with an account, by its number.
    LinkTo(&'a str),
    /// Asking to be linked with any account, by who is signed in.
    LinkBy(&'a str),
    /// Searching for customers, by the member of staff.
    SearchBy(&'a str),
    /// Opening customers' accounts, by the member of staff.
    AccessBy(&'a str),
}

/// What comes of tries that are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The next window has its own.
    NextWindow,
    /// A wait, which doubles each time.
    Doubling,
}

/// The tries' window.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// The longest that anybody has to wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(8);

/// Whether a try may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// It may.
    Given,
    /// Not before this time, and this is the try that had it come to that.
    Exhausted(Timestamp),
    /// Not before this time.
    Wait(Timestamp),
}

impl Leave {
    /// Whether the try may be made.
    #[must_use]
    pub fn is_given(self) -> bool {
        self == Self::Given
    }
}

impl Limit<'_> {
    /// What it is called in keys, how many tries a window has, and what comes then.
    const fn terms(&self) -> (&'static str, u64, Then) {
        match self {
            Self::SignIn(_) => ("sign-in", 5, Then::Doubling),
            Self::SignInFrom(_) => ("sign-in-from", 30, Then::NextWindow),
            Self::CodeTo(_) => ("code-to", 3, Then::NextWindow),
            Self::CodeFrom(_) => ("code-from", 15, Then::NextWindow),
            Self::CodeOf(_) => ("code-of", 5, Then::Doubling),
            Self::SignUpFrom(_) => ("sign-up-from", 10, Then::NextWindow),
            Self::Reauthentication(_) => ("reauthentication", 5, Then::Doubling),
            Self::LinkTo(_) => ("link-to", 3, Then::NextWindow),
            Self::LinkBy(_) => ("link-by", 5, Then::Doubling),
            Self::SearchBy(_) => ("search-by", 120, Then::NextWindow),
            Self::AccessBy(_) => ("access-by", 30, Then::NextWindow),
        }
    }

    fn counter(&self) -> Counter {
        let of = match self {
            Self::SignIn(email) | Self::CodeTo(email) | Self::CodeOf(email) => email.trim().to_lowercase(),
            Self::Reauthentication(person) | Self::LinkBy(person) | Self::SearchBy(person) | Self::AccessBy(person) => {
                (*person).to_owned()
            }
            Self::LinkTo(account) => account.trim().to_uppercase(),
            Self::SignInFrom(address) | Self::CodeFrom(address) | Self::SignUpFrom(address) => network_of(*address),
        };
        Counter::new(self.terms().0, &of)
    }

    /// Counts a try, and says whether it may be made.
    ///
    /// # Errors
    /// When the store is not to be had; then the try must not be made either.
    pub async fn take(&self, store: &Store, now: Timestamp) -> Result<Leave, StoreError> {
        let (_, most, then) = self.terms();
        let counter = self.counter();
        if then == Then::NextWindow {
            let counted = store.count(&counter, WINDOW, now).await?;
            let end =
                Timestamp::from_second((now.as_second().div_euclid(WINDOW.as_secs()) + 1) * WINDOW.as_secs()).unwrap_or(now);
            return Ok(match counted {
                counted if counted <= most => Leave::Given,
                counted if counted == most + 1 => Leave::Exhausted(end),
                _ => Leave::Wait(end),
            });
        }
        let (counted, waiting) = futures_util::future::join(store.count(&counter, WINDOW, now), store.waiting(&counter)).await;
        let (counted, waiting) = (counted?, waiting?);
        if let Some(waiting) = waiting.filter(|waiting| now < waiting.until) {
            return Ok(Leave::Wait(waiting.until));
        }
        if counted <= most {
            return Ok(Leave::Given);
        }
        let times = waiting.map_or(1, |before| before.times.saturating_add(1));
        let until = now.saturating_add(wait(times)).unwrap_or(now);
        store.have_wait(&counter, Waiting { until, times }).await?;
        Ok(Leave::Exhausted(until))
    }

    /// Takes a try back that turned out to be right: it does not count against others from the same place.
    ///
    /// # Errors
    /// When the store is not to be had.
    pub async fn give_back(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        store.uncount(&self.counter(), WINDOW, now).await
    }

    /// Forgets the tries of late: one of them was right.
    ///
    /// # Errors
    /// When the store is not to be had.
    pub async fn forgive(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        store.forgive(&self.counter(), WINDOW, now).await
    }
}

/// Takes no less than a while for something, so that how long it took tells nobody what came of it.
pub async fn no_sooner<T>(least: Duration, work: impl Future<Output = T>) -> T {
    futures_util::future::join(tokio::time::sleep(least), work).await.1
}

/// How long somebody waits the first time, the second time, and so on.
fn wait(times: u32) -> SignedDuration {
    let doubled = 1_i32.checked_shl(times.saturating_sub(1)).filter(|times| *times > 0);
    doubled.and_then(|times| WINDOW.checked_mul(times)).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

/// Whom an address of the network is counted as: itself, or the smallest network that one household or office is given.
fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_doubles_up_to_the_longest() {
        let minutes: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 31, 32, 33, u32::MAX].map(|times| wait(times).as_mins()).into();
        assert_eq!(minutes, [15, 30, 60, 120, 240, 480, 480, 480, 480, 480, 480]);
    }

    #[test]
    fn one_households_addresses_are_counted_together() {
        let network = |text: &str| network_of(text.parse().expect("an address"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:198.51.100.7"), network("198.51.100.7"));
        assert_ne!(network("198.51.100.7"), network("198.51.100.8"));
    }

    #[test]
    fn an_address_is_counted_once_however_it_is_written_and_each_limit_for_itself() {
        assert_eq!(Limit::SignIn(" Maya@Example.com").counter(), Limit::SignIn("maya@example.com").counter());
        assert_ne!(Limit::SignIn("maya@example.com").counter(), Limit::CodeTo("maya@example.com").counter());
        assert!(!format!("{:?}", Limit::SignIn("maya@example.com").counter()).contains("maya"));
    }
}
