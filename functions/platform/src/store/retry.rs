//! Trying again what the SDK does not: keys a batch left over, transactions that met another.

use std::time::Duration;

/// How long to wait before each further try. With the first it makes five, in less than half a second.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(20), Duration::from_millis(40), Duration::from_millis(80), Duration::from_millis(160)];

/// The tries that something has.
pub(super) struct Tries(std::slice::Iter<'static, Duration>);

impl Tries {
    pub(super) fn new() -> Self {
        Self(PAUSES.iter())
    }

    /// Waits until the next try; `false`, at once, when there is none.
    pub(super) async fn next(&mut self) -> bool {
        match self.0.next() {
            Some(pause) => {
                tokio::time::sleep(*pause).await;
                true
            }
            None => false,
        }
    }
}
