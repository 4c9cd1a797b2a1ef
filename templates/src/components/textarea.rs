//! Several lines of text.

use maud::{Markup, html};

use super::field::{Field, Filled, single};

/// Several lines of text; `rows` says how many are seen at once.
#[must_use]
pub fn textarea(filled: &Filled<'_>, field: &Field<'_>, rows: u8, autocomplete: Option<&str>) -> Markup {
    single(filled, field, |wiring| {
        html! {
            textarea id=(field.name) name=(field.name) rows=(rows) autocomplete=[autocomplete]
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid] {
                // A browser drops one line break after the tag, so one is put there to keep what was typed.
                "\n" (filled.entered.text(&field.name))
            }
        }
    })
}
