//! Provisioning: a placed order as service orders for the systems that carry it out, and what those say of it afterwards.
//!
//! A service order is for one item at one place (two for a move, which is an end and a beginning), so that each is sent, held and
//! finished by itself. Its id follows from the order, so that working it out again gives the same.
//!
//! What the systems say comes late, twice, or in another order than it was said. So nothing here depends on when it came: reports are
//! a set, told apart by their ids and sorted by the time they were made, and the order is read off the set ([`follow`]).

mod decompose;
mod due;
mod follow;
mod inventory;
mod report;
mod service_order;
mod standing;

pub use decompose::service_orders;
pub use due::{Doubted, Due, Heard, contact, due};
pub use follow::{NotTaken, follow, take, unsaid};
pub use inventory::{InventoryChange, in_place};
pub use report::{Jeopardised, MalformedReport, Report, ReportId, Told};
pub use service_order::{Part, ServiceAction, ServiceOrder, ServiceOrderId, ServiceOrderState};
pub use standing::{Standing, standing};
