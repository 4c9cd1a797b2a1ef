//! A line of text in a cell of a table: the row and the column say what it is, its label says both to those who don't see them.

use maud::{Markup, html};

use super::field::{Field, Filled};

/// The input, its label unseen, its errors below it.
#[must_use]
pub fn cell_input(filled: &Filled<'_>, field: &Field<'_>, inputmode: &'static str) -> Markup {
    let wrong = filled.wrong_with(field);
    let described_by = (!wrong.is_empty()).then(|| format!("{}--error", field.name));
    html! {
        div .field {
            label .vh for=(field.name) { (field.label) }
            input .short type="text" id=(field.name) name=(field.name) value=(filled.entered.text(&field.name))
                inputmode=(inputmode) autocomplete="off" spellcheck="false"
                aria-describedby=[&described_by] aria-invalid=[(!wrong.is_empty()).then_some("true")];
            @if let Some(id) = &described_by {
                div .error id=(id) { @for said in &wrong { p { span .vh { (filled.words.text("field-error")) " " } (said) } } }
            }
        }
    }
}
