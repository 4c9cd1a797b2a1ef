//! Journeys over HTTP through the whole site: forms are filled in as they were served, by people who want service.

mod bad_input;
mod consumer;
mod people;
