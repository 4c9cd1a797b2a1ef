//! A file to send. The form around it must be one that takes files. A file that arrived before goes with the form by its name,
//! so that it need not be chosen again: browsers forget what was chosen.

use maud::{Markup, html};
use order_manager::admits::kept_field;

use super::field::{Field, Filled, single};

/// A file of one of these media types.
#[must_use]
pub fn upload(filled: &Filled<'_>, field: &Field<'_>, media: &[Box<str>]) -> Markup {
    let kept = kept_field(&field.name);
    single(filled, field, |wiring| {
        html! {
            @for named in filled.entered.all(&kept) { input type="hidden" name=(kept) value=(named); }
            input type="file" id=(field.name) name=(field.name) accept=(media.join(","))
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid];
        }
    })
}
