//! The mark beside the site's name: a globe with one meridian, drawn in the colour of the text around it.

use maud::{Markup, html};

/// The mark. It says nothing the name beside it does not say.
#[must_use]
pub fn wordmark() -> Markup {
    html! {
        svg .mark viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false" {
            circle cx="12" cy="13" r="9" fill="none" stroke="currentColor" stroke-width="2" {}
            path d="M12 4c-5.500 4.500-5.500 13.500 0 18" fill="none" stroke="currentColor" stroke-width="2" {}
            circle .pole cx="12" cy="4" r="3" {}
        }
    }
}
