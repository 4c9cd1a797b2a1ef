//! What the suites share: a browser's part of HTTP, forms filled in as they were served, and what each offering is ordered with.

pub mod browser;
pub mod filling;
pub mod form;
pub mod plan;
pub mod sites;
pub mod totp;
pub mod walk;
