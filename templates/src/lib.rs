//! What people see: pages as functions from a view to HTML, the words on them, and the stylesheet.
//!
//! A page takes a view struct, made of the domain's own types where they fit, and a [`layout::Context`]. Nothing here decides
//! anything, reads a clock or knows how things are stored. No page needs a script.

pub mod answers;
pub mod api;
pub mod assets;
pub mod components;
pub mod document;
pub mod layout;
pub mod mail;
pub mod messages;
pub mod pages;
pub mod path;
#[cfg(any(test, feature = "samples"))]
mod sample;
#[cfg(test)]
mod tests;

#[cfg(any(test, feature = "samples"))]
pub use sample::{Sample, samples};

pub use maud::Markup;
