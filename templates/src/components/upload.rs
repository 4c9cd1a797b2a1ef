//! A file to send. The form around it must be one that takes files.

use maud::{Markup, html};

use super::field::{Field, Filled, single};

/// A file of one of these media types.
#[must_use]
pub fn upload(filled: &Filled<'_>, field: &Field<'_>, media: &[Box<str>]) -> Markup {
    single(filled, field, |wiring| {
        html! {
            input type="file" id=(field.name) name=(field.name) accept=(media.join(","))
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid];
        }
    })
}
