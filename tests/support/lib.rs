//! What the suites share: a browser's part of HTTP, and forms filled in as they were served.

pub mod browser;
pub mod form;
