//! The catalogue: what its checker refuses, with file and line, and what the repository's own catalogue holds.

mod codes;
mod compact_form;
mod form;
mod formats;
mod impossible;
mod negotiation;
mod offerings;
mod places;
mod prices;
mod references;
mod repository;
mod rows;
mod small;
mod wrong_answers;
