//! A date, typed as one text.
//!
//! Not the browser's own date field: that drops without a word what it cannot read, so that nothing typed could be shown again,
//! it is several stops for the keyboard, and it asks in the order of the browser's language instead of the page's.

use jiff::civil::Date;
use maud::{Markup, html};

use super::field::{Field, Filled, single};

/// A date from `earliest` to `latest`, both of which the hint says.
#[must_use]
pub fn date_input(filled: &Filled<'_>, field: &Field<'_>, earliest: Date, latest: Date) -> Markup {
    let words = filled.words;
    let entered = filled.entered.text(&field.name);
    // What comes from the store is written as dates are stored.
    let shown = entered.parse::<Date>().map_or_else(|_| entered.to_owned(), |date| words.typed_date(date));
    let example = [("example", words.typed_date(earliest).into())];
    let range = [("earliest", words.date(earliest).into()), ("latest", words.date(latest).into())];
    let field = field.clone().hint(words.with("date-example", &example)).hint(words.with("date-range", &range));
    single(filled, &field, |wiring| {
        html! {
            input type="text" id=(field.name) name=(field.name) value=[Some(shown).filter(|text| !text.is_empty())] .short
                autocomplete="off" aria-describedby=[&wiring.described_by] aria-invalid=[wiring.invalid];
        }
    })
}
