//! The site as people have it before them: in Chromium, with scripts turned off.
//!
//! Needs Chromium and its driver on the path; without them each test says so and passes, unless `BROWSER_REQUIRED` is 1.

mod accounts;
mod agreements;
mod album;
mod bulk;
mod chromium;
mod consumer;
mod every_offering;
mod hands;
mod http;
mod keyboard;
mod person;
mod selling;
mod staff;
