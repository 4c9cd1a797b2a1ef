//! The domain as its rules say it is: tables of states and decisions, properties of whole walks through an order, and prices
//! against a second reckoning.
//!
//! `oracle` says once more, and as plainly as can be, what the rules are; the walks hold the domain against it. Everything that
//! walks takes its questions and answers from the catalogue, so an offering is covered by being there.

mod acts;
mod agreed_ends;
mod agreement_properties;
mod agreements;
mod amending;
mod commands;
mod deals;
mod deliveries;
mod dice;
mod fixtures;
mod items;
mod moves;
mod notice;
mod notices;
mod offerings;
mod on_the_way;
mod oracle;
mod partner;
mod placed;
mod placing;
mod player;
mod points;
mod price_catalogues;
mod price_model;
mod provisioning;
mod publish;
mod reach;
mod refusals;
mod refused;
mod repeating;
mod selling;
mod small;
mod states;
mod totals;
mod values;
mod walks;
mod way;
mod world;
