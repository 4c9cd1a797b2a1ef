//! The small Cognito, asked by AWS's own client as the site asks it: what depends on the clock and the outbox. What it has in
//! common with others is held by the contract in `tests/identity`.

mod accounts;
mod bench;
mod hosted;
mod signing_in;
