//! A file to send. The form around it must be one that takes files. A file that arrived before goes with the form by its name,
//! so that it need not be chosen again: browsers forget what was chosen. One that may be left out can be taken back.

use maud::{Markup, html};
use order_manager::admits::{kept_field, removed_field};

use super::field::{Field, Filled, single};
use super::radios::{Choice, tickable};

/// Whether a file was received before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFile {
    /// There is none yet.
    Nothing,
    /// There is one.
    AFile,
}

/// A file of one of these media types.
#[must_use]
pub fn upload(filled: &Filled<'_>, field: &Field<'_>, media: &[Box<str>], on_file: OnFile) -> Markup {
    let kept = kept_field(&field.name);
    let words = filled.words;
    let removing = Field::new(removed_field(&field.name), words.text("characteristic-file-remove"));
    single(filled, field, |wiring| {
        html! {
            @for named in filled.entered.all(&kept) { input type="hidden" name=(kept) value=(named); }
            input type="file" id=(field.name) name=(field.name) accept=(media.join(","))
                aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid];
            @if on_file == OnFile::AFile && field.optional {
                (tickable("checkbox", filled, &removing, 0, &Choice::new("yes", &*removing.label)))
            }
        }
    })
}
