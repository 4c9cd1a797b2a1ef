//! The whole site on this machine: the functions that are deployed, wired as `infra/template.yaml` wires them, over
//! stand-ins for DynamoDB, Cognito, S3 and SES. A library, so that tests start it in their own process; `main.rs` is the program.

mod clock;
mod cognito;
mod corporate;
mod dynamodb;
mod error;
mod eventbridge;
mod fetch;
mod functions;
mod gateway;
mod identity;
mod outbox;
mod pages;
mod personas;
mod provisioning;
mod running;
mod s3;
mod seed;
mod server;
mod ses;
mod signature;
mod streams;
pub mod template;

pub use clock::{ClockReading, HarnessClock};
pub use cognito::totp_code;
pub use corporate::CorporateProvider;
pub use dynamodb::Storage;
pub use error::StartError;
pub use eventbridge::{Event, Events};
pub use identity::AppClient;
pub use outbox::{Kind, Outbox, Sent};
pub use personas::{Persona, StaffPersona, personas, staff};
pub use provisioning::{Driving, ProvisioningSystem, SentEvent, ServiceOrder};
pub use running::{Options, Running, Streaming, start};
pub use streams::{DeadLetter, DeadLetters};
