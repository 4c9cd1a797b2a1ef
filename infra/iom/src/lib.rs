//! What the operator's command line does, for `main.rs` and for tests.

pub mod audit;
pub mod catalogue;
mod difference;
mod moment;
pub mod publishing;
pub mod sessions;
pub mod tables;

pub use difference::Difference;
