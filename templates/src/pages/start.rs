//! The start page: what can be ordered, what it takes and how long; begin, resume, track.

use maud::{Markup, html};
use order_manager::catalogue::{Family, ProductOffering};
use order_manager::money::Money;

use super::check_address::sold_to;
use crate::components::button::{link, second_link};
use crate::components::order_state::{family_about, family_name};
use crate::layout::{Context, Page, Width, page};
use crate::path::Path;

/// The start page.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// What is sold today.
    pub offerings: Vec<Offered<'a>>,
}

/// Something that can be ordered.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'a> {
    /// What.
    pub offering: &'a ProductOffering,
    /// The least it costs each month.
    pub from_monthly: Option<Money>,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Start<'_>) -> Markup {
    let words = context.words;
    // Somebody signed in goes straight to what is theirs.
    let resume = context.signed_in.map_or(Path::SIGN_IN, |person| person.home.clone());
    let main = html! {
        div .hero {
            h1 { (words.text("start-heading")) }
            p .lede { (words.text("start-lede")) }
            div .actions {
                (link(&Path::CHECK_ADDRESS, &words.text("start-begin")))
                (second_link(&resume, &words.text("start-resume")))
            }
        }
        section {
            h2 { (words.text("start-families")) }
            div .card .catalogue {
                @for family in Family::ALL {
                    @let here: Vec<_> = view.offerings.iter().filter(|offered| offered.offering.family == family).collect();
                    section {
                        div {
                            h3 { (family_name(words, family)) }
                            p .about { (family_about(words, family)) }
                        }
                        ul .services {
                            @for offered in here {
                                li {
                                    strong { (offered.offering.name.in_language(words.language())) }
                                    @if let Some(amount) = offered.from_monthly {
                                        p .price { (words.with("price-from", &[("amount", amount.to_string().into())])) }
                                    }
                                    p .about { (sold_to(words, offered.offering)) }
                                }
                            }
                        }
                    }
                }
            }
        }
        div .split {
            section {
                h2 { (words.text("start-how")) }
                ol .steps {
                    li { strong { (words.text("start-how-check")) } p { (words.text("start-how-check-about")) } }
                    li { strong { (words.text("start-how-sign-in")) } p { (words.text("start-how-sign-in-about")) } }
                    li { strong { (words.text("start-how-choose")) } p { (words.text("start-how-choose-about")) } }
                    li { strong { (words.text("start-how-place")) } p { (words.text("start-how-place-about")) } }
                }
            }
            section {
                h2 { (words.text("start-need")) }
                ul {
                    li { (words.text("start-need-address")) }
                    li { (words.text("start-need-bill")) }
                    li { (words.text("start-need-numbers")) }
                    li { (words.text("start-need-network")) }
                }
                h2 { (words.text("start-time")) }
                p { (words.text("start-time-order")) }
                p { (words.text("start-time-service")) }
                h2 { (words.text("start-track")) }
                p { (words.text("start-track-about")) " " a href=(resume) { (words.text("start-track-link")) } }
            }
        }
    };
    page(context, Page { width: Width::Whole, ..Page::titled(words.text("start-title"), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use crate::sample::{Sample, broadband, context, offerings, signed_out, usd};

    let (broadband, others) = (broadband(), offerings());
    let first = Offered { offering: &broadband, from_monthly: Some(usd(50_00)) };
    let rest = others.iter().map(|offering| Offered { offering, from_monthly: None });
    let view = Start { offerings: std::iter::once(first).chain(rest).collect() };
    vec![
        Sample::new("start", render(&signed_out(), &view)),
        Sample::new("start-signed-in", render(&context(), &view)),
        Sample::new("start-nothing-sold", render(&signed_out(), &Start { offerings: vec![] })),
    ]
}
