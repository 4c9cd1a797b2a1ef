//! Journeys over HTTP through the whole site: forms are filled in as they were served, by people who want service.

mod accounts;
mod agreements;
mod bad_input;
mod bulk;
mod closing;
mod consumer;
mod contract;
mod documents;
mod every_offering;
mod files;
mod first_view;
mod keeping;
mod late_post;
mod mail;
mod on_behalf;
mod people;
mod product_order_api;
mod provisioning;
mod publishing;
mod quick;
mod reach;
mod round_trips;
mod selling;
mod services_in_place;
mod staff;
mod units;
