//! The Integrated Order Manager's domain: what can be ordered, what an order is, and which step comes next.
//!
//! Pure: no clock, no randomness, no storage, no network and no page. Whatever a decision needs is an argument, so that every
//! rule here can be tested by calling it.

#![deny(clippy::float_arithmetic)]

pub mod access;
pub mod account;
pub mod address;
pub mod admits;
pub mod agreement;
pub mod audit;
pub mod authorisation;
pub mod broadband;
pub mod bulk;
pub mod calendar;
pub mod catalogue;
pub mod characteristic;
pub mod codes;
pub mod compact;
pub mod condition;
pub mod decide;
pub mod entered;
pub mod hex;
pub mod id;
pub mod inventory;
pub mod journey;
pub mod mailing;
pub mod money;
pub mod notice;
pub mod order;
pub mod partner;
pub mod party;
pub mod pricing;
pub mod provisioning;
pub mod qualification;
pub mod search;
#[cfg(feature = "source")]
pub mod source;
pub mod telephone;
pub mod text;
pub mod value;
mod word;
pub mod work;
