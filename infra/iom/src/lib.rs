//! What the operator's command line does, for `main.rs` and for tests.

pub mod audit;
pub mod catalogue;
pub mod customers;
mod difference;
pub mod import;
pub mod letters;
mod moment;
pub mod orders;
pub mod placing;
pub mod publishing;
pub mod rows;
pub mod sessions;
pub mod tables;

pub use difference::Difference;
