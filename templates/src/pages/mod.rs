//! The pages, one file each: what it shows (a struct), how (`render`), and every state it can be in (`samples`).

pub mod accessibility;
pub mod add_service;
pub mod authorise;
pub mod billing;
pub mod check_address;
pub mod configure;
pub mod conflict;
pub mod dialog;
pub mod help;
pub mod installation;
pub mod not_found;
pub mod orders;
pub mod placed;
pub mod privacy;
pub mod problem;
pub mod product;
pub mod review;
pub mod service_request;
pub mod sign_in;
pub mod signed_out;
pub mod staff_sign_in;
pub mod start;
pub mod terms;
pub mod track;
